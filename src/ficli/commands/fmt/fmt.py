"""Write records in the canonical layout; their data does not change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.errors import UsageError
from ficli.incident.fields import LAYOUT
from ficli.open_registry import open_registry
from ficli.registry.records import SourceFile
from ficli.registry.scan import scan
from ficli.registry.writing import write_changes
from ficli.wording import harmless
from ficli.yaml.edit import EditError
from ficli.yaml.fast_path import REFUSED
from ficli.yaml.layout import canonical, is_surely_canonical

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


@dataclass(frozen=True, slots=True)
class FormatOutcome:
    """The result of formatting.

    Attributes:
        root: the registry's folder.
        seen: how many records were read.
        before: the old bytes of each record that changes, by path.
        after: the new ones.
        refused: the records that could not be formatted, each with the reason.

    """

    root: Path
    seen: int
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    refused: Sequence[str]


def format_records(
    environment: Environment, paths: Sequence[Path], *, registry: Path | None = None, write: bool
) -> FormatOutcome:
    """Write records in the canonical layout.

    Args:
        environment: the environment to work in.
        paths: records and folders; none for the whole registry.
        registry: a folder in the registry, if `paths` does not determine it.
        write: whether to write, or only to report what would change.

    Raises:
        UsageError: no registry, no records, a path outside it.
        FicliError: a record cannot be read or written.

    """
    opened = open_registry(environment, registry or (paths[0] if paths else None))
    wanted = opened.relative_paths(environment.cwd, paths)
    folders = tuple(f"{path}/" for path in wanted)
    files = [
        file.path
        for file in scan(opened.root).files
        if not wanted or file.path in wanted or file.path.startswith(folders)
    ]
    if not files:
        message = f"no records in `{harmless(str(paths[0] if paths else opened.root))}`"
        raise UsageError(message, hint="records are the `.yaml` files in `incidents/` and `drafts/`")
    before, after, refused = {}, {}, []
    for path in files:
        file = SourceFile(opened.root, path)
        raw = file.raw
        if file.plain is not REFUSED and is_surely_canonical(raw, file.plain, LAYOUT):
            continue
        try:
            formatted = canonical(file.document, LAYOUT).encode()
        except EditError as error:
            refused.append(f"{harmless(path)}: {error.message}")
            continue
        if formatted != raw:
            before[path], after[path] = raw, formatted
    if write:
        write_changes(opened.root, before, after)
    return FormatOutcome(opened.root, len(files), before, after, refused)
