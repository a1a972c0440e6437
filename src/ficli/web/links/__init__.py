"""Checks whether the pages that records cite are still there, and remembers earlier results.

`verdicts` lists the possible verdicts. `judge` reads one answer; `absence` weighs the signs of a page that is
gone though the server says otherwise, and `parking` detects domains that are for sale. One answer proves little:
`course` compares it with those of earlier days, which `memory` stores.
"""
