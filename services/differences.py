"""What reading a review again changed, until a person has looked at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.records import RecommendationRow
from plan import reading
from plan.deciding import settle_difference
from plan.filters import Filters
from services.house import House

KINDS: Final = {"changed": "words changed", "missing": "not found any more", "added": "newly found"}
"""How a recommendation can differ from how it was read before, as a person is told."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A recommendation that was read differently from before, and how: words of `KINDS`."""

    row: RecommendationRow
    how: str


def differences(house: House) -> tuple[Differing, ...]:
    """All that nobody has looked at yet: what changed, then what is missing, then what is new."""
    plan = house.existing_plan()
    return tuple(
        Differing(row, how)
        for kind, how in KINDS.items()
        for row in reading.recommendations(plan, filters=Filters(difference=kind))
    )


def differing_among(house: House, identifiers: Sequence[str]) -> dict[str, str]:
    """Those of these recommendations that differ from before, by identifier, and how."""
    return {
        row.id: how
        for kind, how in KINDS.items()
        for row in reading.recommendations_by_id(house.plan, identifiers, filters=Filters(difference=kind))
    }


def looked_at(house: House, named: str) -> RecommendationRow:
    """Record that a person has looked at what a new reading changed. Raises `NotAllowed` where nothing differs."""
    row = reading.recommendation(house.existing_plan(), named)
    return settle_difference(house.plan, row.id, who=house.who)
