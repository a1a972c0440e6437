"""The recipes for a citation style and a data format are followed, and each step that is left out is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE, PAGE = "src/ficli/citations/catalogue.py", "docs/cite.md"

# --- a style ---------------------------------------------------------------------------------------------------

STYLE_TESTS = "tests/citations/test_styles.py"
STYLE = '''\
"""ACS: every part its own sentence, and the day of indexing before the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.contract import CitationStyle
from ficli.citations.dates import month_first
from ficli.citations.markup import join, join_pieces, link, stopped

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs. Title. AI Failure Index. June 5, 2026. https://…`."""
    return join_pieces(
        stopped(citation.author_list("")),
        stopped(citation.title),
        stopped(f"Version {citation.version}" if citation.version else ""),
        stopped(citation.container or citation.other_publisher),
        stopped(month_first(citation.issued)),
        link(citation.url),
    )


def in_text(citation: Citation) -> Reference:
    """Write `(Realm Labs)`."""
    return join(f"({citation.author_list('')})")


STYLE = CitationStyle("ACS, 3rd edition", reference, in_text)
'''
ENTRY = "Realm Labs. {T}. AI Failure Index. June 5, 2026. {U}"
INDEX = "Realm Labs. AI Failure Index. Version 2026.06.05. June 5, 2026. https://failureindex.ai"
TITLE = "Klarna reintroduces human agents after AI customer service quality declines"
ADDRESS = "https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service"


def write_style(copy: ScratchCopy) -> None:
    """Write the module of the style."""
    copy.write("src/ficli/citations/styles/acs.py", STYLE)


def list_style(copy: ScratchCopy) -> None:
    """Add its name to the styles."""
    copy.put(CATALOGUE, '    "ama",', '    "acs",\n')


def add_strings(copy: ScratchCopy) -> None:
    """Add its strings to the tables of the test."""
    copy.put(STYLE_TESTS, '    "ama": f"1. Realm Labs. {T}', f'    "acs": f"{ENTRY}",\n')
    copy.put(STYLE_TESTS, '    "ama": "1. Realm Labs. AI', f'    "acs": "{INDEX}",\n')
    copy.put(STYLE_TESTS, '    "ama": ("¹"', '    "acs": ("(Realm Labs)", "(Realm Labs)"),\n')


def show_strings(copy: ScratchCopy) -> None:
    """Add its strings to the page."""
    copy.put(PAGE, "| ama | 1. Realm Labs. Klarna", f"| acs | {ENTRY.format(T=TITLE, U=ADDRESS)} |\n")
    copy.put(PAGE, "| ama | 1. Realm Labs. AI", f"| acs | {INDEX} |\n")
    copy.put(PAGE, "| ama | ¹", "| acs | (Realm Labs) | (Realm Labs) |\n")


A_STYLE = Recipe(
    "Add a citation style",
    {"name": "acs"},
    (write_style, list_style, add_strings, show_strings),
    copied=("tests/citations",),
    checks=(STYLE_TESTS,),
    only="acs or every_style or same_strings",
    fixtures="tests/citations",
    cases=("cite-list-styles",),
)


def test_the_recipe_for_a_style(tmp_path: Path) -> None:
    copy = follow(A_STYLE, tmp_path)

    assert "\nacs: ACS, 3rd edition\n" in copy.read("tests/cli/cases/cite-list-styles/stdout")
    assert unnoticed(A_STYLE, copy) == []


# --- a data format ---------------------------------------------------------------------------------------------

FORMAT_TESTS = "tests/citations/test_formats.py"
FORMAT = '''\
"""refer, for groff: a tag and a value a line, and a blank line between two citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.contract import DataFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.citations.citation import Citation


def write(citations: Sequence[Citation]) -> str:
    """Write titles and addresses."""
    return "\\n".join(f"%T {citation.title}\\n%U {citation.url}\\n" for citation in citations)


FORMAT = DataFormat("refer", write)
'''
READ_BACK = """

def test_refer_is_read_back(record: Record, config: Config) -> None:
    citations = hard(record, config)
    blocks = written("refer", citations).split("\\n\\n")

    assert [block.splitlines()[0] for block in blocks] == [f"%T {citation.title}" for citation in citations]
"""


def write_format(copy: ScratchCopy) -> None:
    """Write the module of the format."""
    copy.write("src/ficli/citations/formats/refer.py", FORMAT)


def list_format(copy: ScratchCopy) -> None:
    """Add its name to the data formats."""
    copy.replace(CATALOGUE, '"cff", "jsonld")', '"cff", "jsonld", "refer")')


def read_format(copy: ScratchCopy) -> None:
    """Read it back."""
    copy.append(FORMAT_TESTS, READ_BACK)


def describe_format(copy: ScratchCopy) -> None:
    """Add it to the page."""
    copy.replace(
        PAGE,
        "may stand in a `<script>` as it is |\n",
        "may stand in a `<script>` as it is |\n| `refer` | `%T` | `%T` | for groff |\n",
    )


A_FORMAT = Recipe(
    "Add a data format of citations",
    {"name": "refer"},
    (write_format, list_format, read_format, describe_format),
    copied=("tests/citations",),
    checks=(STYLE_TESTS,),
    only="every_style or data_format or refer",
    fixtures="tests/citations",
    also=(FORMAT_TESTS,),
    cases=("cite-list-styles", "help-cite"),
)


def test_the_recipe_for_a_data_format(tmp_path: Path) -> None:
    copy = follow(A_FORMAT, tmp_path)

    assert "--format refer: refer\n" in copy.read("tests/cli/cases/cite-list-styles/stdout")
    assert "`refer`" in copy.read("docs/cli.md")
    assert unnoticed(A_FORMAT, copy) == []
