"""Words divided at a line's end: is the hyphen printed, or was it only put in to break the line?"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from extract.characters import SOFT_HYPHEN
from extract.layout import Line

# Ends of words that never stand by themselves: what precedes them at a line's end was divided there.
_ENDINGS = frozenset(
    "tion tions sion sions ment ments ing ings ness tive tives ity ities ally ance ance ence ences ers ter ters ness tial "
    "cial ous ble ful less ture tures tory sive ly ted ded ical ics tic nal nel ular ation ations ture".split()
)
# Openings that the field joins with a hyphen: "multi-agency", "non-engagement".
_PREFIXES = frozenset(
    "multi inter non self co pre post anti mid well cross semi follow front long short early high low part full "
    "single child life person family step face day decision evidence trauma problem drop".split()
)


STEM = 6  # letters in common that make two words forms of one


def join_lines(texts: Sequence[str], hyphens: Callable[[str, str], bool]) -> str:
    """Lines of text as one, with a word that was divided at a line's end made whole."""
    out = ""
    for text in texts:
        if not out:
            out = text
        elif out.endswith(SOFT_HYPHEN):
            out = out[:-1] + text
        elif out[-1] == "-" and re.search(r"[A-Za-z]-$", out[-2:]) and _goes_on_in_case(out[-4:], text):
            left, right = re.split(r"[\s(/]", out)[-1][:-1], re.split(r"[\s,.;:)/]", text, maxsplit=1)[0]
            out = (out if hyphens(left, right) else out[:-1]) + text
        elif out.endswith(("/", "\u2013")) and not out.endswith((" \u2013", " /")):
            out += text
        else:
            out += " " + text
    return " ".join(out.replace(SOFT_HYPHEN, "").split())


def without_line_ends(text: str, hyphens: Callable[[str, str], bool]) -> str:
    """Words that were put together from lines with their hyphens ("part-nership", "part- nership"), made whole where they were divided."""

    def whole(found: re.Match[str]) -> str:
        left, right = found[1], found[2]
        return f"{left}-{right}" if hyphens(left, right) else left + right

    return re.sub(r"([A-Za-z]+)- ?([a-z]+)\b(?!-)", whole, text)


def _goes_on_in_case(out: str, text: str) -> bool:
    """Whether the next line may hold the rest of a word: in small letters, or in capitals where the first half is."""
    return re.match(r"[a-z]", text) is not None or (re.search(r"[A-Z]{2}-$", out) is not None and text[:2].isupper())


def printed_hyphens(lines: Sequence[Line]) -> Callable[[str, str], bool]:
    """How a report writes its words: whether a hyphen at a line's end, between `left` and `right`, is printed.

    Where the report writes the word elsewhere, that decides; where it writes both ("well-being", "wellbeing") the hyphen
    stays, as it does after an opening that the field hyphenates. Else it is printed where a half is a word of its own: either
    half in a report that shows no other divided word, the second in one that does.
    """

    @cache
    def vocabulary() -> tuple[Counter[str], bool]:
        # Counted when the first word is divided: most reports divide none where it matters.
        # Halves of divided words are no words.
        parts = (_without_halves(a, line.text) for a, line in zip(["", *(n.text for n in lines)], lines, strict=False))
        text = "\n".join(parts).casefold()
        words = Counter(re.findall(r"[a-z]+(?:-[a-z]+)*", text))
        return words, sum(_is_divided(a.text, b.text, words) for a, b in pairwise(lines)) >= 2

    def is_word(half: str) -> bool:
        return len(half) >= 3 and vocabulary()[0][half.casefold()] > 1

    def printed(left: str, right: str) -> bool:
        words, divides = vocabulary()
        whole, parted = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
        if parted in words or re.search(r"[-.]", left + right):
            return True  # the rest of a compound ("out-" "of-hours") or of a web address
        if whole in words:
            return False
        if left.casefold() in _PREFIXES or (left + right[:1]).casefold() == "ree":
            return True  # two e would run together: "re-evaluate", "re-enter"
        if right.casefold() in _ENDINGS:
            return False
        if is_word(right):
            return True
        if len(whole) > STEM and any(word.startswith(whole[:STEM]) for word in words):
            return False  # another form of the word is written whole elsewhere: "recommend" for "rec-" "ommended"
        return not divides and right.casefold() not in _ENDINGS and is_word(left)

    return printed


def _without_halves(before: str, text: str) -> str:
    if before.endswith("-"):
        text = text.partition(" ")[2]
    return text.rpartition(" ")[0] if text.endswith("-") else text


def _is_divided(text: str, following: str, words: Counter[str]) -> bool:
    """Whether a line ends in the first half of a word that is written whole elsewhere, or that no whole word can end."""
    left, right = re.search(r"([A-Za-z]+)-$", text), re.match(r"[a-z]+", following)
    if left is None or right is None:
        return False
    whole, parted = f"{left[1]}{right.group()}".casefold(), f"{left[1]}-{right.group()}".casefold()
    return right.group() in _ENDINGS or (whole in words and parted not in words)
