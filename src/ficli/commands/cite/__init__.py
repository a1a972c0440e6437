"""Cite records, their sources or the index: `ficli cite`."""
