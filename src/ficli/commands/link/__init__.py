"""Add sources to a record: `ficli link`."""
