"""Rules about ficli itself: the comments that speak to it, and its own mistakes."""
