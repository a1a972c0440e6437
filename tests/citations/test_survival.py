"""Any Unicode title survives BibTeX, BibLaTeX, RIS, CSL-JSON, CFF, JSON-LD and HTML: what is read back is the title."""

from __future__ import annotations

import io
import json
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.citations import readers

from ficli.citations.catalogue import data_format, style
from ficli.citations.citation import Citation, cite_record
from ficli.citations.markup import to_html
from ficli.config import Config
from ficli.incident.record import Record

TRAPS = st.sampled_from([*"\\{}%$#&_^~`'\"<>|@=,-?!()[]*/;:", "--", "''", "``", "\n", "\r\n", "\u2028", "\u202e", "\u0301", "\ufeff", "ER  - ", "\\end{x}", "中", "م", "🤖"])  # fmt: skip
TITLES = st.lists(st.one_of(TRAPS, st.characters(), st.text(max_size=8)), max_size=40).map("".join)


def cited(title: str) -> Citation:
    record = Record(
        {"id": "FI-0001", "slug": "bot", "status": "published", "title": title, "indexed_date": "2026-06-05"}
    )
    citation = cite_record(record, Config(root=Path("/registry")))
    assume(citation.title)
    return citation


@given(TITLES)
def test_bibtex_and_biblatex(title: str) -> None:
    citation = cited(title)
    for name in ("bibtex", "biblatex"):
        text = data_format(name).write([citation])
        for reader in (readers.with_bibtexparser, readers.with_pybtex):
            (entry,) = reader(text)

            assert readers.from_latex(entry["title"]).strip("{}") == citation.title.strip("{}")


@given(TITLES)
def test_ris(title: str) -> None:
    citation = cited(title)
    text = data_format("ris").write([citation])

    assert dict(readers.ris_tags(text))["TI"] == citation.title
    assert readers.with_rispy(text)[0]["title"] == citation.title


@given(TITLES)
def test_csl_json_cff_and_json_ld(title: str) -> None:
    citation = cited(title)
    file = YAML(typ="safe", pure=True).load(io.StringIO(data_format("cff").write([citation])))

    assert json.loads(data_format("csl-json").write([citation]))[0]["title"] == citation.title
    assert json.loads(data_format("jsonld").write([citation]))["name"] == citation.title
    assert file["preferred-citation"]["title"] == citation.title


@given(TITLES)
def test_html(title: str) -> None:
    citation = cited(title)

    assert citation.title in readers.from_html(to_html(style("apa").reference(citation)))
