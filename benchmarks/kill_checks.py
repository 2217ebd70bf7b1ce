"""What is compared after kills: the plan table by table, and every file of the outputs, but for times and identifiers of runs.

Normalised, and nothing else:
- a moment (a day with a time) anywhere in a value, since a rerun happens later; days stay;
- identifiers of runs, which are drawn by chance; the table `runs` is compared by its kinds, since a killed run stays on
  record without an end and the rerun has an identifier of its own;
- numbers of events, which are compared in their order, each with the reviews that it tells of;
- numbers of vectors, which say which was kept first: a vector is known by its encoder and its content, and nothing else names it;
- the sentence and the process of a job in `schedule/`, which are of its last run: one that goes on where another was killed
  finds, say, its embargoes released already;
- `created` in manifests of models (files and figures in them are compared), and the properties of Office files (cells,
  paragraphs and tables are compared);
- which backups there are, since each run makes its own: each must be whole; `prefect/` (logs of runs), the uploads, which
  are kept for a day, and the log of the database beside it.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import openpyxl

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
RUN = re.compile(r"run-[0-9a-f]{12}")
LEFT = re.compile(r"^\.(?!turn$)|\.(tmp|part|unfinished)$|-journal$")
SHADOWS = re.compile(r"_fts_|_terms$|^sqlite_(?!sequence)")
Dump = dict[str, list[tuple[Any, ...]]]


def plain(value: object) -> object:
    """A value without moments and identifiers of runs; of bytes their sum."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()[:16]
    if isinstance(value, str):
        return RUN.sub("run-", MOMENT.sub("MOMENT", value))
    return value


def dump(file: Path) -> Dump:
    """The plan, table by table. It is read in a copy, so that what a killed process left is still as it was for the next."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "cap.db"
        for ending in ("", "-wal"):
            if (source := file.with_name(file.name + ending)).exists():
                shutil.copy(source, copy.with_name(copy.name + ending))
        with closing(sqlite3.connect(copy)) as connection:
            return _dump(connection)


def _dump(connection: sqlite3.Connection) -> Dump:
    def ask(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    assert ask("PRAGMA integrity_check") == [("ok",)], "the database is damaged"
    assert ask("PRAGMA foreign_key_check") == [], "rows of the database have lost what they belong to"
    names = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    out: Dump = {}
    for name in names:
        if (
            SHADOWS.search(name)
            or name.endswith("_fts")
            or name in ("runs", "events", "event_reviews", "sqlite_sequence")
        ):
            continue
        columns = "content_key, encoder, vector" if name == "embeddings" else "*"
        out[name] = sorted((tuple(map(plain, row)) for row in ask(f'SELECT {columns} FROM "{name}"')), key=repr)
    if "runs" in names:
        out["runs"] = ask("SELECT DISTINCT kind FROM runs ORDER BY kind")
    if "event_reviews" in names:
        told = (
            "SELECT group_concat(review_id) FROM (SELECT review_id FROM event_reviews WHERE event_id = e.id ORDER BY 1)"
        )
        events = ask(f"SELECT at, who, what, subject, before, after, why, run, ({told}) FROM events AS e ORDER BY id")
        out["events"] = [tuple(map(plain, row)) for row in events]
    return out


def differences(found: Dump, wanted: Dump) -> list[str]:
    """In what two plans differ, a sentence each."""
    out = [f"table {name} is only in one" for name in sorted(set(found) ^ set(wanted))]
    for name in sorted(set(found) & set(wanted)):
        if found[name] != wanted[name]:
            more = [row for row in found[name] if row not in wanted[name]]
            less = [row for row in wanted[name] if row not in found[name]]
            numbers = f"{len(found[name])} rows for {len(wanted[name])}"
            out.append(f"table {name}: {numbers}; too much {str(more[:2])[:300]}; missing {str(less[:2])[:300]}")
    return out


def files(folder: Path) -> dict[str, object]:
    """Every file of the outputs and models, by its name, with what it holds. Each is opened as what it claims to be."""
    out: dict[str, object] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        inside = name.split("/")
        if inside[0] in ("prefect", "uploads") or re.fullmatch(r"cap\.db(-wal|-shm)?", name) or file.is_dir():
            if file.is_dir() and LEFT.search(file.name):
                out[name + "/"] = "left over"
        elif any(map(LEFT.search, inside)):
            out[name] = "left over"
        elif inside[0] == "backups":
            _check_backup(file)
        else:
            out[name] = content(file)
    return out


def content(file: Path) -> object:
    """What a file says, without moments. Raises where it is not whole."""
    match file.suffix:
        case ".xlsx":
            with closing(openpyxl.load_workbook(file)) as book:
                return [
                    (sheet.title, [[plain(str(cell.value)) for cell in row] for row in sheet.iter_rows()])
                    for sheet in book.worksheets
                ]
        case ".docx":
            document = docx.Document(str(file))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return [plain(text) for text in [*(p.text for p in document.paragraphs), *cells]]
        case ".json":
            said = json.loads(file.read_bytes())
            if file.name == "manifest.json":
                for name, digest in said["files"].items():
                    held = hashlib.sha256((file.parent / name).read_bytes()).hexdigest()
                    assert held == digest, f"{file.parent / name} is not whole"
                said.pop("created")
            if file.parent.name == "schedule":
                said = {key: value for key, value in said.items() if key not in ("words", "process")}
            return plain(json.dumps(said, sort_keys=True))
        case ".pdf" | ".npz" | ".db":
            return hashlib.sha256(file.read_bytes()).hexdigest()
    return plain(file.read_text(encoding="utf-8"))


def _check_backup(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None, f"{file} is damaged"
        assert "plan.db" in archive.namelist(), f"{file} holds no plan"


def file_differences(found: dict[str, object], wanted: dict[str, object]) -> list[str]:
    """In what two folders differ, a sentence each."""
    out = [f"file {name} is too much" for name in sorted(set(found) - set(wanted))]
    out += [f"file {name} is missing" for name in sorted(set(wanted) - set(found))]
    return out + [
        f"file {name} says something else" for name in sorted(set(found) & set(wanted)) if found[name] != wanted[name]
    ]
