"""The web, and only from here: pages are fetched, what they say of themselves is read, and quotations are looked up.

`fetching` brings a page from an address that nobody vouches for. `metadata` reads title, date, site and language from
a page that is already here. `facts` joins the two: from an address to what a source of a record says. `passages` finds
words on a page. `links` judges whether a page is still there, `archives` finds and makes copies of it, and
`exported_index` reads an index that was exported. Nothing but `fetching` touches the network.
"""
