"""Rules about the classification of an incident, its mechanism, and who was involved."""
