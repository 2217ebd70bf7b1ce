"""What `cap counts` shows of several days, of why figures moved, and as pictures; the command itself is in `cap.asking`."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from cap.output import show_table, write_json_line, write_line
from domain.states import Audience
from plan.counts import Basis, By
from plan.movements import Movement
from services.settings import load_settings

BASES = {"known": "as recorded that day", "effective": "by the dates entered"}
"""On what counts rest, in words for a heading."""


def several_days(
    days: list[date], by: By, unit: str, basis: Basis, audience: Audience, *, as_json: bool, out: Path | None
) -> None:
    """The board's table of open figures, a column a day; into the file `out` where one is given."""
    from publish.over_time import sources, table_of
    from services.counting import counts_over_time, write_over_time
    from services.house import open_house

    with open_house(load_settings()) as house:
        found = counts_over_time(house, days, by=by, unit=unit, basis=basis, audience=audience)
        if out is not None:
            write_line(f"Wrote {write_over_time(house, found, audience, out)}")
            return
    if as_json:
        for column in found.columns:
            write_json_line(
                {
                    "day": column.day.isoformat(), "by": found.by, "unit": found.unit, "basis": found.basis,
                    "audience": audience.value, "stated": column.stated or None,
                    "open": {code: found.figure(code, column) for code in found.titles}, "total": found.total(column),
                }
            )  # fmt: skip
        return
    heads, *rows = table_of(found)
    title = f"Open {found.unit} by {found.by} ({BASES[found.basis]}), for the {audience.value}"
    show_table([str(head) for head in heads], rows, title=title, numbers=frozenset(range(1, len(heads))))
    for line in sources(found):
        write_line(line)


def moved(since: date, by: By, basis: Basis, audience: Audience, *, as_json: bool, out: Path | None) -> None:
    """How the open figures moved since a day, and why; into the file `out` where one is given."""
    from services.counting import moved_since, stated_counts, write_moved
    from services.house import open_house

    with open_house(load_settings()) as house:
        found = moved_since(house, since, by=by, basis=basis, audience=audience)
        if out is not None:
            write_line(f"Wrote {write_moved(house, found, since, basis, audience, out)}")
            return
        said = any(statement.day == since and statement.by == by for statement in stated_counts(house))
    if as_json:
        for row in found:
            write_json_line(asdict(row) | {"since": since.isoformat(), "basis": basis, "audience": audience.value})
        return
    for unit in ("recommendations", "actions"):
        rows = [row for row in found if row.unit == unit]
        show_table(
            ("Code", by.capitalize(), "Then", "Now", "Moved by", "Why"),
            [(r.code, r.title, r.before, r.after, f"{r.after - r.before:+d}", _why(r)) for r in rows],
            title=f"Open {unit} by {by} since {since} ({BASES[basis]}), for the {audience.value}",
            numbers=frozenset({2, 3, 4}),
        )
        write_line("")
    if said:
        write_line(f"The board's own figures for {since} are not included here. To see them: cap counts --at {since}")


def drawn(of: str, file: Path, basis: Basis, audience: Audience) -> None:
    """A picture of what counts today, in a file."""
    from services.counting import draw
    from services.house import open_house

    with open_house(load_settings()) as house:
        write_line(f"Wrote {draw(house, of, audience, file, basis=basis)}")


def _why(row: Movement) -> str:
    from publish.movements import reason_words

    return "; ".join(reason_words(reason, row.unit) for reason in row.reasons)
