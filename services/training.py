"""The model: learn from examples and reviewers' decisions, compare with the live one, promote only what is not worse."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classify.evaluation import Evaluation, evaluate
from classify.examples import read_examples
from classify.model import Classifier
from classify.training import held_out, train
from domain.errors import ArtefactError, UsageError
from domain.framework import Framework
from domain.records import Example
from learning.artefacts import read_manifest
from learning.promotion import Verdict, judge
from plan import reading
from plan.ledger import now, record_event
from publish import modelcard
from services.house import House
from services.labelling import vectors_of

CARD = "model-card.md"


@dataclass(frozen=True, slots=True)
class Trained:
    """What training came to: the candidate's version, how many examples and decisions, both standings, whether it is live."""

    version: str
    examples: int
    decisions: int
    verdict: Verdict | None
    promoted: bool
    folder: Path


def material(house: House) -> tuple[Example, ...]:
    """Our own examples, and the labels that people decided where there is a plan. Suggestions never teach."""
    examples = read_examples(house.settings.models / "examples", house.framework)
    if not house.has_plan:
        return examples
    return (*examples, *reading.decisions_as_examples(house.plan))


def train_model(house: House, *, force: str | None = None) -> Trained:
    """Train a candidate, hold it against the live model on items that neither has seen, and promote it if it is not worse.

    Both are measured by the same folds: in each, one learns from all the rest, the other from what the live model knows
    of the rest. `force`: a reason to promote a worse one all the same, which is recorded.
    """
    examples = material(house)
    vectors = vectors_of(house, [e.text for e in examples])
    encoder = house.encoder.name
    live = _live(house)
    candidate = train(examples, vectors, house.framework, encoder)
    verdict = None
    if live is not None:
        new = held_out(examples, vectors, house.framework, encoder)
        old = held_out(examples, vectors, house.framework, encoder, learn_from=live.learnt_from)
        gold = [e.quadrant for e in examples]
        verdict = judge(gold, [c.quadrant for c in old], [c.quadrant for c in new], house.framework.quadrant_codes)
    folder = house.settings.trained_models / "versions" / candidate.version
    candidate.save(folder, created=now())
    better = verdict is None or verdict.promote or bool(force)
    promoted = better and (live is None or candidate.version != live.version)
    if promoted:
        why = force or ("no usable model before it" if live is None else "not worse on held-out items")
        promote(house, candidate, why=why, replaced=live.version if live else None)
    decisions = sum(e.origin == "decision" for e in examples)
    return Trained(candidate.version, len(examples) - decisions, decisions, verdict, promoted, folder)


def _live(house: House) -> Classifier | None:
    """The live model; None where there is none that fits, so that training is the way out."""
    try:
        return house.classifier
    except ArtefactError:
        return None


def promote(house: House, candidate: Classifier, *, why: str, replaced: str | None) -> None:
    """Make a model the live one; the event says which it replaced, so that it can be brought back."""
    candidate.save(house.settings.trained_models / "classifier", created=now())
    house.__dict__["classifier"] = candidate
    if house.has_plan:
        record_event(
            house.plan, who=house.who, what="model promoted", subject=candidate.version, before=replaced,
            after=candidate.version, why=why, at=now(), reviews=[],
        )  # fmt: skip


def read_gold(file: Path, framework: Framework) -> tuple[Example, ...]:
    """Labelled texts to measure by: JSON lines with text and quadrant. Raises `UsageError` with the line that cannot be read."""
    try:
        # Not splitlines, which would also break a line at characters that JSON allows within a text.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 text. Save it as UTF-8, one JSON object a line.") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror or error}). Check its name.") from error
    out = [_gold(line, f"{file.name}, line {n}", n, framework) for n, line in enumerate(lines, 1) if line.strip()]
    if not out:
        raise UsageError(f"{file.name} holds no labelled texts.")
    return tuple(out)


def _gold(line: str, place: str, number: int, framework: Framework) -> Example:
    try:
        value = json.loads(line)
        example = Example(
            id=str(value.get("id", number)),
            text=value["text"],
            quadrant=value["quadrant"],
            secondary=value.get("secondary"),
            issues=tuple(value.get("issues", ())),
            areas=tuple(value.get("areas", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f'{place}: not a JSON object with "text" and "quadrant".') from error
    if not isinstance(example.text, str) or not example.text.strip():
        raise UsageError(f'{place}: "text" is empty or no text.')
    for code in (example.quadrant, *([example.secondary] if example.secondary is not None else [])):
        if code not in framework.quadrant_codes:
            raise UsageError(
                f"{place}: {code} is no quadrant of the framework. Choose from: {', '.join(framework.quadrant_codes)}."
            )
    return example


def evaluate_model(house: House, gold_file: Path | None) -> tuple[Evaluation, Path]:
    """Measure the live model on labelled texts, or on our own examples by cross-validation; writes the model card."""
    if gold_file is not None:
        gold = read_gold(gold_file, house.framework)
        texts = [e.text for e in gold]
        predictions = house.classifier.classify(texts, house.encoder.encode(texts))
    else:
        gold = material(house)
        vectors = house.encoder.encode([e.text for e in gold])
        predictions = held_out(gold, np.asarray(vectors), house.framework, house.encoder.name)
    figures = evaluate(predictions, gold, house.framework)
    card = house.settings.outputs / CARD
    modelcard.write_model_card(_card(house, figures), card)
    return figures, card


def _card(house: House, figures: Evaluation) -> modelcard.Evaluation:
    manifest = read_manifest(house.model_folder)
    return {
        "version": house.classifier.version,
        "created": manifest.created[:10],
        "examples": int(manifest.data["examples"]) + int(manifest.data["decisions"]),
        "figures": {
            "Quadrant accuracy": figures.accuracy.value,
            "Quadrant macro-F1": figures.macro_f1.value,
            "Accuracy, second quadrant counted too": figures.lenient.value,
            "Accuracy of the surest four fifths": figures.top80,
            "Share left to a person as unsure": figures.unsure,
            "Calibration error": figures.calibration_error,
            "Issues micro-F1": figures.issues_micro_f1.value,
            "Practice areas micro-F1": figures.areas_micro_f1.value,
        },
        "confusion": {
            a: dict(zip(figures.quadrants, row, strict=True))
            for a, row in zip(figures.quadrants, figures.confusion, strict=True)
        },
        "labels": [
            {
                "code": label.code,
                "title": house.framework.title(label.code),
                "precision": label.precision,
                "recall": label.recall,
                "f1": label.f1,
                "n": label.count,
            }
            for label in figures.labels
        ],
        "bins": [
            {"low": b.low, "high": b.high, "n": b.count, "accuracy": b.accuracy, "confidence": b.confidence}
            for b in figures.bins
        ],
    }
