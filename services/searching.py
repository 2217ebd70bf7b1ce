"""Search: have we asked for this before, and what became of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.errors import UsageError
from domain.identity import full_text
from domain.records import SearchHit
from domain.states import Audience, Outcome, Status
from match.asked import only_left_out, understand
from plan import reading
from plan.filters import Filters
from plan.search import Answer, latest, search
from plan.vectors import has_embeddings
from services.house import House
from services.labelling import vectors_of
from services.naming import Meant, meant, titled

NO_SUCH_WORD: Final = (
    "None of these words stands in a recommendation that was searched; what was found by meaning is only near to them."
)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """By what a person narrows a search, in the person's words; None: not by that. `review` is a letter ("K")."""

    quadrant: str | None = None
    issue: str | None = None
    area: str | None = None
    agency: str | None = None
    status: str | None = None
    review: str | None = None
    review_type: str | None = None
    year: str | None = None
    single_agency: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first, and what a person should know of it.

    said: that the query is a name in the plan, or that its words stand nowhere; sentences, none where there is nothing
    to say; action: the reference of the action that the query names.
    """

    hits: tuple[SearchHit, ...] = ()
    said: tuple[str, ...] = ()
    action: str = ""


def find(
    house: House,
    words: str,
    *,
    limit: int = 10,
    narrowed: Narrowed | None = None,
    audience: Audience = Audience.PARTNERSHIP,
) -> Found:
    """Recommendations by name, by words and by meaning, best first, each with its actions.

    Those that the query names come first: by identifier, letter and number, the reference of an action, or a review's
    letter or reference. Where words are only left out ("NOT police"), or none are given but filters, it is what they leave,
    the latest first. Signs without a letter or figure find nothing. Raises `UsageError` for neither words nor filters, or a
    filter that is not known, and `NotFound` for a review that the audience does not see.
    """
    if not words.strip() and (narrowed is None or narrowed == Narrowed()):
        raise UsageError(
            'Say what to look for, for example: cap search "fathers in assessments"',
            page="Say what to look for, for example: fathers in assessments",
        )
    plan = house.existing_plan()
    filters = _filters(house, narrowed or Narrowed(), audience)
    without = only_left_out(words)
    if without or not words.strip():
        return Found(latest(plan, without, audience=audience, limit=limit, filters=filters))
    named = meant(house, words, audience=audience)
    asked = understand(words if named is None else named.near or "")
    if asked.empty and named is None:
        return Found()
    _prepare(house)
    vector = None if asked.empty else house.encoder.encode([asked.meaning])[0]

    def answered(named: Meant | None) -> Answer:
        return search(
            plan, asked, vector, house.encoder.name, audience=audience, limit=limit, filters=filters,
            named=() if named is None else named.ids,
        )  # fmt: skip

    found = answered(named)
    if named is None and not found.worded and (named := titled(house, words, audience=audience)) is not None:
        found = answered(named)
    said = [] if named is None else [named.said]
    if found.hits and not found.worded and (named is None or (named.letters and named.near)):
        said.append(NO_SUCH_WORD)
    return Found(found.hits, tuple(said), "" if named is None else named.action)


@dataclass(frozen=True, slots=True)
class Part:
    """Hits under one heading; '' where the list is one."""

    heading: str
    hits: tuple[SearchHit, ...]


def in_parts(words: str, hits: Sequence[SearchHit], *, more: bool = False) -> tuple[Part, ...]:
    """Hits in their order; where very words were asked for, those that have them apart from what is only near.

    more: there are others beyond these.
    """
    asked = understand(words)
    if not hits or not asked.very_words:
        return (Part("", tuple(hits)),)
    have = tuple(hit for hit in hits if hit.very_words)
    near = tuple(hit for hit in hits if not hit.very_words)
    what = "these very words" if asked.quoted else "a word that begins so"
    if not have:
        return (Part(f"None has {what}. Near in meaning:", near),)
    number = f"{len(have)}{' or more' if more and not near else ''}"
    first = Part(f"{number} {'has' if number == '1' else 'have'} {what}", have)
    return (first, Part(f"{len(near)}{' or more' if more else ''} near in meaning", near)) if near else (first,)


def more_like(
    house: House,
    named: str,
    *,
    limit: int = 10,
    narrowed: Narrowed | None = None,
    audience: Audience = Audience.PARTNERSHIP,
) -> tuple[SearchHit, ...]:
    """Recommendations like one of the plan, which is named by its identifier or by review letter and number ("K 3").

    Raises `NotFound` for one that the audience does not see, `UsageError` for a filter that is not known.
    """
    plan = house.existing_plan()
    like = reading.recommendation(plan, named, audience=audience)
    text = full_text(like.text, like.lead_in)
    _prepare(house)
    return search(
        plan,
        understand(text),
        vectors_of(house, [text], keep=True)[0],
        house.encoder.name,
        audience=audience,
        limit=limit,
        filters=_filters(house, narrowed or Narrowed(), audience),
        besides=like.id,
    ).hits


def _prepare(house: House) -> None:
    """Make the vectors by which recommendations are found, where another version of the software made the plan's."""
    if not has_embeddings(house.plan, house.encoder.name):
        vectors_of(house, reading.asks(house.plan).texts, keep=True)


def _filters(house: House, narrowed: Narrowed, audience: Audience) -> Filters:
    framework = house.framework
    # A review that may not be seen must answer as one that is not there, or people could find out which there are.
    review = None if narrowed.review is None else reading.review(house.plan, narrowed.review.upper(), audience=audience)
    return Filters(
        quadrant=_known(narrowed.quadrant, framework.quadrant_codes, "quadrant of the framework"),
        issue=_known(narrowed.issue, framework.issue_codes, "issue of the framework"),
        area=_known(narrowed.area, framework.area_codes, "practice area of the framework"),
        agency=_known(narrowed.agency, framework.agency_codes, "agency of the framework"),
        status=_known(narrowed.status, (*Outcome, *Status), "outcome or status"),
        review=None if review is None else review.id,
        review_type=_known(
            narrowed.review_type, tuple(entry.code for entry in framework.review_types), "type of review"
        ),
        year=_year(narrowed.year),
        single_agency=narrowed.single_agency,
    )


def _year(words: str | None) -> str | None:
    if words is not None and not (len(words) == 4 and words.isascii() and words.isdigit()):
        raise UsageError(f'"{words}" is not a year. Write it with four figures, for example 2021.')
    return words


def _known(word: str | None, known: Sequence[str], what: str) -> str | None:
    """A word as it is spelt among the known ones. Raises `UsageError` for one that is not among them."""
    if word is None:
        return None
    spelt = {k.casefold(): str(k) for k in known}
    if word.casefold() not in spelt:
        raise UsageError(f"{word} is no {what}. Choose from: {', '.join(spelt.values())}.")
    return spelt[word.casefold()]
