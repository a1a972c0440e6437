"""The web: fetch pages, read their metadata, find quotations on them; only this package uses the network.

`fetch` fetches a page from an address that nobody has checked, and is the only part that sends requests. `metadata`
reads title, date, site and language from the bytes of a page. `documents` reads any fetched or saved document.
`source_facts` turns an address into the fields of a source, and `source_kinds` detects its kind. `passages` finds words
on a page, `links` checks whether a page is still there, `archives` finds and makes copies of it, and `exported_index`
reads an exported index.
"""
