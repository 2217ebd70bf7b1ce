"""The names that stand over the columns of a table of recommendations, found by the words of one row."""

from collections.abc import Sequence
from itertools import pairwise

from extract import formats
from extract.layout import Word

CELL_GAP = 0.9  # in sizes of the type: a space this wide in a row of column heads parts two heads


def cells_of(words: Sequence[Word]) -> list[list[Word]]:
    """A row's words, left to right, parted where the space between them is wider than one between words."""
    cells: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 > CELL_GAP * max(before.size, word.size):
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def roles_of(cells: Sequence[Sequence[Word]]) -> list[str | None]:
    """What each cell's words say that its column holds, by the roles of `formats.COLUMNS`; None where they say nothing."""
    texts = [" ".join(w.text for w in cell).rstrip(" :*") for cell in cells]
    return [next((r for r, pattern in formats.COLUMNS.items() if pattern.match(text)), None) for text in texts]
