"""What an installation brings along: built as a package and unpacked elsewhere, `cap` works without the folder it came from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEFT_BEHIND = {".venv", ".git", "outputs", "tests", "benchmarks", "docs", "build"}
NO_DATA = {".py", ".pyc", ".typ"}  # code, and the sources of the samples' pages
DATA = ("domain", "models", "publish", "review", "corpus/samples")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the package was installed, without the libraries that this environment has already."""
    source, built = tmp_path_factory.mktemp("source") / "throughline", tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT, source, ignore=lambda folder, names: LEFT_BEHIND & set(names) if Path(folder) == ROOT else ())
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    target = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", built, source], check=True)
    (wheel,) = built.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", target, wheel], check=True)
    return target


def installed_cap(unpacked: Path, desk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`cap` as installed there, in a folder of somebody's own."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("CAP_")}
    return subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            "import cap.main; assert 'elsewhere' in cap.main.__file__; cap.main.main()",
            *words,
        ],
        cwd=desk,
        env={**given, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_every_file_of_data_comes_along(unpacked: Path) -> None:
    wanted = {
        file.relative_to(ROOT)
        for folder in DATA
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix not in NO_DATA
    }
    wanted.add(Path("publish/paper.typ"))
    assert {file for file in wanted if not (unpacked / file).is_file()} == set()


@pytest.mark.slow
def test_the_doctor_is_content_and_reviews_are_taken_in_there(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    shutil.copy(ROOT / "tests" / "extract" / "reviews" / "scr-child-h.pdf", tmp_path / "corpus")
    run = installed_cap(unpacked, tmp_path, "run")
    assert run.returncode == 0, run.stderr
    assert "1 taken in" in run.stdout
    doctor = installed_cap(unpacked, tmp_path, "doctor")
    assert doctor.returncode == 0, doctor.stdout
    for words in (["search", "weight"], ["export", "--audience", "partnership", "--format", "pdf"]):
        ended = installed_cap(unpacked, tmp_path, *words)
        assert ended.returncode == 0, ended.stderr
