"""What the records of a base were judged by: its own settings, vocabulary and rejected candidates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.config import parse_config
from ficli.errors import FicliError
from ficli.incident.taxonomy import load_taxonomy_checker, parse_taxonomy, shipped_taxonomy
from ficli.registry.layout import CONFIG_FILE, REJECTED_FILE, TAXONOMY_FILE
from ficli.registry.rejected import parse_rejections

if TYPE_CHECKING:
    from ficli.registry.base import Change
    from ficli.rules.contract import Settings


def settings_in(change: Change, settings: Settings) -> Settings | None:
    """Give the settings as they were before a change; None where there were none, or none that can be read.

    Args:
        change: the change.
        settings: those of now, which hold for what has not changed.

    Raises:
        GitError: git failed.

    """
    if CONFIG_FILE not in change.base.files:
        return None
    held = change.before
    config, taxonomy, rejections = settings.config, settings.taxonomy, settings.rejections
    try:
        if CONFIG_FILE in change.settings:
            config = parse_config(held[CONFIG_FILE].decode("utf-8-sig"), root=config.root)
        if TAXONOMY_FILE in change.settings:
            raw = held.get(TAXONOMY_FILE)
            taxonomy = shipped_taxonomy() if raw is None else parse_taxonomy(raw, checker=load_taxonomy_checker())
        if REJECTED_FILE in change.settings:
            rejections = parse_rejections(held.get(REJECTED_FILE, b""))
    except (FicliError, UnicodeDecodeError):
        return None
    return replace(settings, config=config, taxonomy=taxonomy, rejections=rejections)
