"""Our own fictional sample reviews: everything that their description states, and nothing beside it.

The one that is a scan takes long, and is held to its description where all samples are taken in: tests/cap/test_a_first_hour.py.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.reader import read_json

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
SCAN = "scr-child-c.pdf"
STORIES: list[dict[str, Any]] = tomllib.loads((SAMPLES / "samples.toml").read_text(encoding="utf-8"))["review"]
REVIEWS = [story for story in STORIES if story["file"] != SCAN]


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    return {review["file"]: read_json(str(SAMPLES / review["file"]), review["file"]) for review in REVIEWS}


@pytest.mark.parametrize("review", REVIEWS, ids=lambda r: r["file"])
def test_every_recommendation_with_its_place_and_fields(
    results: dict[str, dict[str, Any]], review: dict[str, Any]
) -> None:
    found = results[review["file"]]["recommendations"]
    wanted = review.get("recommendation", [])
    assert [(r["number"], r["text"]) for r in found] == [(w.get("number"), w["text"]) for w in wanted]
    for got, want in zip(found, wanted, strict=True):
        stated = {key: value for key, value in want.items() if key in got and key not in ("text", "addressee")}
        assert {key: got[key] for key in stated} == stated
        assert got["also_on"] == want.get("also_on", [])
        assert got["lead_in"] == want.get("lead_in")
        assert got["target_date"] == want.get("target_date")
        if "addressee" in want:
            assert got["addressee"] == want["addressee"]


@pytest.mark.parametrize("review", REVIEWS, ids=lambda r: r["file"])
def test_particulars(results: dict[str, dict[str, Any]], review: dict[str, Any]) -> None:
    got = results[review["file"]]["review"]
    keys = {"title": "title", "reference": "case_ref", "type": "review_type", "publisher": "publisher"}
    keys |= {"lead_reviewer": "lead_reviewer", "published": "published", "pages": "pages"}
    assert {key: got[ours] for key, ours in keys.items()} == {key: review.get(key) for key in keys}


SAID = {
    "spr-linden.pdf": ["No recommendations were found in this report. It says on page 3 that it makes none."],
}


@pytest.mark.parametrize("review", REVIEWS, ids=lambda r: r["file"])
def test_the_samples_are_read_whole(results: dict[str, dict[str, Any]], review: dict[str, Any]) -> None:
    result = results[review["file"]]
    assert (result["partial"], result["warnings"]) == (False, SAID.get(review["file"], []))
