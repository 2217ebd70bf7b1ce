"""What reads like a recommendation and is not among the items: shown to a person, neither lost nor mixed in."""

from collections.abc import Callable, Sequence

from domain.records import Box, PossibleRecommendation
from extract import asks
from extract.headings import Heading
from extract.layout import Line
from extract.paragraphs import Paragraph, split
from extract.sections import Section

FEWEST_WORDS = 5


def boxes_of(lines: Sequence[Line]) -> tuple[Box, ...]:
    """One box a page, round the lines on it."""
    out = []
    for page in sorted({line.page for line in lines}):
        here = [line for line in lines if line.page == page]
        out.append(
            Box(
                page,
                round(min(line.x0 for line in here) - 1, 1),
                # Capitals and accents rise above the line's own box, which is set from the baseline.
                round(min(line.top - 0.15 * line.size for line in here), 1),
                round(max(line.x1 for line in here) + 1, 1),
                round(max(line.bottom for line in here), 1),
            )
        )
    return tuple(out)


def left_in_sections(
    left_out: Sequence[tuple[Section, Paragraph, str]], hyphens: Callable[[str, str], bool]
) -> list[PossibleRecommendation]:
    """Paragraphs of sections of recommendations that ask for something and are no item, each with why it is none."""
    out = []
    for section, paragraph, why in left_out:
        text = paragraph.joined(hyphens).strip()
        asking = asks.is_directive(text) or asks.is_question(text) or asks.says_duty(text)
        if asking and len(text.split()) >= FEWEST_WORDS and not asks.is_lead_in(text):
            out.append(
                PossibleRecommendation(text, paragraph.lines[0].page, section.heading, why, boxes_of(paragraph.lines))
            )
    return out


def found_in_prose(
    lines: Sequence[Line],
    among: Sequence[int],
    sections: Sequence[Section],
    headings: Sequence[Heading],
    hyphens: Callable[[str, str], bool],
) -> list[PossibleRecommendation]:
    """Paragraphs outside every section of recommendations that say in so many words that something is recommended.

    `among`: the indices of the lines that may say so.
    """
    taken = {i for s in sections for i in range(s.first, s.end)}
    outside = [lines[i] for i in among if i not in taken]
    heads = {line for h in headings for line in lines[h.first : h.end]}
    out = []
    for paragraph in split(outside, [i for i, line in enumerate(outside) if line in heads], {}):
        if not asks.recommends_in_prose(paragraph.text):
            continue
        text = paragraph.joined(hyphens).strip()
        if text:
            why = "says that something is recommended, outside any list of recommendations"
            out.append(PossibleRecommendation(text, paragraph.lines[0].page, "", why, boxes_of(paragraph.lines)))
    return out
