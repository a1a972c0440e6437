"""YAML text with positions: parse a record, locate a field, edit it in place, lay it out.

There are two ways in. `accept.accept` takes the bytes of a file that is certainly valid and returns plain data,
fast and without positions. `parse.parse` takes any bytes and returns a `Document`: the data, the place of every
piece of it, and every flaw of the text. The first rejects all that it is not sure of, so the second
decides, and a test compares them.

`edit.apply` changes a document and leaves the rest byte for byte; `layout.canonical` is the house layout.
The names are imported from their modules: a reader of thousands of records must not load the editor.
"""
