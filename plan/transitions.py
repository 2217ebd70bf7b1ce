"""Which step may follow which in the life of a recommendation and of an action, as data, and the check."""

from collections.abc import Mapping

from domain.errors import NotAllowed
from domain.states import Outcome, Status

# A recommendation that has an action never goes back to the pile: its action is closed or superseded instead.
OUTCOME_STEPS: Mapping[Outcome, frozenset[Outcome]] = {
    Outcome.PROPOSED: frozenset(
        {Outcome.ADOPTED, Outcome.JOINED, Outcome.ACCEPTED_IN_PART, Outcome.DECLINED, Outcome.SECTION11}
    ),
    Outcome.DECLINED: frozenset(
        {Outcome.PROPOSED, Outcome.ADOPTED, Outcome.JOINED, Outcome.ACCEPTED_IN_PART, Outcome.SECTION11}
    ),
    Outcome.SECTION11: frozenset(
        {Outcome.PROPOSED, Outcome.ADOPTED, Outcome.JOINED, Outcome.ACCEPTED_IN_PART, Outcome.DECLINED}
    ),
    Outcome.ADOPTED: frozenset({Outcome.JOINED}),
    Outcome.JOINED: frozenset({Outcome.JOINED}),
    Outcome.ACCEPTED_IN_PART: frozenset({Outcome.ACCEPTED_IN_PART, Outcome.JOINED}),
}

STATUS_STEPS: Mapping[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.IN_PROGRESS, Status.COMPLETE, Status.CLOSED, Status.SUPERSEDED}),
    Status.IN_PROGRESS: frozenset({Status.OPEN, Status.COMPLETE, Status.CLOSED, Status.SUPERSEDED}),
    Status.COMPLETE: frozenset({Status.IN_PROGRESS, Status.ASSURED, Status.CLOSED, Status.SUPERSEDED}),
    Status.ASSURED: frozenset({Status.IN_PROGRESS, Status.CLOSED, Status.SUPERSEDED}),
    Status.CLOSED: frozenset({Status.IN_PROGRESS}),
    Status.SUPERSEDED: frozenset(),
}

ENDED = frozenset({Status.CLOSED, Status.SUPERSEDED})


def check_outcome(named: str, now: Outcome, wanted: Outcome, refs: tuple[str, ...]) -> None:
    """Raise `NotAllowed` unless a recommendation may go from `now` to `wanted`; `refs`: its actions."""
    if wanted in OUTCOME_STEPS[now]:
        return
    if refs:
        again = " again" if now is wanted else ""
        raise NotAllowed(
            f"Recommendation {named} is already {now} (action {', '.join(refs)}), so it cannot be {wanted}{again}. It stays with "
            "that action for good; it can also be joined to another action, and the action itself can be closed or superseded."
        )
    if now is Outcome.PROPOSED:
        raise NotAllowed(f"Recommendation {named} is already before the board: nobody has decided on it yet.")
    said = f"Recommendation {named} is already {now}. To decide again, put it before the board again first"
    raise NotAllowed(f"{said} (cap reconsider).", page=f"{said}.")


def check_status(ref: str, now: Status, wanted: Status, successor: str | None = None) -> None:
    """Raise `NotAllowed` unless an action may go from `now` to `wanted`."""
    if wanted in STATUS_STEPS[now]:
        return
    if now is Status.SUPERSEDED:
        raise NotAllowed(f"Action {ref} was superseded by {successor}: change {successor} instead.")
    possible = ", ".join(sorted(STATUS_STEPS[now]))
    raise NotAllowed(f"Action {ref} is {now}, so it cannot become {wanted}. From here it can become: {possible}.")


def check_live(ref: str, now: Status, successor: str | None) -> None:
    """Raise `NotAllowed` if an action has ended."""
    if now is Status.SUPERSEDED:
        raise NotAllowed(f"Action {ref} was superseded by {successor}: use {successor} instead.")
    if now is Status.CLOSED:
        raise NotAllowed(
            f'Action {ref} is closed. Set it to "{Status.IN_PROGRESS}" first if it has to be taken up again.'
        )
