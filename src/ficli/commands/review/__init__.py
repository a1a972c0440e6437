"""Show a reviewer what a change does: `ficli review`."""
