"""What CONTRIBUTING says of the house and of its recipes is so."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import groupby

from ficli.terminal.main import COMMANDS

from .conftest import CONTRIBUTING, PROJECT, paths, section


def table(text: str, head: str) -> list[tuple[str, list[str]]]:
    """Return what is in back-ticks in the first cell, and in the second, of each row of a table."""
    rows = text.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    cells = [row.strip("|").split("|")[:2] for row in rows]
    return [(", ".join(re.findall("`([^`]+)`", first)), re.findall("`([^`]+)`", second)) for first, second in cells]


def test_each_recipe_is_followed_by_a_test() -> None:
    tried = set()
    for path in (PROJECT / "tests" / "recipes").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Recipe":
                tried.add(ast.literal_eval(node.args[0]))

    assert tried == set(re.findall("^## (Add .*)$", CONTRIBUTING, re.MULTILINE))


def test_every_path_is_there() -> None:
    assert [path for path in paths(CONTRIBUTING) if "<" not in path and not (PROJECT / path).exists()] == []


def test_the_layers_are_those_of_the_contract() -> None:
    contract = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    order = [set(layer.split(" : ")) for layer in contract["contracts"][0]["layers"]]
    told = [name for names, _ in table(section("The house"), "layer in `src/ficli/`") for name in names.split(", ")]
    position = {name: number for number, names in enumerate(order) for name in names}
    modules = [name.rstrip("/").removesuffix(".py") for name in told]

    assert set(modules) == position.keys()
    assert [position[name] for name in modules] == sorted(position.values())


def test_the_commands_that_share_a_folder() -> None:
    by_folder = sorted((listed.folder, name) for name, listed in COMMANDS.items())
    shared = [(folder, [name for _, name in names]) for folder, names in groupby(by_folder, key=lambda each: each[0])]

    assert table(section("The house"), "folder") == [(folder, names) for folder, names in shared if len(names) > 1]
