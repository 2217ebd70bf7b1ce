"""`cap backup`, `cap restore`, and what people are told when the disk is full, held by another program, or far away."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import plan.drives
import plan.schema
from plan.migrations import MIGRATIONS
from plan.schema import open_with
from tests.cap.conftest import Cap
from tests.flows.test_crash_safety import environment
from tests.services import making


def backups_in(desk: Path) -> list[Path]:
    return sorted((desk / "outputs" / "backups").glob("*.zip"))


def test_a_backup_is_made_listed_checked_and_restored(cap: Cap, desk: Path, plan: Path) -> None:
    assert "no backups" in cap("backup", "--list").err
    made = cap("backup")
    assert made.code == 0
    assert "reviews: 5" in made.out
    (file,) = backups_in(desk)
    assert str(file) in "".join(cap("backup", "--list").out.split())
    before = making.dump(plan)
    checked = cap("restore", file, "--check")
    assert checked.code == 0
    assert "Nothing was changed" in checked.err
    asked = cap("restore", file)
    assert "Nothing was changed. To restore without being asked, add --yes" in asked.err
    assert making.dump(plan) == before
    making.change(plan, "UPDATE reviews SET title = 'changed'")
    done = cap("restore", file, "--yes")
    assert done.code == 0, done.err
    assert "The plan as it was before is kept in" in done.out
    assert "stop it and start it again" in done.err
    assert making.ask(plan, "SELECT count(*) FROM reviews WHERE title = 'changed'") == [(0,)]
    assert len(backups_in(desk)) == 2


def test_a_backup_goes_where_it_is_told_and_without_the_pdfs(cap: Cap, desk: Path, plan: Path) -> None:
    assert cap("backup", "--out", desk / "whole.zip").code == 0
    assert cap("backup", "--out", desk / "small.zip", "--without-originals").code == 0
    assert (desk / "small.zip").stat().st_size < (desk / "whole.zip").stat().st_size
    again = cap("backup", "--out", desk / "small.zip")
    assert again.code == 2
    assert "never written over" in again.err
    assert backups_in(desk) == []


def test_a_file_that_is_no_backup_is_refused(cap: Cap, desk: Path, plan: Path) -> None:
    (desk / "letter.zip").write_text("Dear all")
    before = making.dump(plan)
    ended = cap("restore", desk / "letter.zip", "--yes")
    assert ended.code == 2
    assert "is not a backup that can be read" in ended.err
    assert making.dump(plan) == before
    assert cap("restore", desk / "nothing.zip").code == 2


def test_an_import_is_preceded_by_a_backup(cap: Cap, desk: Path, plan: Path) -> None:
    (desk / "plan.csv").write_text(
        "Ref,Action,Lead agency,Target date,Progress\n1.1,Check that learning is shared,Police,2027-01-31,None\n",
        encoding="utf-8",
    )
    before = making.ask(plan, "SELECT count(*) FROM actions")
    assert cap("import", desk / "plan.csv", "--dry-run").code in (0, 1)
    assert backups_in(desk) == []
    assert cap("import", desk / "plan.csv", "--yes").code in (0, 1)
    (file,) = backups_in(desk)
    assert "before-importing" in file.name
    assert cap("restore", file, "--yes").code == 0
    assert making.ask(plan, "SELECT count(*) FROM actions") == before


def test_an_older_plan_is_copied_and_brought_up_to_date(cap: Cap, desk: Path) -> None:
    (desk / "outputs").mkdir()
    file = desk / "outputs" / "cap.db"
    open_with(file, MIGRATIONS[:-1]).close()
    assert cap("counts").code == 0
    (copy,) = file.parent.glob("cap.before-*.db")
    assert cap("restore", copy, "--yes").code == 0


def test_a_newer_plan_is_left_alone(cap: Cap, desk: Path) -> None:
    (desk / "outputs").mkdir()
    file = desk / "outputs" / "cap.db"
    open_with(file, (*MIGRATIONS, ("9999 from the future", "CREATE TABLE future (x)"))).close()
    before = file.read_bytes()
    for words in (("run",), ("counts",), ("backup",)):
        making.copied(desk / "corpus", making.JUNIPER)
        ended = cap(*words)
        assert ended.code == 3
        assert "newer version" in ended.err
    assert file.read_bytes() == before


def drives(monkeypatch: pytest.MonkeyPatch, *mounted: tuple[str, str]) -> None:
    """Let the system say that these places are mounted, each with its type of file system."""
    found = [SimpleNamespace(mountpoint=place, fstype=kind, opts="rw") for place, kind in (("/", "ext4"), *mounted)]
    monkeypatch.setattr(plan.drives.psutil, "disk_partitions", lambda all: found)  # type: ignore[attr-defined]
    plan.drives._is_remote.cache_clear()


@pytest.fixture
def forgets() -> object:
    yield
    plan.drives._is_remote.cache_clear()


@pytest.mark.usefixtures("forgets")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "smbfs"])
def test_a_plan_on_a_network_drive_is_refused(cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    making.copied(desk / "corpus", making.JUNIPER)
    drives(monkeypatch, (str(desk / "outputs"), kind))
    ended = cap("run")
    assert ended.code == 3
    assert "network drive" in ended.err
    assert not (desk / "outputs" / "cap.db").exists()


@pytest.mark.usefixtures("forgets")
def test_the_corpus_and_backups_may_lie_on_a_network_drive(
    cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.copied(desk / "corpus", making.JUNIPER)
    monkeypatch.setenv("CAP_BACKUPS", str(desk / "far"))
    drives(monkeypatch, (str(desk / "corpus"), "cifs"), (str(desk / "far"), "nfs"), (str(desk / "outputs2"), "nfs"))
    assert cap("run").code == 0
    assert cap("backup").code == 0
    (file,) = (desk / "far").glob("*.zip")
    assert cap("restore", file, "--yes").code == 0


def test_a_plan_that_another_program_holds_is_said(
    cap: Cap, desk: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_schema(), "BUSY_SECONDS", 0.2)
    making.copied(desk / "corpus", making.JUNIPER)
    with contextlib.closing(sqlite3.connect(plan, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = cap("visibility", "F", "published", "--why", "it is out")
    assert ended.code == 3
    assert "Another program" in ended.err
    assert "Traceback" not in ended.err
    assert cap("visibility", "F", "published", "--why", "it is out").code == 0


def plan_schema() -> object:
    """The module whose limit of waiting is shortened; its functions take it as their default, so they are told too."""
    keyword = plan.schema.open_plan.__kwdefaults__
    assert keyword is not None
    keyword["wait_seconds"] = 0.2
    return plan.schema


@pytest.fixture(autouse=True)
def patience_again() -> object:
    yield
    plan.schema.open_plan.__kwdefaults__["wait_seconds"] = 15.0  # type: ignore[index]


SMALL_DISK = """
mount -t tmpfs -o size=$SIZE tmpfs "$1/outputs" && cp -r "$1/ready/." "$1/outputs/" && chmod -R u+w "$1/outputs"
dd if=/dev/zero of="$1/outputs/other peoples files" bs=1k count=$FILL 2>/dev/null
shift; "$@"; echo "ended with $?" >&2
ls -A outputs outputs/originals outputs/backups >&2
rm "outputs/other peoples files"
cp outputs/cap.db* .
"""


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "true"], capture_output=True).returncode != 0,
    reason="this system lends nobody a small disk to fill",
)
@pytest.mark.parametrize("left", [0, 200, 600])
@pytest.mark.parametrize("words", [("run",), ("backup",), ("export", "--format", "docx")])
def test_a_full_disk_is_said_and_leaves_everything_as_it_was(tmp_path: Path, words: tuple[str, ...], left: int) -> None:
    """A real small disk with so many kB left: the command does its work or says that there is no room, and the plan is whole."""
    (tmp_path / "outputs").mkdir()
    making.copied(tmp_path / "corpus", *making.NAMES.values())
    ready = tmp_path / "ready"
    shutil.copytree(making.ingested(), ready, ignore=shutil.ignore_patterns("prefect"))
    shutil.copy(making.PROJECT / "tests" / "extract" / "reviews" / "lcspr-alder.pdf", tmp_path / "corpus")
    room = 4_000_000 + sum(file.stat().st_size for file in ready.rglob("*") if file.is_file())
    # Blocks of a small disk are of 4 kB, so that what fills it takes what is there but for `left`.
    fill = f"$(( $(df --output=avail -k outputs | tail -1) - {left} ))"
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK.replace("$FILL", fill), "sh",
         str(tmp_path), sys.executable, "-m", "cap.main", *words],
        cwd=tmp_path,
        env={**environment(tmp_path), "SIZE": str(room)},
        capture_output=True,
        text=True,
        timeout=300,
    )  # fmt: skip
    said = done.stderr
    assert "Traceback" not in said, said
    assert "ended with 3" in said or (left and "ended with 0" in said), said
    if "ended with 3" in said:
        assert "full" in said.casefold() or "No space left" in said or "no room" in said.casefold(), said
    assert not [name for name in said.split() if name.endswith((".part", ".unfinished"))], said
    with contextlib.closing(sqlite3.connect(tmp_path / "cap.db")) as held:
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    reviews = making.ask(tmp_path / "cap.db", "SELECT count(*) FROM reviews")
    assert reviews in ([(5,)], [(6,)])
