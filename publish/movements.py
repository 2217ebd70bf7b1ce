"""Why counts moved, as a table: a row a code, a column a reason, so that every row can be added up."""

from collections.abc import Sequence
from datetime import date

from plan.movements import JOINED, NEW_ACTION, NEW_REVIEW, REASONS, REPLACING, Movement, Reason

Value = str | int


def reason_words(reason: Reason, unit: str) -> str:
    """A reason as a list has it, saying what is counted: "+3 actions from new reviews C, F"; unit: as in a `Movement`."""
    one = abs(reason.change) == 1
    noun = unit.removesuffix("s") if one else unit
    said = {
        NEW_REVIEW: f"{noun} from new review{'' if len(reason.letters) == 1 else 's'} {', '.join(reason.letters)}",
        NEW_ACTION: f"new {noun}",
        REPLACING: f"{noun} in place of {'a superseded one' if one else 'superseded ones'}",
        JOINED: f"{noun} that other recommendations joined",
    }
    return f"{reason.change:+d} {said.get(reason.what, f'{noun} {reason.what}')}"


def movements_table(found: Sequence[Movement], since: date, until: date) -> list[tuple[Value, ...]]:
    """Headings, then a row a code: what was open on the first day, each reason, what is open on the second.

    A reason that nothing moved by has no column.
    """
    named = {reason.what for row in found for reason in row.reasons}
    shown = [what for what in REASONS if what in named]
    by = found[0].by.capitalize() if found else "Title"
    table: list[tuple[Value, ...]] = [
        ("Unit", "Code", by, f"Open {since}", *(what.capitalize() for what in shown), f"Open {until}")
    ]
    for row in found:
        changes = {reason.what: reason.change for reason in row.reasons}
        table.append((row.unit, row.code, row.title, row.before, *(changes.get(what, 0) for what in shown), row.after))
    return table
