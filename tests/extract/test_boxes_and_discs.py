"""Discs, boxes and bands of designed reports, and the lines around them, each in a small fictional report."""

from collections.abc import Callable
from typing import Any

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]

# As wide as the text, so that it spans both columns of a page that has two.
BOX = '#block(width: 100%, fill: rgb("#fbe7c6"), inset: 8pt, [{}])'
DISC = '#box(fill: orange, radius: 50%, inset: 4pt, text(fill: white, weight: "bold", size: 11pt)[{}])'
QUESTIONS = (
    "How does the Board know that practitioners ask about the reasons for a refusal, and do not only record it?",
    "What would help practitioners to use the law with confidence where a person’s capacity comes and goes?",
)


def asked(result: dict[str, Any], kind: str) -> list[str]:
    """The texts of one kind, in order."""
    return [r["text"] for r in result["recommendations"] if r["kind"] == kind]


def test_a_number_in_a_disc_between_the_first_two_lines(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    rows = ", ".join(f"pad(top: 3pt)[{DISC.format(n)}], [{ask} {asks[n + 3]}]" for n, ask in enumerate(asks[:4], 1))
    result = read(f"= What we recommend\n\n#grid(columns: (1.2cm, 1fr), row-gutter: 12pt, {rows})")
    assert found(result) == [(str(n), f"{ask} {asks[n + 3]}") for n, ask in enumerate(asks[:4], 1)]


def test_boxes_across_two_columns(read: Read, found: Pairs, asks: tuple[str, ...], narrative: str) -> None:
    """The columns end above a box: its label is not read with the left one, nor what stands on its right with the right one."""

    def finding(number: int) -> str:
        inside = (
            f"{DISC.format(number)} *Recommendation {number}*\n\n{asks[number]}\n\n#text(size: 9pt)["
            "#grid(columns: 2, gutter: 1cm, [*Why?* It was not so, and it took the workers of the day a long time to see it.], "
            "[*Who leads?* The Exploitation Group])]"
        )
        story = f"{narrative}\n\n{narrative}"
        return f"= Finding {number}\n\n#columns(2)[#set text(size: 10.5pt)\n{story}]\n\n{BOX.format(inside)}"

    result = read("\n\n".join(finding(n) for n in (1, 2, 3)))
    assert found(result) == [("1", asks[1]), ("2", asks[2]), ("3", asks[3])]
    assert result["warnings"] == []


def test_questions_that_a_board_is_invited_to_consider_beside_recommendations(
    read: Read, asks: tuple[str, ...]
) -> None:
    led = "In the light of this analysis the Board and its partners are invited to consider the following questions:"
    listed = "\n".join(f"- {question}" for question in QUESTIONS)
    box = BOX.format(f"*Questions*\n\n{led}\n{listed}")
    result = read(
        f"= 4 Domain one\n\nMental capacity was assumed.\n\n{box}\n\n== Recommendations\n\n"
        f"*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {asks[1]}\n\n= 5 Domain two\n\nMeetings were held."
    )
    assert asked(result, "question") == list(QUESTIONS)
    assert asked(result, "recommendation") == list(asks[:2])
    questions = [r for r in result["recommendations"] if r["kind"] == "question"]
    assert {(r["lead_in"], r["addressee"]) for r in questions} == {(led, "the Board and its partners")}


def test_questions_end_where_a_recommendation_is_labelled(read: Read, asks: tuple[str, ...], narrative: str) -> None:
    def boxed(number: int) -> str:
        return BOX.format(f"*Recommendation {number}*\n\n{asks[number]}")

    listed = "\n".join(f"- {question}" for question in QUESTIONS)
    result = read(
        f"= Theme 1: Fathers\n\n{narrative}\n\n{boxed(1)}\n\n*Questions for the Partnership to consider:*\n\n{listed}\n\n"
        f"The red book has a page for the mother.\n\n{boxed(2)}\n\n= Theme 2: Planning\n\n{narrative}\n\n{boxed(3)}"
    )
    assert asked(result, "question") == list(QUESTIONS)
    assert asked(result, "recommendation") == [asks[1], asks[2], asks[3]]


def test_a_title_with_the_word_former_is_no_heading_of_another_list(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    titles = ("A public apology", "Support for former residents", "Progress since the inquiry")
    listed = "\n\n".join(f"*Recommendation {n}: {t}*\n\n{asks[n]}" for n, t in enumerate(titles, 1))
    result = read(f"= Recommendations\n\n{listed}")
    assert found(result) == [("1", asks[1]), ("2", asks[2]), ("3", asks[3])]


def test_a_band_that_says_for_whom_over_text_of_two_paragraphs(
    read: Read, found: Pairs, asks: tuple[str, ...], narrative: str
) -> None:
    second = "Where another authority has made the placement, it should be reminded in writing of its duty."

    def boxed(number: int, who: str, *text: str) -> str:
        band = f"#block(width: 100%, fill: green, inset: 4pt, below: 0pt, [*Recommendation {number}: for {who}*])"
        body = f'#block(width: 100%, fill: rgb("#eaf2ea"), inset: 4pt, above: 0pt, [{"#parbreak()".join(text)}])'
        return f"{band}\n{body}"

    council = "Eastmoor County Council and the Eastmoor Clinical Commissioning Group (as the commissioners of the home)"
    result = read(
        f"= Finding 1\n\n{narrative}\n\n{boxed(1, council, asks[0], second)}\n\n= Finding 2\n\n{narrative}\n\n"
        f"{boxed(2, 'Eastmoor Police', asks[1])}"
    )
    assert found(result) == [("1", f"{asks[0]} {second}"), ("2", asks[1])]
    assert result["recommendations"][0]["addressee"] == council


def test_a_row_that_goes_on_over_the_page_with_the_name_of_its_agency(read: Read) -> None:
    long = (
        "Wexmoor Mental Health NHS Foundation Trust to review its guidance on the carers of adults, so that it says: "
    )
    parts = " ".join(f"what a worker does in the case that is numbered {n} there;" for n in range(1, 28))
    who = "Wexmoor Mental Health NHS Foundation Trust, for its community teams and for each of its wards in turn"
    cells = ("*No.*", "*Recommendation*", "*For*", "1", "The Home Office to publish its data.", "Home Office")
    cells += ("2", f"{long}{parts} and no more.", who)
    printed = ", ".join(f"[{cell}]" for cell in cells)
    result = read(f"= Recommendations\n\n#v(17cm)\n\n#table(columns: (1cm, 1fr, 2.6cm), {printed})")
    first, second = result["recommendations"]
    assert (first["addressee"], second["addressee"]) == ("Home Office", who)
    assert len(second["pages"]) == 2
    assert second["text"].endswith("and no more.")


def test_a_date_below_the_title_of_a_death_is_not_that_of_publication(read: Read, asks: tuple[str, ...]) -> None:
    def cover(last: str) -> str:
        return (
            "#align(center)[#text(size: 22pt)[*Domestic Homicide Review*]\n\n#text(size: 16pt)[Report into the death of Elsie]\n\n"
            f"#text(size: 16pt)[October 2018]\n\n#v(3cm)\n\n{last}]\n\n#pagebreak()\n= Recommendations\n\n+ {asks[0]}\n\n+ {asks[1]}"
        )

    assert read(cover("January 2020"))["review"]["published"] == "2020-01"
    assert read(cover("Presented to the Board on 6 June 2019"))["review"]["published"] == "2019-06-06"
    assert read(cover("Ostrey Community Safety Partnership"))["review"]["published"] is None


def test_a_family_by_the_name_that_a_review_gives_it(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        "#align(center)[Tarrant Vale Safeguarding Children Partnership\n\n#text(size: 24pt)[*Local Child Safeguarding Practice Review*]"
        f"\n\n#text(size: 22pt)[*The Linden children*]\n\nMarch 2021]\n\n#pagebreak()\n= Recommendations\n\n+ {asks[0]}\n\n+ {asks[1]}"
    )
    assert result["review"]["case_ref"] == "The Linden children"
