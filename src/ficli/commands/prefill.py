"""Fills in the sources of a new draft from their pages, before the draft is made of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.commands.drafting import is_open
from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.incident.shape import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ficli.commands.new import Desk
    from ficli.sources.facts import SourceFacts
    from ficli.sources.fetching.fetcher import Fetcher


class Asked(NamedTuple):
    """What came of asking for a page: the number of the source, from 1, its address, and what is known or why not."""

    number: int
    url: str
    facts: SourceFacts | None
    reason: str = ""


class Prefilled(NamedTuple):
    """Answers with `sources` in place of `url`, and what came of asking for the page of each."""

    answers: Mapping[str, Any]
    asked: Sequence[Asked]


def addresses(answers: Mapping[str, Any]) -> list[str]:
    """List the addresses among answers that lead to a page."""
    return [url for url in answers.get("url", ()) if not is_placeholder(url) and not is_open(url)]


def prefill(desk: Desk, answers: Mapping[str, Any], fetcher: Fetcher, advance: Callable[[int, int], None]) -> Prefilled:
    """Put what its page says of itself into each source; where that cannot be had, the address alone.

    Args:
        desk: the registry.
        answers: as `Drafting.draft` takes them, with a list of addresses under `url`.
        fetcher: fetches the pages, one after the other.
        advance: told how many of how many pages were asked for.

    Raises:
        WrongAnswersError: the answers cannot be a draft; nothing was fetched.

    """
    fields = desk.drafting.checked(answers)
    names = [item["name"] for _, item in Record(fields).mappings("organizations")]
    total = len(addresses(answers))
    sources: list[dict[str, Any]] = []
    asked: list[Asked] = []
    for url in answers["url"]:
        if is_open(url):
            continue
        source = {"url": url}
        if not is_placeholder(url):
            item = _ask(desk, url, fetcher, names, sources)
            asked.append(item)
            source = dict(item.facts.fields) if item.facts is not None else source
            advance(len(asked), total)
        sources.append(source)
    others = {name: value for name, value in answers.items() if name != "url"}
    return Prefilled({**others, "sources": sources}, asked)


def _ask(
    desk: Desk, url: str, fetcher: Fetcher, organizations: Sequence[str], before: Sequence[Mapping[str, Any]]
) -> Asked:
    """Ask for one page; `before` are the sources before it."""
    from ficli.sources.facts import fetch_source

    number = len(before) + 1
    try:
        facts = fetch_source(
            url,
            fetcher,
            kinds=desk.opened.config.source_kinds,
            organizations=organizations,
            today=desk.environment.today(),
        )
    except FicliError as error:
        return Asked(number, url, None, error.message)
    problem = desk.drafting.check("sources", [*before, dict(facts.fields)])
    if problem is not None:  # for one, a kind that `ficli.toml` gives the site and the vocabulary does not have
        return Asked(number, url, None, problem.message)
    return Asked(number, url, facts)
