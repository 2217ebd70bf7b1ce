"""What reads like a recommendation and is not among the items: shown to a person with a score, neither lost nor mixed in."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from domain.records import ExtractedRecommendation, PossibleRecommendation
from extract import asks, formats
from extract.boxes import boxes_of
from extract.headings import Heading
from extract.layout import Line
from extract.paragraphs import Paragraph
from extract.sections import Section

FEWEST_WORDS = 5
IN_A_TABLE = "stands in a table, outside any list of this report's recommendations"
IN_SECTION = 0.7  # the score of what asks for something in a section of recommendations and is no item
# Scores of a sentence in running text, by how it asks. They order the list for a person and are no probabilities.
PERFORMED, BODY_MUST, SOMEBODY_MUST = 0.9, 0.6, 0.35
MOST_CHARACTERS = 1200  # of one sentence; more is a list without full stops

# How reviewers ask for something without a word of duty: "Commissioners may wish to reflect", "It would be wise to".
_SUGGESTS = (
    r"(?:(?:may|might) (?:also |well )?(?:wish|want) to|will (?:also )?want to|would make sense|"
    r"would (?:also )?be (?:\w+ )?(?:helpful|sensible|useful|wise|prudent|advisable|beneficial|of (?:benefit|value|help)|well advised)|"
    r"would (?:do well to|benefit from)|would (?:be )?(?:merit|benefit|value) in|"
    r"(?:i|we|reviewers?|author|panel|review|report|team) (?:also )?(?:would (?:also )?)?(?:encourage|suggest|urge|invite|propose)s?)"
)
_SUGGESTED = re.compile(rf"\b{_SUGGESTS}\b", re.IGNORECASE)
_CUE = re.compile(
    rf"\b(?:should|must|ought to|needs? to|(?:is|are) (?:asked|required) to|recommend(?:s|ed)?|{_SUGGESTS})\b",
    re.IGNORECASE,
)
_BODY = (
    r"(?:boards?|partnerships?|councils?|authorit(?:y|ies)|trusts?|police|constabulary|force|services?|agenc(?:y|ies)|partners|"
    r"organisations|schools?|colleges?|practices|providers|commissioners|departments?|government|ministry|leaders|managers|"
    r"social care|probation|hospitals?|[IC]CBs?|CCGs?|[LC]?S[CA][BP]s?|CSPs?|GPs|NHS \w+)"
)
_BODY_MUST = re.compile(
    rf"\b{_BODY}\b(?:,? (?!have\b)[\w’'-]+){{0,5}}? (?:should|must|ought to|needs? to|(?:is|are) (?:asked|required) to)\b(?! (?:not )?have\b)",
    re.IGNORECASE,
)
# What falls short of a measure is criticised: "plans are not as focused as they should be" asks nobody for anything.
_MEASURE = re.compile(
    r"\bas (?:[\w-]+ ){1,3}?as (?:it|they|he|she|this|these|those|one) (?:should|must|ought to)(?: be| do)?\b",
    re.IGNORECASE,
)
# A report's small print: where its readers send their complaints.
_TO_THE_AUTHORS = re.compile(
    r"\bcomplaints?\b[^.;]{0,60}\b(?:should|must) be (?:made|sent|addressed|directed)\b", re.IGNORECASE
)
_STOP = re.compile(r"[.?!:;][\"”’')\]]*\s|\n\n")
_MARKER = re.compile(r"\n(?=\s*(?:[\u2022\u25cf\u25aa\ue000-\uf8ff•–-] |\(?[a-z0-9]{1,3}[.)] |\d{1,2}\.\d))")


def left_in_sections(
    left_out: Sequence[tuple[Section, Paragraph, str]], hyphens: Callable[[str, str], bool]
) -> list[PossibleRecommendation]:
    """Paragraphs of sections of recommendations that ask for something and are no item, each with why it is none."""
    out = []
    for section, paragraph, why in left_out:
        text = paragraph.joined(hyphens).strip()
        # "Lead: ..." names an owner, and only what stands behind it could ask for something.
        said = formats.ASIDE_OPENING.sub("", text).strip()
        asking = why == IN_A_TABLE or asks.is_directive(said) or asks.is_question(said) or asks.says_duty(said)
        if asking and len(text.split()) >= FEWEST_WORDS and not asks.is_lead_in(text):
            score = PERFORMED if asks.recommends_in_prose(text) else BODY_MUST if why == IN_A_TABLE else IN_SECTION
            boxes = boxes_of(paragraph.lines)
            out.append(PossibleRecommendation(text, paragraph.lines[0].page, section.heading, why, boxes, score))
    return out


def found_in_prose(
    lines: Sequence[Line],
    sections: Sequence[Section],
    headings: Sequence[Heading],
    hyphens: Callable[[str, str], bool],
) -> list[PossibleRecommendation]:
    """Sentences outside every section of recommendations that ask somebody to do something, with the heading they stand under."""
    taken = {i for s in sections for i in range(s.first, s.end)} | {i for h in headings for i in range(h.first, h.end)}
    outside = [i for i in range(len(lines)) if i not in taken]
    out = []
    for rows in _sentences(lines, outside):
        text, own = rows
        score = score_of(text)
        if score == 0 or len(text.split()) < FEWEST_WORDS:
            continue
        above = next((h.text for h in reversed(headings) if h.first < own[0]), "")
        printed = [lines[i] for i in own]
        out.append(PossibleRecommendation(text, printed[0].page, above, _why(score), boxes_of(printed), score))
    return out


def _why(score: float) -> str:
    if score >= PERFORMED:
        return "says that something is recommended, outside any list of recommendations"
    return "says what somebody should do, outside any list of recommendations"


def score_of(sentence: str) -> float:
    """How much a sentence of running text reads like a recommendation: 0 for none, else between 0 and 1."""
    plain = _TO_THE_AUTHORS.sub("", _MEASURE.sub("", asks.without_past_duties(sentence)))
    if asks.recommends_in_prose(plain):
        return PERFORMED
    if asks.is_question(sentence):
        return 0.0
    suggested = SOMEBODY_MUST if _SUGGESTED.search(plain) else 0.0
    if not asks.says_duty(plain) or asks.is_about_the_list(plain):
        return suggested
    if _BODY_MUST.search(plain):
        return BODY_MUST
    return SOMEBODY_MUST if re.search(r"\b(?:should|must|ought to)\b", plain) else suggested


def _sentences(lines: Sequence[Line], indices: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Sentences with a word of duty, and the indices of the lines on which they stand."""
    starts, parts, at = [], [], 0
    for place, index in enumerate(indices):
        text = lines[index].text
        # What is not in the stream (a heading, a list of recommendations) ends a sentence.
        joint = "\n\n" if place and index != indices[place - 1] + 1 else "\n"
        parts += [joint, text]
        starts.append(at + len(joint))
        at += len(joint) + len(text)
    stream = "".join(parts)
    end = 0
    for found in _CUE.finditer(stream):
        if found.start() < end:
            continue
        first = _last_stop(stream, max(end, found.start() - MOST_CHARACTERS), found.start())
        stop = _STOP.search(stream, found.end())
        marker = _MARKER.search(stream, found.end())
        end = min([len(stream), first + MOST_CHARACTERS, *(m.start() + 1 for m in (stop, marker) if m)])
        own = range(bisect_right(starts, first) - 1, bisect_right(starts, end - 1))
        rows = [indices[i] for i in own if i >= 0]
        text = " ".join(stream[first:end].split()).strip("•–- \ue000\uf0b7")
        if rows and text:
            yield text, rows


def _last_stop(stream: str, low: int, high: int) -> int:
    """Where the sentence that holds place `high` begins."""
    first = low
    for pattern in (_STOP, _MARKER):
        for found in pattern.finditer(stream, low, high):
            first = max(first, found.end())
    while first < high and stream[first].isspace():
        first += 1
    return first


def without_items(
    passages: Iterable[PossibleRecommendation], items: Sequence[ExtractedRecommendation]
) -> tuple[PossibleRecommendation, ...]:
    """Passages less those that repeat the words of an item, or of a passage before, in the order of their pages."""
    known = [_letters(f"{r.lead_in or ''} {r.text}") for r in items]
    out: list[PossibleRecommendation] = []
    seen: set[str] = set()
    for passage in sorted(passages, key=lambda p: p.page):
        letters = _letters(passage.text)
        if letters in seen or any(letters in item for item in known):
            continue
        seen.add(letters)
        out.append(passage)
    return tuple(out)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
