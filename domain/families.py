"""Families of words, looked for in a text all at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CAPITAL_OR_ESCAPE = re.compile(r"\\.|[A-Z]")
_WORD = re.compile(r"\w+")
# An alternative that ends within the word that it begins: whether it is met depends on that word alone.
_WITHIN_A_WORD = re.compile(r"(?:[a-z]|\\b|\(\?:|[()|?\[\]])+")
_LOOKED_BACK = re.compile(r"(?:\(\?<![^)]*\))+")
_ONE_OF = re.compile(r"\(\?:([^()]*)\)(?![?*{])")
_BEGINNING = re.compile(r"[a-z]*(?![?*{])")
_CACHED = 50_000


def lowered(pattern: str) -> str:
    """A regular expression in lower case, its escapes left alone, for texts in lower case."""
    return _CAPITAL_OR_ESCAPE.sub(lambda m: m.group() if len(m.group()) > 1 else m.group().lower(), pattern)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a word tells: families met by it alone, and alternatives that may begin with it, to be tried on the text."""

    met: tuple[int, ...]
    tried: tuple[tuple[int, re.Pattern[str]], ...]


class Families:
    r"""Several families, each of regular expressions that begin at the start of a word.

    Looking for sixty families one after the other in every text was most of what classifying cost. Most expressions
    are beginnings of words, so what a word tells is worked out once for each word and remembered; the few that go
    beyond one word are tried only where the text has a word that can begin them.
    """

    def __init__(self, families: Sequence[Sequence[str]]) -> None:
        self._count = len(families)
        self._within: list[tuple[int, re.Pattern[str]]] = []
        self._beyond: list[tuple[int, tuple[str, ...], re.Pattern[str]]] = []
        for number, alternatives in enumerate(families):
            bare = [lowered(a.removeprefix(r"\b")) for a in alternatives]
            within = [a for a in bare if _WITHIN_A_WORD.fullmatch(a)]
            if within:
                self._within.append((number, re.compile("|".join(within))))
            for alternative in bare:
                if alternative not in within:
                    self._beyond.append((number, _beginnings(alternative), re.compile(alternative)))
        self._told: dict[str, _Told] = {}

    def first_places(self, text: str) -> list[int]:
        """For each family, the place in a text in lower case where it is first met, or -1."""
        places = [-1] * self._count
        for word in _WORD.finditer(text):
            told = self._told.get(word.group()) or self._learn(word.group())
            for number in told.met:
                if places[number] < 0:
                    places[number] = word.start()
            for number, pattern in told.tried:
                if places[number] < 0 and pattern.match(text, word.start()):
                    places[number] = word.start()
        return places

    def _learn(self, word: str) -> _Told:
        told = _Told(
            tuple(number for number, pattern in self._within if pattern.match(word)),
            tuple(
                (number, pattern)
                for number, beginnings, pattern in self._beyond
                if any(word.startswith(begun) or begun.startswith(word) for begun in beginnings)
            ),
        )
        if len(self._told) < _CACHED:
            self._told[word] = told
        return told


def _beginnings(pattern: str) -> tuple[str, ...]:
    """The letters with which what a regular expression matches must begin, one of them; empty where any may."""
    bare = _LOOKED_BACK.sub("", pattern, count=1) if pattern.startswith("(?<!") else pattern
    options = _ONE_OF.match(bare)
    beginnings = options.group(1).split("|") if options else [bare]
    return tuple(found.group() if (found := _BEGINNING.match(option)) else "" for option in beginnings)
