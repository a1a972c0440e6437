"""Rules about dates: their order, their precision, and what they say beside the sources."""
