"""More of what typical reports do around their recommendations, each in a small fictional report."""

from collections.abc import Callable
from typing import Any

from tests.extract.source import table

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]

CARD = "#box(width: 7.6cm, height: {height}cm, stroke: 1pt, inset: 8pt, [{inside}])"

OWNER = "#text(size: 9pt)[*Who:* The Board #linebreak() *By:*"


def band(code: str, ask: str) -> str:
    """A recommendation in a box, with its code in larger type in a coloured band beside it, at the middle of its height."""
    return (
        f"#grid(columns: (1.6cm, 1fr), align: horizon, stroke: 0.6pt, inset: 8pt, "
        f"grid.cell(fill: purple, text(fill: white, size: 14pt)[*{code}*]), [{ask}])"
    )


def test_a_code_in_a_band_beside_the_middle_of_its_text(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    long = f"{asks[1]} It should report to the Executive by the end of the year, and again a year later, on what has changed."
    boxes = "\n\n".join(
        f"{band(f'R{n}', ask)}\n\n*Why this matters:* It was not so."
        for n, ask in enumerate((asks[0], long, asks[2]), 1)
    )
    assert found(read(f"= Recommendations\n\n{boxes}")) == [("R1", asks[0]), ("R2", long), ("R3", asks[2])]


def test_numbered_cards_in_two_columns(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    """Under a heading that inspections have too; read row by row, each with its owner and its date."""
    parted = "The Board should ask commissioners to set out:"
    texts = (
        asks[0],
        asks[1],
        f"{parted}\n- how long anyone should wait; and\n- who keeps in touch.",
        "The Quality Group to carry out an audit.",
    )
    inside = [f"*{n} Subject number {n}* #v(4pt) {text}\n\n{OWNER} May 202{n}]" for n, text in enumerate(texts, 1)]
    cards = ", ".join(f"[{CARD.format(height=6 + n % 2, inside=words)}]" for n, words in enumerate(inside, 1))
    result = read(
        "#set text(size: 10pt)\n= What needs to change\n\nThe reviewer makes four recommendations.\n\n"
        f"#grid(columns: 2, gutter: 12pt, {cards})"
    )
    assert found(result) == [
        ("1", asks[0]),
        ("2", asks[1]),
        ("3", f"{parted} how long anyone should wait; and who keeps in touch."),
        ("4", texts[3]),
    ]
    assert [r["target_date"] for r in result["recommendations"]] == ["May 2021", "May 2022", "May 2023", "May 2024"]
    assert {r["kind"] for r in result["recommendations"]} == {"recommendation"}
    assert result["warnings"] == []


def test_a_numbered_reason_between_a_title_and_what_is_asked(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    def one(number: int, subject: str, reason: str, ask: str) -> str:
        return f"*Recommendation {number}: {subject}*\n\n6.{number + 1} {reason}\n\n{ask}"

    result = read(
        "= 6 Recommendations\n\n6.1 We say why we have made each.\n\n"
        f"{one(1, 'Notification', 'The duty does not reach those who need to know.', asks[0])}\n\n"
        f"{one(2, 'Inspection', 'Inspection shapes what leaders attend to.', asks[1])}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_a_table_of_numbers_and_subjects_states_none(read: Read, found: Pairs, narrative: str) -> None:
    asked = (
        "The Home Office should share police information about children who move.",
        "The Department for Education should set one national standard for transfer.",
        "Housing authorities should give notice of every placement.",
    )
    listed = "\n\n".join(f"*Recommendation {n}:* {ask}" for n, ask in enumerate(asked, 1))
    rows = (
        "1",
        "Police information",
        "Home Office",
        "2",
        "National standard",
        "Education",
        "3",
        "Notice of placements",
        "Housing",
    )
    index = table("No. | Subject | Body to act", *rows)
    result = read(
        f"= Recommendations\n\n{listed}\n\n= Appendix\n\n{narrative}\n\n== Recommendations by body\n\n{index}"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asked, 1)]


def test_a_list_in_an_appendix_with_the_same_numbers_is_another(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    """Only what says the same subjects is an index of the list before it."""
    rows = ("1", "Training for reception staff", "2", "Letter templates", "3", "Out of hours rota")
    own = table("No. | Recommendation", *rows)
    listed = "\n\n".join(f"*Recommendation {n}:* {ask}" for n, ask in enumerate(asks[:3], 1))
    result = read(f"= Recommendations\n\n{listed}\n\n= Appendix: Recommendations of the hospital\n\n{own}")
    assert [text for _, text in found(result)] == [*asks[:3], *rows[1::2]]


def test_questions_that_a_sentence_puts_to_a_body(read: Read, asks: tuple[str, ...]) -> None:
    question = "Is a partnership of two councils still the right footprint?"
    result = read(
        f"= 11 Recommendations\n\n+ {asks[0]}\n+ {asks[1]}\n\n11.2 I also put two questions to the Executive. I would welcome a conversation.\n\n"
        f"A. {question}\n\nB. What would you stop doing tomorrow?"
    )
    assert [(r["kind"], r["number"], r["text"]) for r in result["recommendations"][2:]] == [
        ("question", "A", question),
        ("question", "B", "What would you stop doing tomorrow?"),
    ]
    assert {r["addressee"] for r in result["recommendations"][2:]} == {"the Executive"}


def test_a_sentence_may_recommend_to_a_body_that_is_only_named(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Improving practice\n\n*Recommendation 1:* {asks[0]}\n\n= National matters\n\nThese are beyond the Board. "
        "It is recommended that Welsh Government:\n\n- considers issuing guidance on placements;\n- works with the inspectorate."
    )
    assert [r["text"] for r in result["recommendations"]] == [
        asks[0],
        "considers issuing guidance on placements;",
        "works with the inspectorate.",
    ]


def test_nothing_for_one_body_is_not_nothing_at_all(read: Read, asks: tuple[str, ...]) -> None:
    bullets = "\n".join(f"- {ask}" for ask in asks[:2])
    nothing = "No recommendation is made for general practice."
    result = read(
        f"= 6 What the review recommended\n\n== Children's Services\n\n{bullets}\n\n== General practice\n\n{nothing}\n\n"
        f"== Single-agency actions completed during the review\n\nFor information.\n\n"
        f"{table('Agency | Action | Completed', 'Hospital', 'Reception staff to check addresses', 'July 2021')}"
    )
    assert [r["text"] for r in result["recommendations"]] == list(asks[:2])
    silent = read(f"= What happened\n\n{nothing} The story goes on, and nobody is asked for anything in it.")
    assert "makes none" not in " ".join(silent["warnings"])


def test_what_another_review_recommended_is_no_list_of_this_one(read: Read, asks: tuple[str, ...]) -> None:
    """Heads of columns may look like a heading, and a heading may tell of the past."""
    earlier = table("Review | Recommendation | Position at January 2021", "Mrs L (2017)", f"{asks[1]}", "Complete.")
    result = read(
        f"= Earlier reviews\n\nTheir recommendations are summarised below.\n\n{earlier}\n\n"
        f"= What was recommended\n\n‘{asks[2]}’ That was in 2015.\n\n= 11 Recommendations\n\n*Recommendation One:* {asks[0]}"
    )
    assert asks[0] in [r["text"] for r in result["recommendations"]]
    assert asks[1] not in [r["text"] for r in result["recommendations"]]


def test_a_remark_on_what_was_considered_is_not_asked_of_anybody(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    rows = table("No. | Recommendation | Lead", "1", asks[0], "Board", "2", asks[1], "Police")
    remark = "The Subgroup also considered whether treatment services should be required to attend."
    assert found(read(f"= Recommendations\n\n{rows}\n\n{remark}")) == [("1", asks[0]), ("2", asks[1])]


def test_an_unknown_name_among_names_of_bodies_is_who_must_act(read: Read) -> None:
    result = read(
        "= 10 Recommendations of the agencies\n\n== Children's Social Care\n\n+ Review the procedure for strategy discussions.\n\n"
        "== Housing Department\n\n+ Code the records of children with a plan.\n\n"
        "== Turning Tide\n\n+ Cross-check addresses monthly.\n+ Key workers to attend all conferences."
    )
    assert [r["addressee"] for r in result["recommendations"]][-2:] == ["Turning Tide", "Turning Tide"]


def test_a_subject_in_a_heading_is_nobody(read: Read) -> None:
    """ "Improving Systems and Practice" and "CAMHS and out of area placements" name no body that must act."""
    result = read(
        "= Improving Systems and Practice\n\n*Recommendation 1 – CAMHS and out of area placements*\n\n"
        "The Health Boards in the region should agree a protocol.\n\n*Recommendation 2 – Return interviews*\n\n"
        "Directors of Social Services should notify the chair within a day."
    )
    assert [r["addressee"] for r in result["recommendations"]] == [
        "The Health Boards in the region",
        "Directors of Social Services",
    ]


def test_counts_of_an_agencys_own_report_are_not_this_ones(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        "= What happened\n\nThe internal report made five recommendations. The health overview report makes eleven recommendations. "
        f"The panel supports them.\n\n= Recommendations\n\n*Recommendation 1:* {asks[0]}\n\n*Recommendation 2:* {asks[1]}"
    )
    assert result["warnings"] == []


def test_a_closing_list_in_fewer_words_gathers_what_the_chapters_recommend(read: Read) -> None:
    """Ten recommendations are no twenty: the full wording is kept, with the number, the body and the page of the list."""
    full = (
        "I recommend that the Board bring about, within three months, a single protocol on missing children, without the category of "
        "unauthorised absence.",
        "I recommend that the caseloads of Independent Reviewing Officers be brought down to the number in the statutory handbook.",
        "I recommend that the Chief Constable satisfy himself, and report to the Board, that officers on response duties know what they are "
        "to do upon finding a child with unrelated adults.",
    )
    brief = (
        "Agree one missing children protocol and abolish “unauthorised absence”.",
        "Reduce the caseloads of Independent Reviewing Officers.",
        "Give response officers instructions on children found with unrelated adults.",
    )
    chapters = "\n\n".join(
        f"= Theme {n}\n\nIt was not so.\n\n*Recommendation:* {ask}"
        for n, ask in zip(("one", "two", "three"), full, strict=True)
    )
    rows = [
        cell
        for n, ask in enumerate(brief, 1)
        for cell in (str(n), ask, ("Safeguarding Board", "Both councils", "Police")[n - 1])
    ]
    cells = ", ".join(f"[{cell}]" for cell in ("", "*Recommendation*", "*To*", *rows))
    listed = f"#table(columns: (1cm, 1fr, 4cm), {cells})"
    summary = f"#pagebreak()\n= Summary of recommendations\n\nThe full wording will be found in the text.\n\n{listed}"
    result = read(f"{chapters}\n\n{summary}")
    assert [(r["number"], r["text"], r["page"], r["also_on"]) for r in result["recommendations"]] == [
        (str(n), ask, 1, [2]) for n, ask in enumerate(full, 1)
    ]
    assert [r["addressee"] for r in result["recommendations"]] == ["the Board", "Both councils", "the Chief Constable"]


def test_two_lists_of_one_length_are_two_lists(read: Read, asks: tuple[str, ...]) -> None:
    chapters = "\n\n".join(
        f"= Theme {n}\n\nIt was not so.\n\n*Recommendation:* {ask}" for n, ask in zip("abc", asks[:3], strict=True)
    )
    own = "\n".join(f"+ {ask}" for ask in asks[3:6])
    assert len(read(f"{chapters}\n\n= Recommendations\n\n{own}")["recommendations"]) == 6
