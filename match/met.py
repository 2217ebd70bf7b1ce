"""Many regular expressions held against many texts: tried only where the letters stand that every match has.

Trying two hundred one after the other was most of what comparing recommendations cost, and nearly all of them are about
something else than the text.
"""

import re
from collections.abc import Mapping, Sequence

# What is not a plain letter: an escape, a class, a repetition, a bracket, or one of the other signs.
_SIGN = re.compile(r"\\.|\[.[^]]*\]|\{[^}]*\}|[().^$?*+]")


def letters_of(pattern: str) -> str:
    """The longest run of letters that whatever a regular expression matches must have; "" where none is certain."""
    runs, depth, at = [], 0, 0
    for sign in _SIGN.finditer(pattern):
        if not depth:
            runs.append(_certain(pattern, at, sign.start()))
        depth += {"(": 1, ")": -1}.get(sign.group(), 0)
        at = sign.end()
    runs.append(pattern[at:])
    return "" if any("|" in run for run in runs) else max(runs, key=len)


def _certain(pattern: str, start: int, end: int) -> str:
    """The letters between two signs, without the last where the next sign lets it be absent."""
    return pattern[start : end - 1] if pattern[end] in "?*{" and end > start else pattern[start:end]


class Met:
    """Named families of regular expressions, and which of them a text meets."""

    def __init__(self, families: Mapping[str, Sequence[str]]) -> None:
        self._each = [
            (letters_of(pattern), re.compile(pattern), name) for name, some in families.items() for pattern in some
        ]

    def __call__(self, text: str, *, besides: frozenset[str] = frozenset()) -> frozenset[str]:
        """Names of the families of which an expression is found in `text`; those `besides` are not looked for."""
        found: set[str] = set()
        for letters, pattern, name in self._each:
            if letters in text and name not in found and name not in besides and pattern.search(text):
                found.add(name)
        return frozenset(found)
