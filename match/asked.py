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
    them; quoted: phrases that the person put in quotes; starred: beginnings that the person ended with a star; left_out:
    words or phrases that no answer may have.
    """

    meaning: str
    words: Words = ()
    beginnings: Words = ()
    phrases: tuple[Words, ...] = ()
    quoted: tuple[Words, ...] = ()
    starred: Words = ()
    left_out: tuple[Words, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.beginnings or self.phrases or self.quoted)

    @property
    def very_words(self) -> bool:
        """Whether the person asked for these very words, in quotes, or for the very beginning of one, with a star."""
        return bool(self.quoted or self.starred)

    def found_in(self, text: str) -> bool:
        """Whether a text has the very words, as they were typed: all phrases, and a word with each beginning."""
        tokens = _tokens(straighten(text))
        return all(
            any(tokens[at : at + len(phrase)] == phrase for at in range(len(tokens))) for phrase in self.quoted
        ) and all(any(token.startswith(beginning) for token in tokens) for beginning in self.starred)


def understand(typed: str) -> Asked:
    """A person's words as a query. `Asked.empty` where they hold no word at all."""
    text = _straight(typed)
    if len(text.split()) >= DRAFT_FROM:
        return _asked(text.replace('"', " "), Asked(written_out(text)), unfinished=False)
    quoted, left_out, plain = _pieces(text)
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


def only_left_out(typed: str) -> tuple[Words, ...]:
    """What a query leaves out that asks for nothing ("NOT police"), so that there is a list and no order; () for any other."""
    text = _straight(typed)
    quoted, left_out, plain = _pieces(text)
    return tuple(left_out) if not quoted and not plain and len(text.split()) < DRAFT_FROM else ()


def _straight(typed: str) -> str:
    return " ".join(straighten(typed).translate(_QUOTES).split()[:LONGEST])


def _pieces(text: str) -> tuple[list[Words], list[Words], list[str]]:
    """The phrases in quotes, what is left out, and the plain words as they were typed."""
    quoted, left_out, plain = list[Words](), list[Words](), list[str]()
    for piece in _PIECE.finditer(text):
        words = _tokens(piece["phrase"] if piece["phrase"] is not None else piece["word"])
        if words and piece["no"]:
            left_out.append(words)
        elif words and piece["phrase"] is not None:
            quoted.append(words)
        elif words:
            plain.append(piece["word"])
    return quoted, left_out, plain


def _asked(plain: str, so_far: Asked, *, unfinished: bool, others: Words | None = None) -> Asked:
    """Add the plain words to what is understood so far; the last is a beginning too where typing may go on."""
    words: list[str] = []
    beginnings: list[str] = []
    starred: list[str] = []
    phrases = [_tokens(form) for form in (other_forms(plain) if others is None else others)]
    for word in plain.split():
        tokens = _tokens(word)
        if word.endswith("*") and tokens and len(tokens[-1]) >= SHORTEST_BEGINNING:
            starred.append(tokens[-1])
            tokens = tokens[:-1]
        if len(tokens) > 1:
            phrases.append(tokens)  # "non-accidental" asks for both, side by side; each alone helps too
        words += tokens
    telling = [word for word in words if word not in STOP_WORDS] or words
    if unfinished and words and telling[-1] == words[-1] and len(words[-1]) >= SHORTEST_BEGINNING:
        beginnings.append(words[-1])
    beginnings = [*starred, *beginnings]
    return Asked(
        so_far.meaning,
        words=tuple(dict.fromkeys(telling)),
        beginnings=tuple(dict.fromkeys(beginnings)),
        phrases=tuple(dict.fromkeys(p for p in phrases if p)),
        quoted=so_far.quoted,
        starred=tuple(dict.fromkeys(starred)),
        left_out=so_far.left_out,
    )


def _tokens(text: str) -> Words:
    return tuple(word.lower() for word in _TOKEN.findall(_POSSESSIVE.sub("", text)))
