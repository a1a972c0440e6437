"""Rules about the file itself: its YAML, its encoding, its layout and its place."""
