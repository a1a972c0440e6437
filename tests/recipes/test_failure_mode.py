"""The recipe for a new failure mode is followed in a copy of the project, and each step that is left out is noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .conftest import Recipe, ScratchCopy, follow, unnoticed

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARY, TEST = "src/ficli/incident/data/taxonomy.yaml", "tests/incident/test_taxonomy.py"
MODE = """\
  - slug: silent-stop
    name: Silent Stop
    definition: The system stops working, and nobody who relies on it is told.
    profile:
      trigger: A part of the system fails.
      model_step: The model gives no answer.
      control_gap: Nothing watches whether answers come.
      failure: Work is left undone.
      consequence: Somebody waits for what never comes.
    signal: No answer is taken for a good one.

"""


def define(copy: ScratchCopy) -> None:
    """Define the mode, in a new version."""
    copy.put(VOCABULARY, "# Where the system meets", MODE)
    copy.replace(VOCABULARY, 'version: "1.0.0"', 'version: "1.1.0"')


def add_version(copy: ScratchCopy) -> None:
    """Add the version, with the digest that the failed test prints."""
    _, out = copy.run_tests(TEST, "-k", "stands_for_its_slugs")
    digest = re.search(r"assert '([0-9a-f]{16})' == ", out)
    assert digest, out
    copy.replace(TEST, '}\n"""A digest', f'    "1.1.0": "{digest[1]}",\n}}\n"""A digest')


RECIPE = Recipe(
    "Add a failure mode",
    {},
    (define, add_version),
    copied=("tests/incident",),
    checks=(TEST,),
    only="version or shipped",
    fixtures="tests/incident",
    cases=("taxonomy-json-typo",),
    generates_code=True,
)


def test_the_recipe(tmp_path: Path) -> None:
    copy = follow(RECIPE, tmp_path)

    assert '"const": "silent-stop"' in copy.read("schema/incident.schema.json")
    assert copy.read("schema/incident.schema.json") == copy.read("src/ficli/incident/data/incident.schema.json")
    assert "\n### Silent Stop\n" in copy.read("docs/taxonomy.md")
    assert unnoticed(RECIPE, copy) == []
