"""Show one record as its page does: `ficli show`."""
