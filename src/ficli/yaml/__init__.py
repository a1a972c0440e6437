"""YAML text with positions: parse a record, locate a field, edit it in place, format it. No field name is known here.

There are two parsers. `fast_path.parse_fast` returns the plain data of a file that is certainly valid, without
positions. `parse.parse` takes any bytes and returns a `YamlDocument`: the data, the place of each piece of it, and
every flaw of the text. The fast one rejects all that it is not sure of, then the exact one decides; a test compares the
two.

`edit.apply` changes a document and leaves the rest byte for byte. `layout.canonical` writes the canonical layout.
Import names from their modules, so that a reader of thousands of records does not load the editor.
"""
