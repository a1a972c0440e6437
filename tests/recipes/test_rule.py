"""The recipe for a new rule is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .conftest import PROJECT, Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE, REFERENCE = "src/ficli/rules/catalogue.py", "src/ficli/commands/reference/reference.py"
MODULE = '''\
"""A title praises or condemns an event.

What: the title has the word "shocking".
Why: a title names what happened, and the reader judges it.

Bad:

    title: Chatbot of Example Bank makes shocking promises to customers

Good:

    title: Chatbot of Example Bank makes promises to customers

Fix: leave the word out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.rules.contract import RecordContext

RULE = Rule("loud-title", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Look for the word."""
    if "shocking" in record.record.title.lower():
        yield Problem(at=("title",), message="the title judges the event", help="leave `shocking` out")
'''
RECORD = (PROJECT / "tests/rules/title-style/ok_names.yaml").read_text(encoding="utf-8")


def write_module(copy: ScratchCopy) -> None:
    """Write the module of the rule."""
    copy.write("src/ficli/rules/text/loud_title.py", MODULE)


def list_it(copy: ScratchCopy) -> None:
    """Import and list it beside the other rules about titles."""
    copy.put(CATALOGUE, "    title_style,", "    loud_title,\n")


def write_fixtures(copy: ScratchCopy) -> None:
    """Write what is right and what is wrong."""
    for name, title, findings in (
        ("bad_first", "Shocking promises of a chatbot of Example Bank", "5:8: warning[loud-title] the title judges the event\n"),
        ("bad_inside", "Chatbot of Example Bank makes shocking promises", "5:8: warning[loud-title] the title judges the event\n"),
        ("ok_plain", "Chatbot of Example Bank promises refunds", ""),
        ("ok_like_it", "Chatbot of Example Bank shocks customers with promises", ""),
    ):  # fmt: skip
        text = re.sub("^title: .*$", f"title: {title}", RECORD, flags=re.MULTILINE)
        copy.write(f"tests/rules/loud-title/{name}.yaml", text)
        if findings:
            copy.write(f"tests/rules/loud-title/{name}.out", findings)


RECIPE = Recipe(
    "Add a rule",
    {"family": "text", "module": "loud_title", "name": "loud-title"},
    (write_module, list_it, write_fixtures),
    copied=("tests/rules",),
    checks=("tests/rules/test_catalogue.py",),
    only="every_module or loud",
    fixtures="tests/rules",
    also=("tests/rules/test_fixtures.py", "tests/rules/test_pages.py"),
)


def test_the_recipe(tmp_path: Path) -> None:
    copy = follow(RECIPE, tmp_path)
    page = copy.read("docs/rules/loud-title.md")

    assert "## Why\n\nA title names what happened, and the reader judges it." in page
    assert unnoticed(RECIPE, copy) == []


def test_a_new_family(tmp_path: Path) -> None:
    copy = ScratchCopy(tmp_path)
    copy.write("src/ficli/rules/tone/__init__.py", '"""Rules about tone."""\n')
    copy.write("src/ficli/rules/tone/loud_title.py", MODULE)
    copy.put(CATALOGUE, "from ficli.rules.tool import", "from ficli.rules.tone import loud_title\n")
    copy.replace(
        CATALOGUE,
        "RECORD_RULES: tuple[FileRule, ...] = (\n",
        "RECORD_RULES: tuple[FileRule, ...] = (\n    loud_title,\n",
    )
    assert "KeyError: 'tone'" in copy.run("docs/generate.py")[1]

    copy.put(REFERENCE, '    "tool": ', '    "tone": "Tone",\n')
    code, out = copy.run("docs/generate.py")
    assert code == 0, out
    assert "\n## Tone\n\n" in copy.read("docs/rules/index.md")


def test_a_rule_of_a_new_family_may_not_import_another(tmp_path: Path) -> None:
    copy = ScratchCopy(tmp_path)
    copy.write("src/ficli/rules/tone/__init__.py", '"""Rules about tone."""\n')
    copy.write("src/ficli/rules/tone/loud_title.py", MODULE)
    lint = ("-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))")
    code, out = copy.run(*lint)
    assert code == 0, out

    copy.append("src/ficli/rules/tone/loud_title.py", "\nfrom ficli.rules.text import cut_sentence\n")
    assert "Rules do not import each other BROKEN" in copy.run(*lint)[1]
