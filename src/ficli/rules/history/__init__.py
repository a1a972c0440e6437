"""Rules about what a change does to what was published; they need a base revision and read git's objects only."""
