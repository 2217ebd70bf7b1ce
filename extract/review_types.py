"""Which kind of review a document says it is, by the framework's words for each kind."""

import re
from collections.abc import Sequence
from functools import cache

from domain.framework import Entry, Framework
from domain.language import straighten
from extract.front import Front, Stated, running_text

OTHER = "other"


def review_type(front: Front, title: Stated | None, from_file: str | None, framework: Framework) -> Stated | None:
    """The type that the document says it is; None where it says so nowhere.

    In this order: the title, the rest of the first page, the running heads, the file's own title, and what a sentence of
    the opening calls "this review". Of several in one passage the first, and of those that begin together the longest: a
    "child safeguarding practice review" is none of the serious case reviews that it mentions.
    """
    entries = framework.review_types
    passages = [title] if title else []
    page = front.first[0].page if front.first else None
    passages.append(Stated(" ".join(line.text for line in front.first[:40]), page))
    passages += [Stated(line.text, line.page) for line in front.margins]
    passages += [Stated(from_file, None)] if from_file else []
    for passage in passages:
        if code := _first(passage.value, entries):
            return Stated(code, passage.page)
    return _of_itself(front, entries)


def _first(text: str, entries: Sequence[Entry]) -> str | None:
    plain = _plain(text)
    found = [
        (m.start(), -m.end(), code) for code, pattern in _patterns(tuple(entries)) for m in pattern.finditer(plain)
    ]
    return min(found)[2] if found else None


def _of_itself(front: Front, entries: Sequence[Entry]) -> Stated | None:
    """What the opening calls itself: "This serious case review ...", "This is the report of a ..."."""
    for page in dict.fromkeys(line.page for line in front.opening):
        text = _plain(running_text(front.opening, page))
        found = [
            (m.start(), -m.end(), code)
            for code, pattern in _patterns(tuple(entries))
            for m in re.finditer(r"\bthis\b[^.;:]{0,60}?" + pattern.pattern, text)
        ]
        if found:
            return Stated(min(found)[2], page)
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", " ", straighten(text).casefold())


@cache
def _patterns(entries: tuple[Entry, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern a type; hyphens and spaces are the same: "domestic abuse-related death review"."""
    return tuple(
        (entry.code, re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(s) for s in ordered)})s?(?!\w)"))
        for entry in entries
        if (ordered := sorted(map(_plain, entry.synonyms), key=len, reverse=True))
    )
