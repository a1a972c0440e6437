"""Write records in the canonical layout: `ficli fmt`."""
