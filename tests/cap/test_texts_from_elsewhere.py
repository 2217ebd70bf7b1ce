"""`cap classify` and `cap repeats` read what other programs write, and say which line they cannot."""

import json
from pathlib import Path

import pytest

from tests.cap.conftest import Cap

GOOD = b'{"id": "a", "text": "Train all staff."}\n'


@pytest.mark.parametrize("command", ["classify", "repeats"])
@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"Train all staff.", "Line 2 is not a JSON object"),
        (b"[1, 2]", "Line 2 is not a JSON object"),
        (b'"text"', "Line 2 is not a JSON object"),
        (b"null", "Line 2 is not a JSON object"),
        (b'{"id": "b"}', "Line 2 is not a JSON object"),
        (b'{"text": "b"}', "Line 2 is not a JSON object"),
        (b'{"id": "b", "text": 7}', 'Line 2: "text" is not a text'),
        (b'{"id": "b", "text": null}', 'Line 2: "text" is not a text'),
        (b'{"id": "a", "text": "again"}', "Line 2: the id a is used twice"),
        (b'{"id": "b", "text": "caf\xe9"}', "in UTF-8"),
        (b'{"id": "b", "text": "half \\ud835"}', "half of a character pair"),
        (b'{"id": "\\udc00", "text": "half"}', "half of a character pair"),
        (b"[" * 100_000, "Line 2 is not a JSON object"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_answered(
    cap: Cap, command: str, line: bytes, words: str
) -> None:
    ended = cap(command, "--jsonl", stdin=GOOD + line + b"\n")
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "Nothing was answered." in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["classify", "repeats"])
def test_nothing_in_is_nothing_out(cap: Cap, desk: Path, command: str) -> None:
    ended = cap(command, stdin=b"\n  \n")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert not (desk / "outputs").exists()


def test_a_mark_at_the_start_empty_lines_and_signs_of_all_kinds_are_taken(cap: Cap) -> None:
    texts = {"1": "Überprüfung – “quoted” 🙂 \u2028 of all", "2": " ", "3": "x" * 20_000, "4": "=HYPERLINK()\x00"}
    given = "\n\n".join(json.dumps({"id": i, "text": t}, ensure_ascii=False) for i, t in texts.items())
    ended = cap("classify", stdin=b"\xef\xbb\xbf" + given.encode())
    assert ended.code == 0, ended.err
    assert [json.loads(line)["id"] for line in ended.out.splitlines()] == list(texts)


def test_an_answer_does_not_depend_on_its_neighbours(cap: Cap) -> None:
    other = b'{"id": "z", "text": "The police should record every visit."}\n'
    alone, beside = cap("classify", stdin=GOOD), cap("classify", stdin=other + GOOD)
    assert alone.out == beside.out.splitlines(keepends=True)[1]


def test_a_text_that_says_the_same_thrice_is_one_group(cap: Cap) -> None:
    texts = [json.dumps({"id": i, "text": "The Board should relaunch its escalation policy."}) for i in range(3)]
    (group,) = [json.loads(line) for line in cap("repeats", stdin="\n".join(texts)).out.splitlines()]
    assert group["group"] == ["0", "1", "2"]
