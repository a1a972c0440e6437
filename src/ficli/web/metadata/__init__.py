"""Reads what a page says of itself: title, date, site, language, address, authors. Nothing is fetched here.

`page` turns bytes into a tree. `structured`, `metas`, `microdata`, `address_date` and `visible` each read one place
of such data, and `guess` asks a library. `titles`, `published`, `names` choose among what was found;
`extract` combines it. Each value keeps its evidence: its place, and its words.
"""
