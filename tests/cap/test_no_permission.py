"""Files and folders that a person may not read or write: said in one sentence, the rest done, nothing half done.

Whoever runs the tests may be root, whom no permission stops; then `cap` runs without that freedom, in one process for
all the scenes.
"""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cap.conftest import Ended
from tests.services import making

DRIVER = """
import contextlib, io, json, os, sys

answers = []
for place, words in json.load(sys.stdin):
    os.chdir(place)
    sys.argv = ["cap", *words]
    from cap.main import main
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
            code = "no exit"
        except SystemExit as end:
            code = end.code or 0
        except BaseException as error:
            code = repr(error)
    answers.append((code, out.getvalue(), err.getvalue()))
json.dump(answers, sys.stdout)
"""


def bound_by_rights() -> None:
    """Root's freedom from permissions is given up, by what starts next and for good. Called after the fork."""
    for freedom in (1, 2, 3):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
        ctypes.CDLL(None).prctl(24, freedom, 0, 0, 0)  # PR_CAPBSET_DROP


def start(words: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
    """A process for which permissions hold."""
    bind = bound_by_rights if os.geteuid() == 0 else None
    return subprocess.run(words, capture_output=True, text=True, timeout=300, preexec_fn=bind, check=False, **how)


@pytest.fixture(scope="module")
def ended() -> Iterator[dict[str, tuple[Ended, Path]]]:
    """Every scene of `SCENES`, played by somebody without rights: how each ended, and where it played."""
    if sys.platform == "win32":
        pytest.skip("permissions of another kind")
    stage = Path(tempfile.mkdtemp(prefix="cap-rights-"))
    try:
        yield play(stage)
    finally:
        for path in (stage, *stage.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(stage, ignore_errors=True)


def play(stage: Path) -> dict[str, tuple[Ended, Path]]:
    (stage / "closed").touch(mode=0o000)
    if start([sys.executable, "-c", "open('closed')"], cwd=stage).returncode == 0:
        pytest.skip("root cannot give up its freedom from permissions here, so rights cannot be tried")
    script = []
    for name, (words, forbid) in SCENES.items():
        making.copied(stage / name / "corpus", making.JUNIPER)
        forbid(stage / name)
        script.append((str(stage / name), words))
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("CAP_", "PREFECT_"))},
        "PYTHONPATH": str(making.PROJECT),
        "CAP_MODELS": str(making.models()),
        "CAP_TRAINED": str(making.trained()),
        "CAP_WORKERS": "1",
    }
    done = start([sys.executable, "-c", DRIVER], input=json.dumps(script), env=environment, cwd=stage)
    assert done.returncode == 0, done.stderr
    return {name: (Ended(*answer), stage / name) for name, answer in zip(SCENES, json.loads(done.stdout), strict=True)}


# ------------------------------------------------------------------------------------------------ the scenes


def a_pdf(place: Path) -> None:
    file = place / "corpus" / "Secret é.pdf"
    shutil.copy(making.reviews() / making.ROWAN, file)
    file.chmod(0o000)


def a_folder_in_the_corpus(place: Path) -> None:
    (place / "corpus" / "private").mkdir(mode=0o000)


def with_plan(place: Path) -> Path:
    return making.copy_of_plan(place / "outputs")


def read_only_outputs(place: Path) -> None:
    (place / "outputs").mkdir(mode=0o555)


def read_only_plan(place: Path) -> None:
    (with_plan(place) / "cap.db").chmod(0o444)


def read_only_originals(place: Path) -> None:
    (place / "outputs").mkdir()
    (place / "outputs" / "originals").mkdir(mode=0o555)


def anothers_prefect(place: Path) -> None:
    """The first run was another person's: what Prefect keeps is not ours to write."""
    for file in (with_plan(place) / "prefect").iterdir():
        file.chmod(0o444)
    (place / "outputs" / "prefect").chmod(0o555)


def closed_settings(place: Path) -> None:
    (place / "cap.toml").write_text('user = "x"')
    (place / "cap.toml").chmod(0o000)


SCENES = {
    "a pdf": (["run"], a_pdf),
    "a folder in the corpus": (["run"], a_folder_in_the_corpus),
    "the corpus": (["run"], lambda place: (place / "corpus").chmod(0o000)),
    "outputs": (["run"], read_only_outputs),
    "the desk": (["run"], lambda place: place.chmod(0o555)),
    "the plan": (["run"], read_only_plan),
    "the plan, to search": (["search", "fathers"], read_only_plan),
    "the plan, to adopt": (["adopt", "F 3"], read_only_plan),
    "originals": (["run"], read_only_originals),
    "prefect": (["run"], anothers_prefect),
    "closed outputs": (["counts"], lambda place: with_plan(place).chmod(0o000)),
    "closed outputs, the doctor": (["doctor"], lambda place: with_plan(place).chmod(0o000)),
    "settings": (["counts"], closed_settings),
    "where to export": (
        ["export", "--out", "shut/export.csv"],
        lambda place: (with_plan(place).parent / "shut").mkdir(mode=0o555),
    ),
    "a corpus to add to": (["add", "../a pdf/corpus/Juniper LCSPR.pdf"], lambda place: (place / "corpus").chmod(0o555)),
}


def said(ended: Ended) -> str:
    """The one sentence of a command that could not do its work."""
    lines = [line for line in ended.err.splitlines() if not line.startswith(("[", "To look at it"))]
    assert len(lines) == 1, ended.err
    assert lines[0].endswith((".", "cap run"))
    return lines[0]


def test_a_pdf_that_may_not_be_read_is_named_and_the_rest_done(ended: dict[str, tuple[Ended, Path]]) -> None:
    it, _ = ended["a pdf"]
    assert it.code == 1
    assert (
        said(it)
        == "Not taken (cannot be read): You have no right to read Secret é.pdf. Ask its owner, or copy it again."
    )
    assert "1 taken in, 0 known already, 1 not taken" in it.out


def test_a_folder_that_may_not_be_looked_into_is_named_and_the_rest_done(ended: dict[str, tuple[Ended, Path]]) -> None:
    it, _ = ended["a folder in the corpus"]
    assert it.code == 1
    assert "You have no right to look into the folder private" in said(it)
    assert "1 taken in, 0 known already, 1 not taken" in it.out


@pytest.mark.parametrize(
    ("scene", "names", "do"),
    [
        ("the corpus", "corpus", "Ask for the right to read it"),
        ("outputs", "outputs", "CAP_OUTPUTS"),
        ("the desk", "outputs", "CAP_OUTPUTS"),
        ("the plan", "cap.db", "read-only"),
        ("the plan, to search", "cap.db", "read-only"),
        ("the plan, to adopt", "cap.db", "read-only"),
        ("originals", "originals", "right to write there"),
        ("prefect", "prefect", "CAP_OUTPUTS"),
        ("closed outputs", "cap.db", "Ask for the right to read the folder"),
        ("where to export", "shut/export.csv", "choose another folder"),
        ("a corpus to add to", "corpus", "CAP_CORPUS"),
    ],
)
def test_what_cannot_be_done_without_rights_is_said_with_the_place(
    ended: dict[str, tuple[Ended, Path]], scene: str, names: str, do: str
) -> None:
    it, _ = ended[scene]
    assert it.code == 3, it
    assert it.out == ""
    assert names in said(it)
    assert do in said(it)


def test_the_plan_is_as_it_was(ended: dict[str, tuple[Ended, Path]]) -> None:
    for scene in ("the plan", "the plan, to search", "the plan, to adopt"):
        _, place = ended[scene]
        assert making.dump(place / "outputs" / "cap.db") == making.dump(making.ingested() / "cap.db")
    _, place = ended["originals"]
    assert making.said(place / "outputs" / "cap.db") == []


def test_settings_that_may_not_be_read_are_wrong_usage(ended: dict[str, tuple[Ended, Path]]) -> None:
    it, _ = ended["settings"]
    assert it.code == 2
    assert "cap.toml cannot be read" in said(it)


def test_the_doctor_finds_what_may_not_be_read(ended: dict[str, tuple[Ended, Path]]) -> None:
    it, _ = ended["closed outputs, the doctor"]
    assert it.code == 3
    assert any(line.startswith("NOT WELL  Plan") for line in it.out.splitlines())
    assert any(line.startswith("well      Reading PDFs") for line in it.out.splitlines())
