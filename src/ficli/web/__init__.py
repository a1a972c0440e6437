"""The web: fetches pages, reads what they say of themselves, and finds quotations; only this package uses it.

`fetching` fetches a page from an address that nobody has checked. `metadata` reads title, date, site and language from
a page that is already here. `facts` joins the two: from an address to the fields of a source. `passages` finds
words on a page. `links` checks whether a page is still there, `archives` finds and makes copies of it, and
`exported_index` reads an index that was exported. Only `fetching` uses the network.
"""
