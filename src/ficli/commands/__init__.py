"""The commands, one folder a verb: its use case is free of any framework, and `cli.py` is its Typer signature."""
