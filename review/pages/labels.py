"""Checking labels: one recommendation at a time, beside its page, in the order in which decisions teach most."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import UsageError
from domain.records import Classification, RecommendationRow
from domain.states import Role, Sureness
from plan import reading
from plan.checking import Agreement, Said, SecondLook, Together
from plan.overview import Needs, needs, standing, suggested, undecided
from plan.reading import Place
from plan.teaching import KeptOut
from publish.wording import count as counted
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.paging import Paging, listed
from review.rendering import go_to, render, tell
from services import checking, deciding
from services.checking import order_to_check

router = APIRouter()
QUEUE = 400  # how far ahead the order is worked out
SHOWN = 25
KEYS = "123456789"
AT_ONCE = 100
LEAST = 90  # per cent of confidence from which suggestions are offered together


@dataclass(frozen=True, slots=True)
class LabelsPage:
    """The queue: what waits, and how far the checking is. more: others wait beyond those listed."""

    template: ClassVar[str] = "labels.html"
    title: ClassVar[str] = "Check labels"
    needs: Needs
    show: str
    quadrant: str
    rows: tuple[RecommendationRow, ...]
    paging: Paging
    more: bool
    looks: dict[str, SecondLook]
    first: str
    disputed: tuple[tuple[KeptOut, RecommendationRow], ...]
    agreement: tuple[Agreement, ...]
    together: tuple[Together, ...]

    @property
    def share(self) -> float:
        """How much of all has been checked."""
        total = self.needs.checked + self.needs.unchecked
        return self.needs.checked / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Option:
    """A label to choose, with what the model gives it and whether it is chosen now."""

    code: str
    title: str
    about: str
    score: float | None
    chosen: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class LabelPage:
    """One recommendation whose labels to check. show, queue_quadrant: what the queue is narrowed by.

    waiting: how many are left in the queue as far as it is worked out; more: there are others beyond.
    """

    template: ClassVar[str] = "label.html"
    row: RecommendationRow
    place: Place
    has_pdf: bool
    page_shown: int
    said: Classification | None
    earlier: tuple[Said, ...]
    look: SecondLook | None
    dispute: KeptOut | None
    quadrants: tuple[Option, ...]
    issues: tuple[Option, ...]
    areas: tuple[Option, ...]
    standards: tuple[Option, ...]
    other_standards: tuple[Option, ...]
    waiting: int
    more: bool
    skipped: str
    show: str
    queue_quadrant: str
    may_undo: bool
    problem: str = ""
    note: str = ""
    secondary: str = ""
    sure: str = "sure"

    @property
    def title(self) -> str:
        """Which recommendation it is."""
        number = f", {self.row.number}" if self.row.number else ""
        return f"Check labels: {self.row.review_letter}{number}"

    @property
    def queue(self) -> str:
        """What the queue is narrowed by and what was skipped, for the address of another page of the report."""
        kept = (("show", self.show), ("quadrant", self.queue_quadrant), ("skipped", self.skipped))
        return urlencode({name: value for name, value in kept if value})

    @property
    def between(self) -> str:
        """Between which quadrants the model wavers."""
        return " and ".join(self.said.between) if self.said is not None else ""


@dataclass(frozen=True, slots=True)
class _Waits:
    """Identifiers of what waits, in order; more: others wait beyond these."""

    ids: tuple[str, ...]
    more: bool = False


def _order(visit: Visit, show: str = "", quadrant: str = "") -> _Waits:
    """What waits, in order, worked out anew when suggestions change or when what was worked out has been checked.

    A decision alone changes it little, and ordering a national plan takes seconds.
    """
    plan = visit.house.existing_plan()
    key = ("order to check", show, quadrant)

    def make() -> tuple[str, ...]:
        return order_to_check(visit.house, limit=QUEUE, unsure=show == "unsure", quadrant=quadrant or None)

    order = recall(visit, key, make, mark=suggested(plan))
    left = undecided(plan, order)
    if order and not left:
        order = recall(visit, key, make, mark=(suggested(plan), standing(plan)))
        left = undecided(plan, order)
    return _Waits(tuple(identifier for identifier in order if identifier in left), more=len(order) >= QUEUE)


def disputes(visit: Visit) -> dict[str, KeptOut]:
    """Where reviewers differ, by the identifier of the recommendation."""
    return recall(visit, "disputed", lambda: {kept.recommendation_id: kept for kept in checking.disputed(visit.house)})


def _queue(visit: Visit, show: str, quadrant: str) -> _Waits:
    """What waits under a filter."""
    if show == "second":
        looks = checking.second_looks(visit.house)
        return _Waits(tuple(look.recommendation_id for look in looks if look.who != visit.name))
    return _order(visit, show, quadrant)


@router.get("/labels")
def labels(visit: Visit = seeing(Role.REVIEWER), show: str = "", quadrant: str = "", page: int = 1) -> Response:
    """The queue."""
    plan = visit.house.existing_plan()
    queue = _queue(visit, show, quadrant)
    waiting = queue.ids
    kept = {"show": show, "quadrant": quadrant}
    shown = listed(waiting, "/labels", kept, page, SHOWN)
    looks = {look.recommendation_id: look for look in checking.second_looks(visit.house)}
    first = f"/labels/{waiting[0]}?{urlencode({k: v for k, v in kept.items() if v})}" if waiting else ""
    page_ = LabelsPage(
        needs=recall(visit, "needs", lambda: needs(plan, audience=visit.audience), lately=True),
        show=show, quadrant=quadrant,
        rows=tuple(reading.recommendation(plan, identifier) for identifier in shown.rows),
        paging=shown.paging, more=queue.more, looks=looks, first=first,
        disputed=tuple((kept, reading.recommendation(plan, name)) for name, kept in disputes(visit).items()),
        agreement=checking.agreement(visit.house), together=checking.confirmed_together(visit.house),
    )  # fmt: skip
    return render(visit, page_)


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """Suggestions to confirm in one go, each of which can be left out. more: how many there are beyond those shown."""

    template: ClassVar[str] = "together.html"
    title: ClassVar[str] = "Confirm several at once"
    rows: tuple[RecommendationRow, ...]
    more: int
    quadrant: str
    review: str
    least: int
    letters: tuple[str, ...]


@router.get("/labels/together")
def together(
    visit: Visit = seeing(Role.REVIEWER), quadrant: str = "", review: str = "", least: int = LEAST
) -> Response:
    """The preview: what would be confirmed."""
    plan = visit.house.existing_plan()
    known = recall(visit, "reviews", lambda: reading.reviews(plan, audience=visit.audience))
    share = min(max(least, 0), 100)
    rows = checking.offered_together(visit.house, quadrant=quadrant or None, review=review or None, least=share / 100)
    page = TogetherPage(
        rows[:AT_ONCE], max(0, len(rows) - AT_ONCE), quadrant, review, share, tuple(row.letter for row in known)
    )
    return render(visit, page)


@router.post("/labels/together")
def confirm_together(sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Confirm those that are ticked, or take back what was confirmed in one go."""
    visit, form = sent.visit, sent.form
    if form.words("do") == "undo":
        count = checking.take_back_together(visit.house, form.words("at"))
        tell(visit, f"{counted(count, 'decision')} undone; the suggestions apply again.")
        return go_to("/labels")
    chosen = form.chosen("member")
    if not chosen or len(chosen) > AT_ONCE:
        raise UsageError(f"Tick those that are right, at most {AT_ONCE}.")
    count = checking.confirm_together(visit.house, chosen)
    tell(visit, f"{counted(count, 'label')} confirmed. You can undo them together below.")
    return go_to("/labels")


@router.get("/labels/{identifier}")
def label(
    identifier: str, visit: Visit = seeing(Role.REVIEWER), show: str = "", quadrant: str = "", skipped: str = "",
    page: int = 0,
) -> Response:  # fmt: skip
    """One recommendation."""
    return render(visit, _page(visit, identifier, show, quadrant, skipped, page))


def _page(visit: Visit, identifier: str, show: str, quadrant: str, skipped: str, page: int = 0) -> LabelPage:
    house, plan = visit.house, visit.house.existing_plan()
    row = reading.recommendation(plan, identifier)
    said, place = reading.suggestion(plan, row.id), reading.place(plan, row.id)
    earlier = checking.said_of(house, row.id)
    standing = next((one for one in earlier if not one.withdrawn), None)
    look = next((one for one in checking.second_looks(house) if one.recommendation_id == row.id), None)
    framework = house.framework
    scores = {s.code: s.score for s in said.scores} if said else {}
    chosen = row.quadrant if row.decided or not row.unsure else None
    standards = {s.code: s.score for s in said.standards} if said else {}
    ticked = standing.standards if standing else ()
    every = tuple(
        Option(s.code, f"{s.code} {s.title}", "", standards.get(s.code), s.code in ticked) for s in framework.standards
    )
    near = tuple(option for option in every if option.score is not None or option.chosen)
    queue = _queue(visit, show, quadrant)
    return LabelPage(
        row=row, place=place, has_pdf=house.settings.original(place.sha256).is_file(),
        page_shown=page if 1 <= page <= place.of_review else row.page, said=said, earlier=earlier, look=look,
        dispute=disputes(visit).get(row.id),
        quadrants=tuple(
            Option(e.code, e.title, e.about, scores.get(e.code), e.code == chosen, KEYS[n])
            for n, e in enumerate(framework.quadrants)
        ),
        issues=tuple(Option(e.code, e.title, e.about, None, e.code in row.issues) for e in framework.issues),
        areas=tuple(Option(e.code, e.title, e.about, None, e.code in row.areas) for e in framework.areas),
        standards=near, other_standards=tuple(option for option in every if option not in near),
        waiting=len(queue.ids), more=queue.more, skipped=skipped,
        show=show, queue_quadrant=quadrant,
        may_undo=standing is not None and standing.who == visit.name, secondary=row.secondary or "",
    )  # fmt: skip


@router.post("/labels/{identifier}")
def decide(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Confirm or correct, ask for a second look, skip, or take back; then on to the next."""
    form, visit, house = sent.form, sent.visit, sent.visit.house
    show, quadrant, skipped = form.words("show"), form.words("queue_quadrant"), form.words("skipped")
    row = reading.recommendation(house.existing_plan(), identifier)
    back = urlencode({k: v for k, v in (("show", show), ("quadrant", quadrant)) if v})
    what = form.words("do")
    if what == "undo":
        checking.take_back(house, row.id)
        tell(visit, "Your decision is undone; the suggestion applies again.")
        return go_to(f"/labels/{row.id}?{back}")
    if what == "second":
        checking.ask_second_look(house, row.id, note=form.words("note"))
        tell(visit, "Somebody else is asked to look at it.")
    elif what == "skip":
        skipped = " ".join([*skipped.split()[-40:], row.id])
    else:
        chosen = form.needed("quadrant", "Choose the quadrant to which this recommendation belongs.")
        deciding.label(
            house, row.id, quadrant=chosen, secondary=form.maybe("secondary"), issues=form.chosen("issues"),
            areas=form.chosen("areas"), standards=form.chosen("standards"), note=form.words("note"),
            sure=form.words("sure") or Sureness.SURE, settles=form.ticked("settles"),
        )  # fmt: skip
        name = house.framework.title(chosen)
        tell(
            visit,
            f"{row.review_letter} {row.number or ''} is now under {name}. Wrong? Open it again from its page and undo your decision.",
        )
    passed = {*skipped.split(), row.id}
    onward = next((one for one in _queue(visit, show, quadrant).ids if one not in passed), None)
    if onward is None:
        return go_to(f"/labels?{back}")
    kept = urlencode({k: v for k, v in (("show", show), ("quadrant", quadrant), ("skipped", skipped)) if v})
    return go_to(f"/labels/{onward}?{kept}")
