"""Searching a real plan: by meaning, whatever version of the software entered its reviews."""

import pytest

from domain.errors import NotFound, UsageError
from domain.records import SearchHit
from domain.states import Audience
from services.deciding import adopt, show_review_to
from services.house import House
from services.searching import NO_SUCH_WORD, Narrowed, find, in_parts, more_like
from tests.services import making

ASKED = "men who live with children and whom nobody asks about"


def by_meaning(hits: tuple[SearchHit, ...]) -> list[str]:
    return [hit.recommendation.id for hit in hits]


@pytest.mark.parametrize("change", ["DELETE FROM embeddings", "UPDATE embeddings SET encoder = encoder || '-older'"])
def test_a_plan_without_vectors_of_the_present_model_is_searched_by_meaning_all_the_same(
    house: House, change: str
) -> None:
    first = by_meaning(find(house, ASKED).hits)
    like = by_meaning(more_like(house, first[0]))
    making.change(house.settings.plan_file, change)
    assert by_meaning(find(house, ASKED).hits) == first
    making.change(house.settings.plan_file, "DELETE FROM embeddings")
    assert by_meaning(more_like(house, first[0])) == like


def test_the_name_of_a_place_does_not_draw_what_else_was_asked_there(house: House) -> None:
    asked = "Fathers and partners should be included in assessments"
    found = [(hit.recommendation.id, hit.why) for hit in find(house, asked).hits]
    named = [(hit.recommendation.id, hit.why) for hit in find(house, f"Wraxholm {asked}").hits]
    assert found == named


def words_of(hit: SearchHit) -> str:
    row = hit.recommendation
    return f"{row.lead_in or ''} {row.text}".casefold()


def test_what_has_the_very_words_stands_apart_from_what_is_near(house: House) -> None:
    phrase = " ".join(words_of(find(house, ASKED).hits[0]).split()[2:5])
    hits = find(house, f'"{phrase}"').hits
    have = [phrase in words_of(hit) for hit in hits]
    assert [hit.very_words for hit in hits] == have == sorted(have, reverse=True)
    first, near = in_parts(f'"{phrase}"', hits)
    assert first.heading == "1 has these very words" and first.hits == hits[:1]
    assert near.heading == f"{len(hits) - 1} near in meaning" and near.hits == hits[1:]
    nowhere = '"unheard of purple zebras"'
    (only,) = in_parts(nowhere, find(house, nowhere).hits)
    assert only.heading == "None has these very words. Near in meaning:" and only.hits
    assert [part.heading for part in in_parts(ASKED, find(house, ASKED).hits)] == [""]


def test_the_beginning_of_a_word_stands_first_too(house: House) -> None:
    hits = find(house, "assess*", limit=50).hits
    have = [any(word.strip(".,;()").startswith("assess") for word in words_of(hit).split()) for hit in hits]
    assert [hit.very_words for hit in hits] == have == sorted(have, reverse=True) and any(have)
    assert "a word that begins so" in in_parts("assess*", hits)[0].heading


def test_a_word_that_is_left_out_is_in_no_hit_though_nothing_else_is_asked(house: House) -> None:
    every = find(house, "", limit=500, narrowed=Narrowed(quadrant="Q2")).hits
    left = find(house, "NOT children", limit=500, narrowed=Narrowed(quadrant="Q2")).hits
    assert {h.recommendation.id for h in left} < {h.recommendation.id for h in every}
    assert all("children" not in words_of(hit) for hit in left)
    days = [hit.recommendation.published or "" for hit in every]
    assert days == sorted(days, reverse=True), "the latest review first"
    with pytest.raises(UsageError, match="Say what to look for"):
        find(house, " ")


def test_a_review_that_may_not_be_seen_answers_as_one_that_is_not_there(house: House) -> None:
    answers = []
    for letter in ("F", "ZZ"):
        with pytest.raises(NotFound) as found:
            find(house, ASKED, narrowed=Narrowed(review=letter), audience=Audience.PUBLIC)
        answers.append(str(found.value).replace(letter, "…"))
    assert answers[0] == answers[1]
    assert find(house, ASKED, narrowed=Narrowed(review="F")).hits


def lettered(house: House, words: str, **more: object) -> list[str]:
    """The reviews of what was found, in its order, near-repeats of a hit under it aside."""
    return [hit.recommendation.review_letter for hit in find(house, words, limit=50, **more).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["Mr T", "mr t", "SAR Mr T", "“Mr T”"])
def test_a_case_reference_brings_what_its_review_recommended_before_all_others(house: House, words: str) -> None:
    found = find(house, words, limit=50)
    letters = [hit.recommendation.review_letter for hit in found.hits]
    named = [hit for hit in found.hits if hit.recommendation.review_reference == "Mr T"]
    assert named and list(found.hits[: len(named)]) == named
    assert "is the reference of review " + letters[0] in found.said[0]
    assert {hit.why for hit in named} == {"name"}


def test_a_name_is_known_without_its_style_and_a_letter_is_a_review(house: House) -> None:
    row = next(r for r in find(house, "Child F").hits[:1]).recommendation
    assert row.review_reference == "Child F"
    letter = row.review_letter
    for words in (letter, letter.lower(), f"review {letter}"):
        assert set(lettered(house, words)) == {letter}, words
    assert find(house, "hazel").hits[0].recommendation.review_reference == "Hazel"


def test_an_identifier_a_number_and_an_action_bring_exactly_theirs_first(house: House) -> None:
    row = adopt(house, "F 3", quadrant="Q2", why="")
    (identifier,) = row.recommendations
    for words in ("F 3", "F3", "f 3", identifier, identifier[:8], row.ref, f"action {row.ref}"):
        found = find(house, words, limit=5)
        assert found.hits[0].recommendation.id == identifier, words
        assert found.hits[0].why == "name" and len(found.hits) == 5, words
        assert found.said and NO_SUCH_WORD not in found.said, words
    assert find(house, row.ref).action == row.ref
    assert find(house, "F 99").hits == ()
    assert find(house, "r-0000ffff").said == ("No recommendation that you may see is called “r-0000ffff”.",)
    assert find(house, "covid 19").hits, "a word and a figure, which name nothing"


def test_a_name_tells_nobody_of_what_they_may_not_see(house: House) -> None:
    (first,) = find(house, "Mr T", limit=1).hits
    letter = first.recommendation.review_letter
    row = adopt(house, first.recommendation.id, quadrant="Q2", why="")
    for words in ("Mr T", letter, row.ref, first.recommendation.id):
        found = find(house, words, audience=Audience.PUBLIC)
        assert found.hits == () and "review" not in " ".join(found.said), words
    show_review_to(house, letter, "withdrawn", until=None, why="")
    assert letter not in lettered(house, "Mr T")


def test_words_that_stand_nowhere_are_said_to_and_a_title_is_looked_for_then(house: House) -> None:
    assert find(house, "zxqvw").said == (NO_SUCH_WORD,)
    assert find(house, "supervision of practitioners").said == ()
    making.change(house.settings.plan_file, "UPDATE reviews SET title = 'The Zxqvw review' WHERE reference = 'Mr T'")
    named = find(house, "zxqvw")
    assert named.hits[0].recommendation.review_reference == "Mr T"
    assert "stands in the name of review" in named.said[0]
