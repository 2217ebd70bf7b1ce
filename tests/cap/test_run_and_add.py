"""The main job as a person sees it: what is said, where things lie, what a second run does, how it ends."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from domain.errors import CannotWork, CapError, SandboxError
from tests.cap.conftest import Cap, rows_of
from tests.services import making


def test_reviews_of_ones_own_enter_the_real_plan_and_no_sample_with_them(cap: Cap, desk: Path) -> None:
    making.copied(desk / "corpus", making.CHILD_F, making.MR_T)
    ended = cap("run")
    assert ended.code == 0, ended.err
    assert ended.err.splitlines() == [
        f"[0/2] {making.MR_T}",
        f"[1/2] {making.CHILD_F}",
        "[2/2] done",
        "To look at it in a browser: cap serve",
    ]
    assert making.ask(desk / "outputs" / "cap.db", "SELECT file FROM reviews ORDER BY 1") == [
        (making.MR_T,),
        (making.CHILD_F,),
    ]
    assert not (desk / "outputs" / "demo").exists()
    book = openpyxl.load_workbook(desk / "outputs" / "composite-action-plan.xlsx")
    assert "draft" in " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row).lower()


def test_another_corpus_can_be_named(cap: Cap, desk: Path) -> None:
    making.copied(desk / "my reviews", making.ROWAN)
    ended = cap("run", "--corpus", "my reviews")
    assert ended.code == 0, ended.err
    assert "1 taken in" in ended.out
    assert making.ask(desk / "outputs" / "cap.db", "SELECT file FROM reviews") == [(making.ROWAN,)]


def test_a_named_corpus_without_reviews_shows_no_samples(cap: Cap, desk: Path) -> None:
    (desk / "mine").mkdir()
    ended = cap("run", "--corpus", "mine")
    assert ended.code == 0
    assert "Put PDFs into it" in ended.err
    assert not (desk / "outputs").exists()


def test_a_plan_whose_pdfs_were_put_away_is_counted_and_no_samples_are_shown(cap: Cap, plan: Path, desk: Path) -> None:
    assert cap("adopt", "F 3").code == 0
    book = desk / "outputs" / "composite-action-plan.xlsx"
    before = book.stat().st_mtime_ns
    ended = cap("run")
    assert ended.code == 0, ended.err
    assert "holds no reviews" in ended.err
    assert "0 files" in ended.out
    assert not (desk / "outputs" / "demo").exists()
    assert book.stat().st_mtime_ns > before, "the working copy shows what was decided"


def test_a_corpus_that_is_not_there_ends_with_3(cap: Cap, desk: Path) -> None:
    ended = cap("run", "--corpus", "nowhere")
    assert (ended.code, ended.out) == (3, "")
    assert f"There is no folder {desk / 'nowhere'}" in ended.err
    assert not (desk / "outputs").exists()


def test_samples_named_as_the_corpus_go_into_the_demo(cap: Cap, desk: Path) -> None:
    making.some_samples(desk / "samples", "spr-juniper.pdf")
    ended = cap("run", "--corpus", "samples")
    assert ended.code == 0, ended.err
    assert "1 taken in" in ended.out
    assert "wexmere-action-plan.xlsx, 14 actions" in ended.err
    assert not (desk / "outputs" / "cap.db").exists()
    assert (desk / "outputs" / "demo" / "cap.db").exists()


def test_a_sample_in_a_real_corpus_is_refused_and_the_rest_done(cap: Cap, desk: Path) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    (desk / "corpus" / "mr t.pdf").write_bytes((making.SAMPLES / "sar-mr-t.pdf").read_bytes())
    ended = cap("run")
    assert ended.code == 1
    assert "mr t.pdf is one of the fictional samples" in ended.err
    assert "1 taken in, 0 known already, 1 not taken" in ended.out


def test_the_same_content_under_two_names_in_one_run_and_over_two(cap: Cap, desk: Path) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    content = (desk / "corpus" / making.ROWAN).read_bytes()
    (desk / "corpus" / "Zweite Kopie (é).pdf").write_bytes(content)
    ended = cap("run")
    assert ended.code == 0
    assert f"Zweite Kopie (é).pdf (the same as {making.ROWAN})" in ended.out
    before = making.said(desk / "outputs" / "cap.db")
    (desk / "corpus" / "third.pdf").write_bytes(content)
    ended = cap("run")
    assert ended.code == 0
    assert f"third.pdf (the same as {making.ROWAN})" in ended.out
    assert "0 taken in, 3 known already, 0 not taken" in ended.out
    assert making.said(desk / "outputs" / "cap.db") == before


def test_reading_again_says_what_it_did_and_keeps_what_was_decided(cap: Cap, plan: Path, desk: Path) -> None:
    making.copied(desk / "corpus", making.CHILD_F)
    assert cap("adopt", "F 3").code == 0
    before = making.said(plan)
    ended = cap("run", "--again")
    assert ended.code == 0, ended.err
    assert [row[-1] for row in rows_of(ended.out)[1:]] == [making.CHILD_F]
    assert making.said(plan) == before


# ------------------------------------------------------------------------------------------------ cap add


def test_a_review_is_added_by_name_and_copied_into_the_corpus(cap: Cap, desk: Path) -> None:
    ended = cap("add", making.reviews() / making.HAZEL, making.reviews() / making.ROWAN)
    assert ended.code == 0, ended.err
    assert sorted(file.name for file in (desk / "corpus").iterdir()) == sorted([making.HAZEL, making.ROWAN])
    assert "2 taken in" in ended.out
    again = cap("add", making.reviews() / making.HAZEL)
    assert again.code == 0
    assert "0 taken in, 1 known already" in again.out
    assert cap("run").code == 0


def test_what_cannot_be_added_is_said_and_the_rest_is(cap: Cap, desk: Path) -> None:
    (desk / "letter.docx").write_bytes(b"PK\3\4 no pdf")
    ended = cap("add", "letter.docx", "absent.pdf", making.SAMPLES / "scr-child-f.pdf", making.reviews() / making.ROWAN)
    assert ended.code == 1
    assert "letter.docx is not a PDF" in ended.err
    assert f"There is no file {desk / 'absent.pdf'}" in ended.err
    assert "scr-child-f.pdf is one of the fictional samples" in ended.err
    assert "1 taken in, 0 known already, 3 not taken" in ended.out
    assert [file.name for file in (desk / "corpus").iterdir()] == [making.ROWAN]


@pytest.mark.parametrize(("flag", "letter"), [("--edition", "B"), ("--separate", "E")])
def test_a_new_edition_waits_for_a_person_and_the_offered_command_settles_it(
    cap: Cap, plan: Path, desk: Path, flag: str, letter: str
) -> None:
    making.copied(desk / "corpus")
    with pikepdf.open(making.reviews() / making.JUNIPER) as pdf:
        pdf.docinfo["/Title"] = "second edition"
        pdf.save(desk / "corpus" / "new Juniper.pdf")
    before = making.said(plan)
    offered = cap("run")
    assert offered.code == 1
    assert "0 taken in, 5 known already, 1 not taken" in offered.out
    (line,) = [line for line in offered.err.splitlines() if line.startswith("Waiting for you: ")]
    assert f"review B ({making.JUNIPER})" in line
    assert making.said(plan) == before
    command = re.search(rf'cap add {flag} "([^"]+)"', offered.err)
    assert command
    ended = cap("add", flag, command[1])
    assert ended.code == 0, ended.err
    assert rows_of(ended.out)[1][0] == letter
    assert cap("run").code == 0, "and it is not offered again"


def test_nothing_is_added_while_the_samples_are_the_corpus(
    cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_CORPUS", str(making.SAMPLES))
    ended = cap("add", making.reviews() / making.ROWAN)
    assert (ended.code, ended.out) == (2, "")
    assert "Set CAP_CORPUS" in ended.err


# ------------------------------------------------------------------------------------------------ how it ends


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def step(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("services.ingestion.read_pdf", step)


def test_a_person_who_stops_it_is_told_how_to_go_on(cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    # Whoever starts the tests in the background of a script has them ignore the key that stops a program.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with monkeypatch.context() as patch:
            patch.setattr("flows.ingest.enter", lambda *_, **__: signal.raise_signal(signal.SIGINT))
            ended = cap("run")
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.code == 130
    assert ended.err.splitlines()[-1].startswith("Stopped. What was reported as done is kept; run the command again")
    assert cap("run").code == 0


@pytest.mark.parametrize(
    "error",
    [
        SandboxError("The computer could not start another process. Close other programs and try again."),
        CannotWork("The disk is full."),
    ],
)
def test_what_stops_the_whole_job_ends_with_3_and_its_sentence(
    cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch, error: CapError
) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    fail_with(monkeypatch, error)
    ended = cap("run")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.splitlines()[-1] == str(error)


# ------------------------------------------------------------------------------------------------ as a process


def test_the_program_itself_keeps_results_progress_and_codes_apart(desk: Path) -> None:
    """In a process of its own: the one place where nothing of the tests' stands between a person and the program."""
    making.copied(desk / "corpus", making.ROWAN)
    (desk / "corpus" / "note [1] :cat:.pdf").write_bytes(b"no pdf")
    done = subprocess.run(
        [sys.executable, "-m", "cap.main", "run"],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(making.PROJECT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 1
    assert "1 taken in, 0 known already, 1 not taken" in done.stdout
    assert done.stderr.splitlines() == [
        f"[0/1] {making.ROWAN}",
        "[1/1] done",
        "Not taken (not a PDF): note [1] :cat:.pdf is not a PDF. Open it in the program that made it and save it as PDF.",
        "To look at it in a browser: cap serve",
    ]
    assert not (desk / "outputs" / "models").exists(), "what is costly is shared by these tests"


def test_the_counts_are_shown_only_where_something_was_taken_in(cap: Cap, plan: Path, desk: Path) -> None:
    making.copied(desk / "corpus", making.CHILD_F)
    known = cap("run")
    assert known.code == 0, known.err
    assert "Recommendations by quadrant" not in known.out
    fresh = cap("run", "--again")
    assert "Recommendations by quadrant (drafts included; undecided ones count as open)" in fresh.out
