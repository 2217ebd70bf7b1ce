"""`cap briefing` as a person asks for it."""

from pathlib import Path

import pikepdf
import pytest

from tests.cap.conftest import Cap
from tests.publish.test_documents_read_back import docx_text, pdf_text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["neglect"], "briefing-neglect-public.docx"),
        (["q2", "--format", "pdf"], "briefing-q2-public.pdf"),
        (["Working with men and fathers", "--audience", "partnership"], "briefing-men-and-fathers-partnership.docx"),
    ],
)
def test_it_lies_in_the_outputs_under_the_name_of_its_theme(cap: Cap, plan: Path, words: list[str], name: str) -> None:
    ended = cap("briefing", *words)
    assert (ended.code, ended.out.strip()) == (0, str(plan.parent / name))
    assert (plan.parent / name).is_file()


def test_the_public_one_quotes_what_is_published_and_decided_alone(cap: Cap, plan: Path, desk: Path) -> None:
    assert cap("visibility", "F", "published").code == 0
    assert cap("adopt", "F 3", "--quadrant", "Q2", "--target", "2024-03-31").code == 0
    assert cap("adopt", "B 8.7", "--quadrant", "Q2").code == 0
    ended = cap("briefing", "Q2", "--out", "q2.pdf")
    assert ended.code == 0
    assert "review B" in ended.err
    public = pdf_text(desk / "q2.pdf")
    assert "F, recommendation 3, page 6" in public
    assert "overdue by 2 years" in public
    assert "Juniper" not in public
    assert "B, recommendation" not in public
    assert cap("briefing", "Q2", "--audience", "partnership", "--out", "q2.docx").err == ""
    assert "B, recommendation 8.7, page 6" in docx_text(desk / "q2.docx")
    with pikepdf.open(desk / "q2.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_it_says_where_the_rest_is_and_tells_nobody_to_run_a_command(cap: Cap, plan: Path, desk: Path) -> None:
    assert cap("briefing", "Q4", "--audience", "partnership", "--out", "q4.pdf").code == 0
    said = pdf_text(desk / "q4.pdf")
    assert " are quoted here; the other " in said
    assert "in the reviews themselves." in said
    assert "cap search" not in said and "--" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["weather"],
            "There is no theme weather. Give the code or the title of one of these. quadrants: Q1, Q2, Q3, Q4;",
        ),
        (["neglect", "--format", "docx", "--out", "x.pdf"], "so that they agree"),
        (["neglect", "--format", "odt"], "odt"),
        ([], "TOPIC"),
    ],
)
def test_wrong_usage_is_said(cap: Cap, plan: Path, words: list[str], said: str) -> None:
    ended = cap("briefing", *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_what_datasette_needs_lies_beside_the_workbook(cap: Cap, plan: Path) -> None:
    assert cap("run").code == 0
    (plan.parent / "composite-action-plan.xlsx").unlink()
    (plan.parent / "metadata.yml").unlink(missing_ok=True)
    assert cap("run").code == 0
    assert '"composite_action_plan"' in (plan.parent / "metadata.yml").read_text(encoding="utf-8")
