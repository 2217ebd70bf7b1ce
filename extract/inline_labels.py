"""Labels within a paragraph: "... before the summer. *Recommendation 4* *The Trust should ...* It had been asked for before."

What is printed in one line is parted where the label begins, and where what is set apart with it ends, so that the label opens
a line and the reasons before and after are lines of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract import formats
from extract.asks import names_recommendations
from extract.layout import Line, Word
from extract.reading_order import part_of_line

FEWEST_WORDS = 6  # set apart after a label, for their end to be that of the recommendation
_NOUN = re.compile(r"Recommendation", re.IGNORECASE)
_STOP = re.compile(r"[.?!:][”\"’')\]]*$")
_OWN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,3}[.):]?")  # of the paragraph: "7.6. Recommendation Five: ..."


def part_at_labels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a report, parted."""
    out: list[Line] = []
    style: tuple[bool, bool] | None = None  # bold and italic, of the recommendation that runs here
    passed = 0
    lines = _labels_whole(lines)
    for line, following in zip(lines, [*lines, None][1:], strict=True):
        if style is None and not names_recommendations(line.text):
            out.append(line)
            continue
        cuts = []
        for index, word in enumerate(line.words):
            before = line.words[index - 1] if index else None
            if _opens(line, index):
                style, passed = _style_after(line, index, following), 0
                if before is not None and not (index == 1 and _OWN_NUMBER.fullmatch(before.text)):
                    cuts.append(index)
            elif style is not None and (word.bold, word.italic) != style and any(c.isalpha() for c in word.text):
                ended = passed >= FEWEST_WORDS and before is not None and _STOP.search(before.text) is not None
                if ended:
                    cuts.append(index)
                if ended or passed > FEWEST_WORDS:
                    style = None
            passed += 1
        if not cuts:
            out.append(line)
            continue
        bounds = [0, *cuts, len(line.words)]
        out += [part_of_line(line, a, b) for a, b in pairwise(bounds)]
    return tuple(out)


def _labels_whole(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the noun of a label that a line's end parts from its number put before it."""
    out = list(lines)
    for at, following in enumerate(lines[1:]):
        if not names_recommendations(out[at].text[-len("recommendation") :]):
            continue
        noun = out[at].words[-1]
        alone = noun.bold and _NOUN.fullmatch(noun.text) is not None and len(out[at].words) > 1
        if not alone or not following.words[0].bold or _STOP.search(out[at].words[-2].text) is None:
            continue
        if formats.LABEL.match(f"{noun.text} {following.text}"):
            out[at] = part_of_line(out[at], 0, -1)
            out[at + 1] = replace(following, words=(noun, *following.words), text=f"{noun.text} {following.text}")
    return out


def _opens(line: Line, index: int) -> bool:
    """Whether a label set apart from the text begins at a word, at the beginning of its line or after a sentence."""
    word = line.words[index]
    if not word.bold or _NOUN.fullmatch(word.text) is None:
        return False
    before = line.words[index - 1] if index else None
    if before is not None and (before.bold or _STOP.search(before.text) is None):
        return False
    return formats.LABEL.match(" ".join(w.text for w in line.words[index:])) is not None


def _style_after(line: Line, index: int, following: Line | None) -> tuple[bool, bool] | None:
    """Bold and italic of the words behind a label, on its line or the next, if that sets them apart."""
    behind: Sequence[Word] = line.words[index + 2 :] or (following.words if following is not None else ())
    if not behind or not (behind[0].bold or behind[0].italic):
        return None
    return behind[0].bold, behind[0].italic
