"""`ficli verify`: check what a record says against its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficli.errors import ExitCode, UsageError
from ficli.terminal import streams
from ficli.terminal.options import AnyPort, AsJson, Colour, ColourChoice, Offline, RecordName, Registry
from ficli.terminal.page import write_page
from ficli.terminal.progress import progress
from ficli.terminal.streams import read_given
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from ficli.commands.verify.verify import LookedUp, Verification
    from ficli.environment import Environment
    from ficli.output.page import Block, FactList

_LONGEST = 300


def command(  # noqa: PLR0913 - one for each flag
    *,
    record: RecordName,
    html: Annotated[
        list[str] | None,
        typer.Option("--html", metavar="N=FILE", help="Read this saved page as source N; repeatable."),
    ] = None,
    offline: Offline = False,
    any_port: AnyPort = False,
    as_json: AsJson = False,
    registry: Registry = None,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Look up in its sources what a record says: quotation, passages, titles, dates, and what the summary claims.

    \b
    Examples:
      ficli verify FI-0232
      ficli verify 232 --html 2=page.html             a page behind a wall, saved in a browser
      ficli verify 232 --html 1=a.html --offline      fetch nothing

    Each thing is found, differs, or is not found. What is found stands on the page; whether it is true is for a person
    to judge. The exit code is 1 where something differs or is not found, or a source could not be read.
    """
    from ficli.commands.verify.verify import verify
    from ficli.open_registry import path_prefix
    from ficli.web.fetch.fetcher import Fetcher

    environment = streams.environment()
    saved = dict(_saved(environment, html or []))
    with progress(environment, "Fetching") as advance:
        outcome = verify(
            environment,
            registry,
            record,
            saved,
            None if offline else lambda opened: Fetcher(streams.fetch_policy(opened.config, any_port=any_port)),
            advance,
        )
    if as_json:
        streams.write_json(_as_data(outcome))
    else:
        write_page(_page(outcome, path_prefix(environment, outcome.root)), color)
        _say_what_it_means(outcome)
    is_clean = all(check.answer == "found" for check in outcome.checks) and not any(
        source.unread for source in outcome.sources
    )
    streams.finish(ExitCode.CLEAN if is_clean else ExitCode.PROBLEMS)


def _saved(environment: Environment, pairs: list[str]) -> Iterator[tuple[int, bytes]]:
    for pair in pairs:
        match = re.fullmatch(r"([1-9][0-9]{0,3})=(.+)", pair, re.ASCII | re.DOTALL)
        if match is None:
            message = f"`--html`: {quoted(pair)} does not name a source and a file"
            raise UsageError(message, hint="write it as `2=page.html`")
        yield int(match[1]), read_given(environment, match[2])


def _page(outcome: Verification, prefix: str) -> Iterator[Block]:
    from ficli.output.page import Group, Heading, TextLine

    blocks: list[Block] = [Heading(prefix + outcome.path)]
    for source in outcome.sources:
        blocks.append(TextLine([f"source {source.number}  {source.url}"], indent=0, hang=2))
        if source.unread:
            blocks.append(TextLine(f"not read: {source.unread}"))
            if source.hint:
                blocks.append(TextLine(f"help: {source.hint}", indent=4))
        blocks += [TextLine(f"note: {note}") for note in source.notes]
        blocks.append(_answers(source.checks))
    if outcome.summary:
        blocks += [TextLine("summary", indent=0), _answers(outcome.summary)]
    yield Group(blocks)


def _answers(checks: Sequence[LookedUp]) -> FactList:
    from ficli.output.colours import Tone
    from ficli.output.page import FactList, Marked

    tones = {"found": Tone.GOOD, "differs": Tone.DOUBTFUL, "not found": Tone.BAD}
    rows = [(Marked(check.answer, tones[check.answer]), _said(check)) for check in checks]
    return FactList(rows, max(map(len, tones)))


def _said(check: LookedUp) -> str:
    where = f" in source {check.source}" if check.source and check.subject in ("amount", "date", "name") else ""
    detail = f": {check.detail[:_LONGEST]}" if check.detail else ""
    return f"{check.subject} {quoted(check.written)}{where}{detail}"


def _say_what_it_means(outcome: Verification) -> None:
    counts = Counter(str(check.answer) for check in outcome.checks)
    said = [f"{counts[answer]} {answer}" for answer in ("found", "differs", "not found")]
    unread = sum(1 for source in outcome.sources if source.unread)
    streams.note(f"{', '.join(said)}; {counted(unread, 'source')} not read.")
    streams.note("What is found stands on the page; whether it is true is for you to judge.")


def _as_data(outcome: Verification) -> dict[str, Any]:
    return {
        "version": 1,
        "path": outcome.path,
        "sources": [
            {
                "number": source.number,
                "url": source.url,
                "read": not source.unread,
                "reason": source.unread,
                "notes": list(source.notes),
                "checks": [_check(check) for check in source.checks],
            }
            for source in outcome.sources
        ],
        "summary": [_check(check) for check in outcome.summary],
    }


def _check(check: LookedUp) -> dict[str, Any]:
    return {
        "subject": check.subject,
        "written": check.written,
        "answer": check.answer.replace(" ", "-"),
        "source": check.source or None,
        "detail": check.detail,
    }
