"""The command line: signatures, help, exit codes; one module a command. Only these modules import Typer."""
