"""Which file a user means by a record: its ID, its slug, its path or the address of its page."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from ficli.document.accept import REFUSED, accept
from ficli.errors import FicliError, UsageError
from ficli.incident.ids import MOST_DIGITS, format_id
from ficli.incident.record import Record
from ficli.registry.layout import FOLDERS, INCIDENTS, SUFFIX
from ficli.registry.load import read_record
from ficli.registry.scan import RecordFile, scan
from ficli.wording import harmless, listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from urllib.parse import SplitResult

    from ficli.config import Config

_MOST_NEAR = 3


class _Name(NamedTuple):
    """What a record goes by."""

    file: RecordFile
    id: str
    slug: str


def find_record(config: Config, name: str, *, cwd: Path) -> RecordFile:
    """Find the record that is meant.

    Args:
        config: the registry's settings, with its folder.
        name: an ID (`FI-0232`, `fi-232`, `232`), a slug, a path, or the address of a page.
        cwd: the folder that a path starts from; one that is not there is looked for in the registry.

    Raises:
        UsageError: no record is meant, or more than one.
        FicliError: a folder cannot be listed.

    """
    if "://" in name:
        return _by_slug(config, slug_of_page(config, name), name)
    if looks_like_path(name):
        return _by_path(config, name, cwd)
    record_id = meant_id(config, name)
    return _by_id(config, record_id, name) if record_id else _by_slug(config, name, name)


def looks_like_path(name: str) -> bool:
    """Tell whether a text names a file rather than a record."""
    return "://" not in name and ("/" in name or "\\" in name or name.endswith((SUFFIX, ".yml")))


def meant_id(config: Config, name: str) -> str:
    """Write the ID that `fi-232` or `232` stands for as it is written; empty where none is meant."""
    match = re.fullmatch(rf"(?:{re.escape(config.id_prefix)}-?)?([0-9]{{1,{MOST_DIGITS}}})", name, re.IGNORECASE)
    return format_id(int(match[1]), config) if match else ""


def record_data(raw: bytes) -> dict[str, Any] | None:
    """Read the plain data of a record; None where its file is no mapping that can be believed."""
    data = accept(raw)
    if data is not REFUSED:
        return data
    from ficli.document.parse import parse

    document = parse(raw)
    return document.data if document.usable and isinstance(document.data, dict) else None


def slug_of_page(config: Config, url: str) -> str:
    """Take the slug out of the address of a page.

    Raises:
        UsageError: the address is not that of a page of this registry.

    """
    base, page = config.base_url.rstrip("/"), ""
    with contextlib.suppress(ValueError):  # an address that is none
        parts, wanted = urlsplit(url), urlsplit(base)
        if _host(parts) == _host(wanted) and parts.path.startswith(f"{wanted.path}/failures/"):
            page = parts.path.removeprefix(f"{wanted.path}/failures/").rstrip("/")
    if not page or "/" in page:
        message = f"{quoted(url)} is no page of this registry"
        raise UsageError(message, hint=f"its pages are at `{harmless(base)}/failures/`, followed by a slug")
    return page


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def _by_path(config: Config, name: str, cwd: Path) -> RecordFile:
    root = config.root
    try:
        place = next((place for place in (cwd / name, root / name) if place.is_file()), None)
        # The folder is resolved and the last name is not, so that a link is shown where it stands.
        resolved = place.parent.resolve() / place.name if place else None
    except (OSError, ValueError) as error:  # a name too long, or with a zero byte
        raise _unknown(config, name) from error
    if resolved is None:
        raise _unknown(config, name.replace("\\", "/").rpartition("/")[2].removesuffix(SUFFIX), shown=name)
    if not resolved.is_relative_to(root):
        message = f"{quoted(name)} is not in the registry at `{harmless(str(root))}`"
        raise UsageError(message, hint="one run reads one registry; `--registry DIR` names another")
    path = resolved.relative_to(root).as_posix()
    folder = path.partition("/")[0]
    if folder not in FOLDERS or not path.endswith(SUFFIX):
        message = f"{quoted(name)} is no record"
        raise UsageError(message, hint="records are the `.yaml` files in `incidents/` and `drafts/`")
    if not _stays_inside(root, path):
        message = f"{quoted(name)} leads out of the registry"
        raise UsageError(message, hint="a link is followed only to a file in the registry")
    return RecordFile(path, folder)


def _stays_inside(root: Path, path: str) -> bool:
    return (root / path).resolve().is_relative_to(root)


def _by_id(config: Config, record_id: str, name: str) -> RecordFile:
    root = config.root
    direct = RecordFile(f"{INCIDENTS}/{record_id}{SUFFIX}", INCIDENTS)
    if (root / direct.path).is_file() and _stays_inside(root, direct.path):
        return direct
    found = [file for file in scan(root).files if file.stem == record_id and file.folder == INCIDENTS]
    # A file with another name than its record's ID is a mistake that must be possible to look at.
    found = found or [item.file for item in _names(config, record_id) if item.id == record_id]
    # Words of digits only may be a slug as well.
    found = found or [item.file for item in _names(config, name) if item.slug == name]
    return _only(config, found, name)


def _by_slug(config: Config, slug: str, name: str) -> RecordFile:
    slug = slug.casefold()
    return _only(config, [item.file for item in _names(config, slug) if slug in (item.slug, _stem(item.file))], name)


def _stem(file: RecordFile) -> str:
    """Give the file name of a draft, which is its slug."""
    return "" if file.folder == INCIDENTS else file.stem


def _only(config: Config, found: list[RecordFile], name: str) -> RecordFile:
    if not found:
        raise _unknown(config, name.rstrip("/").rpartition("/")[2], shown=name)
    if len(found) > 1:
        message = f"{quoted(name)} may be {listed((file.path for file in found), last='or')}"
        raise UsageError(message, hint="name the one you mean by its path")
    return found[0]


def _names(config: Config, word: str = "") -> Iterator[_Name]:
    """Yield what the records go by in whose file or file name a word stands; what cannot be read is passed over."""
    needle = word.encode(errors="replace")
    for file in scan(config.root).files:
        try:
            raw = read_record(config.root, file.path)
        except FicliError:
            continue
        if needle not in raw and word not in file.stem:
            continue
        record = Record(record_data(raw))
        yield _Name(file, record.id, record.slug)


def _unknown(config: Config, word: str, *, shown: str = "") -> UsageError:
    names = [name for item in _names(config) for name in (item.id or _stem(item.file), item.slug) if name]
    return unknown_record(config, word, names, shown=shown or word, otherwise="`ficli list` lists them")


def unknown_record(config: Config, word: str, names: Iterable[str], *, shown: str, otherwise: str = "") -> UsageError:
    """Say that there is no such record, and which ones may be meant.

    Args:
        config: the registry's settings.
        word: the ID or slug that was looked for.
        names: the IDs and slugs there are.
        shown: what the user wrote.
        otherwise: the hint where no name is near.

    """
    near = _nearest(word, list(dict.fromkeys(names)), lambda: meant_id(config, word))
    hint = f"did you mean {listed(near, last='or')}?" if near else otherwise
    return UsageError(f"there is no record {quoted(shown)}", hint=hint)


def _nearest(word: str, names: list[str], as_id: Callable[[], str]) -> list[str]:
    """Find the names that hold the word, then those that look like it."""
    part = word.casefold()
    holding = [name for name in names if part and part in name.casefold()]
    alike = nearest(as_id() or word, names, most=_MOST_NEAR)
    return list(dict.fromkeys([*holding, *alike]))[:_MOST_NEAR]
