"""What a web address says without being fetched: is it one, which page does it name, who runs the site, is it private.

`parse` takes an address apart and is strict. `identity` decides which addresses name the same page, and `stored` which
form of an address a record keeps. `domains` finds the domain that one owner has, `host_kinds` what sort of site it is,
`private` whether the address was meant for the public, `archives` which page an archived copy shows, `archivable`
whether there can be a copy.

`parameters`, `hosts` and `archive_services` are tables: a new site goes there, as a line of data. The names are
imported from their modules; nothing here touches the network, and the large tables are read when first asked.
"""
