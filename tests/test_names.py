"""What the names and docstrings of the package have in common, so that a newcomer can guess them."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ficli

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(ficli.__file__).parent
MODULES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes()) for path in PACKAGE.rglob("*.py")}

VAGUE = {"Give", "Gives", "Let", "Lets", "Put", "Puts", "Say", "Says", "See", "Sees", "Take", "Takes", "Tell", "Tells"}
"""First words of a docstring for which there is a verb of the field: Return, Yield, Write, Check, Set, Read."""

HELP = {"assign": "it is the help of the command, and gives drafts their IDs"}
"""Verbs whose help begins with such a word, and why."""

TWICE = {
    "Record": "`api.Record` is the public one, a plain value; `incident.record.Record` is the view that ficli reads by"
}
"""Public classes of one name, and why."""

FORMER = {
    "accept", "across", "caused", "changing", "choosing", "course", "engine", "extents", "harvest", "indexing",
    "judge", "judging", "opening", "past", "quick_look", "retiring", "shelf", "succession", "survey", "together", "trial",
}  # fmt: skip
"""Words that say nothing of what a module, a class or a public function is."""


def docstrings() -> Iterator[tuple[str, str, str]]:
    """Yield each docstring with the module and the name of what it describes; that of a module has no name."""
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text:
                    yield module, getattr(node, "name", ""), text


def public(kind: type[ast.ClassDef | ast.FunctionDef]) -> Iterator[tuple[str, str]]:
    """Yield the module and the name of each public class or function of a module, those of the rules left out."""
    for module, tree in MODULES.items():
        for node in tree.body:
            if isinstance(node, kind) and not node.name.startswith("_") and not module.startswith("rules/"):
                yield module, node.name


def test_a_docstring_begins_with_a_verb_of_the_field() -> None:
    found = [(module, name, text) for module, name, text in docstrings() if text.split(maxsplit=1)[0] in VAGUE]
    help_texts = {f"commands/{verb}/cli.py" for verb in HELP}

    assert [item for item in found if item[0] not in help_texts or not item[1].endswith("command")] == []
    assert {module for module, _, _ in found} == help_texts


def test_every_module_says_what_it_is_for() -> None:
    for module, tree in MODULES.items():
        first = (ast.get_docstring(tree) or "").partition("\n")[0]
        assert first.endswith((".", "?", ":")), module


def test_no_two_modules_of_one_package_have_one_name() -> None:
    names = Counter(module.removesuffix(".py").removesuffix("/__init__").rstrip("_") for module in MODULES)

    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_public_classes_have_one_name() -> None:
    places = defaultdict(list)
    for module, name in public(ast.ClassDef):
        places[name].append(module)

    assert {name for name, modules in places.items() if len(modules) > 1} == set(TWICE)


@pytest.mark.parametrize("word", sorted(FORMER))
def test_nothing_public_has_a_name_that_says_nothing(word: str) -> None:
    named = {Path(module).stem for module in MODULES}
    named |= {name.lower() for kind in (ast.ClassDef, ast.FunctionDef) for _, name in public(kind)}

    assert word not in named
