"""Names of files that are sent, waiting after wrong passwords, paging, what is remembered, marks in texts."""

import io
import os
import re
import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from starlette.datastructures import UploadFile

from domain.errors import UsageError
from domain.framework import load_framework
from plan import reading
from review.guard import is_loopback
from review.pages.failure import FailurePage
from review.paging import listed, paging
from review.rendering import changes, day, in_titles, marked, moment, person
from review.sentences import without_commands
from review.throttle import FREE_TRIES, FREE_TRIES_OF_A_PLACE, LONGEST_WAIT, MOST_KEPT, Throttle
from review.uploads import KEPT_SECONDS, LONGEST_NAME, forget_sent, new_folder, safe_name, save_uploads
from services.house import House
from tests.review.conftest import Person, row_of, waiting, words
from tests.services import making


@given(st.text(max_size=300))
def test_a_files_name_is_never_a_path_and_never_empty(given_name: str) -> None:
    name = safe_name(given_name)
    assert name and name == name.strip() and not name.startswith((".", "-"))
    assert not set(name) & set('/\\:*?"<>|\0') and name.isprintable()
    assert len(name) <= LONGEST_NAME + 6
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Child F – final (v2).pdf", "Child F – final (v2).pdf"),
        ("C:\\Users\\me\\report.PDF", "report.PDF"),
        ("../../etc/passwd", "passwd"),
        ("", "file"),
        (".pdf", "pdf"),
        ("nul.pdf", "file nul.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("Älteste Übersicht.docx", "Älteste Übersicht.docx"),
    ],
)
def test_a_files_name_stays_as_people_know_it(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_files_of_one_name_are_two_and_a_pdf_is_called_one(tmp_path: Path) -> None:
    sent = [UploadFile(io.BytesIO(content), filename=name) for name, content in (
        ("a.pdf", b"%PDF-1.7 one"), ("a.pdf", b"%PDF-1.7 two"), ("report.txt", b"%PDF-1.7 three"), ("b.html", b"<html>"),
    )]  # fmt: skip
    files = save_uploads(tmp_path, sent)
    assert [file.name for file in files] == ["a.pdf", "a (2).pdf", "report.txt.pdf", "b.html"]
    assert files[1].read_bytes() == b"%PDF-1.7 two"
    with pytest.raises(UsageError, match="Choose at least one"):
        save_uploads(tmp_path, [])


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_waiting_doubles_and_is_forgotten_by_a_right_password() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    waits = []
    for _ in range(FREE_TRIES + 4):
        waits.append(throttle.wait("here", "Ana"))
        clock.now += waits[-1]
        throttle.wrong("here", " ANA ")
    assert waits[:FREE_TRIES] == [0.0] * FREE_TRIES
    assert waits[FREE_TRIES:] == [2.0, 4.0, 8.0, 16.0]
    assert throttle.wait("there", "Ana") == 0.0
    throttle.right("here", "ana")
    assert throttle.wait("here", "Ana") == 0.0


def test_one_place_cannot_try_many_names() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for number in range(FREE_TRIES_OF_A_PLACE):
        assert throttle.wait("here", f"name {number}") == 0.0
        throttle.wrong("here", f"name {number}")
    assert throttle.wait("here", "another name") > 0
    assert throttle.wait("there", "another name") == 0.0


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.floats(0, 5000)), max_size=60))
def test_nobody_waits_longer_than_the_longest_or_for_another(tries: list[tuple[str, str, float]]) -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for place, name, later in tries:
        clock.now += later
        throttle.wrong(place, name)
        assert 0 <= throttle.wait(place, name) <= LONGEST_WAIT
    assert throttle.wait("c", "x") == 0.0
    clock.now += 100_000
    assert throttle.wait("a", "x") == 0.0


def test_the_list_of_tries_does_not_grow_without_end() -> None:
    throttle = Throttle(Clock())
    for number in range(MOST_KEPT + 50):
        throttle.wrong(f"place {number}", "Ana")
    assert len(throttle._tries) <= MOST_KEPT + 2


@given(st.integers(0, 500), st.integers(-5, 500), st.integers(1, 60))
def test_pages_of_a_list_show_every_row_once(total: int, page: int, size: int) -> None:
    shown = [
        row for n in range(1, max(1, -(-total // size)) + 1) for row in listed(range(total), "/x", {}, n, size).rows
    ]
    assert shown == list(range(total))
    where = paging("/x", {"q": "a b&c", "empty": ""}, total, page, size)
    assert 0 <= where.first <= where.last <= total or total == 0
    assert (where.after == "") == (where.last >= total)
    assert "empty" not in where.before + where.after
    if where.after:
        assert "q=a+b%26c" in where.after


@given(
    st.text(alphabet=string.printable, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_a_marked_text_says_what_it_said(text: str, ranges: list[tuple[int, int]]) -> None:
    kept = tuple((min(a, b), max(a, b)) for a, b in ranges)
    out = marked(text, kept)
    assert Markup(re.sub(r"</?mark>", "", out)).unescape() == text


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False),
        ("10.0.0.1", False), ("example.org", False),
    ],
)  # fmt: skip
def test_what_is_reached_from_this_computer_alone(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


def test_days_and_changes_read_as_people_write_them() -> None:
    assert [day(words) for words in ("2026-11-26", "2021-09", "2019", None, "Ongoing")] == [
        "26 November 2026", "September 2021", "2019", "", "Ongoing",
    ]  # fmt: skip
    assert changes('{"a_b":"x","same":1,"gone":["p","q"]}', '{"a_b":null,"same":1,"new":true}') == [
        ("a b", "x", ""), ("gone", "p, q", ""), ("new", "", "yes"),
    ]  # fmt: skip
    assert in_titles("The words fit Q4 and Q1.", load_framework()).count("“") == 2


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("There is no account Bo. Run `cap users list` to see which there are.", "There is no account Bo."),
        (
            "There is no action 9.9 in the plan. References look like 2.3; `cap export` lists them.",
            "There is no action 9.9 in the plan.",
        ),
        ("Say why: the plan keeps every reason.", "Say why: the plan keeps every reason."),
        ("There is no review Q; cap run lists them.", "There is no review Q."),
        ("Handicapped access to the cap is no command.", "Handicapped access to the cap is no command."),
    ],
)
def test_messages_on_pages_name_no_command(said: str, shown: str) -> None:
    assert without_commands(said) == shown


def test_what_was_sent_is_let_go_when_it_lies_elsewhere_and_swept_when_it_is_old(tmp_path: Path) -> None:
    settings = making.settings(tmp_path / "outputs", tmp_path / "corpus")
    folders = [new_folder(settings) for _ in range(3)]
    files = [folder / "a.pdf" for folder in folders]
    for file in files:
        file.write_bytes(b"%PDF-")
    forget_sent(settings, [files[0], tmp_path / "corpus" / "b.pdf"])
    assert not folders[0].exists()
    around = making.settings(tmp_path / "outputs", tmp_path)
    forget_sent(around, files)
    assert files[1].exists(), "what lies in the corpus is the person's own"
    then = time.time() - KEPT_SECONDS - 60
    os.utime(folders[1], (then, then))
    fresh = new_folder(settings)
    assert sorted(settings.uploads.iterdir()) == sorted([folders[2], fresh])


def test_an_action_of_the_trail_is_told_in_the_words_of_people() -> None:
    framework = load_framework()
    said = changes(
        '{"secondary":"Q3","issues":["domestic-abuse"],"applies_to_all":false,"target_date":"2026-12-30","home":"A"}',
        '{"secondary":null,"issues":[],"applies_to_all":true,"target_date":"2027-01-31","home":"A"}',
        framework,
    )
    assert said == [
        ("second quadrant", framework.title("Q3"), ""),
        ("issues", framework.title("domestic-abuse"), ""),
        ("answers all reviews", "no", "yes"),
        ("target date", "30 December 2026", "31 January 2027"),
    ]
    assert [person(who) for who in ("run-9ef561b5a491", "Ana")] == ["the software", "Ana"]
    assert moment("2026-11-27T12:00:00.000000+00:00").startswith("27 November 2026, ")


def failure(sent: bool, status: int) -> bool:
    return FailurePage(status, "It cannot be.", sent=sent).typed


def test_only_after_a_form_is_there_something_typed_to_go_back_to() -> None:
    assert [failure(sent=True, status=status) for status in (400, 409)] == [True, True]
    assert not any(failure(sent=True, status=status) for status in (401, 403, 404, 413, 500, 503))
    assert not any(failure(sent=False, status=status) for status in (400, 404, 409, 500))


@pytest.mark.parametrize(
    ("typed", "stands", "told"),
    [
        ("30 June 2024", "2024-06-30", "It is overdue already: its target date is 30 June 2024."),
        ("", None, "It is action"),
        ("Ongoing", "Ongoing", "never becomes overdue"),
    ],
)
def test_the_date_that_a_review_asks_for_is_shown_and_can_be_emptied(
    somebody: Person, house: House, typed: str, stands: str | None, told: str
) -> None:
    row = waiting(house)
    making.change(
        house.settings.plan_file, "UPDATE recommendations SET target_date = '30 June 2024' WHERE id = ?", row.id
    )
    assert 'name="target_date" value="30 June 2024"' in somebody.get(f"/recommendations/{row.id}").text
    page = words(somebody.send(f"/recommendations/{row.id}/outcome", do="adopt", quadrant="Q2", target_date=typed))
    (ref,) = row_of(house, row.id).action_refs
    assert reading.action(house.plan, ref).target_date == stands
    assert told in page
