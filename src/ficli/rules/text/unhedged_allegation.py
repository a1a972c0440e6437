"""An allegation is told as a fact.

What: `claim_status` is `alleged`, an organization is named, and the title with the summary, or the account, is in
English without a single word such as "alleged", "according to", "sued" or "says".
Why: what nobody has admitted or decided may be untrue, and to tell it of a named organization as a fact is unfair and
may be unlawful.

Bad:

    claim_status: alleged
    what_happened: >-
      The chatbot of Example Bank told customers that every fee is refunded on request, and the bank then declined
      the requests.

Good:

    claim_status: alleged
    summary: Customers of Example Bank say that its support chatbot promised refunds which the bank then declined.
    what_happened: >-
      According to a complaint of customers, the chatbot of Example Bank told them that every fee is refunded on
      request, and the bank then declined the requests.

Fix: say whose claim it is, in the summary and in the account; or change `claim_status` if it has been admitted or
decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import is_placeholder
from ficli.prose.english import find_hedge, is_english
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record

RULE = Rule("unhedged-allegation", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check for a hedge in each of the texts that may be read alone."""
    known = record.record
    if known.text("claim_status") != "alleged" or not _is_anybody_named(known):
        return
    for name in ("summary", "what_happened"):
        text = known.text(name)
        read_with = f"{known.title} {text}" if name == "summary" else text
        if is_english(read_with) and not is_placeholder(text) and not find_hedge(read_with):
            yield Problem(
                at=(name,),
                message=f"the claim is alleged, but {quoted(name)} tells it as a fact",
                help='say whose claim it is, with words such as "allegedly", "according to" or "the lawsuit says"',
                related=(Label(("claim_status",), "not admitted or decided"),),
                on_key=True,
            )


def _is_anybody_named(record: Record) -> bool:
    return any(item.get("name") and item.get("anonymized") is not True for _, item in record.mappings("organizations"))
