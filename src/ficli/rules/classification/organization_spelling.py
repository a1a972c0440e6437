"""An organization is spelled in two ways.

What: two records name an organization in almost the same way: the names differ only in capitals, accents, punctuation,
small words, blanks or legal form, as `OpenAI` and `Open AI, Inc.` do, or in a single letter too many or too few.
Why: everything under one name is found by that name. Spelled in two ways, an organization has two short lists, and
neither is complete.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    organizations:
      - name: Example Bank
        role: deployer
    # file: drafts/examplebank-agent-deletes-accounts.yaml
    what_happened: The agent of ExampleBank deleted all accounts of a test system.
    organizations:
      - name: ExampleBank Inc.
        role: deployer

Good:

    organizations:
      - name: Example Bank
        role: deployer

Fix: write the name as the other records do; if they are two organizations, allow the finding and say so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ficli.diagnostics import Rule, Scope, Severity
from ficli.prose.names import one_letter_apart, spelling_key
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import counted, quoted

RULE = Rule("organization-spelling", Severity.WARNING, Scope.INDEX, since="0.1.0")


class _Place(NamedTuple):
    """The place of a name: a record, and the position in its list."""

    path: str
    number: int


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each place with the rarer spelling of a name."""
    places: dict[str, list[_Place]] = defaultdict(list)
    for entry in index.entries:
        for number, name in enumerate(entry.organizations):
            if name:
                places[name].append(_Place(entry.path, number))
    for name, usual in _rarer_spellings({name: len(found) for name, found in places.items()}):
        for place in places[name]:
            yield IndexProblem(place.path, _problem(place, name, usual, places[usual]))


def _rarer_spellings(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield each rarer spelling with the usual one; of two equally frequent, the one met first is usual."""
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in counts.items():
        by_key[spelling_key(name)][name] = count
    usual = {key: names.most_common(1)[0][0] for key, names in by_key.items()}
    slips = dict(_slips({key: names.total() for key, names in by_key.items()}))
    for key, names in by_key.items():
        right = usual[slips.get(key, key)]
        yield from ((name, right) for name in names if name != right)


def _slips(totals: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield each key that differs from another by one letter (edit distance 1); the rarer or shorter is the slip."""
    for longer, shorter in sorted(one_letter_apart(totals)):
        yield (longer, shorter) if totals[longer] < totals[shorter] else (shorter, longer)


def _problem(place: _Place, name: str, usual: str, elsewhere: list[_Place]) -> Problem:
    first = elsewhere[0]
    return Problem(
        at=("organizations", place.number, "name"),
        message=f"{quoted(name)} is spelled {quoted(usual)} in {counted(len(elsewhere), 'other record')}",
        help=f"write {quoted(usual)}; if they are two organizations, allow this finding",
        related=(Label(("organizations", first.number, "name"), "spelled so here", path=first.path),),
    )
