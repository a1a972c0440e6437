"""No command reads a record twice or parses it twice, whatever it finds in it and whatever it does with it."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pytest

from ficli.registry import records
from ficli.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Web


Run: TypeAlias = "Callable[..., tuple[int, str, str]]"
SLUG = "klarna-reintroduces-human-agents-customer-service"
DRAFT = "air-canada-held-liable-chatbot-bereavement-fares"
ALLOWED = "# ficli: allow[future-date, cut-slug] the date is announced\n"


class Counted(NamedTuple):
    """How often each file was opened, by path, and each text parsed, by the text."""

    reads: Counter[str]
    parses: Counter[str]


@pytest.fixture
def counted(registry: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Count what is read of the records of the registry."""
    count = Counted(Counter(), Counter())
    opening, composing = os.open, parse._compose

    def opened(path: str, *arguments: int) -> int:
        if str(path).endswith(".yaml") and ("/incidents/" in str(path) or "/drafts/" in str(path)):
            count.reads[str(path).removeprefix(f"{registry}/")] += 1
        return opening(path, *arguments)

    def composed(text: str, *arguments: object) -> object:
        count.parses[text] += 1
        return composing(text, *arguments)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(parse, "_compose", composed)
    return count


@pytest.fixture
def messy(registry: Path, git: Callable[..., str]) -> Path:
    """Return a registry in which much is wrong: within records, across them, with fixes, and since the last commit."""
    incidents = registry / "incidents"
    first = incidents / "FI-0232.yaml"
    text = first.read_text(encoding="utf-8")
    git(registry, "init")
    git(registry, "add", "--all")
    git(registry, "commit", "--message", "before")
    first.write_text(ALLOWED + text.replace("severity: ", "severity:   ") + "\n\n", encoding="utf-8")
    double = text.replace("FI-0232", "FI-0300").replace("severity: ", "severity: x") + "\n\n"
    (incidents / "FI-0300.yaml").write_text(double, encoding="utf-8")
    (incidents / "FI-0301.yaml").write_text("title: [\n", encoding="utf-8")
    draft = text.replace("id: FI-0232\n", "").replace("status: published", "status: draft")
    (registry / "drafts").mkdir(exist_ok=True)
    (registry / "drafts" / "another.yaml").write_text(draft.replace(SLUG, "another"), encoding="utf-8")
    return registry


def contents(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in root.glob("*/*.yaml")}


READING = [
    "validate",
    "validate --info --output-format concise",
    "validate --output-format sarif",
    "validate --output-format json",
    "validate --output-format sarif --since HEAD",
    "validate --diff",
    "validate --unsafe-fixes --diff",
    "validate --since HEAD",
    "review --since HEAD",
    "fmt --check",
    "fmt --diff",
    "export json",
    "export csv",
    "export sqlite --output {folder}/index.sqlite",
    "cite --all",
    "cite FI-0232",
    f"cite {SLUG}",
    f"cite {DRAFT}",
    "cite 99999",
    "list",
    "list --drafts",
    "search chatbot",
    "stats",
    "show FI-0232",
    f"show {DRAFT}",
    "show nothing-like-it",
    "similar FI-0232",
    "assign --all --dry-run",
    "check-links --offline",
    f"check-links --offline {DRAFT}",
    "verify FI-0232 --offline",
    "merge FI-0300 --into FI-0232 --dry-run --no-history --take none",
]


@pytest.mark.parametrize("words", READING)
def test_a_command_that_reads(run: Run, messy: Path, counted: Counted, words: str, tmp_path: Path) -> None:
    before = contents(messy)
    code, _, stderr = run(*words.format(folder=tmp_path).split(), cwd=messy)

    assert "Usage" not in stderr
    assert "no such option" not in stderr.casefold(), stderr
    assert code in (0, 1, 2, 3), stderr
    assert counted.reads.total()
    assert {path: number for path, number in counted.reads.items() if number > 1} == {}
    assert {path: number for path, text in before.items() if (number := counted.parses[text]) > 1} == {}
    assert contents(messy) == before


WRITING = [
    "validate --fix",
    "validate --unsafe-fixes --output-format sarif",
    "validate --fix --since HEAD",
    "fmt",
    "link FI-0232 https://example.org/a-story --title Story --kind press --published 2025 --offline",
    "merge FI-0300 --into FI-0232 --no-history --take none",
    "remove FI-0300 --reason A --no-history",
]


@pytest.mark.parametrize("words", WRITING)
def test_a_command_that_writes_reads_what_it_changes_once_more_before(
    run: Run, messy: Path, counted: Counted, words: str
) -> None:
    before = contents(messy)
    code, _, stderr = run(*words.split(), cwd=messy)
    after = contents(messy)
    changed = {path for path in before if before[path] != after.get(path)}

    assert code in (0, 1), stderr
    assert changed
    assert {path: number for path, number in counted.reads.items() if number > 1 + (path in changed)} == {}
    assert {path: number for path, text in before.items() if (number := counted.parses[text]) > 1} == {}


def test_check_links_writes_what_it_has_read(run: Run, messy: Path, counted: Counted, web: Web) -> None:
    web.answers["/gone"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    record = f"slug: a\ntitle: A\nstatus: draft\nsources:\n  - title: A\n    url: {web.url('/gone')}\n"
    (messy / "drafts" / "a.yaml").write_text(record, encoding="utf-8")
    for day in (1_790_000_000, 1_790_400_000):
        counted.reads.clear()
        counted.parses.clear()
        epoch = {"SOURCE_DATE_EPOCH": str(day)}
        code, _, stderr = run("check-links", "a", "--write", cwd=messy, variables=epoch, policy=web.policy())
        assert code == 0, stderr

    assert "status: dead" in contents(messy)["drafts/a.yaml"]
    assert counted.reads.pop("drafts/a.yaml") == 2
    assert set(counted.reads.values()) == {1}
    assert counted.parses[record] == 1


def test_workers_have_one_more_reading_at_most_where_a_finding_is_shown(
    run: Run, messy: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "WORTH_WORKERS", 2)
    monkeypatch.setattr(records, "CHUNK", 2)
    alone = run("validate", "--output-format", "sarif", cwd=messy)
    counted.reads.clear()
    counted.parses.clear()
    together = run("validate", "--output-format", "sarif", cwd=messy, workers=2)

    assert together == alone
    assert counted.reads, "a finding across records is shown by the first process"
    assert set(counted.reads.values()) == {1}
    assert max(counted.parses[text] for text in contents(messy).values()) == 1
