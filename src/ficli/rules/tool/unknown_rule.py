"""A comment or a setting names a rule that does not exist.

What: a `# ficli: allow[…]` comment in a record, or a key of `[rules]` in `ficli.toml`, names no rule of ficli.
Why: it has no effect, and whoever wrote it believes that it has.

Bad:

    # ficli: allow[cut-slugs] the word is a brand
    slug: example-bank-chatbot-promises-refunds

Good:

    slug: example-bank-chatbot-promises-refunds

Fix: write the rule's name as `ficli rules` lists it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import FILE, Offsets, Problem, RecordContext
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from ficli.rules.suppression import Suppression

RULE = Rule("unknown-rule", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the names in comments that no rule has."""
    for comment in record.suppressions:
        for name in comment.names:
            if name not in record.known_rules and record.document is not None:
                at = _place(name, comment, record.document.text)
                yield replace(problem(name, record.known_rules), at=at)


def problem(name: str, known_rules: Collection[str]) -> Problem:
    """Return the problem of an unknown rule name, with the nearest ones."""
    near = nearest(name, known_rules, most=3)
    help_ = f"did you mean {listed(near, last='or')}?" if near else "`ficli rules` lists them"
    return Problem(at=FILE, message=f"there is no rule {quoted(name)}", help=help_)


def _place(name: str, comment: Suppression, text: str) -> Offsets:
    """Return the place of the name in its comment, as a whole word."""
    word = re.compile(rf"(?<=[\[,\s]){re.escape(name)}(?=[\],\s])")
    found = word.search(text, comment.start, comment.end)
    return Offsets(*found.span()) if found else Offsets(comment.start, comment.end)
