"""Read the metadata of a page: title, date, site, language, address, authors. Nothing is fetched here.

`extract` is the entry point. `page` parses bytes into a tree, with the encoding from `charset`. `structured` (JSON-LD),
`metas` (`<meta>` elements, microdata) and `visible` each read one kind of data. `titles`, `published` and `names`
choose among the values; `dates` parses a date, `walls` detects a page that replaces another, and `pdf` reads a PDF.
Each value keeps its evidence (`evidence`): its place and its words.
"""
