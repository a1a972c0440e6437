"""Lets `python -m ficli` do what `ficli` does."""

from ficli.cli.main import run

if __name__ == "__main__":
    run()
