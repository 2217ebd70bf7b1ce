from domain.records import Repeat
from domain.states import Cover
from match.covering import Covering, covering


def pair(a: str, b: str, score: float) -> Repeat:
    return Repeat(a, b, score, score, (), (), ())


ANSWERS = {"old 1": "2.3", "old 2": "2.3", "action 2.3": "2.3", "old 3": "4.1"}


def test_the_nearest_action_covers_comes_close_or_there_is_none() -> None:
    pairs = [pair("old 1", "a", 0.3), pair("old 2", "a", 0.8), pair("old 3", "a", 0.7), pair("b", "old 3", 0.4)]
    found = covering(["a", "b", "c"], ANSWERS, pairs)
    assert found["a"] == Covering(Cover.COVERED, "2.3", pairs[1])
    assert found["b"] == Covering(Cover.CLOSE, "4.1", pairs[3])
    assert found["c"] == Covering(Cover.NEW)


def test_what_a_person_ruled_out_is_not_named_again_but_the_next_is() -> None:
    pairs = [pair("old 1", "a", 0.8), pair("action 2.3", "a", 0.9), pair("old 3", "a", 0.6)]
    assert covering(["a"], ANSWERS, pairs, ruled_out={("a", "2.3")})["a"].action == "4.1"
    assert covering(["a"], ANSWERS, pairs, ruled_out={("a", "2.3"), ("a", "4.1")})["a"].verdict is Cover.NEW


def test_an_ask_that_waits_covers_no_other_that_waits() -> None:
    assert covering(["a", "b"], ANSWERS, [pair("a", "b", 0.95)])["a"].verdict is Cover.NEW


def test_little_likeness_is_not_worth_a_look() -> None:
    assert covering(["a"], ANSWERS, [pair("old 1", "a", 0.1)])["a"] == Covering(Cover.NEW)


def test_equal_scores_go_by_the_actions_name_whatever_the_order() -> None:
    pairs = [pair("old 3", "a", 0.7), pair("old 1", "a", 0.7)]
    assert covering(["a"], ANSWERS, pairs)["a"].action == "2.3"
    assert covering(["a"], ANSWERS, pairs[::-1])["a"].action == "2.3"
