"""Fictional reviews typeset at test time, and how the tests read them."""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst

from extract.reader import read_json

# Every person, place and body in these tests is invented.
PREAMBLE = """
#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(font: "Libertinus Serif", size: 11pt, lang: "en", region: "gb")
#set par(spacing: 1.1em)
#show heading: set block(above: 1.5em, below: 1em)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11pt)
"""

ASKS = (
    "Eastmoor Safeguarding Children Partnership should agree one protocol for families who move between areas, "
    "so that a plan follows the child without a break.",
    "The integrated care board should make sure that each GP practice sends a written report to every child "
    "protection conference.",
    "Children’s social care should see each child alone within five working days of a referral and record what "
    "the child says.",
    "The police should notify the school on the next working day of every incident of domestic abuse at which a "
    "child was present.",
    "The partnership should audit supervision in all agencies twice a year and report what it finds to the executive.",
    "Health visitors should ask about fathers and other men in the home at every contact and write down the answer.",
    "The council should review the capacity of its front door and publish the waiting times each quarter.",
    "All partners should use the neglect tool before a case is closed and keep the result on the file.",
    "The hospital trust should send a discharge summary to the health visitor on the day on which a child goes home.",
    "Schools should tell the family support service on the first day of an absence that nobody has explained.",
)

NARRATIVE = (
    "The family was known to several agencies from the spring of that year. Visits were frequent at first and grew "
    "rare after the summer, when the allocated worker left and nobody took the case over for seven weeks.",
    "Professionals described the home as warm and chaotic. The grandmother said that she had been worried for a long "
    "time and that she had not known whom to tell. The school kept a careful record of what it saw.",
    "The reviewer spoke with eleven practitioners. They were open about the pressure under which they had worked and "
    "about what they would do in another way today. Their candour has made this review possible.",
)


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[..., Path]:
    """Typst source -> a PDF file; `plain` leaves out the preamble."""
    made = 0

    def make(source: str, *, plain: bool = False) -> Path:
        nonlocal made
        made += 1
        text = ("" if plain else PREAMBLE) + textwrap.dedent(source)
        file = tmp_path / f"review-{made}.pdf"
        file.write_bytes(typst.compile(text.encode(), ignore_system_fonts=True))
        return file

    return make


@pytest.fixture
def read(typeset: Callable[..., Path]) -> Callable[..., dict[str, Any]]:
    """Typst source -> what `read_json` gives for the PDF made of it."""

    def go(source: str, *, plain: bool = False) -> dict[str, Any]:
        file = typeset(source, plain=plain)
        return read_json(str(file), file.name)

    return go


@pytest.fixture
def asks() -> tuple[str, ...]:
    """Ten recommendations."""
    return ASKS


@pytest.fixture
def narrative() -> str:
    """Three paragraphs of a story that ask for nothing."""
    return "\n\n".join(NARRATIVE)


@pytest.fixture
def found() -> Callable[[dict[str, Any]], list[tuple[str | None, str]]]:
    """A result -> its (number, text) pairs in order."""
    return lambda result: [(r["number"], r["text"]) for r in result["recommendations"]]
