"""Texts for which no suggestion should be trusted: nothing to read, another language, or far too much at once."""

import re
from collections.abc import Collection

from classify.words import tokens

TOO_LONG = 1500  # words; the longest single recommendation with its sub-points stays well below
FEWEST = 3
_LETTERS = re.compile(r"[^\W\d_]")
# The commonest words of English sentences; a text of another language, or a list of names, has few of them.
_COMMON = frozenset(
    "the of to and in for a an is are be that with on by as at from or should their they it its this which who not all "
    "when where how what will must have has can any each these those more than into so if we our do does about".split()
)


def doubt(text: str, known: Collection[str]) -> str:
    """Why a text cannot be classified, as a sentence for the reviewer; empty if it can.

    `known`: the terms the model has seen, by which it tells that a text is in its language.
    """
    words = [word for word in tokens(text) if _LETTERS.search(word)]
    if not text.strip():
        return "There is no text to classify."
    if not words:
        return "There are only numbers or signs and no words to classify."
    if len(words) < FEWEST:
        return "There are too few words to tell what is asked for."
    if len(words) > TOO_LONG:
        return f"The text has {len(words)} words, more than one recommendation: split it."
    if not _reads_as_english(text, words, known):
        return "The text does not read like English, the only language that the model knows."
    return ""


def _reads_as_english(text: str, words: list[str], known: Collection[str]) -> bool:
    if not text.isascii():
        letters = _LETTERS.findall(text)
        if sum(letter.isascii() for letter in letters) < 0.8 * len(letters):
            return False
    familiar = sum(map(known.__contains__, words)) / len(words)
    common = sum(map(_COMMON.__contains__, words)) / len(words)
    # Short notes in telegram style have few common words but are made of the field's own.
    return familiar >= 0.6 or (familiar >= 0.35 and common >= 0.15)
