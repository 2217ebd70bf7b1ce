"""A form that is sent twice does its work once, and the second sending leads to what the first made."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import openpyxl
from fastapi import FastAPI

from domain.states import Role
from plan import reading
from plan.importing import imports
from services import deciding
from services.house import House
from tests.review.conftest import Person, waiting, words

People = Callable[[Role | None], Person]


def token_of(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_new_action_is_made_once_by_one_form(somebody: Person, house: House) -> None:
    address = somebody.get("/actions/new").headers["location"]
    given = {"once": token_of(somebody.get(address).text), "text": "Write to every school", "quadrant": "Q2"}
    before = len(reading.actions(house.plan))
    first = somebody.send("/actions/new", follow=False, **given).headers["location"]
    again = somebody.send("/actions/new", **given)
    assert again.url.path == first
    assert "This form had been sent already, and nothing was done twice" in words(again)
    assert len(reading.actions(house.plan)) == before + 1
    # Back leads to the same form, which says so before anything is typed; a new form makes another action.
    back = words(somebody.get(address))
    assert "You have sent this form already" in back and "Start another action" in back
    fresh = somebody.get(somebody.get("/actions/new").headers["location"]).text
    somebody.send("/actions/new", **{**given, "once": token_of(fresh)})
    assert len(reading.actions(house.plan)) == before + 2


def test_a_form_that_was_refused_may_be_sent_again(somebody: Person, house: House) -> None:
    once = token_of(somebody.get(somebody.get("/actions/new").headers["location"]).text)
    assert somebody.send("/actions/new", once=once, text="Write", quadrant="Q9").status_code == 400
    assert "is in the plan" in words(somebody.send("/actions/new", once=once, text="Write", quadrant="Q2"))


def test_two_that_arrive_together_make_one_action(somebody: Person, app: FastAPI, house: House) -> None:
    row = waiting(house)
    once = token_of(somebody.get(f"/recommendations/{row.id}").text)
    given = {"once": once, "do": "part", "why": "The rest is done", "text": "Write to schools", "quadrant": "Q2"}
    word = somebody.word()
    answers: list[str] = []

    def send() -> None:
        answer = Person(app).send(f"/recommendations/{row.id}/outcome", follow=False, **{**given, "form_word": word})
        answers.append(answer.headers["location"])

    both = [threading.Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(answers) == 2 and len(set(answers)) == 1
    assert len(reading.recommendation(house.plan, row.id).action_refs) == 1


def test_a_decision_that_was_made_already_is_said_with_whose_it_is(people: People, house: House) -> None:
    lead, other = people(Role.LEAD), people(Role.ADMINISTRATOR)
    row = waiting(house)
    lead.send(f"/recommendations/{row.id}/outcome", follow=False, do="adopt", quadrant="Q2")
    for person in (lead, other):
        page = person.send(f"/recommendations/{row.id}/outcome", do="adopt", quadrant="Q2")
        assert page.status_code == 200
        said = words(page)
        assert "It was adopted already, by A lead on" in said and "It is action 2." in said
        assert "Not possible" not in said
    row = waiting(house)
    lead.send(f"/recommendations/{row.id}/outcome", do="decline", why="Done elsewhere")
    said = words(other.send(f"/recommendations/{row.id}/outcome", do="decline", why="Done elsewhere"))
    assert "It was declined already, by A lead on" in said and "nothing was changed" in said


def test_an_error_is_said_alone(somebody: Person, house: House) -> None:
    row = waiting(house)
    ref = deciding.adopt(house, row.id, quadrant="Q2", why="").ref
    word, address = somebody.word(), f"/actions/{ref}/progress"
    somebody.client.post(address, data={"form_word": word, "note": "Begun"})
    failed = words(somebody.client.post(address, data={"form_word": word, "status": "assured"}))
    assert "Not possible as things are" in failed and "is noted" not in failed
    assert f"The progress of action {ref} is noted" in words(somebody.get(f"/actions/{ref}"))


def test_a_preview_that_is_agreed_to_twice_is_imported_once(somebody: Person, house: House, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Ref", "Action", "Lead agency"])
    book.active.append(["1.9", "Write to every school", "Education"])
    book.save(tmp_path / "plan.xlsx")
    files = [("plan", ("plan.xlsx", (tmp_path / "plan.xlsx").read_bytes(), "application/octet-stream"))]
    key = re.search(r'action="(/import/\w+)"', somebody.send("/import", files=files).text)
    assert key is not None
    assert "Import 1: 1 new" in words(somebody.send(key[1]))
    said = words(somebody.send(key[1]))
    assert "You have imported this already" in said and "Import 1: 1 new" in said and "Undo it" in said
    assert "nothing was changed" not in said
    assert len(imports(house.plan)) == 1
