"""Tests of `ficli new` as a program: flags, files, JSON, and input that is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from ficli.commands.new import conversation
from ficli.commands.new import new as new_command
from ficli.environment import Environment, open_editor
from ficli.errors import FicliError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.commands.new.draft import WritableDraft
    from ficli.commands.search.candidates import DuplicateCandidate

    Run = Callable[..., tuple[int, str, str]]

FLAGS = {
    "--organization": "Example Bank",
    "--incident-date": "8 May 2025",
    "--failure-mode": "hallucination",
    "--ai-surface": "chatbot",
    "--severity": "medium",
    "--url": "https://news.example.org/a?utm_source=x",
}
TITLE = "Chatbot of Example Bank invents fees"
PATH = "drafts/chatbot-example-bank-invents-fees.yaml"


def words(title: str = TITLE, **changed: str) -> list[str]:
    flags = {**FLAGS, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    return ["new", "--offline", title, *(word for pair in flags.items() for word in pair if pair[1])]


def test_the_path_alone_is_printed(registry: Path, run: Run) -> None:
    code, stdout, stderr = run(*words(), cwd=registry)

    assert (code, stdout) == (0, f"{PATH}\n")
    assert f"ficli validate {PATH}" in stderr
    text = (registry / PATH).read_text()
    assert "\nincident_date: 2025-05-08\n" in text
    assert "url: https://news.example.org/a\n" in text
    assert "#   # Someone asks for a fact, a source or a rule.\n" in text


def test_validate_refuses_it_for_its_todos_only(registry: Path, run: Run) -> None:
    (registry / "ficli.toml").write_text("")
    run(*words(), cwd=registry)
    code, stdout, _ = run("validate", PATH, "--output-format", "json", cwd=registry)

    assert code == 1
    assert {item["rule"] for item in json.loads(stdout)["diagnostics"] if item["severity"] == "error"} == {
        "placeholder-left"
    }


@pytest.mark.parametrize("flag", FLAGS)
def test_a_missing_answer_names_its_flag(registry: Path, run: Run, flag: str) -> None:
    code, stdout, stderr = run(*words(**{flag[2:].replace("-", "_"): ""}), cwd=registry)

    assert (code, stdout) == (2, "")
    assert f"error: `{flag}` is missing" in stderr


def test_no_input_asks_nothing_on_a_terminal(registry: Path, run: Run) -> None:
    code, _, stderr = run("new", "--no-input", cwd=registry, terminal=True)

    assert code == 2
    assert "`TITLE`, `--organization`" in stderr


def test_a_dumb_terminal_is_none(registry: Path, run: Run) -> None:
    assert run("new", cwd=registry, terminal=True, variables={"TERM": "dumb"})[0] == 2


def test_what_is_open_stays_open(registry: Path, run: Run) -> None:
    code, _, _ = run(*words(severity="TODO", url="TODO", organization="TODO", failure_mode="TODO"), cwd=registry)

    assert code == 0
    assert 'severity: "TODO: how grave' in (registry / PATH).read_text()


WRONG = {
    "500 characters": (words("x" * 500), "the title has 500 characters; 120 is the most"),
    "emoji only": (words("😀😀"), "the title has no words"),
    "right-to-left only": (words("شات بوت يخترع رسوما"), "so give the slug: `--slug`"),
    "newlines": (words("Chatbot of Example\nBank invents fees"), "the title has more than one line"),
    "escape codes": (words("Chatbot \x1b[31mof\x1b[0m Example Bank"), "`title` has a hidden character: `\\x1b`"),
    "a direction override": (words("Chatbot of Example \u202eBank"), "hidden character: `\\u202e`"),
    "a slug that exists": (
        words(slug="klarna-reintroduces-human-agents-customer-service"),
        "that of `incidents/FI-0232.yaml`",
    ),
    "a slug of a draft": (
        words(slug="air-canada-held-liable-chatbot-bereavement-fares"),
        "`air-canada-held-liable-chatbot-bereavement-fares-2` is free",
    ),
    "no slug": (words(slug="Example Bank"), "is no slug"),
    "the future": (words(incident_date="1 January 2027"), "`2027-01-01` is in the future"),
    "two readings": (words(incident_date="05/08/2025"), "may be `2025-08-05` or `2025-05-08`"),
    "no date": (words(incident_date="last spring"), "is no date that can be read"),
    "an unknown mode": (words(failure_mode="halucination"), "did you mean `hallucination`?"),
    "an unknown severity": (words(severity="meduim"), "did you mean `medium`?"),
    "a private address": (words(url="http://localhost/a"), "cannot be a source"),
    "one page twice": (
        [*words(url="https://example.org/a"), "--url", "http://www.example.org/a?utm_source=x"],
        "`http://www.example.org/a` is given twice: same page: `www.` and `http:` do not count",
    ),
    "no address": (words(url="news"), "cannot be a source"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_input(registry: Path, run: Run, arguments: list[str], message: str) -> None:
    before = sorted(registry.rglob("*"))
    code, stdout, stderr = run(*arguments, cwd=registry)

    assert (code, stdout) == (2, "")
    assert message in stderr
    assert "\x1b" not in stderr
    assert sorted(registry.rglob("*")) == before


def test_right_to_left_text_with_a_slug(registry: Path, run: Run) -> None:
    assert run(*words("شات بوت يخترع رسوما", slug="example-bank-chatbot"), cwd=registry)[0] == 0


def test_the_same_slug_again_is_refused(registry: Path, run: Run) -> None:
    run(*words(), cwd=registry)
    before = (registry / PATH).read_bytes()
    code, _, stderr = run(*words(), cwd=registry)

    assert code == 2
    assert "`chatbot-example-bank-invents-fees-2` is free" in stderr
    assert (registry / PATH).read_bytes() == before


def test_of_two_at_once_one_wins(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = new_command.NewContext.alike

    def another_is_faster(desk: new_command.NewContext, draft: WritableDraft) -> list[DuplicateCandidate]:
        (registry / PATH).write_text("the other's")
        return alike(desk, draft)

    monkeypatch.setattr(new_command.NewContext, "alike", another_is_faster)
    code, stdout, stderr = run(*words(), cwd=registry)

    assert (code, stdout) == (3, "")
    assert f"`{PATH}` was made by someone else meanwhile" in stderr
    assert (registry / PATH).read_text() == "the other's"


def test_two_processes_at_once(registry: Path) -> None:
    command = [sys.executable, "-m", "ficli", *words()]
    racers = [
        subprocess.Popen(command, cwd=registry, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own words
        for _ in range(4)
    ]
    outcomes = [(*racer.communicate(timeout=60), racer.returncode) for racer in racers]

    assert min(code for _, _, code in outcomes) == 0
    assert [code for _, _, code in outcomes].count(0) == 1
    assert all(PATH in stderr for _, stderr, code in outcomes if code)


def test_a_read_only_folder(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    code, stdout, stderr = run(*words(), cwd=registry)

    assert (code, stdout) == (3, "")
    assert "could not be written: permission denied" in stderr


def test_a_full_disk(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = sorted(registry.rglob("*"))
    code, stdout, stderr = run(*words(), cwd=registry)

    assert (code, stdout) == (3, "")
    assert "no space left on device" in stderr
    assert sorted(registry.rglob("*")) == before


def test_a_dry_run_shows_it(registry: Path, run: Run) -> None:
    code, stdout, stderr = run(*words(), "--dry-run", cwd=registry)

    assert (code, stdout) == (0, f"{PATH}\n")
    assert "title: Chatbot of Example Bank invents fees\n" in stderr
    assert not (registry / PATH).exists()


def test_json(registry: Path, run: Run) -> None:
    code, stdout, _ = run(*words(), "--json", cwd=registry)
    data = json.loads(stdout)

    assert code == 0
    assert data == {
        "version": 1,
        "drafts": [
            {"index": 1, "path": PATH, "slug": "chatbot-example-bank-invents-fees", "problems": [], "duplicates": []}
        ],
    }


# --- likely duplicates -----------------------------------------------------------------------------------------

AGAIN = words(
    "Klarna brings back people after AI quality declines",
    organization="Klarna",
    url="https://www.bloomberg.com/news/articles/2025-05-08/klarna-turns-from-ai-to-real-person-customer-service?utm_source=x",
)


def test_what_is_there_already_is_shown(registry: Path, run: Run) -> None:
    code, stdout, stderr = run(*AGAIN, cwd=registry)

    assert (code, len(stdout.splitlines())) == (0, 1)
    assert "FI-0232  Klarna reintroduces human agents" in stderr
    assert "both name `Klarna`" in stderr


def test_fail_on_duplicate(registry: Path, run: Run) -> None:
    code, stdout, stderr = run(*AGAIN, "--fail-on-duplicate", cwd=registry)

    assert (code, stdout) == (1, "")
    assert "Nothing was written" in stderr
    assert len(list((registry / "drafts").glob("*.yaml"))) == 1


def test_what_was_turned_down(registry: Path, run: Run) -> None:
    run("reject", "https://news.example.org/a", "--reason", "a demonstration", cwd=registry)
    code, _, stderr = run(*words(), "--fail-on-duplicate", cwd=registry)

    assert code == 1
    assert "was turned down on 2026-11-23: `a demonstration`" in stderr


def test_a_draft_on_another_branch(registry: Path, run: Run) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=registry, check=True, capture_output=True)  # noqa: S603, S607 - the tests' own

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "a")
    git("switch", "-c", "other")
    run(*words(), cwd=registry)
    git("add", ".")
    git("commit", "-m", "b")
    git("switch", "main")
    assert not (registry / PATH).exists()

    code, _, stderr = run(*words(slug="another-slug"), "--fail-on-duplicate", cwd=registry, variables=dict(os.environ))
    assert code == 1
    assert f"other:{PATH} (draft)" in stderr

    code, _, stderr = run(*words(), cwd=registry, variables=dict(os.environ))
    assert code == 2
    assert f"is that of `other:{PATH}`" in stderr


# --- many at once ----------------------------------------------------------------------------------------------


def harvest(registry: Path, data: object) -> str:
    path = registry / "harvest.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


def test_partial_objects_are_fine(registry: Path, run: Run) -> None:
    objects = [
        {"title": "Chatbot of Example Bank invents fees", "organization": "Example Bank", "url": ""},
        {"title": "Camera of Lantern Labs mistakes a guest", "slug": "lantern", "severity": None},
    ]
    code, stdout, stderr = run("new", "--from-json", harvest(registry, objects), cwd=registry)

    assert code == 0
    assert stdout == f"{PATH}\ndrafts/lantern.yaml\n"
    assert "Wrote 2 drafts of 2 objects." in stderr


def test_each_failure_is_named_and_the_rest_is_written(registry: Path, run: Run) -> None:
    objects = [
        {"title": "One of Example Bank fails", "colour": "red"},
        {"title": "Two of Example Bank fails", "severity": 3},
        {"title": "Three of Example Bank fails", "incident_date": "2027"},
        {"title": "Four of Example Bank fails", "id": "FI-0001"},
        {"title": "Five of Example Bank fails", "sources": [{"url": "https://a.example.org/", "published": "soon"}]},
        {"title": "Six of Example Bank fails", "status": "published"},
        {"title": "Seven of Example Bank fails", "organization": "A", "organizations": [{"name": "B"}]},
        {"organization": "Example Bank"},
        "no object",
        {"title": "Nine of Example Bank fails", "failure_mode": "hallucinations"},
        {"title": "Ten of Example Bank fails"},
        {"title": "Ten of Example Bank fails"},
    ]
    code, stdout, _ = run("new", "--from-json", harvest(registry, objects), "--json", cwd=registry)
    drafts = json.loads(stdout)["drafts"]

    assert code == 1
    assert [item["index"] for item in drafts if item["path"]] == [11]
    fields = {item["index"]: item["problems"][0]["field"] for item in drafts if item["problems"]}
    assert fields == {
        1: "colour", 2: "severity", 3: "incident_date", 4: "id", 5: "sources[1].published", 6: "status",
        7: "organization", 8: "title", 9: "", 10: "failure_mode", 12: "slug",
    }  # fmt: skip
    assert (registry / "drafts/ten-example-bank-fails.yaml").exists()


def test_failures_in_words(registry: Path, run: Run) -> None:
    code, _, stderr = run("new", "--from-json", harvest(registry, [{"title": "x y", "colour": 1}]), cwd=registry)

    assert code == 1
    assert "error: object 1, `colour`: there is no field `colour`\n" in stderr
    assert "Wrote 0 drafts of 1 object.\n" in stderr


def test_one_object_and_one_a_line(registry: Path, run: Run) -> None:
    one, two = {"title": "A bank fails"}, {"title": "A shop fails"}

    assert run("new", "--from-json", harvest(registry, one), cwd=registry)[1] == "drafts/bank-fails.yaml\n"
    lines = f"{json.dumps({'title': 'A mill fails'})}\n\n{json.dumps(two)}\n"
    assert (
        run("new", "--from-json", harvest(registry, lines), cwd=registry)[1]
        == "drafts/mill-fails.yaml\ndrafts/shop-fails.yaml\n"
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'[{"title": "\xff"}]', "is not UTF-8: byte 13, on line 1, is `0xff`"),
        (b"[{", "is not JSON: line 1, column 3"),
        (b'{"title": "a"}\n{"title": \n', "line 2 of"),
        (b'{"a": NaN}', "`NaN` is no number in JSON"),
        (b'{"a": 1, "a": 2}', "`a` is given twice"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "holds no objects"),
        (b"", "is not JSON"),
    ],
)
def test_no_json(registry: Path, run: Run, raw: bytes, message: str) -> None:
    (registry / "harvest.json").write_bytes(raw)
    code, stdout, stderr = run("new", "--from-json", "harvest.json", cwd=registry)

    assert (code, stdout) == (2, "")
    assert message in stderr


def test_no_such_file(registry: Path, run: Run) -> None:
    assert run("new", "--from-json", "none.json", cwd=registry)[0] == 3
    assert run("new", "--from-json", "none.json", "--edit", cwd=registry)[0] == 2
    assert run("new", "A title", "--from-json", "none.json", cwd=registry)[0] == 2


def test_ten_thousand_objects_that_are_checked(registry: Path, run: Run) -> None:
    objects = [{"title": f"Agent {number} of Example Bank fails in town {number}"} for number in range(10_000)]
    code, stdout, _ = run("new", "--from-json", harvest(registry, objects), "--dry-run", cwd=registry)

    assert code == 0
    assert len(set(stdout.splitlines())) == 10_000


def test_duplicates_among_many(registry: Path, run: Run) -> None:
    one = {
        "title": "Chatbot of Example Bank invents fees",
        "organization": "Example Bank",
        "incident_date": "2025-05-08",
    }
    again = {**one, "title": "Chatbot of the Example Bank has invented fees", "slug": "again"}
    tomb = {"title": "Klarna reintroduces human agents after AI customer service quality declines", "slug": "k"}
    path = harvest(registry, [one, again, tomb])

    code, _, stderr = run("new", "--from-json", path, "--dry-run", cwd=registry)
    assert code == 0
    assert f"warning: object 2: `{PATH}` may tell the same event" in stderr
    assert "warning: object 3: `FI-0232` may tell the same event" in stderr

    code, stdout, _ = run("new", "--from-json", path, "--fail-on-duplicate", cwd=registry)
    assert (code, stdout) == (1, f"{PATH}\n")


def test_a_draft_that_cannot_be_written_is_named(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FicliError("no room", hint="make some")

    monkeypatch.setattr(new_command, "write_file", refuse)
    code, stdout, stderr = run("new", "--from-json", harvest(registry, {"title": "A bank fails"}), cwd=registry)

    assert (code, stdout) == (1, "")
    assert "error: object 1: no room" in stderr


# --- templates and editors -------------------------------------------------------------------------------------

TEMPLATE = """\
# our own scaffold
schema_version: 1
title: TODO
# what the sources say
summary: "TODO: briefly"  # kept
organizations: []
sources:
  - url: "TODO"
house_rules: kept
"""


def test_a_template(registry: Path, run: Run) -> None:
    (registry / "template.yaml").write_text(TEMPLATE)
    code, _, _ = run(*words(), "--template", "template.yaml", cwd=registry)
    text = (registry / PATH).read_text()

    assert code == 0
    assert text.startswith(
        "# our own scaffold\nschema_version: 1\nslug: chatbot-example-bank-invents-fees\nstatus: draft\ntitle: Chat"
    )
    assert '# what the sources say\nsummary: "TODO: briefly"  # kept\n' in text
    assert "sources:\n  - url: https://news.example.org/a\n" in text
    assert "house_rules: kept\n" in text
    assert "severity: medium\n" in text


@pytest.mark.parametrize(("text", "code"), [("a: [", 2), ("- a\n", 2), ("{a: 1}\n", 2), (None, 3)])
def test_no_template(registry: Path, run: Run, text: str | None, code: int) -> None:
    if text is not None:
        (registry / "template.yaml").write_text(text)

    assert run(*words(), "--template", "template.yaml", cwd=registry)[0] == code
    assert not (registry / PATH).exists()


def editor(folder: Path, script: str) -> str:
    """Write a program that stands for an editor, and give the command that runs it."""
    path = folder / "editor.py"
    path.write_text(
        f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\ntext = path.read_text()\n{script}\n"
    )
    return f"{sys.executable} {path}"


def edited(registry: Path, script: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ficli", *words(), "--edit", *more]
    variables = os.environ | {"EDITOR": editor(registry, script), "VISUAL": ""}
    return subprocess.run(command, cwd=registry, env=variables, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def test_the_editor_is_opened_and_what_is_left_is_shown(registry: Path) -> None:
    done = edited(registry, 'path.write_text(text.replace("TODO: what happened,", "It happened:"))')

    assert (done.returncode, done.stdout) == (1, f"{PATH}\n")
    assert "error[placeholder-left] `what_happened` is still to be written" in done.stderr
    assert "`summary`" not in done.stderr
    assert 'summary: "It happened:' in (registry / PATH).read_text()


def test_an_editor_that_fails(registry: Path) -> None:
    done = edited(registry, "sys.exit(5)")

    assert (done.returncode, done.stdout) == (3, f"{PATH}\n")
    assert "ended with exit code 5" in done.stderr
    assert (registry / PATH).exists()


@pytest.mark.parametrize("command", ["/no/such/editor", "'"])
def test_an_editor_that_cannot_be_started(registry: Path, command: str) -> None:
    arguments = [sys.executable, "-m", "ficli", *words(), "--edit"]
    variables = os.environ | {"VISUAL": command}
    done = subprocess.run(arguments, cwd=registry, env=variables, capture_output=True, text=True, check=False)  # noqa: S603 - our own words

    assert done.returncode == 3
    assert "cannot be started" in done.stderr


# --- the same, within this process -----------------------------------------------------------------------------


def test_on_a_terminal_what_is_missing_is_asked(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(_desk: object, given: dict[str, object]) -> dict[str, object]:
        return {**given, "severity": "low"}

    monkeypatch.setattr(conversation, "converse", answered)
    code, stdout, _ = run(*words(severity=""), cwd=registry, terminal=True)

    assert (code, stdout) == (0, f"{PATH}\n")
    assert "severity: low\n" in (registry / PATH).read_text()


@pytest.mark.parametrize(("agreed", "code"), [(True, 0), (False, 1)])
def test_on_a_terminal_a_duplicate_is_asked_about(
    registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch, *, agreed: bool, code: int
) -> None:
    monkeypatch.setattr(conversation, "agrees", lambda _question, **_: agreed)

    assert run(*AGAIN, cwd=registry, terminal=True)[0] == code
    assert len(list((registry / "drafts").glob("*.yaml"))) == 1 + agreed


def test_what_is_left_is_offered_at_its_line(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    asked: list[str] = []

    def edits(_environment: object, path: Path, line: int) -> None:
        opened.append(line)
        if line:
            path.unlink()
            shutil.copyfile(registry / "drafts/air-canada-held-liable-chatbot-bereavement-fares.yaml", path)
            text = (
                path.read_text()
                .replace("air-canada-held-liable-chatbot-bereavement-fares", path.stem)
                .replace("TODO: what", "What")
            )
            path.write_text(text.replace("mechanism:", "# mechanism:"))

    def agrees(question: str, *, default: bool) -> bool:
        asked.append(question)
        return default and len(asked) == 1

    monkeypatch.setattr("ficli.environment.open_editor", edits)
    monkeypatch.setattr(conversation, "agrees", agrees)
    code, stdout, stderr = run(*words(), "--edit", cwd=registry, terminal=True)

    assert (code, stdout) == (0, f"{PATH}\n")
    assert opened == [0, 8]
    assert asked == ["Open it again at line 8?"]
    assert "drafts/chatbot-example-bank-invents-fees.yaml:8:10: error[placeholder-left]" in stderr


def test_what_nobody_can_be_asked_about_is_shown(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.environment.open_editor", lambda *_: None)
    code, _, stderr = run(*words(), "--edit", cwd=registry)

    assert code == 1
    assert "placeholder-left" in stderr


@pytest.mark.parametrize(
    ("command", "line", "arguments"),
    [
        ("vim", 7, ["+7", "{path}"]),
        ("hx", 7, ["{path}:7"]),
        ("other --wait", 7, ["--wait", "{path}"]),
        ("vim", 0, ["{path}"]),
    ],
)
def test_how_an_editor_is_told_the_line(tmp_path: Path, command: str, line: int, arguments: list[str]) -> None:
    program = tmp_path / command.split(maxsplit=1)[0]
    program.write_text('#!/bin/sh\necho "$@" > "$0.out"\necho drawn\n')
    program.chmod(0o755)
    draft = tmp_path / "draft.yaml"
    draft.touch()
    with open(tmp_path / "screen", "w", encoding="utf-8") as screen:
        here = Environment(
            variables={"EDITOR": f"{tmp_path}/{command}", "PATH": os.environ["PATH"]}, cwd=tmp_path, stderr=screen
        )
        open_editor(here, draft, line)

    assert (tmp_path / f"{program.name}.out").read_text().split() == [word.format(path=draft) for word in arguments]
    assert (tmp_path / "screen").read_text() == "drawn\n"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("/no/such/editor", "cannot be started"),
        ("'", "cannot be started"),
        ("false", "ended with exit code 1"),
        (" ", "cannot be started"),
    ],
)
def test_an_editor_that_does_not_work(tmp_path: Path, command: str, message: str) -> None:
    with open(tmp_path / "screen", "w", encoding="utf-8") as screen, pytest.raises(FicliError, match=message):
        open_editor(
            Environment(variables={"VISUAL": command, "PATH": os.environ["PATH"]}, cwd=tmp_path, stderr=screen),
            tmp_path / "a",
        )
