"""Find records by words or by likeness: `ficli search`, `ficli similar`."""
