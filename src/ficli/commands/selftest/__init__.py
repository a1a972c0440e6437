"""Check that every rule fires: `ficli selftest`."""
