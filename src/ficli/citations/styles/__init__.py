"""The styles: one module each, which says how a reference reads in it and how the text points to it."""
