"""Every address has its role, and nobody sees or does more than theirs allows: walked, address by address."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from domain.states import Audience, Role
from plan import reading
from review.access import Seeing
from review.pages.words import TOPICS
from services import deciding
from services.house import House
from tests.review.conftest import Person, words

OPEN = {("GET", "/sign-in"), ("POST", "/sign-in")}
People = Callable[[Role | None], Person]


def routes(app: FastAPI) -> Iterator[tuple[str, str, Role | None]]:
    """Method, address and the role that it needs."""
    for route in every_route(app):
        for method in sorted(route.methods):
            yield method, route.path, needed(route.dependant)


def every_route(app: FastAPI) -> list[APIRoute]:
    return [route for route in flat(app.routes) if isinstance(route, APIRoute)]


def flat(found: Any) -> Iterator[Any]:
    for route in found:
        inner = getattr(route, "routes", None)
        original = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif original is not None:
            yield from flat(original.routes)
        elif inner:
            yield from flat(inner)


def needed(dependant: Dependant) -> Role | None:
    for one in dependant.dependencies:
        if isinstance(one.call, Seeing):
            return one.call.needed
        role = getattr(one.call, "needed", None) or needed(one)
        if isinstance(role, Role):
            return role
    return None


@pytest.fixture
def filled(app: FastAPI, house: House) -> dict[str, str]:
    """What stands in the addresses: things of a review that is a draft, an action of it, and so on."""
    row = next(r for r in reading.recommendations(house.plan) if r.visibility == "draft")
    action = deciding.adopt(house, row.id, quadrant="Q2", why="")
    return {
        "letter": row.review_letter, "identifier": row.id, "ref": action.ref, "number": "1", "name": "start",
        "ending": "csv", "key": "nothing",
    }  # fmt: skip


def address(path: str, filled: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda m: filled[m[1]], path)


def test_every_address_names_the_role_that_it_needs(app: FastAPI) -> None:
    found = list(routes(app))
    assert len(found) > 60
    without = {(method, path) for method, path, role in found if role is None}
    assert without == OPEN


def test_whoever_is_not_signed_in_gets_nowhere(app: FastAPI, people: People, filled: dict[str, str]) -> None:
    stranger = people(None)
    for method, path, role in routes(app):
        if role is None:
            continue
        answer = stranger.client.request(method, address(path, filled), data={"form_word": app.state.form_word})
        if path.startswith("/api/"):
            assert (answer.status_code, "error" in answer.json()) == (401, True), path
        else:
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in?next="), path


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_should_and_nothing_else(
    app: FastAPI, people: People, filled: dict[str, str], role: Role
) -> None:
    person = people(role)
    for method, path, need in routes(app):
        if need is None or path == "/sign-out":
            continue
        answer = person.client.request(method, address(path, filled))
        if not role.may(need):
            assert answer.status_code == 403, f"{role} at {method} {path}: {answer.status_code}"
            assert f"Your role ({role}) does not allow this" in answer.text
        elif method == "GET":
            assert answer.status_code in (200, 303, 400, 404, 422), f"{role} at {path}: {answer.status_code}"
        else:
            # Allowed to send, but this form was made for nobody.
            assert answer.status_code == 403, path
            assert "open for too long" in answer.text


def test_a_viewer_is_shown_nothing_of_what_is_not_published(
    app: FastAPI, people: People, house: House, filled: dict[str, str]
) -> None:
    viewer = people(Role.VIEWER)
    public = {row.id for row in reading.recommendations(house.plan, audience=Audience.PUBLIC)}
    hidden = [row for row in reading.recommendations(house.plan) if row.id not in public]
    assert hidden and public
    secrets = {row.text[:60] for row in hidden} | {row.id for row in hidden}
    secrets |= {row.review_file for row in hidden} - {
        row.review_file for row in reading.recommendations(house.plan) if row.id in public
    }
    asked = [
        *(address(path, filled) for method, path, need in routes(app) if method == "GET" and need),
        f"/search?q={hidden[0].text[:80]}", f"/search?like={next(iter(public))}", "/files/plan?format=json&audience=partnership",
        "/files/plan?format=csv&audience=partnership", "/themes?by=review&unit=recommendations",
        "/themes?since=2020-01-01&unit=recommendations", "/themes/table.csv?by=review&unit=recommendations&since=2020-01-01",
        "/recommendations", "/reviews?visibility=draft", "/actions?show=all", f"/api/v1/search?q={hidden[0].text[:80]}",
        "/api/v1/recommendations?limit=500", "/api/v1/actions", "/api/v1/reviews", "/api/v1/counts?by=review",
        *(f"/recommendations/{identifier}" for identifier in public),
    ]  # fmt: skip
    for one in asked:
        answer = viewer.get(one)
        assert answer.status_code < 500, one
        # A search's own words stand in its form again: those are the asker's.
        shown = (
            answer.text
            if "?q=" not in one
            else re.sub(r"(?s)<form.*?</form>|<title.*?</title>|<h1.*?</h1>", "", answer.text)
        )
        for secret in secrets - {filled["identifier"]}:
            assert secret not in shown, f"{one} shows {secret}"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_no_page_leads_where_the_role_may_not_go(people: People, filled: dict[str, str], role: Role) -> None:
    person = people(role)
    pages = [
        "/",
        *(f"/help/{topic}" for topic in TOPICS),
        "/actions",
        "/themes",
        "/reviews",
        "/files",
        "/search?q=neglect",
    ]
    if role is Role.REVIEWER:
        pages += [
            f"/reviews/{filled['letter']}",
            f"/actions/{filled['ref']}",
            f"/recommendations/{filled['identifier']}",
        ]
    led = {address: page for page in pages for address in re.findall(r'<a [^>]*href="(/[^"#]*)', person.get(page).text)}
    for address in sorted({one.partition("?")[0] for one in led if not one.startswith("/files/")}):
        assert person.get(address).status_code != 403, f"{address} is offered to a {role}"


def test_what_may_not_be_seen_answers_as_what_is_not_there(
    people: People, house: House, filled: dict[str, str]
) -> None:
    viewer, hidden, nothing = people(Role.VIEWER), filled["letter"], "ZZ"
    draft, ref = filled["identifier"], filled["ref"]
    for one, there, none in (
        ("/search?q=neglect&review={}", hidden, nothing), ("/search?review={}", hidden, nothing),
        ("/api/v1/search?q=neglect&review={}", hidden, nothing), ("/api/v1/reviews/{}", hidden, nothing),
        ("/api/v1/recommendations?review={}", hidden, nothing), ("/reviews/{}", hidden, nothing),
        ("/recommendations?review={}", hidden, nothing), ("/actions?review={}", hidden, nothing),
        ("/reviews/{}/report.pdf", hidden, nothing), ("/reviews/{}/pages/1.png", hidden, nothing),
        ("/search?like={}", draft, "r-000000000000"), ("/recommendations/{}", draft, "r-000000000000"),
        ("/recommendations/{}/page.png", draft, "r-000000000000"), ("/api/v1/recommendations/{}", draft, "r-000000000000"),
        ("/api/v1/recommendations/{}/similar", draft, "r-000000000000"), ("/actions/{}", ref, "4.99"),
        ("/api/v1/actions/{}", ref, "4.99"),
    ):  # fmt: skip
        hides, lacks = (viewer.get(one.format(name)) for name in (there, none))
        assert (hides.status_code, hides.text) == (lacks.status_code, lacks.text.replace(none, there)), one


def test_pictures_and_reports_of_drafts_are_refused_to_viewers(
    people: People, house: House, filled: dict[str, str]
) -> None:
    viewer, reviewer = people(Role.VIEWER), people(Role.REVIEWER)
    for one in (
        f"/reviews/{filled['letter']}/report.pdf", f"/reviews/{filled['letter']}/pages/1.png",
        f"/recommendations/{filled['identifier']}/page.png",
    ):  # fmt: skip
        assert viewer.get(one).status_code == 404, one
        assert reviewer.get(one).status_code == 200, one
    published = viewer.get("/reviews/F/pages/1.png")
    assert (published.status_code, published.headers["content-type"]) == (200, "image/png")
    assert published.content.startswith(b"\x89PNG")
    report = viewer.get("/reviews/F/report.pdf")
    assert report.content.startswith(b"%PDF") and report.headers["content-disposition"].startswith("attachment")


def test_an_address_that_is_none_says_so_in_the_form_that_was_asked_for(somebody: Person) -> None:
    page = somebody.get("/nothing/here")
    assert page.status_code == 404 and "There is no page at this address" in words(page)
    assert somebody.get("/api/v1/nothing").json() == {
        "error": "There is no page at this address. Check the address, or start from Home."
    }
    assert somebody.get("/actions/9.9").status_code == 404
    assert somebody.get("/reviews/../../etc/passwd").status_code == 404
    assert somebody.client.delete("/actions/1.1").status_code == 405


def test_what_nobody_foresaw_is_a_page_that_tells_nothing_of_the_inside(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fastapi.testclient import TestClient

    from review.pages import reviews

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(reviews, "whole_review", fails)
    client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    answer = client.get("/reviews/F")
    assert answer.status_code == 500
    assert "Something unexpected went wrong" in answer.text and "the inside" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
