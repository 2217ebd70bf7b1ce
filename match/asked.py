"""What a person typed into a search, understood: nothing is ever a mistake of syntax.

A short query may put a phrase in double quotes, end a word with * for its beginning, and leave out what follows NOT
(in capitals) or a minus sign. Longer words are a draft that was pasted in: there, quotes and NOT are only words.
"""

import re
from dataclasses import dataclass
from typing import Final

from domain.language import straighten
from domain.short_forms import other_forms, written_out

DRAFT_FROM: Final = 16  # words; nobody builds a query of so many, and a draft's "must NOT" leaves nothing out
LONGEST: Final = 400  # words that are looked at; a recommendation has fewer
SHORTEST_BEGINNING: Final = 3

STOP_WORDS: Final = frozenset(
    "a an and any are as at be been but by can do does for from had has have how if in into is it its not of on or our "
    "should so than that the their them then there these they this to was we were what when where which who why will "
    "with".split()
)

_PIECE: Final = re.compile(r'(?P<no>(?<!\S)(?:NOT\s+|-(?=[\w"])))?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_TOKEN: Final = re.compile(r"[^\W_]+")
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s?(?!\w)")
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: all in words as the index has them, in lower case.

    meaning: what to compare by meaning, short forms written out; words: single words, the telling ones where there are
    any; beginnings: beginnings of words; phrases: words that belong together, other forms of what was typed among
    them; quoted: phrases that the person put in quotes; left_out: words or phrases that no answer may have.
    """

    meaning: str
    words: Words = ()
    beginnings: Words = ()
    phrases: tuple[Words, ...] = ()
    quoted: tuple[Words, ...] = ()
    left_out: tuple[Words, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.beginnings or self.phrases or self.quoted)


def understand(typed: str) -> Asked:
    """A person's words as a query. `Asked.empty` where they hold no word at all."""
    text = straighten(typed).translate(_QUOTES)
    text = " ".join(text.split()[:LONGEST])
    if len(text.split()) >= DRAFT_FROM:
        return _asked(text.replace('"', " "), Asked(written_out(text)), unfinished=False)
    quoted, left_out, plain = [], [], []
    for piece in _PIECE.finditer(text):
        words = _tokens(piece["phrase"] if piece["phrase"] is not None else piece["word"])
        if words and piece["no"]:
            left_out.append(words)
        elif words and piece["phrase"] is not None:
            quoted.append(words)
        elif words:
            plain.append(piece["word"])
    if not plain and not quoted:
        return _asked(text, Asked(written_out(text)), unfinished=False)
    wanted = " ".join([*plain, *(" ".join(words) for words in quoted)])
    unfinished = bool(plain) and text.endswith(plain[-1]) and not typed[-1:].isspace()
    return _asked(
        " ".join(plain),
        Asked(written_out(wanted), quoted=tuple(quoted), left_out=tuple(left_out)),
        unfinished=unfinished,
        others=other_forms(wanted),
    )


def _asked(plain: str, so_far: Asked, *, unfinished: bool, others: Words | None = None) -> Asked:
    """Add the plain words to what is understood so far; the last is a beginning too where typing may go on."""
    words: list[str] = []
    beginnings: list[str] = []
    phrases = [_tokens(form) for form in (other_forms(plain) if others is None else others)]
    for word in plain.split():
        tokens = _tokens(word)
        if word.endswith("*") and tokens and len(tokens[-1]) >= SHORTEST_BEGINNING:
            beginnings.append(tokens[-1])
            tokens = tokens[:-1]
        if len(tokens) > 1:
            phrases.append(tokens)  # "non-accidental" asks for both, side by side; each alone helps too
        words += tokens
    telling = [word for word in words if word not in STOP_WORDS] or words
    if unfinished and words and telling[-1] == words[-1] and len(words[-1]) >= SHORTEST_BEGINNING:
        beginnings.append(words[-1])
    return Asked(
        so_far.meaning,
        words=tuple(dict.fromkeys(telling)),
        beginnings=tuple(dict.fromkeys(beginnings)),
        phrases=tuple(dict.fromkeys(p for p in phrases if p)),
        quoted=so_far.quoted,
        left_out=so_far.left_out,
    )


def _tokens(text: str) -> Words:
    return tuple(word.lower() for word in _TOKEN.findall(_POSSESSIVE.sub("", text)))
