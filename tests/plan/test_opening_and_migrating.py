import contextlib
import hashlib
import multiprocessing
import os
import sqlite3
import tempfile
import threading
from pathlib import Path

import pytest

from domain.errors import NewerDatabase, PlanError
from plan.ledger import transaction
from plan.migrations import MIGRATIONS
from plan.schema import applied, open_plan, open_with


def schema_of(file: Path) -> list[tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()


def test_a_plan_migrated_step_by_step_is_the_same_as_a_fresh_one(tmp_path: Path) -> None:
    open_plan(tmp_path / "fresh.db").close()
    for n in range(1, len(MIGRATIONS) + 1):
        open_with(tmp_path / "grown.db", MIGRATIONS[:n]).close()
    assert schema_of(tmp_path / "grown.db") == schema_of(tmp_path / "fresh.db")
    with contextlib.closing(open_plan(tmp_path / "grown.db")) as database:
        assert applied(database) == tuple(name for name, _ in MIGRATIONS)
        assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_an_older_plan_is_copied_before_it_is_migrated(plan_file: Path) -> None:
    open_with(plan_file, MIGRATIONS[:2]).close()
    before = schema_of(plan_file)
    open_plan(plan_file).close()
    (copy,) = plan_file.parent.glob("cap.before-0003-*.db")
    assert schema_of(copy) == before
    open_plan(plan_file).close()
    assert len(list(plan_file.parent.glob("cap.before-*"))) == 1, "nothing to migrate, nothing to copy"


def test_a_step_that_fails_leaves_the_plan_at_the_step_before(plan_file: Path) -> None:
    open_with(plan_file, MIGRATIONS[:1]).close()
    before = schema_of(plan_file)
    broken = (MIGRATIONS[0], ("0002 broken", "CREATE TABLE half (x); CREATE TABLE reviews (x);"))
    with pytest.raises(PlanError):
        open_with(plan_file, broken)
    assert schema_of(plan_file) == before


def test_a_newer_plan_is_refused_and_left_byte_for_byte(plan_file: Path) -> None:
    open_with(plan_file, (*MIGRATIONS, ("9999 from the future", "CREATE TABLE future (x)"))).close()
    before = hashlib.sha256(plan_file.read_bytes()).hexdigest()
    with pytest.raises(NewerDatabase, match="newer version"):
        open_plan(plan_file)
    assert hashlib.sha256(plan_file.read_bytes()).hexdigest() == before
    assert [f.name for f in plan_file.parent.iterdir()] == ["cap.db"]


def test_the_settings_that_keep_data_safe_are_on(plan_file: Path) -> None:
    with contextlib.closing(open_plan(plan_file)) as database:
        settings = {
            name: database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a database at all" * 50, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused_untouched(plan_file: Path, content: bytes) -> None:
    plan_file.write_bytes(content)
    with pytest.raises(PlanError, match=r"not a database|damaged"):
        open_plan(plan_file)
    assert plan_file.read_bytes() == content


def test_a_damaged_plan_is_refused(plan_file: Path) -> None:
    open_plan(plan_file).close()
    content = bytearray(plan_file.read_bytes())
    content[4096:12288] = b"\x5a" * 8192
    plan_file.write_bytes(content)
    with pytest.raises(PlanError, match=r"damaged.*cap restore"):
        open_plan(plan_file)


def test_a_truncated_plan_is_refused(plan_file: Path) -> None:
    open_plan(plan_file).close()
    plan_file.write_bytes(plan_file.read_bytes()[:8192])
    with pytest.raises(PlanError, match="damaged"):
        open_plan(plan_file)


def test_the_database_of_another_program_is_refused(plan_file: Path) -> None:
    with contextlib.closing(sqlite3.connect(plan_file)) as connection:
        connection.execute("CREATE TABLE invoices (x)")
    with pytest.raises(PlanError, match="another program"):
        open_plan(plan_file)


def test_places_where_no_plan_can_be(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="is a folder"):
        open_plan(tmp_path)
    with pytest.raises(PlanError, match="does not exist"):
        open_plan(tmp_path / "nowhere" / "cap.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_plan(plan_file: Path) -> None:
    plan_file.touch()
    with contextlib.closing(open_plan(plan_file)) as database:
        assert applied(database)


def _refusal(file: Path, words: "multiprocessing.SimpleQueue[str]") -> None:
    if os.geteuid() == 0:
        os.setuid(65534)  # nothing is read-only to root, so that another user has to try
    try:
        open_plan(file).close()
    except PlanError as error:
        words.put(str(error))
    else:
        words.put("")


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter on Windows")
@pytest.mark.parametrize("target", ["file", "folder"])
def test_a_read_only_plan_says_so(target: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cap.db"
        open_plan(file).close()
        file.chmod(0o444 if target == "file" else 0o666)
        file.parent.chmod(0o777 if target == "file" else 0o555)
        context = multiprocessing.get_context("fork")
        words: multiprocessing.SimpleQueue[str] = context.SimpleQueue()
        child = context.Process(target=_refusal, args=(file, words))
        child.start()
        child.join(20)
        file.parent.chmod(0o777)
        assert not words.empty()
        assert "read-only" in words.get()


def test_a_plan_that_another_program_holds_says_so(plan_file: Path) -> None:
    with contextlib.closing(open_plan(plan_file, wait_seconds=0.05)) as database:
        with contextlib.closing(sqlite3.connect(plan_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(PlanError, match="Another program"), transaction(database):
                pass
            other.execute("ROLLBACK")
        with transaction(database) as connection:
            connection.execute("INSERT INTO runs (id, kind, started) VALUES ('a', 'b', 'c')")


def test_two_programs_that_open_a_new_plan_at_once_both_get_it(plan_file: Path) -> None:
    failures: list[BaseException] = []

    def open_it() -> None:
        try:
            open_plan(plan_file).close()
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with contextlib.closing(sqlite3.connect(plan_file)) as connection:
        assert connection.execute("SELECT count(*) FROM plan_migrations").fetchone() == (len(MIGRATIONS),)
