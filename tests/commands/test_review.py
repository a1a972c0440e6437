"""`ficli review`: a card for each record that a change touches, with what follows from it and what is to be checked."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from ficli.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ficli = Callable[..., tuple[int, str, str]]

HOSTILE = "Bank's \\e[31m<img src=x> @torvalds closes #1 [a](javascript:b) ##[error]x ::error::"
CARD = """\
quote:
  text: Every fee is refunded on request, no questions asked at all.
  speaker: chatbot of Example Bank
  source: 1
"""


@pytest.fixture
def root(index: Path, git: Callable[..., str], add_drafts: Callable[..., None]) -> Path:
    """Return a registry with two published records and a draft that waits, on a branch of its own."""
    add_drafts(index, "example-bank-one", "example-bank-two", "example-bank-waits", "example-bank-four")
    for number, slug in enumerate(("example-bank-one", "example-bank-two", "example-bank-four"), start=1):
        draft = index / "drafts" / f"{slug}.yaml"
        text = draft.read_text().replace('status: "draft"  # until it is assigned', "status: published")
        text = text.replace("slug:", f"id: FI-000{number}\nslug:", 1)
        text = text.replace("failure_mode", "indexed_date: 2026-06-05\ntaxonomy_version: 1.0.0\nfailure_mode")
        (index / "incidents").mkdir(exist_ok=True)
        (index / "incidents" / f"FI-000{number}.yaml").write_text(text)
        draft.unlink()
    git(index, "add", "--all")
    git(index, "commit", "--message", "assigned")
    git(index, "switch", "--create", "topic")
    return index


def reviewed(ficli: Ficli, root: Path) -> dict[str, dict[str, Any]]:
    code, out, err = ficli(root, "review", "--since", "main", "--json")
    assert (code, err) == (0, "")
    whole = json.loads(out)
    assert whole["version"] == 1
    return {card["path"]: card for card in whole["records"]}


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text)


def test_a_new_draft(ficli: Ficli, root: Path, add_drafts: Callable[..., None]) -> None:
    add_drafts(root, "example-bank-five")
    edit(
        root / "drafts" / "example-bank-five.yaml",
        (
            "severity: low",
            "severity: high\nclaim_status: alleged\nimpact:\n  amounts:\n    - {value: 5, currency: EUR, label: fees}",
        ),
        ("organizations:", f"{CARD}organizations:"),
        ("kind: press", "kind: court-filing"),
    )

    card = reviewed(ficli, root)["drafts/example-bank-five.yaml"]

    assert card["state"] == "new draft"
    assert card["derived"]["confidence"] == {"level": "low", "why": "a single source"}
    assert card["next_id"] is None
    assert any("rests on" in reason or "source" in reason for reason in card["obstacles"])
    checks = [check.partition(":")[0] for check in card["checks"]]
    assert checks[0] == "Full pass"
    assert set(checks) >= {"Quote", "Allegation", "Date", "Sums", "Filing", "Confidence"}
    assert "Quote: `chatbot of Example Bank` said exactly this, in source 1." in card["checks"]


def test_the_id_that_a_draft_would_get_comes_after_those_that_wait(
    ficli: Ficli, root: Path, add_drafts: Callable[..., None]
) -> None:
    add_drafts(root, "example-bank-five")

    card = reviewed(ficli, root)["drafts/example-bank-five.yaml"]

    assert card["next_id"] == "FI-0005"
    assert (
        "(FI-0005). Realm Labs. https://failureindex.ai/failures/example-bank-five (indexed Nov 23, 2026)."
        in card["citation"]
    )
    assert not (root / "incidents" / "FI-0005.yaml").exists()


def test_a_published_record_that_changed(ficli: Ficli, root: Path) -> None:
    edit(
        root / "incidents" / "FI-0001.yaml",
        ("severity: low", "severity: medium"),
        ("role: deployer", "role: developer"),
    )

    card = reviewed(ficli, root)["incidents/FI-0001.yaml"]

    assert card["state"] == "changed"
    assert card["changes"] == [
        {"field": "organizations[1].role", "before": "deployer", "after": "developer", "fact": True},
        {"field": "severity", "before": "low", "after": "medium", "fact": True},
    ]
    assert "undocumented-change" in {item["rule"] for item in card["findings"]}
    assert any(check.startswith("Correction:") for check in card["checks"])
    assert card["infos"] > 0


def test_every_state(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    incidents = root / "incidents"
    (incidents / "FI-0001.yaml").unlink()
    edit(incidents / "FI-0002.yaml", ("id: FI-0002", "id: FI-0009"))
    git(root, "mv", "incidents/FI-0002.yaml", "incidents/FI-0009.yaml")
    (incidents / "FI-0003.yaml").write_text(
        "schema_version: 1\nid: FI-0003\nslug: example-bank-four\nstatus: removed\n"
        "title: Chatbot\nreason: It was `a` test.\nretired_date: 2026-10-01\n"
    )
    edit(root / "drafts" / "example-bank-waits.yaml", ("severity: low", "severity: medium"))
    (incidents / "FI-0010.yaml").write_text((incidents / "FI-0009.yaml").read_text().replace("FI-0009", "FI-0010"))
    (root / "drafts" / "broken.yaml").write_text("<<<<<<< ours\na: 1\n")

    cards = reviewed(ficli, root)

    assert {path: card["state"] for path, card in cards.items()} == {
        "drafts/broken.yaml": "unreadable",
        "drafts/example-bank-waits.yaml": "changed draft",
        "incidents/FI-0001.yaml": "gone",
        "incidents/FI-0003.yaml": "removed",
        "incidents/FI-0009.yaml": "renumbered",
        "incidents/FI-0010.yaml": "new record",
    }
    assert cards["incidents/FI-0009.yaml"]["old_path"] == "incidents/FI-0002.yaml"
    assert cards["incidents/FI-0003.yaml"]["checks"] == [
        "Retired: the reason holds, and everybody may read it: `It was 'a' test.`."
    ]
    assert cards["incidents/FI-0001.yaml"]["checks"] == ["Nothing is deleted: have the file brought back."]
    assert cards["drafts/broken.yaml"]["checks"] == []
    code, out, _ = ficli(root, "review", "--since", "main")
    assert code == 0
    for shown in (
        "FI-0009: renumbered",
        "(was incidents/FI-0002.yaml)",
        "FI-0001: gone",
        "drafts/broken.yaml: unreadable",
    ):
        assert shown in out


def test_a_draft_that_was_assigned(ficli: Ficli, root: Path) -> None:
    assert ficli(root, "assign", "--all")[0] == 0

    card = reviewed(ficli, root)["incidents/FI-0004.yaml"]

    assert (card["state"], card["old_path"]) == ("published", "drafts/example-bank-waits.yaml")


def test_likely_duplicates_stand_side_by_side(ficli: Ficli, root: Path) -> None:
    text = (root / "drafts" / "example-bank-waits.yaml").read_text()
    twin = text.replace("slug: example-bank-waits", "slug: example-bank-waits-again")
    (root / "drafts" / "example-bank-waits-again.yaml").write_text(twin)

    card = reviewed(ficli, root)["drafts/example-bank-waits-again.yaml"]
    _, out, _ = ficli(root, "review", "--since", "main", "--output-format", "markdown")

    assert [item["path"] for item in card["likely_duplicates"]] == ["drafts/example-bank-waits.yaml"]
    assert any(check.startswith("Duplicate:") for check in card["checks"])
    assert "### Beside drafts/example-bank-waits.yaml, which may tell the same event" in out
    assert "|  | example-bank-waits-again | drafts/example-bank-waits.yaml |" in out


def test_what_has_a_page_and_an_organization_in_common_stands_beside(
    ficli: Ficli, root: Path, add_drafts: Callable[..., None]
) -> None:
    add_drafts(root, "example-bank-five", "example-bank-six")
    page = ("2026/example-bank-six", "2026/example-bank-two?utm_source=x")
    edit(
        root / "drafts" / "example-bank-six.yaml", page, ("Chatbot of Example Bank promises", "Customers are promised")
    )
    edit(root / "drafts" / "example-bank-six.yaml", ("incident_date: 2026-05", "incident_date: 2026-03"))
    edit(root / "drafts" / "example-bank-five.yaml", (page[0].replace("six", "five"), "2026/example-bank-four"))
    edit(root / "drafts" / "example-bank-five.yaml", ("name: Example Bank", "name: Another Company"))
    edit(root / "drafts" / "example-bank-five.yaml", ("refunds in case", "trains in case"))

    cards = reviewed(ficli, root)

    (twin,) = cards["drafts/example-bank-six.yaml"]["likely_duplicates"]
    assert (twin["id"], twin["reason"]) == ("FI-0002", "source 1 is also source 1 of `FI-0002`")
    assert cards["drafts/example-bank-five.yaml"]["likely_duplicates"] == []
    page_ = ficli(root, "review", "--since", "main")[1]
    assert "Beside FI-0002, which may tell the same event\n\n  source 1 is also source 1 of `FI-0002`\n" in page_


def test_a_record_that_fills_the_page_is_cut(ficli: Ficli, root: Path, add_drafts: Callable[..., None]) -> None:
    add_drafts(root, "example-bank-five")
    draft = root / "drafts" / "example-bank-five.yaml"
    sources = "".join(f"  - {{kind: press, title: {number}, url: '{'x' * 600}'}}\n" for number in range(800))
    edit(draft, ("title: 'Chatbot", f"title: '{'x' * 300_000} Chatbot"))
    draft.write_text(draft.read_text() + sources + "odd_" + "\nodd_".join(f"{number}: 1" for number in range(200)))
    (root / "drafts" / "example-bank-twin.yaml").write_text(
        draft.read_text().replace("slug: example-bank-five", "slug: twin")
    )

    for words in ((), ("--output-format", "markdown")):
        code, out, _ = ficli(root, "review", "--since", "main", *words)

        assert code == 0
        assert "751 more sources not shown" in out
        assert re.search("[0-9]+ more findings not shown", out)
        assert len(out) < 200_000


def test_markdown_has_room_in_the_summary_of_a_job(
    ficli: Ficli, root: Path, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ficli.terminal.page._LARGEST", 2000)
    add_drafts(root, "example-bank-five", "example-bank-six")

    _, out, _ = ficli(root, "review", "--output-format", "markdown")

    assert len(out.encode()) <= 2000
    assert out.endswith("The rest has no room here; `ficli review --json` has all of it.\n\n")


def test_a_rule_that_broke_fails_the_review(ficli: Ficli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.rules.history.changed_id.check", lambda _past: 1 / 0)

    code, out, _ = ficli(root, "review", "--since", "main")

    assert code == 3
    assert "[rule-crashed]" in out


def test_what_a_change_causes_elsewhere_has_a_place(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    path = root / "incidents" / "FI-0002.yaml"
    path.write_text(path.read_text() + "related:\n  - FI-0001\n")
    git(root, "commit", "--all", "--message", "related")
    git(root, "branch", "--force", "main", "topic")
    (root / "incidents" / "FI-0001.yaml").unlink()

    whole = json.loads(ficli(root, "review", "--since", "main", "--json")[1])

    assert [item["rule"] for item in whole["elsewhere"]] == ["dangling-reference"]
    assert "## Elsewhere" in ficli(root, "review", "--since", "main", "--output-format", "markdown")[1]


def test_nothing_in_a_record_acts_in_any_format(ficli: Ficli, root: Path) -> None:
    path = root / "drafts" / "example-bank-waits.yaml"
    edit(path, ("title: 'Chatbot", f"tags: [x]\ntitle: '{HOSTILE.replace(chr(39), chr(39) * 2)} Chatbot"))
    edit(
        path,
        ("name: Example Bank", 'name: "::error::\\u001b[31m@org <b>\\n::warning::x"'),
        ("url: https://news.example.org/2026/", "url: 'https://news.example.org/2026/>@x <b>"),
        ("waits\n    publisher", "waits'\n    publisher"),
    )
    sources = "  - {kind: press, title: x, url: 'https://news.example.org/##[error]x'}\n  - {kind: '##vso[task.x]y'}\n"
    path.write_text(path.read_text() + sources)

    edit(path, ("title: Refunds", "title: '::error::' # Refunds"), ("slug: example", "slug: '::error::' # example"))
    texts = {
        name: ficli(root, "review", "--since", "main", *words)[1]
        for name, words in {"text": (), "markdown": ("--output-format", "markdown"), "json": ("--json",)}.items()
    }

    for text in texts.values():
        assert not re.search(r"##\w*\[", text)
        assert "\x1b" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    tokens = MarkdownIt("commonmark").enable("table").parse(texts["markdown"])
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>"}
    assert not [token for token in tokens if token.type == "html_block"]
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    assert links == ["https://news.example.org/2026/%3E@x%20%3Cb%3Eexample-bank-waits"]
    assert "@torvalds" not in "".join(child.content for child in inline if child.type != "code_inline")


def test_a_change_of_nothing(ficli: Ficli, root: Path) -> None:
    code, out, _ = ficli(root, "review")

    assert code == 0
    assert out.startswith(
        f"Review: 0 records changed since main\n\n  4 loaded, 0 changed, 0 errors, 0 warnings; {len(RULES)} rules ran; base `"
    )


def test_many_cards_are_cut_for_people_only(
    ficli: Ficli, root: Path, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ficli.commands.review.page._MOST_CARDS", 1)
    add_drafts(root, "example-bank-five", "example-bank-six")

    assert "1 more record not shown" in ficli(root, "review")[1]
    assert len(reviewed(ficli, root)) == 2


def test_what_the_allocator_refuses_is_a_note(ficli: Ficli, root: Path, add_drafts: Callable[..., None]) -> None:
    add_drafts(root, "example-bank-five")
    (root / "reservations.yaml").write_text("[")

    code, out, _ = ficli(root, "review")

    assert code == 0
    assert "Note: which IDs the drafts would get is not known:" in out


def test_a_ref_that_is_an_option_is_refused(ficli: Ficli, root: Path) -> None:
    assert ficli(root, "review", "--since=--upload-pack=x")[0] == 2
