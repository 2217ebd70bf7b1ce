"""The action plan as a table, and one action with everything of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import UsageError
from domain.overdue import days_overdue, last_day, never_overdue
from domain.records import ActionRow
from domain.states import Audience, Role, Status
from plan import reading
from plan.counts import By, actions_under
from plan.ledger import today
from plan.progress import Fields
from plan.transitions import STATUS_STEPS
from plan.views import SavedView, saved_views
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.once import Done, done_with, only_once
from review.paging import Paging, listed
from review.rendering import day as day_in_words
from review.rendering import go_to, new_token, render, tell
from services import acting, deciding
from services.acting import Clash, Conflict, Whole, as_words

router = APIRouter()
SIZE = 50
SORTS: Final[dict[str, tuple[str, Callable[[ActionRow], object]]]] = {
    "ref": ("Ref", lambda row: tuple(int(part) for part in row.ref.split("."))),
    "lead": ("Lead agency", lambda row: row.lead_agency.casefold()),
    "target": ("Target date", lambda row: _by_target(row)),
    "status": ("Status", lambda row: list(Status).index(row.status)),
}
SHOWS: Final = {
    "": "Outstanding",
    "overdue": "Overdue",
    "recheck": "To look at again",
    "ended": "Closed and superseded",
    "all": "All",
}
WORDS_OF: Final = ("text", "lead_agency", "target_date", "home", "worry_statement", "success_goal", "next_steps", "rag")


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """The table. `address`: of this very view, to be kept or sent; sorts: headings with the addresses that sort by them."""

    template: ClassVar[str] = "actions.html"
    title: ClassVar[str] = "Action plan"
    rows: tuple[ActionRow, ...]
    overdue: frozenset[str]
    paging: Paging
    show: str
    quadrant: str
    agency: str
    issue: str
    area: str
    kind: str
    status: str
    review: str
    words: str
    sort: str
    down: bool
    sorts: tuple[tuple[str, str, str], ...]
    letters: tuple[str, ...]
    shows: tuple[tuple[str, str], ...]
    views: tuple[SavedView, ...]
    address: str


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action. steps: the statuses that it can take from here; clashes: fields that somebody else has changed."""

    template: ClassVar[str] = "action.html"
    whole: Whole
    fields: dict[str, str]
    seen: dict[str, str]
    steps: tuple[Status, ...]
    overdue: str
    problem: str = ""
    clashes: tuple[Clash, ...] = ()
    why: str = ""

    @property
    def title(self) -> str:
        """Its reference."""
        return f"Action {self.whole.action.ref}"


@dataclass(frozen=True, slots=True)
class NewActionPage:
    """The form for an action that answers no recommendation. done: what it came to, where it was sent already."""

    template: ClassVar[str] = "new_action.html"
    title: ClassVar[str] = "New action"
    token: str
    done: Done | None


def _by_target(row: ActionRow) -> tuple[bool, date, str]:
    """By the day; then what has words for one, by the words."""
    day = last_day(row.target_date)
    return day is None, day or date.max, row.target_date or ""


def with_warning(told: str, row: ActionRow) -> str:
    """What is told of an action that was changed, and that it is overdue already, or never will be where it has words for a date."""
    late = f"It is overdue already: its target date is {day_in_words(row.target_date)}." if overdue_by(row) else ""
    return f"{told} {late or never_overdue(row.status, row.target_date)}".strip()


def overdue_by(row: ActionRow) -> int:
    """By how many days it is overdue as of today."""
    return days_overdue(row.status, row.target_date, today())


@router.get("/actions")
def actions(
    visit: Visit = seeing(Role.VIEWER), show: str = "", quadrant: str = "", agency: str = "", status: str = "",
    issue: str = "", area: str = "", kind: str = "", review: str = "", q: str = "", sort: str = "ref", down: str = "", page: int = 1,
) -> Response:  # fmt: skip
    """The table."""
    plan = visit.house.existing_plan()
    every = recall(visit, "actions", lambda: reading.actions(plan, audience=visit.audience))
    sort, show = sort if sort in SORTS else "ref", show if show in SHOWS else ""
    sought = q.casefold().split()
    narrowed: tuple[tuple[By, str], ...] = (("agency", agency), ("issue", issue), ("area", area), ("type", kind))
    under = [_under(visit, by, code) for by, code in narrowed if code]
    rows = [
        row
        for row in every
        if _shown(row, show, status)
        and (not quadrant or row.quadrant == quadrant)
        and (not review or review in row.review_refs)
        and all(row.ref in refs for refs in under)
        and all(word in _words(row) for word in sought)
    ]
    rows.sort(key=SORTS[sort][1], reverse=bool(down))  # type: ignore[arg-type]
    kept = {
        "show": show, "quadrant": quadrant, "agency": agency, "issue": issue, "area": area,
        "kind": kind, "status": status, "review": review, "q": q, "sort": sort,
        "down": down,
    }  # fmt: skip
    shown = listed(rows, "/actions", kept, page, SIZE)
    letters = tuple(sorted({ref for row in every for ref in row.review_refs}, key=lambda one: (len(one), one)))
    found = ActionsPage(
        rows=tuple(shown.rows), overdue=frozenset(row.ref for row in shown.rows if overdue_by(row)),
        paging=shown.paging, show=show, quadrant=quadrant, agency=agency,
        issue=issue, area=area, kind=kind, status=status, review=review, words=q,
        sort=sort, down=bool(down), sorts=_sorts(kept, sort, bool(down)), letters=letters, shows=tuple(SHOWS.items()),
        views=saved_views(plan, visit.name, "/actions"),
        address="/actions?" + urlencode({name: value for name, value in kept.items() if value}),
    )  # fmt: skip
    return render(visit, found)


def _shown(row: ActionRow, show: str, status: str) -> bool:
    if status:
        return row.status == status
    ended = row.status in (Status.CLOSED, Status.SUPERSEDED)
    return {
        "all": True,
        "ended": ended,
        "overdue": overdue_by(row) > 0,
        "recheck": row.recheck is not None and row.recheck <= today().isoformat(),
    }.get(show, not ended)


def _under(visit: Visit, by: By, code: str) -> frozenset[str]:
    """The actions that the counts have under a code, so that a list has what a figure says."""
    plan = visit.house.existing_plan()
    return recall(visit, ("under", by, code), lambda: actions_under(plan, by, code, audience=visit.audience))


def _words(row: ActionRow) -> str:
    return " ".join((row.ref, row.text, row.lead_agency, row.progress, row.home, *row.review_refs)).casefold()


def _sorts(kept: dict[str, str], sort: str, down: bool) -> tuple[tuple[str, str, str], ...]:
    """For each heading that sorts: its name, words, and the address that sorts by it, the other way round where it does."""
    out = []
    for name, (words, _) in SORTS.items():
        turned = "yes" if name == sort and not down else ""
        asked = {**kept, "sort": name, "down": turned}
        out.append((name, words, "/actions?" + urlencode({k: v for k, v in asked.items() if v})))
    return tuple(out)


@router.get("/actions/new")
def new(visit: Visit = seeing(Role.LEAD), form: str = "") -> Response:
    """The form for an action that answers no recommendation.

    Its token stands in the address, so that Back leads to the same form, and whoever asks for a new one gets a new one.
    """
    if not form:
        return go_to(f"/actions/new?form={new_token()}")
    return render(visit, NewActionPage(form, done_with(visit, form)))


@router.post("/actions/new")
def add(sent: Sent = sending(Role.LEAD)) -> Response:
    """Put an action into the plan that answers no recommendation."""
    form = sent.form
    fields = Fields(text=form.needed("text", "Say what is to be done."))
    if lead := form.words("lead_agency"):
        fields["lead_agency"] = lead
    if target := form.words("target_date"):
        fields["target_date"] = target

    def work() -> Done:
        row = acting.add(
            sent.visit.house, quadrant=form.needed("quadrant", "Choose the quadrant."), source=form.maybe("source"),
            reviews=form.maybe("reviews"), opened=form.day("opened"), why=form.words("why"), **fields,
        )  # fmt: skip
        return Done(f"/actions/{row.ref}", with_warning(f"Action {row.ref} is in the plan.", row))

    return only_once(sent, work)


@router.get("/actions/{ref}")
def action(ref: str, visit: Visit = seeing(Role.VIEWER)) -> Response:
    """One action."""
    return render(visit, _page(visit, ref))


def _page(
    visit: Visit, ref: str, *, typed: dict[str, str] | None = None, problem: str = "", clashes: tuple[Clash, ...] = (),
    why: str = "",
) -> ActionPage:  # fmt: skip
    whole = acting.whole(visit.house, ref, visit.audience)
    row = whole.action
    may_edit = visit.audience is Audience.PARTNERSHIP
    stands = as_words(row) if may_edit else {}
    steps = tuple(s for s in Status if s in STATUS_STEPS[row.status] and s not in (Status.CLOSED, Status.SUPERSEDED))
    late = overdue_by(row)
    return ActionPage(
        whole=whole, fields=typed if typed is not None else stands, seen=stands, steps=steps if may_edit else (),
        overdue=f"{late} day{'' if late == 1 else 's'} overdue" if late else "",
        problem=problem, clashes=clashes, why=why,
    )  # fmt: skip


@router.post("/actions/{ref}")
def edit(ref: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Change what an action says; what somebody else changed meanwhile is shown and stays."""
    form, visit = sent.form, sent.visit
    wanted = {name: form.words(name) for name in WORDS_OF}
    wanted["standards"] = " ".join(sorted(form.chosen("standards")))
    wanted["applies_to_all"], wanted["released"] = form.words("applies_to_all"), form.words("released")
    seen = {name: form.words(f"seen_{name}") for name in wanted}
    try:
        row = acting.edit_as_seen(visit.house, ref, seen, wanted, why=form.words("why"))
    except Conflict as error:
        page = _page(visit, ref, typed=wanted, problem=str(error), clashes=error.clashes, why=form.words("why"))
        return render(visit, page, status=409)
    except UsageError as error:
        return render(visit, _page(visit, ref, typed=wanted, problem=str(error), why=form.words("why")), status=400)
    tell(visit, with_warning(f"Action {ref} is saved.", row))
    return go_to(f"/actions/{ref}")


@router.post("/actions/{ref}/progress")
def progress(ref: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Note progress, with a new status or none."""
    form = sent.form
    note = form.maybe("note")
    row = deciding.progress_of(
        sent.visit.house, ref, status=form.maybe("status"), note=note, target_date=None,
        why=form.words("why"), on=form.day("on"), recheck=form.day("recheck"),
    )  # fmt: skip
    earlier = note is not None and row.progress != note
    kept = " The note stands among the earlier ones: the progress shown is of a later day." if earlier else ""
    tell(sent.visit, f"The progress of action {ref} is noted.{kept}")
    return go_to(f"/actions/{ref}")


@router.post("/actions/{ref}/end")
def end(ref: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Close an action, or let another take its place."""
    return only_once(sent, lambda: _ended(ref, sent))


def _ended(ref: str, sent: Sent) -> Done:
    form, house = sent.form, sent.visit.house
    why = form.needed("why", "Give the reason: it is kept with the action.")
    if form.words("do") == "supersede":
        row = deciding.supersede(
            house,
            ref,
            quadrant=form.needed("quadrant", "Choose the quadrant of the new action."),
            why=why,
        )
        return Done(
            f"/actions/{row.ref}",
            f"Action {row.ref} replaces {ref}, with the same words. Edit it here if they are to change.",
        )
    achieved = form.needed("achieved", "Say whether its aim was achieved.")
    deciding.close(house, ref, achieved=achieved == "yes", why=why, on=form.day("on"))
    return Done(f"/actions/{ref}", f"Action {ref} is closed.")


@router.post("/actions/{ref}/evidence")
def evidence(ref: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Add evidence to an action, or strike some out."""
    form, house = sent.form, sent.visit.house
    number = form.words("number")
    if number:
        if not number.isdigit():
            raise UsageError("Choose the evidence that is to be struck out.")
        acting.strike_evidence(house, ref, int(number), why=form.needed("why", "Say why it is struck out."))
        tell(sent.visit, "It is struck out but still shown.")
    else:
        acting.add_evidence(
            house, ref, link=form.needed("link", "Give a link or the name of a file."),
            shows=form.needed("shows", "Say what it shows."),
        )  # fmt: skip
        tell(sent.visit, "The evidence is added.")
    return go_to(f"/actions/{ref}")
