"""Run `python -m ficli` as `ficli`."""

from ficli.terminal.main import run

if __name__ == "__main__":
    run()
