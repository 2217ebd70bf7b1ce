"""The plan as JSON: whatever is asked is answered as the description says, and never with a failure of our own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from domain.states import Outcome, Role
from plan import reading
from review.app import create_app
from services import accounts, deciding
from services.house import House
from tests.review.conftest import PASSWORD, Person
from tests.services import making

ASKED = 25  # times, of each address


@dataclass(frozen=True)
class Described:
    schema: schemathesis.BaseSchema
    token: dict[str, str]


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    """The description as a program reads it, with a token of somebody who sees what the partnership has."""
    plan = making.copy_of_plan(tmp_path_factory.mktemp("programs") / "outputs")
    with pytest.MonkeyPatch.context() as patch:
        making.keep_warm(patch)
        with making.house(plan) as house:
            row = next(r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED)
            deciding.adopt(house, row.id, quadrant="Q2", why="", target_date="2027-01-31")
            accounts.add_person(house, "Ada", Role.ADMINISTRATOR, PASSWORD)
            _, word = accounts.add_token(house, "Ada", "tests")
        app = create_app(making.settings(plan), hosts=frozenset({"*"}), warm=False)
        token = {"Authorization": f"Bearer {word}"}
        yield Described(schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=token), token)
        app.state.desks.close()


@pytest.mark.slow
def test_every_answer_is_as_the_description_says(description: Described) -> None:
    asked = []
    for found in description.schema.get_all_operations():
        operation = found.ok()
        asked.append(operation.path)

        @settings(max_examples=ASKED, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            # Which codes a filter takes is the partnership's own framework, which no description can name.
            case.call_and_validate(headers=description.token, excluded_checks=[positive_data_acceptance])

        ask()
    assert len(asked) == 9


def test_what_programs_read_is_what_the_plan_holds(somebody: Person, house: House) -> None:
    rows = reading.recommendations(house.plan)
    given = somebody.get("/api/v1/recommendations?limit=500").json()
    assert given["total"] == len(rows) == len(given["recommendations"])
    assert [one["text"] for one in given["recommendations"]] == [row.text for row in rows]
    part = somebody.get("/api/v1/recommendations?limit=7&offset=3").json()
    assert [one["id"] for one in part["recommendations"]] == [row.id for row in rows[3:10]]
    assert part["total"] == len(rows)
    one = somebody.get(f"/api/v1/recommendations/{rows[0].id}").json()
    assert one == given["recommendations"][0]
    letters = [one["letter"] for one in somebody.get("/api/v1/reviews").json()["reviews"]]
    assert letters == [row.letter for row in reading.reviews(house.plan)]
    counted = somebody.get("/api/v1/counts?by=quadrant").json()["counts"]
    assert sum(one["total"] for one in counted if one["unit"] == "recommendations") == len(rows)
    hits = somebody.get("/api/v1/search", params={"q": rows[0].text, "limit": 3}).json()["hits"]
    assert rows[0].id in {hits[0]["recommendation"]["id"], *hits[0]["repeats"]}


def test_the_description_names_every_address_and_nothing_but_reading(app: FastAPI, somebody: Person) -> None:
    described = somebody.get("/api/v1/openapi.json").json()
    assert {method for path in described["paths"].values() for method in path} == {"get"}
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
