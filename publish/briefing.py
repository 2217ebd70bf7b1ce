"""A topic on one page, for a briefing of seven minutes: what keeps being asked, what was done, what is still to be done.

It holds quotations and counts and nothing else: no sentence about practice is written by software.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from domain.files import save
from domain.framework import Framework
from domain.overdue import target_day
from domain.records import ActionRow, RecommendationRow
from domain.states import OWED, Outcome, Status
from publish import wording
from publish.contents import PlanContents, in_order
from publish.paper import Paper, Section, Table
from publish.pdf import pages, pdf_bytes
from publish.themes import Ask, Theme, is_of, what_is_asked
from publish.word import docx_bytes

DONE: frozenset[Status] = frozenset({Status.COMPLETE, Status.ASSURED, Status.CLOSED})
"""What an owner says is done, what was checked, and what was ended."""

MOST_ACTIONS = (6, 4, 3, 2, 1)
"""How many done and how many open actions are shown; fewer where no room would be left for quotations."""

ENOUGH = 4
"""With so many quotations the page need not give up actions for more."""

MOST_QUOTATIONS = 16

_QUOTATION, _ACTION, _NAME = 330, 180, 60
_LETTERS, _REVIEWS_NAMED = 6, 12
_RESERVE = "\n" * 2
"""Room left at the foot: programs that open a Word file do not set it quite alike, and it must end on the same page."""


_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")
_ASK_HEADINGS = ("In a review\u2019s own words", "Where it stands", "Others that ask it")
_ASK_WIDTHS = (70.0, 20.0, 16.0)
_ACTION_WIDTHS = (7.0, 55.0, 20.0, 24.0)


def write_briefing_docx(contents: PlanContents, theme: Theme, file: Path) -> Path:
    """Write the briefing as a Word document of one page. Raises `CannotWork`."""
    return save(file, docx_bytes(briefing_paper(contents, theme)))


def write_briefing_pdf(contents: PlanContents, theme: Theme, file: Path) -> Path:
    """Write the briefing as a tagged PDF of one page. Raises `CannotWork`."""
    return save(file, pdf_bytes(briefing_paper(contents, theme)))


def briefing_paper(contents: PlanContents, theme: Theme) -> Paper:
    """The briefing, with as many quotations as one page holds; it says how many were left out."""
    matter = _matter(contents, theme)
    few = min(len(matter.asks), ENOUGH)
    paper = _page(matter, 0, 0)
    for actions in MOST_ACTIONS:
        held = _most_quotations(matter, actions)
        if held is not None:
            paper = _page(matter, held, actions)
            if held >= few:
                break
    return paper


def overdue_words(days: int) -> str:
    """By how much a target date has passed, as people say it: "overdue by 3 weeks"; nothing where it has not."""
    if days <= 0:
        return ""
    for unit, length, until in (("day", 1.0, 14), ("week", 7.0, 60), ("month", 30.44, 730), ("year", 365.25, math.inf)):
        if days < until:
            return f"overdue by {wording.count(int(days / length), unit)}"
    raise AssertionError(days)


# ------------------------------------------------------------------------------------------------ the page


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a page is chosen from: all that these contents have on the theme. `actions`: without what others replaced."""

    contents: PlanContents
    theme: Theme
    found: tuple[RecommendationRow, ...]
    asks: tuple[Ask, ...]
    actions: tuple[ActionRow, ...]

    @property
    def owed(self) -> tuple[ActionRow, ...]:
        """Actions on which work is still to be done."""
        return tuple(action for action in self.actions if action.status in OWED)

    @property
    def whole(self) -> str:
        """Where a reader finds the actions that the page has no room for."""
        return "in the published plan" if self.contents.for_public else "in the Composite Action Plan"


def _matter(contents: PlanContents, theme: Theme) -> _Matter:
    found = tuple(row for row in contents.recommendations if is_of(row, theme))
    asked = {row.id for row in found}
    # An action bears no issue and no area: there it is one that answers a recommendation of the theme.
    actions = (
        contents.actions_of(theme.code)
        if theme.dimension == "quadrant"
        else in_order(action for action in contents.actions if asked.intersection(action.recommendations))
    )
    kept = tuple(action for action in actions if action.status is not Status.SUPERSEDED)
    return _Matter(contents, theme, found, what_is_asked(found, grouped=not contents.for_public), kept)


def _fits(paper: Paper) -> bool:
    """Whether the paper is one page as PDF and in Word alike, which set the same words differently."""
    measured = replace(paper, introduction=(*paper.introduction, _RESERVE))
    return pages(measured) == 1 and pages(measured, word=True) == 1


def _most_quotations(matter: _Matter, actions: int) -> int | None:
    """The most that fit on the page beside so many actions; None where not even none does."""
    least, most, held = 0, min(len(matter.asks), MOST_QUOTATIONS), None
    while least <= most:
        middle = (least + most + 1) // 2
        if _fits(_page(matter, middle, actions)):
            held, least = middle, middle + 1
        else:
            most = middle - 1
    return held


def _page(matter: _Matter, quotations: int, actions: int) -> Paper:
    contents, theme = matter.contents, matter.theme
    return Paper(
        title=f"Briefing: {theme.title}",
        subtitle=f"{contents.partnership}. {wording.standing(contents)}.".removeprefix(". "),
        organisation=contents.partnership,
        created=contents.as_of,
        footer=f"{theme.title}, {wording.standing(contents)[0].lower()}{wording.standing(contents)[1:]}",
        introduction=(),
        sections=(_why(matter), _asked(matter, quotations), _done(matter, actions), _open(matter, actions)),
        warning="" if contents.for_public else "For the partnership: it may hold what is not published.",
        portrait=True,
        template=contents.template,
    )


def _why(matter: _Matter) -> Section:
    contents, theme, found = matter.contents, matter.theme, matter.found
    said = [f"{theme.title} is a {theme.noun} of the {contents.framework.name}. {theme.about}".strip()]
    if not found:
        said.append(f"No recommendation on it is {'published and decided' if contents.for_public else 'in the plan'}.")
        return Section("Why this briefing", tuple(said))
    reviews = {row.review_id for row in found}
    said.append(
        f"{wording.count(len(found), 'recommendation')} of {wording.count(len(reviews), 'review')} "
        f"{'is' if len(found) == 1 else 'are'} on it{_period(found)}. {_outcomes(found)}"
    )
    if contents.for_public:
        said.append(
            "This counts published reviews, and in them only recommendations the partnership has decided on. Near-repeats are "
            "counted only if their words are the same or nearly so."
        )
    said.append(_standing_of_the_theme(found))
    return Section("Why this briefing", tuple(said))


def _standing_of_the_theme(found: tuple[RecommendationRow, ...]) -> str:
    confirmed = sum(row.decided for row in found)
    if confirmed == len(found):
        return "A person has confirmed that they belong to this topic."
    if not confirmed:
        return "Software suggested that they belong to this topic; no person has confirmed it yet."
    return (
        f"A person has confirmed that {confirmed} of them belong{'s' if confirmed == 1 else ''} to this topic; software "
        f"suggested it for the other {len(found) - confirmed}."
    )


def _period(found: tuple[RecommendationRow, ...]) -> str:
    dates = sorted(row.published for row in found if row.published)
    if not dates:
        return ", of no known date of publication"
    first, last = _month(dates[0]), _month(dates[-1])
    undated = len({row.review_id for row in found if not row.published})
    without = f" ({undated} without a known date)" if undated else ""
    return f", published {f'in {first}' if first == last else f'from {first} to {last}'}{without}"


def _month(printed: str) -> str:
    found = _MONTH.fullmatch(printed)
    day = target_day(f"{found[1]}-{found[2]}-01") if found else None
    return wording.month_and_year(day) if day else printed


def _outcomes(found: tuple[RecommendationRow, ...]) -> str:
    had = Counter(row.outcome for row in found)
    words = (
        (had[Outcome.ADOPTED] + had[Outcome.JOINED], "became an action or joined one"),
        (had[Outcome.ACCEPTED_IN_PART], "accepted in part"),
        (had[Outcome.DECLINED], "declined"),
        (had[Outcome.SECTION11], "sent to Section 11"),
        (had[Outcome.PROPOSED], "waiting for a decision"),
    )
    return f"What became of them: {', '.join(f'{number} {what}' for number, what in words if number)}."


def _asked(matter: _Matter, quotations: int) -> Section:
    heading, asks = "What keeps being asked", matter.asks
    if not asks:
        return Section(heading, ("Nothing.",))
    shown = asks[:quotations]
    said = _how_often(asks)
    if len(shown) < len(asks):
        said += f" {_quoted(len(shown), len(asks) - len(shown))}"
    named = {row.review_letter: row for ask in shown for row in ask.everything}
    titles = {review.id: review.reference or review.title or review.file for review in matter.contents.reviews}
    names = [
        f"{letter} is {_cut(titles.get(row.review_id) or row.review_reference or row.review_file, _NAME)}"
        for letter, row in sorted(named.items())
    ]
    more = " and others" if len(names) > _REVIEWS_NAMED else ""
    paragraphs = (said, f"The reviews: {'; '.join(names[:_REVIEWS_NAMED])}{more}.") if names else (said,)
    rows = tuple(
        (
            f"\u201c{_cut(wording.in_full(ask.quoted), _QUOTATION)}\u201d",
            _cut(wording.source(ask.quoted), _NAME),
            _others(ask),
        )
        for ask in shown
    )
    table = Table(f"What is asked on {matter.theme.title}, quoted", _ASK_HEADINGS, _ASK_WIDTHS, rows) if rows else None
    return Section(heading, paragraphs, table)


def _how_often(asks: tuple[Ask, ...]) -> str:
    repeated = sum(bool(ask.others) for ask in asks)
    if len(asks) == 1:
        return "It is made more than once." if repeated else "It is made once."
    if not repeated:
        return "Each is made once."
    return (
        f"{repeated} of the {len(asks)} different recommendations {'is' if repeated == 1 else 'are'} made more than once; "
        f"{'it comes' if repeated == 1 else 'these come'} first."
    )


def _quoted(shown: int, left: int) -> str:
    """How many there was room for. What was declined is in no plan, so that the reviews are where all of them can be read."""
    if not shown:
        return f"There is no room to quote {'it' if left == 1 else 'them'} here; see the reviews themselves."
    rest = "the other one is" if left == 1 else f"the other {left} are"
    return f"{shown} {'is' if shown == 1 else 'are'} quoted here; {rest} in the reviews themselves."


def _others(ask: Ask) -> str:
    if not ask.others:
        return "None"
    letters = tuple(dict.fromkeys(row.review_letter for row in ask.others))
    if len(letters) > _LETTERS:
        return f"{len(ask.others)}, of {len(letters)} reviews"
    return f"{len(ask.others)}, of {'review' if len(letters) == 1 else 'reviews'} {', '.join(letters)}"


def _done(matter: _Matter, most: int) -> Section:
    heading, framework = "What was done", matter.contents.framework
    done = tuple(action for action in matter.actions if action.status in DONE)
    if not done:
        return Section(heading, ("No action on it is complete yet.",))
    latest = sorted(done, key=lambda a: a.closed or a.assured or a.completed or "", reverse=True)[:most]
    rows = tuple((*_named(framework, action), wording.sentence_case(_ended(action))) for action in latest)
    said = (
        f"{wording.count(len(done), 'action')} of {len(matter.owed) + len(done)} on it "
        f"{'is' if len(done) == 1 else 'are'} complete, assured or closed; the latest first."
    )
    return Section(heading, _with_more(matter, said, len(done), len(rows)), _actions(heading, "How it stands", rows))


def _open(matter: _Matter, most: int) -> Section:
    heading, contents = "What is still to be done", matter.contents
    if not matter.owed:
        return Section(heading, ("No action on it is still to be done.",))
    longest = sorted(matter.owed, key=contents.overdue, reverse=True)
    rows = tuple((*_named(contents.framework, action), _due(contents, action)) for action in longest[:most])
    late = sum(contents.overdue(action) > 0 for action in matter.owed)
    said = (
        f"{wording.count(len(matter.owed), 'action')} {'is' if len(matter.owed) == 1 else 'are'} still to be done; "
        f"{late or 'none'} {'are' if late > 1 else 'is'} overdue."
    )
    return Section(heading, _with_more(matter, said, len(longest), len(rows)), _actions(heading, "Target date", rows))


def _ended(action: ActionRow) -> str:
    if action.status is Status.CLOSED and action.achieved is None:
        year = f" in {action.closed[:4]}" if action.closed else ""
        return f"closed{year}; whether its aim was achieved is not recorded"
    return wording.stands(action)


def _due(contents: PlanContents, action: ActionRow) -> str:
    day = target_day(action.target_date)
    target = wording.long_date(day) if day else _cut(action.target_date or "", _NAME) or "None given"
    late = overdue_words(contents.overdue(action))
    return f"{target}, {late}" if late else target


def _named(framework: Framework, action: ActionRow) -> tuple[str, str, str]:
    agency = wording.agency_words(framework, action.lead_agency)
    return _cut(action.ref, _NAME), _cut(action.text, _ACTION), _cut(agency, _NAME) or "None named"


def _with_more(matter: _Matter, said: str, number: int, shown: int) -> tuple[str, ...]:
    if shown == number:
        return (said,)
    rest = "the other one is" if number - shown == 1 else f"the other {number - shown} are"
    return (f"{said} {shown} {'is' if shown == 1 else 'are'} shown here; {rest} {matter.whole}.",)


def _actions(caption: str, last: str, rows: tuple[tuple[str, ...], ...]) -> Table | None:
    return Table(caption, ("Ref", "Action", "Lead agency", last), _ACTION_WIDTHS, rows) if rows else None


def _cut(text: str, most: int) -> str:
    """The text on one line; what is too long ends at a word, and says so."""
    whole = wording.one_line(text)
    if len(whole) <= most:
        return whole
    kept = whole[: most + 1].rpartition(" ")[0] or whole[:most]
    return f"{kept.rstrip(' ,;:')} [\u2026]"
