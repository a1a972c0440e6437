"""`ficli export`: what goes where, what is refused and in which words, and that a failure leaves the old files."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from ficli.environment import PendingFile, write_together
from ficli.errors import FicliError
from ficli.export import FORMATS
from ficli.wording import listed

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
FICLI = [sys.executable, "-W", "error", "-m", "ficli"]
TEXT = ["json", "jsonl", "csv", "atom", "redirects --server nginx", "cff"]


def process(folder: Path, *arguments: str, before: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run ficli in a process of its own."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    command = [sys.executable, "-W", "error", "-c", f"{before}\nfrom ficli.terminal.main import run\nrun()", *arguments]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, **variables}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603 - our own


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("form", TEXT)
def test_text_goes_to_stdout(run: Run, registry: Path, form: str) -> None:
    code, stdout, stderr = run("export", *form.split(), cwd=registry)

    assert code == 0
    assert stdout.endswith("\n")
    assert stderr == (
        "Note: these are the records; `--output DIR` writes sources and tombstones too.\n" if form == "csv" else ""
    )


@pytest.mark.parametrize("form", [*TEXT, "sqlite", "parquet"])
def test_the_file_is_what_goes_to_stdout(registry: Path, form: str) -> None:
    stdout = process(registry, "export", *form.split(), LC_ALL="C", PYTHONIOENCODING="ascii").stdout
    written = process(registry, "export", *form.split(), "-o", "out/")
    names = written.stdout.decode().splitlines()

    assert (written.returncode, written.stderr[:6]) == (0, b"Wrote ")
    assert (registry / names[0]).read_bytes() == stdout != b""
    assert len(names) == (3 if form == "csv" else 1)


@pytest.mark.parametrize(
    ("output", "written"),
    [
        ("x.json", "x.json"),
        ("out/", "out/index.json"),
        ("deep/er/x", "deep/er/x"),
        ("folder", "folder/index.json"),
        ("folder/../x.json", "folder/../x.json"),
    ],
)
def test_a_file_or_a_folder_can_be_named(run: Run, registry: Path, output: str, written: str) -> None:
    (registry / "folder").mkdir()
    code, stdout, stderr = run("export", "json", "-o", output, cwd=registry)

    assert (code, stdout) == (0, f"{written}\n")
    assert stderr == "Wrote 3 records and 0 tombstones, version 2026.11.23.\n"
    assert json.loads((registry / written).read_text(encoding="utf-8"))["format"] == 1


def test_a_path_outside_the_working_folder(run: Run, registry: Path, tmp_path: Path) -> None:
    code, stdout, _ = run("export", "redirects", "--server", "netlify", "-o", str(tmp_path), cwd=registry)
    assert (code, stdout) == (0, f"{tmp_path}/_redirects\n")


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("json -o out/", ["out/index.json"]),
        ("csv -o out", ["out/records.csv", "out/sources.csv", "out/tombstones.csv"]),
        ("sqlite -o x", ["x"]),
        ("jsonl -o out --rows-per-part 2", [
            "out/records-00001.jsonl", "out/records-00002.jsonl", "out/tombstones.jsonl", "out/manifest.json",
        ]),
        ("atom", []),
    ],
)  # fmt: skip
def test_a_dry_run_writes_nothing(run: Run, registry: Path, form: str, named: list[str]) -> None:
    before = digests(registry)
    code, stdout, stderr = run("export", *form.split(), "--dry-run", cwd=registry)

    assert (code, stdout.splitlines()) == (0, named)
    assert stderr.startswith("Would write 3 records")
    assert stderr.endswith("Nothing was written (`--dry-run`).\n")
    assert digests(registry) == before


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_a_terminal_gets_no_binary(run: Run, registry: Path, form: str) -> None:
    code, stdout, stderr = run("export", form, cwd=registry, terminal=True)

    assert (code, stdout) == (2, "")
    assert stderr == (
        f"error: the format `{form}` is no text for a terminal\n"
        f"  help: `--output {FORMATS[form].file}` writes a file; a pipe takes it too\n"
    )


def test_a_terminal_gets_no_text_that_acts_on_it(run: Run, registry: Path) -> None:
    path = registry / "incidents" / "FI-0232.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Klarna", "title: \u202e\x9bKlarna"), encoding="utf-8"
    )
    for form in ("csv", "json", "atom"):
        stdout = run("export", form, cwd=registry, terminal=True)[1]
        assert not {"\u202e", "\x9b", "\r"} & set(stdout)
        assert "202e" in stdout.lower()
        assert stdout.count("\n") > 3


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        ("sqlit", "there is no format `sqlit`", "did you mean `sqlite`?"),
        ("xml", "there is no format `xml`", f"it is {listed(FORMATS, last='or')}"),
        ("json --fields titel", "`--fields`: there is no field `titel`", "did you mean `title`?"),
        ("json --fields id,severty", "`--fields`: there is no field `severty`", "did you mean `severity`?"),
        ("json --only publisht", "`--only`: there is no `publisht`", "did you mean `published`?"),
        ("json --since 2026", "`--since`: `2026` is no day", "write `YYYY-MM-DD`"),
        ("json --since 2026-02-31", "`--since`: `2026-02-31` is no day", "write `YYYY-MM-DD`"),
        ("atom --fields id", "`--fields` changes nothing in the format `atom`", "leave it out"),
        ("json --server nginx", "`--server` changes nothing in the format `json`", "leave it out"),
        ("csv --rows-per-part 9 -o x", "`--rows-per-part` changes nothing in the format `csv`", "leave it out"),
        ("cff --only published", "`--only` or `--since` changes nothing in the format `cff`", "leave it out"),
        ("jsonl --rows-per-part 9", "`--rows-per-part` writes several files, so a folder is needed", "name it: `--output data`"),
        ("jsonl --only merged", "the format `jsonl` in one file holds nothing of status `merged`", "it holds records of status `published` or `draft`"),
        ("atom --only draft", "the format `atom` holds nothing of status `draft`", "it holds records of status `published`"),
        ("redirects", "the format `redirects` is written for one web server", "`--server` names it: `nginx`, `apache`, `netlify` or `cloudflare`"),
        ("redirects --server ngix", "`--server`: there is no `ngix`", "did you mean `nginx`?"),
        ("json -o incidents/index.json", "`incidents/index.json` is where the registry keeps its own", "name a folder of its own: `--output export`"),
        ("csv -o drafts", "`drafts` is where the registry keeps its own", "name a folder of its own: `--output export`"),
        ("json -o x/../ficli.toml", "`x/../ficli.toml` is where the registry keeps its own", "name a folder of its own: `--output export`"),
        ("cff -o taxonomy.yaml", "`taxonomy.yaml` is where the registry keeps its own", "name a folder of its own: `--output export`"),
        ("json -o link/x.json", "`link/x.json` is where the registry keeps its own", "name a folder of its own: `--output export`"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(run: Run, registry: Path, arguments: str, said: str, hint: str) -> None:
    (registry / "x").mkdir()
    (registry / "link").symlink_to("incidents")
    before = digests(registry)

    assert run("export", *arguments.split(), cwd=registry) == (2, "", f"error: {said}\n  help: {hint}\n")
    assert digests(registry) == before


def test_the_registry_itself_may_hold_the_files(run: Run, registry: Path) -> None:
    assert run("export", "csv", "-o", ".", cwd=registry)[1] == "records.csv\nsources.csv\ntombstones.csv\n"
    assert run("export", "cff", "-o", "CITATION.cff", cwd=registry) == (
        0, "CITATION.cff\n", "Wrote the citation of the index, version 2026.11.23.\n"
    )  # fmt: skip


def test_what_is_left_out_is_said(run: Run, registry: Path) -> None:
    klarna = registry / "incidents" / "FI-0232.yaml"
    text = klarna.read_text(encoding="utf-8")
    klarna.write_text(text.replace("severity: medium", "severity: grave"), encoding="utf-8")
    (registry / "incidents" / "FI-0900.yaml").write_text("- a list\n", encoding="utf-8")
    (registry / "incidents" / "FI-0901.yaml").write_text(text.replace("FI-0232", "FI-0192"), encoding="utf-8")
    code, stdout, stderr = run("export", "jsonl", cwd=registry)

    assert code == 1
    assert [json.loads(line)["id"] for line in stdout.splitlines()] == ["FI-0192", "FI-0666"]
    assert stderr == (
        "error: `incidents/FI-0901.yaml` is left out: its ID `FI-0192` is that of another record\n"
        "error: 1 record left out that have not the shape of one: `incidents/FI-0232.yaml`\n"
        "  help: `ficli validate` shows what is wrong\n"
        "error: 1 file left out that cannot be read as a record: `incidents/FI-0900.yaml`\n"
        "  help: `ficli validate` shows what is in the way\n"
    )


def test_a_file_that_cannot_be_read_ends_with_3(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ficli.registry import records

    def broken(_root: Path, path: str) -> bytes:
        message = f"`{path}` could not be read: input/output error"
        raise FicliError(message)

    monkeypatch.setattr(records, "read_record", broken)
    code, stdout, stderr = run("export", "jsonl", cwd=registry)

    assert (code, stdout) == (3, "")
    assert stderr.count("could not be read: input/output error") == 4


def test_cloudflares_limit_is_said(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ficli.export import redirects

    path = registry / "incidents" / "FI-0233.yaml"
    path.write_text(
        "schema_version: 1\nid: FI-0233\nslug: gone\nstatus: merged\ntitle: Gone\nmerged_into: FI-0232\n"
        "reason: The same.\nretired_date: 2026-06-06\n", encoding="utf-8",
    )  # fmt: skip
    monkeypatch.setattr(redirects, "MOST_AT_CLOUDFLARE", 0)
    code, _, stderr = run("export", "redirects", "--server", "cloudflare", cwd=registry)

    assert (code, stderr) == (0, "Note: Cloudflare reads 0 redirects of a file, and these are 1.\n")


# --- the same bytes --------------------------------------------------------------------------------------------


def test_the_same_registry_gives_the_same_bytes(registry: Path, tmp_path: Path) -> None:
    for number, (seed, epoch) in enumerate((("1", "1"), ("2", "1800000000"))):
        for path in registry.rglob("*.yaml"):
            os.utime(path, (number, number))
        for name in FORMATS:
            arguments = ["--server", "nginx"] if name == "redirects" else []
            arguments += ["--rows-per-part", "2"] if FORMATS[name].parts else []
            target = f"{tmp_path}/{number}/{name}/"
            done = process(
                registry, "export", name, *arguments, "-o", target, PYTHONHASHSEED=seed, SOURCE_DATE_EPOCH=epoch
            )
            assert done.returncode == 0, done.stderr
    one, two = (digests(tmp_path / str(number)) for number in range(2))

    assert one == two
    assert {path.partition("/")[0] for path in one} == set(FORMATS)
    assert len(one) == len(FORMATS) + 8  # tables, parts and manifests


# --- faults ----------------------------------------------------------------------------------------------------

SMALL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to the size of a file there")
@pytest.mark.parametrize(
    "arguments",
    ["json", "jsonl", "csv", "sqlite", "parquet", "jsonl --rows-per-part 1", "parquet --rows-per-part 2"],
)
def test_a_full_disk_leaves_the_old_files(registry: Path, arguments: str) -> None:
    target = ["-o", "out" if "csv" in arguments or "rows" in arguments else "out/index"]
    assert process(registry, "export", *arguments.split(), *target).returncode == 0
    before = digests(registry)
    path = registry / "incidents" / "FI-0232.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Klarna", "title: KLARNA"), encoding="utf-8")
    done = process(registry, "export", *arguments.split(), *target, before=SMALL_DISK)
    after = digests(registry)
    before.pop("incidents/FI-0232.yaml"), after.pop("incidents/FI-0232.yaml")

    assert (done.returncode, done.stdout) == (3, b"")
    assert b"could not be written: " in done.stderr
    assert done.stderr.count(b"\n") == 2
    assert after == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
@pytest.mark.parametrize("form", ["json", "parquet"])
def test_a_full_disk_behind_stdout(registry: Path, form: str) -> None:
    done = subprocess.run(  # noqa: S602 - our own words
        f'"{sys.executable}" -m ficli export {form} > /dev/full',
        cwd=registry,
        shell=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (3, b"error: the output could not be written: no space left on device\n")


@pytest.mark.parametrize("form", ["json", "sqlite"])
def test_a_reader_that_has_gone(registry: Path, form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*FICLI, "export", form], cwd=registry, stdout=writing, stderr=subprocess.PIPE, check=False)  # noqa: S603
    os.close(writing)
    assert (done.returncode, done.stderr) == (3, b"")


@pytest.mark.parametrize("form", ["json", "csv", "sqlite", "parquet"])
def test_a_folder_that_cannot_be_written(run: Run, registry: Path, form: str) -> None:
    (registry / "file").write_text("old", encoding="utf-8")
    code, stdout, stderr = run("export", form, "-o", "file/out", cwd=registry)

    assert (code, stdout) == (3, "")
    assert "could not be written: not a directory\n" in stderr
    assert (registry / "file").read_text(encoding="utf-8") == "old"


def test_a_folder_where_a_file_should_be(run: Run, registry: Path) -> None:
    (registry / "out" / "sources.csv").mkdir(parents=True)
    (registry / "out" / "records.csv").write_text("old", encoding="utf-8")
    code, _, stderr = run("export", "csv", "-o", "out", cwd=registry)

    assert code == 3
    assert stderr.endswith(
        "out/sources.csv` could not be written: is a directory\n  help: nothing was changed in that file\n"
    )
    assert (registry / "out" / "records.csv").read_text(encoding="utf-8") == "old"
    assert len(list((registry / "out").iterdir())) == 2


def write_both(folder: Path, then: Callable[[], None] = lambda: None) -> None:
    """Write two files together, and do something before they take their places."""
    with write_together() as begin:
        begin(folder / "a").write_text(["new"])
        begin(folder / "b").write_text(["new"])
        then()


def test_files_written_together_take_their_places_together(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("old", encoding="utf-8")

    def interrupt() -> None:
        assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_both(tmp_path, interrupt)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a": "old", "b": "old"}
    write_both(tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a": "new", "b": "new"}


def test_a_fault_of_the_last_file_leaves_all_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def fail(self: PendingFile) -> None:
        if self.path.name == "b":
            raise FicliError(os.strerror(errno.EIO))
        real(self)

    real = PendingFile.seal
    monkeypatch.setattr(PendingFile, "seal", fail)
    with pytest.raises(FicliError):
        write_both(tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a": "old"}


def test_the_database_can_be_asked(run: Run, registry: Path) -> None:
    run("export", "sqlite", "-o", "index.sqlite", cwd=registry)
    with closing(sqlite3.connect(registry / "index.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (3,)


def test_formats_fields_and_servers_complete() -> None:
    from ficli.commands.export.cli import complete_fields, complete_formats, complete_servers

    assert complete_formats("j") == ["json", "jsonl"]
    assert complete_fields("st") == ["status", "steward_note"]
    assert complete_servers("n") == ["nginx", "netlify"]
