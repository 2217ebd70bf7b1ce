"""Home says what waits, each line in the right number, and that nothing does only where that is so."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.states import Audience, Role
from plan.counts import snapshot
from plan.overview import Needs, needs
from plan.refusals import NEW_EDITION, Refused
from review.pages import labels
from review.pages.home import HomePage
from services import deciding
from services.house import House
from services.publishing import snapshot_days
from tests.review.conftest import Person, waiting, words
from tests.services import making

People = Callable[[Role | None], Person]
FIELDS = tuple(Needs.__dataclass_fields__)
QUIET = dict.fromkeys(FIELDS, 0)


def home(refused: tuple[Refused, ...] = (), **counts: int) -> HomePage:
    return HomePage(
        needs=Needs(**{**QUIET, **counts}), quadrants=(), latest=(), refused=refused, running=(), troubles=(),
        without_accounts=False, empty=False, fictional=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in ("checked", "unsure")])
def test_whatever_waits_is_told_in_the_right_number(name: str) -> None:
    (one,), (two,) = home(**{name: 1}).waiting, home(**{name: 2}).waiting
    assert (one.count, two.count) == (1, 2)
    assert one.address == two.address
    assert one.words != two.words
    first, second = one.words.split()[0], two.words.split()[0]
    assert not first.endswith("s") or first in ("assured",)
    assert second.endswith("s") or second in ("assured", "overdue")


@pytest.mark.parametrize("name", ["proposed", "overdue", "rechecks", "drafts"])
def test_what_only_a_lead_may_decide_waits_for_nobody_else(name: str) -> None:
    assert replace(home(**{name: 3}), decides=False).waiting == ()


def test_a_reviewer_is_offered_what_a_reviewer_may_do(people: People) -> None:
    lead, reviewer = people(Role.LEAD), people(Role.REVIEWER)
    assert "recommendations to decide on" in words(lead.get("/"))
    page = words(reviewer.get("/"))
    assert "recommendations to decide on" not in page and "labels to check" in page


def test_nothing_waits_only_where_nothing_does() -> None:
    assert home(checked=7).waiting == ()
    refused = (Refused("a.pdf", "damaged", "It is damaged.", "2026-11-26T10:00:00+00:00"),)
    assert [line.words for line in home(refused).waiting] == ["file could not be taken"]


def test_home_does_not_say_that_nothing_waits_beside_what_does(somebody: Person) -> None:
    page = words(somebody.get("/"))
    assert "reviews that are drafts" in page
    assert "Nothing is waiting" not in page


def test_a_plan_without_anything_is_not_called_done(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from review.app import create_app

    settings = making.settings(tmp_path / "outputs", tmp_path / "corpus")
    with House(settings) as house:
        assert needs(house.plan).drafts == 0
    app = create_app(settings, warm=False)
    with TestClient(app, base_url="http://127.0.0.1:8000"):
        page = words(Person(app).get("/"))
    assert "Nothing is waiting" not in page and "Begin by adding a review" in page
    assert "add the first administrator under People" in page


def test_a_file_that_may_be_a_new_edition_is_answered_by_adding_it_again(people: People, house: House) -> None:
    house.plan["refused_files"].insert(
        {"file": "k.pdf", "reason": NEW_EDITION, "at": "2026-11-26T10:00:00+00:00",
         "message": 'k.pdf has the reference of review K. If it is a new edition of it, run: cap add --edition "/x/k.pdf"'}
    )  # fmt: skip
    page = people(Role.REVIEWER).get("/")
    assert "1 file could not be taken" in words(page)
    assert "A lead can answer: add the file again and choose." in words(page)
    assert "cap add" not in page.text and "/x/k.pdf" not in page.text


def test_a_queue_that_is_cut_says_that_there_is_more(
    somebody: Person, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = waiting(house)
    whole = needs(house.plan).unchecked
    assert f"{whole} left in this queue" in words(somebody.get(f"/labels/{row.id}"))
    monkeypatch.setattr(labels, "QUEUE", 5)
    somebody.app.state.memory = type(somebody.app.state.memory)()
    page = words(somebody.get("/labels"))
    assert "Only the first 5 are listed" in page
    assert "5 or more left in this queue" in words(somebody.get(f"/labels/{row.id}"))
    first = labels_of(somebody)
    deciding.label(
        house, first, quadrant="Q2", secondary=None, issues=(), areas=(), note=""
    )  # one less is worked out, and there are more all the same
    assert "4 or more left in this queue" in words(somebody.get(f"/labels/{row.id}"))


def labels_of(person: Person) -> str:
    """The first recommendation of the queue."""
    found = re.search(r'href="/labels/(r-[0-9a-f]+)', person.get("/labels").text)
    assert found is not None
    return found[1]


def test_what_is_counted_by_heads_the_table(somebody: Person) -> None:
    for by, heading in (("agency", "Agency"), ("quadrant", "Quadrant"), ("status", "Status")):
        page = somebody.get(f"/themes?by={by}").text
        assert f'<th scope="col">{heading}</th>' in page
        assert '<th scope="col">Theme</th>' not in page
    assert "Actions today: outstanding, closed and overdue" in words(somebody.get("/themes"))


def test_a_person_who_comes_under_another_name_is_told_what_to_do(somebody: Person) -> None:
    answer = somebody.client.get("/", headers={"host": "council-pc.example"})
    assert answer.status_code == 421
    assert "http://127.0.0.1:" in answer.text and "an administrator must make accounts first" in answer.text


def test_a_chart_is_headed_as_what_it_shows(somebody: Person, house: House) -> None:
    page = words(somebody.get("/themes"))
    assert len(snapshot_days(house, Audience.PARTNERSHIP)) < 2
    assert "By quadrant today" in page and "over time" not in page
    for day in (date(2026, 1, 31), date(2026, 2, 28)):
        snapshot(house.plan, house.framework, day)
    assert "Outstanding by quadrant over time" in words(somebody.get("/themes"))
