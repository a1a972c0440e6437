"""The command line: signatures, help, exit codes; one module a command. Only here is Typer known."""
