"""What a query names in the plan: a recommendation, an action or a review, as everything that we print calls them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.errors import NotFound
from domain.identity import full_text
from domain.language import folded
from domain.records import RecommendationRow, ReviewRow
from domain.states import Audience
from plan import reading
from plan.filters import Filters
from publish.wording import count
from services.house import House

LONGEST: Final = 8  # words; no reference has more, and a longer query is a question or a draft
LEAST_OF_A_NAME: Final = 3  # letters; an initial is no name by which to know a case

_IDENTIFIER: Final = re.compile(r"r-[0-9a-f]{4,}", re.IGNORECASE)
_ACTION: Final = re.compile(r"(?:action\s+)?([0-9]+\.[0-9]+)", re.IGNORECASE)
# A letter by itself is no word to look for; two are, unless in capitals or called a review.
_LETTER: Final = re.compile(r"(?i:review\s+)([A-Za-z]{1,3})|([A-Za-z]|[A-Z]{2})")
_WORD: Final = re.compile(r"[^\W_]+")
_KINDS: Final = frozenset("case review reference the of scr cspr lcspr spr sar dhr".split())
_STYLES: Final = frozenset("child baby adult family young person mr mrs ms miss".split())


@dataclass(frozen=True, slots=True)
class Meant:
    """What a query names. said: that it does, in a sentence; ids: the recommendations that it means, in order.

    near: the words by which to go on looking for others, None where there is nothing to go on with; action: the
    reference of the action that is named; letters: of the reviews that are.
    """

    said: str
    ids: tuple[str, ...]
    near: str | None
    action: str = ""
    letters: tuple[str, ...] = ()


def meant(house: House, typed: str, *, audience: Audience) -> Meant | None:
    """What a query names and the audience may see; None where it is no name, but words to look for."""
    words = " ".join(typed.split()).strip("“”\"'.,;:?! ")
    if not words or len(words.split()) > LONGEST:
        return None
    return (
        _recommendations(house, words, audience)
        or _action(house, words, audience)
        or _lettered(house, words, audience)
        or _referred(house, words, audience)
    )


def titled(house: House, typed: str, *, audience: Audience) -> Meant | None:
    """The reviews whose title, reference or file's name has all these words, side by side; None where there is none."""
    words = _words(typed)
    if not words or len(words) > LONGEST or words <= _KINDS | _STYLES:
        return None
    sought = f" {' '.join(_WORD.findall(folded(typed)))} "
    found = [
        review
        for review in reading.reviews(house.plan, audience=audience)
        if any(sought in f" {' '.join(_WORD.findall(folded(name or '')))} " for name in _names(review))
    ]
    return _reviews(house, found, f"“{typed.strip()}” stands in the name of", typed, audience)


def _names(review: ReviewRow) -> tuple[str | None, ...]:
    return review.reference, review.title, review.file.rpartition(".")[0]


def _recommendations(house: House, words: str, audience: Audience) -> Meant | None:
    # The bare beginning of an identifier may be a word: "face", "added".
    if not _IDENTIFIER.fullmatch(words) and not reading.is_place(words):
        return None
    found = reading.recommendation_ids_named(house.plan, words, audience=audience)
    rows = reading.recommendations_by_id(house.plan, found, audience=audience)
    if not rows:
        return _unknown(house, words, audience)
    if len(rows) > 1:
        return Meant(f"“{words}” names {len(rows)} recommendations, which come first.", _ids(rows), None)
    (row,) = rows
    number = f"recommendation {row.number}" if row.number else f"a recommendation on page {row.page}"
    said = f"“{words}” is {number} of review {row.review_letter}. It comes first, then what is near to it."
    return Meant(said, (row.id,), full_text(row.text, row.lead_in))


def _unknown(house: House, words: str, audience: Audience) -> Meant | None:
    """What to say of a name that no recommendation has; None where it need not be meant as one, as "covid 19"."""
    letter = words.split()[0] if " " in words else ""
    if letter and not (_LETTER.fullmatch(letter) and _lettered(house, letter, audience)):
        return None
    return (
        Meant(f"No recommendation that you may see is called “{words}”.", (), None) if letter or "-" in words else None
    )


def _action(house: House, words: str, audience: Audience) -> Meant | None:
    named = _ACTION.fullmatch(words)
    if not named:
        return None
    try:
        row = reading.action(house.plan, named[1], audience=audience)
    except NotFound:
        return None
    answers = (
        f"What it answers comes first ({count(len(row.recommendations), 'recommendation')}), then what is near to it."
        if row.recommendations
        else "It answers no recommendation; what follows is near to its words."
    )
    return Meant(
        f"“{words}” is an action ({row.status}): {row.text.rstrip('.')}. {answers}",
        row.recommendations,
        row.text,
        row.ref,
    )


def _lettered(house: House, words: str, audience: Audience) -> Meant | None:
    named = _LETTER.fullmatch(words)
    if not named:
        return None
    try:
        row = reading.review(house.plan, named[1] or named[2], audience=audience)
    except NotFound:
        return None
    return _reviews(house, (row,), f"“{words}” is the letter of", None, audience)


def _referred(house: House, words: str, audience: Audience) -> Meant | None:
    """Reviews whose reference this is, whatever is said with it of what kind of case it was."""
    whole, name = _words(words) - _KINDS, _words(words) - _KINDS - _STYLES
    named = any(len(word) >= LEAST_OF_A_NAME for word in name)
    known = (
        (review, _words(review.reference or "") - _KINDS) for review in reading.reviews(house.plan, audience=audience)
    )
    found = [review for review, own in known if own and (own == whole or (named and own - _STYLES == name))]
    return _reviews(house, found, f"“{words}” is the reference of", words, audience)


def _reviews(house: House, found: Sequence[ReviewRow], what: str, near: str | None, audience: Audience) -> Meant | None:
    if not found:
        return None
    rows = [
        row
        for review in found
        for row in reading.recommendations(house.plan, audience=audience, filters=Filters(review=review.id))
    ]
    named = " and ".join(f"review {review.letter} ({review.reference or review.file})" for review in found)
    have = "Its" if len(found) == 1 else "Their"
    first = (
        f"{have} {count(len(rows), 'recommendation')} come{'s' if len(rows) == 1 else ''} first."
        if rows
        else ("No recommendation was found there.")
    )
    return Meant(f"{what} {named}. {first}", _ids(rows), near, letters=tuple(review.letter for review in found))


def _ids(rows: Sequence[RecommendationRow]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(text)))
