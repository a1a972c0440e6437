"""Makes files of the example on a rule's page, so that the rule can be seen to find in it what it should."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ficli.incident.fields import LAYOUT
from ficli.incident.schema import data_file
from ficli.registry.layout import TAXONOMY_FILE
from ficli.rules.catalogue import rule_module
from ficli.rules.page import Page, parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DAY = date(2026, 11, 23)
"""The day on which the examples are judged."""

NOT_SHOWN = frozenset({"rule-crashed"})
"""The rules of which no record can be an example."""

_RETIRED = """\
  - slug: tool-abuse
    name: Tool Abuse
    definition: The old name of tool misuse.
    deprecated: true
    replaced_by: tool-misuse
    profile:
      trigger: A system is asked for something.
      model_step: It takes a wrong step.
      control_gap: No check stands in the way.
      failure: The step is carried out.
      consequence: Somebody bears what follows.
    signal: Nobody asked for the step.
"""


def page_of(rule: str) -> Page:
    """Read the page of a rule."""
    return parse_page(rule_module(rule).__doc__)


def base_record() -> str:
    """Give the record in which no rule finds anything, and over which examples are laid."""
    return (files("ficli.rules") / "base.yaml").read_text(encoding="utf-8")


def trial_files(example: str) -> Iterator[tuple[str, bytes]]:
    """Make files of an example, each with its path in a registry.

    They are several, each under a line `# file: path`, or the base record with the fields of the example. A line
    `# without: name` takes a field out of it, and `# encoding: name` at the top writes it in that encoding.
    """
    if example.startswith("# file: "):
        for part in re.split(r"^# file: ", example + "\n", flags=re.MULTILINE)[1:]:
            path, _, text = part.partition("\n")
            yield path, text.encode()
        return
    encoding = re.match(r"# encoding: (\S+)\n", example)
    text = lay_over(base_record(), example[encoding.end() :] if encoding else example)
    slug = re.search(r"^slug: (.+)$", text, re.MULTILINE)
    is_draft = "\nstatus: draft\n" in text
    path = f"drafts/{slug[1]}.yaml" if is_draft and slug else "incidents/FI-0042.yaml"
    yield path, text.encode(encoding[1] if encoding else "utf-8")


class ShownChange(NamedTuple):
    """A change as the example of a rule about the past shows it.

    Attributes:
        committed: the states of the registry that were committed before it, the oldest first; the last is its base.
            Each holds the content of its files by path.
        after: the files as the change leaves them.

    """

    committed: Sequence[Mapping[str, bytes]]
    after: Mapping[str, bytes]


def shown_change(example: str) -> ShownChange:
    """Read the states of a registry under the lines `# earlier`, which may be left out, `# before` and `# after`.

    A state holds the base record with the fields that follow, if any do, and files as in other examples.
    """
    _, *parts = re.split(r"^# (earlier|before|after)$", example + "\n", flags=re.MULTILINE)
    states = dict(zip(parts[::2], map(_state, parts[1::2]), strict=True))
    return ShownChange([states[name] for name in ("earlier", "before") if name in states], states["after"])


def _state(text: str) -> dict[str, bytes]:
    fields, mark, rest = text.lstrip("\n").partition("# file: ")
    found: dict[str, bytes] = dict(trial_files((mark + rest).rstrip("\n"))) if mark else {}
    if fields.strip():
        record = lay_over(base_record(), fields)
        name = re.search(r"^id: (\S+)$", record, re.MULTILINE)
        if name is None:
            message = "a state of an example holds a record without an `id`"
            raise ValueError(message)
        found[f"incidents/{name[1]}.yaml"] = record.encode()
    return found


def vocabulary_with_a_retired_term() -> bytes:
    """Give the shipped vocabulary with a failure mode that has been replaced, for the page of `deprecated-term`."""
    head, modes, rest = data_file(TAXONOMY_FILE).decode().partition("failure_modes:\n")
    return (head + modes + _RETIRED + rest).encode()


def lay_over(base: str, example: str) -> str:
    """Put the fields of an example in the place of a record's own."""
    without = set(re.findall(r"^# without: (\w+)$", example, re.MULTILINE))
    example = re.sub(r"^# without: .*\n?", "", example + "\n", flags=re.MULTILINE).rstrip("\n") + "\n"
    changed: dict[str, str] = {}
    for key, lines in _blocks(example):
        changed[key] = changed.get(key, "") + lines
    fields = {**dict(_blocks(base)), **changed}
    names = sorted((key for key in fields if key not in without), key=lambda key: LAYOUT.rank((), key))
    return "".join(fields[key] for key in names)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Split a record into its top-level fields, each with the comments above it."""
    key, lines = "", ""
    for line in text.splitlines(keepends=True):
        field = re.match(r"(\w+):", line)
        starts = field is not None or line.startswith("#")
        if starts and key:
            yield key, lines
            key, lines = "", ""
        lines += line
        key = field[1] if field else key
    if key:
        yield key, lines
