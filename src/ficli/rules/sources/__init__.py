"""Rules about the sources: how many there are and who speaks in them, and what their addresses say unread."""
