"""Reads from a page what it says of itself: title, date, site, language, address, authors. Nothing is fetched here.

`page` turns bytes into a tree. `structured`, `metas`, `microdata`, `address_date` and `visible` each read one place
where pages say such things, and `guess` asks a library. `titles`, `published`, `names` choose among what was found;
`extract` puts it together. Each value keeps its evidence: where it stood, and in what words.
"""
