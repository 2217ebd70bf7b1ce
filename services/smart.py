"""What the actions of the plan lack before anybody can say that they have been done."""

from typing import Final

from domain.records import ActionRow
from domain.smart import Lack, lacks
from domain.states import Status
from plan import reading
from services.house import House

# Work is still owed on these; what the owner calls complete is the audit group's to judge.
OWED: Final = (Status.OPEN, Status.IN_PROGRESS)


def checked(house: House, ref: str | None = None) -> tuple[tuple[ActionRow, tuple[Lack, ...]], ...]:
    """One action, however it stands, or all on which work is owed, by reference, each with what it lacks.

    An action that has ended lacks nothing. Raises `NotFound` where there is no action `ref`.
    """
    plan = house.existing_plan()
    rows = reading.actions(plan, statuses=OWED) if ref is None else (reading.action(plan, ref),)
    return tuple((row, lacks(row, house.framework)) for row in rows)
