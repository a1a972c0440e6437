"""Find the markup of web pages in text that should be plain: tags, comments and character references.

Text in back-ticks is quoted code. A `<` in prose, as in "p < 0.05" or "<redacted>", is not a tag, since only the
names of HTML elements count.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"(`{1,3})[^`]{0,300}\1")
_TAG = re.compile(
    r"</?(?:abbr|audio|b|base|blockquote|br|canvas|dd|del|div|dl|dt|em|embed|figcaption|h[1-6]|head|hr|html|i|iframe"
    r"|img|ins|li|meta|nav|noscript|ol|p|param|pre|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td"
    r"|textarea|tfoot|th|thead|tr|tt|u|ul|video|wbr)[ \t]{0,9}/?>"
    r"|<(?:a|abbr|audio|b|blockquote|body|br|button|div|em|embed|font|form|h[1-6]|hr|i|iframe|img|input|label|li|link"
    r"|meta|object|ol|p|param|script|section|source|span|strong|style|svg|table|td|th|tr|u|ul|video)\s[^<>]{0,500}>"
    r"|</a>|<(?:script|iframe|embed)\b|<!--|<!doctype\b",
    re.IGNORECASE,
)
"""Elements with English words as names count only with attributes, since "<summary>" may be a placeholder."""

_REFERENCE = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|shy|ndash|mdash|hellip|bull|middot|copy|reg|trade|deg|sect|para|laquo|raquo"
    r"|[lr][sd]quo|[sbd]bquo|euro|pound|yen|cent|times|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash)"
    r"|szlig|[aA][eE]lig|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});",
)


def find_tag(text: str) -> str:
    """Return the first HTML tag or comment of a text, or empty."""
    if "<" not in text:
        return ""
    return next((found.group() for found in _TAG.finditer(_without_code(text)) if _is_tag(found.group())), "")


def _is_tag(piece: str) -> bool:
    """Return whether text is a tag with attributes, unlike "<b and c>", which compares two numbers."""
    return "=" in piece or not any(blank in piece.rstrip("/> \t") for blank in " \t\r\n")


def find_reference(text: str) -> str:
    """Return the first character reference of a text, such as `&amp;`, or empty."""
    if "&" not in text or ";" not in text:
        return ""
    found = _REFERENCE.search(_without_code(text))
    return found.group() if found else ""


def _without_code(text: str) -> str:
    return _CODE.sub("``", text) if "`" in text else text
