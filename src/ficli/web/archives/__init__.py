"""Archived copies in the Wayback Machine: look them up, and have them made.

`archive` is the interface: `Archive.look_up`, `submit` and `follow` return an `ArchiveOutcome` (`states`). `copies`
finds a present copy in the CDX index and checks it, `save` has one made and explains a refusal, and `service` holds the
keys of an account and sends requests at the archive's pace.
"""
