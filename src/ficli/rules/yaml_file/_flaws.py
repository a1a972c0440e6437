"""Limit how often one flaw of a file is reported: the first ones of one kind, and how many more there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ficli.rules.contract import Problem

MOST = 20
"""Findings of one rule in one file; a binary file would have thousands."""


def first_flaws(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problems as they are; the last one has the number of the rest, and their edits."""
    found = list(problems)
    yield from found[: MOST - 1]
    rest = found[MOST - 1 :]
    if len(rest) > 1:
        yield _and_more(rest)
    else:
        yield from rest


def _and_more(rest: list[Problem]) -> Problem:
    last = rest[0]
    fixes = [problem.fix for problem in rest if problem.fix is not None]
    fix = replace(fixes[0], edits=tuple(edit for each in fixes for edit in each.edits)) if fixes else None
    return replace(last, message=f"{last.message} (and {counted(len(rest) - 1, 'more place')} in this file)", fix=fix)
