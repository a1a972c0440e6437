"""Compare texts by their words: a normal form, a fingerprint of it, and whether two sentences are nearly equal."""

from __future__ import annotations

import hashlib
import re
import string
from collections import Counter

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NO_LETTERS = str.maketrans(dict.fromkeys(f"{string.punctuation}{string.digits}“”„‘’«»‹›–—…¿¡", " "))
_DIGEST_SIZE = 8
_FEW_WORDS = 8
_NEARLY = 0.9


def words_of(text: str) -> list[str]:
    """Split a text into its words, in lower case; punctuation, quotation marks and blanks do not count."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def normal_form(text: str) -> str:
    """Return the words of a text in lower case, with one blank between them."""
    return " ".join(words_of(text))


def fingerprint(text: str, *, fewest_words: int = 1) -> str:
    """Return a hash of the words of a text in 16 hexadecimal digits: small enough to keep one for each record.

    Capitals, punctuation and numbers do not count. A text of fewer words than `fewest_words` has none.
    """
    words = text.lower().translate(_NO_LETTERS).split()
    if len(words) < fewest_words:
        return ""
    return digest(" ".join(words))


def digest(text: str) -> str:
    """Return a hash of a text in 16 hexadecimal digits."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_DIGEST_SIZE).hexdigest()


def nearly_equal(one: str, other: str) -> bool:
    """Return whether two sentences have the same words except one in ten; short ones must have all of them.

    The order of the words does not count, but how often each occurs does (multiset difference).
    """
    first, second = words_of(one), words_of(other)
    longer, shorter = max(len(first), len(second)), min(len(first), len(second))
    if shorter < _FEW_WORDS or shorter < _NEARLY * longer:
        return bool(first) and first == second
    return (Counter(first) & Counter(second)).total() >= _NEARLY * longer
