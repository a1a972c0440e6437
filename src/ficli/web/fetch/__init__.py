"""Fetch a page from an address that anybody may have written, safely for the user's machine and network.

`policy` defines what is allowed, in one value that tests replace; it looks a name up once and checks every address.
`connection` connects to that address and no other. `limits` counts each byte and second. `decoding` unpacks within
bounds. `exchange` is one request with its redirects. `fetcher` adds the pace, one more try, and `robots`.
"""
