"""Write a new draft: `ficli new`."""
