"""Rules about dates: their order, their precision, and how they fit the sources."""
