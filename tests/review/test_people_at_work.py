"""What people do with the pages, day by day: labels, decisions, actions, repeats, imports, reviews that come in."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import openpyxl
import pytest
from fastapi import FastAPI

from domain.records import RecommendationRow
from domain.states import Outcome, Role, Status, Visibility
from plan import checking, possible, reading
from plan.action_history import progress_notes
from services import acting, deciding, repeats
from services.house import House
from tests.review.conftest import Person, words
from tests.services import making

People = Callable[[Role | None], Person]


def waiting(house: House, letter: str = "") -> RecommendationRow:
    rows = reading.recommendations(house.plan)
    return next(
        r for r in rows if not r.decided and r.outcome is Outcome.PROPOSED and (not letter or r.review_letter == letter)
    )


def row_of(house: House, identifier: str) -> RecommendationRow:
    return reading.recommendation(house.plan, identifier)


# ------------------------------------------------------------------------------------------------ labels


def test_a_label_is_corrected_and_the_next_one_comes(people: People, house: House) -> None:
    person = people(Role.REVIEWER)
    start = re.search(r'href="(/labels/r-[^"]+)">Start checking', person.get("/labels").text)
    assert start is not None
    identifier = start[1].removeprefix("/labels/").split("?")[0]
    page = person.send(
        start[1], quadrant="Q3", secondary="Q1", issues=["neglect"], areas=["information-sharing"],
        standards=["3.1"], sure="fairly", note="It is about the plan", do="decide",
    )  # fmt: skip
    assert "stands under Collaborative working" in words(page)
    assert "/labels/r-" in str(page.url) and identifier not in str(page.url)
    row = row_of(house, identifier)
    assert (row.quadrant, row.secondary, row.issues, row.areas, row.decided) == (
        "Q3", "Q1", ("neglect",), ("information-sharing",), True,
    )  # fmt: skip
    (said,) = checking.said_of(house.plan, identifier)
    assert (said.who, said.note, said.standards) == (person.name, "It is about the plan", ("3.1",))


def test_a_slip_is_taken_back(somebody: Person, house: House) -> None:
    row = waiting(house)
    somebody.send(f"/labels/{row.id}", quadrant="Q4", do="decide")
    page = somebody.get(f"/labels/{row.id}")
    assert "Take back what I decided" in words(page)
    assert "the suggestion stands again" in words(somebody.send(f"/labels/{row.id}", do="undo"))
    assert row_of(house, row.id) == row


def test_skipped_ones_do_not_come_again_at_once_and_stay_in_the_queue(somebody: Person, house: House) -> None:
    seen = []
    address = re.search(r'href="(/labels/r-[^"]+)">Start', somebody.get("/labels").text)[1]  # type: ignore[index]
    for _ in range(4):
        seen.append(address.split("/")[-1].split("?")[0])
        skipped = re.search(r'name="skipped" value="([^"]*)"', somebody.get(address).text)
        page = somebody.send(f"/labels/{seen[-1]}", do="skip", skipped=skipped[1] if skipped else "")
        address = str(page.url).split(":8000")[1]
    assert len(set(seen)) == 4
    assert all(not row_of(house, identifier).decided for identifier in seen)


def test_the_unsure_ask_somebody_else_whose_queue_it_then_leads(people: People, house: House) -> None:
    ana, lead = people(Role.REVIEWER), people(Role.LEAD)
    row = waiting(house)
    ana.send(f"/labels/{row.id}", do="second", note="Q2 or Q4?")
    assert row.id not in ana.get("/labels?show=second").text, "not in the queue of who asked"
    page = lead.get("/labels?show=second")
    assert row.id in page.text and "Q2 or Q4?" in words(page)
    assert f"{ana.name} asks for a second look" in words(lead.get(f"/labels/{row.id}?show=second"))
    page = lead.send(f"/labels/{row.id}", quadrant="Q2", do="decide", show="second")
    assert "Nothing waits here" in words(page)


def test_a_label_without_a_quadrant_is_not_taken(somebody: Person, house: House) -> None:
    row = waiting(house)
    page = somebody.send(f"/labels/{row.id}", do="decide")
    assert page.status_code == 400 and "Choose the quadrant" in words(page)
    assert "no quadrant of the framework" in words(somebody.send(f"/labels/{row.id}", quadrant="Q9", do="decide"))
    assert row_of(house, row.id) == row


def test_the_page_beside_a_label_has_its_lines_marked(somebody: Person, house: House) -> None:
    row = waiting(house)
    page = somebody.get(f"/labels/{row.id}")
    assert f'src="/recommendations/{row.id}/page.png?page={row.page}"' in page.text
    marked = somebody.get(f"/recommendations/{row.id}/page.png")
    plain = somebody.get(f"/reviews/{row.review_letter}/pages/{row.page}.png")
    from PIL import Image

    one, other = (Image.open(io.BytesIO(answer.content)).convert("RGB") for answer in (marked, plain))
    assert one.size == other.size

    def yellow(image: Image.Image) -> int:
        return sum(n for n, (r, g, b) in image.getcolors(2**24) if r > 200 and g > 180 and b < 160)

    assert yellow(one) > 1000 > yellow(other)
    assert somebody.get(f"/recommendations/{row.id}/page.png?page=999").status_code == 404


def test_several_sure_suggestions_are_confirmed_and_taken_back_together(people: People, house: House) -> None:
    person, other = people(Role.REVIEWER), people(Role.LEAD)
    page = person.get("/labels/together?least=70")
    offered = re.findall(r'name="member" value="(r-\w+)" checked', page.text)
    assert len(offered) > 5
    rows = [row_of(house, one) for one in offered]
    assert all(not row.unsure and not row.decided and (row.confidence or 0) >= 0.7 for row in rows)
    confidences = [row.confidence or 0 for row in rows]
    assert confidences == sorted(confidences, reverse=True)
    left_out, changed, chosen = offered[0], offered[1], offered[1:5]
    assert "Tick those" in words(person.send("/labels/together"))
    other.send(f"/labels/{changed}", quadrant="Q1", do="decide")
    assert "3 labels are confirmed" in words(person.send("/labels/together", member=chosen))
    after = [row_of(house, one) for one in offered]
    assert [row.quadrant for row in after[2:5]] == [row.quadrant for row in rows[2:5]]
    assert [row.decided for row in after] == [False, *[True] * 4, *[False] * (len(offered) - 5)]
    assert row_of(house, left_out) == rows[0]
    page = person.get("/labels")
    assert "3 confirmed together" in words(page)
    other.send(f"/labels/{offered[2]}", quadrant="Q3", do="decide")
    at = re.search(r'name="at" value="([^"]+)"', page.text)
    assert at is not None
    assert "2 decisions are taken back" in words(person.send("/labels/together", do="undo", at=at[1]))
    assert [row_of(house, one).decided for one in offered[1:5]] == [True, True, False, False], (
        "what others said since stays"
    )


def test_agreement_with_the_model_is_told_by_month(somebody: Person, house: House) -> None:
    rows = [r for r in reading.recommendations(house.plan) if not r.decided][:4]
    for n, row in enumerate(rows):
        wrong = next(code for code in house.framework.quadrant_codes if code != row.quadrant)
        somebody.send(f"/labels/{row.id}", quadrant=wrong if n == 0 else row.quadrant or "Q1", do="decide")
    (told,) = checking.agreement(house.plan)
    assert (told.decisions, told.agreed) == (4, 3)
    assert "75 %" in words(somebody.get("/labels"))


def test_words_are_mended_against_the_page_and_what_was_read_is_kept(somebody: Person, house: House) -> None:
    row = waiting(house)
    said = "Zebras should be counted by the partnership every second Tuesday, with their stripes."
    page = somebody.send(f"/recommendations/{row.id}/words", text=f"  {said}\r\n", why="A line was lost")
    assert "The words are mended" in words(page) and row.text in words(page)
    mended = row_of(house, row.id)
    assert mended.text == said and mended.page == row.page
    assert row.id in somebody.get("/search?q=zebras").text, "it is found by the new words"
    assert somebody.send(f"/recommendations/{row.id}/words", text=said).status_code == 400, "nothing would change"
    assert somebody.send(f"/recommendations/{row.id}/words", text="  ").status_code == 400
    somebody.send(f"/recommendations/{row.id}/words", text=row.text)
    assert "mended these words" not in words(somebody.get(f"/recommendations/{row.id}"))
    assert row_of(house, row.id).text == row.text


# ------------------------------------------------------------------------------------------------ decisions and actions


def test_adopt_join_decline_and_send_on(people: People, house: House) -> None:
    lead = people(Role.LEAD)
    first, second, third, fourth = [r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED][:4]
    page = lead.send(
        f"/recommendations/{first.id}/outcome", do="adopt", quadrant="Q2", text="Share within two days",
        lead_agency="Police", target_date="2027-03-31",
    )  # fmt: skip
    assert "It is action 2.1 now" in words(page)
    row = reading.action(house.plan, "2.1")
    assert (row.text, row.lead_agency, row.target_date, row.recommendations) == (
        "Share within two days", "Police", "2027-03-31", (first.id,),
    )  # fmt: skip
    page = lead.send(f"/recommendations/{second.id}/outcome", do="join", ref="2.1", **{"from": "decide"})
    assert str(page.url).endswith("/decide")
    assert reading.action(house.plan, "2.1").recommendations == (first.id, second.id)
    lead.send(f"/recommendations/{third.id}/outcome", do="decline", why="National guidance covers it")
    lead.send(f"/recommendations/{fourth.id}/outcome", do="section11", why="One agency's own")
    assert [row_of(house, r.id).outcome for r in (third, fourth)] == [Outcome.DECLINED, Outcome.SECTION11]
    assert reading.outcomes(house.plan, third.id)[-1].who == lead.name
    lead.send(f"/recommendations/{third.id}/outcome", do="reconsider", why="The guidance was withdrawn")
    assert row_of(house, third.id).outcome is Outcome.PROPOSED
    part = lead.send(
        f"/recommendations/{third.id}/outcome",
        do="part",
        why="The rest is national",
        text="The local part",
        quadrant="Q3",
    )
    assert "Part of it is taken up in action 3.1" in words(part)


@pytest.mark.parametrize("what", ["decline", "section11", "part", "reconsider"])
def test_a_decision_that_needs_a_reason_is_not_taken_without(somebody: Person, house: House, what: str) -> None:
    row = waiting(house)
    page = somebody.send(f"/recommendations/{row.id}/outcome", do=what)
    assert page.status_code == 400
    assert row_of(house, row.id) == row


def test_what_an_action_seems_to_answer_is_said_and_can_be_ruled_out(somebody: Person, house: House) -> None:
    group = repeats.seen_groups(house)[0]
    first, second = group.members[:2]
    action = deciding.adopt(house, first.id, quadrant="Q1", why="")
    page = somebody.get(f"/recommendations/{second.id}")
    assert f"Covered by action {action.ref}" in words(page)
    assert second.id in somebody.get("/decide?show=covered").text
    somebody.send(f"/recommendations/{second.id}/not-covered", ref=action.ref, **{"from": "decide"})
    assert second.id not in somebody.get("/decide?show=covered").text
    assert "Covered by action" not in words(somebody.get(f"/recommendations/{second.id}"))


@pytest.fixture
def ref(house: House) -> str:
    """An action that can be edited."""
    row = waiting(house)
    return deciding.adopt(house, row.id, quadrant="Q2", why="", lead_agency="Police", target_date="2027-03-31").ref


def edited(person: Person, ref: str, seen: dict[str, str], **changes: str) -> httpx.Response:
    fields = {**{f"seen_{name}": value for name, value in seen.items()}, **seen, **changes}
    fields["standards"] = fields["standards"].split()  # type: ignore[assignment]
    return person.send(f"/actions/{ref}", **fields)


def test_two_people_who_edit_different_fields_both_get_their_way(people: People, house: House, ref: str) -> None:
    ana, bo = people(Role.LEAD), people(Role.ADMINISTRATOR)
    seen = acting.as_words(reading.action(house.plan, ref))
    assert edited(ana, ref, seen, home="Neglect strategy").status_code == 200
    assert edited(bo, ref, seen, success_goal="Every referrer is written to").status_code == 200
    row = reading.action(house.plan, ref)
    assert (row.home, row.success_goal) == ("Neglect strategy", "Every referrer is written to")


def test_two_people_who_edit_the_same_field_lose_nothing(people: People, house: House, ref: str) -> None:
    ana, bo = people(Role.LEAD), people(Role.ADMINISTRATOR)
    seen = acting.as_words(reading.action(house.plan, ref))
    edited(ana, ref, seen, next_steps="Ana's next steps")
    page = edited(bo, ref, seen, next_steps="Bo's next steps", home="A home")
    assert page.status_code == 409
    assert "Stands now: “Ana's next steps” You wrote: “Bo's next steps”" in words(page)
    assert ">Bo&#39;s next steps</textarea>" in page.text, "what was typed is still there"
    row = reading.action(house.plan, ref)
    assert (row.next_steps, row.home) == ("Ana's next steps", ""), "all of it or nothing"
    again = dict(re.findall(r'name="seen_(\w+)" value="([^"]*)"', page.text))
    assert again["next_steps"] == "Ana&#39;s next steps"
    edited(bo, ref, acting.as_words(row), next_steps="Both next steps")
    assert reading.action(house.plan, ref).next_steps == "Both next steps"


def test_a_moved_date_needs_a_reason_and_keeps_what_was_typed(somebody: Person, house: House, ref: str) -> None:
    seen = acting.as_words(reading.action(house.plan, ref))
    page = edited(somebody, ref, seen, target_date="2028-01-31", worry_statement="Nobody writes back")
    assert page.status_code == 400 and "Say why the target date" in words(page)
    assert "Nobody writes back</textarea>" in page.text
    assert edited(somebody, ref, seen, target_date="2028-01-31", why="The group met late").status_code == 200
    assert "From 31/03/2027 to 31/01/2028" in words(somebody.get(f"/actions/{ref}"))


def test_progress_assurance_and_the_end_of_an_action(somebody: Person, house: House, ref: str) -> None:
    somebody.send(f"/actions/{ref}/progress", note="Guidance is drafted", status="in progress", on="2026-11-01")
    (note,) = progress_notes(house.plan, ref)
    assert (note.note, note.dated) == ("Guidance is drafted", "2026-11-01")
    somebody.send(f"/actions/{ref}/progress", status="complete")
    somebody.send(f"/actions/{ref}/progress", status="assured", recheck="2027-06-30")
    row = reading.action(house.plan, ref)
    assert (row.status, row.recheck) == (Status.ASSURED, "2027-06-30")
    refused = somebody.send(f"/actions/{ref}/progress", status="open")
    assert refused.status_code == 409 and "cannot become open" in words(refused)
    assert somebody.send(f"/actions/{ref}/end", do="close", why="Done").status_code == 400
    somebody.send(f"/actions/{ref}/end", do="close", achieved="yes", why="Checked twice")
    row = reading.action(house.plan, ref)
    assert (row.status, row.achieved) == (Status.CLOSED, True)
    assert ref in somebody.get("/actions?show=ended").text


def test_an_action_that_belongs_elsewhere_is_superseded(somebody: Person, house: House, ref: str) -> None:
    page = somebody.send(f"/actions/{ref}/end", do="supersede", quadrant="Q4", why="It is for leaders")
    assert f"Action 4.1 takes the place of {ref}" in words(page)
    assert "by 4.1" in words(somebody.get(f"/actions/{ref}"))


def test_evidence_is_laid_beside_an_action_and_struck_out(somebody: Person, house: House, ref: str) -> None:
    page = somebody.send(f"/actions/{ref}/evidence", link="https://example.org/audit.pdf", shows="The audit of June")
    assert 'href="https://example.org/audit.pdf" rel="noreferrer"' in page.text
    page = somebody.send(f"/actions/{ref}/evidence", link="javascript:alert(1)", shows="Nothing good")
    assert 'href="javascript' not in page.text and "javascript:alert(1)" in words(page)
    page = somebody.send(f"/actions/{ref}/evidence", number="1", why="It is of another year")
    assert "struck out It is of another year" in words(page)


def test_an_action_of_an_audit_and_one_of_the_board(somebody: Person, house: House) -> None:
    page = somebody.send(
        "/actions/new",
        text="Publish the neglect tool",
        quadrant="Q1",
        source="audit",
        reviews="F and All",
        lead_agency="Police",
    )
    assert "is in the plan" in words(page)
    row = reading.action(house.plan, "1.1")
    assert (row.source, row.review_refs, row.applies_to_all) == ("audit", ("F",), True)
    assert somebody.send("/actions/new", text="  ", quadrant="Q1").status_code == 400


def test_the_plan_is_narrowed_and_sorted_and_its_address_keeps_that(somebody: Person, house: House) -> None:
    rows = [r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED][:6]
    dates = ("2020-01-31", "2027-01-31", "Ongoing", "2021-05-01", "2026-01-01", "2030-01-01")
    for n, (row, target) in enumerate(zip(rows, dates, strict=True)):
        deciding.adopt(
            house, row.id, quadrant=f"Q{n % 4 + 1}", why="", target_date=target, lead_agency=["Police", "Health"][n % 2]
        )

    def refs(address: str) -> list[str]:
        return re.findall(r'<th scope="row" data-label="Ref"><a href="/actions/([\d.]+)"', somebody.get(address).text)

    assert refs("/actions") == ["1.1", "1.2", "2.1", "2.2", "3.1", "4.1"]
    assert refs("/actions?sort=target") == ["1.1", "4.1", "1.2", "2.1", "2.2", "3.1"], "words come last"
    assert refs("/actions?sort=ref&down=yes") == ["4.1", "3.1", "2.2", "2.1", "1.2", "1.1"]
    assert refs("/actions?show=overdue") == ["1.1", "1.2", "4.1"]
    assert refs("/actions?agency=police") == ["1.1", "1.2", "3.1"]
    assert refs("/actions?quadrant=Q2") == ["2.1", "2.2"]
    assert refs("/actions?q=nothing+says+this") == []
    assert "quadrant=Q2" in somebody.get("/actions?quadrant=Q2").text.split('aria-sort="none"')[1]


def test_every_figure_of_the_themes_leads_to_just_what_it_counts(somebody: Person, house: House) -> None:
    rows = [r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED][:8]
    for n, row in enumerate(rows):
        action = deciding.adopt(
            house, row.id, quadrant=f"Q{n % 4 + 1}", why="", lead_agency=["Police", "Health / Education"][n % 2]
        )
        if n == 5:
            deciding.close(house, action.ref, achieved=True, why="Done", on=None)
    checked = 0
    for by in ("quadrant", "issue", "area", "agency", "type", "review", "status"):
        page = somebody.get(f"/themes?by={by}").text
        for address, opened in re.findall(
            r'<th scope="row"><a href="(/actions[^"]+)">[^<]+</a></th><td class="num">(\d+)</td>', page
        ):
            listed = somebody.get(address.replace("&amp;", "&")).text
            found = re.search(r"<caption>(\d+) action", listed)
            assert (int(found[1]) if found else 0) == int(opened) or by == "status", address
            checked += int(opened) > 0
    assert checked > 12


def test_views_are_kept_under_names_of_ones_own(people: People) -> None:
    ana, bo = people(Role.LEAD), people(Role.VIEWER)
    page = ana.send("/views", name=" Police,  overdue ", address="/actions?show=overdue&agency=police")
    assert str(page.url).endswith("/actions?show=overdue&agency=police")
    assert 'href="/actions?show=overdue&amp;agency=police"' in ana.get("/actions").text
    assert "Police, overdue" in words(ana.get("/actions"))
    assert "Police, overdue" not in words(bo.get("/actions"))
    number = re.search(r'<option value="(\d+)">Police, overdue', ana.get("/actions").text)
    assert number is not None
    bo.send("/views", do="forget", number=number[1], address="/actions")
    assert "Police, overdue" in words(ana.get("/actions"))
    ana.send("/views", do="forget", number=number[1], address="/actions")
    assert "Police, overdue" not in words(ana.get("/actions"))


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/people", "/actions\nx", "/actions/../people", ""]
)
def test_only_lists_of_ours_are_kept_and_nobody_is_led_away(somebody: Person, address: str) -> None:
    answer = somebody.send("/views", name="x", address=address, follow=False)
    assert answer.status_code == 400
    gone = somebody.send("/views", do="forget", number="1", address=address, follow=False)
    assert gone.headers["location"] == "/"


# ------------------------------------------------------------------------------------------------ repeats, passages, reviews


def test_what_is_not_the_same_is_split_for_good(somebody: Person, house: House) -> None:
    group = repeats.seen_groups(house)[0]
    page = somebody.get(f"/repeats?group={group.id}")
    assert page.text.count('name="member"') == len(group.members)
    chosen = [row.id for row in group.members[:2]]
    assert "Tick the" in words(somebody.send("/repeats", do="apart"))
    somebody.send("/repeats", do="apart", member=chosen, why="One is about adults")
    groups = repeats.seen_groups(house)
    assert not any({row.id for row in one.members} >= set(chosen) for one in groups)
    somebody.send("/repeats", do="same", member=chosen, why="They are after all")
    assert any({row.id for row in one.members} >= set(chosen) for one in repeats.seen_groups(house))


def test_passages_are_taken_or_dismissed(somebody: Person, house: House) -> None:
    first, second = possible.passages(house.plan)[:2]
    assert somebody.get(f"/possible/{first.id}/page.png").content.startswith(b"\x89PNG")
    page = somebody.send(f"/possible/{first.id}", do="take")
    assert "It is a recommendation" in words(page)
    taken = next(r for r in reading.recommendations(house.plan) if r.text == " ".join(first.text.split()))
    assert (taken.page, taken.outcome, taken.quadrant is not None) == (first.page, Outcome.PROPOSED, True)
    assert somebody.get(f"/recommendations/{taken.id}/page.png").status_code == 200
    somebody.send(f"/possible/{second.id}", do="dismiss")
    assert {first.id, second.id}.isdisjoint(p.id for p in possible.passages(house.plan))
    assert somebody.send(f"/possible/{first.id}", do="take").status_code == 404


def test_particulars_and_visibility_of_a_review(people: People, house: House) -> None:
    lead, viewer = people(Role.LEAD), people(Role.VIEWER)
    letter = waiting(house).review_letter
    assert viewer.get(f"/reviews/{letter}").status_code == 404
    page = lead.send(
        f"/reviews/{letter}/particulars", review_type="SCR", reference="Child Q", title="", publisher="Elmcastle",
        lead_reviewer="", published="2021-09",
    )  # fmt: skip
    assert "The particulars are saved" in words(page) and "September 2021" in words(page)
    assert lead.send(f"/reviews/{letter}/visibility", visibility="embargoed").status_code == 400
    lead.send(f"/reviews/{letter}/visibility", visibility="embargoed", until="2099-01-01", why="The family asked")
    assert viewer.get(f"/reviews/{letter}").status_code == 404
    lead.send(f"/reviews/{letter}/visibility", visibility="published")
    assert "Child Q" in words(viewer.get(f"/reviews/{letter}"))
    page = lead.send(f"/reviews/{letter}/visibility", visibility="withdrawn", why="A court said so")
    assert "withdrawn now" in words(page)
    assert lead.get(f"/reviews/{letter}").status_code == 404
    assert reading.review(house.plan, letter, audience=None).visibility is Visibility.WITHDRAWN


def ended(person: Person, address: str) -> httpx.Response:
    """The page of a job when it is over."""
    for _ in range(600):
        if person.get(f"{address}/state").json()["over"]:
            return person.get(address)
        time.sleep(0.1)
    raise AssertionError("the job does not end")


@pytest.mark.slow
def test_reviews_that_are_sent_come_into_the_plan(people: People, house: House, tmp_path: Path) -> None:
    person = people(Role.REVIEWER)
    fresh = making.varied(making.SAMPLES / "sar-mr-t.pdf", tmp_path / "fresh.pdf", "another content")
    known = making.reviews() / making.CHILD_F
    files = [
        ("reports", ("../Adult  T <b>.pdf", fresh.read_bytes(), "text/html")),
        ("reports", ("known.pdf", known.read_bytes(), "application/pdf")),
        ("reports", ("page.pdf", b"<!doctype html><html>not found</html>", "application/pdf")),
    ]
    answer = person.send("/add", files=files, follow=False)
    assert answer.status_code == 303
    page = ended(person, answer.headers["location"])
    said = words(page)
    assert "page.pdf (a web page named .pdf)" in said
    assert "known.pdf is review F" in said
    # The same reference and publisher as a review that is there: a lead has to say.
    assert "a new edition?" in said and "A lead reviewer has to say which it is" in said
    assert "<b>" not in page.text
    home = words(person.get("/"))
    assert "files could not be taken" in home and "page.pdf" in home
    lead = people(Role.LEAD)
    name = re.search(r'name="file" value="([^"]+)"', lead.get(answer.headers["location"]).text)
    assert name is not None and "/" not in name[1]
    before = len(reading.reviews(house.plan))
    again = lead.send(f"{answer.headers['location']}/edition", file=name[1], do="separate", follow=False)
    page = ended(lead, again.headers["location"])
    assert "12 found" in words(page)
    assert len(reading.reviews(house.plan)) == before + 1
    newest = reading.reviews(house.plan)[-1]
    assert newest.visibility is Visibility.DRAFT
    person.send("/refused", file="page.pdf")
    assert "page.pdf" not in words(person.get("/"))


def test_nothing_but_files_within_the_limits_is_taken(somebody: Person, app: FastAPI) -> None:
    assert "Choose at least one file" in words(somebody.send("/add"))
    many = [("reports", (f"{n}.pdf", b"%PDF-", "application/pdf")) for n in range(26)]
    assert somebody.send("/add", files=many).status_code == 400
    huge = somebody.client.post(
        "/labels/r-1", content=b"x" * (3 * 1024 * 1024), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert huge.status_code == 413

    def pieces() -> object:
        for _ in range(40):
            yield b"x" * 100_000

    unsaid = somebody.client.post(
        "/actions/1.1", content=pieces(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert unsaid.status_code == 413
    claimed = somebody.client.post("/add", content=b"", headers={"content-length": str(10**12)})
    assert claimed.status_code == 413


# ------------------------------------------------------------------------------------------------ files and imports


def test_an_export_is_edited_and_brought_in_again_after_a_preview(somebody: Person, house: House, ref: str) -> None:
    book = somebody.get("/files/plan?format=xlsx&audience=partnership")
    assert book.headers["content-disposition"] == 'attachment; filename="composite-action-plan-partnership.xlsx"'
    workbook = openpyxl.load_workbook(io.BytesIO(book.content))
    changed = 0
    for sheet in workbook:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value == "Police":
                    cell.value, changed = "Health", changed + 1
    assert changed
    stream = io.BytesIO()
    workbook.save(stream)
    page = somebody.send("/import", files=[("plan", ("plan.xlsx", stream.getvalue(), "application/octet-stream"))])
    assert "Nothing has been written yet" in words(page) and "“Police” becomes “Health”" in words(page)
    assert reading.action(house.plan, ref).lead_agency == "Police"
    key = re.search(r'action="(/import/\w+)"', page.text)
    assert key is not None
    assert "Import 1: 0 new, 1 changed" in words(somebody.send(key[1]))
    assert reading.action(house.plan, ref).lead_agency == "Health"
    assert somebody.send(key[1]).status_code == 404, "a preview is agreed to once"
    assert "Import 1 is taken back" in words(somebody.send("/imports/1/undo"))
    assert reading.action(house.plan, ref).lead_agency == "Police"


def test_a_preview_is_its_persons_own(people: People, house: House, ref: str) -> None:
    lead, other = people(Role.LEAD), people(Role.ADMINISTRATOR)
    csv = b"Ref,Action,Lead agency\n2.7,An action of its own,Health\n"
    page = lead.send("/import", files=[("plan", ("plan.csv", csv, "text/csv"))])
    key = re.search(r'action="(/import/\w+)"', page.text)
    assert key is not None
    assert other.send(key[1]).status_code == 404
    assert [row.ref for row in reading.actions(house.plan)] == [ref]
    lead.send(key[1])
    assert [row.ref for row in reading.actions(house.plan)] == [ref, "2.7"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.xlsx", b"no workbook", "plan.xlsx"),
        ("plan.csv", b"a,b\n1,2\n", "No table of plan.csv has the headings of a plan"),
        ("plan.exe", b"MZ", "plan.exe"),
    ],
)
def test_a_file_that_is_no_plan_says_why(somebody: Person, name: str, content: bytes, says: str) -> None:
    page = somebody.send("/import", files=[("plan", (name, content, "application/octet-stream"))])
    assert page.status_code == 400 and says in words(page)


def test_files_to_take_away_open(somebody: Person, house: House, ref: str) -> None:
    starts = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf", "json": b"{"}
    for ending, start in starts.items():
        answer = somebody.get(f"/files/plan?format={ending}")
        assert answer.status_code == 200 and answer.content.startswith(start), ending
    theme = house.framework.issues[0].code
    assert somebody.get(f"/files/briefing?theme={theme}&format=pdf").content.startswith(b"%PDF")
    archive = somebody.send("/files/round")
    assert any(name.endswith(".xlsx") for name in zipfile.ZipFile(io.BytesIO(archive.content)).namelist())
    assert "missing" in words(somebody.get("/files")), "the page says whose workbook has not come back"
    meeting = somebody.get("/files/meeting?since=2026-01-01")
    assert len(zipfile.ZipFile(io.BytesIO(meeting.content)).namelist()) == 2
    assert somebody.get("/files/meeting?since=2999-01-01").status_code == 400
    assert somebody.get("/files/plan?format=exe").status_code == 400
    assert somebody.get("/files/plan?as_of=yesterday").status_code == 400


def test_a_viewer_is_given_the_public_plan_whatever_is_asked(people: People, house: House, ref: str) -> None:
    viewer = people(Role.VIEWER)
    answer = viewer.get("/files/plan?format=json&audience=partnership")
    assert answer.json()["about"]["audience"] == "public"
    assert viewer.get("/files/meeting?since=2026-01-01").status_code == 403


# ------------------------------------------------------------------------------------------------ many at once


def test_many_reviewers_at_once_lose_no_decision(people: People, app: FastAPI, house: House) -> None:
    rows = [r for r in reading.recommendations(house.plan) if not r.decided][:24]
    crew = [people(Role.REVIEWER) if n == 0 else Person(app) for n in range(4)]
    for one in crew[1:]:
        one.sign_in("A reviewer")

    def check(part: tuple[Person, list[RecommendationRow]]) -> list[int]:
        person, own = part
        return [
            person.send(f"/labels/{row.id}", quadrant="Q1", do="decide", note=row.id, follow=False).status_code
            for row in own
        ]

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(check, [(person, rows[n::4]) for n, person in enumerate(crew)]))
    assert [status for part in statuses for status in part] == [303] * 24
    for row in rows:
        (said,) = checking.said_of(house.plan, row.id)
        assert (said.quadrant, said.note) == ("Q1", row.id)


def test_two_who_adopt_the_same_recommendation_at_once_make_one_action(
    people: People, app: FastAPI, house: House
) -> None:
    row = waiting(house)
    crew = [people(Role.LEAD), Person(app)]
    crew[1].sign_in("A lead")
    crew_words = [one.word() for one in crew]

    def adopt(n: int) -> int:
        data = {"form_word": crew_words[n], "do": "adopt", "quadrant": "Q2"}
        return crew[n].client.post(f"/recommendations/{row.id}/outcome", data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(adopt, range(2))) == [303, 409]
    assert len(row_of(house, row.id).action_refs) == 1
