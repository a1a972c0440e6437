"""Retire records, bring them back, reject candidates: `ficli merge`, `remove`, `split`, `reopen`, `reject`."""
