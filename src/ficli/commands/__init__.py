"""The use cases, free of any framework: each takes an environment and a request, and returns an outcome."""
