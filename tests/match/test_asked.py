import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from match.asked import Asked, only_left_out, understand


def test_quotes_beginnings_and_not_are_understood() -> None:
    asked = understand("fathers “was not brought” chronolog* NOT police -training ")
    assert asked.words == ("fathers",)
    assert asked.quoted == (("was", "not", "brought"),)
    assert asked.beginnings == ("chronolog",)
    assert asked.left_out == (("police",), ("training",))
    assert "police" not in asked.meaning


def test_a_phrase_can_be_left_out() -> None:
    assert understand('supervision NOT "group supervision"').left_out == (("group", "supervision"),)


def test_not_in_small_letters_is_a_word() -> None:
    asked = understand("fathers not at conference ")
    assert asked.left_out == ()
    assert asked.words == ("fathers", "conference")
    assert asked.meaning == "fathers not at conference"


def test_in_a_pasted_draft_nothing_is_an_operator() -> None:
    draft = (
        'Practitioners must NOT close a case on the word of a parent alone, and should ask what "he is fine" rests on '
        "before they step the family down."
    )
    asked = understand(draft)
    assert asked.left_out == ()
    assert asked.quoted == ()
    assert "close" in asked.words


def test_the_last_word_is_a_beginning_while_typing_goes_on() -> None:
    assert understand("neglect super").beginnings == ("super",)
    assert understand("neglect super ").beginnings == ()
    assert understand("neglect of").beginnings == ()


def test_hyphens_and_apostrophes_do_not_hide_a_word() -> None:
    asked = understand("children’s non-accidental injuries ")
    assert ("non", "accidental") in asked.phrases
    assert {"children", "non", "accidental", "injuries"} <= set(asked.words)


def test_other_forms_are_looked_for_too() -> None:
    asked = understand("CSE and MASH ")
    assert ("child", "sexual", "exploitation") in asked.phrases
    assert ("multi", "agency", "safeguarding", "hub") in asked.phrases


@pytest.mark.parametrize("typed", ["", "   ", '""', "*", "- - -", "“”", "?!"])
def test_no_word_is_nothing_to_look_for(typed: str) -> None:
    assert understand(typed).empty


@pytest.mark.parametrize("typed", ["NOT police", "-police", "NOT", '-"group supervision"'])
def test_leaving_out_alone_is_read_as_words(typed: str) -> None:
    asked = understand(typed)
    assert not asked.empty
    assert asked.left_out == ()


def test_what_is_left_out_alone_is_known_to_be_all_that_is_asked() -> None:
    assert only_left_out("NOT police") == only_left_out("-police ") == (("police",),)
    assert only_left_out('NOT police -"group supervision"') == (("police",), ("group", "supervision"))
    for typed in ("", "NOT", "police", "neglect NOT police", '"police"', "NOT police " * 10):
        assert only_left_out(typed) == ()


def test_very_words_are_found_to_the_letter() -> None:
    asked = understand('"was not brought" chronolog*')
    assert asked.very_words and asked.starred == ("chronolog",)
    assert asked.found_in("A child who was NOT brought: see the chronology.")
    assert not asked.found_in("A child who was not bringing: see the chronology.")
    assert not asked.found_in("A child who was not brought.")
    assert not understand("was not brought").very_words


@given(st.text(max_size=200))
@example('"')
@example("a AND NOT (b OR")
@example("NOT NOT NOT a")
@example("İ ß ½ Ⅷ \x00")
def test_whatever_is_typed_is_understood(typed: str) -> None:
    asked = understand(typed)
    assert isinstance(asked, Asked)
    every = [*asked.words, *asked.beginnings, *(w for p in (*asked.phrases, *asked.quoted, *asked.left_out) for w in p)]
    assert all('"' not in word and " " not in word and word for word in every)
