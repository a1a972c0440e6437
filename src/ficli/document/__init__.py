"""YAML text with positions: parse a record, locate a field, edit it in place, lay it out.

There are two ways in. `accept.accept` takes the bytes of a file that is surely fine and gives plain data,
fast and without positions. `parse.parse` takes any bytes and gives a `Document`: the data, where every
piece of it stands, and every flaw of the text. The first refuses whatever it is not sure of, so the second
has the last word, and a test holds them together.

`edit.apply` changes a document and leaves the rest byte for byte; `layout.canonical` is the house layout.
The names are imported from their modules: what reads thousands of records must not load what mends one.
"""
