"""Check records against all rules: `ficli validate`."""
