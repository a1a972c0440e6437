"""Citations of records, of the index and of sources: one value, `Citation`, and one module a style or format.

A style or a format is a pure function of citations. To add one: a module, a line in `catalogue`, a case in
`tests/citations/`.
"""
