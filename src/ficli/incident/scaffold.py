"""The text of a new draft: what is known, a TODO for what is not, and hints for what may be left out.

Fields stand in canonical order, as `ficli fmt` would write them. A hint becomes a field when `# ` is taken off the
front of its lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ficli.document.emit import entry
from ficli.document.order import arranged
from ficli.incident.taxonomy import PATH_STEPS, SEVERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ficli.document.order import Names
    from ficli.document.plain import Plain
    from ficli.incident.taxonomy import Taxonomy

MODELINE: Final = "# yaml-language-server: $schema={schema}\n"
_ADVICE: Final = (
    "# Write what the sources support in place of each TODO; `ficli validate` names those that are left. Lines that\n"
    "# start with `# ` and a field are optional: take the `# ` off to use one, or delete them.\n"
)

_TODO: Final[dict[str, Plain]] = {
    "title": "TODO: what happened and to whom, in one line, without a final period",
    "summary": "TODO: what happened, in 1 to 3 sentences; the first stands alone on the page",
    "organizations": [{}],
    "incident_date": "TODO: when it happened, as exactly as the sources say: 2025-05-08, 2025-05 or 2025",
    "failure_mode": "TODO: how the system failed; `ficli taxonomy failure_mode` lists the modes",
    "ai_surface": "TODO: where people met the system; `ficli taxonomy ai_surface` lists the surfaces",
    "severity": "TODO: how grave the consequence was: low, medium, high or catastrophic",
    "what_happened": "TODO: the account, in paragraphs: what was done, what went wrong, what came of it",
    "sources": [{}],
}
"""The fields that a draft must have."""

_TODO_WITHIN: Final[dict[Names, dict[str, str]]] = {
    ("organizations",): {
        "name": "TODO: the name of one organization, spelled as in other records",
        "role": "TODO: deployer, developer, affected or other",
    },
    ("sources",): {
        "kind": "TODO: what sort of document; `ficli taxonomy kind` lists the kinds",
        "title": "TODO: the title that the document itself has",
        "url": "TODO: its address, http or https",
    },
}
"""What the mappings in those fields must have."""

_MECHANISM: Final = "TODO: what broke inside the model, as far as the sources tell"
_PATH: Final[dict[str, Plain]] = {
    "trigger": "TODO: what set it off, in this incident",
    "model_step": "TODO: what the model made of it",
    "control_gap": "TODO: which control was missing or failed",
    "failure": "TODO: what went wrong then",
    "consequence": "TODO: what came of it",
}

_OPTIONAL: Final[dict[str, Plain]] = {
    "quote": {
        "text": "TODO: words that somebody said or wrote about it, exactly",
        "speaker": "TODO: who, with the office held then",
        "source": 1,
    },
    "systems": [{"name": "TODO: the AI product or model", "vendor": "TODO: who makes it"}],
    "date_basis": "TODO: which event the date is: occurred, reported, ruled or disclosed",
    "industry": "TODO: where the failing use was; `ficli taxonomy industry` lists them",
    "countries": ["TODO: two letters (ISO 3166), such as SE"],
    "claim_status": "TODO: alleged, admitted, settled, adjudicated or reported",
    "failure_path": _PATH,
    "mechanism": _MECHANISM,
    "impact": {
        "public_visibility": "TODO: low, medium or high",
        "regulatory_exposure": "TODO: none, possible or active",
        "customer_impact": "TODO: none, few-customers, many-customers or class-wide",
        "financial_impact": "TODO: none, unknown, estimated or disclosed",
        "time_to_disclosure": "TODO: hours, days, weeks, months, years or unknown",
        "note": "TODO: what it cost beyond that",
    },
    "related": ["TODO: the ID of a related record"],
    "aliases": ["TODO: the same incident elsewhere, such as AIID:1234 or CVE-2025-32711"],
    "tags": ["TODO: a keyword in kebab-case"],
    "steward_note": "TODO: the steward's own commentary, kept apart from the record",
}
"""The fields that a draft may have."""

_OPTIONAL_OF_A_SOURCE: Final[dict[str, Plain]] = {
    "publisher": "TODO: who published it",
    "published": "TODO: its date, as exactly as it says",
    "docket": "TODO: the docket number; a court filing needs one",
    "passages": ["TODO: a short passage that carries a claim, word for word"],
}

FIELDS: Final = ("schema_version", "slug", "status", *sorted({*_TODO, *_OPTIONAL}))
"""Every field that a scaffold can give, known or not."""


def scaffold(known: Mapping[str, Any], taxonomy: Taxonomy, *, schema: str) -> str:
    """Write a draft.

    Args:
        known: the fields of the record that are known, as plain data; a field within a list may be missing too.
        taxonomy: the vocabulary, for the profile of the failure mode.
        schema: the way from the draft to the schema, for editors.

    """
    data = completed(known)
    names = list(dict.fromkeys([*data, *_OPTIONAL]))
    lines = [MODELINE.format(schema=schema), _ADVICE]
    for place in arranged((), names):
        name = names[place]
        if name == "failure_path":
            lines += _failure_path(data, taxonomy)
        elif name not in data:
            lines.append(_hint(entry(name, _OPTIONAL[name], 0)))
        else:
            lines.append(entry(name, in_order(data[name], (name,)), 0))
            if name == "sources":
                lines.append(_source_hints(data[name]))
    return "".join(lines)


def completed(known: Mapping[str, Any]) -> dict[str, Any]:
    """Give a draft's data with a TODO for each field that it needs and that is not known."""
    grave = {"failure_path": _PATH, "mechanism": _MECHANISM} if known.get("severity") in SEVERE else {}
    data: dict[str, Any] = {"schema_version": 1, **known, "status": "draft"}
    for name, todo in (*_TODO.items(), *grave.items()):
        data.setdefault(name, todo)
    for (name,), todos in _TODO_WITHIN.items():
        items = data[name]
        if isinstance(items, list):
            data[name] = [{**todos, **item} if isinstance(item, dict) else item for item in items]
    return data


def in_order(value: Any, place: Names) -> Any:  # noqa: ANN401 - any plain data
    """Put the keys of a value in canonical order, at every depth."""
    if isinstance(value, list):
        return [in_order(item, place) for item in value]
    if isinstance(value, dict):
        keys = list(value)
        return {
            key: in_order(value[key], (*place, key)) for key in (keys[position] for position in arranged(place, keys))
        }
    return value


def _hint(text: str, indent: int = 0) -> str:
    """Put whole lines behind `# `."""
    pad = " " * indent
    return "".join(f"{pad}# {line[indent:]}\n" for line in text.splitlines())


def _source_hints(sources: object) -> str:
    """Hint at what the last source may have; each source has the same fields."""
    last = sources[-1] if isinstance(sources, list) and sources else None
    if not isinstance(last, dict):
        return ""
    return _hint("".join(entry(name, todo, 4) for name, todo in _OPTIONAL_OF_A_SOURCE.items() if name not in last), 4)


def _failure_path(data: Mapping[str, Any], taxonomy: Taxonomy) -> Iterator[str]:
    """Write the five steps, each below what incidents of this mode have in common."""
    mode = taxonomy.failure_modes.get(str(data.get("failure_mode")))
    own = data.get("failure_path")
    steps = own if isinstance(own, dict) else _PATH
    lines = ["failure_path:\n"]
    if mode is not None and own in (None, _PATH):
        lines.insert(0, f"# The profile of {mode.slug} is given step by step; write this incident's own against it.\n")
    for step in (*PATH_STEPS, *(name for name in steps if name not in PATH_STEPS)):
        if mode is not None and step in PATH_STEPS and own in (None, _PATH):
            lines.append(f"  # {mode.profile[step]}\n")
        if step in steps:
            lines.append(entry(step, steps[step], 2))
    if own is not None:
        return iter(lines)
    head = 1 if mode is not None else 0
    return iter([*lines[:head], _hint("".join(lines[head:]))])
