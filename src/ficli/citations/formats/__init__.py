"""The data formats for reference managers and machines: one module each."""
