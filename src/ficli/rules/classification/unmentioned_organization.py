"""An organization is listed that the record never speaks of.

What: neither title, summary, account, mechanism, failure path nor impact of an English record mentions the organization
by its name, a word of the name that is nobody else's, its initials, or a product that is known to be its own or listed
under `systems` with it as vendor. Anonymized organizations do not count.
Why: a reader cannot tell what it has to do with the incident, and it may have nothing: one entry listed a city and a
university of two other states.

Bad:

    organizations:
      - name: Example Bank
        role: deployer
      - name: Stanford University
        role: developer

Good:

    organizations:
      - name: Example Bank
        role: deployer

Fix: say in the account what the organization did or suffered, or take it off the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import is_placeholder
from ficli.prose.english import is_english
from ficli.prose.names import is_mentioned, joined_names
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record

RULE = Rule("unmentioned-organization", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Look for each organization in the prose."""
    known = record.record
    prose = known.prose_text
    for number, item in known.mappings("organizations"):
        name = item.get("name")
        if not isinstance(name, str) or name in prose or item.get("anonymized") is True:
            continue
        if joined_names(name) or not _is_written(known) or not is_english(prose):
            continue  # joined names are another rule's business
        if not is_mentioned(name, prose) and not _has_system_in(known, name, prose):
            yield Problem(
                at=("organizations", number, "name"),
                message=f"the record does not mention {quoted(name)} anywhere else",
                help="say in the account what it did or suffered, or take it off the list",
            )


def _is_written(record: Record) -> bool:
    """Return whether summary and account are there, so that a name can be missing in them."""
    texts = (record.text("summary"), record.text("what_happened"))
    return all(text and not is_placeholder(text) for text in texts)


def _has_system_in(record: Record, organization: str, prose: str) -> bool:
    """Return whether the prose mentions a system that the record lists as the organization's."""
    systems = [(item.get("name"), item.get("vendor")) for _, item in record.mappings("systems")]
    return any(
        is_mentioned(organization, vendor) and is_mentioned(name, prose)
        for name, vendor in systems
        if isinstance(name, str) and isinstance(vendor, str)
    )
