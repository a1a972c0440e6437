"""Rules about the sources: how many there are, who speaks in them, and what their addresses show."""
