"""The recipe for a new output format is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''\
"""TAP, the Test Anything Protocol: a line that is not ok for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.output.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield the plan, a line for each finding, and the summary as a comment."""
    shown = list(report.shown)
    yield f"1..{len(shown)}\\n"
    for number, item in enumerate(shown, 1):
        place = f"{harmless(report.place(item.path))}:{item.span.line}"
        yield f"not ok {number} - {place} {harmless(item.message)}".replace("#", "\\\\#") + "\\n"
    yield f"# {report.summary()}\\n"
'''
TEST = """\
from ficli.output.tap import render


def test_a_finding_is_a_test_that_fails(finding, report):
    plan, line, summary = render(report(finding(message="a # is no directive")))

    assert plan == "1..1\\n"
    assert line.startswith("not ok 1 - incidents/FI-0232.yaml:1 a \\\\# is no directive")
    assert summary.startswith("# Found 1 problem")
"""


def write_module(copy: ScratchCopy) -> None:
    """Write the module of the format."""
    copy.write("src/ficli/output/tap.py", MODULE)


def list_it(copy: ScratchCopy) -> None:
    """Add its name to the formats."""
    copy.replace("src/ficli/output/__init__.py", '"junit", "markdown")', '"junit", "markdown", "tap")')


def write_test(copy: ScratchCopy) -> None:
    """Write its test."""
    copy.write("tests/output/test_tap.py", TEST)


def describe(copy: ScratchCopy) -> None:
    """Add it to the page."""
    copy.replace(
        "docs/validate.md",
        "| a list for a comment, by severity |\n",
        "| a list for a comment, by severity |\n| `tap` | TAP |\n",
    )


RECIPE = Recipe(
    "Add an output format",
    {"name": "tap"},
    (write_module, list_it, write_test, describe),
    copied=("tests/output", "tests/cli"),
    checks=("tests/output/test_report.py", "tests/output/test_json.py"),
    only="tap or of_its_own or names_every_format or known_by_name",
    fixtures="tests/output",
    also=("tests/output/test_tap.py", "tests/cli/test_forging.py"),
    cases=("help-validate", "unknown-format"),
)


def test_the_recipe(tmp_path: Path) -> None:
    copy = follow(RECIPE, tmp_path)

    assert "tap" in copy.read("tests/cli/cases/help-validate/stdout")
    assert unnoticed(RECIPE, copy) == []
