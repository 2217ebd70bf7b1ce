"""Recommendations made in running text: "It is recommended that ...", wherever in its paragraph the sentence stands."""

import re
from collections.abc import Sequence

from domain.states import Kind
from extract import asks
from extract.draft import Item
from extract.layout import Line
from extract.paragraphs import Marker, Paragraph, split
from extract.reading_order import part_of_line
from extract.sections import Section, asides
from extract.survey import Outline

_END = re.compile(r"[.?!][\"”’')]*$")
_ABBREVIATION = re.compile(
    r"^(?:\(?[A-Z]\.|e\.g\.|i\.e\.|etc\.|Dr\.|Mr\.|Mrs\.|Ms\.|St\.|No\.|p\.|pp\.|para\.|paras\.)$"
)

SHORTEST_ASK = 6  # words
Place = tuple[int, int]  # of a word: index of its line, index in the line


def performed(paragraph: Paragraph) -> Paragraph | None:
    """The part of a paragraph that recommends something in so many words, with what the same ask goes on to say.

    Reasons before and behind it are left off; None where no sentence recommends. The part keeps the paragraph's number.
    """
    sentences = _sentences(paragraph)
    at = next((i for i, s in enumerate(sentences) if asks.recommends_in_prose(_text(paragraph, s))), None)
    if at is None:
        return None
    end = at + 1
    while end < len(sentences) and _goes_on(_text(paragraph, sentences[end])):
        end += 1
    return _part(paragraph, sentences[at][0], sentences[end - 1][-1])


def emphasised(paragraph: Paragraph) -> Paragraph | None:
    """The part of a paragraph that is set in bold, where it asks for something and the rest is not: the rest gives reasons.

    None where nothing stands out so, or everything does, or where what follows in plain type goes on asking. A title run in
    before the text is too short to ask.
    """
    sentences = _sentences(paragraph)
    words = [[paragraph.lines[row].words[column] for row, column in s] for s in sentences]
    bold = [i for i, own in enumerate(words) if 2 * sum(w.bold for w in own) > len(own)]
    if not bold or len(bold) == len(sentences) or bold != list(range(bold[0], bold[-1] + 1)):
        return None
    text = " ".join(_text(paragraph, sentences[i]) for i in bold)
    if any(_goes_on(_text(paragraph, sentence)) for sentence in sentences[bold[-1] + 1 :]):
        return None
    if len(text.split()) < SHORTEST_ASK or not asks.is_directive(text):
        return None
    return _part(paragraph, sentences[bold[0]][0], sentences[bold[-1]][-1])


_OF_THE_ASK_BEFORE = re.compile(r"(?:it|they|this|these|such|he|she)\b", re.IGNORECASE)


def begins_with_comment(paragraph: Paragraph) -> bool:
    """Whether a paragraph asks for something, and its first sentence does not: it comments, and then recommends."""
    sentences = _sentences(paragraph)
    asking = [_asks(_text(paragraph, sentence)) for sentence in sentences]
    return any(asking) and not asking[0]


def each_ask(paragraph: Paragraph) -> list[Paragraph]:
    """The sentences of a paragraph that ask for something, each with those that go on about the same ask; comments are left off."""
    sentences = _sentences(paragraph)
    out: list[tuple[int, int]] = []
    for index, sentence in enumerate(sentences):
        text = _text(paragraph, sentence)
        if not _asks(text):
            continue
        if out and out[-1][1] == index - 1 and _OF_THE_ASK_BEFORE.match(text):
            out[-1] = (out[-1][0], index)
        else:
            out.append((index, index))
    return [_part(paragraph, sentences[first][0], sentences[last][-1]) for first, last in out]


def _asks(sentence: str) -> bool:
    plain = asks.without_past_duties(sentence)
    return asks.says_duty(plain) and not asks.is_about_the_list(plain) and not asks.is_question(sentence)


def _goes_on(sentence: str) -> bool:
    """Whether a sentence behind a recommendation asks for more of the same: "The chart should: ..."."""
    return asks.says_duty(asks.without_past_duties(sentence)) and not asks.is_about_the_list(sentence)


def _sentences(paragraph: Paragraph) -> list[list[Place]]:
    """The words of a paragraph, its marker aside, as sentences."""
    out: list[list[Place]] = [[]]
    skipped = 0
    previous = ""
    for row, line in enumerate(paragraph.lines):
        for column, word in enumerate(line.words):
            if skipped < paragraph.skip:
                skipped += len(word.text) + 1
                continue
            opens = word.text[:1].isupper() or word.text[:1] in "“\"‘'("
            if out[-1] and opens and _END.search(previous) and not _ABBREVIATION.match(previous):
                out.append([])
            out[-1].append((row, column))
            previous = word.text
    return [s for s in out if s]


def _text(paragraph: Paragraph, sentence: Sequence[Place]) -> str:
    return " ".join(paragraph.lines[row].words[column].text for row, column in sentence)


def _part(paragraph: Paragraph, first: Place, last: Place) -> Paragraph:
    lines: list[Line] = []
    for row in range(first[0], last[0] + 1):
        line = paragraph.lines[row]
        start = first[1] if row == first[0] else 0
        end = last[1] + 1 if row == last[0] else len(line.words)
        whole = start == 0 and end == len(line.words)
        lines.append(line if whole else part_of_line(line, start, end))
    return Paragraph(tuple(lines), Marker.NONE, paragraph.number, 0)


def told_in_prose(outline: Outline) -> list[tuple[Section, Item]]:
    """The recommendations of a report that announces none in a heading or by a label, but makes them in running text.

    Each with a section of its own, named by the heading above.
    """
    aside = {i for a, b in asides(outline.headings, len(outline.lines)) for i in range(a, b)}
    indices = [i for i in outline.worth_reading() if i not in aside]
    heads = {i for h in outline.headings for i in range(h.first, h.end)}
    lines = [outline.lines[i] for i in indices]
    out = []
    for paragraph in split(lines, [k for k, i in enumerate(indices) if i in heads], {}):
        part = None if paragraph.heading else performed(paragraph)
        if part is None:
            continue
        at = next(i for i in indices if outline.lines[i] is paragraph.lines[0])
        above = next((h.text for h in reversed(outline.headings) if h.first <= at), "")
        section = Section(above, Kind.RECOMMENDATION, False, at, at + len(paragraph.lines), ())
        out.append((section, Item(Kind.RECOMMENDATION, above, part.number, paragraphs=[part])))
    return out
