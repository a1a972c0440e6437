"""Fetches a page from an address that anybody may have written, safely for the user's machine and network.

`policy` defines what is allowed, and is one value that tests replace. `resolve` looks a name up once and checks every
address; `connection` connects to that address and no other, and counts each byte and second; `decoding` unpacks within
bounds; `exchange` is one request with its redirects; `fetcher` adds the pace, the patience and `robots`.
"""
