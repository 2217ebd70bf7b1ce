"""The model learns from examples and decisions, and goes live only where it is not worse.

Learning itself is tested in `tests/classify`; here stand-ins take its place where only what follows from it matters.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from threadpoolctl import threadpool_limits

import services.training
from domain.errors import NotFound, UsageError
from domain.records import Classification, Example
from plan import reading, trail
from plan.deciding import decide_label
from services import deciding
from services.checking import next_to_check
from services.house import House
from services.training import evaluate_model, material, read_gold, train_model
from services.versions import all_versions, bring_back
from tests.services import making


@pytest.fixture
def few(plan: Path, tmp_path: Path) -> Iterator[House]:
    with making.house_that_learns(plan, tmp_path) as house:
        yield house


def right_for(share: float) -> Callable[..., tuple[Classification, ...]]:
    """A stand-in for cross-validation that is right for this share of the examples of each quadrant."""

    def held_out(examples: Sequence[Example], *_: Any, **__: Any) -> tuple[Classification, ...]:
        seen: dict[str, int] = {}
        out = []
        for example in examples:
            n = seen[example.quadrant] = seen.get(example.quadrant, 0) + 1
            total = sum(e.quadrant == example.quadrant for e in examples)
            wrong = "Q1" if example.quadrant != "Q1" else "Q2"
            out.append(said(example.quadrant if n <= share * total else wrong))
        return tuple(out)

    return held_out


def said(quadrant: str) -> Classification:
    return Classification(quadrant, None, 0.9, False, (), (), (), (), (), (), (), "model")


def standings(monkeypatch: pytest.MonkeyPatch, live: float, candidate: float) -> None:
    def held_out(*given: Any, learn_from: object = None, **more: Any) -> tuple[Classification, ...]:
        return right_for(candidate if learn_from is None else live)(*given, **more)

    monkeypatch.setattr(services.training, "held_out", held_out)


def test_decisions_are_among_the_material_and_suggestions_are_not(few: House) -> None:
    before = material(few).examples
    assert {e.origin for e in before} == {"example"}
    row = deciding.label(
        few, "F 1", quadrant="Q3", secondary="Q2", issues=("neglect",), areas=(), note="as the group agreed"
    )
    (new,) = [e for e in material(few).examples if e.origin == "decision"]
    assert (new.id, new.text, new.quadrant, new.secondary, new.issues) == (row.id, row.text, "Q3", "Q2", ("neglect",))
    deciding.label(few, "F 1", quadrant="Q4", secondary=None, issues=(), areas=(), note="on reflection")
    assert [e.quadrant for e in material(few).examples if e.origin == "decision"] == ["Q4"], (
        "the latest decision counts"
    )


def test_a_withdrawn_review_teaches_nothing(few: House) -> None:
    deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    deciding.show_review_to(few, "F", "withdrawn", until=None, why="")
    assert all(e.origin == "example" for e in material(few).examples)


def test_a_model_that_learnt_a_decision_goes_live_and_the_next_suggestion_is_its(
    few: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    standings(monkeypatch, live=0.8, candidate=0.8)
    deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    before = few.classifier.version
    result = train_model(few)
    assert (result.decisions, result.examples) == (1, len(material(few).examples) - 1)
    assert result.promoted
    assert result.version != before
    with making.house(few.settings.outputs, models=few.settings.models, trained=few.settings.trained) as later:
        assert later.classifier.version == result.version
        assert later.model_folder == few.settings.trained_models / "classifier"
    (event,) = trail.events(few.plan, audience=None, limit=1)
    assert (event.what, event.subject, json.loads(event.before or "")) == ("model promoted", result.version, before)


def test_a_worse_model_stays_out_unless_a_person_says_why(few: House, monkeypatch: pytest.MonkeyPatch) -> None:
    standings(monkeypatch, live=0.8, candidate=0.5)
    deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    before = few.classifier.version
    result = train_model(few)
    assert not result.promoted
    assert result.verdict is not None
    assert result.verdict.current.accuracy > result.verdict.candidate.accuracy
    assert result.verdict.reasons
    assert few.classifier.version == before
    assert (result.folder / "manifest.json").exists(), "it is kept all the same"
    forced = train_model(few, force="the board wants it")
    assert forced.promoted
    (event,) = trail.events(few.plan, audience=None, limit=1)
    assert event.why == "the board wants it"


def test_the_same_material_gives_the_same_model_and_changes_nothing(
    few: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    standings(monkeypatch, live=0.8, candidate=0.8)
    result = train_model(few)
    assert result.version == few.classifier.version
    assert not result.promoted


def test_where_no_model_fits_training_is_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "models"
    own.mkdir()
    (own / "examples").symlink_to(making.small_models() / "examples")
    making.hard_links(making.trained(), tmp_path / "trained")
    house = making.house(tmp_path / "outputs", models=own, trained=tmp_path / "trained")
    with house, threadpool_limits(1):
        result = train_model(house)
        assert result.promoted
        assert result.verdict is None
        assert house.classifier.version == result.version
        assert not house.has_plan, "training makes no plan"


# ------------------------------------------------------------------------------------------------ measuring


def gold(file: Path, *examples: Example) -> Path:
    lines = [json.dumps({"id": e.id, "text": e.text, "quadrant": e.quadrant}, ensure_ascii=False) for e in examples]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_measuring_on_labelled_texts_writes_the_card(few: House, tmp_path: Path) -> None:
    known = material(few).examples[:12]
    figures, card = evaluate_model(few, gold(tmp_path / "gold.jsonl", *known))
    assert figures.items == 12
    assert figures.accuracy.value > 0.6, "these are texts that it has learnt"
    words = card.read_text(encoding="utf-8")
    assert few.classifier.version in words
    assert f"from {few.classifier.made.data['examples']} labelled examples" in words
    assert "must not be used for" in words


def test_gold_is_read_with_a_mark_at_its_start_and_odd_breaks_within(few: House, tmp_path: Path) -> None:
    example = replace(material(few).examples[0], text="Train staff\u2028and say why")
    file = gold(tmp_path / "gold.jsonl", example)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert [e.text for e in read_gold(file, few.framework)] == [example.text]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no labelled texts"),
        (b"\n\n", "holds no labelled texts"),
        (b'{"text": "Train", "quadrant": "Q1"}\nTrain staff\n', "line 2: not a JSON object"),
        (b"[1]\n", "line 1: not a JSON object"),
        (b'{"text": "Train"}\n', "line 1: not a JSON object"),
        (b'{"text": 7, "quadrant": "Q1"}\n', 'line 1: "text" is empty or no text'),
        (b'{"text": " ", "quadrant": "Q1"}\n', 'line 1: "text" is empty or no text'),
        (b'{"text": "Train", "quadrant": "Q9"}\n', "“Q9” is not a quadrant"),
        (b'{"text": "Train", "quadrant": "Q1", "secondary": "X"}\n', "“X” is not a quadrant"),
        (b'{"text": "Train", "quadrant": "Q1", "issues": null}\n', "line 1: not a JSON object"),
        (b"[" * 100_000, "line 1: not a JSON object"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ],
)
def test_gold_that_cannot_be_read_is_said_with_its_line(tmp_path: Path, few: House, content: bytes, words: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes(content)
    with pytest.raises(UsageError) as said:
        read_gold(file, few.framework)
    assert words in str(said.value)


@pytest.mark.parametrize("make", [lambda file: None, Path.mkdir], ids=["absent", "a folder"])
def test_gold_that_is_no_file_is_said(tmp_path: Path, few: House, make: Callable[[Path], None]) -> None:
    make(tmp_path / "gold.jsonl")
    with pytest.raises(UsageError, match=r"gold\.jsonl cannot be read"):
        read_gold(tmp_path / "gold.jsonl", few.framework)


# ------------------------------------------------------------------------------------------------ versions


def suggestions(house: House, identifier: str) -> list[str]:
    rows = house.plan.execute("SELECT model FROM suggestions WHERE recommendation_id = ? ORDER BY id", (identifier,))
    return [model for (model,) in rows]


def test_an_earlier_model_can_be_brought_back_and_decisions_stay(few: House, monkeypatch: pytest.MonkeyPatch) -> None:
    standings(monkeypatch, live=0.8, candidate=0.8)
    decided = deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    waiting = deciding.find_recommendation(few, "F 2")
    first = few.classifier.version
    second = train_model(few).version
    assert {(v.name, v.live, v.shipped) for v in all_versions(few)} == {(first, False, True), (second, True, False)}
    assert suggestions(few, waiting.id)[-1] == second, "what nobody checked is suggested anew"
    back = bring_back(few, first, why="the new one misses fathers")
    assert (back.name, back.live, few.classifier.version) == (first, True, first)
    (event, *_) = trail.events(few.plan, audience=None, limit=1)
    assert (event.what, event.subject, event.why) == ("model brought back", first, "the new one misses fathers")
    assert suggestions(few, waiting.id)[-2:] == [second, first]
    again = deciding.find_recommendation(few, "F 1")
    assert (again.quadrant, again.decided) == ("Q3", True)
    assert suggestions(few, decided.id).count(second) == 0
    assert bring_back(few, second, why="better after all").live


def test_what_an_older_model_suggested_is_suggested_anew_though_nothing_is_promoted(
    few: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an interruption between promoting and suggesting, or an update of the software."""
    standings(monkeypatch, live=0.8, candidate=0.8)
    waiting = deciding.find_recommendation(few, "F 2")
    assert few.classifier.version not in suggestions(few, waiting.id)
    assert not train_model(few).promoted
    assert suggestions(few, waiting.id)[-1] == few.classifier.version
    before = len(suggestions(few, waiting.id))
    train_model(few)
    assert len(suggestions(few, waiting.id)) == before, "once is enough"


def test_a_model_that_is_not_there_or_live_already_or_without_a_reason_is_refused(few: House) -> None:
    live = few.classifier.version
    with pytest.raises(NotFound, match="cap models"):
        bring_back(few, "classifier-0", why="x")
    with pytest.raises(UsageError, match="in use already"):
        bring_back(few, live, why="x")
    with pytest.raises(UsageError, match="--why"):
        bring_back(few, live, why=" ")


def test_what_the_live_model_remembers_is_not_encoded_again(few: House, monkeypatch: pytest.MonkeyPatch) -> None:
    standings(monkeypatch, live=0.8, candidate=0.8)
    asked: list[int] = []
    encode = few.encoder.encode

    class Counting:
        name, dimension = few.encoder.name, few.encoder.dimension

        def encode(self, texts: Sequence[str]) -> Any:
            asked.append(len(texts))
            return encode(texts)

    few.__dict__["encoder"] = Counting()
    assert train_model(few).version == few.classifier.version, "and the model is the same to the last figure"
    assert sum(asked) == 0


def test_what_reviewers_dispute_teaches_nothing_and_is_told(few: House, monkeypatch: pytest.MonkeyPatch) -> None:
    standings(monkeypatch, live=0.8, candidate=0.8)
    row = deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="")
    decide_label(few.plan, row.id, quadrant="Q2", who="B. Other", framework=few.framework)
    result = train_model(few)
    assert result.decisions == 0
    assert [kept.recommendation_id for kept in result.kept_out] == [row.id]
    queue = next_to_check(few, limit=3)
    assert [kept.recommendation_id for kept in queue.disputed] == [row.id]
    assert row.id not in [r.id for r in queue.first]
    deciding.label(few, "F 1", quadrant="Q2", secondary=None, issues=(), areas=(), note="", settles=True)
    assert material(few).sureness[row.id] == 1.0


def test_how_sure_must_be_one_of_the_words(few: House) -> None:
    with pytest.raises(UsageError, match="sure, fairly, hardly"):
        deciding.label(few, "F 1", quadrant="Q3", secondary=None, issues=(), areas=(), note="", sure="very")


def test_the_most_doubtful_comes_first(few: House) -> None:
    queue = next_to_check(few, limit=1000)
    assert queue.checked == 0
    assert queue.waiting == len(queue.first) == len(reading.recommendations(few.plan))
    gaps = [row.confidence or 0 for row in queue.first]
    assert gaps[0] <= sorted(gaps)[len(gaps) // 4], "among the least sure"
    assert len({row.id for row in queue.first}) == queue.waiting
