"""The passage of a text that answers a query, and the words to mark in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.language import straighten
from match.asked import STOP_WORDS, Asked
from match.content import stem

WHOLE_UP_TO: Final = 60  # words; a longer text is shown in part
AROUND: Final = 45
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text as it stands there, and the character ranges in it that answer the query, in order."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def passage(text: str, asked: Asked) -> Passage:
    """The piece of `text` with the most of what was asked, as whole words; an ellipsis where something is left out."""
    words = list(_WORD.finditer(straighten(text)))
    hit = _hits([word.group().lower() for word in words], asked)
    first, last = _window(hit, len(words))
    start = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    before, after = ("… " if first else ""), (" …" if last < len(words) else "")
    shift = len(before) - start
    marks = tuple((w.start() + shift, w.end() + shift) for w, h in zip(words, hit, strict=True) if h)
    inside = tuple((a, b) for a, b in marks if a >= len(before) and b <= len(before) + end - start)
    return Passage(before + text[start:end] + after, inside)


def _hits(words: Sequence[str], asked: Asked) -> list[bool]:
    """For each word, whether it answers."""
    stems = [stem(word) for word in words]
    single = {stem(word) for word in asked.words if word not in STOP_WORDS}
    found = [s in single or any(w.startswith(b) for b in asked.beginnings) for w, s in zip(words, stems, strict=True)]
    for phrase in (*asked.phrases, *asked.quoted):
        wanted = [stem(word) for word in phrase]
        for at in range(len(stems) - len(wanted) + 1):
            if stems[at : at + len(wanted)] == wanted:
                found[at : at + len(wanted)] = [True] * len(wanted)
    return found


def _window(hit: Sequence[bool], count: int) -> tuple[int, int]:
    """The first and behind the last word of the piece to show: one with the most hits, at an end of the text if it can be."""
    if count <= WHOLE_UP_TO:
        return 0, count
    inside = [sum(hit[start : start + AROUND]) for start in range(count - AROUND + 1)]
    best = [start for start, hits in enumerate(inside) if hits == max(inside)]
    first = next((end for end in (0, count - AROUND) if end in best), best[len(best) // 2])
    return first, first + AROUND
