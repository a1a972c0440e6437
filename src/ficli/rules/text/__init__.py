"""Rules about the prose of a record: titles, summaries, quotes, allegations and sums of money."""
