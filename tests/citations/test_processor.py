"""The styles against a CSL processor that is no part of ficli; what differs on purpose is listed here, with its reason.

`data/csl_processor.json` holds what citeproc-js makes of `ficli cite --format csl-json --accessed 2026-11-22`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ficli.citations.catalogue import style
from ficli.citations.citation import cite_record
from ficli.citations.markup import to_text
from ficli.incident.record import Record

if TYPE_CHECKING:
    from ficli.config import Config

DATA = json.loads((Path(__file__).parent / "data" / "csl_processor.json").read_text(encoding="utf-8"))
ENTRIES = {name: case for name, case in DATA["cases"].items() if name != "index"}

EVERYWHERE = {
    # An author that is the publisher too is named once, as publisher: MLA 9, 5.54.
    "mla": [("Realm Labs. “", "“"), ("FI-0232, 5 June", "FI-0232, Realm Labs, 5 June")],
    # The processor ran with American dates; Cite Them Right is British.
    "harvard": [("November 22, 2026", "22 November 2026")],
    # The NLM wants a publisher, and CSL-JSON names none where it is the author.
    "vancouver": [("[Internet]. 2026", "[Internet]. Realm Labs; 2026")],
}
IN_ONE_CASE = {
    # A style that puts no title in quotation marks leaves those inside a title as the record has them.
    "inner-straight": [("“never mind”", '"never mind"')],
    # A word with a digit or dot keeps its case, and the end tag belongs to one.
    "html": [("</Script>", "</script>")],
    # A word with an inner digit or dot is a name, and names keep their case.
    "capitals": [("Gpt-4 with Node.Js", "gpt-4 with node.js")],
}


@pytest.mark.parametrize("name", DATA["styles"])
@pytest.mark.parametrize("case", ENTRIES)
def test_an_entry_reads_as_the_processor_has_it(record: Record, config: Config, case: str, name: str) -> None:
    expected = ENTRIES[case]["strings"][name]
    for theirs, ours in (*EVERYWHERE.get(name, []), *IN_ONE_CASE.get(case, [])):
        expected = expected.replace(theirs, ours)
    citation = cite_record(Record({**record.data, "title": ENTRIES[case]["title"]}), config)
    known = style(name)
    read = replace(citation, accessed=date(2026, 11, 22) if known.wants_access_date else None)

    assert to_text(known.reference(read)) == expected


def test_each_listed_difference_is_one() -> None:
    for name, changes in EVERYWHERE.items():
        assert all(theirs in ENTRIES["klarna"]["strings"][name] for theirs, _ in changes)
    for case, changes in IN_ONE_CASE.items():
        assert all(theirs in "".join(ENTRIES[case]["strings"].values()) for theirs, _ in changes)
