"""Assign IDs to drafts and audit all IDs: `ficli assign`, `ficli ids`."""
