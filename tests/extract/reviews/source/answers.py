"""Where each item stands in the finished PDF, looked up in its text, and the answers as TOML."""

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pypdfium2
from story import Item, Story, plain, runs

ABOVE, BELOW = 400, 500  # letters that may stand on a page before and after an item that is broken by its end
ABOUT = ("title", "reference", "type", "publisher", "lead_reviewer", "published")


def letters(text: str) -> str:
    """Only letters and digits: what neither white space nor hyphens nor quotation marks can change."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def segments(item: Item) -> list[str]:
    """The runs of letters that stand unbroken in the PDF: a footnote's call parts them, and a part may be on a new page."""
    found = [""]
    for _, part in item.parts:
        for style, words in runs(part):
            if style == "note":
                found.append("")
            else:
                found[-1] += letters(words)
        found.append("")
    return [words for words in found if words]


def same(part: str, words: str) -> int:
    """How many letters the two have in common from the start."""
    return next((n for n, (a, b) in enumerate(zip(part, words, strict=False)) if a != b), min(len(part), len(words)))


def pages_from(parts: list[str], pages: list[str], start: int, at: int) -> list[int] | None:
    """The pages (from 0) over which the parts run when they begin at a place on page `start`; None if they do not.

    Between two parts stands no more than a footnote's call; a new page may begin with a running head and a table's.
    """
    here, used, gap = start, {start}, 0
    for whole in parts:
        part = whole
        while part:
            found = pages[here].find(part, at, at + len(part) + gap)
            if found >= 0:
                at, part, gap = found + len(part), "", 4
                used.add(here)
                continue
            common = same(part, pages[here][at:])
            if common:
                used.add(here)
                part = part[common:]
            if (
                len(pages[here]) - at - common > BELOW
                or here + 1 >= len(pages)
                or (common and whole in pages[here + 1])
            ):
                return None
            here, at, gap = here + 1, 0, ABOVE
    return sorted(used)


def places(item: Item, pages: list[str]) -> list[list[int]]:
    """Every place of the item, as its pages (from 0)."""
    parts, found = segments(item), []
    head = parts[0][:24]
    for start, words in enumerate(pages):
        for hit in re.finditer(re.escape(head), words):
            run = pages_from(parts, pages, start, hit.start())
            if run is not None:
                found.append(run)
    return found


def quoted(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def recommendation(item: Item, ordinal: int, where: list[list[int]], main: int) -> dict[str, object]:
    pages = [page + 1 for page in where[main]]
    rest = sorted({other[0] + 1 for n, other in enumerate(where) if n != main % len(where)} - {pages[0]})
    row: dict[str, object] = {"ordinal": ordinal}
    if item.number:
        row["number"] = item.number
    row["text"] = item.text
    if item.lead:
        row["lead_in"] = item.lead
    row |= {"page": pages[0], "pages": pages}
    if rest:
        row["also_on"] = rest
    row["kind"] = item.options.get("kind", "recommendation")
    if "to" in item.options:
        row["addressee"] = item.options["to"]
    if "single" in item.options:
        row["single_agency"] = item.options["single"] != "no"
    if "date" in item.options:
        row["target_date"] = item.options["date"]
    return row


def main_place(story: Story, item: Item, count: int) -> int:
    """Which of the item's places is its main statement: `main` of the item, else of the review (from 1), else the first."""
    wanted = int(item.options.get("main", story.about.get("main", "1")))
    return min(wanted, count) - 1


def rows_of(story: Story, path: Path, words_from: Path | None = None) -> list[dict[str, object]]:
    pages = [letters(text) for text in page_texts(words_from or path)]
    found = []
    taken: dict[str, int] = {}
    for ordinal, item in enumerate(story.items, 1):
        where = places(item, pages)
        if not where:
            raise LookupError(f"{path.name}: not found: {item.text}")
        taken[item.text] = taken.get(item.text, -1) + 1
        found.append(recommendation(item, ordinal, where, main_place(story, item, len(where))))
    for phrase in story.never:
        if not any(letters(phrase) in words for words in [*pages, *(a + b for a, b in pairwise(pages))]):
            raise LookupError(f"{path.name}: none_of not found: {phrase}")
        if any(letters(phrase) in letters(item.text) for item in story.items):
            raise LookupError(f"{path.name}: none_of is in an item: {phrase}")
    return found


def table(story: Story, path: Path, words_from: Path | None = None) -> str:
    """One review's answers."""
    rows = rows_of(story, path, words_from)
    lines = ["[[review]]", f"file = {quoted(path.name)}"]
    lines += [f"{key} = {quoted(plain(story.about[key]))}" for key in ABOUT if key in story.about]
    lines.append(f"pages = {len(page_texts(path))}")
    if "stated" in story.about:
        lines.append(f"stated_count = {story.about['stated']}")
    if "scan" in story.about:
        lines.append("scan = true")
    if not rows:
        lines.append("recommendation = []")
    lines += ["none_of = [", *(f"    {quoted(phrase)}," for phrase in story.never), "]"]
    for row in rows:
        lines += ["", "[[review.recommendation]]", *(f"{key} = {quoted(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"
