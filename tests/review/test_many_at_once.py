"""Several people at work at the same moment lose nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI

from domain.records import RecommendationRow
from domain.states import Role
from plan import checking, reading
from services.house import House
from tests.review.conftest import Person, row_of, waiting, words

People = Callable[[Role | None], Person]


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
        assert list(pool.map(adopt, range(2))) == [303, 303]
    (ref,) = row_of(house, row.id).action_refs
    told = [words(one.get(f"/actions/{ref}")) for one in crew]
    assert sorted("It was adopted already, by" in page for page in told) == [False, True], (
        "the later one is told who was first"
    )
