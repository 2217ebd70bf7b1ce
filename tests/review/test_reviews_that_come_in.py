"""Reviews that are sent, their particulars, passages that may be recommendations, and near-repeats."""

import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from domain.errors import CannotWork
from domain.states import Outcome, Role, Visibility
from plan import possible, reading
from plan.ledger import transaction
from plan.overview import needs
from services import deciding, repeats
from services.house import House
from services.unattended import noted
from tests.review.conftest import Person, waiting, words
from tests.services import making

People = Callable[[Role | None], Person]


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


def back(page: httpx.Response) -> str:
    """Where the forms of a page lead back to."""
    found = re.search(r'name="back" value="([^"]+)"', page.text)
    assert found is not None
    return unescape(found[1])


def test_a_group_that_was_answered_waits_no_longer_and_says_who_answered(somebody: Person, house: House) -> None:
    place = "/repeats?show=waiting"
    before = needs(house.plan).groups
    group = next(one for one in repeats.seen_groups(house) if one.waits)
    ids = [row.id for row in group.members]
    page = somebody.get(place)
    assert f'id="h-{group.id}"' in page.text and f"{before} group" in words(page)
    done = somebody.send("/repeats", do="same", member=ids, why="All of them do", back=back(page))
    assert str(done.url).endswith(place), "back to where the person was"
    assert f'id="h-{group.id}"' not in done.text
    assert needs(house.plan).groups == before - 1
    home = somebody.get("/")
    assert f"{before - 1} group" in words(home) and 'href="/repeats?show=waiting"' in home.text
    again = somebody.get("/repeats?show=answered")
    assert f'id="h-{group.id}"' in again.text
    assert f"Answered so far by {house.who}" in words(again) and "All of them do" in words(again)


def test_an_outcome_is_no_answer_and_an_answer_needs_none(somebody: Person, house: House) -> None:
    group = next(one for one in repeats.seen_groups(house) if one.waits)
    for row in group.members:
        deciding.decline(house, row.id, reason="National")
    assert f'id="h-{group.id}"' in somebody.get("/repeats?show=waiting").text
    somebody.send("/repeats", do="same", member=[row.id for row in group.members])
    assert f'id="h-{group.id}"' not in somebody.get("/repeats?show=waiting").text


def test_nobody_is_led_elsewhere_by_a_form(somebody: Person, house: House) -> None:
    ids = [row.id for row in repeats.seen_groups(house)[0].members]
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"):
        answer = somebody.send("/repeats", follow=False, do="same", member=ids, back=elsewhere)
        assert answer.headers["location"] == "/repeats"


def test_passages_are_taken_or_dismissed(somebody: Person, house: House) -> None:
    first, second = possible.passages(house.plan)[:2]
    assert somebody.get(f"/possible/{first.id}/page.png").content.startswith(b"\x89PNG")
    assert 0 < somebody.get(f"/possible/{first.id}/mark").json()["marked_at"] < 1
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
    page = lead.send(f"/reviews/{letter}/visibility", visibility="withdrawn", why="A court said so", sure="yes")
    assert f"Review {letter} is withdrawn" in words(page)
    assert lead.get(f"/reviews/{letter}").status_code == 404
    assert reading.review(house.plan, letter, audience=None).visibility is Visibility.WITHDRAWN


def test_withdrawing_a_review_is_asked_first_and_a_lead_can_bring_it_back(people: People, house: House) -> None:
    lead, reviewer = people(Role.LEAD), people(Role.REVIEWER)
    row = waiting(house)
    letter = row.review_letter
    ref = deciding.adopt(house, row.id, quadrant="Q2", why="").ref
    asked = words(lead.send(f"/reviews/{letter}/visibility", visibility="withdrawn", why="A court said so"))
    assert f"Withdraw review {letter}?" in asked and "1 action that came only from it goes with it" in asked
    assert lead.get(f"/reviews/{letter}").status_code == 200, "nothing is done before it is confirmed"
    assert "Withdrawn reviews" not in words(lead.get("/reviews"))
    page = lead.send(f"/reviews/{letter}/visibility", visibility="withdrawn", why="A court said so", sure="yes")
    assert f"Bring review {letter} back as a draft" in words(page)
    assert lead.get(f"/actions/{ref}").status_code == lead.get(f"/reviews/{letter}").status_code == 404
    assert "it may be withdrawn" in words(lead.get(f"/reviews/{letter}"))
    assert "Withdrawn reviews" not in words(reviewer.get("/reviews")), "a reviewer is told of none"
    assert reviewer.send(f"/reviews/{letter}/visibility", visibility="draft").status_code == 403
    page = lead.send(f"/reviews/{letter}/visibility", visibility="draft", why="The court thought again")
    assert f"Review {letter} is now: draft" in words(page)
    assert lead.get(f"/actions/{ref}").status_code == 200
    assert "Withdrawn reviews" not in words(lead.get("/reviews"))


def test_only_an_action_that_came_from_nothing_else_goes_with_a_review(somebody: Person, house: House) -> None:
    rows = {
        row.review_letter: row for row in reversed(reading.recommendations(house.plan)) if row.outcome == "proposed"
    }
    first, second = list(rows.values())[:2]
    ref = deciding.adopt(house, first.id, quadrant="Q2", why="", text="Write to every referrer").ref
    deciding.join(house, second.id, ref, why="")
    asked = somebody.send(f"/reviews/{first.review_letter}/visibility", visibility="withdrawn")
    assert "came only from it" not in words(asked)
    somebody.send(f"/reviews/{second.review_letter}/visibility", visibility="withdrawn", sure="yes")
    asked = somebody.send(f"/reviews/{first.review_letter}/visibility", visibility="withdrawn")
    assert "1 action that came only from it" in words(asked)


def test_withdrawing_names_the_actions_in_its_words_that_answer_other_reviews_too(
    somebody: Person, house: House
) -> None:
    rows = {
        row.review_letter: row for row in reversed(reading.recommendations(house.plan)) if row.outcome == "proposed"
    }
    first, second = list(rows.values())[:2]
    ref = deciding.adopt(house, first.id, quadrant="Q2", why="").ref
    deciding.join(house, second.id, ref, why="")
    asked = words(somebody.send(f"/reviews/{first.review_letter}/visibility", visibility="withdrawn"))
    assert f"Action {ref} , which also answers review {second.review_letter}" in asked
    assert "came only from it" not in asked
    done = words(somebody.send(f"/reviews/{first.review_letter}/visibility", visibility="withdrawn", sure="yes"))
    assert f"nor are these actions: {ref} (in its words; it also answers {second.review_letter})" in done


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
    assert "a new edition?" in said and "A lead has to say which it is" in said
    assert "<b>" not in page.text
    uploads = house.settings.uploads
    assert list(uploads.iterdir()) == [], "what is in the corpus, or was refused, lies nowhere else"
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
    assert "review added, by the software; added by A lead" in words(lead.get(f"/reviews/{newest.letter}"))
    person.send("/refused", file="page.pdf")
    assert "page.pdf" not in words(person.get("/"))


@pytest.mark.slow
def test_a_file_that_was_cut_off_is_not_said_to_be_on_its_way(somebody: Person) -> None:
    content = (making.reviews() / making.ROWAN).read_bytes()[:4000]
    answer = somebody.send("/add", files=[("reports", ("cut.pdf", content, "application/pdf"))], follow=False)
    said = words(ended(somebody, answer.headers["location"]))
    assert "cut.pdf" in said and ("was cut off" in said and "Download it again" in said), said
    assert "still being copied" not in said and "Run again" not in said


def test_nothing_but_files_within_the_limits_is_taken(somebody: Person, app: FastAPI) -> None:
    assert "Choose at least one file" in words(somebody.send("/add"))
    many = [("reports", (f"{n}.pdf", b"%PDF-", "application/pdf")) for n in range(26)]
    refused = somebody.send("/add", files=many)
    assert refused.status_code == 400
    assert "At most 25 files can be sent at once, and nothing was taken" in words(refused)
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


def test_what_fails_while_nobody_looks_stands_on_the_first_page(people: People, house: House) -> None:
    reviewer, viewer = people(Role.REVIEWER), people(Role.VIEWER)
    with pytest.raises(CannotWork), noted(house.settings, "counts"):
        raise CannotWork("The disk is full. Free some space and run: cap run")
    page = words(reviewer.get("/"))
    assert "Bringing the counts up to date has not succeeded since" in page
    assert "The disk is full." in page
    assert "cap run" not in page, "people at a browser have no terminal"
    assert "has not succeeded" not in words(viewer.get("/"))
    with noted(house.settings, "counts"):
        pass
    assert "has not succeeded" not in words(reviewer.get("/"))


def test_a_review_of_one_page_has_one_page(somebody: Person, house: House) -> None:
    with transaction(house.plan) as connection:
        connection.execute("UPDATE reviews SET pages = 1 WHERE letter = 'F'")
    assert ", 1 page Who may see it" in words(somebody.get("/reviews/F"))
