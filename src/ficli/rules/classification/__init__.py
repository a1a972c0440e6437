"""Rules about how an incident is classified, how it came about, and who was involved."""
