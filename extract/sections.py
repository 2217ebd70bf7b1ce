"""Where recommendations are announced, and where they end."""

import itertools
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from domain.states import Kind
from extract import asks, formats
from extract.chapters import announced_by, end_of_section, same_rank, trail_of
from extract.headings import Heading, bare
from extract.layout import Line
from extract.paragraphs import CODE, Label, label_of
from extract.table_heads import Heads, announced_by_heads

LINES_OF_AN_OPENING = 4
OTHER_SIZE = 0.5  # points
COVER_WORDS = 150  # a page with fewer is a title page


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of lines (first, past the last) under an announcing heading.

    trail: the headings above it, outermost first; loose: not announced by a heading but by the labels themselves;
    tables_only: an action plan, of which only tables with a column of recommendations are read; mixed: the chapter also
    tells and concludes; quoted: labelled items whose numbers show that they are another list's; led_in: announced by a
    sentence that ends in a colon, so that only the list directly below counts; by_head: announced by the heads of a table's
    columns, so that only tables count; doubtful: they speak of actions, which a person must look at; only_without: it counts only where no section of
    recommendations stands.
    """

    heading: str
    kind: Kind
    bullets: bool
    first: int
    end: int
    trail: tuple[Heading, ...]
    inner: tuple[Heading, ...] = ()
    loose: bool = False
    tables_only: bool = False
    mixed: bool = False
    quoted: bool = False
    led_in: bool = False
    by_head: bool = False
    doubtful: bool = False
    only_without: bool = False


def find_sections(lines: Sequence[Line], headings: Sequence[Heading], contents: Set[int]) -> tuple[Section, ...]:
    """Stretches in which recommendations stand, in order, without overlap. `contents`: the pages of the table of contents."""
    usable = [h for h in headings if h.page not in contents and not (h.page == 1 and _is_cover(lines))]
    sections: list[Section] = []
    covered = 0
    for at, heading in enumerate(usable):
        if heading.first < covered:
            continue
        announcement = announced_by(heading)
        if announcement is None:
            continue
        end_at = end_of_section(usable, at)
        end = usable[end_at].first if end_at < len(usable) else len(lines)
        inner = tuple(usable[at + 1 : end_at])
        trail = trail_of(usable, at)
        if announcement.kind is Kind.QUESTION and (at_label := _first_recommendation(inner)) is not None:
            # Questions end where a recommendation is labelled, which then announces itself.
            end, inner = at_label, tuple(h for h in inner if h.first < at_label)
        pieces = _without_asides(heading, inner, end)
        # "What needs to change" heads areas of an inspection, and also a review's recommendations, where the first words say so.
        recommends = announcement.kind is Kind.AREA and _says_recommendations_follow(lines, heading.end)
        for first, last, within in pieces:
            sections.append(
                Section(
                    heading.text,
                    Kind.RECOMMENDATION if recommends else announcement.kind,
                    announcement.bullets and not recommends,
                    first,
                    last,
                    trail,
                    within,
                    tables_only=announcement.tables_only,
                    mixed=announcement.mixed,
                    only_without=announcement.only_without,
                )
            )
        covered = end
    if any(s.kind is Kind.RECOMMENDATION and not (s.tables_only or s.only_without or in_summary(s)) for s in sections):
        sections = [s for s in sections if not s.only_without]
    sections += _by_head(lines, usable, sections, contents)
    sections += _loose(lines, usable, sections, contents)
    sections += _led_in(lines, usable, sections, contents)
    return tuple(sorted(sections, key=lambda s: s.first))


def _first_recommendation(inner: Sequence[Heading]) -> int | None:
    """The line at which, of the headings within a section, the first stands that labels a recommendation; None where none does."""
    labels = (h.first for h in inner if h.labels and asks.names_recommendations(h.text))
    return next(labels, None)


_FOLLOW = re.compile(
    r"\bmakes? (?:the following |these |\w+ )?recommendations?\b|\b(?:following|these|\w+) recommendations? (?:are|is|were|have been) made\b|"
    r"\brecommendations? (?:below|that follow)\b",
    re.IGNORECASE,
)


def _says_recommendations_follow(lines: Sequence[Line], first: int) -> bool:
    opening = " ".join(line.text for line in lines[first : first + LINES_OF_AN_OPENING])
    return any(_FOLLOW.search(sentence) for sentence in re.split(r"(?<=[.:])\s+", opening)[:2])


def in_summary(section: Section) -> bool:
    """Whether a section stands in a summary, which repeats what the report recommends."""
    return any(formats.SUMMARY.search(h.text.casefold()) for h in section.trail)


def _is_cover(lines: Sequence[Line]) -> bool:
    """Whether the first page bears a title and little else: "Overview Report and Action Plan" announces nothing there.

    A short first page on which somebody is asked for something is no cover.
    """
    if not lines or lines[-1].page == 1:
        return False
    text = " ".join(line.text for line in lines if line.page == 1)
    return len(text.split()) < COVER_WORDS and not asks.says_duty(asks.without_past_duties(text))


def contents_pages(lines: Sequence[Line]) -> frozenset[int]:
    """Pages of the table of contents: most of their lines end in a page number."""
    counts: dict[int, list[int]] = {}
    for line in lines:
        total = counts.setdefault(line.page, [0, 0])
        total[0] += 1
        if line.text[-1:].isdigit():
            total[1] += re.search(r"(?:\.{3,}|…|\s)\s*\d{1,3}$", line.text) is not None
    return frozenset(page for page, (total, ending) in counts.items() if ending >= 5 and ending > 0.4 * total)


def _without_asides(
    opener: Heading, inner: tuple[Heading, ...], end: int
) -> list[tuple[int, int, tuple[Heading, ...]]]:
    """Cut out sub-sections that hold no recommendations of this review (earlier reviews', learning points, methods)."""
    pieces: list[tuple[int, int, tuple[Heading, ...]]] = []
    first, kept = opener.end, list[Heading]()
    aside: Heading | None = None
    for heading in inner:
        if aside is not None and not heading.outranks(aside) and not same_rank(heading, aside):
            continue
        if _is_aside(heading) and not _shares_its_row(heading, (opener, *inner)):
            if aside is None:
                pieces.append((first, heading.first, tuple(kept)))
            aside, kept = heading, []
            continue
        if aside is not None:
            first, aside = heading.first, None
        kept.append(heading)
    if aside is None:
        pieces.append((first, end, tuple(kept)))
    return [piece for piece in pieces if piece[1] > piece[0]]


def _shares_its_row(heading: Heading, others: Sequence[Heading]) -> bool:
    """Whether a heading is the head of one of several columns: "Strengths" beside "Areas for improvement"."""
    return any(
        h is not heading and h.page == heading.page and abs(h.top - heading.top) < 0.5 * heading.size for h in others
    )


def asides(headings: Sequence[Heading], length: int) -> list[tuple[int, int]]:
    """Stretches of lines whose sentences may sound like asks and are none of this review's: terms of reference and the like."""
    out = _forbidden(headings, length)
    for at, heading in enumerate(headings):
        if formats.ASIDE.match(bare(heading.text)):
            end = next((h.first for h in headings[at + 1 :] if h.outranks(heading)), length)
            out.append((heading.first, end))
    return out


def _is_aside(heading: Heading) -> bool:
    return bool(formats.ASIDE.match(bare(heading.text))) or _is_of_others(heading)


# "Recommendation 6: Support for former residents": the label of an item, and its title, which may bear any word.
_TITLED_LABEL = re.compile(r"[^:]{0,40}\brecommendation\b[^:]{0,20}:\s*\S", re.IGNORECASE)


def _is_of_others(heading: Heading) -> bool:
    """Whether a heading bears the word and speaks of what others recommended, or of what became of it."""
    if heading.labels and _TITLED_LABEL.match(heading.text):
        return False
    text = bare(heading.text)
    return any(p.search(text) for p in formats.NOT_ANNOUNCING)


def _loose(
    lines: Sequence[Line], headings: Sequence[Heading], sections: Sequence[Section], contents: Set[int]
) -> list[Section]:
    """Labels that announce themselves outside any announced section: "Recommendation 3" in bold after a finding."""
    taken = [(s.first, s.end) for s in sections]
    of_others = _forbidden(headings, len(lines))
    out: list[Section] = []
    for index, line in enumerate(lines):
        if line.page in contents or any(a <= index < b for a, b in (*taken, *of_others)):
            continue
        if out and index < out[-1].end:
            continue
        label = label_of(line)
        if label is None or not _stands_by_itself(line, label):
            continue
        later = [h for h in headings if h.first > index and not h.labels]
        stop = min([later[0].first if later else len(lines), *(a for a, _ in taken if a > index)])
        above = (h for h in reversed(headings) if h.first < index and not h.labels and not _puts_questions(h))
        name = next((h.text for h in above), "")
        kind = Kind.RECOMMENDATION if "recommendation" in label.noun or label.noun.startswith("rec") else Kind.QUESTION
        out.append(Section(name, kind, False, index, stop, (), _between(headings, index, stop), loose=True))
    return [replace(s, quoted=True) for s in out] if _are_quoted(lines, out) else out


def _puts_questions(heading: Heading) -> bool:
    """Whether a heading announces questions: a recommendation that is labelled below them is none of theirs."""
    announcement = announced_by(heading)
    return announcement is not None and announcement.kind is Kind.QUESTION


def _stands_by_itself(line: Line, label: Label) -> bool:
    """Whether a label announces itself: set in bold, or within a numbered paragraph; a question must say to whom it is put."""
    if label.noun in ("question", "consideration", "q"):
        return label.who is not None and (line.bold or line.words[0].bold)
    numbered = formats.DECIMAL.match(line.text) is not None
    return label.noun not in ("r", CODE) and (line.bold or line.words[0].bold or numbered)


def _are_quoted(lines: Sequence[Line], sections: Sequence[Section]) -> bool:
    """Whether the labels that stand by themselves are another review's: they do not begin at 1, nor follow one another."""
    numbers = []
    for section in sections:
        for line in lines[section.first : section.end]:
            found = formats.LABEL.match(line.text) if line.bold or line.words[0].bold else None
            word = found["number"].casefold() if found else ""
            number = int(word) if word.isdigit() else formats.NUMERALS.get(re.sub(r"[\s-]+", " ", word), 0)
            if number:
                numbers.append(number)
    return (
        bool(numbers)
        and min(numbers) > 1
        and any(b != a + 1 for a, b in itertools.pairwise([0, *sorted(set(numbers))][1:]))
    )


def _led_in(
    lines: Sequence[Line], headings: Sequence[Heading], sections: Sequence[Section], contents: Set[int]
) -> list[Section]:
    """Lists that a sentence announces and no heading: "The Board may wish to consider:"."""
    taken = {i for s in sections for i in range(s.first, s.end)}
    of_others = {i for a, b in _forbidden(headings, len(lines)) for i in range(a, b)}
    out: list[Section] = []
    for index, line in enumerate(lines[:-1]):
        if not line.text.endswith(":") or index in taken or index in of_others or line.page in contents:
            continue
        sentence = sentence_up_to(lines, index)
        kind = next((kind for pattern, kind in formats.LEADING_IN if pattern.search(sentence)), None)
        if kind is None or formats.ANOTHER_REVIEW.search(sentence):
            continue
        later = next((h.first for h in headings if h.first > index), len(lines))
        stop = min([later, *(s.first for s in sections if s.first > index)])
        above = next((h.text for h in reversed(headings) if h.first < index), "")
        out.append(Section(above, kind, True, index + 1, stop, (), led_in=True))
    return out


def _by_head(
    lines: Sequence[Line], headings: Sequence[Heading], sections: Sequence[Section], contents: Set[int]
) -> list[Section]:
    """Tables whose heads announce recommendations where no heading does: "Recommendation", "Who", "By when"."""
    taken = {i for s in sections for i in range(s.first, s.end)}
    taken |= {i for a, b in _forbidden(headings, len(lines)) for i in range(a, b)}
    out: list[Section] = []
    for index, line in enumerate(lines):
        if index in taken or line.page in contents or (out and index < out[-1].end):
            continue
        announced = announced_by_heads(lines, index)
        if announced is None:
            continue
        above = [at for at, h in enumerate(headings) if h.first < index]
        over = headings[above[-1]] if above else None
        end_at = end_of_section(headings, above[-1]) if above else len(headings)
        later = headings[end_at].first if end_at < len(headings) else len(lines)
        stop = min([later, *(s.first for s in sections if s.first > index)])
        out.append(
            Section(
                over.text if over else "",
                Kind.RECOMMENDATION,
                False,
                index,
                stop,
                trail_of(headings, above[-1]) if above else (),
                _between(headings, index, stop),
                tables_only=True,
                by_head=True,
                doubtful=announced is Heads.DOUBTFUL,
            )
        )
    return out


def sentence_up_to(lines: Sequence[Line], index: int) -> str:
    """The sentence that ends with the line at an index, over at most three lines of one type: a heading above is none of it."""
    last = lines[index]
    alike = [
        line
        for line in lines[max(0, index - 2) : index + 1]
        if line.page == last.page and line.bold == last.bold and abs(line.size - last.size) < OTHER_SIZE
    ]
    text = " ".join(line.text for line in alike)
    return re.split(r"[.?!][”\"’')]*\s+", text)[-1]


def _between(headings: Sequence[Heading], first: int, end: int) -> tuple[Heading, ...]:
    return tuple(h for h in headings if first <= h.first < end)


def _forbidden(headings: Sequence[Heading], length: int) -> list[tuple[int, int]]:
    """Stretches under headings such as "Recommendations from previous reviews"."""
    out = []
    for at, heading in enumerate(headings):
        if _is_of_others(heading) or formats.ANOTHER_REVIEW.search(bare(heading.text)):
            end_at = next(
                (i for i in range(at + 1, len(headings)) if headings[i].outranks(heading) and not headings[i].labels),
                None,
            )
            out.append((heading.first, headings[end_at].first if end_at is not None else length))
    return out
