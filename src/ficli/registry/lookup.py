"""Find the record that a user means, by its ID, slug, path or page address."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from ficli.errors import FicliError, UsageError
from ficli.incident.ids import MOST_DIGITS, format_id
from ficli.registry.layout import FOLDERS, INCIDENTS, SUFFIX
from ficli.registry.records import SourceFile
from ficli.registry.scan import scan
from ficli.wording import harmless, listed, nearest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.config import Config
    from ficli.incident.record import Record

_MOST_NEAR = 3


def find_record(config: Config, name: str, *, cwd: Path) -> SourceFile:
    """Return the file of the record that is meant; it is read only if the search needs its content.

    Args:
        config: the registry's settings, with its folder.
        name: an ID (`FI-0232`, `fi-232`, `232`), a slug, a path, or the address of a page.
        cwd: the folder that a path starts from; a path that does not exist there is looked for in the registry.

    Raises:
        UsageError: no record matches, or more than one.
        FicliError: a folder cannot be listed.

    """
    if "://" in name:
        return _by_slug(config, slug_of_page(config, name), name)
    if looks_like_path(name):
        return _by_path(config, name, cwd)
    record_id = meant_id(config, name)
    return _by_id(config, record_id, name) if record_id else _by_slug(config, name, name)


def require_record(file: SourceFile) -> Record:
    """Return the record of a file.

    Raises:
        FicliError: it cannot be read, or is not a record.

    """
    if file.data is None:
        raise not_a_record(file.path)
    return file.record


def not_a_record(path: str) -> FicliError:
    """Return the error for a file that cannot be read as a record."""
    shown = harmless(path)
    hint = f"`ficli validate {shown}` shows what is in the way"
    return FicliError(f"`{shown}` cannot be read as a record", hint=hint)


def looks_like_path(name: str) -> bool:
    """Return whether a text names a file rather than a record."""
    return "://" not in name and ("/" in name or "\\" in name or name.endswith((SUFFIX, ".yml")))


def meant_id(config: Config, name: str) -> str:
    """Return the full ID that `fi-232` or `232` stands for; empty if the text is not an ID."""
    match = re.fullmatch(rf"(?:{re.escape(config.id_prefix)}-?)?([0-9]{{1,{MOST_DIGITS}}})", name, re.IGNORECASE)
    return format_id(int(match[1]), config) if match else ""


def slug_of_page(config: Config, url: str) -> str:
    """Return the slug in the address of a page.

    Raises:
        UsageError: the address is not that of a page of this registry.

    """
    base, page = config.base_url.rstrip("/"), ""
    with contextlib.suppress(ValueError):  # not a valid address
        parts, wanted = urlsplit(url), urlsplit(base)
        if _host(parts) == _host(wanted) and parts.path.startswith(f"{wanted.path}/failures/"):
            page = parts.path.removeprefix(f"{wanted.path}/failures/").rstrip("/")
    if not page or "/" in page:
        message = f"{quoted(url)} is no page of this registry"
        raise UsageError(message, hint=f"its pages are at `{harmless(base)}/failures/`, followed by a slug")
    return page


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def _by_path(config: Config, name: str, cwd: Path) -> SourceFile:
    root = config.root
    try:
        place = next((place for place in (cwd / name, root / name) if place.is_file()), None)
        # The folder is resolved and the last name is not, so that a link is shown where it stands.
        resolved = place.parent.resolve() / place.name if place else None
    except (OSError, ValueError) as error:  # a name too long, or with a zero byte
        raise _unknown(config, name, _look_through(config, ())[1], shown=name) from error
    if resolved is None:
        word = name.replace("\\", "/").rpartition("/")[2].removesuffix(SUFFIX)
        raise _unknown(config, word, _look_through(config, ())[1], shown=name)
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
    return SourceFile(root, path)


def _stays_inside(root: Path, path: str) -> bool:
    return (root / path).resolve().is_relative_to(root)


def _by_id(config: Config, record_id: str, name: str) -> SourceFile:
    root = config.root
    direct = f"{INCIDENTS}/{record_id}{SUFFIX}"
    if (root / direct).is_file() and _stays_inside(root, direct):
        return SourceFile(root, direct)
    files = [file.path for file in scan(root).files if file.stem == record_id and file.folder == INCIDENTS]
    if files:
        return _only(config, [SourceFile(root, path) for path in files], name)
    # A file with another name than its record's ID is a mistake that must be possible to look at. Words of digits only
    # may be a slug as well.
    found, names = _look_through(
        config, (record_id, name), lambda file: file.record.id == record_id, lambda file: file.record.slug == name
    )
    return _only(config, found, name, names)


def _by_slug(config: Config, slug: str, name: str) -> SourceFile:
    slug = slug.casefold()
    found, names = _look_through(config, (slug,), lambda file: slug in (file.record.slug, _stem(file)))
    return _only(config, found, name, names)


def _stem(file: SourceFile) -> str:
    """Return the file name of a draft, which is its slug."""
    return "" if file.folder == INCIDENTS else file.stem


def _only(config: Config, found: list[SourceFile], name: str, names: Sequence[str] = ()) -> SourceFile:
    if not found:
        raise _unknown(config, name.rstrip("/").rpartition("/")[2], names, shown=name)
    if len(found) > 1:
        message = f"{quoted(name)} may be {listed((file.path for file in found), last='or')}"
        raise UsageError(message, hint="name the one you mean by its path")
    return found[0]


def _look_through(
    config: Config, words: Sequence[str], *tests: Callable[[SourceFile], bool]
) -> tuple[list[SourceFile], list[str]]:
    """Read every record once; a file that cannot be read is passed over.

    Args:
        config: the registry's settings.
        words: a file is tested only if one of them is in it or in its name.
        tests: what a file has to pass.

    Returns:
        The files that pass the first test which any file passes, and the identifiers of all records.

    """
    found: list[list[SourceFile]] = [[] for _ in tests]
    names: list[str] = []
    needles = [(word, word.encode(errors="replace")) for word in words]
    for item in scan(config.root).files:
        file = SourceFile(config.root, item.path)
        with contextlib.suppress(FicliError):
            names += filter(None, (file.names.id or _stem(file), file.names.slug))
            if any(needle in file.raw or word in file.stem for word, needle in needles):
                for passed, test in zip(found, tests, strict=True):
                    if test(file):
                        passed.append(file)
    return next(filter(None, found), []), names


def _unknown(config: Config, word: str, names: Sequence[str], *, shown: str) -> UsageError:
    return unknown_record(config, word, names, shown=shown, otherwise="`ficli list` lists them")


def unknown_record(config: Config, word: str, names: Iterable[str], *, shown: str, otherwise: str = "") -> UsageError:
    """Return the error that there is no such record, with the ones that may be meant.

    Args:
        config: the registry's settings.
        word: the ID or slug that was looked for.
        names: the IDs and slugs there are.
        shown: what the user wrote.
        otherwise: the hint if no name is near.

    """
    near = _nearest(word, list(dict.fromkeys(names)), lambda: meant_id(config, word))
    hint = f"did you mean {listed(near, last='or')}?" if near else otherwise
    return UsageError(f"there is no record {quoted(shown)}", hint=hint)


def _nearest(word: str, names: list[str], as_id: Callable[[], str]) -> list[str]:
    """Return the names that contain the word, then those that look like it."""
    part = word.casefold()
    holding = [name for name in names if part and part in name.casefold()]
    alike = nearest(as_id() or word, names, most=_MOST_NEAR)
    return list(dict.fromkeys([*holding, *alike]))[:_MOST_NEAR]
