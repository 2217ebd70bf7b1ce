"""Families of words as one quick pattern each."""

import re
from collections.abc import Sequence

from domain.language import straighten

_CAPITAL_OR_ESCAPE = re.compile(r"\\.|[A-Z]")


def folded(text: str) -> str:
    """A text as the patterns of `family` expect it: lower case, plain apostrophes and hyphens."""
    return straighten(text).lower()


def family(alternatives: Sequence[str]) -> re.Pattern[str]:
    r"""One pattern for regular expressions that each begin at the start of a word, for `folded` texts.

    Anchored once at word starts, and without ignoring case, the search is three times as fast as over alternatives
    that each begin with \b; with some sixty families to look for in every text, that is what classifying costs.
    """
    bare = [alternative.removeprefix(r"\b") for alternative in alternatives]
    lowered = _CAPITAL_OR_ESCAPE.sub(lambda m: m.group() if len(m.group()) > 1 else m.group().lower(), "|".join(bare))
    return re.compile(rf"(?<!\w)(?:{lowered})")
