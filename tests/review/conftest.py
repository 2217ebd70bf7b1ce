"""The web application over a plan of five real reviews, and people of every role who use it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from domain.records import RecommendationRow
from domain.states import Outcome, Role, Visibility
from plan import accounts as stored
from plan import reading
from plan.deciding import set_visibility
from review.app import create_app
from services import accounts, deciding
from services.house import House
from tests.review.browsing import CHROMIUM, PASSWORD, Site, served
from tests.services import making

ADDRESS = "http://127.0.0.1:8000"


def every_id_is_one_places(answer: httpx.Response) -> None:
    """Whatever page a test opens: a label that names two fields leads into the wrong one."""
    if answer.headers.get("content-type", "").startswith("text/html"):
        answer.read()
        twice = [name for name, n in Counter(re.findall(r'\sid="([^"]*)"', answer.text)).items() if n > 1]
        assert not twice, f"{answer.url} has more than one place called {twice}"


class Person:
    """Somebody at a browser: remembers cookies, and sends forms with the word of the page that they come from."""

    def __init__(self, app: FastAPI, name: str = "") -> None:
        self.app = app
        self.name = name
        self.client = TestClient(app, base_url=ADDRESS, follow_redirects=False)
        self.client.event_hooks["response"].append(every_id_is_one_places)

    def get(self, address: str, **more: Any) -> httpx.Response:
        """A page."""
        return self.client.get(address, **more)

    def word(self, page: str = "/help") -> str:
        """The word that this person's forms carry."""
        found = re.search(r'name="form_word" value="([^"]+)"', self.get(page).text)
        return found[1] if found else str(self.app.state.form_word)

    def send(self, address: str, /, *, files: Any = None, follow: bool = True, **fields: Any) -> httpx.Response:
        """A form; gives the page that it leads to."""
        given = {"form_word": self.word(), **fields}
        answer = self.client.post(address, data=given, files=files)
        while follow and answer.status_code == 303:
            answer = self.get(answer.headers["location"])
        return answer

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        """Sign in; gives the answer to the form."""
        word = self.word("/sign-in")
        return self.client.post("/sign-in", data={"form_word": word, "name": name, "password": password, **more})


def words(answer: httpx.Response) -> str:
    """What a page says, without its marks, white space folded."""
    text = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", answer.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    making.keep_warm(monkeypatch)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Outputs with a plan of the five reviews: F is published, the others are drafts."""
    outputs = making.copy_of_plan(tmp_path / "outputs")
    (tmp_path / "corpus").mkdir()
    with making.house(outputs) as house:
        set_visibility(house.plan, "F", Visibility.PUBLISHED, who="A. Tester")
    return outputs


@pytest.fixture
def house(plan: Path) -> Iterator[House]:
    """A desk beside the application's, to look at what it did."""
    with making.house(plan) as house:
        yield house


@pytest.fixture
def app(plan: Path) -> Iterator[FastAPI]:
    """The application."""
    app = create_app(making.settings(plan, plan.parent / "corpus"), warm=False)
    with TestClient(app, base_url=ADDRESS):
        yield app


@pytest.fixture
def somebody(app: FastAPI) -> Person:
    """A person at this computer, while there are no accounts."""
    return Person(app)


@cache
def _kept_of_password() -> str:
    """What a plan keeps of the password of everybody here, by which it is checked. Made once: to make it is slow on purpose."""
    return accounts._hashed(PASSWORD, "A person")


def let_everybody_in(house: House) -> None:
    """An account of every role, with one and the same password."""
    for role in reversed(Role):
        stored.add_account(house.plan, f"A {role}", role, _kept_of_password(), who=house.who)


@pytest.fixture
def people(app: FastAPI, house: House) -> Callable[[Role | None], Person]:
    """A person of a role, signed in; None: a stranger. There are accounts from then on."""
    let_everybody_in(house)

    def person(role: Role | None) -> Person:
        one = Person(app, f"A {role}" if role else "")
        if role is not None:
            assert one.sign_in(one.name).status_code == 303
        return one

    return person


def waiting(house: House, letter: str = "") -> RecommendationRow:
    rows = reading.recommendations(house.plan)
    return next(
        r for r in rows if not r.decided and r.outcome is Outcome.PROPOSED and (not letter or r.review_letter == letter)
    )


def unsure_with_a_second(house: House) -> RecommendationRow:
    """One of which the model is unsure, and names a second quadrant all the same."""
    rows = reading.recommendations(house.plan)
    return next(r for r in rows if r.unsure and r.secondary and not r.decided and r.outcome is Outcome.PROPOSED)


def row_of(house: House, identifier: str) -> RecommendationRow:
    return reading.recommendation(house.plan, identifier)


@pytest.fixture
def ref(house: House) -> str:
    """An action that can be edited."""
    row = waiting(house)
    return deciding.adopt(house, row.id, quadrant="Q2", why="", lead_agency="Police", target_date="2027-03-31").ref


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "The browser tests need Chromium: make test installs it on Debian; elsewhere install it by hand."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One application for the module: the plan of five reviews, some decided, some actions, an account of every role."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "corpus").mkdir()
    outputs = making.copy_of_plan(folder / "outputs")
    settings = making.settings(outputs, folder / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        making.keep_warm(patch)
        with making.house(outputs) as house:
            set_visibility(house.plan, "F", Visibility.PUBLISHED, who="A. Tester")
            for n, row in enumerate(r for r in reading.recommendations(house.plan) if r.review_letter == "F"):
                if n < 5:
                    deciding.adopt(
                        house, row.id, quadrant=f"Q{n % 4 + 1}", why="", target_date=["2020-01-31", "Ongoing"][n % 2]
                    )
            let_everybody_in(house)
            with served(settings) as address:
                yield Site(address, house)
