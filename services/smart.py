"""What the actions of the plan lack before anybody can say that they have been done."""

from domain.records import ActionRow
from domain.smart import Lack, lacks
from domain.states import OWED
from plan import reading
from services.house import House


def checked(house: House, ref: str | None = None) -> tuple[tuple[ActionRow, tuple[Lack, ...]], ...]:
    """One action, however it stands, or all on which work is owed, by reference, each with what it lacks.

    An action that has ended lacks nothing. Raises `NotFound` where there is no action `ref`.
    """
    plan = house.existing_plan()
    rows = reading.actions(plan, statuses=OWED) if ref is None else (reading.action(plan, ref),)
    return tuple((row, lacks(row, house.framework)) for row in rows)
