"""Check whether cited pages are still there: `ficli check-links`."""
