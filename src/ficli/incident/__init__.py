"""What an incident is: its fields, schema, typed view, IDs, derived values and taxonomy."""
