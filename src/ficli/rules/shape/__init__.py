"""Rules about the shape of a record: which fields it has, and what may stand in each."""
