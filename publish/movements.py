"""Why counts moved, as a table: a row a code, a column a reason, so that every row can be added up."""

from collections.abc import Sequence
from datetime import date

from plan.movements import REASONS, Movement

Value = str | int


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
