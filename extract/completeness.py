"""What an extraction says of itself, so that nobody relies on it by mistake.

Gaps in the printed numbers, a list that begins late, counts that the review states and nobody found, headings that its table of
contents lists and nobody reached or under which nothing was found, texts that break off, and that there is no recommendation at all.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from domain.records import ExtractedRecommendation
from domain.states import Kind
from extract.asks import makes_none, makes_none_at_all
from extract.formats import LABEL, NOT_ANNOUNCING, NUMERALS
from extract.headings import LEADERS, Heading, announced_in, bare
from extract.layout import Line
from extract.paragraphs import Paragraph
from extract.sections import Section

_COUNT = "|".join([r"\d{1,3}", *(w.replace(" ", "[- ]") for w in sorted(NUMERALS, key=len, reverse=True))])
# Who makes the recommendations of a review, or of an audit, which a group of its agencies carries out.
_WHO = r"(?:review|report|panel|authors?|reviewers?|audit|auditors?|group|team|inspectors?|we|i)"
_STATED = re.compile(
    rf"\b(?:(?:this|the) (?:[\w-]+ ){{0,4}}?{_WHO}\s+(?:has |have |therefore |also )*"
    rf"(?:makes?|made|sets? out|puts? forward|offers?|proposes?|agreed(?: on)?)|there are|(?:we|i) (?:have )?(?:make|made)|(?P<list>the following)|"
    rf"(?:led|leads) to|resulted in|results in|contains?)"
    rf"\s+(?:a total of |the following |altogether )*(?P<count>{_COUNT})\s+(?:[\w-]+ ){{0,2}}?recommendations?\b"
    r"(?!\s+(?:from|of|in) (?:the |an? )?(?:previous|earlier|other|last|\d{4}))",
    re.IGNORECASE,
)
# At the head of a list "the eight recommendations" are all of it, unless it goes on to say which of them.
_LISTED = re.compile(
    rf"\b(?:the|these)\s+(?P<count>{_COUNT})\s+(?:[\w-]+ ){{0,2}}?recommendations\b(?!\s+(?:made |set out )?"
    r"(?:for|to|about|on|concerning|relating|that|which|whose|with|from|of|by|numbered|above|addressed|directed|aimed)\b)",
    re.IGNORECASE,
)
# A count of another review's recommendations, or of some kind of one's own, says nothing about all of this one's.
_ANOTHER = re.compile(
    r"\b(?:previous|earlier|last|prior|former|(?:19|20)\d\d|other)\b|"
    r"\b(?:single|individual|multi|national|local|further|additional|more|new|key|health|police)\b.{0,20}\brecommendation|"
    # What an agency's own report asks of it.
    r"\b(?:internal|health overview|imrs?|management|root cause|serious incident|(?:trust|council|police|force|service)(?:['’]s)? own|"
    r"trust['’]s)\b.{0,30}\b(?:reports?|reviews?|investigations?|imrs?)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r":\s*$|\b(?:is|are) (?:therefore )?(?:made|proposed|offered)\b", re.IGNORECASE)
# No sentence ends with these words, and no list of parts with these signs.
_UNFINISHED = re.compile(
    r"\b(?:the|an?|of|to|with|for|that|which|by|from|their|its|into|should|must|be|is|are|was|were|who|whose|than|between)$",
    re.IGNORECASE,
)
_OPEN_LIST = re.compile(r"[;,](?:\s+(?:and|or))?$")
# Where the list stands instead: "printed once only, in the plan that follows as Appendix 1".
_ELSEWHERE = re.compile(
    r"\b(?:section|chapter|part|appendix|annex(?:e)?|page|paragraph)\s+(?:\d|[a-z]\b|[ivx]+\b|one|two|three|four|five|six|seven|eight|nine|ten)",
    re.IGNORECASE,
)
_IN_WHAT_FOLLOWS = re.compile(
    r"\b(?:set out|listed|given|found|shown|contained|reproduced)\b[^.]{0,40}\bin (?:the|its|an?) (?:[\w-]+ ){0,3}"
    r"(?:plan|appendix|appendices|annexe?)s?\b",
    re.IGNORECASE,
)
_SAYS_NONE = re.compile(r"^(?:there (?:are|were) no|none)\b", re.IGNORECASE)
LONGEST_ENTRY = 14  # words of a heading in a table of contents; more is a sentence that ends in a figure
FEWEST_WORDS = 5  # under a heading, for a recommendation to stand there

WIDEST_GAP = 10  # a longer leap is no gap: the second list takes the numbers of the paragraphs in which it stands


@dataclass(frozen=True, slots=True)
class Stated:
    """How many recommendations a sentence says that the review makes, and the page on which it says so."""

    count: int
    page: int


def stated_counts(paragraphs: Sequence[Paragraph], leading: Sequence[Paragraph] = ()) -> tuple[Stated, ...]:
    """Counts that the review states of its own recommendations, in words or figures, in the order of the report.

    `leading`: what stands between the headings of its lists and their first items.
    """
    out = []
    for paragraph, sentence in _speaking(paragraphs):
        found = _STATED.search(sentence)
        # "The following two recommendations concern training" counts some of them
        if found and not (found["list"] and not _ANNOUNCED.search(sentence)):
            out.append(Stated(_value(found["count"]), paragraph.lines[0].page))
    for paragraph, sentence in _speaking(leading):
        if found := _LISTED.search(sentence):
            out.append(Stated(_value(found["count"]), paragraph.lines[0].page))
    return tuple(statement for statement in dict.fromkeys(out) if statement.count)


def _speaking(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """The sentences that speak of this review's recommendations, each with its paragraph."""
    for paragraph in paragraphs:
        text = paragraph.text
        if "ecommendation" in text:
            for sentence in re.split(r"(?<=[.?!:])\s+", text):
                if not _ANOTHER.search(sentence):
                    yield paragraph, sentence


def _value(count: str) -> int:
    word = count.casefold()
    return int(word) if word.isdigit() else NUMERALS.get(re.sub(r"[\s-]+", " ", word), 0)


def complaints(
    recommendations: Sequence[ExtractedRecommendation], stated: Sequence[Stated], judged: Sequence[str] = ()
) -> tuple[str, ...]:
    """What does not add up, in plain words for the reviewer; empty where nothing speaks against completeness.

    `judged`: printed numbers of paragraphs in the lists that were seen and found to ask for nothing: no number is missing there.
    """
    asked = [r for r in recommendations if r.kind is Kind.RECOMMENDATION]
    return (*_gaps(asked, judged), *_miscounts(asked, stated), *_broken_off(recommendations))


def late_beginning(recommendations: Sequence[ExtractedRecommendation], lines: Sequence[Line]) -> tuple[str, ...]:
    """That a list does not begin with 1, unless the number before stands at a paragraph of the report: then all run on.

    Labels ("Recommendation 2") count recommendations only, and run on from nothing. `lines`: the report's, in reading order.
    """
    numbered = (r for r in recommendations if r.kind is Kind.RECOMMENDATION and _place(r.number))
    first = next(numbered, None)
    place = _place(first.number) if first else None
    if first is None or place is None or place[0].endswith(".") or place[1] <= 1:
        return ()
    stem, number = place
    before = re.compile(rf"^\(?{re.escape(stem)}{number - 1}(?:[.):]?\s|[.):]?$)")
    labels = (LABEL.match(line.text) for line in lines if line.page == first.page)
    labelled = any(label is not None and label["number"] == first.number for label in labels)
    if not labelled and any(line.page <= first.page and before.match(line.text) for line in lines):
        return ()
    return (f"The recommendations begin with {stem}{number}: look before page {first.page} for the first.",)


def none_found(recommendations: Sequence[ExtractedRecommendation], lines: Sequence[Line]) -> tuple[str, ...]:
    """Plain words where a report yields nothing, with the page on which it says that it makes no recommendation."""
    if recommendations:
        return ()
    said = next((line.page for line, text in _with_next(lines) if makes_none_at_all(text)), None)
    if said is None:
        return ("No recommendations were found in this report. If it makes any, enter them: cap propose",)
    return (f"No recommendations were found in this report. It says on page {said} that it makes none.",)


def _with_next(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Each line with its words and those of the next, for sentences that run over a line's end."""
    following = [*(line.text for line in lines), ""][1:]
    return [(line, f"{line.text} {after}") for line, after in zip(lines, following, strict=True)]


def without_any(empty: Sequence[tuple[Section, Sequence[Paragraph]]], last: int) -> tuple[str, ...]:
    """Announced sections under which no item was found, unless they lead elsewhere or say that there is none.

    `empty`: such sections, each with what stands in it; `last`: the line at which the last section with items begins.
    """
    out = []
    for section, paragraphs in empty:
        text = " ".join(p.text for p in paragraphs)
        none = makes_none(text) or any(pattern.search(text) for pattern in (_ELSEWHERE, _SAYS_NONE))
        # What is said to stand in the plan that follows is only elsewhere if something was read there.
        none = none or (section.first < last and _IN_WHAT_FOLLOWS.search(text) is not None)
        if len(text.split()) >= FEWEST_WORDS and not none:
            out.append(
                f"“{section.heading}” on page {paragraphs[0].lines[0].page} announces recommendations, and none was found "
                "under it: look there."
            )
    return tuple(dict.fromkeys(out))


def unreached(
    lines: Sequence[Line], contents: Set[int], headings: Sequence[Heading], sections: Sequence[Section]
) -> tuple[str, ...]:
    """Headings of recommendations that the table of contents lists and under which nothing was read.

    `contents`: the pages of the table of contents.
    """
    reached = {bare(s.heading) for s in sections}
    within = [(s.first, s.end) for s in sections]
    reached |= {bare(h.text) for h in headings if any(first <= h.first < end for first, end in within)}
    out = []
    for line in lines:
        if line.page not in contents or LABEL.match(line.text):
            continue
        entry = LEADERS.sub("", LEADERS.sub("", line.text)).strip()
        words = bare(entry)
        if (
            len(words.split()) > LONGEST_ENTRY
            or not announced_in(entry)
            or any(p.search(words) for p in NOT_ANNOUNCING)
            or any(h.startswith(words) or words.startswith(h) for h in reached if h)
        ):
            continue
        page = re.search(r"(\d{1,3})\s*$", line.text)
        where = f" (page {page[1]} in its own numbering)" if page else ""
        out.append(
            f"The table of contents on page {line.page} lists “{entry}”{where}, and no such heading was found: look there."
        )
    return tuple(dict.fromkeys(out))


_NAMES = {Kind.RECOMMENDATION: "Recommendation", Kind.QUESTION: "Question", Kind.AREA: "Area for improvement"}


def _broken_off(recommendations: Sequence[ExtractedRecommendation]) -> list[str]:
    """Texts that end with a word or a part after which more must come: something stood between, and the rest was lost."""
    out = []
    for recommendation in recommendations:
        # A part that ends in a semicolon has another after it; among bullets under one lead-in each is an item.
        parts_open = (
            recommendation.lead_in is None and ":" in recommendation.text and _OPEN_LIST.search(recommendation.text)
        )
        if _UNFINISHED.search(recommendation.text) or parts_open:
            kind = _NAMES[recommendation.kind]
            name = f"{kind} {recommendation.number}" if recommendation.number else f"One {kind.lower()}"
            last = " ".join(recommendation.text.split()[-6:])
            out.append(f"{name} on page {recommendation.pages[-1]} breaks off (“… {last}”): look for the rest of it.")
    return out


def _gaps(recommendations: Sequence[ExtractedRecommendation], judged: Sequence[str]) -> list[str]:
    """Numbers that are left out within a list. A list may begin anew under each agency, and numbers may be decimals."""
    out = []
    # A number may also stand out of its order, beside another finding.
    numbers = [*judged, *(r.number for r in recommendations)]
    seen = {place for number in numbers if (place := _place(number)) is not None}
    before: tuple[str, int] | None = None
    for recommendation in recommendations:
        place = _place(recommendation.number)
        if place is None:
            continue
        stem, number = place
        if before is not None and before[0] == stem and before[1] + 1 < number <= before[1] + WIDEST_GAP:
            between = {(stem, n) for n in range(before[1] + 1, number)}
            if not between <= seen:
                out.append(
                    f"Recommendation {stem}{before[1]} is followed by {stem}{number}: look at page {recommendation.page} "
                    "for what stands between them."
                )
        before = place
    return out


def _place(number: str | None) -> tuple[str, int] | None:
    """A printed number as (what stays the same along its list, place in the list): "8.2" is ("8.", 2), "R3" ("R", 3).

    "2a" and "2b" share a place.
    """
    if number is None:
        return None
    folded = re.sub(r"[\s-]+", " ", number.casefold())
    if folded in NUMERALS:
        return "", NUMERALS[folded]
    found = re.fullmatch(r"(?P<stem>(?:\d+\.)*|[A-Za-z]+[\s.-]?)(?P<last>\d+)[a-z]?", number)
    return (found["stem"], int(found["last"])) if found else None


def _miscounts(recommendations: Sequence[ExtractedRecommendation], stated: Sequence[Stated]) -> list[str]:
    """Stated counts that fit neither all items, nor those of one section or list, nor those that are not one agency's own.

    A list is known by the letters of its numbers: "OV1" to "OV8".
    """
    if not stated:
        return []
    found = len(recommendations)
    sections = [r.section for r in recommendations]
    lists = [place[0] for r in recommendations if (place := _place(r.number))]
    fitting = {found, sum(not r.single_agency for r in recommendations)}
    fitting |= {each.count(name) for each in (sections, lists) for name in set(each)}
    out = []
    for statement in dict.fromkeys(stated):
        if statement.count not in fitting:
            out.append(
                f"The review says on page {statement.page} that it makes {statement.count} recommendations; "
                f"{found} were found. Compare them with the report."
            )
    return out
