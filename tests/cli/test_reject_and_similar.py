"""Tests of `ficli reject` and `ficli similar`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ficli.commands.retire import reject as reject_command
from ficli.registry.rejected import load_rejections

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

URL = "https://news.example.org/demo"


def test_what_is_turned_down_is_kept(registry: Path, run: Run) -> None:
    code, stdout, _ = run("reject", f"{URL}?utm_source=x", "--reason", "a demonstration: nobody used it", cwd=registry)

    assert (code, stdout) == (0, "rejected.yaml\n")
    (item,) = load_rejections(registry).items
    assert item == (URL, "a demonstration: nobody used it", "2026-11-23", "")


def test_all_else_stays_as_it_is(registry: Path, run: Run) -> None:
    before = f"# ours\n\n-   url:   '{URL}'   # kept\n    reason: x\n    date: 2026-01-01\n"
    (registry / "rejected.yaml").write_text(before)
    code, _, _ = run("reject", "https://b.example.org/", "--reason", "y # z", "--title", "Two", cwd=registry)

    assert code == 0
    text = (registry / "rejected.yaml").read_text()
    assert text.startswith(before)
    assert [item.title for item in load_rejections(registry).items] == ["", "Two"]


@pytest.mark.parametrize("before", ["", "# nothing yet\n", "\n\n"])
def test_a_file_without_candidates(registry: Path, run: Run, before: str) -> None:
    (registry / "rejected.yaml").write_text(before)

    assert run("reject", URL, "--reason", "x", cwd=registry)[0] == 0
    assert len(load_rejections(registry).items) == 1


WRONG = {
    "no reason": (["reject", URL], "--reason"),
    "an empty reason": (["reject", URL, "--reason", " "], "`--reason` is empty"),
    "no address": (["reject", "news", "--reason", "x"], "is no web address"),
    "a private address": (["reject", "http://localhost/", "--reason", "x"], "must not stand in a public file"),
    "escape codes": (["reject", URL, "--reason", "x\x1b[31m"], "hidden character"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_input(registry: Path, run: Run, arguments: list[str], message: str) -> None:
    code, stdout, stderr = run(*arguments, cwd=registry)

    assert (code, stdout) == (2, "")
    assert message in stderr
    assert "\x1b" not in stderr
    assert not (registry / "rejected.yaml").exists()


def test_twice_under_another_address(registry: Path, run: Run) -> None:
    run("reject", URL, "--reason", "a demonstration", cwd=registry)
    code, _, stderr = run("reject", "http://www.news.example.org/demo/?utm_source=y", "--reason", "x", cwd=registry)

    assert code == 2
    assert "was turned down on 2026-11-23: `a demonstration`" in stderr
    assert len(load_rejections(registry).items) == 1


def test_a_source_that_is_in_use(registry: Path, run: Run) -> None:
    url = (
        "https://www.customerexperiencedive.com/news/klarna-reinvests-human-talent-customer-service-AI-chatbot/747586/"
    )
    code, stdout, stderr = run("reject", url, "--reason", "x", "--dry-run", "--json", cwd=registry)

    assert code == 0
    assert json.loads(stdout)["used_by"] == ["FI-0232"]
    assert "warning: this page is a source of `FI-0232`" in stderr
    assert not (registry / "rejected.yaml").exists()


def test_a_broken_file_is_not_touched(registry: Path, run: Run) -> None:
    (registry / "rejected.yaml").write_text("url: x\n")
    code, _, stderr = run("reject", URL, "--reason", "x", cwd=registry)

    assert code == 2
    assert "rejected.yaml:1" in stderr
    assert (registry / "rejected.yaml").read_text() == "url: x\n"


def test_a_file_that_changes_meanwhile(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (registry / "rejected.yaml").write_text("# theirs\n")
    monkeypatch.setattr(reject_command, "read_record", lambda *_: b"# ours\n")
    code, _, stderr = run("reject", URL, "--reason", "x", cwd=registry)

    assert code == 3
    assert "changed by someone else" in stderr
    assert (registry / "rejected.yaml").read_text() == "# theirs\n"


# --- similar ---------------------------------------------------------------------------------------------------


def test_a_text(registry: Path, run: Run) -> None:
    code, stdout, _ = run("similar", "--text", "Klarna reintroduces human agents after quality declines", cwd=registry)

    assert code == 0
    assert stdout.startswith(("= FI-0232  Klarna reintroduces", "  FI-0232  Klarna reintroduces"))
    assert "the titles are" in stdout


def test_the_page_of_a_source(registry: Path, run: Run) -> None:
    url = "http://bloomberg.com/news/articles/2025-05-08/klarna-turns-from-ai-to-real-person-customer-service/"
    code, stdout, _ = run("similar", "--url", url, "--json", cwd=registry)

    assert code == 0
    (item,) = json.loads(stdout)["candidates"]
    assert (item["id"], item["likely"], item["why"]) == ("FI-0232", True, ["source 1 is the same page as its source 1"])


def test_a_record_is_not_like_itself(registry: Path, run: Run) -> None:
    code, stdout, stderr = run("similar", "FI-0232", cwd=registry)

    assert (code, stdout) == (0, "")
    assert "Nothing like it." in stderr


def test_a_draft(registry: Path, run: Run) -> None:
    text = (registry / "incidents/FI-0232.yaml").read_text()
    draft = text.replace("id: FI-0232\nslug: klarna-", "slug: again-klarna-").replace("published\n", "draft\n")
    (registry / "drafts/again.yaml").write_text(draft)
    code, stdout, stderr = run("similar", "drafts/again.yaml", cwd=registry, terminal=True)

    assert code == 0
    assert "= FI-0232  Klarna" in stdout
    assert "ficli show" in stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a record, or give"),
        (["FI-0232", "--text", "x"], "not both"),
        (["--url", "news"], "is no web address"),
        (["FI-9999"], "there is no record"),
    ],
)
def test_wrong_questions(registry: Path, run: Run, arguments: list[str], message: str) -> None:
    code, _, stderr = run("similar", *arguments, cwd=registry)

    assert code == 2
    assert message in stderr


def test_a_record_that_cannot_be_read(registry: Path, run: Run) -> None:
    (registry / "incidents/FI-0232.yaml").write_text("a: [")
    code, _, stderr = run("similar", "FI-0232", cwd=registry)

    assert code == 2
    assert "cannot be read as a record" in stderr
