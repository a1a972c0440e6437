"""`ficli cite`: citations of records, of their sources, or of the index."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ficli.cli import network, streams
from ficli.cli.options import complete_records
from ficli.errors import ExitCode


class TitleCase(StrEnum):
    """How titles are written in the styles that write them in title case."""

    STYLE = "style"
    KEEP = "keep"


class RisFlavour(StrEnum):
    """For which program RIS is written."""

    STANDARD = "standard"
    ENDNOTE = "endnote"


def complete_styles(incomplete: str) -> list[str]:
    """Offer the names of styles to the shell."""
    from ficli.citations.catalogue import STYLES

    return [name for name in STYLES if name.startswith(incomplete)]


def complete_formats(incomplete: str) -> list[str]:
    """Offer the names of formats to the shell."""
    from ficli.citations.catalogue import DATA_FORMATS
    from ficli.citations.markup import WRITERS

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
            help="`text`, `markdown`, `html`; or data: `bibtex`, `biblatex`, `ris`, `csl-json`, `cff`, `jsonld`.",
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
    from ficli.cli.listing import report_left_out
    from ficli.commands.citable import Wanted
    from ficli.commands.cite import Request, cite
    from ficli.commands.shelf import open_shelf

    names = tuple(records or ())
    flavours = [*(["ascii"] if ascii_only else []), *(["endnote"] if ris_flavour is RisFlavour.ENDNOTE else [])]
    request = Request(
        wanted=Wanted(names, every=every, index=index, sources=sources, with_licence=with_licence, force=force),
        style=style,
        form=form,
        flavours=tuple(flavours),
        in_text=in_text,
        accessed=accessed,
        keep_case=title_case is TitleCase.KEEP,
    )
    request.check()
    shelf, origin = open_shelf(here, registry, names, network.policy, offline=offline)
    if origin:
        _note(origin)
    cited = cite(here, shelf, request, _note)
    streams.write([cited.text])
    if copy:
        from ficli.cli.clipboard import copy_text

        _note(copy_text(here, cited.text.rstrip("\n")))
    for message in cited.left_out:
        streams.note(f"error: {message}")
    report_left_out(shelf.broken, shelf.unread)
    streams.finish(ExitCode.PROBLEMS if cited.left_out else ExitCode.CLEAN)


def _note(text: str) -> None:
    streams.note(f"note: {text}")


def _list_styles() -> None:
    from ficli.commands.cite_examples import examples

    for example in examples(streams.environment().today()):
        if example.reference:
            text = f"{example.name}: {example.title}\n  {example.reference}\n  in the text: {example.in_text}\n\n"
        else:
            text = f"--format {example.name}: {example.title}\n"
        streams.write([text])
