import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from domain.errors import CannotWork
from domain.files import part_in, save


def test_folders_are_made_and_nothing_is_left_beside(tmp_path: Path) -> None:
    file = save(tmp_path / "a" / "b" / "plan.csv", b"one")
    assert file.read_bytes() == b"one"
    assert [p.name for p in file.parent.iterdir()] == ["plan.csv"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = save(tmp_path / "plan.csv", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWork, match=r"plan\.csv cannot be written, because the disk is full: free some space"):
        save(file, b"new")
    assert file.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["plan.csv"]


def test_a_workbook_that_is_open_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = save(tmp_path / "plan.xlsx", b"old")

    def locked(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(CannotWork, match=r"plan\.xlsx cannot be replaced, because it is open in Excel .*: close it"):
        save(file, b"new")
    assert file.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_folder_without_rights_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(CannotWork, match=r"the folder .* is not writable: choose another folder"):
        save(tmp_path / "plan.xlsx", b"new")


def test_a_folder_of_that_name_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").mkdir()
    with pytest.raises(CannotWork, match="is a folder, not a file"):
        save(tmp_path / "plan.csv", b"x")


def test_a_file_where_a_folder_is_needed_is_said(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("I am a file")
    with pytest.raises(CannotWork, match=r"outputs is a file where a folder is needed"):
        save(tmp_path / "outputs" / "plan.csv", b"x")


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWork, match="name is too long"):
        save(tmp_path / ("x" * 300), b"x")


def test_what_killed_processes_left_is_swept_and_what_is_in_hand_is_left(tmp_path: Path) -> None:
    """A part of this computer goes with its process; another computer's, in a shared folder, only when it is old."""
    ours = part_in(tmp_path)
    here = ours.name.split("-")[1]
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    killed, folder = (tmp_path / f".cap-{here}-{gone.pid}-{n}.part" for n in (1, 2))
    young, old = (tmp_path / f".cap-00000000-{gone.pid}-{n}.part" for n in (3, 4))
    for part in (ours, killed, young, old):
        part.write_bytes(b"half")
    folder.mkdir()
    (folder / "inside").write_bytes(b"half")
    long_ago = time.time() - 7_200
    os.utime(old, (long_ago, long_ago))
    os.utime(ours, (long_ago, long_ago))
    save(tmp_path / "plan.csv", b"x")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([ours.name, young.name, "plan.csv"])
