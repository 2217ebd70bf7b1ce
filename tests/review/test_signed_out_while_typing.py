"""What somebody typed while they were being signed out: never lost without a word, and never shown to another."""

from collections.abc import Callable

from domain.states import Role
from plan import reading
from review.unsent import KEPT_SECONDS, LONGEST, MOST_KEPT, MOST_OF_ONE, UnsentForms
from services.house import House
from tests.review.conftest import Person, words

People = Callable[[Role | None], Person]
NOTE = "Asked every school.\nTwo have answered."


def sent_while_signed_out(lead: Person, ref: str, **given: str) -> str:
    """A note that is sent after signing out in another tab; gives the address that it leads to."""
    word = lead.word(f"/actions/{ref}")
    lead.send("/sign-out", follow=False)
    answer = lead.client.post(
        f"/actions/{ref}/progress", data={"form_word": word, "note": NOTE, "why": "", **given},
        headers={"referer": f"http://127.0.0.1:8000/actions/{ref}"},
    )  # fmt: skip
    assert answer.status_code == 303
    return str(answer.headers["location"])


def onward_of(answer_location: str) -> str:
    return answer_location.partition("next=")[2].partition("&")[0].replace("%2F", "/")


def test_a_note_is_kept_and_sent_after_signing_in(people: People, house: House, ref: str) -> None:
    lead = people(Role.LEAD)
    place = sent_while_signed_out(lead, ref)
    said = words(lead.get(place))
    assert "was not saved, because you had been signed out" in said and "It is kept for you" in said
    assert "Asked every school" not in said, "nobody is signed in: it may be somebody else by now"
    answer = lead.sign_in("A lead", next=onward_of(place))
    page = lead.get(answer.headers["location"])
    assert "Asked every school." in words(page) and f'action="/actions/{ref}/progress"' in page.text
    assert f'href="/actions/{ref}"' in page.text
    assert reading.action(house.plan, ref).progress == ""
    sent = lead.send(f"/actions/{ref}/progress", note=NOTE, unsent=onward_of(place).rpartition("/")[2])
    assert "is noted" in words(sent)
    assert reading.action(house.plan, ref).progress == NOTE
    assert lead.get(onward_of(place)).status_code == 404, "what was saved is not kept"


def test_it_is_shown_to_nobody_else(people: People, ref: str) -> None:
    lead, other = people(Role.LEAD), people(Role.ADMINISTRATOR)
    place = onward_of(sent_while_signed_out(lead, ref))
    page = other.get(place)
    assert page.status_code == 404 and "Asked every school" not in page.text
    assert people(None).get(place).status_code == 303
    assert lead.sign_in("A lead").status_code == 303
    assert "Asked every school" in words(lead.get(place))
    assert "dropped" in words(lead.send(f"{place}/forget"))
    assert lead.get(place).status_code == 404


def test_the_same_person_in_a_new_session_finds_it_at_once(people: People, house: House, ref: str) -> None:
    lead = people(Role.LEAD)
    word = lead.word()
    lead.send("/sign-out", follow=False)
    lead.sign_in("A lead")
    answer = lead.client.post(f"/actions/{ref}/progress", data={"form_word": word, "note": NOTE})
    assert answer.status_code == 303
    assert "Asked every school" in words(lead.get(answer.headers["location"]))
    assert reading.action(house.plan, ref).progress == "", "a form of an ended session writes nothing by itself"
    other = people(Role.ADMINISTRATOR)
    assert other.client.post(f"/actions/{ref}/progress", data={"form_word": word, "note": NOTE}).status_code == 403


def test_what_cannot_be_kept_is_said(people: People, ref: str) -> None:
    stranger, lead = people(None), people(Role.LEAD)
    for given in ({"form_word": "nobody's", "note": NOTE}, {"form_word": lead.word(), "note": "x" * (LONGEST + 1)}):
        answer = stranger.client.post(f"/actions/{ref}/progress", data=given)
        assert answer.headers["location"] == "/sign-in?next=%2F&lost=yes"
        said = words(stranger.get(answer.headers["location"]))
        assert "was not saved" in said and "could not be kept" in said
    administrator = people(Role.ADMINISTRATOR)
    given = {"form_word": administrator.word(), "do": "add", "name": "Bo", "password": "four words that last"}
    assert "lost=yes" in stranger.client.post("/people", data=given).headers["location"], "no password is kept"


def test_few_forms_are_kept_and_not_for_long() -> None:
    now = [0.0]
    forms = UnsentForms(lambda: now[0])
    keys = [forms.keep("Ana", "/a", "/", (("note", str(n)),)) for n in range(MOST_OF_ONE + 2)]
    assert [forms.of("Ana", key) is not None for key in keys] == [False] * 2 + [True] * MOST_OF_ONE
    for n in range(MOST_KEPT):
        forms.keep(f"person {n}", "/a", "/", ())
    assert forms.of("Ana", keys[-1]) is None
    last = forms.keep("Bo", "/a", "/", ())
    now[0] = KEPT_SECONDS + 1
    assert forms.of("Bo", last) is None


def test_the_first_administrator_is_told_to_sign_in(somebody: Person) -> None:
    page = somebody.send("/people", do="add", name="Ana", role="administrator", password="four words that last")
    assert page.url.path == "/sign-in"
    assert "The account is made. From now on everybody signs in" in words(page)
