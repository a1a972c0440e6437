"""What an incident is: schema, typed view, ids, dates, derived values, taxonomy."""
