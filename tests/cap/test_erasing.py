"""`cap erase`: the review, its PDF in the corpus and the original go; dropped again, it is known and not taken in."""

import hashlib
from pathlib import Path

import pytest

from tests.cap.conftest import Cap
from tests.services import making


def test_a_review_goes_with_its_files_and_does_not_come_back(cap: Cap, desk: Path, plan: Path) -> None:
    pdf = making.reviews() / making.JUNIPER
    (desk / "corpus" / "again.pdf").write_bytes(pdf.read_bytes())
    sha = hashlib.sha256(pdf.read_bytes()).hexdigest()
    ((letter, text),) = making.ask(
        plan,
        "SELECT v.letter, r.text FROM reviews AS v JOIN recommendations AS r ON r.review_id = v.id WHERE v.sha256 = ? LIMIT 1",
        sha,
    )
    assert (plan.parent / "originals" / f"{sha}.pdf").exists()
    asked = cap("erase", letter, "--why", "The family asked for it.")  # nobody at a terminal to say yes
    assert "Nothing was erased" in asked.err
    done = cap("erase", letter, "--why", "The family asked for it.", "--yes")
    assert done.code == 0, done.err
    assert "is erased" in done.out
    assert not (plan.parent / "originals" / f"{sha}.pdf").exists()
    assert not list((desk / "corpus").iterdir())
    assert text[:60] not in cap("search", f'"{text[:60]}"').out
    (desk / "corpus" / "once more.pdf").write_bytes(pdf.read_bytes())
    for more in ([], ["--again"]):
        cap("run", *more)
        assert making.ask(plan, "SELECT DISTINCT text FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id "
                          "WHERE v.sha256 = ?", sha) == [("[erased]",)]  # fmt: skip
    assert "already" in cap("erase", letter, "--why", "Again.", "--yes").err


def test_the_question_says_what_would_go(cap: Cap, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("cap.erasing.agreed", lambda question: bool(asked.append(question)))
    ((found,),) = making.ask(
        plan, "SELECT count(*) FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id WHERE v.letter = 'F'"
    )
    assert "Nothing was erased" in cap("erase", "f", "--why", "The family asked for it.").err
    assert asked == [f"Erase review F for good: its {found} recommendations' words and its PDF? This cannot be undone."]
    unknown = cap("erase", "ZZ", "--why", "A slip.")
    assert (unknown.code, len(asked)) == (2, 1), "what is not there is not asked about"
