"""Print what ficli knows: `ficli rules`, `explain`, `taxonomy`, `schema`."""
