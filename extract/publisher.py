"""Which body publishes a review: the board, the partnership or the inspectorate, as its name is printed."""

import itertools
import re
from collections.abc import Sequence

from extract.front import Front, Stated, running_text
from extract.layout import Line

BOARD = re.compile(
    r"\b(?:safeguarding\s+(?:children|child|adults?)(?:['’]s|s['’])?(?:\s+(?:and|&)\s+(?:adults?|children|families)(?:['’]s)?)?\s+"
    r"(?:multi-agency\s+)?(?:board|partnership|executive|committee|partners)|"
    r"(?:adults?|children)(?:['’]s|s['’])?\s+safeguarding\s+(?:board|partnership)|"
    r"safeguarding\s+(?:partnership|board|partners)|community\s+safety\s+(?:partnership|board)|"
    r"safer\s+(?:\w+\s+){1,3}?partnership|public\s+protection\s+partnership)\b",
    re.IGNORECASE,
)
_INSPECTORATE = re.compile(
    r"\b(?:ofsted|office for standards in education|care quality commission|"
    r"(?:hm|(?:her|his) majesty[’']s) inspectorate of (?:\w+ and fire & rescue services|[a-z]+(?:['’]s [a-z]+)?))",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"^(?:department (?:for|of) [a-z&]+(?: [a-z&]+){0,4}|home office|ministry of [a-z]+|nhs england)$", re.IGNORECASE
)
_COUNCIL = re.compile(
    r"^(?:[A-Z][\w’'-]*|and|of|the|upon|with|&)(?: (?:[A-Z][\w’'-]*|and|of|the|upon|with|&))* Council$"
)
# Words that make a passage more than a name: a sentence, another document's title, an office held in the body.
_MORE_THAN_A_NAME = re.compile(
    r"\b(?:is|are|was|were|has|have|had|this|that|which|by|will|been|partners have|reviews?|reports?|inspections?|chair|"
    r"director|member|manager|author|effectiveness|january|february|march|april|june|july|august|september|october|"
    r"november|december)\b|[.;:?]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:an? |this |the )?(?:(?:report|review) )?(?:was |is )?(?:commissioned|published|prepared|produced|written|issued)"
    r"(?: and published)?\s+(?:by|for|on behalf of)|"
    r"(?:an? )?(?:overview )?report (?:to|for|of)|publisher|publishing body|commissioning (?:body|partnership|board)|on behalf of|©)"
    r"\s*:?\s*(?:the\s+)?",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:commission|publish|undert|conduct|produc|initiat|agreed to|decided|convened|requested)", re.IGNORECASE
)
_SMALL = frozenset("and of the upon on in with for by under le la next to".split())
_ABBREVIATIONS = frozenset("uk sab lsab icb nhse hmic hmicfrs hmi cqc isa mash mappa".split())
_SHORTENED = frozenset(("st", "mt", "dr", "mr", "mrs"))
LONGEST = 12  # words
LONGEST_NAME = 120  # characters before the words that every such body has
# What a line says after the name: a date, an address, the author; or what a bar or a dot sets off.
_BESIDE = re.compile(
    r"\s*[|·•]\s*|\s+[–—-]\s+|,?\s+(?=(?:c/o|by)\b)|,?\s+(?:in |on )?(?:\d{1,2}\w{0,2} )?(?:\w+ )?(?=(?:19|20)\d\d\b)"
)


def publisher(front: Front, review_type: str) -> Stated | None:
    """The body that publishes a review, None where none is named as such.

    In this order: after "Published by" and the like; where its name stands by itself on the first page or in the running
    heads; where a sentence of the opening or of the last pages says that it commissioned or published the review. An
    inspection is published by the inspectorate, whose letterhead is a picture: its name stands in print in the notes.
    """
    if review_type == "inspection":
        return _inspectorate(front)
    lines = front.everywhere()
    found = _labelled(lines) or _in_a_block(front.blocks) or _alone(front.first)
    found = found or _alone(front.margins) or _alone(front.opening)
    found = found or _in_a_sentence(lines) or _council_or_department(front.first)
    return Stated(_as_written(found.value, lines), found.page) if found else None


def names_a_body(text: str) -> bool:
    """Whether a line names a body that publishes reviews."""
    return any(pattern.search(text) for pattern in (BOARD, _INSPECTORATE, _COUNCIL))


def board_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Indexes of the lines that print the name of a board or partnership by itself, over up to four lines."""
    return frozenset(i for first, end, _ in _names(lines) for i in range(first, end))


def _inspectorate(front: Front) -> Stated | None:
    on_cover = [(" ".join(line.text for line in block), block[0].page) for block in front.blocks]  # over two lines
    for text, page in (*on_cover, *((line.text, line.page) for line in front.everywhere())):
        if m := _INSPECTORATE.search(text):
            name = m.group()
            return Stated("Ofsted" if name.casefold().startswith("off") else name, page)
    return None


def _labelled(lines: Sequence[Line]) -> Stated | None:
    for index, line in enumerate(lines):
        text = line.text.strip()
        label = _LABEL.match(text)
        if label is None:
            continue
        rest = text[label.end() :]
        below = lines[index + 1].text.strip() if index + 1 < len(lines) and not BOARD.search(rest) else ""
        for whole in (f"{rest} {below}".strip(), rest):
            name = _BESIDE.split(whole)[0].rstrip(" .")
            if _is_name(name) and (BOARD.search(name) or _COUNCIL.match(name) or _DEPARTMENT.match(name)):
                return Stated(name, line.page)
    return None


def _in_a_block(blocks: Sequence[Sequence[Line]]) -> Stated | None:
    """A name with a place in it that fills lines of one block: a slogan or a logo's words beside it are no part of it."""
    found = [Stated(name, block[first].page) for block in blocks for first, _, name in _names(block)]
    return next((name for name in found if not _without_place(name.value)), None)


def _alone(lines: Sequence[Line]) -> Stated | None:
    """The first name with a place in it; "Safeguarding Adults Board" only where no other says whose."""
    found = [(name, lines[first].page) for first, _, name in _names(lines)]
    placed = [(name, page) for name, page in found if not _without_place(name)]
    return next((Stated(*pair) for pair in [*placed, *found]), None)


def _names(lines: Sequence[Line]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    index = 0
    while index < len(lines):
        found = next((n for size in (1, 2, 3) if (n := _name_at(lines, index, size))), None)
        if found:
            out.append(found)
        index = found[1] if found else index + 1
    return out


def _name_at(lines: Sequence[Line], index: int, size: int) -> tuple[int, int, str] | None:
    """A body's name that starts at a line and fills `size` lines; a place on the line above belongs to it."""
    block = lines[index : index + size]
    if len(block) < size or any(not _close(a, b) for a, b in itertools.pairwise(block)):
        return None
    name = " ".join(line.text.strip() for line in block)
    if size == 1:
        name = next((part for part in _BESIDE.split(name) if BOARD.search(part)), name).strip(" ,")
    found = BOARD.search(name)
    # The body's own words must reach into each of the lines: what stands above them is something else.
    if not found or not _is_name(name) or (size > 1 and BOARD.search(name[len(block[0].text) :])):
        return None
    above = lines[index - 1] if index else None
    if _without_place(name) and above and _close(above, block[0]) and _is_place(above.text):
        return index - 1, index + size, f"{above.text.strip()} {name}"
    return index, index + size, name


def _close(above: Line, below: Line) -> bool:
    return above.page == below.page and below.top - above.bottom < 1.2 * max(above.size, below.size)


def _is_place(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 4 and all(w[:1].isupper() or w in ("and", "of", "&") for w in words) and _is_name(text)


def _is_name(text: str) -> bool:
    return 1 <= len(text.split()) <= LONGEST and text[:1].isupper() and not _MORE_THAN_A_NAME.search(text)


def _without_place(name: str) -> bool:
    """Whether a name begins with the words that every such body has: "Safeguarding Adults Board"."""
    return re.match(r"(?:the |local |multi-agency )*", name, re.I).end() == BOARD.search(name).start() and not re.match(  # type: ignore[union-attr]
        r"safer", name, re.I
    )


def _in_a_sentence(lines: Sequence[Line]) -> Stated | None:
    """A body that is said to have commissioned or published the review: "commissioned by Somewhere Safeguarding Board"."""
    for page in dict.fromkeys(line.page for line in lines):
        text = running_text(lines, page)
        for m in BOARD.finditer(text):
            start = _start_of_name(text, m.start())
            before, after = text[max(0, start - 80) : start], text[m.end() : m.end() + 40]
            active = re.match(r"\s*(?:\([^)]{2,12}\)\s*)?(?:has |have |had )?" + _ACTS.pattern, after, re.I)
            passive = re.search(_ACTS.pattern + r"[^.;]{0,60}\b(?:by|of)\s+(?:the\s+)?$", before, re.I)
            if start < m.start() and (active or passive):
                return Stated(text[start : m.end()], page)
    return None


def _start_of_name(text: str, at: int) -> int:
    """Where a name begins whose last words are known: capitalised words, and small ones between two of them."""
    nearby = max(0, at - LONGEST_NAME)
    before = re.search(r"(?:[A-Z][\w’'-]*\s+(?:(?:and|of|upon|on|with|&|the)\s+){0,2})+$", text[nearby:at])
    if not before:
        return at
    opening = re.match(r"(?:(?:The|This|That|In|By|For|Published|Commissioned|And)\s+)+(?:the\s+)?", before.group())
    return nearby + before.start() + (opening.end() if opening else 0)


def _council_or_department(lines: Sequence[Line]) -> Stated | None:
    """A council or a department by itself on the first page, where no board is named; its name may fill three lines."""
    for index, line in enumerate(lines):
        for size in (1, 2, 3):
            block = lines[index : index + size]
            if any(not _close(a, b) for a, b in itertools.pairwise(block)):
                break
            name = " ".join(n.text.strip() for n in block)
            if _COUNCIL.match(name.title() if name.isupper() else name) or (
                _DEPARTMENT.match(name) and not _goes_on(lines, index + size)
            ):
                return Stated(name, line.page)
    return None


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    return (
        index < len(lines)
        and _close(lines[index - 1], lines[index])
        and abs(lines[index].size - lines[index - 1].size) < 1
    )


def _as_written(name: str, lines: Sequence[Line]) -> str:
    """A name set in capitals on the title page, as the report writes it elsewhere, else with capitals at the head of its words."""
    if not name.isupper():
        return name
    for line in lines:
        at = line.text.casefold().find(name.casefold())
        if at >= 0 and not (same := line.text[at : at + len(name)]).isupper():
            return same
    words = name.split()
    return " ".join(_ordinary(word, first=not at) for at, word in enumerate(words)) if len(words) > 1 else name


def _ordinary(word: str, *, first: bool) -> str:
    """A word in capitals as names are printed otherwise: "SOUTHEND-ON-SEA", "CHILDREN’S", "AND", "NHS"."""
    parts = word.split("-")
    if len(parts) > 1:
        return "-".join(_ordinary(part, first=first and not at) for at, part in enumerate(parts))
    letters = re.sub(r"[^a-z]", "", word.casefold())
    if letters in _SMALL and not first:
        return word.casefold()
    # Letters that make no syllable are an abbreviation, and so are those that are known for one.
    if letters in _ABBREVIATIONS or (not set(letters) & set("aeiouy") and letters not in _SHORTENED):
        return word
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda m: m.group()[:1] + m.group()[1:].lower(), word)
