"""`ficli cite`: print or copy citations of records, of their sources, or of the index."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from ficli.citations.catalogue import DATA_FORMATS, STYLES
from ficli.citations.markup import WRITERS
from ficli.environment import Environment, feed_program, find_program, is_terminal
from ficli.errors import ExitCode, FicliError
from ficli.terminal import streams
from ficli.terminal.options import complete_records
from ficli.wording import quoted

_LONGEST_SEQUENCE = 74_994
"""Bytes that a terminal accepts in one OSC 52 sequence; xterm and tmux accept no more."""


def copy_text(environment: Environment, text: str) -> str:
    """Copy text to the clipboard, and return how it was done.

    Raises:
        FicliError: there is neither a tool nor a terminal that accepts it.

    """
    for name, *words in _tools(environment):
        path = find_program(name, environment.variables)
        if path and feed_program([path, *words], text):
            return f"copied to the clipboard by `{name}`"
    if _through_terminal(environment, text):
        return "the terminal was asked to copy it"
    hint = "the citation stands above; a terminal that knows OSC 52, `wl-copy`, `xclip` or `pbcopy` can copy it"
    raise FicliError("there is no clipboard that the citation could be put on", hint=hint)


def _tools(environment: Environment) -> Iterator[list[str]]:
    """Yield the tools that reach the clipboard of the user's own screen; over SSH there is none."""
    variables = environment.variables
    if variables.get("SSH_CONNECTION") or variables.get("SSH_TTY"):
        return
    yield ["pbcopy"]
    yield ["clip.exe"]
    if variables.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if variables.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]


def _through_terminal(environment: Environment, text: str) -> bool:
    """Send text to the terminal by OSC 52, and return whether there was a terminal; it does not confirm the copy."""
    import base64

    encoded = base64.b64encode(text.encode()).decode()
    stream = next((stream for stream in (environment.stderr, environment.stdout) if is_terminal(stream)), None)
    if stream is None or environment.variables.get("TERM") == "dumb" or len(encoded) > _LONGEST_SEQUENCE:
        return False
    stream.write(f"\x1b]52;c;{encoded}\x07")
    stream.flush()
    return True


class TitleCase(StrEnum):
    """How styles that use title case write titles."""

    STYLE = "style"
    KEEP = "keep"


class RisFlavour(StrEnum):
    """The program that RIS is written for."""

    STANDARD = "standard"
    ENDNOTE = "endnote"


def complete_styles(incomplete: str) -> list[str]:
    """Return the names of styles, for completion in a shell."""
    return [name for name in STYLES if name.startswith(incomplete)]


def complete_formats(incomplete: str) -> list[str]:
    """Return the names of formats, for completion in a shell."""
    return [name for name in (*WRITERS, *DATA_FORMATS) if name.startswith(incomplete)]


def command(  # noqa: PLR0913 - one for each flag
    *,
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECORD]...",
            help="Each by its ID (`FI-0232`, `fi-232`, `232`), its slug, its path, or the address of its page.",
            autocompletion=complete_records,
            show_default=False,
        ),
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            "-s",
            metavar="STYLE",
            help="The style; by default `house`. `--list-styles` shows each.",
            autocompletion=complete_styles,
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"{', '.join(map(quoted, WRITERS))}; or data: {', '.join(map(quoted, DATA_FORMATS))}.",
            autocompletion=complete_formats,
        ),
    ] = "text",
    in_text: Annotated[
        bool, typer.Option("--in-text", help="What stands in the text, such as `(Author, 2026)`.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Cite every published record.")] = False,
    index: Annotated[bool, typer.Option("--index", help="Cite the index as a whole.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Cite the sources of the records instead.")] = False,
    accessed: Annotated[
        str,
        typer.Option(
            metavar="today|DATE|none",
            help="The day the page was read; by default today where the style asks for it, else none.",
            show_default=False,
        ),
    ] = "",
    title_case: Annotated[
        TitleCase, typer.Option("--title-case", help="`keep` leaves titles as they are, in MLA and Chicago too.")
    ] = TitleCase.STYLE,
    with_licence: Annotated[bool, typer.Option("--with-licence", help="Add the line about the licence.")] = False,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="BibTeX and BibLaTeX in ASCII, for old tools.")] = False,
    ris_flavour: Annotated[
        RisFlavour, typer.Option("--ris-flavour", help="`endnote` ends authors as EndNote wants organizations.")
    ] = RisFlavour.STANDARD,
    force: Annotated[bool, typer.Option("--force", help="Cite a removed record too, marked as removed.")] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Put it on the clipboard too, over SSH as well.")] = False,
    list_styles: Annotated[bool, typer.Option("--list-styles", help="Show every style with an example.")] = False,
    registry: Annotated[
        str,
        typer.Option(
            "--registry",
            metavar="DIR|URL",
            help="A folder in the registry, or the address of an exported `index.json`.",
            show_default=False,
        ),
    ] = "",
    offline: Annotated[
        bool, typer.Option("--offline", help="Take the copy of an exported index, and ask nobody.")
    ] = False,
) -> None:
    """Cite records as the index does, in the style of a journal, or as data for a reference manager.

    \b
    Examples:
      ficli cite FI-0232
      ficli cite FI-0232 --style apa --copy
      ficli cite 192 232 --style chicago-author-date --in-text
      ficli cite --all --format bibtex > index.bib
      ficli cite --index --style apa
      ficli cite FI-0232 --registry https://example.org/index.json

    What a reader should know of a record, such as that it was merged or has low confidence, is said on stderr.
    """
    here = streams.environment()
    if list_styles:
        _list_styles()
        return
    from ficli.commands.cite.citable import CiteSelection
    from ficli.commands.cite.cite import CiteRequest, cite
    from ficli.commands.cite.record_source import open_record_source
    from ficli.commands.list.cli import report_left_out

    names = tuple(records or ())
    flavours = [*(["ascii"] if ascii_only else []), *(["endnote"] if ris_flavour is RisFlavour.ENDNOTE else [])]
    request = CiteRequest(
        wanted=CiteSelection(names, every=every, index=index, sources=sources, with_licence=with_licence, force=force),
        style=style,
        form=form,
        flavours=tuple(flavours),
        in_text=in_text,
        accessed=accessed,
        keep_case=title_case is TitleCase.KEEP,
    )
    request.check()
    record_source, origin = open_record_source(here, registry, names, streams.fetch_policy, offline=offline)
    if origin:
        _note(origin)
    cited = cite(here, record_source, request, _note)
    streams.write([cited.text])
    if copy:
        _note(copy_text(here, cited.text.rstrip("\n")))
    for message in cited.left_out:
        streams.note(f"error: {message}")
    report_left_out(record_source.broken, record_source.unread)
    streams.finish(ExitCode.PROBLEMS if cited.left_out else ExitCode.CLEAN)


def _note(text: str) -> None:
    streams.note(f"note: {text}")


def _list_styles() -> None:
    from ficli.commands.cite.cite import examples

    for example in examples(streams.environment().today()):
        if example.reference:
            text = f"{example.name}: {example.title}\n  {example.reference}\n  in the text: {example.in_text}\n\n"
        else:
            text = f"--format {example.name}: {example.title}\n"
        streams.write([text])
