"""Compare a record with its sources: `ficli verify`."""
