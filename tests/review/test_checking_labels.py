"""Checking labels: confirmed, corrected, taken back, several at once; words mended against the page."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from domain.states import Role
from learning.promotion import Standing, Verdict
from plan import checking, reading
from plan.teaching import unchecked
from review.jobs import Job
from services import deciding
from services.house import House
from services.training import Trained
from tests.plan.making import FRAMEWORK
from tests.review.conftest import Person, row_of, unsure_with_a_second, waiting, words

People = Callable[[Role | None], Person]


def test_a_label_is_corrected_and_the_next_one_comes(people: People, house: House) -> None:
    person = people(Role.REVIEWER)
    start = re.search(r'href="(/labels/r-[^"]+)">Start checking', person.get("/labels").text)
    assert start is not None
    identifier = start[1].removeprefix("/labels/").split("?")[0]
    page = person.send(
        start[1], quadrant="Q3", secondary="Q1", issues=["neglect"], areas=["information-sharing"],
        standards=["3.1"], sure="fairly", note="It is about the plan", do="decide",
    )  # fmt: skip
    assert "is now under Collaborative working" in words(page)
    assert "/labels/r-" in str(page.url) and identifier not in str(page.url)
    row = row_of(house, identifier)
    assert (row.quadrant, row.secondary, row.issues, row.areas, row.decided) == (
        "Q3", "Q1", ("neglect",), ("information-sharing",), True,
    )  # fmt: skip
    (said,) = checking.said_of(house.plan, identifier)
    assert (said.who, said.note, said.standards) == (person.name, "It is about the plan", ("3.1",))


def test_where_nothing_waits_the_page_says_so(somebody: Person, house: House) -> None:
    for row in unchecked(house.plan):
        deciding.label(house, row.recommendation_id, quadrant="Q1", secondary=None, issues=(), areas=(), note="")
    assert unchecked(house.plan) == ()
    for address in ("/labels", "/labels?show=unsure", "/labels?quadrant=Q1"):
        assert somebody.get(address).status_code == 200, address
    assert "Start checking" not in somebody.get("/labels").text


def test_where_reviewers_differ_is_listed_and_can_be_settled(people: People, house: House) -> None:
    ana, bo = people(Role.REVIEWER), people(Role.LEAD)
    row = waiting(house)
    ana.send(f"/labels/{row.id}", quadrant="Q1", do="decide")
    assert "Where reviewers differ" not in ana.get("/labels").text
    bo.send(f"/labels/{row.id}", quadrant="Q2", do="decide")
    listed = words(ana.get("/labels"))
    assert "Where reviewers differ (1)" in listed and f"{ana.name} says" in listed and f"{bo.name} says" in listed
    page = words(ana.get(f"/recommendations/{row.id}"))
    assert "reviewers differ" in page and "(confirmed)" not in page and "to settle it" in page
    form = ana.get(f"/labels/{row.id}")
    assert "Reviewers differ" in words(form) and 'name="settles"' in form.text
    ana.send(f"/labels/{row.id}", quadrant="Q2", do="decide", settles="yes")
    assert "Where reviewers differ" not in ana.get("/labels").text
    assert "(confirmed)" in words(ana.get(f"/recommendations/{row.id}"))


def test_where_the_model_is_unsure_no_second_quadrant_is_chosen_either(somebody: Person, house: House) -> None:
    row = unsure_with_a_second(house)
    page = somebody.get(f"/labels/{row.id}").text
    assert 'name="quadrant" value="Q1" checked' not in page
    assert re.findall(r"<option value=\"(\w*)\" selected>", page) == ["sure"]
    page = somebody.send(f"/labels/{row.id}", quadrant=row.secondary or "", do="decide").text
    assert "is now under" in page


def test_a_second_quadrant_that_is_the_first_is_told_in_words_and_what_was_sent_stays(
    somebody: Person, house: House
) -> None:
    row = waiting(house)
    answer = somebody.send(
        f"/labels/{row.id}?x=y", quadrant="Q3", secondary="Q3", issues=["neglect"], standards=["3.1"], sure="hardly",
        note="Both, I think", do="decide", show="unsure", skipped="r-1", decided="yes",
    )  # fmt: skip
    assert answer.status_code == 400
    title = house.framework.title("Q3")
    assert f"The second quadrant is the first again, {title}. Choose another as the second, or None." in words(answer)
    for kept in (
        'name="quadrant" value="Q3" checked', '<option value="Q3" selected>', 'value="neglect" checked',
        'value="3.1" checked', '<option value="hardly" selected>', ">Both, I think</textarea>", 'name="show" value="unsure"',
        'name="skipped" value="r-1"', 'name="decided" value="yes"',
    ):  # fmt: skip
        assert kept in answer.text, kept
    assert row_of(house, row.id) == row


def test_the_page_after_a_decision_takes_it_back(people: People, house: House) -> None:
    ana, bo = people(Role.REVIEWER), people(Role.LEAD)
    first, second = (r for r in [r for r in reading.recommendations(house.plan) if not r.decided][:2])
    undo = re.compile(
        r'action="/labels/(r-\w+)" method="post">(?:<input[^>]+>)+<button[^>]+data-key="z">Undo my decision on '
    )
    after = ana.send(f"/labels/{first.id}", quadrant="Q4", do="decide")
    assert undo.findall(after.text) == [first.id]
    onward = str(after.url)
    assert undo.findall(ana.get("/labels?decided=yes").text) == [first.id], "where nothing is left, the list has it"
    assert undo.findall(ana.get(f"/labels/{second.id}").text) == [], "who comes later undoes nothing by a slip"
    assert undo.findall(bo.get(onward).text) == [], "nobody takes back what another said"
    assert ana.get(f"/labels/{first.id}?decided=yes").text.count('data-key="z"') == 1
    bo.send(f"/labels/{first.id}", quadrant="Q1", do="decide")
    assert undo.findall(ana.get(onward).text) == [], "somebody has decided it since"
    ana.send(f"/labels/{second.id}", quadrant="Q2", do="decide")
    page = ana.send(f"/labels/{second.id}", do="undo", show="unsure", decided="yes")
    assert "the suggestion applies again" in words(page) and str(page.url).endswith(f"/labels/{second.id}?show=unsure")
    assert row_of(house, second.id) == second


def test_a_slip_is_taken_back(somebody: Person, house: House) -> None:
    row = waiting(house)
    somebody.send(f"/labels/{row.id}", quadrant="Q4", do="decide")
    page = somebody.get(f"/labels/{row.id}")
    assert "Undo my decision" in words(page)
    assert "the suggestion applies again" in words(somebody.send(f"/labels/{row.id}", do="undo"))
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
    assert "There is nothing to check here" in words(page)


def test_a_label_without_a_quadrant_is_not_taken(somebody: Person, house: House) -> None:
    row = waiting(house)
    page = somebody.send(f"/labels/{row.id}", do="decide")
    assert page.status_code == 400 and "Choose the quadrant" in words(page)
    assert "not a quadrant" in words(somebody.send(f"/labels/{row.id}", quadrant="Q9", do="decide"))
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
    assert "3 labels confirmed" in words(person.send("/labels/together", member=chosen))
    after = [row_of(house, one) for one in offered]
    assert [row.quadrant for row in after[2:5]] == [row.quadrant for row in rows[2:5]]
    assert [row.decided for row in after] == [False, *[True] * 4, *[False] * (len(offered) - 5)]
    assert row_of(house, left_out) == rows[0]
    page = person.get("/labels")
    assert "3 confirmed together" in words(page)
    other.send(f"/labels/{offered[2]}", quadrant="Q3", do="decide")
    at = re.search(r'name="at" value="([^"]+)"', page.text)
    assert at is not None
    assert "2 decisions undone" in words(person.send("/labels/together", do="undo", at=at[1]))
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
    assert "75%" in words(somebody.get("/labels"))


def test_words_are_mended_against_the_page_and_what_was_read_is_kept(somebody: Person, house: House) -> None:
    row = waiting(house)
    said = "Zebras should be counted by the partnership every second Tuesday, with their stripes."
    page = somebody.send(f"/recommendations/{row.id}/words", text=f"  {said}\r\n", why="A line was lost")
    assert "Corrected. The words as first read are kept too" in words(page) and row.text in words(page)
    mended = row_of(house, row.id)
    assert mended.text == said and mended.page == row.page
    assert row.id in somebody.get("/search?q=zebras").text, "it is found by the new words"
    assert somebody.send(f"/recommendations/{row.id}/words", text=said).status_code == 400, "nothing would change"
    assert somebody.send(f"/recommendations/{row.id}/words", text="  ").status_code == 400
    somebody.send(f"/recommendations/{row.id}/words", text=row.text)
    assert "mended these words" not in words(somebody.get(f"/recommendations/{row.id}"))
    assert row_of(house, row.id).text == row.text


def test_whom_it_addresses_is_corrected_and_what_was_read_is_kept(somebody: Person, house: House) -> None:
    row = next(r for r in reading.recommendations(house.plan) if r.agencies)
    where = f"/recommendations/{row.id}/addressee"
    page = somebody.send(
        where, addressee=" Zebra  Keepers ", agencies=["police", "health"], why="The table's other row"
    )
    assert "Corrected. Whom it was first read to address is kept too" in words(page)
    assert f"It was first read as: {row.addressee or 'nobody named'}" in words(page)
    corrected = row_of(house, row.id)
    assert (corrected.addressee, set(corrected.agencies)) == ("Zebra Keepers", {"police", "health"})
    assert not corrected.single_agency
    assert row.id in somebody.get("/search?q=the&agency=police").text
    again = {"addressee": "Zebra Keepers", "agencies": ["health", "police"]}
    assert somebody.send(where, **again).status_code == 400, "nothing would change"
    assert somebody.send(where, addressee="x", agencies=["zebras"]).status_code == 400
    back = {"addressee": row.addressee or "", "agencies": list(row.agencies)} | (
        {"single_agency": "yes"} if row.single_agency else {}
    )
    page = somebody.send(where, **back)
    assert "has corrected whom it addresses" not in words(page)
    assert row_of(house, row.id).agencies == row.agencies
    assert "whom it addresses corrected" in words(page), "the history tells it"


def test_a_model_that_is_not_taken_says_by_how_much_and_where_it_is_worse(
    somebody: Person, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Standing(0.9012, (("Q1", 0.9), ("Q2", 0.81)))
    new = Standing(0.8976, (("Q1", 0.9), ("Q2", 0.4)))
    verdict = Verdict(False, 1000, now, new, ("It is worse.",))
    made = Trained("classifier-1", 90, 10, (), verdict, False, Path("kept"))
    job = Job("learnt", "model", "A. Tester", "2026-11-28T09:00:00+00:00", state="done", trained=made)
    monkeypatch.setattr(app.state.jobs, "get", {"learnt": job}.get)
    page = words(somebody.get("/jobs/learnt"))
    assert "right 89.8% of the time, the present one 90.1%" in page
    assert page.count("clearly worse at") == 1
    assert f"{FRAMEWORK.title('Q2')}: F1 0.40, where the present one has 0.81" in page
