"""What stands around the code: security policy, workflows, forms, hooks, the changelog, the project's addresses."""

from __future__ import annotations

import email.message
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import yaml
from ficli import project_url
from ficli.config import INDEX_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).parents[1]
GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
URLS: dict[str, str] = PROJECT["project"]["urls"]
CHECKS = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
SECURITY = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")


def read(path: Path) -> Any:  # noqa: ANN401 - YAML of any shape
    """Return the data of a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def check(*arguments: str | Path, cwd: Path = REPOSITORY) -> str:
    """Run a module of this Python, and return what it prints."""
    done = subprocess.run(  # noqa: S603 - the words are those of these tests
        [sys.executable, "-m", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# --- SECURITY.md -----------------------------------------------------------------------------------------------


def threats() -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the tables of dangers: the danger, what holds it, what shows it."""
    for line in SECURITY.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3 and "`tests/" in cells[2]:
            yield cells[0], cells[1], cells[2]


@pytest.mark.parametrize(("danger", "held", "shown"), list(threats()))
def test_what_the_security_policy_names_is_there(danger: str, held: str, shown: str) -> None:
    paths = re.findall(r"`([^`]+)`", held)
    assert paths, danger
    assert [path for path in paths if not (REPOSITORY / path).is_file()] == []
    for name in re.findall(r"`([^`]+)`", shown):
        path, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (REPOSITORY / path).read_text(encoding="utf-8"), re.MULTILINE), name


def test_every_danger_has_a_test() -> None:
    tables = SECURITY.partition("## What holds it")[2].partition("## What is not held")[0]
    rows = [line for line in tables.splitlines() if line.startswith("| ") and not line.startswith("| danger |")]

    assert len(list(threats())) == len(rows) > 0


# --- Addresses -------------------------------------------------------------------------------------------------


def tracked() -> Iterator[tuple[str, str]]:
    """Yield path and text of every file that says something of the project itself."""
    for folder, pattern in (
        ("", "*.md"), ("", "*.yml"), ("", ".*.yaml"), ("docs", "*.md"), (".github", "**/*.*"), ("src", "**/*.py"),
        ("src", "**/*.yml"), ("changelog.d", "*.md"), ("benchmarks", "*"), (".ci", "*"),
    ):  # fmt: skip
        for path in (REPOSITORY / folder).glob(pattern):
            if path.is_file():
                yield path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")


def test_where_the_project_lives_is_said_once() -> None:
    unknown = {name for name in ("Source", "Issues", "Security") if name not in URLS}
    lines = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8").splitlines()

    assert {name for name in unknown if f'# {name} = "https://…"' not in lines} == set()
    for name in {"Source", "Issues", "Security"} - unknown:
        assert URLS[name].startswith("https://")
        assert [path for path, text in tracked() if URLS[name] in text] == []


def test_nothing_around_the_code_has_an_address_of_its_own() -> None:
    for path in [*REPOSITORY.glob("*.md"), *GITHUB.rglob("*.*")]:
        text = path.read_text(encoding="utf-8")
        hosts = set(re.findall(r"(?:https?|mailto)://?([\w.-]+)", text))
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", re.sub(r"https?://\S+|uses: \S+", "", text)), path
        if path.name not in {"CHANGELOG.md", "README.md", "LICENSE"}:
            assert hosts == set(), path


def test_the_address_of_the_index_is_one_constant() -> None:
    assert URLS["Index"] == INDEX_URL
    named = [path for path, text in tracked() if path.startswith("src/") and re.search(rf'{INDEX_URL}["\')]', text)]
    assert named == ["src/ficli/config.py"]
    for path in (REPOSITORY / "schema").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["$id"] == f"{INDEX_URL}/schema/{path.name}"
    settings = json.loads((REPOSITORY / "schema" / "config.schema.json").read_text(encoding="utf-8"))
    assert settings["properties"]["index"]["properties"]["base_url"]["default"] == INDEX_URL


def test_the_package_carries_the_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {name: project_url(name) for name in URLS} == URLS
    assert project_url("Nowhere") == ""

    def missing(name: str) -> email.message.Message:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "metadata", missing)
    assert project_url("Index") == ""


def test_sarif_names_the_source_once_it_is_known(
    registry: Path, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def driver() -> dict[str, Any]:
        _, stdout, _ = run("validate", "--output-format", "sarif", cwd=registry)
        found: dict[str, Any] = json.loads(stdout)["runs"][0]["tool"]["driver"]
        return found

    known = email.message.Message()
    assert driver().get("informationUri", "") == URLS.get("Source", "")
    known["Project-URL"] = "Source, https://forge.example.org/ficli"
    monkeypatch.setattr(importlib.metadata, "metadata", lambda _: known)
    assert driver()["informationUri"] == "https://forge.example.org/ficli"


# --- Workflows, forms and hooks --------------------------------------------------------------------------------


def test_workflows_pin_their_actions_and_may_only_read() -> None:
    for workflow in map(read, WORKFLOWS):
        assert workflow["permissions"] == {}
        assert set(workflow[True]) <= {"push", "pull_request"}  # YAML 1.1 reads `on` as a truth value
        for job in workflow["jobs"].values():
            assert job["permissions"] == {"contents": "read"}
            for step in job["steps"]:
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step.get("uses", "a/b@" + 40 * "0"))
                assert "${{" not in step.get("run", "")
                if "/checkout@" in step.get("uses", ""):
                    assert step["with"]["persist-credentials"] is False


def test_every_python_that_is_promised_is_tried() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))
    jobs = read(GITHUB / "workflows" / "ci.yml")["jobs"]

    assert jobs["checks"]["strategy"]["matrix"]["python"] == promised
    assert PROJECT["project"]["requires-python"] == f">={promised[0]}"
    assert [step["with"]["python-version"] for step in jobs["lowest"]["steps"] if "python" in step.get("uses", "")] == [
        promised[0]
    ]


def test_every_dependency_has_a_lowest_version() -> None:
    project = PROJECT["project"]
    everything = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]

    assert [each for each in everything if ">=" not in each] == []


def test_what_forges_read_keeps_to_its_schema() -> None:
    forms = [path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]
    check("check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    check("check_jsonschema", "--builtin-schema", "vendor.github-issue-forms", *forms)
    check(
        "check_jsonschema", "--builtin-schema", "vendor.github-issue-config", GITHUB / "ISSUE_TEMPLATE" / "config.yml"
    )
    check("check_jsonschema", "--builtin-schema", "vendor.dependabot", GITHUB / "dependabot.yml")
    check("pre_commit", "validate-config", REPOSITORY / ".pre-commit-config.yaml")


def test_a_hook_runs_nothing_that_the_checks_do_not() -> None:
    (local,) = read(REPOSITORY / ".pre-commit-config.yaml")["repos"]

    assert local["repo"] == "local"
    for hook in local["hooks"]:
        assert hook["language"] == "system"
        assert hook["name"] in re.findall(r'step "([^"]+)"', CHECKS)
        assert " ".join(hook["entry"].split()[:2]).removesuffix(" --force-exclude") in CHECKS


# --- The changelog ---------------------------------------------------------------------------------------------


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., tuple[str, list[str]]]:
    """Return a function that makes a release of a copy with the fragments given, and returns changelog and fragments."""

    def released(**fragments: str) -> tuple[str, list[str]]:
        for name in ("pyproject.toml", "CHANGELOG.md"):
            shutil.copy(REPOSITORY / name, tmp_path)
        shutil.copytree(REPOSITORY / "changelog.d", tmp_path / "changelog.d")
        for name, text in fragments.items():
            (tmp_path / "changelog.d" / name.replace("_", ".")).write_text(text, encoding="utf-8")
        check("towncrier", "build", "--yes", "--version", "9.9.9", "--date", "2026-11-23", cwd=tmp_path)
        left = sorted(path.name for path in (tmp_path / "changelog.d").iterdir())
        return (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8"), left

    return released


def test_a_release_puts_the_fragments_into_the_changelog(release: Callable[..., tuple[str, list[str]]]) -> None:
    before = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    after, left = release(**{"57_fixed_md": "`ficli x` no longer loses a line."})
    head, marker, rest = before.partition("<!-- towncrier release notes start -->\n")

    assert left == ["README.md"]
    assert after.startswith(f"{head}{marker}\n## [9.9.9] - 2026-11-23\n")
    assert after.endswith(rest)
    assert "\n- `ficli x` no longer loses a line. (#57)\n" in after


def test_a_fragment_of_no_type_is_refused(release: Callable[..., tuple[str, list[str]]]) -> None:
    with pytest.raises(AssertionError, match="Invalid news fragment name"):
        release(**{"57_mended_md": "x"})


def test_the_page_on_fragments_names_every_type() -> None:
    page = (REPOSITORY / "changelog.d" / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)`", page, re.MULTILINE) == [
        each["directory"] for each in PROJECT["tool"]["towncrier"]["type"]
    ]
