"""A record is found by its ID, its slug, its path or the address of its page; in doubt nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.config import Config
from ficli.errors import UsageError
from ficli.registry import lookup
from ficli.registry.lookup import find_record

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "klarna-reintroduces-human-agents-customer-service"
KLARNA = "incidents/FI-0232.yaml"
DRAFT = "air-canada-held-liable-chatbot-bereavement-fares"
PAGE = f"https://failureindex.ai/failures/{SLUG}"


def found(registry: Path, name: str, cwd: Path | None = None) -> str:
    return find_record(Config(root=registry), name, cwd=cwd or registry).path


def refused(registry: Path, name: str, cwd: Path | None = None) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        found(registry, name, cwd)
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    "name",
    [
        "FI-0232", "fi-232", "232", "0232", "FI0232", "fi-00232",
        SLUG, SLUG.upper(),
        KLARNA, f"./{KLARNA}", "incidents/../incidents/FI-0232.yaml",
        PAGE, f"{PAGE}/", f"{PAGE}?utm_source=x#cite", PAGE.replace("https", "http"), PAGE.replace("//", "//www."),
    ],
)  # fmt: skip
def test_every_way_to_name_a_record(registry: Path, name: str) -> None:
    assert found(registry, name) == KLARNA


@pytest.mark.parametrize("name", [DRAFT, f"drafts/{DRAFT}.yaml"])
def test_a_draft(registry: Path, name: str) -> None:
    assert found(registry, name) == f"drafts/{DRAFT}.yaml"


def test_a_path_starts_from_the_working_folder_and_then_from_the_registry(registry: Path) -> None:
    assert found(registry, "FI-0232.yaml", registry / "incidents") == KLARNA
    assert found(registry, KLARNA, registry.parent) == KLARNA


def test_an_id_opens_one_file_and_lists_nothing(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(root: Path) -> None:
        raise AssertionError(root)

    monkeypatch.setattr(lookup, "scan", scan)

    assert found(registry, "232") == KLARNA


def test_an_id_in_a_subfolder(registry: Path) -> None:
    (registry / "incidents" / "2025").mkdir()
    (registry / KLARNA).rename(registry / "incidents/2025/FI-0232.yaml")

    assert found(registry, "232") == "incidents/2025/FI-0232.yaml"
    assert found(registry, PAGE) == "incidents/2025/FI-0232.yaml"


def test_an_id_in_a_file_of_another_name(registry: Path) -> None:
    (registry / KLARNA).rename(registry / "incidents/klarna.yaml")

    assert found(registry, "232") == "incidents/klarna.yaml"


def test_the_form_of_ids_is_the_registry_s(registry: Path) -> None:
    (registry / KLARNA).rename(registry / "incidents/CM-000232.yaml")
    config = Config(root=registry, id_prefix="CM", id_digits=6)

    assert find_record(config, "cm-232", cwd=registry).path == "incidents/CM-000232.yaml"
    assert find_record(config, "232", cwd=registry).path == "incidents/CM-000232.yaml"


def test_a_slug_of_digits(registry: Path) -> None:
    record = registry / KLARNA
    record.write_text(record.read_text(encoding="utf-8").replace(SLUG, "'2001'"), encoding="utf-8")

    assert found(registry, "2001") == KLARNA


def test_a_record_with_flaws_is_found_by_its_slug(registry: Path) -> None:
    record = registry / KLARNA
    record.write_text(record.read_text(encoding="utf-8") + "severity: high\n", encoding="utf-8")

    assert found(registry, SLUG) == KLARNA


def test_two_records_of_one_name(registry: Path) -> None:
    for year in ("2024", "2025"):
        (registry / "incidents" / year).mkdir()
        (registry / "incidents" / year / "FI-0232.yaml").write_bytes((registry / KLARNA).read_bytes())
    message, hint = refused(registry, SLUG)
    (registry / KLARNA).unlink()

    assert message.endswith("may be `incidents/2024/FI-0232.yaml`, `incidents/2025/FI-0232.yaml` or `" + KLARNA + "`")
    assert hint == "name the one you mean by its path"
    assert "`232` may be `incidents/2024/FI-0232.yaml` or `incidents/2025/FI-0232.yaml`" in refused(registry, "232")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("FI-0223", "did you mean `FI-0232`?"),
        ("klarna", f"did you mean `{SLUG}`?"),
        ("klarna-reintroduced-human-agents-for-customer-service", f"did you mean `{SLUG}`?"),
        ("incidents/FI-0223.yaml", "did you mean `FI-0232`?"),
        ("https://failureindex.ai/failures/klarna", f"did you mean `{SLUG}`?"),
        ("zzz", "`ficli list` lists them"),
        ("9" * 40, "`ficli list` lists them"),
    ],
)
def test_an_unknown_record_is_answered_by_the_nearest(registry: Path, name: str, hint: str) -> None:
    message, help_ = refused(registry, name)

    assert message == f"there is no record `{name}`"
    assert help_ == hint


@pytest.mark.parametrize(
    "name",
    ["", "\x00", "a/\x00", "/" + "a" * 5000, "https://[", "://", "../../etc/passwd", "\udcff", "[", "*"],
)
def test_whatever_is_asked_for_the_answer_is_an_error_of_use(registry: Path, name: str) -> None:
    refused(registry, name)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/failures/" + SLUG, "https://failureindex.ai/" + SLUG, PAGE + "/x", "https://[/failures/a"],
)
def test_another_page_is_no_record(registry: Path, url: str) -> None:
    message, hint = refused(registry, url)

    assert message.endswith("is no page of this registry")
    assert hint == "its pages are at `https://failureindex.ai/failures/`, followed by a slug"


def test_the_page_of_an_index_below_a_folder(registry: Path) -> None:
    config = Config(root=registry, base_url="https://example.org/index")

    assert find_record(config, f"https://example.org/index/failures/{SLUG}", cwd=registry).path == KLARNA
    with pytest.raises(UsageError):
        find_record(config, f"https://example.org/failures/{SLUG}", cwd=registry)


def test_a_file_that_is_no_record(registry: Path) -> None:
    (registry.parent / "outside.yaml").write_text("", encoding="utf-8")

    assert refused(registry, "./ficli.toml")[0] == "`./ficli.toml` is no record"
    assert "is not in the registry at" in refused(registry, "../outside.yaml")[0]


def test_a_link_that_leads_out_is_not_followed(registry: Path) -> None:
    (registry.parent / "outside.yaml").write_bytes((registry / KLARNA).read_bytes())
    (registry / "incidents" / "FI-0500.yaml").symlink_to(registry.parent / "outside.yaml")

    assert refused(registry, "500")[0] == "there is no record `500`"
    assert "leads out of the registry" in refused(registry, "incidents/FI-0500.yaml")[0]
