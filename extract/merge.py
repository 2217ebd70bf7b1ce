"""The same recommendation in the summary, in the body and in an appendix: one recommendation, all its places kept."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from domain.records import ExtractedRecommendation
from domain.states import Kind
from extract.asks import is_directive
from extract.gathered import says_the_same_in_order

SAME = 0.9  # share of words in common (F1) from which two passages of one report are one recommendation printed twice
SAME_IF_NUMBERED = (
    0.5  # a summary or a plan shortens what it repeats: with the same number, half of the words are enough
)
# So many recommendations, and such a share of them, show a list to repeat what stands under the findings.
FEWEST_REPEATED = 3
NEARLY_ALL = 0.75
FEWEST_WORDS = 6  # of a passage that another may be said to contain
CONTAINED = 0.75  # or so much of the shorter one: it leaves sub-items out
LONGEST_SUBJECT, FEWEST_LETTERS = (
    14,
    4,
)  # words of a row that only names a subject and a body, and letters of a word that tells


class Standing(IntEnum):
    """Where a statement of a recommendation stands; the lowest is the main one."""

    CHAPTER = 0
    FINDING = 1
    SUMMARY = 2
    APPENDIX = 3
    PLAN = 4


# These may word a recommendation more briefly; an appendix may have a list of its own, with the same numbers.
_SHORTENING = frozenset({Standing.SUMMARY, Standing.PLAN})


@dataclass(frozen=True, slots=True)
class Draft:
    """One printed statement of a recommendation, and where in the report it stands; `place` tells sections apart."""

    recommendation: ExtractedRecommendation
    standing: Standing
    place: int


def merge(drafts: Sequence[Draft]) -> tuple[ExtractedRecommendation, ...]:
    """Join repetitions within one report, in the order of the main statements.

    The statement in the chapter of recommendations is the main one, else that beside a finding, else that in the summary, in an
    appendix, in the plan; the others' pages go into `also_on`. A table of numbers and subjects states none. Two items of one list
    are never joined: a list does not repeat itself, and what looks alike there is meant for two bodies.
    """
    kept: list[Draft] = []
    collects = _list_collects_findings(drafts)
    naming = _places_that_name(drafts)
    partners = _gathered(drafts)
    for draft in drafts:
        if draft.place in naming:
            continue
        if (full := partners.get(_key(draft))) and (fuller := next((k for k in kept if _key(k) == full), None)):
            # The list says that the full wording stands in the text.
            kept[kept.index(fuller)] = _joined(fuller, draft)
            continue
        at = next((i for i, k in enumerate(kept) if _same(k, draft) or (collects and _is_collected(k, draft))), None)
        if at is None:
            kept.append(draft)
        elif draft.standing < kept[at].standing:
            kept.append(_joined(draft, kept.pop(at)))
        else:
            kept[at] = _joined(kept[at], draft)
    return tuple(k.recommendation for k in kept)


_Key = tuple[int, int, str]


def _key(draft: Draft) -> _Key:
    return draft.place, draft.recommendation.page, draft.recommendation.text


def _gathered(drafts: Sequence[Draft]) -> dict[_Key, _Key]:
    """For each statement of a closing list the fuller one before it, where the list only gathers what the chapters recommend."""
    places = [d.place for d in drafts if d.standing is Standing.CHAPTER]
    brief = [d for d in drafts if places and d.place == max(places)]
    full = [d for d in drafts if d.standing is Standing.FINDING and places and d.place < max(places)]
    words = [[d.recommendation.text for d in part] for part in (full, brief)]
    shorter = sum(len(t.split()) for t in words[1]) < sum(len(t.split()) for t in words[0])
    if not shorter or len(set(places)) > 1 or not says_the_same_in_order(*words):
        return {}
    return {_key(b): _key(f) for b, f in zip(brief, full, strict=True)}


def _joined(main: Draft, other: Draft) -> Draft:
    a, b = main.recommendation, other.recommendation
    return Draft(
        replace(
            a,
            number=a.number or b.number,
            also_on=tuple(sorted({*a.also_on, *b.also_on, b.page} - {a.page})),
            addressee=a.addressee or b.addressee,
            agencies=a.agencies or b.agencies,
            target_date=a.target_date or b.target_date,
        ),
        main.standing,
        main.place,
    )


def _same(one: Draft, other: Draft) -> bool:
    a, b = one.recommendation, other.recommendation
    if one.place == other.place:
        return False
    if a.number and b.number and _plain_number(one) != _plain_number(other) and ("." in a.number) == ("." in b.number):
        return False  # but a plan counts 1, 2 what a chapter numbers 8.2, 8.3
    shortened = one.standing != other.standing and not _SHORTENING.isdisjoint((one.standing, other.standing))
    alike, contained = _in_common(a.text, b.text)
    if shortened and a.number and b.number:
        return alike >= SAME_IF_NUMBERED or contained >= CONTAINED
    summary = shortened and Standing.SUMMARY in (one.standing, other.standing)
    return alike >= SAME or (summary and contained >= CONTAINED)


def _list_collects_findings(drafts: Sequence[Draft]) -> bool:
    """Whether the list of recommendations repeats those that stand under the findings, under the same numbers.

    Where it does so word for word for nearly all, what it words anew under a number is that recommendation too.
    """
    findings, chapter = ([d for d in drafts if d.standing is s] for s in (Standing.FINDING, Standing.CHAPTER))
    numbered = {_plain_number(d): d for d in chapter if d.recommendation.number}
    once = len(numbered) == len(chapter) and len({_plain_number(d) for d in findings}) == len(findings)
    pairs = [(d, numbered[n]) for d in findings if (n := _plain_number(d)) in numbered]
    repeated = sum(_in_common(a.recommendation.text, b.recommendation.text)[0] >= SAME for a, b in pairs)
    return once and len(pairs) == len(findings) and repeated >= max(FEWEST_REPEATED, NEARLY_ALL * len(pairs))


def _is_collected(one: Draft, other: Draft) -> bool:
    standings = {one.standing, other.standing}
    return standings == {Standing.FINDING, Standing.CHAPTER} and _plain_number(one) == _plain_number(other)


def _places_that_name(drafts: Sequence[Draft]) -> frozenset[int]:
    """Appendices, plans and summaries that give each recommendation's number and subject only ("4  Police information  Home Office").

    They have every number of the chapter and no other, ask for nothing, and say most subjects in words of the recommendation:
    a list of other recommendations has the same numbers by chance, and not the same words too.
    """
    asked = [d for d in drafts if d.recommendation.kind is Kind.RECOMMENDATION]
    chapter = {_plain_number(d): d for d in asked if d.standing in (Standing.CHAPTER, Standing.FINDING)}
    out = set()
    for place in {d.place for d in drafts if d.standing > Standing.FINDING}:
        rows = [d for d in drafts if d.place == place]
        numbers = {_plain_number(d) for d in rows}
        if len(rows) < FEWEST_REPEATED or "" in numbers or numbers != set(chapter) or len(numbers) != len(rows):
            continue
        told = sum(not _telling(d).isdisjoint(_telling(chapter[_plain_number(d)])) for d in rows)
        if told >= NEARLY_ALL * len(rows) and all(map(_only_names, rows)):
            out.add(place)
    return frozenset(out)


def _only_names(draft: Draft) -> bool:
    text = draft.recommendation.text
    return len(text.split()) <= LONGEST_SUBJECT and not text.endswith(".") and not is_directive(text)


def _telling(draft: Draft) -> set[str]:
    return {w for w in re.findall(r"[a-z]+", draft.recommendation.text.casefold()) if len(w) >= FEWEST_LETTERS}


def _plain_number(draft: Draft) -> str:
    return (draft.recommendation.number or "").upper().lstrip("R")


def _in_common(a: str, b: str) -> tuple[float, float]:
    """What two passages have in common: the F1 of their words, and the share of the shorter one's that stand in the longer."""
    first, second = (Counter(re.findall(r"[a-z0-9]+", text.casefold())) for text in (a, b))
    common, lengths = sum((first & second).values()), sorted((sum(first.values()), sum(second.values())))
    f1 = 2 * common / sum(lengths) if sum(lengths) else 0.0
    return f1, common / lengths[0] if lengths[0] >= FEWEST_WORDS else 0.0
