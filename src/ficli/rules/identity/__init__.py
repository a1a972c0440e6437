"""Rules about what a record is called and where it belongs: its ID, its slug and its status."""
