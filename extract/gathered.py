"""A closing list that gathers in fewer words what the chapters before it recommend, one for one and in their order."""

import re
from collections import Counter
from collections.abc import Sequence

FEWEST = 3  # recommendations, for two lists to be compared
NEARLY_ALL = 0.75  # of them that must be nearest to the one at their own place
FEWEST_IN_COMMON = 2  # telling words of two statements of one recommendation
LETTERS = 5  # of a word that tells, and of its stem: "investigate", "investigation"
COMMON = 1 / 3  # of all statements: a word that so many have tells none from another


def says_the_same_in_order(full: Sequence[str], brief: Sequence[str]) -> bool:
    """Whether each of one list's statements is the other's at its place in other words.

    Two lists of one length may be of different recommendations; then what is nearest to one stands anywhere or nowhere.
    """
    if len(full) != len(brief) or len(full) < FEWEST:
        return False
    stems = [_stems(text) for text in (*full, *brief)]
    counts = Counter(stem for words in stems for stem in words)
    usual = {stem for stem, count in counts.items() if count > COMMON * len(stems)}
    first, second = ([words - usual for words in part] for part in (stems[: len(full)], stems[len(full) :]))
    in_place = 0
    for at, words in enumerate(second):
        shared = [len(words & other) for other in first]
        in_place += shared[at] >= FEWEST_IN_COMMON and shared[at] == max(shared)
    return in_place >= NEARLY_ALL * len(full)


def _stems(text: str) -> frozenset[str]:
    return frozenset(w[:LETTERS] for w in re.findall(r"[a-z]+", text.casefold()) if len(w) >= LETTERS)
