"""Find possible duplicates of a record, a text or the page of a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ficli.commands.new.new import read_context
from ficli.commands.search.candidates import DuplicateCandidate, find_candidates, probe_of
from ficli.errors import UsageError
from ficli.registry.lookup import find_record
from ficli.urls.parse import why_invalid
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.registry.index_entry import IndexEntry


def find_similar(  # noqa: PLR0913 - one for each way to ask
    environment: Environment,
    name: str = "",
    *,
    text: str = "",
    urls: Sequence[str] = (),
    most: int = 10,
    registry: Path | None = None,
    advance: Callable[[int, int], None] | None = None,
) -> tuple[list[DuplicateCandidate], list[str]]:
    """Find possible duplicates.

    Args:
        environment: the environment to work in.
        name: a record, as `find_record` accepts it; or empty.
        text: what happened, such as a headline; or empty.
        urls: addresses of sources.
        most: how many at most, besides rejected candidates.
        registry: a folder in the registry.
        advance: called, as the work goes on, with how many of how many records are done.

    Returns:
        The candidates, the most similar first, and what was left out of the search.

    Raises:
        UsageError: no registry, no such record, or nothing to search for.
        ConfigurationError: a file of settings is wrong.
        FicliError: a folder cannot be listed.

    """
    if bool(name) == bool(text or urls):
        message = (
            "name a record, or give `--text` or `--url`" if not name else "name a record or describe one, not both"
        )
        raise UsageError(message, hint="`ficli similar --help` shows examples")
    for url in urls:
        if why := why_invalid(url):
            message = f"`--url`: {quoted(url)} is no web address: {why}"
            raise UsageError(message, hint="give the address of the article or document")
    context = read_context(environment, registry, advance=advance)
    probe = probe_of(text=text, urls=urls)
    if name:
        path = find_record(context.opened.config, name, cwd=environment.cwd).path
        probe = _of(path, context.entries)
    found = find_candidates(probe, context.everything, context.rejections, most=most)
    return found, [*context.unread, *filter(None, [context.elsewhere.trouble])]


def _of(path: str, entries: Sequence[IndexEntry]) -> IndexEntry:
    entry = next((entry for entry in entries if entry.path == path), None)
    if entry is None:
        message = f"{quoted(path)} cannot be read as a record"
        raise UsageError(message, hint="`ficli validate` shows what is in the way")
    return entry
