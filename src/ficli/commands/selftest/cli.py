"""`ficli selftest`: check that every rule reports a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli import __version__
from ficli.errors import ExitCode
from ficli.terminal import streams
from ficli.terminal.options import AsJson
from ficli.wording import counted

if TYPE_CHECKING:
    from ficli.commands.selftest.selftest import SelftestOutcome

FORMAT_VERSION = 1


def command(*, as_json: AsJson = False) -> None:
    """Break a copy of the example registry once per rule, and see that each rule fires.

    It proves that ficli works as it is installed here, for instance in a job of CI. The copy is in a temporary
    folder; your registry is not touched.

    Rules that hold a change against git are tried in repositories made for it, which no setting of yours reaches.
    Without git 2.30 or newer they are named as not tried, with the reason. That is no failure: the exit code tells
    of the other rules. In JSON `untried` has their names, and is empty where all were tried.

    \b
    Examples:
      ficli selftest
      ficli selftest --json    which rules fired, for programs

    Exit codes: 0 every rule that was tried fired, 1 one did not, 3 the work could not be done.
    """
    from ficli.commands.selftest.selftest import selftest
    from ficli.terminal.progress import progress

    environment = streams.environment()
    with progress(environment, "rules") as advance:
        outcome = selftest(environment, advance)
    if as_json:
        streams.write_json(_as_data(outcome))
    else:
        streams.write(_lines(outcome))
    streams.finish(ExitCode.PROBLEMS if outcome.silent else ExitCode.CLEAN)


def _lines(outcome: SelftestOutcome) -> Iterator[str]:
    for name in outcome.silent:
        yield f"silent: {name} did not fire on the bad example of its page\n"
    tried = len(outcome.fired) + len(outcome.silent)
    copies = counted(tried - outcome.changes, "broken copy", "broken copies")
    changes = f" and {counted(outcome.changes, 'change')} to them in git" if outcome.changes else ""
    records = counted(outcome.records, "record")
    yield f"{len(outcome.fired):,} of {counted(tried, 'rule')} fired, on {copies} of {records}{changes}.\n"
    if outcome.untried:
        yield f"Not tried, since {outcome.untried_because}: {', '.join(outcome.untried)}.\n"


def _as_data(outcome: SelftestOutcome) -> dict[str, object]:
    return {
        "version": FORMAT_VERSION,
        "tool": {"name": "ficli", "version": __version__},
        "records": outcome.records,
        "fired": list(outcome.fired),
        "silent": list(outcome.silent),
        "untried": list(outcome.untried),
        "untried_because": outcome.untried_because or None,
    }
