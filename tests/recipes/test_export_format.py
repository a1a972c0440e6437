"""The recipe for a new export format is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''\
"""The records as XML for libraries, with their IDs and titles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.export.dataset import Dataset


def render(dataset: Dataset) -> Iterator[str]:
    """Write the records."""
    yield "<records>\\n"
    for line in dataset.records.lines():
        record = json.loads(line)
        yield f"<record id={quoteattr(record['id'])}><title>{escape(record['title'])}</title></record>\\n"
    yield "</records>\\n"
'''


def write_module(copy: ScratchCopy) -> None:
    """Write the module of the format."""
    copy.write("src/ficli/export/mods.py", MODULE)


def list_it(copy: ScratchCopy) -> None:
    """Add it to the formats."""
    copy.put(
        "src/ficli/export/__init__.py",
        '    "cff": ',
        '    "mods": ExportFormat("index.mods", statuses=("published",)),\n',
    )


def read_it_back(copy: ScratchCopy) -> None:
    """Read it back as XML."""
    test = "tests/export/test_hostile.py"
    copy.replace(
        test,
        "import FORMATS, atom, csv_, json_, jsonl, parquet, sqlite",
        "import FORMATS, atom, csv_, json_, jsonl, mods, parquet, sqlite",
    )
    copy.put(
        test,
        '    found = ET.fromstring("".join(atom',
        '    yield "mods", ET.fromstring("".join(mods.render(dataset))).findtext("record/title") or ""\n',
    )


def describe(copy: ScratchCopy) -> None:
    """Add it to the page."""
    copy.put("docs/export.md", "| `cff` |", "| `mods` | libraries | `index.mods` |\n")


RECIPE = Recipe(
    "Add an export format",
    {"name": "mods"},
    (write_module, list_it, read_it_back, describe),
    copied=("tests/export", "tests/test_docs.py"),
    checks=("tests/export/test_hostile.py", "tests/test_docs.py"),
    only="names_every_format or is_read_back",
    fixtures="tests/export",
    cases=("help-export",),
)


def test_the_recipe(tmp_path: Path) -> None:
    copy = follow(RECIPE, tmp_path)
    code, out = copy.run("-m", "ficli", "init", "--example", "index")
    assert code == 0, out
    code, out = copy.run("-m", "ficli", "export", "mods", "--registry", "index")

    assert (code, out.count("<record id=")) == (0, 3)
    assert "`mods`" in copy.read("docs/cli.md")
    assert unnoticed(RECIPE, copy) == []
