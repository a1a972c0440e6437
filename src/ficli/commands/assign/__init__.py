"""Give drafts their IDs, and audit them: `ficli assign`, `ficli ids`."""
