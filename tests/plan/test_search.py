from typing import Any

import numpy as np
import pytest
import sqlite_utils
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import plan.search
from domain.records import RepeatGroup, SearchHit
from domain.states import Audience, Outcome, Visibility
from match.asked import understand
from plan.actions import adopt
from plan.deciding import decide_label
from plan.filters import Filters
from plan.grouping import save_groups
from plan.progress import set_status
from plan.search import search
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


def found(db: sqlite_utils.Database, words: str, vector: Any = None, **narrow: Any) -> tuple[SearchHit, ...]:
    limit, audience = narrow.pop("limit", 20), narrow.pop("audience", Audience.PARTNERSHIP)
    filters = Filters(**narrow)
    return search(db, understand(words), vector, ENCODER, limit=limit, filters=filters, audience=audience).hits


def numbers(db: sqlite_utils.Database, words: str, **narrow: Any) -> list[str | None]:
    return [hit.recommendation.number for hit in found(db, words, **narrow)]


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
    hits = found(full, "", vector * 3, limit=2)
    assert hits[0].recommendation.number == "3"
    assert len(hits) == 2
    assert search(full, understand(""), vector, "another encoder").hits == ()
    assert found(full, "", np.zeros(8, dtype=np.float32)) == ()


def test_new_vectors_are_seen_by_the_next_search(full: sqlite_utils.Database, make: Any) -> None:
    vector = make.vectors(1, len("second"))[0]
    found(full, "", vector)
    make.add(full, "second", "Wholly new words.")
    assert found(full, "", vector, limit=1)[0].recommendation.text == "Wholly new words."


def test_hits_say_what_became_of_them_and_can_be_narrowed(full: sqlite_utils.Database) -> None:
    adopt(full, "K 1", who="Ana", framework=FRAMEWORK)
    set_status(full, "2.1", "in progress", who="Ana")  # type: ignore[arg-type]
    decide_label(full, "K 2", quadrant="Q4", issues=["domestic-abuse"], who="Ana", framework=FRAMEWORK)
    (first, *_) = found(full, "fathers")
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
    for hit in found(full, words):
        assert hit.recommendation.text in TEXTS


def test_the_index_follows_what_is_read_again(full: sqlite_utils.Database) -> None:
    full.execute("UPDATE recommendations SET text = 'Zebras everywhere.' WHERE number = '1'")
    assert numbers(full, "zebras") == ["1"]
    assert numbers(full, "fathers") == []
    full.execute("INSERT INTO recommendations_fts (recommendations_fts) VALUES ('integrity-check')")


def test_a_quoted_phrase_comes_first_and_the_rest_after(db: sqlite_utils.Database, make: Any) -> None:
    make.add(
        db, "one",
        "Record what was not said by the mother who brought him, brought him again and brought him late.",
        "Follow up each child who was not brought to an appointment.",
    )  # fmt: skip
    assert numbers(db, '"was not brought"') == ["2"]
    assert numbers(db, 'brought mother "was not brought"') == ["2", "1"]


def test_what_is_left_out_is_in_no_answer(full: sqlite_utils.Database, make: Any) -> None:
    assert "1" in numbers(full, "train staff records ")
    assert numbers(full, "train staff records NOT fathers ") == ["3"]
    vector = make.vectors(4, len("one"))[0]
    assert found(full, "staff", vector)[0].recommendation.number == "1"
    assert all(hit.recommendation.number != "1" for hit in found(full, "staff -fathers ", vector))


def test_short_forms_find_long_ones(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", "Agencies should share what they know of domestic abuse.", "MARAC minutes should be kept.")
    assert numbers(db, "DA ") == ["1"]
    assert numbers(db, "multi-agency risk assessment conference ")[0] == "2"


def test_it_can_be_narrowed_by_review_type_year_and_number_of_agencies(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", *TEXTS[:2], published="2019-05")
    make.add(db, "second", *TEXTS[2:], published="2021")
    everything = "schools board agencies partnership "
    assert len(numbers(db, everything)) == 4
    assert len(numbers(db, everything, year="2021")) == 2
    assert numbers(db, everything, year="2020") == []
    assert numbers(db, everything, review_type="SAR") == []
    assert len(numbers(db, everything, review_type="SPR")) == 4
    assert len(numbers(db, everything, single_agency=False)) == 4
    assert numbers(db, everything, single_agency=True) == []


def test_near_repeats_are_folded_under_the_best(db: sqlite_utils.Database, make: Any) -> None:
    make.add(db, "one", TEXTS[0], TEXTS[1])
    make.add(db, "second", "All schools should train their staff in work with fathers.")
    ids = {row["number"] + row["review"]: row["id"] for row in db.query(
        "SELECT r.id, r.number, v.letter AS review FROM recommendations AS r JOIN reviews AS v ON v.id = r.review_id")}  # fmt: skip
    letters = sorted({key[1:] for key in ids})
    a, b = ids["1" + letters[0]], ids["1" + letters[1]]
    save_groups(db, [RepeatGroup((a, b), ())])
    adopt(db, b, who="Ana", framework=FRAMEWORK)
    hits = found(db, "train staff fathers ")
    assert len(hits) == 1
    assert {hits[0].recommendation.id, *(other.id for other in hits[0].repeats)} == {a, b}
    assert [action.ref for action in hits[0].actions] == ["2.1"], "what became of a near-repeat is told too"


def test_the_public_sees_neither_a_hidden_review_nor_its_near_repeat(db: sqlite_utils.Database, make: Any) -> None:
    shown = make.add(db, "one", TEXTS[0], visibility=Visibility.PUBLISHED)
    make.add(
        db, "second", "Schools should train all staff about fathers.", visibility=Visibility.EMBARGOED,
        embargo_until="2099-01-01",
    )  # fmt: skip
    ids = [row["id"] for row in db.query("SELECT id FROM recommendations")]
    save_groups(db, [RepeatGroup(tuple(ids), ())])
    (hit,) = found(db, "train fathers ", audience=Audience.PUBLIC)
    assert hit.recommendation.review_id == shown.id
    assert hit.repeats == ()
    (both,) = found(db, "train fathers ")
    assert len(both.repeats) == 1


def test_hits_show_where_they_answer(full: sqlite_utils.Database) -> None:
    (first, *_) = found(full, "father ")
    assert [first.passage[a:b] for a, b in first.marks] == ["fathers"]


def test_common_words_do_not_hide_rarer_ones(db: sqlite_utils.Database, make: Any) -> None:
    texts = [f"Agencies should improve practice in matter {n} of the district." for n in range(plan.search.FEW_TEXTS)]
    make.add(db, "one", *texts, "Agencies should improve swaddling advice in the district.")
    assert found(db, "agencies should improve swaddling ")[0].recommendation.text.startswith(
        "Agencies should improve sw"
    )
    assert found(db, "agencies ", limit=3), "common words alone still find"
    vector = make.vectors(len(texts) + 1, len("one"))[7]
    assert found(db, "agencies ", vector, limit=1)[0].why == "words and meaning"
