"""Facts of a web address without fetching it: is it valid, which page it names, who runs the site, is it private.

`parse` takes an address apart and is strict. `identity` decides which addresses name the same page, and `stored` which
form of an address a record keeps. `domains` finds the domain of one owner, `host_kinds` the kind of site,
`private` whether the address was meant for the public, `archives` which page an archived copy shows, `archivable`
whether there can be a copy.

`parameters`, `hosts` and `archive_services` are tables: a new site is a new line of data there. The names are
imported from their modules; nothing here uses the network, and the large tables are read when first needed.
"""
