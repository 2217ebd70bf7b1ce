"""Checking labels: one recommendation at a time, beside its page, in the order in which decisions teach most."""

from dataclasses import dataclass, replace
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
from review.forms import Form
from review.memory import recall
from review.paging import Paging, listed
from review.rendering import go_to, render, tell
from review.sentences import on_a_page
from services import checking, deciding
from services.checking import order_to_check

router = APIRouter()
QUEUE = 400  # how far ahead the order is worked out
SHOWN = 25
KEYS = "123456789"
AT_ONCE = 100
LEAST = 90  # per cent of confidence from which suggestions are offered together


@dataclass(frozen=True, slots=True)
class Way:
    """How a person goes through the queue: what it is narrowed by, what was skipped.

    decided: "yes" where labels were decided on the way, so that the last of them can be taken back.
    """

    show: str = ""
    quadrant: str = ""
    skipped: str = ""
    decided: str = ""

    @property
    def address(self) -> str:
        """As the part of an address."""
        kept = (("show", self.show), ("quadrant", self.quadrant), ("skipped", self.skipped), ("decided", self.decided))
        return urlencode({name: value for name, value in kept if value})


@dataclass(frozen=True, slots=True)
class LabelsPage:
    """The queue: what waits, and how far the checking is.

    more: others wait beyond those listed; last: the recommendation that this person has just decided.
    """

    template: ClassVar[str] = "labels.html"
    title: ClassVar[str] = "Check labels"
    needs: Needs
    way: Way
    last: RecommendationRow | None
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
class Labels:
    """What stands in the form: labels that were decided or are suggested, or what a person sent."""

    quadrant: str
    secondary: str
    issues: tuple[str, ...]
    areas: tuple[str, ...]
    standards: tuple[str, ...]
    sure: str = Sureness.SURE
    note: str = ""
    settles: bool = False


@dataclass(frozen=True, slots=True)
class LabelPage:
    """One recommendation whose labels to check.

    waiting: how many are left in the queue as far as it is worked out; more: there are others beyond; last: the
    recommendation that this person decided before this one; problem: why what was sent could not be taken.
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
    secondary: str
    sure: str
    note: str
    settles: bool
    waiting: int
    more: bool
    way: Way
    last: RecommendationRow | None
    may_undo: bool
    problem: str

    @property
    def title(self) -> str:
        """Which recommendation it is."""
        number = f", {self.row.number}" if self.row.number else ""
        return f"Check labels: {self.row.review_letter}{number}"

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


def _queue(visit: Visit, way: Way) -> _Waits:
    """What waits under a filter."""
    if way.show == "second":
        looks = checking.second_looks(visit.house)
        return _Waits(tuple(look.recommendation_id for look in looks if look.who != visit.name))
    return _order(visit, way.show, way.quadrant)


def _last(visit: Visit, way: Way) -> RecommendationRow | None:
    """What this person decided last on the way and can take back."""
    return checking.last_decided(visit.house) if way.decided else None


@router.get("/labels")
def labels(
    visit: Visit = seeing(Role.REVIEWER), show: str = "", quadrant: str = "", decided: str = "", page: int = 1
) -> Response:
    """The queue."""
    plan, way = visit.house.existing_plan(), Way(show, quadrant, decided=decided)
    queue = _queue(visit, way)
    waiting = queue.ids
    shown = listed(waiting, "/labels", {"show": show, "quadrant": quadrant}, page, SHOWN)
    looks = {look.recommendation_id: look for look in checking.second_looks(visit.house)}
    first = f"/labels/{waiting[0]}?{way.address}" if waiting else ""
    page_ = LabelsPage(
        needs=recall(visit, "needs", lambda: needs(plan, audience=visit.audience), lately=True),
        way=way, last=_last(visit, way),
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
    decided: str = "", page: int = 0,
) -> Response:  # fmt: skip
    """One recommendation."""
    return render(visit, _page(visit, identifier, Way(show, quadrant, skipped, decided), page))


def _page(
    visit: Visit, identifier: str, way: Way, page: int = 0, *, sent: Labels | None = None, problem: str = ""
) -> LabelPage:
    """sent: what a person sent that could not be taken, for the reason that `problem` tells."""
    house, plan = visit.house, visit.house.existing_plan()
    row = reading.recommendation(plan, identifier)
    said, place = reading.suggestion(plan, row.id), reading.place(plan, row.id)
    earlier = checking.said_of(house, row.id)
    standing = next((one for one in earlier if not one.withdrawn), None)
    look = next((one for one in checking.second_looks(house) if one.recommendation_id == row.id), None)
    framework = house.framework
    scores = {s.code: s.score for s in said.scores} if said else {}
    chosen = sent or _chosen(row, standing)
    standards = {s.code: s.score for s in said.standards} if said else {}
    every = tuple(
        Option(s.code, f"{s.code} {s.title}", "", standards.get(s.code), s.code in chosen.standards)
        for s in framework.standards
    )
    near = tuple(option for option in every if option.score is not None or option.chosen)
    queue, last = _queue(visit, way), _last(visit, way)
    return LabelPage(
        row=row, place=place, has_pdf=house.settings.original(place.sha256).is_file(),
        page_shown=page if 1 <= page <= place.of_review else row.page, said=said, earlier=earlier, look=look,
        dispute=disputes(visit).get(row.id),
        quadrants=tuple(
            Option(e.code, e.title, e.about, scores.get(e.code), e.code == chosen.quadrant, KEYS[n])
            for n, e in enumerate(framework.quadrants)
        ),
        issues=tuple(Option(e.code, e.title, e.about, None, e.code in chosen.issues) for e in framework.issues),
        areas=tuple(Option(e.code, e.title, e.about, None, e.code in chosen.areas) for e in framework.areas),
        standards=near, other_standards=tuple(option for option in every if option not in near),
        secondary=chosen.secondary, sure=chosen.sure, note=chosen.note, settles=chosen.settles,
        waiting=len(queue.ids), more=queue.more, way=way, last=last if last is not None and last.id != row.id else None,
        may_undo=standing is not None and standing.who == visit.name, problem=problem,
    )  # fmt: skip


def _chosen(row: RecommendationRow, standing: Said | None) -> Labels:
    """What is chosen before a person chooses: where the model is unsure, no quadrant and so no second one either."""
    open_yet = row.unsure and not row.decided
    quadrant, secondary = (None, None) if open_yet else (row.quadrant, row.secondary)
    return Labels(
        quadrant or "", secondary or "", row.issues, row.areas, standing.standards if standing is not None else ()
    )


def _sent(form: Form) -> Labels:
    """What a person sent."""
    return Labels(
        form.words("quadrant"), form.words("secondary"), form.chosen("issues"), form.chosen("areas"),
        form.chosen("standards"), form.words("sure") or Sureness.SURE, form.words("note"), form.ticked("settles"),
    )  # fmt: skip


def _named(row: RecommendationRow) -> str:
    """How a recommendation is told from others in a sentence."""
    return f"{row.review_letter}, {row.number or f'page {row.page}'}"


@router.post("/labels/{identifier}")
def decide(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Confirm or correct, ask for a second look, skip, or take back; then on to the next."""
    form, visit, house = sent.form, sent.visit, sent.visit.house
    way = Way(*(form.words(name) for name in ("show", "queue_quadrant", "skipped", "decided")))
    row = reading.recommendation(house.existing_plan(), identifier)
    what = form.words("do")
    if what == "undo":
        checking.take_back(house, row.id)
        tell(visit, "Your decision is undone; the suggestion applies again.")
        return go_to(f"/labels/{row.id}?{replace(way, decided='').address}")
    if what == "second":
        checking.ask_second_look(house, row.id, note=form.words("note"))
        tell(visit, "Somebody else is asked to look at it.")
    elif what == "skip":
        way = replace(way, skipped=" ".join([*way.skipped.split()[-40:], row.id]))
    else:
        labels = _sent(form)
        try:
            _record(visit, row, labels)
        except UsageError as error:
            return render(visit, _page(visit, row.id, way, sent=labels, problem=on_a_page(error)), status=400)
        way = replace(way, decided="yes")
    return _onward(visit, way, row.id)


def _record(visit: Visit, row: RecommendationRow, labels: Labels) -> None:
    """Record what a person decided. Raises `UsageError` where that is no label."""
    if not labels.quadrant:
        raise UsageError("Choose the quadrant to which this recommendation belongs.")
    deciding.label(
        visit.house, row.id, quadrant=labels.quadrant, secondary=labels.secondary or None, issues=labels.issues,
        areas=labels.areas, standards=labels.standards, note=labels.note, sure=labels.sure,
        settles=labels.settles,
    )  # fmt: skip
    tell(visit, f"{_named(row)} is now under {visit.house.framework.title(labels.quadrant)}.")


def _onward(visit: Visit, way: Way, done: str) -> Response:
    """On to the next of the queue, or to the queue where none is left."""
    passed = {*way.skipped.split(), done}
    onward = next((one for one in _queue(visit, way).ids if one not in passed), None)
    if onward is None:
        return go_to(f"/labels?{replace(way, skipped='').address}")
    return go_to(f"/labels/{onward}?{way.address}")
