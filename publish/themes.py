"""Themes of the framework, and what is asked on one of them: once, or again and again."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import UsageError
from domain.framework import Framework
from domain.records import RecommendationRow
from publish import wording

_WORD = re.compile(r"\w+")
_ALIKE = 0.8
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Theme:
    """What a briefing is about. `dimension`: "quadrant", "issue" or "area"; `noun`: what the field calls that."""

    code: str
    title: str
    dimension: str
    noun: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked once or again and again: the recommendation to quote, and those that ask the same."""

    quoted: RecommendationRow
    others: tuple[RecommendationRow, ...] = ()

    @property
    def everything(self) -> tuple[RecommendationRow, ...]:
        """The quoted one and the others."""
        return (self.quoted, *self.others)

    @property
    def reviews(self) -> int:
        """Of how many reviews."""
        return len({r.review_id for r in self.everything})


def themes(framework: Framework) -> tuple[Theme, ...]:
    """Everything that a briefing can be about."""
    kinds = (
        ("quadrant", "quadrant", framework.quadrants),
        ("issue", "recurring issue", framework.issues),
        ("area", "practice area", framework.areas),
    )
    return tuple(
        Theme(entry.code, entry.title, dimension, noun, entry.about)
        for dimension, noun, entries in kinds
        for entry in entries
    )


def theme_of(framework: Framework, words: str) -> Theme:
    """The theme of this code or title, in capitals or not. Raises `UsageError`, with the choices, for any other."""
    wanted, known = _key(words), themes(framework)
    by_code = [theme for theme in known if _key(theme.code) == wanted]
    found = by_code or [theme for theme in known if _key(theme.title) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        codes = " or ".join(theme.code for theme in found)
        raise UsageError(f"{words} is the title of more than one theme. Give its code: {codes}.")
    choices = "; ".join(
        f"{noun}s: {', '.join(theme.code for theme in known if theme.noun == noun)}"
        for noun in dict.fromkeys(theme.noun for theme in known)
    )
    raise UsageError(f"There is no theme {words}. Give the code or the title of one of these. {choices}.")


def what_is_asked(found: Iterable[RecommendationRow], *, grouped: bool) -> tuple[Ask, ...]:
    """Near-repeats as one ask, those of most reviews first; then single ones, each review's first before any second.

    grouped: the recommendations bear their groups of near-repeats. Otherwise, as in what the public may see, only those
    in the same or nearly the same words stand together.
    """
    rows = tuple(found)
    groups = _by_group(rows) if grouped else _by_wording(rows)
    asks = [_ask(group) for group in groups]
    repeated = sorted(
        (ask for ask in asks if ask.others),
        key=lambda ask: (-ask.reviews, -len(ask.others), _place(ask.quoted)),
    )
    newest = sorted((ask for ask in asks if not ask.others), key=lambda ask: _place(ask.quoted))
    newest.sort(key=lambda ask: ask.quoted.published or "", reverse=True)
    newest.sort(key=lambda ask: (not ask.quoted.decided, ask.quoted.unsure))
    nth: Counter[int] = Counter()
    turns = []
    for ask in newest:
        turns.append((nth[ask.quoted.review_id], ask))
        nth[ask.quoted.review_id] += 1
    return (*repeated, *(ask for _, ask in sorted(turns, key=lambda turn: turn[0])))


def _by_group(rows: tuple[RecommendationRow, ...]) -> list[list[RecommendationRow]]:
    groups: dict[str, list[RecommendationRow]] = defaultdict(list)
    for row in rows:
        groups[row.group_id or row.id].append(row)
    return list(groups.values())


def _by_wording(rows: tuple[RecommendationRow, ...]) -> list[list[RecommendationRow]]:
    """Together: four fifths of the words of both are the same. Short ones stand alone, their lead-in may say the matter.

    Two sets of words that are so much alike share one of their rarest words, so only those that do are compared.
    """
    bags = [frozenset(_WORD.findall(row.text.casefold())) for row in rows]
    often = Counter(word for bag in bags for word in bag)
    groups: list[list[RecommendationRow]] = []
    firsts: list[frozenset[str]] = []
    with_word: dict[str, list[int]] = defaultdict(list)
    for row, bag in zip(rows, bags, strict=True):
        rarest = sorted(bag, key=lambda word: (often[word], word))[: len(bag) - math.ceil(_ALIKE * len(bag)) + 1]
        near = {number for word in rarest for number in with_word[word]} if len(bag) >= _FEWEST_WORDS else set()
        same = next((n for n in sorted(near) if len(bag & firsts[n]) >= _ALIKE * len(bag | firsts[n])), None)
        if same is None:
            for word in rarest:
                with_word[word].append(len(groups))
            groups.append([row])
            firsts.append(bag)
        else:
            groups[same].append(row)
    return groups


def _ask(group: list[RecommendationRow]) -> Ask:
    """Quoted is the shortest of those that say enough to be understood alone."""
    in_words = sorted(group, key=lambda row: (len(wording.in_full(row)), _place(row)))
    quoted = next((row for row in in_words if len(wording.in_full(row).split()) >= 2 * _FEWEST_WORDS), in_words[-1])
    return Ask(quoted, tuple(row for row in sorted(group, key=_place) if row is not quoted))


def _place(row: RecommendationRow) -> tuple[int, str, int, str]:
    return len(row.review_letter), row.review_letter, row.page, row.id


def is_of(row: RecommendationRow, theme: Theme) -> bool:
    """Whether a recommendation belongs to a theme, by its current label."""
    match theme.dimension:
        case "quadrant":
            return row.quadrant == theme.code
        case "issue":
            return theme.code in row.issues
        case _:
            return theme.code in row.areas


def _key(words: str) -> str:
    return wording.one_line(words).casefold()
