"""What holds for any input: nothing is invented, nothing swallowed, everything survives its journey."""

import datetime
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.records import (
    Box,
    ExtractedRecommendation,
    Extraction,
    Particulars,
    Place,
    PossibleRecommendation,
    Rejected,
)
from domain.states import Kind, Reason
from extract import asks, codec
from extract.completeness import stated_counts
from extract.dates import MONTHS, find_date
from extract.furniture import clean
from extract.headings import announced_in, bare
from extract.hyphens import join_lines
from extract.layout import Page, Word
from extract.paragraphs import says_something_else, split
from extract.possible import score_of
from extract.prose import performed
from extract.reader import read_json
from extract.reading_order import make_line, to_lines
from extract.survey import speaks_of_it

WORDS = "board child family visit record school report partner agency plan health police home care".split()
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25).map(lambda ws: " ".join(ws).capitalize() + ".")
asked = st.builds("The {} should {} {}".format, st.sampled_from(WORDS), st.sampled_from(["agree", "share", "review"]),
                  sentences.map(str.lower))  # fmt: skip


def _page(number: int, texts: list[str]) -> Page:
    """A page of lines of 11 points, from the very top to the foot."""
    words = []
    for row, text in enumerate(texts):
        x, top = 72.0, 40.0 + 18 * row
        for word in text.split():
            words.append(Word(word, x, top, x + 5 * len(word), top + 11, 11.0, False))
            x += 5 * len(word) + 3
    return Page(number, 595.0, 842.0, tuple(to_lines(number, words)))


@given(st.lists(asked, min_size=4, max_size=40, unique=True), st.integers(2, 6))
def test_furniture_never_swallows_an_item(texts: list[str], pages: int) -> None:
    """Running heads and page numbers go; a numbered item stays wherever on its page it stands, first and last line too."""
    numbered = [f"{n}. {text[:80].strip()}" for n, text in enumerate(texts, 1)]
    share = max(1, len(numbered) // pages)
    parts = [numbered[i : i + share] for i in range(0, len(numbered), share)]
    made = [_page(i, ["Eastmoor review of Child Z", *part, f"Page {i}"]) for i, part in enumerate(parts, 1)]
    kept = [line.text for page in clean(made, 11.0) for line in page.lines]
    assert [text for text in kept if re.match(r"\d+\. ", text)] == numbered
    if len(parts) >= 5:
        assert "Eastmoor review of Child Z" not in kept


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    items=st.lists(asked, min_size=2, max_size=12, unique=True), style=st.sampled_from(["label", "number", "bullet"])
)
def test_the_text_of_an_item_stands_in_the_page_word_for_word(
    typeset: Callable[..., Path], items: list[str], style: str
) -> None:
    opening = {"label": "*Recommendation {}:* ", "number": "{}\\. ", "bullet": "- "}[style]
    body = "\n\n".join(opening.format(n) + item for n, item in enumerate(items, 1))
    file = typeset(f"= Recommendations\n\n{body}\n\n= Thanks\n\nWe thank all who spoke with us.")
    result = read_json(str(file), file.name)
    with pdfium.PdfDocument(file) as document:
        printed = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert [r["text"] for r in result["recommendations"]] == items
    for recommendation in result["recommendations"]:
        assert recommendation["text"] in printed
        assert recommendation["page"] == recommendation["pages"][0]
        assert {box["page"] for box in recommendation["boxes"]} == set(recommendation["pages"])


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
some = st.none() | texts
boxes = st.builds(Box, st.integers(1, 300), *[st.floats(0, 900, allow_nan=False)] * 4)
numbers = st.lists(st.integers(1, 300), max_size=4).map(tuple)
recommendations = st.builds(
    ExtractedRecommendation, text=texts, page=st.integers(1, 300), section=texts, kind=st.sampled_from(Kind), number=some,
    lead_in=some, pages=numbers, also_on=numbers, addressee=some, agencies=st.lists(texts, max_size=3).map(tuple),
    single_agency=st.booleans(), target_date=some, boxes=st.lists(boxes, max_size=3).map(tuple),
)  # fmt: skip
places = st.lists(
    st.builds(Place, texts, st.none() | st.integers(1, 300)), max_size=3, unique_by=lambda p: p.field
).map(tuple)
extractions = st.builds(
    Extraction, sha256=texts, file=texts, pages=st.integers(1, 2000),
    particulars=st.builds(Particulars, some, some, texts, some, some, some, places),
    recommendations=st.lists(recommendations, max_size=4).map(tuple),
    possible=st.lists(
        st.builds(PossibleRecommendation, texts, st.integers(1, 9), texts, texts, st.lists(boxes, max_size=2).map(tuple)),
        max_size=3,
    ).map(tuple),
    partial=st.booleans(), warnings=st.lists(texts, max_size=3).map(tuple),
)  # fmt: skip


@given(extractions)
def test_an_extraction_survives_the_journey_through_json(extraction: Extraction) -> None:
    assert codec.from_json(json.loads(json.dumps(codec.to_json(extraction)))) == extraction


@given(st.builds(Rejected, texts, st.sampled_from(Reason), texts))
def test_a_rejection_survives_the_journey_through_json(rejected: Rejected) -> None:
    assert codec.from_json(json.loads(json.dumps(codec.rejected_to_json(rejected)))) == rejected


@given(st.dates(datetime.date(1985, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(["", "st", "th"]))
def test_any_way_of_writing_a_day_is_found(day: datetime.date, ending: str) -> None:
    month = MONTHS[day.month - 1].capitalize()
    for text in (
        f"{day.day}{ending} {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
    ):
        assert find_date(f"Report published: {text}") == day.isoformat()
    assert find_date(f"{month} {day.year}") == day.isoformat()[:7]
    assert find_date(f"in {day.year}") == str(day.year)


@given(st.text(max_size=60))
def test_no_text_upsets_the_search_for_a_date(text: str) -> None:
    date = find_date(text)
    assert date is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date)


@pytest.mark.parametrize("text", ["31/02/2019", "45 May 2019", "12/13/2020", "call 0117 2019"])
def test_a_date_that_is_none(text: str) -> None:
    date = find_date(text)
    assert date is None or len(date) <= 7


@given(st.lists(sentences, min_size=1, max_size=6))
def test_joining_lines_keeps_every_word_in_order(lines: list[str]) -> None:
    assert join_lines(lines, lambda left, right: True).split() == " ".join(lines).split()


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_divided_word_is_made_whole_only_where_its_hyphen_is_not_printed(left: str, right: str) -> None:
    assert join_lines([f"the {left}-", f"{right} was"], lambda a, b: False) == f"the {left}{right} was"
    assert join_lines([f"the {left}-", f"{right} was"], lambda a, b: True) == f"the {left}-{right} was"


@pytest.mark.parametrize(
    "line",
    ["The " * 600 + "x should", "recommendation " * 300, "the review makes " * 200, "a, " * 800, "and the " * 500 + "recommends that",
     "key findings and " * 150, "Recommendations for " * 150, "r " * 1000, "1." * 600, "( recommendation " * 200, "· " * 900,
     "R E C O M M E N D " * 120, "no " * 700 + "recommendations", "should not also have " * 150, "questions for the " * 200],
)  # fmt: skip
def test_no_line_takes_long_however_hostile(line: str) -> None:
    """A file may hold anything; none of the patterns may run away over it."""
    words = [Word(text, 5.0 * at, 40.0, 5.0 * at + 4, 51.0, 11.0, False) for at, text in enumerate(line.split())]
    (paragraph,) = split([make_line(1, words)], [], {})
    started = time.monotonic()
    for ask in (
        asks.is_directive,
        asks.is_about_the_list,
        asks.is_lead_in,
        asks.asks_in_so_many_words,
        asks.looks_back,
    ):
        ask(line)
    announced_in(line)
    bare(line)
    speaks_of_it([line, f"{line}:"])
    score_of(line)
    stated_counts([paragraph])
    says_something_else(paragraph)
    performed(paragraph)
    find_date(line)
    assert time.monotonic() - started < 2
