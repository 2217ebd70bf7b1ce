"""Tables of recommendations that come as a spreadsheet, a CSV or a Word table -> recommendations.

From audits, scrutiny, Section 11 and inspections, which seldom end in a report with a chapter of recommendations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from domain.framework import Framework
from domain.records import Box, ExtractedRecommendation
from domain.states import Kind
from extract.addressees import JOINT_BODIES, MANY
from extract.bodies import codes_in
from extract.plan_tables import SourceRow, SourceTable, headings, simple
from extract.subjects import others_who_act, printed_addressee

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (
        "recommendation", "recommendations", "area for improvement", "areas for improvement", "recommended action",
        "question for the board",
    ),
    "number": ("no", "number", "ref", "reference", "rec no", "recommendation no", "recommendation number", "item"),
    "addressee": (
        "agency", "agencies", "for", "lead", "lead agency", "owner", "responsible", "responsible agency", "addressee",
        "by whom", "who",
    ),
    "target_date": ("target date", "due date", "deadline", "by when", "timescale", "timescales"),
    "section": ("section", "theme", "subject", "area"),
}  # fmt: skip
KNOWN: Final = {name: field for field, names in HEADINGS.items() for name in names}
KINDS: Final[Mapping[str, Kind]] = {
    "area for improvement": Kind.AREA, "areas for improvement": Kind.AREA, "question for the board": Kind.QUESTION,
}  # fmt: skip
SHORTEST = 3  # words of a recommendation; less is a heading or a tick
SHORTEST_WORDS: Final = "three"


def listed(
    tables: Sequence[SourceTable], framework: Framework
) -> tuple[tuple[ExtractedRecommendation, ...], tuple[str, ...]]:
    """The recommendations of the tables that have a column of them, and what was not taken, each with its place and why.

    page: the number of the table or sheet; section: its name with the row, by which the words are found again.
    """
    found: list[ExtractedRecommendation] = []
    passed: list[str] = []
    for number, table in enumerate(tables, start=1):
        places: dict[str, int] = {}
        kind = Kind.RECOMMENDATION
        for row in table.rows:
            heads = {field: place for place, field in headings(row, KNOWN).items()}
            if "text" in heads:
                places = heads
                kind = KINDS.get(simple(row.cells[heads["text"]]), Kind.RECOMMENDATION)
            elif places:
                taken = _recommendation(row, places, table.name, number, kind, framework)
                if isinstance(taken, str):
                    passed.append(f"{table.name}, {row.at}: {taken}")
                else:
                    found.append(taken)
        if not places:
            passed.append(f"{table.name}: no column is headed Recommendation")
    return tuple(found), tuple(passed)


def not_read(tables: Sequence[SourceTable]) -> tuple[str, ...]:
    """Headings of columns that are none of those that are read, as they stand, in tables that have recommendations."""
    found: dict[str, None] = {}
    for table in tables:
        for row in table.rows:
            places = headings(row, KNOWN)
            if "text" in places.values():
                found |= dict.fromkeys(cell for place, cell in enumerate(row.cells) if cell and place not in places)
    return tuple(found)


def one(
    text: str,
    framework: Framework,
    *,
    addressee: str | None = None,
    number: str | None = None,
    page: int = 1,
    section: str = "Entered by hand",
    boxes: tuple[Box, ...] = (),
) -> ExtractedRecommendation:
    """A recommendation that a person entered by hand, or took from a page of a review."""
    made = _made(" ".join(text.split()), addressee, framework, number=number, page=page, section=section)
    return replace(made, boxes=boxes)


def _recommendation(
    row: SourceRow, places: Mapping[str, int], table: str, page: int, kind: Kind, framework: Framework
) -> ExtractedRecommendation | str:
    """The row's recommendation, or why it is none."""
    said = {name: row.cells[place] if place < len(row.cells) else "" for name, place in places.items()}
    text = " ".join(said["text"].split())
    if row.doubts:
        return "; ".join(row.doubts)
    if len(text.split()) < SHORTEST:
        return (
            f"“{text}” is no recommendation: it has fewer than {SHORTEST_WORDS} words" if text else "its cell is empty"
        )
    under = f", {said['section']}" if said.get("section") else ""
    return _made(
        text, said.get("addressee") or None, framework, number=said.get("number") or None, page=page,
        section=f"{table}, {row.at}{under}", kind=kind, target_date=said.get("target_date") or None,
    )  # fmt: skip


def _made(
    text: str,
    addressee: str | None,
    framework: Framework,
    *,
    number: str | None,
    page: int,
    section: str,
    kind: Kind = Kind.RECOMMENDATION,
    target_date: str | None = None,
) -> ExtractedRecommendation:
    who = addressee or printed_addressee(text, framework)
    named = codes_in(who, framework) if who else ()
    others = () if kind is Kind.QUESTION else others_who_act(text, framework)
    agencies = tuple(dict.fromkeys((*named, *others)))
    return ExtractedRecommendation(
        text=text, page=page, section=section, kind=kind, number=number, pages=(page,), addressee=who, agencies=agencies,
        single_agency=len(agencies) == 1 and not (JOINT_BODIES | MANY) & set(agencies), target_date=target_date,
    )  # fmt: skip
