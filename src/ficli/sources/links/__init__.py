"""Judges whether the pages that records cite are still there, and remembers what was found before.

`verdicts` names what an address can come to. `judge` reads one answer; `absence` weighs the signs of a page that is
gone though the server says otherwise, and `parking` knows the domains that are for sale. One answer proves little:
`course` sets it beside what was seen on earlier days, which `memory` keeps.
"""
