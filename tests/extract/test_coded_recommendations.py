"""Recommendations that codes number: "M1", "SA2", "MA 3:", with or without an agency beside. Each in a small fictional report."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.extract.source import labelled

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]

AGENCIES = ("Eastmoor Police", "Adult social care", "Ostrey Homes", "All agencies", "Eastmoor Council")
# None begins with an imperative of the field's list, and only the last says "should".
LESS_PLAIN = (
    "Find out, from a sample of records in each practice, how often patients are seen alone, and let all practices have the result.",
    "Before deciding that a concern calls for no enquiry, establish who else lives at the address, and record what was found.",
    "When a grown-up son or daughter moves in with a tenant, Ostrey Homes should visit within six weeks and see the tenant alone.",
)


def chapter(items: str, narrative: str) -> str:
    return f"= The story\n\n{narrative}\n\n= Recommendations\n\n{items}\n\n= Closing words\n\n{narrative}"


@pytest.mark.parametrize(
    "codes",
    [
        ("M1", "M2", "S1", "S2", "S3"), ("SA1", "SA2", "SA3", "SA4", "SA5"), ("MA 1", "MA 2", "MA 3", "MA 4", "MA 5"),
        ("CSC1", "CSC2", "POL1", "EDU1", "EDU2"), ("S1", "S2", "S1", "S2", "S3"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("setting", ["{code} {text}", "*{code}* {text}", "*{code}:* {text}", "({code}) {text}", "=== {code}\n\n{text}"])  # fmt: skip
def test_codes_in_order_are_labels(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, codes: tuple[str, ...], setting: str
) -> None:
    texts = (*asks[:2], *LESS_PLAIN)
    items = "\n\n".join(setting.format(code=c, text=t) for c, t in zip(codes, texts, strict=True))
    assert found(read(chapter(items, narrative))) == list(zip(codes, texts, strict=True))


@pytest.mark.parametrize(
    "setting",
    ["*{code} {who}*\n\n{text}", "*{code}: {who}*\n\n{text}", "{code} {who} \\\n{text}", "*{code} {who}:* {text}",
     "*{code} ({who}):* {text}", "#block(fill: luma(230), inset: 8pt, width: 100%)[*{code} {who}*\n\n{text}]",
     "#v(1fr)\n=== {code} #h(1em) {who}\n{text}"],
)  # fmt: skip
def test_the_agency_beside_a_code_must_act(read: Read, asks: tuple[str, ...], narrative: str, setting: str) -> None:
    codes = ("M1", "M2", "S1", "S2", "S3")
    texts = (*asks[:2], *LESS_PLAIN)
    items = "\n\n".join(setting.format(code=c, who=w, text=t) for c, w, t in zip(codes, AGENCIES, texts, strict=True))
    found = read(chapter(items, narrative))["recommendations"]
    assert [(r["number"], r["addressee"], r["text"]) for r in found] == list(zip(codes, AGENCIES, texts, strict=True))


def test_the_agency_beside_a_label_must_act(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    items = "\n\n".join(
        f"*Recommendation {n}: {who}*\n\n{text}"
        for n, (who, text) in enumerate(zip(AGENCIES, LESS_PLAIN, strict=False), 1)
    )
    found = read(chapter(items, narrative))["recommendations"]
    assert [(r["addressee"], r["text"]) for r in found] == list(zip(AGENCIES, LESS_PLAIN, strict=False))


def test_titles_beside_codes_are_taken_off_throughout(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    texts = (*asks[:3], *LESS_PLAIN[:2])
    items = "\n\n".join(f"*M{n} Sharing what is known*\n\n{text}" for n, text in enumerate(texts, 1))
    assert found(read(chapter(items, narrative))) == [(f"M{n}", text) for n, text in enumerate(texts, 1)]


def test_a_part_in_letters_belongs_to_its_code(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    parts = "(a) who lives there;\n\n(b) who visits; and\n\n(c) who is afraid."
    items = "\n\n".join(
        f"*S{n} {who}*\n\nRevise the form so that it asks:\n\n{parts}" for n, who in enumerate(AGENCIES[:3], 1)
    )
    text = "Revise the form so that it asks: (a) who lives there; (b) who visits; and (c) who is afraid."
    assert found(read(chapter(items, narrative))) == [(f"S{n}", text) for n in (1, 2, 3)]


def test_a_list_of_codes_over_several_chapters_and_pages(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    multi = "\n\n".join(f"*M{n} {who}*\n\n{ask}" for n, (who, ask) in enumerate(zip(AGENCIES, asks, strict=False), 1))
    single = "\n\n".join(f"*S{n}* {ask}" for n, ask in enumerate(asks[5:8], 1))
    result = read(
        f"#set page(height: 12cm)\n= The story\n\n{narrative}\n\n= Multi-agency recommendations\n\n{multi}\n\n"
        f"= Single agency recommendations\n\n{single}\n\n= Closing words\n\n{narrative}"
    )
    assert found(result) == [
        *((f"M{n}", ask) for n, ask in enumerate(asks[:5], 1)), *((f"S{n}", ask) for n, ask in enumerate(asks[5:8], 1))
    ]  # fmt: skip


def test_a_code_that_is_missing_is_named(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    items = "\n\n".join(f"*{code}* {ask}" for code, ask in zip(("M1", "M2", "M4"), asks, strict=False))
    warnings = read(chapter(items, narrative))["warnings"]
    assert [w[:40] for w in warnings] == ["Recommendation M2 is followed by M4: loo"]


def test_a_lead_in_above_codes_is_kept(read: Read, narrative: str) -> None:
    asked = ("agree one form with every school;", "name one officer for it;", "publish how often it is used.")
    items = "\n\n".join(f"*L{n}* {text}" for n, text in enumerate(asked, 1))
    found = read(chapter(f"Every school in Eastmoor should:\n\n{items}", narrative))["recommendations"]
    assert [(r["number"], r["lead_in"]) for r in found] == [
        (f"L{n}", "Every school in Eastmoor should:") for n in (1, 2, 3)
    ]


# ------------------------------------------------------------------------------------------------ codes that label nothing


def test_codes_beside_labels_are_something_else(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    outcomes = "\n\n".join(
        f"{item}\n\nO{n} The family knows whom to ring and when."
        for n, item in enumerate(labelled(asks[:3]).split("\n\n"), 1)
    )
    assert found(read(chapter(outcomes, narrative))) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_codes_of_outcomes_between_codes_of_recommendations(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    items = "\n\n".join(f"*M{n}* {ask}\n\nO{n} The family knows whom to ring." for n, ask in enumerate(asks[:3], 1))
    assert found(read(chapter(items, narrative))) == [(f"M{n}", ask) for n, ask in enumerate(asks[:3], 1)]


def test_coded_findings_of_a_chapter_that_also_recommends(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    told = narrative.split("\n\n")
    parts = "\n\n".join(f"*F{n} What was found*\n\n{told[n - 1]}\n\n{n}. {asks[n]}" for n in (1, 2, 3))
    result = read(f"= The story\n\n{narrative}\n\n= Findings and recommendations\n\n{parts}")
    assert found(result) == [(str(n), asks[n]) for n in (1, 2, 3)]


@pytest.mark.parametrize("opener", ["Recommendations", "B1 Recommendations"])
def test_codes_that_number_chapters(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str, opener: str
) -> None:
    items = "\n\n".join(f"{n}. {ask}" for n, ask in enumerate(asks[:3], 1))
    after = "\n\n".join(f"= C{n} The panel\n\nThe panel should meet each month. {narrative}" for n in (1, 2))
    result = read(f"= A1 The story\n\n{narrative}\n\n= {opener}\n\n{items}\n\n{after}")
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], 1)]


def test_a_road_at_the_beginning_of_a_line_is_no_code(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    more = "On several evenings in that winter the young people were seen by passing drivers at the services on the \\\nM1 Police had closed."
    items = "\n\n".join(f"{n}. {ask} {more}" for n, ask in enumerate(asks[:3], 1))
    assert found(read(chapter(items, narrative))) == [
        (str(n), f"{ask} {more.replace(chr(92) + chr(10), '')}") for n, ask in enumerate(asks[:3], 1)
    ]
