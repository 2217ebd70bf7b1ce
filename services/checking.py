"""Which labels a person should look at next, and what the person says of them."""

from dataclasses import dataclass

import numpy as np

from classify.order import checking_order
from domain.records import RecommendationRow
from plan import checking
from plan.checking import Said, SecondLook
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


def order_to_check(house: House, *, limit: int) -> tuple[str, ...]:
    """Identifiers of the recommendations to check next, in order."""
    return _in_order(house, unchecked(house.existing_plan()), limit)


def _in_order(house: House, waiting: tuple[Unchecked, ...], limit: int) -> tuple[str, ...]:
    codes = house.framework.quadrant_codes
    # One without a suggestion is as open as can be, and so is one whose vector belongs to another encoder.
    even = 1 / len(codes)
    shares = np.array([[row.scores.get(code, even) for code in codes] for row in waiting]).reshape(-1, len(codes))
    known = load_embeddings(house.plan, [row.key for row in waiting], house.encoder.name)
    nowhere = np.zeros(house.encoder.dimension, dtype=np.float32)
    vectors = np.array([known.get(row.key, nowhere) for row in waiting], dtype=np.float32)
    order = checking_order(shares, vectors.reshape(len(waiting), -1), limit)
    return tuple(waiting[k].recommendation_id for k in order)


def said_of(house: House, identifier: str) -> tuple[Said, ...]:
    """Everything that people said of a recommendation's labels, the latest first."""
    return checking.said_of(house.existing_plan(), identifier)


def take_back(house: House, identifier: str) -> RecommendationRow:
    """Take back one's own latest decision."""
    return checking.take_back(house.existing_plan(), identifier, who=house.who)


def ask_second_look(house: House, identifier: str, *, note: str) -> RecommendationRow:
    """Ask somebody else to look at the labels of a recommendation."""
    return checking.ask_second_look(house.existing_plan(), identifier, who=house.who, note=note)


def second_looks(house: House) -> tuple[SecondLook, ...]:
    """The requests that nobody has answered."""
    return checking.second_looks(house.existing_plan())
