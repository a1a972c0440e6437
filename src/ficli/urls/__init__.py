"""Facts of a web address without a request: whether it is valid, which page it names, who runs the site.

`parse` is a strict parser. `identity` decides which addresses name the same page, with the rules of single sites in
`sites`, and which form of an address a record keeps. `domains` finds the domain of one owner, `known_hosts` the kind of
site, `archives` the page that an archived copy shows, and `private` why an address is not for the public.

A new site is a new line in a table of `sites`, `known_hosts`, `parameters` or `archives`. The large tables are read
when they are first needed. Import names from their modules.
"""
