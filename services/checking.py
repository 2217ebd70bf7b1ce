"""Which labels a person should look at next."""

from dataclasses import dataclass

import numpy as np

from classify.order import checking_order
from domain.records import RecommendationRow
from plan.reading import recommendation
from plan.teaching import KeptOut, lessons, unchecked
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
    codes = house.framework.quadrant_codes
    # One without a suggestion is as open as can be, and so is one whose vector belongs to another encoder.
    even = 1 / len(codes)
    shares = np.array([[row.scores.get(code, even) for code in codes] for row in waiting]).reshape(-1, len(codes))
    known = load_embeddings(plan, [row.key for row in waiting], house.encoder.name)
    nowhere = np.zeros(house.encoder.dimension, dtype=np.float32)
    vectors = np.array([known.get(row.key, nowhere) for row in waiting], dtype=np.float32)
    order = checking_order(shares, vectors.reshape(len(waiting), -1), limit)
    decided = lessons(plan, house.framework)
    return Queue(
        waiting=len(waiting),
        checked=len(decided.examples) + len(decided.kept_out),
        first=tuple(recommendation(plan, waiting[k].recommendation_id) for k in order),
        disputed=decided.kept_out,
    )
