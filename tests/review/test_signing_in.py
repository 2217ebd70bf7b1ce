"""Accounts at work: signing in and out, wrong passwords, forms of other sites, hosts, proxies, tokens."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from domain.errors import NotAllowed, UsageError
from domain.states import Role
from review.app import create_app
from review.throttle import FREE_TRIES
from services import accounts
from services.house import House
from tests.review.conftest import ADDRESS, PASSWORD, Person, words
from tests.services import making

People = Callable[[Role | None], Person]


def test_without_accounts_this_computer_works_under_its_own_name(somebody: Person) -> None:
    page = somebody.get("/")
    assert page.status_code == 200
    assert "There are no accounts yet" in words(page)
    assert somebody.get("/sign-in").headers["location"] == "/"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_without_accounts_nobody_comes_in_through_a_proxy(somebody: Person, header: str) -> None:
    for address in ("/", "/people", "/api/v1/actions"):
        answer = somebody.get(address, headers={header: "198.51.100.7"})
        assert answer.status_code == 403 and "nobody through a proxy" in answer.text


def test_from_the_first_account_on_everybody_signs_in(somebody: Person, house: House) -> None:
    with pytest.raises(NotAllowed, match="first account must be an administrator's"):
        accounts.add_person(house, "Bo", Role.VIEWER, PASSWORD)
    answer = somebody.send("/people", do="add", name="Ada", role="administrator", password=PASSWORD)
    assert "Sign in" in words(answer)
    assert somebody.get("/actions").headers["location"] == "/sign-in?next=%2Factions"


def test_signing_in_leads_to_where_one_wanted_to_go(people: People) -> None:
    person = people(None)
    there = person.get("/actions?show=overdue")
    page = person.get(there.headers["location"])
    assert 'value="/actions?show=overdue"' in page.text
    answer = person.sign_in("a reviewer", next="/actions?show=overdue")
    assert (answer.status_code, answer.headers["location"]) == (303, "/actions?show=overdue")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert "A reviewer" in words(person.get("/"))


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\nx", "\\\\x"]
)
def test_nobody_is_led_to_another_site(people: People, onward: str) -> None:
    assert people(None).sign_in("A reviewer", next=onward).headers["location"] == "/"


def test_a_wrong_password_and_a_name_that_nobody_has_read_the_same(people: People) -> None:
    person = people(None)
    answers = [person.sign_in("A lead", "wrong password here"), person.sign_in("Nobody", "wrong password here")]
    assert [answer.status_code for answer in answers] == [401, 401]
    said = [re.sub("A lead|Nobody", "X", answer.text) for answer in answers]
    assert said[0] == said[1]
    assert "set-cookie" not in answers[0].headers


def test_wrong_passwords_wait_and_keep_out_nobody_else(people: People, app: FastAPI) -> None:
    attacker = people(None)
    for _ in range(FREE_TRIES):
        assert attacker.sign_in("A lead", "wrong password here").status_code == 401
    refused = attacker.sign_in("A lead", PASSWORD)
    assert refused.status_code == 429 and "Too many wrong passwords" in words(refused)
    assert int(refused.headers["retry-after"]) >= 1
    elsewhere = Person(app)
    elsewhere.client = TestClient(app, base_url=ADDRESS, follow_redirects=False, client=("10.0.0.9", 5000))
    assert elsewhere.sign_in("A lead").status_code == 303, "the person whose name it is comes in from elsewhere"
    assert attacker.sign_in("A reviewer").status_code == 303, "and others from the same place under their own"


def test_signing_out_ends_the_session_and_not_only_the_cookie(people: People) -> None:
    person = people(Role.REVIEWER)
    cookie = dict(person.client.cookies)
    person.send("/sign-out")
    assert person.get("/labels").status_code == 303
    person.client.cookies.update(cookie)
    assert person.get("/labels").status_code == 303


def test_a_session_that_is_over_asks_to_sign_in_again(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    person = people(Role.REVIEWER)
    monkeypatch.setattr(accounts, "IDLE", timedelta(seconds=-1))
    assert person.get("/labels").status_code == 303


def test_what_a_role_may_changes_at_once(people: People, house: House) -> None:
    person = people(Role.LEAD)
    assert person.get("/activity").status_code == 200
    accounts.change_role(house, person.name, "viewer")
    assert person.get("/activity").status_code == 403
    accounts.close_account(house, person.name)
    assert person.get("/").status_code == 303


def test_a_form_without_the_word_of_its_session_does_nothing(people: People, house: House) -> None:
    person, other = people(Role.ADMINISTRATOR), people(Role.LEAD)
    for word in ("", "x", other.word(), str(person.app.state.form_word)):
        answer = person.client.post("/people", data={"form_word": word, "do": "close", "name": "A lead"})
        assert answer.status_code == 403 and "open for too long" in words(answer)
    assert accounts.person(house, "A lead").active


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_does_nothing_though_it_knew_the_word(people: People, headers: dict[str, str]) -> None:
    person = people(Role.ADMINISTRATOR)
    data = {"form_word": person.word(), "do": "close", "name": "A lead"}
    answer = person.client.post("/people", data=data, headers=headers)
    assert answer.status_code == 403 and "another site" in answer.text


def test_another_name_for_this_computer_is_not_served(app: FastAPI) -> None:
    client = TestClient(app, base_url="http://rebound.example:8000")
    assert client.get("/").status_code == 421
    assert TestClient(app, base_url="http://localhost:8000").get("/").status_code == 200
    assert TestClient(app, base_url="http://[::1]:8000").get("/").status_code == 200


def test_every_answer_keeps_the_browser_strict(people: People, somebody: Person) -> None:
    for address in ("/sign-in", "/static/style.css", "/nothing", "/api/v1/actions"):
        headers = somebody.get(address).headers
        assert "script-src 'self'" in headers["content-security-policy"], address
        assert "unsafe" not in headers["content-security-policy"], address
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY"), address
        assert ("no-store" in headers["cache-control"]) is not address.startswith("/static"), address


def test_no_page_has_anything_inline_that_the_policy_would_stop(app: FastAPI) -> None:
    from review.rendering import HERE

    for file in (HERE / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)|javascript:", text), file.name
        assert "|safe" not in text and "autoescape" not in text, file.name
        for address in re.findall(r'(?:src|href|action)="([^"]+)"', text):
            assert address.startswith(("/", "#", "?", "{{")), f"{file.name} leads away: {address}"


@pytest.mark.parametrize("password", ["short", "x" * 201, "aaaaaaaaaaaaaaaa", "Bo Bo Bo Bo bo"])
def test_a_password_that_is_easy_to_guess_is_refused(house: House, password: str) -> None:
    with pytest.raises(UsageError, match="password"):
        accounts.add_person(house, "Bo", Role.ADMINISTRATOR, password)
    assert accounts.everybody(house) == ()


def test_passwords_and_words_are_nowhere_in_the_plan(people: People, plan: Path) -> None:
    person = people(Role.ADMINISTRATOR)
    page = person.send("/people/tokens", do="make", name="A viewer", purpose="dashboard")
    token = re.search(r"cap_[\w-]+", page.text)
    assert token is not None
    held = b"".join(file.read_bytes() for file in plan.glob("cap.db*"))
    for secret in (PASSWORD, token[0], person.client.cookies["throughline"]):
        assert secret.encode() not in held
    assert b"$argon2id$" in held


def test_a_token_reads_what_its_person_sees_until_it_is_revoked(people: People, app: FastAPI) -> None:
    admin = people(Role.ADMINISTRATOR)
    words_of = {}
    for name in ("A viewer", "A lead"):
        page = admin.send("/people/tokens", do="make", name=name, purpose=f"board of {name}")
        words_of[name] = re.findall(r"cap_[\w-]+", page.text)[0]
    program = TestClient(app, base_url=ADDRESS)

    def total(name: str) -> int:
        answer = program.get("/api/v1/reviews", headers={"Authorization": f"Bearer {words_of[name]}"})
        return int(answer.json()["total"]) if answer.status_code == 200 else -answer.status_code

    assert (total("A viewer"), total("A lead")) == (1, 5)
    # A token opens no page, and changes nothing.
    assert (
        program.get(
            "/reviews", headers={"Authorization": f"Bearer {words_of['A lead']}"}, follow_redirects=False
        ).status_code
        == 303
    )
    admin.send("/people/tokens", do="revoke", number="1")
    assert (total("A viewer"), total("A lead")) == (-401, 5)
    assert program.get("/api/v1/reviews", headers={"Authorization": "Bearer cap_nothing"}).status_code == 401


def proxied(plan: Path, **more: str) -> FastAPI:
    settings = making.settings(plan, plan.parent / "corpus", **more)
    return create_app(settings, warm=False)


def test_a_trusted_proxy_names_the_person_and_nobody_else_does(people: People, plan: Path) -> None:
    people(None)
    app = proxied(plan, proxy="10.0.0.1", proxy_header="X-Remote-User")
    said = {"X-Remote-User": "a lead"}

    def ask(place: str, headers: dict[str, str]) -> int:
        client = TestClient(app, base_url=ADDRESS, client=(place, 5000), follow_redirects=False)
        return client.get("/activity", headers=headers).status_code

    assert ask("10.0.0.1", said) == 200
    assert ask("10.0.0.2", said) == 303, "anybody can send the header; only the proxy is believed"
    assert ask("10.0.0.1", {}) == 303
    assert ask("10.0.0.1", {"X-Remote-User": "A viewer"}) == 403
    assert ask("10.0.0.1", {"X-Remote-User": "Nobody"}) == 403


def test_behind_a_proxy_one_who_guesses_makes_nobody_else_wait(people: People, plan: Path) -> None:
    people(None)
    app = proxied(plan, proxy="10.0.0.1")

    def tries(place: str, seen: str, name: str, password: str) -> int:
        client = TestClient(app, base_url=ADDRESS, client=(place, 5000), follow_redirects=False)
        data = {"form_word": app.state.form_word, "name": name, "password": password}
        return client.post("/sign-in", data=data, headers={"X-Forwarded-For": seen}).status_code

    for _ in range(FREE_TRIES):
        assert tries("10.0.0.1", "198.51.100.7", "A lead", "wrong password here") == 401
    assert tries("10.0.0.1", "198.51.100.7", "A lead", PASSWORD) == 429
    assert tries("10.0.0.1", "198.51.100.7, 203.0.113.9", "A lead", PASSWORD) == 303, "the last is what the proxy saw"
    # Whoever is not the proxy cannot say where they come from.
    for n in range(FREE_TRIES):
        assert tries("10.0.0.2", f"192.0.2.{n}", "A viewer", "wrong password here") == 401
    assert tries("10.0.0.2", "192.0.2.99", "A viewer", PASSWORD) == 429


def test_the_word_of_a_proxy_is_off_unless_it_is_set(people: People, plan: Path) -> None:
    people(None)
    client = TestClient(proxied(plan), base_url=ADDRESS, client=("10.0.0.1", 5000), follow_redirects=False)
    for name in ("X-Remote-User", "X-Forwarded-User", "Remote-User", ""):
        headers = {name: "A lead"} if name else {}
        assert client.get("/activity", headers=headers).status_code == 303
