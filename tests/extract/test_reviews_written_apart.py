"""Sixteen fictional reviews, written apart from the code from a list of the ways in which real reviews put a
recommendation, with answers that were fixed before the first run. The floors are what was reached; they only go up."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract.ocr_tools import recogniser
from extract.reader import read_json

FOLDER = Path(__file__).parent / "reviews"
ANSWERS: dict[str, dict[str, Any]] = {
    review["file"]: review for review in tomllib.loads((FOLDER / "answers.toml").read_text("utf-8"))["review"]
}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))


def likeness(a: list[str], b: list[str]) -> float:
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b)) if a or b else 1.0


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    return {name: read_json(str(FOLDER / name), name) for name in ANSWERS}


def matched(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[int, int]]:
    pairs = sorted(
        (
            (likeness(words(e["text"]), words(f["text"])), i, j)
            for i, e in enumerate(expected)
            for j, f in enumerate(found)
        ),
        reverse=True,
    )
    out: list[tuple[int, int]] = []
    for score, i, j in pairs:
        if score >= 0.8 and all(i != a and j != b for a, b in out):
            out.append((i, j))
    return out


def test_what_is_reached_is_not_lost(read: dict[str, dict[str, Any]]) -> None:
    expected = found = right = exact = 0
    for name, answer in ANSWERS.items():
        if "rejected" in read[name] and answer.get("scan") and not recogniser().ready:
            continue
        gold, got = answer.get("recommendation", []), read[name].get("recommendations", [])
        pairs = matched(gold, got)
        expected, found, right = expected + len(gold), found + len(got), right + len(pairs)
        exact += sum(words(gold[i]["text"]) == words(got[j]["text"]) for i, j in pairs)
    assert right / found >= 0.89
    assert right / expected >= 0.83
    assert exact / expected >= 0.81


def test_a_review_without_recommendations_yields_none(read: dict[str, dict[str, Any]]) -> None:
    for name, answer in ANSWERS.items():
        if not answer.get("recommendation"):
            assert read[name]["recommendations"] == []


def test_what_was_missed_in_prose_waits_for_a_person(read: dict[str, dict[str, Any]]) -> None:
    """Recommendations that stand in running prose are no items yet; not one of them is dropped in silence."""
    name = "scr-child-v.pdf"
    possible = " ".join(" ".join(words(p["text"])) for p in read[name]["possible"])
    assert all(" ".join(words(r["text"])) in possible for r in ANSWERS[name]["recommendation"])


def test_what_each_review_says_of_itself(read: dict[str, dict[str, Any]]) -> None:
    keys = {"title": "title", "reference": "case_ref", "type": "review_type", "publisher": "publisher"}
    keys |= {"lead_reviewer": "lead_reviewer", "published": "published"}
    for name, answer in ANSWERS.items():
        if not answer.get("scan"):
            got = read[name]["review"]
            assert {key: got[ours] for key, ours in keys.items()} == {key: answer.get(key) for key in keys}, name
            assert set(got["places"].values()) == {1}
