"""Archived copies in the Wayback Machine: looked up, and made on request.

`archive` is the interface: `Archive.look_up`, `submit` and `follow`, which return an `Outcome` (`states`). `cdx`
chooses among the present copies, `save` has one made with the `keys` of an account, `refusals` explains
why one was not made, `captures` checks what the archive reports of a copy, and `service` sends requests, at its pace.
"""
