"""What could not be read of a file, page by page, and the sentences that say so: nothing is lost in silence."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.layout import Page
from extract.ocr_tools import recogniser
from extract.opening import Opened
from extract.recognition import Recognition
from extract.second_reader import SecondReader, count_words, promised, words_missing
from extract.survey import Look
from sandbox import deadline

SECONDS_TO_COMPARE = 15.0
SHARE_TO_COMPARE = 0.65  # of the time of the whole call, after which nothing is compared any more
FEW_CHARACTERS = 24  # a page of fewer is looked at again
FEWEST_PROMISED = 80  # bytes of text that a page must promise to be missed: a page number and a heading are less
KEPT_SHARE = 0.25  # of the promised bytes: fonts of two bytes a letter promise double
MOST_NAMED = 40
FEWEST_MISSING = 4  # words: fewer are differences of spelling between two readers


@dataclass(frozen=True, slots=True)
class Losses:
    """`partial`: something of the review could not be read, or may not have been; `warnings`: what, in plain words."""

    partial: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Compared:
    """What came of comparing pages with a second reader.

    rescued: pages that it gave lines to; more: page, words that only it sees, all that it sees; left: for want of time.
    """

    pages: list[Page]
    rescued: list[int] = field(default_factory=list)
    more: list[tuple[int, int, int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


def second_opinion(opened: Opened, look: Look) -> tuple[list[Page], Losses]:
    """The pages, with a second reader's lines on those where the first has none, and what was lost."""
    pages, late = look.pages, frozenset(look.late)
    doubtful = _doubtful(opened, pages) if opened.damaged else _short_of_text(opened, pages)
    compared = _compare(opened, pages, [n for n in doubtful if n not in late])
    silent = [n for n in doubtful if not (compared.pages[n - 1].lines or n in late)] if not opened.damaged else []
    warnings = (
        *_of_the_file(opened, len(pages)),
        *_of_pages(opened, [n for n in look.unread if n not in compared.rescued], compared, silent),
        *_of_length(opened, look),
        *_of_words(compared.more),
    )
    return compared.pages, Losses(bool(warnings), warnings)


def _doubtful(opened: Opened, pages: Sequence[Page]) -> list[int]:
    """The pages of a damaged file that are no pictures: first those that are known to be damaged or are empty."""
    known = {*opened.condition.text, *opened.condition.fonts, *(page.number for page in pages if not page.lines)}
    return sorted((page.number for page in pages if not page.scanned), key=lambda n: (n not in known, n))


def _compare(opened: Opened, pages: Sequence[Page], numbers: Sequence[int]) -> _Compared:
    """Compare pages with what a second reader sees on them, as long as the time for it lasts."""
    out = _Compared(list(pages))
    if not numbers:
        return out
    until = time.monotonic() + min(SECONDS_TO_COMPARE, deadline.left(SHARE_TO_COMPARE))
    with SecondReader(opened.file) as reader:
        for number in numbers:
            if time.monotonic() > until:
                out.left.append(number)
            elif (second := reader.page(number)) is not None and second.lines:
                _compare_page(out, number, second)
    return out


def _compare_page(out: _Compared, number: int, second: Page) -> None:
    first = out.pages[number - 1]
    missing = words_missing(first, second)
    if not first.lines:
        out.pages[number - 1] = second
        out.rescued.append(number)
    elif missing >= max(FEWEST_MISSING, 0.02 * count_words(first)):
        out.more.append((number, missing, count_words(second)))


def _short_of_text(opened: Opened, pages: Sequence[Page]) -> list[int]:
    """Pages of a sound file that promise much more text than was read."""
    read = {
        page.number: sum(len(line.text) for line in page.lines) + sum(len(word.text) for word in page.aside)
        for page in pages
        if not page.scanned
    }
    short = {number: characters for number, characters in read.items() if characters < FEW_CHARACTERS}
    if not short:
        return []
    told = promised(opened.file, short)
    return [n for n, had in short.items() if told[n] >= FEWEST_PROMISED and had < KEPT_SHARE * told[n]]


def _of_the_file(opened: Opened, pages: int) -> list[str]:
    out = []
    if not opened.readers_agree:
        out.append(
            f"Two programs count the pages differently: {opened.expected} and {opened.condition.pages}. Pages may be "
            "missing or misnumbered. Ask for another copy and compare."
        )
    if not opened.condition.whole:
        out.append(
            f"The file is damaged and was read as far as it could be: {pages} pages were found, and others may be "
            "missing. Ask for another copy and compare."
        )
    return out


def _of_pages(opened: Opened, unread: Sequence[int], compared: _Compared, silent: Sequence[int]) -> list[str]:
    condition = opened.condition
    kinds: list[tuple[Sequence[int], str]] = [
        (condition.lost, "Pages that are lost: {}. Ask for another copy."),
        (
            [n for n in unread if n not in condition.lost],
            "Damaged pages that could not be read: {}. Check them in another copy.",
        ),
        (
            condition.text,
            "Pages whose text is damaged, so that words may be missing or wrong: {}. Compare them with another copy.",
        ),
        (
            condition.fonts,
            "Pages whose fonts are damaged, so that letters and the gaps between words may be wrong: {}. Compare them with another copy.",
        ),
        (
            compared.rescued,
            "Pages that only a second program could read: {}. Compare the words with the page.",
        ),
        (
            silent,
            "Pages that show text which no reader can read: {}. Read them yourself.",
        ),
        (
            compared.left,
            "Pages that there was no time to compare with a second program: {}. Look whether their words are all there.",
        ),
    ]
    return [sentence.format(listed(numbers)) for numbers, sentence in kinds if numbers]


def _of_length(opened: Opened, look: Look) -> list[str]:
    """What is said of a file that is too long, or of pages that are too full."""
    out = []
    if look.late:
        out.append(f"Pages that there was no time to read: {listed(look.late)}. Split the file, or read them yourself.")
    if len(opened.document) > len(look.pages):
        out.append(
            f"The file has {len(opened.document)} pages, of which only the first {len(look.pages)} were read. "
            "Split it and add the part with the review."
        )
    if opened.document.cut:
        out.append(
            f"Pages with more text than a page can show, of which only the first part was read: {listed(sorted(opened.document.cut))}."
        )
    if opened.condition.hurried:
        out.append("There was no time to look the whole file over for damage. Compare what was read with the pages.")
    return out


def of_tables(numbers: Sequence[int]) -> tuple[str, ...]:
    """What is said of pages on whose tables there was no time to look."""
    if not numbers:
        return ()
    return (
        f"Pages with tables that there was no time to read as such: {listed(numbers)}. Compare them with the page.",
    )


def _of_words(more: Sequence[tuple[int, int, int]]) -> list[str]:
    """What is said of pages on which the second reader sees more: how much, page by page."""
    if not more:
        return []
    seen = "; ".join(f"page {number}, {missing} of {seen} words" for number, missing, seen in sorted(more)[:MOST_NAMED])
    rest = f"; and on {len(more) - MOST_NAMED} more pages" if len(more) > MOST_NAMED else ""
    return [f"A second program sees words that were not read: {seen}{rest}. Read those pages yourself."]


def of_unrecognised(pages: Sequence[Page]) -> Losses:
    """What is said of pages that are pictures where there is no text recognition."""
    scanned = [page.number for page in pages if page.scanned]
    if not scanned:
        return Losses()
    return Losses(
        True,
        (
            f"Pages that are pictures without text were not read: {listed(scanned)}. They need text recognition (OCR): "
            f"{recogniser().missing} Afterwards read the review again: cap run --again",
        ),
    )


def of_recognised(found: Recognition) -> Losses:
    """What is said of pages that went through text recognition."""
    read = [page.number for page in found.pages]
    out = []
    if read:
        whose = f"Page {read[0]} was" if len(read) == 1 else f"Pages {listed(read)} were"
        out.append(f"{whose} read by text recognition: compare them with the page before you rely on a word.")
    if found.poor:
        out.append(
            f"Pages on which hardly a word was recognised for certain: {listed(found.poor)}. Read them yourself."
        )
    if found.wordless:
        out.append(
            f"Pages that are pictures on which no words were recognised: {listed(found.wordless)}. Check them by eye."
        )
    if found.failed:
        out.append(f"Pages on which text recognition failed: {listed(found.failed)}. Read them yourself.")
    if found.late:
        out.append(f"Scanned pages that there was no time to recognise: {listed(found.late)}. Read them yourself.")
    return Losses(bool(found.poor or found.wordless or found.failed or found.late), tuple(out))


def listed(numbers: Sequence[int]) -> str:
    """Page numbers in words, runs of them as "4 to 9"."""
    spans = _runs(numbers)
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in spans)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    # Two pages side by side are no run.
    return [pair for a, b in runs for pair in ([(a, a), (b, b)] if b == a + 1 else [(a, b)])]
