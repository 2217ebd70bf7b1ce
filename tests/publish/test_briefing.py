"""The briefing, read back: one page, in the reviews' own words, with nothing of what its readers may not see."""

import dataclasses
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest

from domain.errors import UsageError
from domain.framework import Framework
from domain.states import Audience, Kind, Outcome, Status, Visibility
from publish.briefing import briefing_paper, overdue_words, write_briefing_docx, write_briefing_pdf
from publish.contents import PlanContents
from publish.pdf import pages
from publish.themes import Theme, theme_of, themes, what_is_asked
from tests.publish.test_documents_read_back import MARKUP, docx_text, pdf_text

Make = Callable[..., Any]
ASK = "ask for the father's account of the child's day in every assessment, and write it down."


@pytest.fixture
def fathers(framework: Framework) -> Theme:
    return theme_of(framework, "men-and-fathers")


@pytest.fixture
def asked(make: Make, recommendation: Make, review: Make, action: Make) -> Make:
    """Three published reviews and a draft; one ask of three reviews, one of two, and single ones."""

    def build(**changes: Any) -> PlanContents:
        reviews = tuple(
            review(id=n, letter=letter, reference=f"Child {letter}", published=published, visibility=visibility)
            for n, (letter, published, visibility) in enumerate(
                (
                    ("K", "2025-11-20", Visibility.PUBLISHED),
                    ("L", "2016", Visibility.PUBLISHED),
                    ("M", "2021-09", Visibility.PUBLISHED),
                    ("N", "2024-01-31", Visibility.DRAFT),
                ),
                start=1,
            )
        )
        given = (
            ("K", "1", ASK, "g-1", Outcome.ADOPTED),
            ("L", "4", ASK.replace("and write", "and to write"), "g-1", Outcome.JOINED),
            ("M", "2", f"In future {ASK}", "g-1", Outcome.DECLINED),
            ("N", "7", f"The secret matter: {ASK}", "g-1", Outcome.ADOPTED),
            ("L", "5", "find men who live in the household and are named nowhere.", "g-2", Outcome.ADOPTED),
            ("K", "2", "look for men of the household of whom no record speaks.", "g-2", Outcome.ADOPTED),
            ("M", "3", "offer fathers a worker of their own.", None, Outcome.PROPOSED),
            ("K", "3", "invite fathers to every conference.", None, Outcome.ADOPTED),
        )
        by_letter = {r.letter: r for r in reviews}
        rows = tuple(
            recommendation(
                id=f"r-{n:012}",
                review_id=by_letter[letter].id,
                review_letter=letter,
                review_reference=f"Child {letter}",
                number=number,
                text=text,
                lead_in=None,
                page=20 + n,
                group_id=group,
                outcome=outcome,
                visibility=by_letter[letter].visibility,
                published=by_letter[letter].published,
                decided=n % 2 == 0,
            )
            for n, (letter, number, text, group, outcome) in enumerate(given)
        )
        actions = (
            action(ref="1.1", recommendations=(rows[0].id,), target_date="2025-12-01"),
            action(ref="1.2", recommendations=(rows[4].id,), status=Status.CLOSED, closed="2026-01-05", achieved=False),
            action(ref="1.3", text="Another theme altogether.", recommendations=()),
            action(ref="1.4", text="The hidden action.", review_refs=("N",), recommendations=(rows[3].id,)),
            action(ref="1.5", text="The replaced one.", recommendations=(rows[0].id,), status=Status.SUPERSEDED),
        )
        return make(**({"reviews": reviews, "recommendations": rows, "actions": actions} | changes))  # type: ignore[no-any-return]

    return build


def table(contents: PlanContents, theme: Theme, heading: str) -> list[tuple[str, ...]]:
    section = next(s for s in briefing_paper(contents, theme).sections if s.heading == heading)
    return [] if section.table is None else list(section.table.rows)


def sentences(contents: PlanContents, theme: Theme) -> str:
    return " ".join(words for section in briefing_paper(contents, theme).sections for words in section.paragraphs)


@pytest.mark.parametrize(
    ("words", "code"),
    [("Q2", "Q2"), ("q2", "Q2"), ("neglect", "neglect"), ("NEGLECT", "neglect"), (" working with men  and fathers", "men-and-fathers"),
     ("Information-sharing", "information-sharing"), ("information sharing and fora for discussion", "Q2")],
)  # fmt: skip
def test_a_theme_is_named_by_code_or_title(framework: Framework, words: str, code: str) -> None:
    assert theme_of(framework, words).code == code


def test_an_unknown_theme_is_refused_with_every_choice(framework: Framework) -> None:
    with pytest.raises(UsageError) as refused:
        theme_of(framework, "weather")
    assert "weather" in str(refused.value)
    assert all(theme.code in str(refused.value) for theme in themes(framework))


def test_near_repeats_come_first_by_how_many_reviews_ask(asked: Make, fathers: Theme) -> None:
    rows = table(asked(), fathers, "What keeps being asked")
    assert rows[0] == (f"\u201c{ASK}\u201d", "K, recommendation 1, page 20", "3, of reviews L, M, N")
    assert rows[1][2] == "1, of review L"
    assert {row[2] for row in rows[2:]} == {"None"}
    assert rows[2][1].startswith("M, ")  # a person confirmed it
    assert "2 of the 4 different recommendations are made more than once; these come first." in sentences(
        asked(), fathers
    )


def test_why_counts_and_says_the_period_and_what_became(asked: Make, fathers: Theme) -> None:
    said = sentences(asked(), fathers)
    assert "8 recommendations of 4 reviews are on it, published from 2016 to November 2025." in said
    assert "6 became an action or joined one, 1 declined, 1 waiting for a decision." in said
    assert "A person has confirmed that 4 of them belong to this topic; software suggested it for the other 4." in said
    assert "The reviews: K is Child K; L is Child L; M is Child M; N is Child N." in said


def test_a_review_without_a_reference_is_named_by_its_title(
    asked: Make, fathers: Theme, review: Make, recommendation: Make
) -> None:
    contents = asked()
    nameless = dataclasses.replace(contents.reviews[0], reference=None, title="Audit of neglect")
    rows = tuple(
        dataclasses.replace(row, review_reference=None) if row.review_id == nameless.id else row
        for row in contents.recommendations
    )
    said = sentences(
        dataclasses.replace(contents, reviews=(nameless, *contents.reviews[1:]), recommendations=rows), fathers
    )
    assert "The reviews: K is Audit of neglect; L is Child L; M is Child M; N is Child N." in said


def test_actions_stand_apart_by_what_was_done_and_what_is_open(asked: Make, fathers: Theme) -> None:
    contents = asked()
    done, still = table(contents, fathers, "What was done"), table(contents, fathers, "What is still to be done")
    assert [(row[0], row[2], row[3]) for row in done] == [
        ("1.2", "Business Manager", "Closed in 2026, its aim not achieved")
    ]
    assert [row[0] for row in still] == ["1.1", "1.4"]  # the longest overdue first
    assert still[0][3] == "1 December 2025, overdue by 3 months"
    assert still[1][3] == "1 June 2026"
    assert "1 action of 3 on it is complete, assured or closed" in sentences(contents, fathers)


def test_an_end_of_which_no_aim_is_recorded_is_not_called_a_failure(asked: Make, action: Make, fathers: Theme) -> None:
    ended = action(status=Status.CLOSED, closed="2024-05-01", recommendations=("r-000000000000",))
    rows = table(asked(actions=(ended,)), fathers, "What was done")
    assert rows[0][3] == "Closed in 2024; whether its aim was achieved is not recorded"


def test_a_quadrant_has_its_own_actions(asked: Make, framework: Framework) -> None:
    assert [row[0] for row in table(asked(), theme_of(framework, "Q1"), "What is still to be done")] == [
        "1.1",
        "1.3",
        "1.4",
    ]


@pytest.mark.parametrize("write", [write_briefing_docx, write_briefing_pdf])
def test_the_public_sees_nothing_of_a_hidden_review(asked: Make, fathers: Theme, tmp_path: Path, write: Make) -> None:
    file = write(asked(audience=Audience.PUBLIC), fathers, tmp_path / "b")
    text = pdf_text(file) if write is write_briefing_pdf else docx_text(file)
    for words in (
        "Child N",
        "secret",
        "hidden",
        "N, ",
        ", N",
        "a worker of their own",
        "1.4",
        "may hold what is not published",
    ):
        assert words not in text
    for words in (ASK, "6 recommendations of 3 reviews", "K, recommendation 1, page 20", "Child M"):
        assert words in text


def test_for_the_public_nearly_the_same_words_stand_together(asked: Make, fathers: Theme) -> None:
    rows = table(asked(audience=Audience.PUBLIC), fathers, "What keeps being asked")
    assert rows[0][1:] == ("K, recommendation 1, page 20", "2, of reviews L, M")
    assert {row[2] for row in rows[1:]} == {"None"}  # the other group is alike in meaning only
    assert "waiting for a decision" not in sentences(asked(audience=Audience.PUBLIC), fathers)


def test_alike_by_wording_is_what_comparing_every_pair_finds(recommendation: Make) -> None:
    words = "the board should ask each agency to show how fathers are found and named".split()
    rows = [
        recommendation(
            id=f"r-{n:012}", text=" ".join(words[: 5 + n % 9] + [f"w{n % 4}"] * (n % 3)), lead_in=None, page=n + 1
        )
        for n in range(60)
    ]
    found = what_is_asked(rows, grouped=False)
    assert sorted(r.id for ask in found for r in ask.everything) == [r.id for r in rows]
    firsts: list[set[str]] = []
    for row in rows:
        bag = set(row.text.split())
        if not any(len(bag & first) >= 0.8 * len(bag | first) for first in firsts):
            firsts.append(bag)
    assert len(found) == len(firsts)


def test_short_words_under_a_lead_in_are_not_taken_for_the_same(recommendation: Make) -> None:
    rows = [
        recommendation(id=f"r-{n}", text="do so every year.", lead_in=f"Of matter {n}:", page=n + 1) for n in range(3)
    ]
    assert [len(ask.everything) for ask in what_is_asked(rows, grouped=False)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, ""), (-5, ""), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (59, "8 weeks"), (61, "2 months"),
     (729, "23 months"), (731, "2 years"), (4000, "10 years")],
)  # fmt: skip
def test_overdue_in_words(days: int, words: str) -> None:
    assert overdue_words(days) == (f"overdue by {words}" if words else "")


@pytest.mark.parametrize("audience", list(Audience))
def test_nothing_asked_is_a_page_that_says_so(make: Make, fathers: Theme, audience: Audience) -> None:
    paper = briefing_paper(make(audience=audience), fathers)
    assert "No recommendation on it is" in paper.sections[0].paragraphs[-1]
    assert pages(paper) == 1


def crowded(asked: Make, recommendation: Make, action: Make, text: str, audience: Audience) -> PlanContents:
    rows = tuple(
        recommendation(
            id=f"r-{n:012}", text=f"{n} {text}", lead_in=None, page=n, number=f"{n}", group_id=f"g-{n // 3}" if n < 90 else None,
            review_id=1 + n % 3, review_letter="KLM"[n % 3], review_reference=f"Child {'KLM'[n % 3]} {text}", kind=Kind.AREA,
        )
        for n in range(300)
    )  # fmt: skip
    actions = tuple(
        action(
            ref=f"1.{n}", text=text, lead_agency=text, target_date=text if n % 3 else "2020-01-01",
            status=Status.CLOSED if n % 2 else Status.OPEN, achieved=None, recommendations=(f"r-{n:012}",),
        )
        for n in range(80)
    )  # fmt: skip
    return asked(recommendations=rows, actions=actions, audience=audience)  # type: ignore[no-any-return]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize(
    "text",
    [
        "train staff.",
        "make sure that every agency shows how it hears the child " * 12,
        "W" * 3000,
        "\u7684" * 3000,
        MARKUP * 9,
    ],
    ids=["short", "long", "one-word", "no-spaces", "markup"],
)
def test_it_is_one_page_and_says_how_many_quotations_it_left_out(
    asked: Make, recommendation: Make, action: Make, fathers: Theme, tmp_path: Path, text: str, audience: Audience
) -> None:
    contents = crowded(asked, recommendation, action, text, audience)
    began = time.monotonic()
    paper = briefing_paper(contents, fathers)
    assert time.monotonic() - began < 20
    file = write_briefing_pdf(contents, fathers, tmp_path / "b.pdf")
    assert len(pypdfium2.PdfDocument(file)) == 1
    quoted = paper.sections[1].table
    assert quoted is not None
    assert 1 <= len(quoted.rows) < 30
    found = contents.recommendations
    everything = len(what_is_asked(found, grouped=not contents.for_public))
    if everything > len(quoted.rows):
        rest = everything - len(quoted.rows)
        others = "the other one is" if rest == 1 else f"the other {rest} are"
        assert f"{others} in the reviews themselves." in paper.sections[1].paragraphs[0]
    where = "in the published plan" if audience is Audience.PUBLIC else "in the Composite Action Plan"
    assert where in paper.sections[3].paragraphs[0]
    printed = " ".join(part for section in paper.sections for part in section.paragraphs)
    assert not re.search(r"\bcap [a-z]|--[a-z]", printed), "whoever reads a printed page has no terminal"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice, which sets Word files, is not here")
def test_the_word_file_is_one_page_too(
    asked: Make, recommendation: Make, action: Make, fathers: Theme, tmp_path: Path
) -> None:
    texts = ("train staff.", "make sure that every agency shows how it hears the child " * 12, "W" * 3000, MARKUP * 9)
    files = [
        write_briefing_docx(
            crowded(asked, recommendation, action, text, Audience.PARTNERSHIP), fathers, tmp_path / f"b{number}.docx"
        )
        for number, text in enumerate(texts)
    ]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert [len(pypdfium2.PdfDocument(file.with_suffix(".pdf"))) for file in files] == [1, 1, 1, 1]


def test_both_files_are_well_made(asked: Make, fathers: Theme, tmp_path: Path) -> None:
    contents = asked()
    with pikepdf.open(write_briefing_pdf(contents, fathers, tmp_path / "b.pdf")) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert pdf.pages[0].mediabox[2] < pdf.pages[0].mediabox[3]
    document = docx.Document(str(write_briefing_docx(contents, fathers, tmp_path / "b.docx")))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "Why this briefing",
        "What keeps being asked",
        "What was done",
        "What is still to be done",
    ]
    assert document.core_properties.title == "Briefing: Working with men and fathers"
    again = tmp_path / "again"
    assert write_briefing_docx(contents, fathers, again).read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert write_briefing_pdf(contents, fathers, again).read_bytes() == (tmp_path / "b.pdf").read_bytes()
