"""What an extraction says of itself: gaps in the printed numbers, and counts that the review states and nobody found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.records import ExtractedRecommendation, Kind
from extract.formats import NUMERALS
from extract.paragraphs import Paragraph

_COUNT = "|".join([r"\d{1,3}", *(w.replace(" ", "[- ]") for w in sorted(NUMERALS, key=len, reverse=True))])
_STATED = re.compile(
    rf"\b(?:(?:this|the) (?:[\w-]+ ){{0,4}}?(?:review|report|panel|author|reviewers?|we|i)\s+(?:has |have |therefore |also )*"
    rf"(?:makes?|made|sets? out|puts? forward|offers?)|there are|(?:we|i) (?:have )?(?:make|made)|the following|"
    rf"(?:led|leads) to|resulted in|results in|contains?)"
    rf"\s+(?:a total of |the following |altogether )*(?P<count>{_COUNT})\s+(?:[\w-]+ ){{0,2}}?recommendations?\b"
    r"(?!\s+(?:from|of|in) (?:the |an? )?(?:previous|earlier|other|last|\d{4}))",
    re.IGNORECASE,
)
# A count of another review's recommendations, or of some kind of one's own, says nothing about all of this one's.
_ANOTHER = re.compile(
    r"\b(?:previous|earlier|last|prior|former|(?:19|20)\d\d|other)\b|"
    r"\b(?:single|individual|multi|national|local|further|additional|more|new|key|health|police)\b.{0,20}\brecommendation",
    re.IGNORECASE,
)

WIDEST_GAP = 10  # a longer leap is no gap: the second list takes the numbers of the paragraphs in which it stands


@dataclass(frozen=True, slots=True)
class Stated:
    """How many recommendations a sentence says that the review makes, and the page on which it says so."""

    count: int
    page: int


def stated_counts(paragraphs: Sequence[Paragraph]) -> tuple[Stated, ...]:
    """Counts that the review states of its own recommendations, in words or figures, in the order of the report."""
    out = []
    for paragraph in paragraphs:
        text = paragraph.text
        if "ecommendation" not in text:
            continue
        for sentence in re.split(r"(?<=[.?!:])\s+", text):
            found = _STATED.search(sentence)
            if found and not _ANOTHER.search(sentence):
                word = found["count"].casefold()
                count = int(word) if word.isdigit() else NUMERALS.get(re.sub(r"[\s-]+", " ", word), 0)
                if count:
                    out.append(Stated(count, paragraph.lines[0].page))
    return tuple(out)


def complaints(recommendations: Sequence[ExtractedRecommendation], stated: Sequence[Stated]) -> tuple[str, ...]:
    """What does not add up, in plain words for the reviewer; empty where nothing speaks against completeness."""
    asked = [r for r in recommendations if r.kind is Kind.RECOMMENDATION]
    return (*_gaps(asked), *_miscounts(asked, stated))


def _gaps(recommendations: Sequence[ExtractedRecommendation]) -> list[str]:
    """Numbers that are left out within a list. A list may begin anew under each agency, and numbers may be decimals."""
    out = []
    before: tuple[str, int] | None = None
    first = True
    for recommendation in recommendations:
        place = _place(recommendation.number)
        if place is None:
            continue
        stem, number = place
        if before is not None and before[0] == stem and before[1] + 1 < number <= before[1] + WIDEST_GAP:
            out.append(
                f"Recommendation {stem}{before[1]} is followed by {stem}{number}: look at page {recommendation.page} "
                "for what stands between them."
            )
        if first and not stem.endswith(".") and number > 1:
            out.append(
                f"The recommendations begin with {stem}{number}: look before page {recommendation.page} for the first."
            )
        before, first = place, False
    return out


def _place(number: str | None) -> tuple[str, int] | None:
    """A printed number as (what stays the same along its list, place in the list): "8.2" is ("8.", 2), "R3" ("R", 3)."""
    if number is None:
        return None
    folded = re.sub(r"[\s-]+", " ", number.casefold())
    if folded in NUMERALS:
        return "", NUMERALS[folded]
    found = re.fullmatch(r"(?P<stem>(?:\d+\.)*|[A-Za-z]+[\s.-]?)(?P<last>\d+)", number)
    return (found["stem"], int(found["last"])) if found else None


def _miscounts(recommendations: Sequence[ExtractedRecommendation], stated: Sequence[Stated]) -> list[str]:
    """Stated counts that fit neither all items, nor those of any one section, nor those that are not one agency's own."""
    if not stated:
        return []
    found = len(recommendations)
    sections = [r.section for r in recommendations]
    fitting = {found, *(sections.count(s) for s in set(sections)), sum(not r.single_agency for r in recommendations)}
    out = []
    for statement in dict.fromkeys(stated):
        if statement.count not in fitting:
            out.append(
                f"The review says on page {statement.page} that it makes {statement.count} recommendations; "
                f"{found} were found. Compare them with the report."
            )
    return out
