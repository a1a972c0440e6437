"""A record was classified by a vocabulary that the registry does not have.

What: `taxonomy_version` is newer than the version of `taxonomy.yaml`, or no version at all. An older one is right: it
says by which vocabulary the record was classified, and stays.
Why: a record is stamped with the version that is in force when it is published. A newer one means that
`taxonomy.yaml` went back to an old state, or that somebody typed the field.

Bad:

    taxonomy_version: 2.0.0

Good:

    taxonomy_version: 1.0.0

Fix: bring `taxonomy.yaml` up to date; or correct the version, if it was typed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("taxonomy-version", Severity.WARNING, Scope.FILE, since="0.1.0")

_VERSION = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40}){0,3}")


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the version with that of the registry's vocabulary."""
    written, in_force = record.record.text("taxonomy_version"), record.taxonomy.version
    if not written or written == in_force:
        return
    parts = _parts(written)
    if not parts:
        yield _problem(f"{quoted(written)} is no version of the taxonomy", in_force)
    elif parts > _parts(in_force):
        yield _problem(f"{quoted(written)} is newer than the taxonomy of this registry", in_force)


def _parts(version: str) -> tuple[int, ...]:
    """Parse a version such as `1.2.0`, without zeros at its end; empty if it is not one."""
    if not _VERSION.fullmatch(version):
        return ()
    parts = [int(part) for part in version.split(".")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _problem(message: str, in_force: str) -> Problem:
    return Problem(
        at=("taxonomy_version",),
        message=message,
        label=f"`taxonomy.yaml` is {in_force}",
        help="bring `taxonomy.yaml` up to date, or correct the version if it was typed by hand",
    )
