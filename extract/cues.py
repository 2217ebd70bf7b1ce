"""What makes a page or a line worth a closer look: plain words, wider than the patterns that then decide."""

import re

from extract.formats import NUMERAL

# What makes a page worth reading in full; one that shows none of these is only glanced at. Wider than all patterns above, and
# plain words in small letters where it can be, since every page of every report is searched for them.
# In a line that may be a heading (few words, no full stop, a capital first):
# by their first word or its stem, and with it how they may go on.
_FOR_OR_TO = (" for", " to", "s for", "s to")
HEADING_WORDS: dict[str, tuple[str, ...]] = {
    "recommend": ("",),
    "action": (" plan",),
    "priorit": ("y action",),
    "single": (" agenc", "-agenc"),
    "individual": (" agenc",),
    "area": tuple(f"{s} {word}" for s in ("", "s") for word in ("for", "of", "requiring", "needing")),
    "what ": tuple("the this we our now need must has have should will partners agencies services".split()),
    **dict.fromkeys(("suggested", "proposed", "required", "improvement"), (" action",)),
    **dict.fromkeys(("question", "consideration", "issue", "challenge", "point", "matter"), _FOR_OR_TO),
    **dict.fromkeys(("board", "partnership", "system", "reflective"), (" question", " consideration")),
}
# In a line that ends in a colon:
LEAD_IN_WORDS = ("consider", "question", "ask itself", "ask themselves", "recommend")
# At the beginning of any line:
OPENING_CUE = re.compile(
    r"[^\w]*(?:\d[\d.]*[^\w]+)?(?:[\w-]+[^\w]+){0,3}?(?:Recommendations?|RECOMMENDATIONS?)\b"
    r"|[^\w]*(?:[Rr]|[Rr][Ee][Cc]\.?)[ ]?\d|[^\w]*(?:[Qq]uestion|[Cc]onsideration|QUESTION|CONSIDERATION)\s*\d"
)
# In a sentence, in small letters: that something is recommended, and, before the word, how many recommendations there are.
PROSE_CUE = re.compile(r"recommend(?:s|ed)?(?:,? [\w-]+){0,6}?,? (?:that|to)\b")
COUNT_CUE = re.compile(rf"\b(?:\d{{1,3}}|{NUMERAL}) (?:[\w-]+ ){{0,2}}$")
# Within a paragraph, from the end of the sentence before: ". Recommendation 4", ".” Recommendation Two".
INLINE_LABEL = re.compile(rf"[.?!:][”\"’')\]]? Recommendation (?:\d|(?:{NUMERAL})\b)", re.IGNORECASE)
# The first letters of "R1", "Rec. 2", "Question 1", "Consideration 1": a line that opens an item has one, or the whole noun.
OPENING_LETTERS = frozenset("RrQqCc")
LONGEST_COUNT = 40  # characters before the word
# "(Recommendation)" behind a finding refers to a list that stands elsewhere.
REFERENCE_TO_LIST = re.compile(r"\(\s*recommendations?\b[^()\n]{0,40}\)", re.IGNORECASE)
