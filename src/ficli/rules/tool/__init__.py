"""Rules about ficli itself: its comments in records, and its own errors."""
