from typing import Any

import numpy as np
import pytest
import sqlite_utils
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.states import Outcome
from plan.actions import adopt, decide_label, set_status
from plan.ledger import fetch
from plan.search import fts_query, search
from tests.plan.making import ENCODER, FRAMEWORK

TEXTS = (
    "Schools should train staff to work with fathers.",
    "The board should audit supervision of practitioners.",
    "Agencies should share records of domestic abuse with general practices.",
    "The partnership should review its neglect strategy.",
)


@pytest.fixture
def full(db: sqlite_utils.Database, make: Any) -> sqlite_utils.Database:
    make.add(db, "one", *TEXTS, case_ref="Case K")
    return db


def numbers(db: sqlite_utils.Database, words: str, **narrow: Any) -> list[str | None]:
    return [hit.recommendation.number for hit in search(db, words, None, ENCODER, **narrow)]


def test_words_find_their_recommendation_in_any_form(full: sqlite_utils.Database) -> None:
    assert numbers(full, "supervision")[0] == "2"
    assert numbers(full, "training")[0] == "1", "one stem"
    assert numbers(full, "neg")[0] == "4", "the last word may be a beginning"
    assert numbers(full, "supervisi") == numbers(full, "practitione") == ["2"], "even one that no stem begins with"
    assert numbers(full, "neg ") == [], "a word that was ended is whole"
    assert numbers(full, "what is the audit of")[0] == "2"
    assert numbers(full, "the")[:1], "a stop word alone still finds"
    assert numbers(full, "zebra") == []


def test_meaning_finds_without_words(full: sqlite_utils.Database, make: Any) -> None:
    vector = make.vectors(4, len("one"))[2]
    hits = search(full, "", vector * 3, ENCODER, limit=2)
    assert hits[0].recommendation.number == "3"
    assert len(hits) == 2
    assert search(full, "", vector, "another encoder") == ()
    assert search(full, "", np.zeros(8, dtype=np.float32), ENCODER) == ()


def test_new_vectors_are_seen_by_the_next_search(full: sqlite_utils.Database, make: Any) -> None:
    vector = make.vectors(1, len("second"))[0]
    search(full, "", vector, ENCODER)
    make.add(full, "second", "Wholly new words.")
    assert search(full, "", vector, ENCODER, limit=1)[0].recommendation.text == "Wholly new words."


def test_hits_say_what_became_of_them_and_can_be_narrowed(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    set_status(full, "2.1", "in progress", who="Ana")  # type: ignore[arg-type]
    decide_label(full, "K 2", quadrant="Q4", issues=["domestic-abuse"], who="Ana", framework=FRAMEWORK)
    (first, *_) = search(full, "fathers", None, ENCODER)
    assert [a.ref for a in first.actions] == ["2.1"]
    assert first.recommendation.outcome is Outcome.ADOPTED
    everything = "schools board agencies partnership"
    assert sorted(filter(None, numbers(full, everything))) == ["1", "2", "3", "4"]
    assert numbers(full, everything, quadrant="Q4") == ["2"]
    assert numbers(full, everything, issue="domestic-abuse") == ["2"]
    assert numbers(full, everything, status="adopted") == numbers(full, everything, status="in progress") == ["1"]
    assert numbers(full, everything, agency=FRAMEWORK.agency_codes[2]) == ["3"]
    assert len(numbers(full, everything, limit=2)) == 2
    assert numbers(full, everything, limit=0) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
@example('"')
@example("a AND NOT (b OR")
@example("text : * ^ NEAR(")
@example("\x00 neglect")
@example("\ud7ff İstanbul ﬁ ½ Ⅷ")
@example("'; DROP TABLE reviews; --")
@example("word " * 5000)
def test_no_words_are_read_as_syntax(full: sqlite_utils.Database, words: str) -> None:
    for hit in search(full, words, None, ENCODER):
        assert hit.recommendation.text in TEXTS
    query = fts_query(words)
    assert query is None or fetch(
        full, "SELECT count(*) AS n FROM recommendations_fts WHERE recommendations_fts MATCH ?", (query,)
    )


def test_the_index_follows_what_is_read_again(full: sqlite_utils.Database) -> None:
    full.execute("UPDATE recommendations SET text = 'Zebras everywhere.' WHERE number = '1'")
    assert numbers(full, "zebras") == ["1"]
    assert numbers(full, "fathers") == []
    full.execute("INSERT INTO recommendations_fts (recommendations_fts) VALUES ('integrity-check')")
