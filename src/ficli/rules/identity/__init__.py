"""Rules about the identifiers of a record and its place: its ID, its slug and its status."""
