"""Rules about references between records, and about duplicated content."""
