"""What the `cli.py` of all commands share: the entry point, options, streams, pages, progress and diffs."""
