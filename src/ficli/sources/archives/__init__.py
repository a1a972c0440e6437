"""Archived copies in the Wayback Machine: looked up, and made on request.

`archive` is the way in: `Archive.look_up`, `submit` and `follow`, each of which gives an `Outcome` (`states`). `cdx`
chooses among the copies that there are, `save` has one made with the `keys` of an account, `refusals` puts into words
why one was not made, `captures` checks what the archive says of a copy, and `service` asks it, at its pace.
"""
