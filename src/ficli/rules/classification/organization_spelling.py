"""An organization is spelled in two ways.

What: two records name an organization in almost the same way: the names differ only in capitals, accents, punctuation,
small words, blanks or legal form, as `OpenAI` and `Open AI, Inc.` do, or in a single letter too many or too few.
Why: everything under one name is found by that name. Spelled in two ways, an organization has two short lists, and
neither is complete.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    schema_version: 1
    slug: example-bank-chatbot-refunds
    status: draft
    title: Chatbot of Example Bank promises refunds that do not exist
    summary: A support chatbot of Example Bank told customers that every fee is refunded.
    organizations:
      - name: Example Bank
        role: deployer
    incident_date: 2025-05-08
    failure_mode: hallucination
    ai_surface: chatbot
    severity: medium
    what_happened: The chatbot of Example Bank told customers that every fee is refunded on request.
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
        archive:
          url: https://web.archive.org/web/20250510081500/https://news.example.org/2025/bank-chatbot-refunds
      - kind: company-statement
        title: Statement on answers of our chatbot
        url: https://bank.example.com/statements/chatbot
        publisher: Example Bank
        published: 2025-05-12
        archive:
          url: https://web.archive.org/web/20250513120000/https://bank.example.com/statements/chatbot
    # file: drafts/examplebank-agent-deletes-accounts.yaml
    schema_version: 1
    slug: examplebank-agent-deletes-accounts
    status: draft
    title: Agent of ExampleBank deletes test accounts
    summary: An agent of ExampleBank deleted the accounts of a test system while it was cleaning up its own.
    organizations:
      - name: ExampleBank Inc.
        role: deployer
    incident_date: 2024-11-29
    failure_mode: agentic-action-error
    ai_surface: agentic-workflow
    severity: low
    what_happened: The agent of ExampleBank deleted all accounts of a test system.
    sources:
      - kind: press
        title: Agent deletes everything
        url: https://daily.example.net/2024/bank-agent
        publisher: Example Daily
        published: 2024-11-30
        archive:
          url: https://web.archive.org/web/20241201120000/https://daily.example.net/2024/bank-agent
      - kind: company-statement
        title: On our agent
        url: https://bank.example.com/statements/agent
        publisher: Example Bank
        published: 2024-12-02
        archive:
          url: https://web.archive.org/web/20241203120000/https://bank.example.com/statements/agent

Good:

    organizations:
      - name: Example Bank
        role: deployer

Fix: write the name as the other records do; if they are two organizations, allow the finding and say so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Rule, Scope, Severity
from ficli.prose.names import one_letter_apart, spelling_key
from ficli.rules.contract import IndexProblem, Label, Problem
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ficli.rules.contract import IndexContext

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
