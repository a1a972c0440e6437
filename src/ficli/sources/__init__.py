"""The web, and only from here."""
