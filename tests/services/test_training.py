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
from domain.errors import UsageError
from domain.records import Classification, Example
from plan import reading
from services import deciding
from services.house import House
from services.training import evaluate_model, material, read_gold, train_model
from tests.services import making

Shares = dict[str, float]


@pytest.fixture
def few(plan: Path, tmp_path: Path) -> Iterator[House]:
    """A house with few examples, a small model that learnt from them, and a place of its own for what it trains."""
    making.hard_links(making.trained(), tmp_path / "trained")
    house = making.house(plan, models=making.small_models(), trained=tmp_path / "trained")
    with house, threadpool_limits(1):
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
    (event,) = reading.events(few.plan, audience=None, limit=1)
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
    (event,) = reading.events(few.plan, audience=None, limit=1)
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
        (b'{"text": "Train", "quadrant": "Q9"}\n', "Q9 is no quadrant"),
        (b'{"text": "Train", "quadrant": "Q1", "secondary": "X"}\n', "X is no quadrant"),
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
