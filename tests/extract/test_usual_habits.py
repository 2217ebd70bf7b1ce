"""What typical reports do around their recommendations, each in a small fictional report."""

from collections.abc import Callable
from typing import Any

from tests.extract.source import table

Read = Callable[..., dict[str, Any]]
Pairs = Callable[[dict[str, Any]], list[tuple[str | None, str]]]


def test_a_table_below_an_item_describes_it_and_gives_its_date(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    def below(action: str, date: str) -> str:
        return (
            "#table(columns: (4cm, 1fr), [Outcome sought], [Children are seen.], "
            f"[Action], [{action}], [Lead], [Head of Service], [Timescale], [{date}])"
        )

    result = read(
        "= Recommendations\n\n"
        f"*Recommendation 1:* {asks[0]}\n\n{below('Revise the form; brief all teams.', 'May 2024')}\n\n"
        f"*Recommendation 2:* {asks[1]}\n\n{below('Write a protocol.', 'June 2024')}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]
    assert [r["target_date"] for r in result["recommendations"]] == ["May 2024", "June 2024"]


def test_tables_with_no_item_above_them_are_not_taken_for_descriptions(read: Read, asks: tuple[str, ...]) -> None:
    tables = "\n\n".join(
        f"#table(columns: (4cm, 1fr), [Outcome], [Children are seen.], [Action], [{ask}], [Lead], [Head], [Timescale], [May 2024])"
        for ask in asks[:2]
    )
    result = read(f"= Recommendations\n\n{tables}")
    kept = " ".join(r["text"] for r in (*result["recommendations"], *result["possible"]))
    assert all(ask in kept for ask in asks[:2])


def test_capitals_keep_their_spaces(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= EASTMOOR SAFEGUARDING BOARD ACTION PLAN\n\n"
        f"#table(columns: (1.2cm, 1fr, 3cm), [No.], [Recommendation], [Lead], [1], [{asks[0]}], [Board], [2], [{asks[1]}], [Police])"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]
    assert {r["section"] for r in result["recommendations"]} == {"EASTMOOR SAFEGUARDING BOARD ACTION PLAN"}


def test_dates_part_a_list_and_date_its_items(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= Recommendations\n\nThe council should take the following action.\n\n"
        f"== Immediately\n\n+ {asks[0]}\n\n== Within three months\n\n#set enum(start: 2)\n+ {asks[1]}\n+ {asks[2]}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1]), ("3", asks[2])]
    assert [r["target_date"] for r in result["recommendations"]] == ["Immediately", *["Within three months"] * 2]


def test_a_chapter_that_comments_and_recommends_is_told_sentence_by_sentence(read: Read) -> None:
    result = read(
        "= Recommendations\n\n"
        "Much has been done since. The Board should publish a guide to chronologies. It should be no longer than two sides. "
        "The police are asked to adopt it.\n\n"
        "Fathers were not asked. Children's social care should see every father before a plan is agreed."
    )
    assert [r["text"] for r in result["recommendations"]] == [
        "The Board should publish a guide to chronologies. It should be no longer than two sides.",
        "The police are asked to adopt it.",
        "Children’s social care should see every father before a plan is agreed.",
    ]


def test_prompts_for_teams_are_no_questions_to_the_board(read: Read) -> None:
    question = "How do we know that the children of parents in treatment are seen?"
    prompt = "What would you have asked at this visit?"
    result = read(
        f"== Questions to discuss in your team\n\n- {prompt}\n\n== Questions for the Board and practitioners\n\n- {question}"
    )
    assert [r["text"] for r in result["recommendations"]] == [question]


def test_a_plan_that_is_said_to_follow_counts_only_where_it_was_read(
    read: Read, narrative: str, asks: tuple[str, ...]
) -> None:
    """Items before the promise are no plan after it."""
    promise = "The recommendations to all others are set out in full in the action plan which follows."
    parts = (
        f"= Recommendations to the police\n\n+ {asks[0]}\n+ {asks[1]}",
        f"= What happened\n\n{narrative}",
        f"= Recommendations\n\n{promise}",
    )
    rows = f"[1], [{asks[2]}], [Board], [2], [{asks[3]}], [Board]"
    plan = f"= Action plan\n\n#table(columns: (1.2cm, 1fr, 3cm), [No.], [Recommendation], [Lead], {rows})"
    (missing,) = read("\n\n".join((*parts, f"= Closing words\n\n{narrative}")))["warnings"]
    assert missing.startswith("“Recommendations” on page")
    there = read("\n\n".join((*parts, plan)))
    assert there["warnings"] == []
    assert [r["text"] for r in there["recommendations"]] == list(asks[:4])


def test_softly_put_asks_wait_for_a_person(read: Read, asks: tuple[str, ...]) -> None:
    soft = "Commissioners may wish to reflect on what incentive this gave."
    result = read(
        f"= What happened\n\n{soft} It would be helpful if the contract were looked at.\n\n= Recommendations\n\n+ {asks[0]}"
    )
    assert [p["text"] for p in result["possible"]] == [soft, "It would be helpful if the contract were looked at."]


def test_questions_in_a_box_that_names_its_finding(read: Read) -> None:
    question = "How will the Partnership know whether supervision reaches specialist nurses?"
    result = read(
        "= Findings\n\n== Finding 2: Supervision\n\nNurses chose what they brought.\n\n"
        f"*Finding 2 – Questions for the Partnership to consider*\n\n- {question}"
    )
    assert [(r["text"], r["kind"], r["addressee"]) for r in result["recommendations"]] == [
        (question, "question", "the Partnership")
    ]


def test_bold_words_that_lead_in_the_parts_of_an_item_are_its_text(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    """Two bold lines below a label look like a heading; without them the whole recommendation would be lost."""
    text = "That the Board adopts one tool for the assessment of neglect, for use by all agencies, and ensures that:"
    result = read(
        "= Recommendations\n\n*Recommendation 1*\n\n"
        f"*{text}*\n\n- *visitors are trained to use it;*\n- *an evaluation is reported to the Board.*\n\n"
        f"*Recommendation 2*\n\n*{asks[0]}*"
    )
    whole = f"{text} visitors are trained to use it; an evaluation is reported to the Board."
    assert found(result) == [("1", whole), ("2", asks[0])]


def test_a_long_title_and_a_reason_in_italics_stand_over_what_is_asked(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    items = "\n\n".join(
        f"*Recommendation {n}: {title}*\n\n_The policy is clear and was not followed._\n\n{ask}"
        for n, title, ask in ((1, "Fathers and other men who live in the household", asks[0]), (2, "Crying", asks[1]))
    )
    assert found(read(f"= Recommendations\n\n{items}")) == [("1", asks[0]), ("2", asks[1])]


def test_names_of_bodies_that_no_list_knows_part_a_list_as_the_known_ones_do(read: Read, narrative: str) -> None:
    """What stands below an unknown name is not asked of the last known one."""
    result = read(
        f"= What happened\n\n{narrative}\n\n= Recommendations of the agencies\n\nWestmarch Police\n\n- Review the form for notifications.\n\n"
        "Lantern Befrienders\n\n- Train all volunteers once a year.\n\n"
        "Eastmoor Probation Area\n\nOffender managers must:\n\n- visit within ten working days; and\n- write down what they saw."
    )
    assert [(r["addressee"], r["agencies"]) for r in result["recommendations"]] == [
        ("Westmarch Police", ["police"]),
        ("Lantern Befrienders", []),
        *[("Eastmoor Probation Area", ["probation"])] * 2,
    ]


def test_recommendations_that_stand_before_the_chapters_end_where_these_begin(
    read: Read, narrative: str, asks: tuple[str, ...]
) -> None:
    told = "The receiving council should hold a conference within fifteen days; it did so for nine of the children."
    result = read(
        "#show heading.where(level: 1): set text(size: 20pt)\n#show heading.where(level: 2): set text(size: 16pt)\n"
        f"= Recommendations\n\nThe police should:\n\n+ review the form\n+ brief their officers\n\n#pagebreak()\n\n"
        f"== 1 Introduction\n\n{narrative}\n\n== 2 Housing\n\n=== 2.1 Placements\n\n{told}"
    )
    assert [r["text"] for r in result["recommendations"]] == ["review the form", "brief their officers"]


def test_what_became_of_last_years_recommendations_is_no_list_of_new_ones(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    rated = table("No. | Recommendation | Rating", "1", asks[2], "Achieved", "2", asks[3], "Not achieved")
    result = read(
        f"= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}\n\n= What happened to my recommendations last year\n\n{rated}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_a_list_of_what_the_recommendations_are_about_is_none(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    result = read(
        "= At a glance\n\n== Our two recommendations are about\n\n- One protocol for families who move (page 2)\n- Reports (page 2)\n\n"
        f"= Recommendations\n\n+ {asks[0]}\n+ {asks[1]}"
    )
    assert found(result) == [("1", asks[0]), ("2", asks[1])]


def test_the_heads_of_a_table_announce_it_where_no_heading_does(
    read: Read, narrative: str, asks: tuple[str, ...]
) -> None:
    def theme(number: int, heads: str, *cells: str) -> str:
        return f"== Theme {number}\n\n{narrative}\n\n{table(heads, *cells)}"

    result = read(
        "= Findings\n\n"
        + theme(1, "Learning | Recommendation", "Families move.", asks[0])
        + "\n\n"
        + theme(2, "Recommendation | Who | When", asks[1], "Board", "May 2024")
        + "\n\n"
        + theme(
            3, "What we need to do | So that | Who | By when", asks[2], "Children are seen.", "Council", "June 2024"
        )
    )
    assert [(r["text"], r["target_date"]) for r in result["recommendations"]] == [
        (asks[0], None),
        (asks[1], "May 2024"),
        (asks[2], "June 2024"),
    ]


def test_a_table_that_says_whose_recommendations_it_holds_or_what_became_of_them_announces_none(
    read: Read, narrative: str, asks: tuple[str, ...]
) -> None:
    done = table("Recommendation | Agency | Status", asks[2], "Board", "Done")
    gathered = table("Review | Recommendation | Theme", "Child Q", asks[3], "Moves")
    result = read(
        f"= The review of 2015\n\n{narrative}\n\n{done}\n\n= What reviews have in common\n\n{narrative}\n\n{gathered}\n\n"
        f"= Recommendations\n\n+ {asks[0]}"
    )
    assert [r["text"] for r in result["recommendations"]] == [asks[0]]
    assert asks[3] in [p["text"] for p in result["possible"]]


def test_actions_for_agencies_are_read_from_the_table_of_each(read: Read) -> None:
    def actions(code: str, ask: str) -> str:
        return table("No. | Action | Lead | Timescale", code, ask, "Head of Service", "May 2024")

    first, second = "Review the form for notifications by May.", "Train all new officers within six weeks."
    result = read(
        f"= Actions for agencies\n\n== Police\n\n{actions('POL1', first)}\n\n== Housing\n\n{actions('HO1', second)}"
    )
    assert [(r["number"], r["text"], r["agencies"]) for r in result["recommendations"]] == [
        ("POL1", first, ["police"]),
        ("HO1", second, ["housing"]),
    ]


def test_rows_that_say_that_nothing_is_recommended_are_no_items(read: Read, asks: tuple[str, ...]) -> None:
    rows = (
        ("Families move.", asks[0]),
        ("Forms were long.", "We make no separate recommendation. The form was cut in May."),
        ("The bus was late.", "See recommendation 1 above."),
        (
            "Notes were lost.",
            "The service has been asked to number them. We support this and make no further recommendation.",
        ),
        ("Nobody asked.", asks[1]),
    )
    result = read("= Recommendations\n\n" + table("Learning | Recommendation", *(cell for row in rows for cell in row)))
    assert [r["text"] for r in result["recommendations"]] == list(asks[:2])


def test_cards_in_a_row_are_read_one_by_one(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    cards = ", ".join(
        f"rect(width: 100%, height: 6cm)[*Recommendation {n}*\n\n{ask}]" for n, ask in enumerate(asks[:3], start=1)
    )
    result = read(
        f"#set page(flipped: true)\n= Recommendations\n\n#grid(columns: (1fr, 1fr, 1fr), column-gutter: 1cm, {cards})"
    )
    assert found(result) == [(str(n), ask) for n, ask in enumerate(asks[:3], start=1)]


def test_what_an_agencys_own_review_recommends_is_found_in_the_chapter_about_it(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    """In the present tense, and before the chapter's own paragraphs go on; what evidence recommends is asked of nobody."""
    result = read(
        "= 5 Analysis\n\n== 5.1 Health visiting\n\n5.1.1 The review of the service is candid.\n\n"
        f"5.1.2 The IMR makes the following recommendations:\n\n#pad(left: 1cm)[(i) {asks[0]}\n\n(ii) {asks[1]}]\n\n"
        "5.1.3 These are sensible, and staff should read them.\n\n"
        f"== 5.2 Police\n\n5.2.1 The Constabulary recommends:\n\n- {asks[2]}\n\n5.2.2 The officer has left.\n\n"
        "== 5.3 Research\n\n5.3.1 The evidence recommends:\n\n- patient and curious visiting, which should go on for long;"
    )
    assert found(result) == [("i", asks[0]), ("ii", asks[1]), (None, asks[2])]


def test_a_numbered_reason_stands_between_a_title_and_bold_words(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    led = "The two councils should set up one pathway, without waiting for new guidance, under which:"
    result = read(
        "= 7 Recommendations\n\n*Recommendation 1: A pathway*\n\n7.1 Earlier reviews set a date and gave nobody the time.\n\n"
        f"*{led}*\n\n*(a) a referral is accepted at any stage, whoever makes it;*\n\n*(b) the father is seen.*\n\n"
        f"*Recommendation 2: Fathers*\n\n7.2 Nobody asked them.\n\n*{asks[0]}*\n\n"
        "*Table 3: How the new recommendations relate to the old*\n\n"
        "#table(columns: (2cm, 1fr, 1fr), [*New*], [*Subject*], [*Replaces earlier recommendations*], "
        "[1], [Pathway], [A1, B6], [2], [Fathers], [C9])"
    )
    whole = f"{led} (a) a referral is accepted at any stage, whoever makes it; (b) the father is seen."
    assert found(result) == [("1", whole), ("2", asks[0])]


def test_what_will_be_done_differently_is_a_list_and_its_titles_number_it(read: Read, asks: tuple[str, ...]) -> None:
    result = read(
        "= What will we do differently?\n\nThe partners have accepted all of it.\n\n== For the Partnership\n\n"
        f"=== 1. A protocol\n\n{asks[0]} It should provide for:\n\n- a list; and\n- a name.\n\n"
        f"== For agencies\n\n=== 2. Reports\n\n{asks[1]}\n\nThe board should be told of every delay."
    )
    assert [(r["number"], r["text"]) for r in result["recommendations"]] == [
        ("1", f"{asks[0]} It should provide for: a list; and a name."),
        ("2", f"{asks[1]} The board should be told of every delay."),
    ]


def test_a_question_may_name_its_board_and_have_no_number(read: Read, narrative: str, asks: tuple[str, ...]) -> None:
    result = read(
        f"= Finding 3\n\n{narrative}\n\n*Question to the Board:* Is the process able to hold the risk for those below the threshold?\n\n"
        f"*Recommendation 3:* {asks[0]}"
    )
    assert [(r["kind"], r["number"], r["addressee"]) for r in result["recommendations"]] == [
        ("question", None, "the Board"),
        ("recommendation", "3", "Eastmoor Safeguarding Children Partnership"),
    ]


def test_the_response_of_the_board_below_each_recommendation_is_no_part_of_it(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    items = "\n\n".join(
        f"*R{n}.* {ask}\n\n*Response of the Board:* Accepted." for n, ask in enumerate(asks[:3], start=1)
    )
    assert found(read(f"= 8 Recommendations and response of the Board\n\n{items}")) == [
        (f"R{n}", ask) for n, ask in enumerate(asks[:3], start=1)
    ]


def test_a_title_over_two_lines_a_reason_and_two_bold_paragraphs(
    read: Read, found: Pairs, asks: tuple[str, ...]
) -> None:
    title = "Early help plans when the lead professional leaves the service and nobody has been named"
    result = read(
        "#show heading.where(level: 2): set par(leading: 0.85em)\n= Recommendations\n\n"
        f"== Recommendation 1: {title}\n\n_Nobody leads it._\n\n*{asks[0]}*\n\n*The Board should support this with training.*\n\n"
        f"_How will we know?_\n\nPlans will have a name on them.\n\n"
        f"== Recommendation 2: Crying\n\n_It was not told._\n\n*{asks[1]} The pathway should:*\n\n- *be short;*\n- *be used.*"
    )
    assert found(result) == [
        ("1", f"{asks[0]} The Board should support this with training."),
        ("2", f"{asks[1]} The pathway should: be short; be used."),
    ]


def test_codes_number_the_rows_of_a_plan(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    cells = [cell for n, ask in enumerate(asks[:2], start=1) for cell in (f"SA{n}. {ask}", "Board", "May 2024")]
    result = read(f"= Action plan\n\n{table('Recommendation | Lead | Date', *cells)}")
    assert found(result) == [("SA1", asks[0]), ("SA2", asks[1])]


def test_actions_that_nothing_announces_wait_for_a_person(read: Read, narrative: str, asks: tuple[str, ...]) -> None:
    action = "Submit a progress report on supervision to the Quality Group."
    result = read(
        f"= Agency reports\n\n== Hospital\n\n{narrative}\n\n"
        f"{table('Ref | Action | By when', 'A7', action, 'May 2024')}\n\n"
        f"= Recommendations\n\n+ {asks[0]}"
    )
    assert [r["text"] for r in result["recommendations"]] == [asks[0]]
    assert [(p["text"], p["score"]) for p in result["possible"]] == [(action, 0.6)]


def test_a_bold_title_run_in_before_an_item_is_no_heading(read: Read, found: Pairs, asks: tuple[str, ...]) -> None:
    """A line most of which is bold, and goes on in the type of the text."""
    title = "Care leavers who are living well away from their home authority:"
    result = read(f"= Recommendations\n\n+ *Fathers:* {asks[0]}\n+ *{title}* {asks[1]}\n+ *Crying:* {asks[2]}")
    assert found(result) == [("1", f"Fathers: {asks[0]}"), ("2", f"{title} {asks[1]}"), ("3", f"Crying: {asks[2]}")]
