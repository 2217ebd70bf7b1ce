"""First pages on which facts and names stand side by side: labels in a row over what they name, a slogan beside a name."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]

TITLE = "#text(size: 24pt)[Local Child Safeguarding Practice Review]\n\n#text(size: 18pt)[Juniper]\n\n"
BOARD = "Eastmoor Safeguarding Children Partnership\n\n"
JUNIPER = {"case_ref": "Juniper", "lead_reviewer": "Perpetua Inkwell", "published": "2022-07-13"}


def stated(read: Read, front: str, narrative: str) -> dict[str, Any]:
    return read(f"#page[{front}]\n\n= The story\n\n{narrative}")["review"]


@pytest.mark.parametrize("alignment", ["left", "center", "right"])
@pytest.mark.parametrize("weight", ["*", "", "_"])
@pytest.mark.parametrize("colon", ["", ":"])
def test_labels_in_a_row_have_their_values_beneath(
    read: Read, narrative: str, alignment: str, weight: str, colon: str
) -> None:
    cells = ", ".join(
        f"[{weight}{label}{colon}{weight} \\ {value}]"
        for label, value in (
            ("Case reference", "Juniper"), ("Independent reviewer", "Perpetua Inkwell"), ("Published", "13 July 2022"),
        )
    )  # fmt: skip
    form = f"#grid(columns: (1fr, 1.4fr, 1fr), align: {alignment}, {cells})"
    review = stated(read, f"{BOARD}{TITLE}{form}", narrative)
    assert {key: review[key] for key in JUNIPER} == JUNIPER
    assert review["publisher"] == BOARD.strip()
    assert {review["places"][key] for key in JUNIPER} == {1}


@pytest.mark.parametrize(
    "form",
    [
        # Short words before a gap, as if they were the numbers of what stands beside.
        "#grid(columns: (2.2cm, 4cm, 3cm), [*Ref* \\ Juniper], [*Author* \\ Perpetua Inkwell], [*Date* \\ 13 July 2022])",
        "#grid(columns: (1fr, 1fr), row-gutter: 14pt, [*Case reference* \\ Juniper], [*Lead reviewer* \\ Perpetua Inkwell], "
        "[*Type of review* \\ LCSPR], [*Published* \\ 13 July 2022])",
        "#table(columns: (1fr, 1fr, 1fr), [*Reference*], [*Reviewer*], [*Date*], [Juniper], [Perpetua Inkwell], [13 July 2022])",
        "#grid(columns: (3cm, 1fr), row-gutter: 8pt, [Reference], [Juniper], [Reviewer], [Perpetua Inkwell], "
        "[Published], [13 July 2022])",
    ],
)
def test_forms_of_other_kinds(read: Read, narrative: str, form: str) -> None:
    review = stated(read, f"{BOARD}{TITLE}{form}", narrative)
    assert {key: review[key] for key in JUNIPER} == JUNIPER


def test_values_over_several_lines(read: Read, narrative: str) -> None:
    form = (
        "#grid(columns: (1fr, 1fr, 1fr, 1fr), gutter: 4pt, [*Reference* \\ LCSPR 7], [*Publisher* \\ Eastmoor "
        "Safeguarding Children Partnership], [*Lead reviewers* \\ Perpetua Inkwell \\ Barnaby Quill], [*Date* \\ 13 July 2022])"
    )
    review = stated(read, f"{TITLE}{form}", narrative)
    wanted = {"case_ref": "LCSPR 7", "lead_reviewer": "Perpetua Inkwell and Barnaby Quill", "published": "2022-07-13"}
    assert {key: review[key] for key in wanted} == wanted
    assert review["publisher"] == BOARD.strip()


@pytest.mark.parametrize(("name", "slogan"), [("13pt", "10pt"), ("12pt", "12pt"), ("14pt", "9pt")])
@pytest.mark.parametrize("alignment", ["(left, right)", "(left, left)"])
@pytest.mark.parametrize(
    "lines", [("Eastmoor", "Safeguarding Adults", "Board"), ("Eastmoor", "Community Safety", "Partnership")]
)
def test_a_slogan_beside_the_publishers_name(
    read: Read, narrative: str, name: str, slogan: str, alignment: str, lines: tuple[str, ...]
) -> None:
    stacked = " \\ ".join(lines)
    head = (
        f"#grid(columns: (1fr, 1fr), align: {alignment}, text(size: {name})[{stacked}], "
        f"text(size: {slogan})[Safer at home, \\ safer in the street])"
    )
    assert stated(read, f"{head}\n#v(4cm)\n{TITLE}", narrative)["publisher"] == " ".join(lines)


def test_a_name_that_its_letterhead_sets_across(read: Read, narrative: str) -> None:
    head = "#grid(columns: (5cm, 1fr), text(size: 16pt)[Eastmoor], text(size: 16pt)[Safeguarding Children Partnership])"
    assert stated(read, f"{head}\n#v(4cm)\n{TITLE}", narrative)["publisher"] == BOARD.strip()
