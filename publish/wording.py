"""The plan's facts as printed words, the same in every file: references, dates, agencies, confidence, text itself."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from domain.framework import Framework
from domain.identity import full_text
from domain.overdue import target_day
from domain.records import ActionRow, CountRow, RecommendationRow
from domain.states import Audience, Cover, Kind, Status
from plan.overview import Goes
from publish.contents import PlanContents

COLUMNS = ("Ref", "Review refs", "Action", "Lead agency", "Target date", "Progress", "Status")
"""The columns of the published plan, and the status that the workbook adds to them."""

PLAN = "Composite Action Plan"
WORKING_COPY = "Working copy of the partnership: it holds drafts and proposals and is not for publication."
DECIDES = (
    "Software suggested the labels of the recommendations from their text; a person confirms or corrects each one, "
    "and only a person makes a recommendation into an action."
)

EARLIER = (
    "This is the plan as it had been recorded by the end of that day. What the reviews say, whom they address and who may see "
    "them is as it is today. Near-repeats and the software's own suggestions are left out."
)

_SPACES = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_BREAKS = re.compile(r"[\x0b\x0c]")
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CERTAINTY = ((0.9, "very likely"), (0.7, "likely"), (0.5, "more likely than not"), (0.0, "doubtful"))


def clean(text: str) -> str:
    """Text that every file format can hold: line ends are one newline, and what XML forbids is shown as U+FFFD."""
    return _UNFIT.sub("\ufffd", _BREAKS.sub(" ", _SPACES.sub("\n", text)))


def one_line(text: str) -> str:
    """Clean text with all white space folded."""
    return " ".join(clean(text).split())


def long_date(day: date) -> str:
    """A day as running text has it: 1 June 2017."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_and_year(day: date) -> str:
    """A title's date: June 2017."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural unless it is one: "1 action", "0 actions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Words in a row as running text has them: "1.1, 2.1 and 3.4"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def going(actions: Sequence[Goes]) -> str:
    """Actions that go with a withdrawn review: "1.1 (in its words; it also answers B and E) and 2.1"."""
    return listed(
        [f"{a.ref} (in its words; it also answers {listed(a.others)})" if a.others else a.ref for a in actions]
    )


def at_the_latest(action: ActionRow, day: str | None) -> bool:
    """Whether a day on which an action was completed, assured or closed is only the latest that it can have been.

    A plan that was imported seldom says when: such actions bear the day of the import for all of it, on which they were
    opened too. "By" that day is true of them, and of one that was opened and done on one day.
    """
    return day == action.opened


def stands(action: ActionRow) -> str:
    """How an action stands, in one phrase: "open, target 01/09/2021", "complete and assured in 2021"."""
    match action.status:
        case Status.OPEN | Status.IN_PROGRESS:
            day = target_day(action.target_date)
            target = short_date(day) if day else action.target_date
            return f"{action.status}, target {target}" if target else f"{action.status}, without a target date"
        case Status.COMPLETE:
            return f"complete{_in_year(action, action.completed)}, not assured yet"
        case Status.ASSURED:
            return f"complete and assured{_in_year(action, action.assured)}"
        case Status.CLOSED:
            return f"closed{_in_year(action, action.closed)}, its aim {'' if action.achieved else 'not '}achieved"
        case Status.SUPERSEDED:
            return f"superseded by {action.superseded_by}" if action.superseded_by else "superseded"


def _in_year(action: ActionRow, day: str | None) -> str:
    return f" {'by' if at_the_latest(action, day) else 'in'} {day[:4]}" if day else ""


def covers(verdict: Cover, action: ActionRow | None) -> str:
    """What the plan seems to have for a recommendation: "covered by action 2.3 (reviews L, N), open, ..."; or "new"."""
    if action is None:
        return str(verdict)
    noun = "review" if len(action.review_refs) == 1 else "reviews"
    letters = f" ({noun} {', '.join(action.review_refs)})" if action.review_refs else ""
    return f"{verdict} action {action.ref}{letters}, {stands(action)}"


def told_apart(shares: tuple[float, float], which: int) -> str:
    """One of two shares in per cent, with as many digits as it takes to tell them apart, two decimals at most."""
    for digits in (0, 1, 2):
        words = [f"{share:.{digits}%}" for share in shares]
        if words[0] != words[1]:
            break
    else:
        words = [f"{share:.0%}" for share in shares]
    return words[which]


def short_date(day: date) -> str:
    """A day as a table has it: 01/06/2017."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def printed_date(text: str | None) -> str:
    """An ISO date as a table has it; other words ("Ongoing") as they are; nothing for None."""
    day = target_day(text)
    return short_date(day) if day else clean(text or "")


def day_or_words(text: str | None) -> date | str | None:
    """An ISO date as a date, other words as they are: what a spreadsheet's cell is to hold."""
    return target_day(text) or text


def review_refs(action: ActionRow) -> str:
    """The reviews that an action answers, as the published plan has them: "K, O", "All", "M (and All)"."""
    letters = ", ".join(action.review_refs)
    if not action.applies_to_all:
        return letters
    return f"{letters} (and All)" if letters else "All"


def plan_cells(contents: PlanContents, action: ActionRow) -> tuple[date | str | None, ...]:
    """One action under `COLUMNS`."""
    return (
        action.ref,
        review_refs(action),
        action.text,
        agency_words(contents.framework, action.lead_agency),
        day_or_words(action.target_date),
        action.progress,
        sentence_case(action.status.value),
    )


def source(recommendation: RecommendationRow) -> str:
    """Where a recommendation stands: "K, recommendation 3, page 41"."""
    noun = "area for improvement" if recommendation.kind is Kind.AREA else recommendation.kind.value
    name = f"{noun} {recommendation.number}" if recommendation.number else noun
    return f"{recommendation.review_letter}, {name}, page {recommendation.page}"


def in_full(recommendation: RecommendationRow) -> str:
    """The recommendation's own words, after the lead-in that it shares with others."""
    return full_text(recommendation.text, recommendation.lead_in)


def titles(framework: Framework, codes: Iterable[str]) -> str:
    """The titles of codes of the framework, in the order given, apart by semicolons (titles have commas)."""
    return "; ".join(framework.title(code) for code in codes)


def standards(framework: Framework, action: ActionRow) -> str:
    """The practice standards of an action, each with its code: "1.2 Analytical assessment that uses the whole history"."""
    return "; ".join(f"{code} {framework.title(code)}" for code in action.standards)


def quadrant(framework: Framework, code: str | None) -> str:
    """A quadrant's title, or nothing."""
    return framework.title(code) if code else ""


def confidence(value: float | None) -> str:
    """A calibrated score between 0 and 1 in words: "likely, about 8 in 10"."""
    if value is None:
        return ""
    words = next((words for least, words in _CERTAINTY if value >= least), "doubtful")
    tenths = min(10, max(0, round(value * 10)))
    return f"{words}, about {tenths} in 10" if tenths < 10 else f"{words}, nearly 10 in 10"


def chance(value: float) -> str:
    """A score between 0 and 1 as a percentage. A model is never certain: no suggestion is said to be right in all cases, or in none."""
    whole = round(100 * value)
    return "over 99%" if whole >= 100 else "under 1%" if whole <= 0 else f"{whole}%"


def sentence_case(text: str) -> str:
    """The first letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def agency_words(framework: Framework, agency: str) -> str:
    """A lead agency as printed: a code of the framework becomes its title, other words stay."""
    return framework.title(agency) if agency in framework.agency_codes else agency


def achieved(action: ActionRow) -> str:
    """Whether the aim of a closed action was achieved."""
    return {True: "Yes", False: "No", None: ""}[action.achieved]


def standing(contents: PlanContents) -> str:
    """One line under every title: for whom, as of when."""
    return for_whom(contents.audience, contents.as_of)


def for_whom(audience: Audience, day: date) -> str:
    """For whom something is, as of when."""
    whom = "For publication" if audience is Audience.PUBLIC else "For the partnership"
    return f"{whom}, as of {long_date(day)}"


def basis(contents: PlanContents) -> str:
    """On what the counts rest, in words."""
    words = {
        "known": "as the plan knew it that day",
        "effective": "by the dates on which reviews and actions were published, opened, completed and closed",
    }
    return words.get(contents.basis, contents.basis)


def total_row(rows: Sequence[CountRow]) -> CountRow:
    """The sum of rows that do not overlap, such as quadrants; there is one at least."""
    return CountRow(
        by=rows[0].by,
        code="",
        title="Total",
        unit=rows[0].unit,
        total=sum(row.total for row in rows),
        open=sum(row.open for row in rows),
        closed=sum(row.closed for row in rows),
        overdue=sum(row.overdue for row in rows),
        proposed=sum(row.proposed for row in rows),
    )
