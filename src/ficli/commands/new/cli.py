"""`ficli new`: create a draft, such as from an article, that a reviewer can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficli.errors import ExitCode, UsageError
from ficli.terminal import streams
from ficli.terminal.options import AsJson, DryRun, NoInput, Offline, Registry, complete_terms
from ficli.wording import counted, harmless, listed

if TYPE_CHECKING:
    from ficli.commands.new.draft import WritableDraft
    from ficli.commands.new.new import NewContext, NewOutcome
    from ficli.commands.search.candidates import DuplicateCandidate

_FLAGS = {
    "title": "TITLE",
    "organization": "--organization",
    "incident_date": "--incident-date",
    "failure_mode": "--failure-mode",
    "ai_surface": "--ai-surface",
    "severity": "--severity",
    "url": "--url",
}


def command(  # noqa: PLR0913 - one for each flag
    *,
    title: Annotated[str, typer.Argument(metavar="[TITLE]", help="What happened and to whom, in one line.")] = "",
    slug: Annotated[
        str, typer.Option(metavar="SLUG", help="The slug; by default the telling words of the title.")
    ] = "",
    organization: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="An organization; may be given more than once.")
    ] = None,
    incident_date: Annotated[
        str, typer.Option(metavar="DATE", help="`8 May 2025`, `May 2025`, `2025`, or `2025-05-08`.")
    ] = "",
    failure_mode: Annotated[
        str,
        typer.Option(metavar="SLUG", help="How the system failed.", autocompletion=complete_terms("failure_mode")),
    ] = "",
    ai_surface: Annotated[
        str,
        typer.Option(metavar="SLUG", help="Where people met it.", autocompletion=complete_terms("ai_surface")),
    ] = "",
    severity: Annotated[
        str,
        typer.Option(metavar="SLUG", help="How grave it was.", autocompletion=complete_terms("severity")),
    ] = "",
    url: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="The address of a source, to be filled in from its page; repeatable."),
    ] = None,
    from_json: Annotated[
        Path | None,
        typer.Option(metavar="FILE|-", help="Make a draft of each object in a JSON or JSON Lines file."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A draft of your own to fill in, with comments and TODOs.")
    ] = None,
    fail_on_duplicate: Annotated[
        bool, typer.Option("--fail-on-duplicate", help="Write nothing that may be written up already.")
    ] = False,
    edit: Annotated[bool, typer.Option("--edit", help="Open the draft in `EDITOR`, and validate it then.")] = False,
    no_input: NoInput = False,
    offline: Offline = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    registry: Registry = None,
) -> None:
    """Write a new draft: what is known, a TODO for what is not, and hints for what may be left out.

    \b
    Examples:
      ficli new                                         a short conversation
      $EDITOR "$(ficli new)"                            and on with the writing
      ficli new "Chatbot of Example Bank invents fees" --edit
      ficli new --url https://news.example.org/story    its source from the page
      ficli new --from-json harvest.json --dry-run      many at once

    On a terminal, what no flag gives is asked for. Elsewhere, and with `--no-input`, a missing answer is an
    error; the answer `TODO` leaves a field open. Records, drafts of all branches, and what was turned down are
    searched for the same event first. Only the path is written to stdout.
    """
    from ficli.commands.new.new import read_context
    from ficli.terminal.progress import progress

    answers = {
        "title": title,
        "slug": slug,
        "organization": organization or [],
        "incident_date": incident_date,
        "failure_mode": failure_mode,
        "ai_surface": ai_surface,
        "severity": severity,
        "url": url or [],
    }
    given = {name: value for name, value in answers.items() if value}
    if from_json is not None and (given or edit):
        message = "`--from-json` takes every answer from the file"
        raise UsageError(message, hint=f"leave out {'`--edit`' if edit else 'TITLE and the flags for fields'}")
    with progress(streams.environment(), "records") as advance:
        context = read_context(streams.environment(), registry, template=template, advance=advance)
    for message in context.unread:
        streams.note(f"warning: {message}")
    if context.elsewhere.trouble:
        streams.note(f"warning: {context.elsewhere.trouble}")
    if from_json is not None:
        _many(context, from_json, dry_run=dry_run, as_json=as_json, fail_on_duplicate=fail_on_duplicate)
        return
    ask = streams.can_ask() and not no_input
    draft, candidates = _one(context, given, ask=ask, offline=offline, fail_on_duplicate=fail_on_duplicate)
    if not dry_run:
        context.write(draft)
    if as_json:
        streams.write_json({"version": 1, "drafts": [_as_data(1, draft, (), candidates)]})
    else:
        streams.write([f"{_shown(context, draft)}\n"])
    if dry_run:
        streams.note_lines(draft.text)
        streams.note("Nothing was written (`--dry-run`).")
    elif edit:
        from ficli.commands.new.conversation import edit_until_valid

        edit_until_valid(context.opened.root / draft.path, ask=ask)
    else:
        streams.note(f"Next: write what is still TODO, then `ficli validate {_shown(context, draft)}`")


def _one(
    context: NewContext, given: Mapping[str, Any], *, ask: bool, offline: bool, fail_on_duplicate: bool
) -> tuple[WritableDraft, Sequence[DuplicateCandidate]]:
    """Create one draft, and ask the curator about possible duplicates."""
    from ficli.commands.new.new import missing

    for name, value in given.items():
        _require(context, name, value, given)
    left = missing(given)
    if left and not ask:
        message = f"{listed(_FLAGS[name] for name in left)} {'is' if len(left) == 1 else 'are'} missing"
        raise UsageError(message, hint="`TODO` leaves open what is to be found out; on a terminal you are asked")
    if left:
        from ficli.commands.new.conversation import converse

        given = converse(context, given)
    draft = context.drafting.draft(given if offline else _prefilled(context, given))
    candidates = context.alike(draft)
    if not candidates:
        return draft, ()
    from ficli.commands.evidence import candidates_page
    from ficli.terminal.page import note_page

    streams.note("This may be written up already:")
    note_page(candidates_page(candidates))
    if fail_on_duplicate:
        streams.note("Nothing was written (`--fail-on-duplicate`).")
        streams.finish(ExitCode.PROBLEMS)
    if ask:
        from ficli.commands.new.conversation import agrees

        if not agrees("Is this another event, to be written up by itself?", default=False):
            streams.note("Nothing was written.")
            streams.finish(ExitCode.PROBLEMS)
    return draft, candidates


def _prefilled(context: NewContext, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fill in the sources from their pages, and report the origin of each value, or why there is none."""
    from ficli.commands.new.new import addresses, prefill

    if not addresses(answers):
        return answers
    from ficli.commands.evidence import sources_page
    from ficli.terminal.page import note_page
    from ficli.terminal.progress import progress
    from ficli.web.fetch.fetcher import Fetcher

    with progress(streams.environment(), "Fetching") as advance:
        found = prefill(context, answers, Fetcher(streams.fetch_policy(context.opened.config)), advance)
    for item in found.asked:
        if item.facts is None:
            streams.note(f"warning: {item.url}: {item.reason}; its source has the address alone")
            continue
        note_page(sources_page([(item.number, item.facts)]))
    if any(item.facts is not None and item.facts.proposals for item in found.asked):
        streams.note("What is marked `?` is for you to check; the draft does not have it.")
    return found.answers


def _require(context: NewContext, name: str, value: object, given: Mapping[str, Any]) -> None:
    """Raise an error for a wrong answer before any question is asked."""
    from ficli.commands.new.draft import WrongAnswersError

    problem = context.drafting.check(name, value, {key: given[key] for key in ("title", "slug") if key in given})
    if problem is not None:
        raise WrongAnswersError([problem])


def _many(context: NewContext, source: Path, *, dry_run: bool, as_json: bool, fail_on_duplicate: bool) -> None:
    """Create a draft of each object of a file."""
    from ficli.commands.new.json_input import read_objects
    from ficli.commands.new.new import new_drafts

    objects = read_objects(streams.environment(), source)
    outcomes = new_drafts(context, objects, write=not dry_run, fail_on_duplicate=fail_on_duplicate)
    written = [outcome.draft for outcome in outcomes if outcome.draft is not None]
    if as_json:
        data = [_as_data(item.number, item.draft, item.problems, item.duplicates) for item in outcomes]
        streams.write_json({"version": 1, "drafts": data})
    else:
        streams.write(f"{_shown(context, draft)}\n" for draft in written)
    for outcome in outcomes:
        _note_outcome(outcome)
    verb = "Would write" if dry_run else "Wrote"
    streams.note(f"{verb} {counted(len(written), 'draft')} of {counted(len(outcomes), 'object')}.")
    if written and not dry_run:
        streams.note("Next: ficli validate")
    streams.finish(ExitCode.CLEAN if len(written) == len(outcomes) else ExitCode.PROBLEMS)


def _note_outcome(outcome: NewOutcome) -> None:
    for problem in outcome.problems:
        where = f"object {outcome.number}" + (f", `{problem.field}`" if problem.field else "")
        streams.note(f"error: {where}: {problem.message}")
        if problem.hint:
            streams.note(f"  help: {problem.hint}")
    if outcome.draft is not None:
        for item in outcome.duplicates:
            streams.note(
                f"warning: object {outcome.number}: `{item.id or item.path}` may tell the same event: "
                f"{' and '.join(item.why)}"
            )


def _shown(context: NewContext, draft: WritableDraft) -> str:
    from ficli.open_registry import path_prefix

    return harmless(path_prefix(streams.environment(), context.opened.root) + draft.path)


def _as_data(
    number: int, draft: WritableDraft | None, problems: Sequence[Any], candidates: Sequence[DuplicateCandidate]
) -> dict[str, Any]:
    return {
        "index": number,
        "path": draft.path if draft is not None else None,
        "slug": draft.slug if draft is not None else None,
        "problems": [problem._asdict() for problem in problems],
        "duplicates": [candidate._asdict() for candidate in candidates],
    }
