"""List and count records: `ficli list`, `ficli stats`."""
