"""The names that stand over the columns of a table of recommendations, found by the words of one row."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.layout import Word

CELL_GAP = 0.9  # in sizes of the type: a space this wide in a row of column heads parts two heads
# Column heads of tables of recommendations and action plans, by what the column holds.
COLUMNS: dict[str, re.Pattern[str]] = {
    role: re.compile(pattern, re.IGNORECASE)
    for role, pattern in {
        "number": r"^(?:no\.?|num(?:ber)?\.?|ref\.?(?:erence)?|#|rec\.? ?(?:no\.?|number|ref\.?)?|r\.? ?no\.?|"
        r"item|recommendation (?:no\.?|number|ref\.?))$",
        "text": r"^(?:(?:key |overview |multi[- ]agency |single[- ]agency |scr |sar |dhr |review |panel |"
        r"what is )?recommend(?:ations?|ed)"
        r"(?: ?[/&].*| (?:text|made|made .*|from .*|of .*|for .*|to .*|and .*|\(.*\)))?)$",
        "action": r"^(?:(?:recommended |required |key |agreed |improvement )?actions?(?: (?:required|needed|to be taken|agreed|"
        r"required .*))?|(?:practice |required |agreed )?improvements?(?: (?:required|needed|agreed))?|"
        r"what (?:we|partners|agencies) will do(?: differently)?|what (?:needs to|should|must|will) (?:happen|change|be done)(?: next)?|"
        r"what (?:the (?:partnership|board|partners)|partners|agencies|services|we) (?:should|must|will|needs? to) (?:do|change)(?: next)?)$",
        # What a recommendation answers; it tells a row of heads from other words.
        "finding": r"^(?:(?:key |main )?(?:findings?|issues?|themes?|learning(?: points?)?|lessons?(?: learn(?:ed|t))?)|"
        r"what (?:we|the (?:review|panel|audit)) (?:found|learn(?:ed|t)))$",
        "agency": r"^(?:lead|leads|owner|lead (?:agency|agencies|officer|organisation|partner|professional).*|"
        r"agency|agencies|agency responsible|responsible.*|responsibility|by whom|who|organisation|addressed to|"
        r"for(?: whom)?|accountable.*|single or multi.*|to|(?:made|directed|put) to|to whom|bod(?:y|ies)(?: (?:to act|responsible))?|"
        r"(?:for )?action by)$",
        "date": r"^(?:by|(?:to be )?completed? by|target(?: date| completion date)?(?: for completion)?|timescales?|time ?frame|by when|when|"
        r"due(?: date)?|date|deadline|completion date|target timescale|date of completion.*)$",
    }.items()
}


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
    """What each cell's words say that its column holds, by the roles of `COLUMNS`; None where they say nothing."""
    texts = [" ".join(w.text for w in cell).rstrip(" :*") for cell in cells]
    return [next((r for r, pattern in COLUMNS.items() if pattern.match(text)), None) for text in texts]
