"""A run compares what is new or has changed, and finds what comparing everything would find."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import services.repeats
from domain.records import Ask, Repeat
from domain.states import RepeatVerdict, Visibility
from match.pairs import score_pairs
from plan import reading
from plan.deciding import decide_repeat
from services.deciding import show_review_to
from services.erasing import erase
from services.house import House
from services.mending import mend
from services.repeats import regroup
from tests.plan.making import Maker
from tests.services import making

ROOT = Path(__file__).parents[2]
COLUMNS = "a, b, score, similarity, shared, only_a, only_b"


def wordings() -> list[str]:
    """Recommendations of which many ask the same in other words."""
    rows = [json.loads(line) for line in (ROOT / "models/pairs/seed-pairs.jsonl").read_text("utf-8").splitlines()]
    return list(dict.fromkeys(row[side] for row in rows if row["verdict"] == "same" for side in "ab"))


def found(house: House) -> dict[str, object]:
    """All that comparing has left in the plan but the names of groups, which keep their history."""
    file = house.settings.plan_file
    groups: dict[str, set[str]] = {}
    for identifier, group in making.ask(file, "SELECT id, group_id FROM recommendations WHERE group_id IS NOT NULL"):
        groups.setdefault(group, set()).add(identifier)
    return {
        "groups": sorted(map(sorted, groups.values())),
        "repeats": making.ask(file, f"SELECT {COLUMNS} FROM repeats ORDER BY a, b"),
        "likenesses": making.ask(file, f"SELECT {COLUMNS} FROM likenesses ORDER BY a, b"),
        "compared": making.ask(file, "SELECT * FROM compared ORDER BY recommendation_id"),
    }


def compared_anew(house: House) -> dict[str, object]:
    """What comparing everything finds."""
    making.change(house.settings.plan_file, "DELETE FROM compared")
    regroup(house)
    return found(house)


def show(house: House, letter: str) -> None:
    """Withdraw a review, or bring it back."""
    withdrawn = reading.review(house.plan, letter, audience=None).visibility is Visibility.WITHDRAWN
    show_review_to(house, letter, "draft" if withdrawn else "withdrawn", until=None, why="A trial")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many recommendations each comparison looked at anew."""
    seen: list[int] = []

    def noting(asks: list[Ask], vectors: Any, *, threshold: float, new: list[int] | None = None) -> tuple[Repeat, ...]:
        seen.append(len(asks) if new is None else len(new))
        return score_pairs(asks, vectors, threshold=threshold, new=new)

    monkeypatch.setattr(services.repeats, "score_pairs", noting)
    return seen


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**20))
def test_whatever_happens_in_between_the_result_is_that_of_comparing_everything(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    texts = wordings()
    chance.shuffle(texts)
    with making.house(making.copy_of_plan(tmp_path_factory.mktemp("plan") / "outputs")) as house:
        maker, letters = Maker(), ["F"]
        for step in range(6):
            match chance.choice(["add", "add", "add", "mend", "show", "show", "judge"]):
                case "add":
                    some = [texts.pop() for _ in range(chance.randint(1, 7))]
                    letters.append(maker.add(house.plan, f"review {seed} {step}", *some).letter)
                case "mend":
                    row = chance.choice(reading.recommendations(house.plan))
                    mend(house, row.id, texts.pop(), why="Other words on the page")
                case "judge":
                    one, other = chance.sample(reading.recommendations(house.plan), 2)
                    decide_repeat(house.plan, one.id, other.id, RepeatVerdict.SAME, "me", note="")
                case _:
                    show(house, chance.choice(letters))
            regroup(house)
        by_steps = found(house)
        assert by_steps == compared_anew(house)
        assert by_steps["groups"]


def test_only_what_is_new_or_has_other_words_is_compared(house: House, looked_at: list[int]) -> None:
    regroup(house)
    looked_at.clear()
    regroup(house)
    assert looked_at == [], "nothing is new"
    texts = wordings()
    Maker().add(house.plan, "one more", *texts[:4])
    regroup(house)
    assert looked_at == [4]
    mend(house, reading.recommendations(house.plan)[0].id, texts[5], why="Other words on the page")
    assert looked_at == [4, 1]


def test_another_way_of_comparing_compares_everything(
    house: House, looked_at: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    regroup(house)
    looked_at.clear()
    monkeypatch.setattr(services.repeats, "shipped_name", lambda: "another way")
    regroup(house)
    assert looked_at == [len(reading.asks(house.plan).ids)]


def test_what_another_program_compared_meanwhile_is_compared_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = wordings()
    Maker().add(house.plan, "ours", *texts[:3])

    def meanwhile(
        asks: list[Ask], vectors: Any, *, threshold: float, new: list[int] | None = None
    ) -> tuple[Repeat, ...]:
        monkeypatch.setattr(services.repeats, "score_pairs", score_pairs)
        Maker().add(house.plan, "theirs", *texts[3:9])
        regroup(house)
        return score_pairs(asks, vectors, threshold=threshold, new=new)

    monkeypatch.setattr(services.repeats, "score_pairs", meanwhile)
    regroup(house)
    regroup(house)
    assert found(house) == compared_anew(house)


def test_nothing_of_what_was_compared_is_left_of_an_erased_review(house: House) -> None:
    Maker().add(house.plan, "to go", *wordings()[:6])
    regroup(house)
    file = house.settings.plan_file
    gone = {row.id for row in reading.recommendations(house.plan, audience=None) if row.text in wordings()[:6]}
    assert any({a, b} & gone for a, b in making.ask(file, "SELECT a, b FROM likenesses"))
    (letter,) = {row.review_letter for row in reading.recommendations(house.plan, audience=None) if row.id in gone}
    erase(house, letter, why="A court order")
    assert not any({a, b} & gone for a, b in making.ask(file, "SELECT a, b FROM likenesses"))
    assert not gone & {identifier for (identifier,) in making.ask(file, "SELECT recommendation_id FROM compared")}
