"""The conversation of `ficli new`: a question for each missing answer, then edit and validate until it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import create_app_session, get_app
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import CompleteStyle

from ficli.commands.list.rows import written_date
from ficli.dates import parse_date
from ficli.diagnostics import Diagnostic, Severity
from ficli.errors import ExitCode
from ficli.incident.ids import suggest_slug
from ficli.incident.taxonomy import SeverityLevel, Term
from ficli.prose.names import spelling_key
from ficli.terminal import streams
from ficli.wording import harmless, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.new.new import NewContext


_NARROWEST = 40
_LABEL = "  Description: "
_LATER = "TODO"
_QUESTIONS = {
    "failure_mode": "How did the system fail?",
    "ai_surface": "Where did people meet it?",
    "severity": "How grave was the consequence?",
}


@contextmanager
def _on_stderr() -> Iterator[None]:
    with create_app_session(output=create_output(stdout=streams.environment().stderr)):
        yield


session: Callable[[], AbstractContextManager[None]] = _on_stderr
"""Where the prompts are drawn."""


def converse(context: NewContext, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for every missing answer, and return all answers.

    Args:
        context: the registry.
        answers: the known ones; they are not asked for again.

    Raises:
        KeyboardInterrupt: the curator broke off.

    """
    known = {name: value for name, value in answers.items() if value}
    asking: dict[str, Callable[[NewContext, Mapping[str, Any]], str | list[str]]] = {
        "title": _title,
        "organization": _organizations,
        "slug": _slug,
        "incident_date": _incident_date,
        "failure_mode": partial(_term, "failure_mode"),
        "ai_surface": partial(_term, "ai_surface"),
        "severity": partial(_term, "severity"),
        "url": _url,
    }
    streams.note("A new draft. Enter alone leaves a TODO; Ctrl-C leaves nothing behind.")
    with session():
        for name, ask in asking.items():
            if name not in known:
                known[name] = ask(context, known)
    return known


def agrees(question: str, *, default: bool) -> bool:
    """Ask a yes-or-no question.

    Raises:
        KeyboardInterrupt: the curator broke off.

    """
    with session():
        return bool(questionary.confirm(question, default=default).unsafe_ask())


# --- the questions ---------------------------------------------------------------------------------------------


def _title(context: NewContext, known: Mapping[str, Any]) -> str:
    del known

    def live_slug() -> str:
        typed = get_app().current_buffer.text
        return f" slug: {suggest_slug(typed) or '…'}   ({len(typed)} of 120 characters)"

    return _text(
        "Title: what happened, and to whom?",
        validate=lambda text: _said(context, "title", text) if text.strip() else "every draft has a title",
        bottom_toolbar=live_slug,
    )


def _organizations(context: NewContext, known: Mapping[str, Any]) -> list[str]:
    name = _text(
        "Organization (more of them later, in the file):",
        validate=lambda text: not text.strip() or _said(context, "organization", text, known),
        completer=WordCompleter([*context.organizations], ignore_case=True, match_middle=True, sentence=True),
        complete_while_typing=True,
        complete_style=CompleteStyle.COLUMN,
    )
    spelled = {spelling_key(other): other for other in context.organizations}.get(spelling_key(name), name)
    if name and spelled != name:
        question = f"Other records spell it {harmless(spelled)}. Spell it so here?"
        name = spelled if questionary.confirm(question).unsafe_ask() else name
    return [name or _LATER]


def _slug(context: NewContext, known: Mapping[str, Any]) -> str:
    names = [name for name in known["organization"] if name != _LATER]
    return _text(
        "Slug, which stays for good:",
        default=context.drafting.suggest_slug(known["title"], names),
        validate=lambda text: _said(context, "slug", text.strip()) if text.strip() else "every draft has a slug",
    )


def _incident_date(context: NewContext, known: Mapping[str, Any]) -> str:
    del known

    def checked(text: str) -> bool | str:
        return not text.strip() or len(parse_date(text).dates) > 1 or _said(context, "incident_date", text)

    while True:
        text = _text("Date, as exact as the sources (8 May 2025, May 2025, 2025):", validate=checked)
        found = parse_date(text).dates
        if len(found) <= 1:
            return str(found[0]) if found else _LATER
        choices = [questionary.Choice(written_date(str(day)), str(day)) for day in found]
        chosen = str(questionary.select(f"Which one is {harmless(text)}?", choices).unsafe_ask())
        problem = context.drafting.check("incident_date", chosen)
        if problem is None:
            return chosen
        streams.note(problem.message)


def _term(name: str, context: NewContext, known: Mapping[str, Any]) -> str:
    del known
    terms = [term for term in context.opened.taxonomy.terms(name).values() if not term.deprecated]
    choices = [questionary.Choice(term.slug, description=_described(term)) for term in terms]
    choices.append(questionary.Choice("not sure yet", _LATER, description="A TODO, to be settled in the file."))
    return str(
        questionary.select(_QUESTIONS[name], choices, instruction="(arrow keys, Enter)", use_jk_keys=False).unsafe_ask()
    )


def _url(context: NewContext, known: Mapping[str, Any]) -> list[str]:
    del known
    return [
        _text(
            "Address of the first source:",
            validate=lambda text: not text.strip() or _said(context, "url", text.strip()),
        )
        or _LATER
    ]


def _text(question: str, **settings: Any) -> str:  # noqa: ANN401 - what the library takes
    return str(questionary.text(question, **settings).unsafe_ask()).strip()


def _said(context: NewContext, name: str, text: str, known: Mapping[str, Any] | None = None) -> bool | str:
    """Return True if an answer is valid, or the reason why it is not, as the prompt expects."""
    problem = context.drafting.check(name, text, {key: known[key] for key in ("title",)} if known else None)
    if problem is None:
        return True
    return harmless(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)


def _described(term: Term) -> str:
    """Lay out the definition of a term, and the tests of a severity, below the list."""
    width = _width() - 2
    first, *rest = _wrapped(_LABEL + term.definition, width)
    text = [first.removeprefix(_LABEL.lstrip()), *(f"  {line}" for line in rest)]
    for test in term.criteria if isinstance(term, SeverityLevel) else ():
        head, *tail = _wrapped(test, width - 2)
        text += [f"  - {head}", *(f"    {line}" for line in tail)]
    return "\n".join(text)


def _wrapped(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(harmless(" ".join(text.split())), width)]


def _width() -> int:
    return max(_NARROWEST, streams.screen_width())


def edit_until_valid(path: Path, *, ask: bool) -> None:
    """Open a draft in the editor and validate it on return; offer to open it again at the first finding.

    Args:
        path: the draft.
        ask: whether somebody can answer the prompt.

    Raises:
        FicliError: the editor failed.

    """
    from ficli.environment import open_editor

    line = 0
    while True:
        open_editor(streams.environment(), path, line)
        findings = _findings(path)
        errors = [item for item in findings if item.severity is Severity.ERROR]
        if not findings or not ask:
            break
        line = (errors or findings)[0].span.line

        if not agrees(f"Open it again at line {line}?", default=bool(errors)):
            break
    streams.finish(ExitCode.PROBLEMS if errors else ExitCode.CLEAN)


def _findings(path: Path) -> list[Diagnostic]:
    """Validate a draft, write the findings to stderr, and return them."""
    from ficli.commands.validate.validate import ValidateRequest, validate
    from ficli.open_registry import path_prefix
    from ficli.output import renderer
    from ficli.output.report import Report

    here = streams.environment()
    outcome = validate(here, ValidateRequest(paths=[path], list_info=False))
    report = Report(
        diagnostics=outcome.diagnostics,
        loaded=outcome.loaded,
        reported=outcome.reported,
        records=outcome.records,
        rules=outcome.rules,
        unread=len(outcome.unread),
        prefix=path_prefix(here, outcome.root),
    )
    for piece in renderer("concise")(report):
        streams.note_lines(piece)
    return [item for item in outcome.diagnostics if item.severity is not Severity.INFO]
