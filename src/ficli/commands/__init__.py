"""The use cases, free of any framework: an environment and a request go in, an outcome comes out."""
