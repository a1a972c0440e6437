"""The styles: one module each, with its reference and its in-text citation."""
