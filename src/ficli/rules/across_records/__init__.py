"""Rules about what records say of each other, and about what two of them say twice."""
