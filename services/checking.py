"""Which labels a person should look at next, and what the person says of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classify.order import checking_order
from domain.records import RecommendationRow
from domain.states import Sureness
from plan import checking, reading
from plan.checking import Agreement, Said, SecondLook, Together
from plan.deciding import decide_label
from plan.filters import Filters
from plan.ledger import now, transaction
from plan.reading import recommendation
from plan.teaching import KeptOut, Unchecked, lessons, unchecked
from plan.vectors import load_embeddings
from services.house import House


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a person: how many are unchecked in all, the first of them in order, and what reviewers dispute."""

    waiting: int
    checked: int
    first: tuple[RecommendationRow, ...]
    disputed: tuple[KeptOut, ...]


def next_to_check(house: House, *, limit: int) -> Queue:
    """The recommendations whose labels to check next, those first whose decision puts most right and teaches most."""
    plan = house.existing_plan()
    waiting = unchecked(plan)
    decided = lessons(plan, house.framework)
    return Queue(
        waiting=len(waiting),
        checked=len(decided.examples) + len(decided.kept_out),
        first=tuple(recommendation(plan, identifier) for identifier in _in_order(house, waiting, limit)),
        disputed=decided.kept_out,
    )


def order_to_check(house: House, *, limit: int, unsure: bool = False, quadrant: str | None = None) -> tuple[str, ...]:
    """Identifiers of the recommendations to check next, in order: of those that the model is unsure of, or has in a quadrant."""
    waiting = unchecked(house.existing_plan())
    if unsure:
        waiting = tuple(row for row in waiting if row.unsure)
    if quadrant is not None:
        waiting = tuple(
            row for row in waiting if row.scores and max(row.scores, key=row.scores.__getitem__) == quadrant
        )
    return _in_order(house, waiting, limit)


def _in_order(house: House, waiting: tuple[Unchecked, ...], limit: int) -> tuple[str, ...]:
    codes = house.framework.quadrant_codes
    # One without a suggestion is as open as can be, and so is one whose vector belongs to another encoder.
    even = 1 / len(codes)
    shares = np.array([[row.scores.get(code, even) for code in codes] for row in waiting]).reshape(-1, len(codes))
    known = load_embeddings(house.plan, [row.key for row in waiting], house.encoder.name)
    nowhere = np.zeros(house.encoder.dimension, dtype=np.float32)
    vectors = np.array([known.get(row.key, nowhere) for row in waiting], dtype=np.float32)
    order = checking_order(shares, vectors.reshape(len(waiting), house.encoder.dimension), limit)
    return tuple(waiting[k].recommendation_id for k in order)


def said_of(house: House, identifier: str) -> tuple[Said, ...]:
    """Everything that people said of a recommendation's labels, the latest first."""
    return checking.said_of(house.existing_plan(), identifier)


def disputed(house: House) -> tuple[KeptOut, ...]:
    """Decisions in which reviewers differ, each with who says what."""
    return tuple(kept for kept in lessons(house.existing_plan(), house.framework).kept_out if kept.said)


def take_back(house: House, identifier: str) -> RecommendationRow:
    """Take back one's own latest decision."""
    return checking.take_back(house.existing_plan(), identifier, who=house.who)


def last_decided(house: House) -> RecommendationRow | None:
    """What one decided last, where that can be taken back: nobody has decided the same labels since."""
    plan = house.existing_plan()
    identifier = checking.last_decided(plan, house.who)
    return recommendation(plan, identifier) if identifier else None


def ask_second_look(house: House, identifier: str, *, note: str) -> RecommendationRow:
    """Ask somebody else to look at the labels of a recommendation."""
    return checking.ask_second_look(house.existing_plan(), identifier, who=house.who, note=note)


def second_looks(house: House) -> tuple[SecondLook, ...]:
    """The requests that nobody has answered."""
    return checking.second_looks(house.existing_plan())


def offered_together(
    house: House, *, quadrant: str | None, review: str | None, least: float
) -> tuple[RecommendationRow, ...]:
    """Suggestions that could be confirmed in one go: sure ones of at least this confidence, surest first."""
    plan = house.existing_plan()
    within = None if review is None else reading.review(plan, review.upper()).id
    filters = Filters(decided=False, unsure=False, quadrant=quadrant, review=within)
    rows = [row for row in reading.recommendations(plan, filters=filters) if (row.confidence or 0.0) >= least]
    return tuple(sorted(rows, key=lambda row: (-(row.confidence or 0.0), row.id)))


def confirm_together(house: House, identifiers: Sequence[str]) -> int:
    """Confirm the suggestions of several recommendations, all or none; gives how many.

    Each weighs as one of which a person is fairly sure: nobody reads forty as closely as one. What somebody has decided
    meanwhile is left as it is.
    """
    plan, at = house.existing_plan(), now()
    with transaction(plan):
        rows = [row for row in (recommendation(plan, one) for one in identifiers) if not row.decided]
        for row in rows:
            decide_label(
                plan, row.id, quadrant=row.quadrant or "", secondary=row.secondary, issues=row.issues, areas=row.areas,
                who=house.who, framework=house.framework, sureness=Sureness.FAIRLY, at=at,
                note="Confirmed together with others",
            )  # fmt: skip
    return len(rows)


def take_back_together(house: House, at: str) -> int:
    """Take back what one confirmed in one go, as far as it is still the latest word; gives how many."""
    plan = house.existing_plan()
    with transaction(plan):
        identifiers = checking.of_together(plan, house.who, at)
        for identifier in identifiers:
            checking.take_back(plan, identifier, who=house.who)
    return len(identifiers)


def confirmed_together(house: House) -> tuple[Together, ...]:
    """What one confirmed in one go, the latest first."""
    return checking.confirmed_together(house.existing_plan(), house.who)


def agreement(house: House) -> tuple[Agreement, ...]:
    """How often people confirmed what the model suggested, month by month."""
    return checking.agreement(house.existing_plan())
