"""Counts as pictures. Heavy to import (Altair, a JavaScript engine): import it where a chart is made, not before.

Nothing is fetched: the engine and the typefaces are in the packages. Every bar and every point carries its figure, so
that no reader needs the colours.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import altair

from domain.overdue import target_day
from publish import wording
from publish.contents import PlanContents
from publish.counts import history_table, quadrant_titles
from publish.drawing import DEEP, INK, PALE, Picture, styled, write_png, write_svg

_LABELLED = 8
"""Up to this many snapshots every point carries its figure; beyond it the first, the last and the highest do."""

_UNDATED = "no date"

Mark = dict[str, Any]


def write_chart(contents: PlanContents, of: str, file: Path) -> Path:
    """Draw one of `PICTURES` as SVG, with its words inside, or as PNG where the file's name ends so; gives the file.

    Raises `CannotWork` where it cannot be written.
    """
    picture = PICTURES[of](contents)
    write = write_png if file.suffix.casefold() == ".png" else write_svg
    write(picture, file)
    return file


def _by_quadrant(contents: PlanContents) -> Picture:
    """Over time where there are two snapshots or more, else total and open as of the day."""
    shown = contents.unit_to_show()
    return _over_time(contents, shown) if len(_snapshots(contents, shown)) > 1 else _today(contents, shown)


def _snapshots(contents: PlanContents, unit: str) -> tuple[tuple[str, dict[str, int]], ...]:
    """Dated open figures of one unit by quadrant, oldest first; snapshots without that unit are left out."""
    given = ((day, {row.code: row.open for row in rows if row.unit == unit}) for day, rows in contents.history)
    return tuple((day, figures) for day, figures in given if figures)


def _today(contents: PlanContents, unit: str) -> Picture:
    counted = {row.code: row for row in contents.counts_by("quadrant", unit)}
    marks: list[Mark] = []
    said = []
    for code, name in quadrant_titles(contents, (*counted.values(),)).items():
        row = counted.get(code)
        total, open_ = (row.total, row.open) if row else (0, 0)
        said.append(f"{name}: {total} in all, {open_} outstanding")
        for measure, figure, words in (
            ("In all", total, f"{total} in all"),
            ("Outstanding", open_, f"{open_} outstanding"),
        ):
            marks.append({"title": _wrapped(name, 34), "measure": measure, "n": figure, "words": words})
    base = altair.Chart({"values": marks}).encode(
        x=altair.X("n:Q", title=f"Number of {unit}", axis=_whole_numbers(marks), scale=_from_zero(marks)),
        y=altair.Y("title:N", sort=None, title=None, axis=_split_labels(labelLimit=400)),
        yOffset=altair.YOffset("measure:N", sort=["In all", "Outstanding"]),
    )
    colours = altair.Scale(domain=["In all", "Outstanding"], range=[PALE, DEEP])
    bars = base.mark_bar(stroke=DEEP, strokeWidth=1).encode(color=altair.Color("measure:N", scale=colours, legend=None))
    figures = base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(text="words:N")
    title = f"{wording.sentence_case(unit)} by quadrant as of {wording.long_date(contents.as_of)}"
    chart = (bars + figures).properties(width=520, height=altair.Step(24), title=_titled(title, contents))
    return Picture(styled(chart), title, _words(title, contents, said))


def _over_time(contents: PlanContents, unit: str) -> Picture:
    snapshots = _snapshots(contents, unit)
    days = [target_day(day) for day, _ in snapshots]
    dated = all(days) and len(set(days)) == len(days)
    marks: list[Mark] = []
    names = quadrant_titles(contents, [row for _, rows in contents.history for row in rows if row.unit == unit])
    for code, name in names.items():
        figures = [(day, found[code]) for day, found in snapshots if code in found]
        highest = max((n for _, n in figures), default=0)
        for at, (day, n) in enumerate(figures):
            telling = len(figures) <= _LABELLED or at in (0, len(figures) - 1) or n == highest
            marks.append({"title": _wrapped(name, 26), "day": day, "n": n, "words": str(n) if telling else ""})
    axis = altair.Axis(labelAngle=-90, labelOverlap="greedy", grid=False, **_dates(days) if dated else {})
    base = altair.Chart().encode(
        x=altair.X("day:T", title=None, axis=axis, scale=altair.Scale(type="utc", padding=14))
        if dated
        else altair.X("day:O", sort=None, title=None, axis=axis),
        y=altair.Y("n:Q", title=f"Outstanding {unit}", axis=_whole_numbers(marks), scale=_from_zero(marks)),
    )
    line = base.mark_line(color=DEEP, strokeWidth=2)
    points = base.mark_point(color=DEEP, filled=True, size=45, opacity=1)
    labels = base.mark_text(dy=-12, color=INK, fontSize=12).encode(text="words:N")
    order = [_wrapped(name, 26) for name in names.values()]
    header = altair.Header(title=None, labelExpr="split(datum.label, '\\n')", labelFontSize=12, labelFontWeight="bold")
    title = f"Outstanding {unit} by quadrant, {wording.printed_date(snapshots[0][0])} to {wording.printed_date(snapshots[-1][0])}"
    chart = (
        altair.layer(line, points, labels, data={"values": marks})
        .properties(width=190, height=230)
        .facet(column=altair.Column("title:N", sort=order, header=header), spacing=18)
        .properties(title=_titled(title, contents))
    )
    head, *body = history_table(contents, unit)
    said = [
        f"{row[0]}: " + ", ".join(f"{n} on {day}" for day, n in zip(head[1:], row[1:], strict=True) if n != "")
        for row in body
    ]
    return Picture(styled(chart), title, _words(title, contents, said))


def _overdue(contents: PlanContents) -> Picture:
    """Overdue actions by lead agency, the most first; an action of several agencies stands under each of them."""
    rows = sorted((r for r in contents.counts_by("agency", "actions") if r.overdue), key=lambda r: -r.overdue)
    marks: list[Mark] = [
        {"title": _wrapped(r.title, 34), "n": r.overdue, "words": f"{r.overdue} of {r.open} open"} for r in rows
    ]
    base = altair.Chart({"values": marks}).encode(
        x=altair.X("n:Q", title="Overdue actions", axis=_whole_numbers(marks), scale=_from_zero(marks)),
        y=altair.Y("title:N", sort=None, title=None, axis=_split_labels(labelLimit=400)),
    )
    figures = base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(text="words:N")
    title = f"Overdue actions by lead agency as of {wording.long_date(contents.as_of)}"
    bars = base.mark_bar(color=DEEP)
    chart = (bars + figures).properties(width=520, height=altair.Step(34), title=_titled(title, contents))
    said = [f"{r.title}: {r.overdue} overdue of {r.open} open" for r in rows]
    return Picture(styled(chart), title, _words(title, contents, said or ["No action is overdue"]))


def _issues(contents: PlanContents) -> Picture:
    """Recommendations by issue and the year in which their review was published; the undated stand last."""
    found = Counter((code, (r.published or "")[:4] or _UNDATED) for r in contents.recommendations for code in r.issues)
    years = sorted({year for _, year in found})
    used = {code for code, _ in found}
    issues = [code for code in contents.framework.issue_codes if code in used]
    issues += sorted(used.difference(issues))  # of an older framework
    most = max(found.values(), default=1)
    marks: list[Mark] = [
        {
            "title": _wrapped(contents.framework.title(code), 40), "year": year, "n": found[code, year],
            "words": str(found[code, year]),
        }
        for code in issues
        for year in years
    ]  # fmt: skip
    base = altair.Chart({"values": marks}).encode(
        x=altair.X("year:O", sort=years, title="Review published", axis=altair.Axis(orient="top", labelAngle=0)),
        y=altair.Y("title:N", sort=None, title=None, axis=_split_labels(labelLimit=400)),
    )
    # Even the deepest field is light enough for dark figures to be read on it.
    shade = altair.Scale(domain=[0, most], range=["#ffffff", "#7fb0cb"], interpolate="rgb")
    fields = base.mark_rect(stroke=PALE).encode(color=altair.Color("n:Q", scale=shade, legend=None))
    figures = base.mark_text(fontSize=12, color=INK).encode(text="words:N")
    title = "Recommendations by issue and year of publication"
    size = {"width": altair.Step(58), "height": altair.Step(32)}
    chart = (fields + figures).properties(**size, title=_titled(title, contents, counted=False))
    said = [
        f"{contents.framework.title(code)}: "
        + ", ".join(f"{found[code, y]} {'with' if y == _UNDATED else 'in'} {y}" for y in years if (code, y) in found)
        for code in issues
    ]
    said = said or ["No recommendation has an issue"]
    under = f"{contents.partnership}. {wording.standing(contents)}"
    return Picture(styled(chart), title, f"{title}. {under}. " + ". ".join(said) + ".")


PICTURES: dict[str, Callable[[PlanContents], Picture]] = {
    "quadrants": _by_quadrant, "overdue": _overdue, "issues": _issues,
}  # fmt: skip
"""What can be drawn of the counts, by name."""


def _dates(days: list[date | None]) -> dict[str, Any]:
    """A tick at each snapshot while they are few; in UTC, as dates without an hour are read."""
    options: dict[str, Any] = {"format": "%d/%m/%y"}
    if len(days) <= _LABELLED:
        options["values"] = [day.isoformat() for day in days if day]
    return options


def _whole_numbers(marks: list[Mark]) -> altair.Axis:
    """An axis of counts: there is no half an action."""
    most = max((mark["n"] for mark in marks), default=0)
    return altair.Axis(format="d", tickCount=min(6, max(1, most)), tickMinStep=1)


def _from_zero(marks: list[Mark]) -> altair.Scale:
    most = max((mark["n"] for mark in marks), default=0)
    return altair.Scale(domain=[0, max(1, most)], nice=True)


def _split_labels(**options: Any) -> altair.Axis:  # noqa: ANN401 - options of Altair's own
    return altair.Axis(labelExpr="split(datum.label, '\\n')", **options)


def _wrapped(text: str, width: int) -> str:
    """Words in lines of about `width` characters: the engine does not break labels by itself."""
    lines = [""]
    for word in wording.one_line(text).split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _titled(title: str, contents: PlanContents, *, counted: bool = True) -> altair.TitleParams:
    under = [wording.one_line(contents.partnership), _under(contents, counted=counted)]
    if contents.working_copy:
        under.append(wording.WORKING_COPY)
    return altair.TitleParams(title, subtitle=under, anchor="start", fontSize=17, subtitleFontSize=12, offset=14)


def _under(contents: PlanContents, *, counted: bool) -> str:
    """On what a picture rests: the counts of a day, or the labels as they are now."""
    return f"Basis: {wording.basis(contents)}" if counted else wording.standing(contents)


def _words(title: str, contents: PlanContents, said: list[str]) -> str:
    return f"{title}. {contents.partnership}. Basis: {wording.basis(contents)}. " + ". ".join(said) + "."
