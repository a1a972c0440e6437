"""What these tests share: a good record, and a function that checks texts by every rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ficli.config import Config, load_config, parse_config
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.rules.catalogue import RULES
from ficli.rules.check_registry import RegistryFindings, check_registry
from ficli.rules.contract import Settings
from ficli.rules.selection import select_rules

Judge = Callable[..., RegistryFindings]


@pytest.fixture
def good(registry: Path) -> str:
    """Return the text of a record in which nothing is wrong."""
    return (registry / "incidents" / "FI-0232.yaml").read_text(encoding="utf-8")


@pytest.fixture
def today() -> date:
    """Return the day of the tests."""
    return date(2026, 11, 23)


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Return a function that writes records and judges them; a text alone is the record FI-0232."""
    familiar = load_config(Path(__file__).parents[1] / "settings").select
    catalogue = {name: rule for name, rule in RULES.items() if name in familiar}

    def judged(
        *texts: str,
        files: Mapping[str, str] | None = None,
        config: str = "",
        workers: int = 1,
        advance: Callable[[int, int], None] | None = None,
        **flags: Any,  # noqa: ANN401 - as `select_rules` takes them
    ) -> RegistryFindings:
        root = tmp_path / "judged"
        for path, text in [*(("incidents/FI-0232.yaml", text) for text in texts), *(files or {}).items()]:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        parsed: Config = parse_config(config, root=root)
        settings = Settings(parsed, shipped_taxonomy(), date(2026, 11, 23), frozenset(RULES))
        return check_registry(settings, select_rules(catalogue, parsed, **flags), workers=workers, advance=advance)

    return judged
