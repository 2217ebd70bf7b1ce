from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from classify.encoder import Encoder
from classify.evaluation import evaluate
from classify.model import NEAREST, Classifier
from classify.training import FEWEST_PER_QUADRANT, train
from domain.errors import ArtefactError, CannotWork, UsageError
from domain.framework import load_framework
from domain.records import Classification, Example

FRAMEWORK = load_framework()
ASK = "Audit the quality of supervision in every agency and report compliance to the Board each quarter."


def suggest(model: Classifier, encoder: Encoder, text: str) -> Classification:
    (suggestion,) = model.classify([text], encoder.encode([text]))
    return suggestion


def test_a_plain_ask_is_suggested_with_its_evidence(model: Classifier, encoder: Encoder) -> None:
    found = suggest(model, encoder, ASK)
    assert found.quadrant == "Q4"
    assert "supervision" in [a.code for a in found.areas]
    assert [s.code for s in found.scores] == list(FRAMEWORK.quadrant_codes)
    assert sum(s.score for s in found.scores) == pytest.approx(1)
    assert found.confidence == max(s.score for s in found.scores)
    assert len(found.nearest) == NEAREST
    assert [n.similarity for n in found.nearest] == sorted((n.similarity for n in found.nearest), reverse=True)
    assert found.words
    assert len(found.standards) == 3
    assert found.secondary != found.quadrant
    assert found.model == model.version


def test_an_issue_is_suggested_only_when_the_words_say_so(model: Classifier, encoder: Encoder) -> None:
    assert "domestic-abuse" in [
        i.code for i in suggest(model, encoder, "Recognise domestic abuse and coercive control.").issues
    ]
    assert not suggest(model, encoder, ASK).issues


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no text"),
        ("  \n", "no text"),
        ("Safeguarding", "too few words"),
        ("2019 17 3.4 %", "only numbers"),
        ("recommendation " * 5000, "more than one recommendation"),
        (
            "Le conseil doit veiller à ce que les écoles partagent les informations avec les services sociaux.",
            "English",
        ),
        ("Der Ausschuss soll sicherstellen, dass die Akten der Kinder rechtzeitig weitergegeben werden.", "English"),
        ("Dylai'r Bwrdd sicrhau bod ymarferwyr yn rhannu gwybodaeth am blant sydd mewn perygl.", "English"),
        ("Совет должен обеспечить обмен информацией между школами и полицией.", "English"),
    ],
)
def test_what_cannot_be_classified_is_unsure_and_says_why(
    model: Classifier, encoder: Encoder, text: str, says: str
) -> None:
    found = suggest(model, encoder, text)
    assert found.unsure
    assert says in found.why_unsure
    assert found.confidence == 0.25
    assert found.between == FRAMEWORK.quadrant_codes
    assert found.quadrant in FRAMEWORK.quadrant_codes
    assert not (found.issues or found.areas or found.nearest)


def test_the_projects_own_examples_are_never_doubted(
    model: Classifier, some_examples: tuple[Example, ...], some_vectors: NDArray[np.float32]
) -> None:
    found = model.classify([e.text for e in some_examples], some_vectors)
    assert not [f.why_unsure for f in found if f.confidence == 0.25]


def test_below_the_chosen_confidence_it_is_unsure_and_says_between_which(
    model: Classifier, encoder: Encoder, some_examples: tuple[Example, ...]
) -> None:
    # Two asks of different quadrants in one text: some of these cannot be told.
    pairs = zip(some_examples, reversed(some_examples), strict=True)
    texts = [f"{a.text} {b.text}" for a, b in pairs if a.quadrant != b.quadrant]
    found = model.classify(texts, encoder.encode(texts))
    for suggestion in found:
        assert suggestion.unsure == (suggestion.confidence < model.settings.unsure_below)
        assert bool(suggestion.between) == suggestion.unsure
        if suggestion.unsure:
            assert suggestion.quadrant in suggestion.between
            assert len(suggestion.between) in (2, 3)
            assert all(code in suggestion.why_unsure for code in suggestion.between)
    assert any(s.unsure for s in found)


def test_one_by_one_is_the_same_as_all_at_once(model: Classifier, encoder: Encoder) -> None:
    texts = [ASK, "Share information about fathers with the GP.", "", "Agree a joint plan and review it together."]
    vectors = encoder.encode(texts)
    together = model.classify(texts, vectors)
    for number, text in enumerate(texts):
        (alone,) = model.classify([text], vectors[number : number + 1])
        assert alone.quadrant == together[number].quadrant
        assert alone.confidence == pytest.approx(together[number].confidence, abs=1e-6)
        assert [a.code for a in alone.areas] == [a.code for a in together[number].areas]


def test_nothing_gives_nothing_and_wrong_vectors_are_refused(model: Classifier) -> None:
    assert model.classify([], np.zeros((0, 384), dtype=np.float32)) == ()
    with pytest.raises(UsageError, match="1 texts need vectors"):
        model.classify(["one"], np.zeros((2, 384), dtype=np.float32))


def test_a_stored_model_says_the_same(model: Classifier, encoder: Encoder, tmp_path: Path) -> None:
    manifest = model.save(tmp_path / "m", created="2026-01-02T00:00:00Z")
    again = Classifier.load(tmp_path / "m", FRAMEWORK, encoder.name)
    assert again.version == model.version == manifest.version
    assert suggest(again, encoder, ASK) == suggest(model, encoder, ASK)
    assert again.made == model.made


def test_a_model_of_another_encoder_or_framework_or_shape_is_refused(
    model: Classifier, encoder: Encoder, tmp_path: Path
) -> None:
    model.save(tmp_path / "m", created="2026-01-02T00:00:00Z")
    with pytest.raises(ArtefactError, match="vectors of"):
        Classifier.load(tmp_path / "m", FRAMEWORK, "another-encoder")
    with pytest.raises(ArtefactError, match="of the framework"):
        Classifier.load(tmp_path / "m", replace(FRAMEWORK, fingerprint="0", version="9"), encoder.name)
    (tmp_path / "m/model.json").write_text("{}")
    with pytest.raises(ArtefactError, match="was changed"):
        Classifier.load(tmp_path / "m", FRAMEWORK, encoder.name)


def test_training_is_reproducible_and_decisions_weigh_more(
    model: Classifier, encoder: Encoder, some_examples: tuple[Example, ...], some_vectors: NDArray[np.float32]
) -> None:
    assert train(some_examples, some_vectors, FRAMEWORK, encoder.name).version == model.version
    # What reviewers decide against a clear example moves the model further than the same said by an example.
    text = ASK
    moved = {}
    for origin in ("example", "decision"):
        added = (*some_examples, Example("new", text, "Q1", origin=origin))
        again = train(added, np.vstack([some_vectors, encoder.encode([text])]), FRAMEWORK, encoder.name)
        moved[origin] = suggest(again, encoder, text).scores[0].score
    assert suggest(model, encoder, text).scores[0].score < moved["example"] < moved["decision"]


def test_too_few_examples_of_a_quadrant_are_refused(some_examples: tuple[Example, ...], encoder: Encoder) -> None:
    few = [e for e in some_examples if e.quadrant != "Q2"][:60]
    with pytest.raises(CannotWork, match=f"0 examples of Q2 and it takes at least {FEWEST_PER_QUADRANT}"):
        train(few, encoder.encode([e.text for e in few]), FRAMEWORK, encoder.name)


def test_an_evaluation_counts_right(model: Classifier, encoder: Encoder) -> None:
    one = suggest(model, encoder, ASK)
    gold = [
        Example("1", "", "Q4", areas=("supervision",)),
        Example("2", "", "Q1", "Q4", areas=("supervision", "early-help")),
    ]
    figures = evaluate([replace(one, areas=one.areas[:0]), one], gold, FRAMEWORK, rounds=20)
    assert figures.items == 2
    assert figures.accuracy.value == 0.5
    assert figures.lenient.value == 1
    assert figures.confusion[0][3] == figures.confusion[3][3] == 1
    supervision = next(f for f in figures.labels if f.code == "supervision")
    assert (supervision.count, supervision.precision, supervision.recall) == (2, 1.0, 0.5)
    assert sum(b.count for b in figures.bins) == 2
    assert figures.macro_f1.value == pytest.approx((0 + 0 + 0 + 2 / 3) / 4)
