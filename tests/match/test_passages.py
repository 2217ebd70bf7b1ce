from hypothesis import given
from hypothesis import strategies as st

from match.asked import understand
from match.passages import passage

LONG = (
    "The review found a great deal of work by many people over several years and sets it out in the chapters before. "
    "There was good practice, and the panel wishes to record it. Against that background the Board should ask each "
    "agency to show how it identifies fathers and other men in the household, how they are spoken to, and what is done "
    "when they cannot be found. The answers should be brought together within six months, set beside those of two "
    "years ago, and reported in public, so that whoever was consulted can see what has become of their words."
)


def marked(text: str, words: str) -> list[str]:
    shown = passage(text, understand(words))
    return [shown.text[a:b] for a, b in shown.marks]


def test_a_short_text_is_shown_whole_with_its_words_in_any_form_marked() -> None:
    text = "Train staff to work with fathers, and audit the training."
    assert passage(text, understand("father training ")).text == text
    assert marked(text, "father training ") == ["Train", "fathers", "training"]


def test_of_a_long_text_the_part_that_answers_is_shown() -> None:
    shown = passage(LONG, understand("fathers in the household "))
    assert "fathers and other men in the household" in shown.text
    assert shown.text.startswith("… ")
    assert shown.text.endswith(" …")
    assert [shown.text[a:b] for a, b in shown.marks] == ["fathers", "household"]


def test_a_phrase_is_marked_as_a_whole_and_only_where_it_stands_together() -> None:
    text = "Record each child who was not brought. What was said is not enough."
    assert marked(text, '"was not brought"') == ["was", "not", "brought"]


def test_without_a_word_in_common_the_beginning_is_shown() -> None:
    shown = passage(LONG, understand("zebra "))
    assert shown.text.startswith("The review found")
    assert shown.marks == ()


@given(st.text(max_size=600), st.text(max_size=60))
def test_marks_lie_in_the_passage_and_in_order(text: str, words: str) -> None:
    shown = passage(text, understand(words))
    edge = 0
    for start, end in shown.marks:
        assert edge <= start < end <= len(shown.text)
        edge = end
    assert shown.text.removeprefix("… ").removesuffix(" …") in text
