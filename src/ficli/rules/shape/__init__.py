"""Rules about the fields of a record: which it has, and which values are allowed."""
