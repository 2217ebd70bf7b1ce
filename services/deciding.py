"""What people decide: what becomes of a recommendation, its labels, who may see a review, how an action goes on."""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

from domain.errors import UsageError
from domain.records import ActionRow, RecommendationRow, ReviewRow
from domain.states import Audience, Status, Sureness, Visibility
from plan import actions, deciding, progress, reading
from plan.ledger import today, transaction
from plan.overview import Goes, hidden_with
from services.house import House


def find_recommendation(house: House, named: str) -> RecommendationRow:
    """A recommendation by its identifier, the beginning of one, or review letter and number ("K 3")."""
    return reading.recommendation(house.existing_plan(), named)


def adopt(house: House, named: str, *, quadrant: str | None, why: str, **fields: Unpack[progress.Fields]) -> ActionRow:
    """Make a recommendation an action of its own, in the given quadrant or in the one that is decided or surely suggested."""
    row = find_recommendation(house, named)
    return actions.adopt(
        house.plan,
        row.id,
        who=house.who,
        framework=house.framework,
        quadrant=_quadrant(house, quadrant),
        why=why,
        **fields,
    )


def join(house: House, named: str, ref: str, *, why: str) -> ActionRow:
    """Let the action `ref` answer a recommendation too."""
    return actions.join(house.plan, find_recommendation(house, named).id, ref, who=house.who, why=why)


def accept_part(
    house: House, named: str, *, reason: str, ref: str | None, quadrant: str | None, **fields: Unpack[progress.Fields]
) -> ActionRow:
    """Take up part of a recommendation, as a new action or within the action `ref`, which stays as it is."""
    if ref is not None and (fields or quadrant is not None):
        raise UsageError(
            f"Words, quadrant, agency, target date and home are for a new action, and action {ref} has its own: leave them "
            f"out, and change that action afterwards: cap action edit {ref}. Or leave out --ref.",
            page=f"Words and details are for a new action, and action {ref} has its own: leave them out, and change it afterwards.",
        )
    row = find_recommendation(house, named)
    return actions.accept_part(
        house.plan,
        row.id,
        who=house.who,
        framework=house.framework,
        reason=reason,
        ref=ref,
        quadrant=_quadrant(house, quadrant),
        **fields,
    )


def decline(house: House, named: str, *, reason: str) -> RecommendationRow:
    """Decline a recommendation with a reason."""
    return actions.decline(house.plan, find_recommendation(house, named).id, who=house.who, reason=reason)


def send_to_section11(house: House, named: str, *, reason: str) -> RecommendationRow:
    """Send a recommendation to the Section 11 route."""
    return actions.section11(house.plan, find_recommendation(house, named).id, who=house.who, reason=reason)


def reconsider(house: House, named: str, *, reason: str) -> RecommendationRow:
    """Put a recommendation that was declined or sent to Section 11 before the board again."""
    return actions.reconsider(house.plan, find_recommendation(house, named).id, who=house.who, reason=reason)


def label(
    house: House,
    named: str,
    *,
    quadrant: str,
    secondary: str | None,
    issues: tuple[str, ...],
    areas: tuple[str, ...],
    note: str,
    standards: tuple[str, ...] = (),
    sure: str = Sureness.SURE,
    settles: bool = False,
) -> RecommendationRow:
    """Confirm or correct the labels of a recommendation. Raises `UsageError` for a code that is not the framework's."""
    row = find_recommendation(house, named)
    first = _quadrant(house, quadrant)
    if first is not None and _quadrant(house, secondary) == first:
        raise UsageError(
            f"The second quadrant is the first again, {first}. Leave it out, or name another.",
            page=f"The second quadrant is the first again, {house.framework.title(first)}. Choose another as the second, or None.",
        )
    return deciding.decide_label(
        house.plan,
        row.id,
        quadrant=first or quadrant,
        secondary=_quadrant(house, secondary),
        issues=issues,
        areas=areas,
        standards=standards,
        note=note,
        sureness=_sureness(sure),
        settles=settles,
        who=house.who,
        framework=house.framework,
    )


def _sureness(word: str) -> Sureness:
    try:
        return Sureness(word.casefold())
    except ValueError as error:
        raise UsageError(
            f"“{word}” is not a way to say how sure you are. Choose from: {', '.join(Sureness)}."
        ) from error


@dataclass(frozen=True, slots=True)
class Lost:
    """The actions that are no longer seen once a review is shown to fewer people.

    by_all: by nobody, since the review is withdrawn; by_public: references of those that the partnership still sees.
    """

    by_all: tuple[Goes, ...]
    by_public: tuple[str, ...]


def change_visibility(
    house: House, letter: str, visibility: str, *, until: str | None, why: str
) -> tuple[ReviewRow, Lost]:
    """Say who may see what comes from a review; gives it, and the actions that are seen no longer."""
    plan = house.existing_plan()
    with transaction(plan):
        before = reading.actions(plan, audience=Audience.PUBLIC)
        goes = hidden_with(plan, reading.review(plan, letter, audience=None).id)
        row = show_review_to(house, letter, visibility, until=until, why=why)
        public = {action.ref for action in reading.actions(plan, audience=Audience.PUBLIC)}
        kept = {action.ref for action in reading.actions(plan)}
    return row, Lost(
        tuple(one for one in goes if one.ref not in kept),
        tuple(action.ref for action in before if action.ref in kept - public),
    )


def show_review_to(house: House, letter: str, visibility: str, *, until: str | None, why: str) -> ReviewRow:
    """Say who may see what comes from a review."""
    try:
        wanted = Visibility(visibility)
    except ValueError as error:
        raise UsageError(f"“{visibility}” is not a visibility. Choose from: {', '.join(Visibility)}.") from error
    if until is not None and wanted is not Visibility.EMBARGOED:
        raise UsageError(
            f"A release date goes with an embargo, not with {wanted}: cap visibility {letter} embargoed --until ...",
            page=f"A release date goes with Embargoed, not with {wanted}.",
        )
    day = None if until is None else deciding.checked_day(until, "the release date")
    if day is not None and day <= today().isoformat():
        # An embargo ends on its day, so that one until today would show the review at once.
        when = "is today" if day == today().isoformat() else "has already passed"
        past = f"The release date {until} {when}, and everybody sees the review from that day. To show it now"
        raise UsageError(
            f"{past}, run: cap visibility {letter} published",
            page=f"{past}, choose Published.",
        )
    return deciding.set_visibility(house.existing_plan(), letter, wanted, who=house.who, embargo_until=until, why=why)


def progress_of(
    house: House,
    ref: str,
    *,
    status: str | None,
    note: str | None,
    target_date: str | None,
    why: str,
    on: date | None,
    recheck: date | None = None,
) -> ActionRow:
    """Record progress on an action: a note, a new target date with its reason, a new status; all of it or nothing.

    recheck: the day on which an action that is assured, or becomes so with this, is looked at again.
    """
    if status is None and note is None and target_date is None and recheck is None:
        raise UsageError("Give a note, a target date or a status: nothing was given to record.")
    if note is not None and not note.strip():
        raise UsageError("The note is empty: say in it what has been done, or leave it out.")
    if on is not None and note is None and status is None and recheck is None:
        raise UsageError(
            "The day goes with a note, a status or the date of the next look. A target date moves as from now: leave out --on.",
            page="The day goes with a note or a status: a target date moves as from now.",
        )
    wanted = None if status is None else _status(status)
    plan = house.existing_plan()
    with transaction(plan):
        if note is not None or target_date is not None:
            fields: progress.Fields = {"target_date": target_date} if target_date is not None else {}
            progress.update_action(
                plan, ref, who=house.who, framework=house.framework, why=why, progress=note, dated=on, **fields
            )
        if wanted is not None:
            progress.set_status(plan, ref, wanted, who=house.who, why=why, on=on, recheck=recheck)
        elif recheck is not None:
            progress.set_recheck(plan, ref, recheck, who=house.who, why=why, on=on)
        return reading.action(plan, ref)


def close(house: House, ref: str, *, achieved: bool, why: str, on: date | None) -> ActionRow:
    """Close an action and say whether its aim was achieved."""
    return progress.close(house.existing_plan(), ref, who=house.who, achieved=achieved, why=why, on=on)


def supersede(house: House, ref: str, *, quadrant: str, why: str, **fields: Unpack[progress.Fields]) -> ActionRow:
    """Replace an action by a new one in this quadrant; gives the new one."""
    return progress.supersede(
        house.existing_plan(),
        ref,
        quadrant=_quadrant(house, quadrant) or quadrant,
        who=house.who,
        why=why,
        framework=house.framework,
        **fields,
    )


def _status(word: str) -> Status:
    try:
        return Status(word.casefold().replace("-", " "))
    except ValueError as error:
        raise UsageError(f"“{word}” is not a status. Choose from: {', '.join(Status)}.") from error


def _quadrant(house: House, code: str | None) -> str | None:
    if code is None:
        return None
    known = {c.casefold(): c for c in house.framework.quadrant_codes}
    if code.casefold() not in known:
        raise UsageError(f"“{code}” is not a quadrant. Choose from: {', '.join(known.values())}.")
    return known[code.casefold()]
