"""Check whether the pages that records cite are still there, and remember earlier results.

`verdicts` lists the possible verdicts. `check` reads one answer, and detects domains that are for sale. `soft_404`
scores the signs that a page is missing although the server answers 200. One answer proves little: `history` stores the
answers of earlier days and compares them.
"""
