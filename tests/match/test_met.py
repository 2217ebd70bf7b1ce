"""Families of regular expressions: what is found is what each of them would find by itself."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from match.met import Met, letters_of
from match.subjects import ACTORS, ASPECTS, PEOPLE, SUBJECTS

FAMILIES = (SUBJECTS, ASPECTS, PEOPLE, ACTORS)
EVERY = [pattern for family in FAMILIES for alternatives in family.values() for pattern in alternatives]
EXAMPLES = Path(__file__).parents[2] / "models" / "examples"


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"traffick", "traffick"),
        (r"polic(?:y|ies)\b", "polic"),
        (r"safe(?:r)? sleep", " sleep"),
        (r"genograms?\b", "genogram"),
        (r"(?<!parenting )\b[Bb]oard\b(?! and lodging)", "oard"),
        (r"interview\w*.{0,30}(?:missing|return)", "interview"),
        (r"ab{2}c", "a"),
        (r"ab+c", "ab"),
        (r"\bcse\b", "cse"),
        (r"(?:used?|uses)", ""),
        (r"this|that", ""),
    ],
)
def test_the_letters_that_every_match_has(pattern: str, letters: str) -> None:
    assert letters_of(pattern) == letters


def test_nearly_every_expression_of_the_field_has_such_letters() -> None:
    assert sum(not letters_of(pattern) for pattern in EVERY) < len(EVERY) / 20


@given(st.data())
def test_whatever_an_expression_matches_has_its_letters(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(EVERY))
    text = data.draw(st.from_regex(pattern))
    assert letters_of(pattern) in text


def test_what_examples_meet_is_what_each_expression_finds_by_itself() -> None:
    lines = chain.from_iterable(f.read_text("utf-8").splitlines() for f in sorted(EXAMPLES.glob("*.jsonl")))
    texts = [json.loads(line)["text"] for number, line in enumerate(lines) if number % 40 == 0]
    for family in FAMILIES:
        met = Met(family)
        plainly = {name: re.compile("|".join(alternatives)) for name, alternatives in family.items()}
        for text in chain(texts, map(str.lower, texts)):
            found = frozenset(name for name, pattern in plainly.items() if pattern.search(text))
            assert met(text) == found
            some = frozenset(list(found)[:1])
            assert met(text, besides=some) == found - some
