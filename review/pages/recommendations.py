"""One recommendation: its words, its place, what became of it; and what a person decides about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from domain.errors import NotAllowed, UsageError
from domain.records import ActionRow
from domain.states import LIVE, Outcome, Role
from plan import reading
from plan.mending import Addressing
from plan.progress import Fields
from plan.teaching import KeptOut
from review.access import Sent, Visit, seeing, sending
from review.memory import recall
from review.once import Done, only_once
from review.pages.actions import with_warning
from review.pages.labels import disputes
from review.rendering import go_to, moment, render, tell
from services import covering, deciding, mending, page_images
from services.covering import Covered
from services.recommending import WholeRecommendation, whole_recommendation

router = APIRouter()
MOST_OFFERED = 400
OUTCOMES: Final = {"adopt": Outcome.ADOPTED, "decline": Outcome.DECLINED, "section11": Outcome.SECTION11}
"""What forms ask for that can be asked once only."""
OUTCOME_WORDS: Final = {
    Outcome.ADOPTED: "adopted", Outcome.DECLINED: "declined", Outcome.SECTION11: "sent to Section 11",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecommendationPage:
    """One recommendation with everything of it.

    joinable: actions that could answer it too; printed, addressed_as_read: its words, and whom it
    addresses, as they were read; cover: what the plan seems to have
    for it already, while it waits; dispute: who says what, where reviewers differ about its labels.
    """

    template: ClassVar[str] = "recommendation.html"
    whole: WholeRecommendation
    has_pdf: bool
    page_shown: int
    joinable: tuple[ActionRow, ...]
    printed: str
    addressed_as_read: Addressing | None
    cover: Covered | None
    dispute: KeptOut | None

    @property
    def title(self) -> str:
        """Where it stands."""
        row = self.whole.row
        number = f" {row.number}" if row.number else ""
        return f"{row.kind.value.capitalize()}{number} of review {row.review_letter}"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided what becomes of it."""
        return self.whole.row.outcome is Outcome.PROPOSED

    @property
    def can_return(self) -> bool:
        """Whether it was turned down and can come before the board again."""
        return self.whole.row.outcome in (Outcome.DECLINED, Outcome.SECTION11)


def joinable(visit: Visit) -> tuple[ActionRow, ...]:
    """Actions that could answer a recommendation too; none where there are too many to offer, or the person decides nothing."""
    if not visit.may(Role.LEAD):
        return ()
    live = recall(visit, "live actions", lambda: reading.actions(visit.house.existing_plan(), statuses=LIVE))
    return live if len(live) <= MOST_OFFERED else ()


def covers_of(visit: Visit, identifiers: Sequence[str]) -> dict[str, Covered]:
    """What the plan seems to have for recommendations that wait, by their identifiers."""
    answers = recall(visit, "answers", lambda: covering.answers_of(visit.house))
    return {one.recommendation.id: one for one in covering.covered(visit.house, only=identifiers, answers=answers)}


@router.get("/recommendations/{identifier}")
def recommendation(identifier: str, visit: Visit = seeing(Role.VIEWER), page: int = 0) -> Response:
    """One recommendation."""
    house = visit.house
    whole = whole_recommendation(house, identifier, visit.audience)
    waits = whole.row.outcome is Outcome.PROPOSED
    offered = joinable(visit) if waits else ()
    cover = next(iter(covers_of(visit, [whole.row.id]).values()), None) if waits and visit.may(Role.REVIEWER) else None
    file = house.settings.original(whole.place.sha256)
    shown = page if 1 <= page <= whole.place.of_review else whole.row.page
    printed = mending.printed(house, whole.row.id)
    read = mending.addressed_as_read(house, whole.row.id)
    dispute = disputes(visit).get(whole.row.id) if visit.may(Role.REVIEWER) else None
    return render(visit, RecommendationPage(whole, file.is_file(), shown, offered, printed, read, cover, dispute))


@router.get("/recommendations/{identifier}/page.png")
def picture(identifier: str, visit: Visit = seeing(Role.VIEWER), page: int = 0) -> Response:
    """A page of its report, with its lines marked."""
    found = page_images.picture_of_recommendation(visit.house, identifier, page or None, audience=visit.audience)
    return Response(found.png, media_type="image/png")


@router.get("/recommendations/{identifier}/mark")
def mark(identifier: str, visit: Visit = seeing(Role.VIEWER), page: int = 0) -> Response:
    """How far down that picture the marked lines begin, as a share of its height; null where it has none."""
    found = page_images.picture_of_recommendation(visit.house, identifier, page or None, audience=visit.audience)
    return JSONResponse({"marked_at": found.marked_at})


@router.post("/recommendations/{identifier}/outcome")
def outcome(identifier: str, sent: Sent = sending(Role.LEAD)) -> Response:
    """Say what becomes of it."""
    return only_once(sent, lambda: _decided(identifier, sent))


def _decided(identifier: str, sent: Sent) -> Done:
    what = sent.form.words("do")
    if done := _done_already(sent.visit, identifier, what):
        return done
    try:
        return _decide(identifier, what, sent)
    except NotAllowed:
        # Somebody else may have done the same in this moment.
        if done := _done_already(sent.visit, identifier, what):
            return done
        raise


def _decide(identifier: str, what: str, sent: Sent) -> Done:
    form, house = sent.form, sent.visit.house
    if what == "adopt":
        action = deciding.adopt(
            house, identifier, quadrant=form.maybe("quadrant"), why=form.words("why"), **_fields(sent, identifier)
        )
        return Done(f"/actions/{action.ref}", with_warning(f"It is action {action.ref} now.", action))
    if what == "join":
        ref = form.needed("ref", "Choose the action that answers it.")
        action = deciding.join(house, identifier, ref, why=form.words("why"))
        return Done(
            _onward(sent, identifier),
            f"Action {action.ref} answers it too; its review references are {', '.join(action.review_refs)} now.",
        )
    if what == "part":
        reason = form.needed("why", "Say which part is accepted and why the rest is not.")
        action = deciding.accept_part(
            house,
            identifier,
            reason=reason,
            ref=form.maybe("ref"),
            quadrant=form.maybe("quadrant"),
            **_fields(sent, identifier),
        )
        return Done(f"/actions/{action.ref}", with_warning(f"Part of it is taken up in action {action.ref}.", action))
    reason = form.needed("why", "Give the reason: colleagues who ask later must find it.")
    if what == "decline":
        deciding.decline(house, identifier, reason=reason)
        said = "It is declined, and the reason is kept."
    elif what == "section11":
        deciding.send_to_section11(house, identifier, reason=reason)
        said = "It is sent to Section 11: it no longer waits for a decision, and stays tracked here."
    elif what == "reconsider":
        deciding.reconsider(house, identifier, reason=reason)
        said = "It is before the board again, as proposed."
    else:
        raise UsageError("Choose what becomes of the recommendation.")
    return Done(_onward(sent, identifier), said)


def _done_already(visit: Visit, identifier: str, what: str) -> Done | None:
    """What to say where somebody has decided the very same, perhaps this person in another tab; None where nobody has."""
    whole = whole_recommendation(visit.house, identifier, visit.audience)
    row = whole.row
    if OUTCOMES.get(what) is not row.outcome or not whole.became:
        return None
    last = whole.became[-1]
    actions = f" It is action {', '.join(row.action_refs)}." if row.action_refs else ""
    return Done(
        f"/actions/{row.action_refs[0]}" if row.action_refs else f"/recommendations/{row.id}",
        f"It was {OUTCOME_WORDS[row.outcome]} already, by {last.who} on {moment(last.at)}, so nothing was changed.{actions}",
    )


@router.post("/recommendations/{identifier}/words")
def words(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Correct its words against the page."""
    form = sent.form
    given = form.needed("text", "A recommendation has words: copy them from the page.")
    row = mending.mend(sent.visit.house, identifier, given, why=form.words("why"))
    tell(sent.visit, "Corrected. The words as first read are kept too.")
    return go_to(f"/recommendations/{row.id}")


@router.post("/recommendations/{identifier}/addressee")
def addressee(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Correct whom it addresses."""
    form = sent.form
    told = Addressing(form.maybe("addressee"), form.chosen("agencies"), form.ticked("single_agency"))
    row = mending.address(sent.visit.house, identifier, told, why=form.words("why"))
    tell(sent.visit, "Corrected. Whom it was first read to address is kept too.")
    return go_to(f"/recommendations/{row.id}")


@router.post("/recommendations/{identifier}/not-covered")
def not_covered(identifier: str, sent: Sent = sending(Role.REVIEWER)) -> Response:
    """Say that an action does not answer it; it is remembered."""
    ref = sent.form.needed("ref", "Choose the action.")
    covering.rule_out(sent.visit.house, identifier, ref, why=sent.form.words("why"))
    tell(sent.visit, f"It is remembered that action {ref} does not answer this.")
    return go_to(_onward(sent, identifier))


def _fields(sent: Sent, identifier: str) -> Fields:
    """What was written of the new action; an empty field says nothing, but that of the date, in which the review's own stood."""
    form = sent.form
    fields = Fields()
    if text := form.words("text"):
        fields["text"] = text
    if lead := form.words("lead_agency"):
        fields["lead_agency"] = lead
    target, asked = (
        form.words("target_date"),
        reading.recommendation(sent.visit.house.plan, identifier).target_date or "",
    )
    if "target_date" in form.data and target.split() != asked.split():
        fields["target_date"] = target
    return fields


def _onward(sent: Sent, identifier: str) -> str:
    """Back to the list where the decision was made, narrowed as it was, or to the recommendation."""
    row = reading.recommendation(sent.visit.house.plan, identifier)
    places = {"decide": "/decide", "review": f"/reviews/{row.review_letter}"}
    return sent.form.back(places.get(sent.form.words("from"), f"/recommendations/{row.id}"))
