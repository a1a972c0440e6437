"""Retire and reopen records, reject candidates: `ficli merge`, `remove`, `split`, `reopen`, `reject`."""
