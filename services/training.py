"""The model: learn from examples and reviewers' decisions, compare with the live one, promote only what is not worse."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classify.evaluation import Evaluation, evaluate
from classify.examples import read_examples
from classify.model import Classifier
from classify.training import held_out, train
from domain.errors import UsageError
from domain.framework import Framework
from domain.records import Example
from learning.artefacts import read_manifest
from learning.promotion import Verdict, judge
from plan.teaching import KeptOut, Lessons, last_decision, lessons
from plan.writing import record_run_finish, record_run_start
from publish import modelcard
from services import versions
from services.house import House
from services.ingestion import new_run
from services.labelling import vectors_of

CARD = "model-card.md"


@dataclass(frozen=True, slots=True)
class Trained:
    """What training came to.

    version: of the candidate; kept_out: decisions that taught nothing, with the reason; verdict: both standings on the
    same held-out items; promoted: whether the candidate is live.
    """

    version: str
    examples: int
    decisions: int
    kept_out: tuple[KeptOut, ...]
    verdict: Verdict | None
    promoted: bool
    folder: Path


def material(house: House) -> Lessons:
    """Our own examples, and the labels that people decided where there is a plan. Suggestions never teach."""
    examples = read_examples(house.settings.models / "examples", house.framework)
    if not house.has_plan:
        return Lessons(examples, {}, ())
    decided = lessons(house.plan, house.framework)
    return Lessons((*examples, *decided.examples), decided.sureness, decided.kept_out)


def vectors_to_learn_from(house: House, texts: Sequence[str], live: Classifier | None) -> NDArray[np.float32]:
    """Vectors of texts, (n, 384): what the live model remembers or the plan holds is not encoded again."""
    remembered = live.remembered_vectors() if live is not None else {}
    fresh = [text for text in texts if text not in remembered]
    known = remembered | dict(zip(fresh, vectors_of(house, fresh), strict=True))
    return np.stack([known[text] for text in texts])


def train_model(house: House, *, force: str | None = None) -> Trained:
    """Train a candidate, hold it against the live model on items that neither has seen, and promote it if it is not worse.

    Both are measured on every example and decision, each answered by a model that has not learnt it: the candidate's
    from all the others, the live one's from those of the others that the live model knows. `force`: a reason to
    promote a worse one all the same, which is recorded.
    """
    began = _begin(house)
    given = material(house)
    live = versions.live_model(house)
    examples = given.examples
    vectors = vectors_to_learn_from(house, [e.text for e in examples], live)
    candidate = train(examples, vectors, house.framework, house.encoder.name, sureness=given.sureness)
    verdict = None
    if live is not None:
        new = held_out(examples, vectors, house.framework, sureness=given.sureness)
        old = held_out(examples, vectors, house.framework, sureness=given.sureness, learn_from=live.learnt_from)
        gold = [e.quadrant for e in examples]
        verdict = judge(gold, [c.quadrant for c in old], [c.quadrant for c in new], house.framework.quadrant_codes)
    folder = versions.keep(house, candidate)
    better = verdict is None or verdict.promote or bool(force)
    promoted = better and (live is None or candidate.version != live.version)
    why = force or ("no usable model before it" if live is None else "not worse on held-out items")
    if promoted:
        versions.make_live(house, candidate, replaced=live, why=why, what="model promoted")
    elif live is not None:
        versions.finish(house, live, why=why, what="model promoted")
    decisions = sum(e.origin == "decision" for e in examples)
    if began is not None:
        run, latest = began
        record_run_finish(house.plan, run, "done", {"model": candidate.version, "decision": latest})
    return Trained(candidate.version, len(examples) - decisions, decisions, given.kept_out, verdict, promoted, folder)


def _begin(house: House) -> tuple[str, int] | None:
    """Put on record that training has begun, and up to which decision it learns; None where there is no plan."""
    if not house.has_plan:
        return None
    run = new_run()
    record_run_start(house.plan, run, "train")
    return run, last_decision(house.plan)


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
                f"{place}: “{code}” is not a quadrant. Choose from: {', '.join(framework.quadrant_codes)}."
            )
    return example


def evaluate_model(house: House, gold_file: Path | None) -> tuple[Evaluation, Path]:
    """Measure the live model on labelled texts, or on what it learnt from by answers of models that had not.

    Writes the model card and its two pictures into the outputs.
    """
    if gold_file is not None:
        gold: Sequence[Example] = read_gold(gold_file, house.framework)
        texts = [e.text for e in gold]
        predictions = house.classifier.classify(texts, house.encoder.encode(texts))
        measured_on = f"the {len(gold)} labelled texts of {gold_file.name}"
    else:
        given = material(house)
        gold = given.examples
        vectors = vectors_to_learn_from(house, [e.text for e in gold], versions.live_model(house))
        predictions = held_out(gold, vectors, house.framework, sureness=given.sureness)
        measured_on = (
            f"its {len(gold)} examples and decisions, each answered by a model that learnt from all the others"
        )
    figures = evaluate(predictions, gold, house.framework)
    card = house.settings.outputs / CARD
    described = _card(house, figures, measured_on)
    from publish import modelcharts  # here, since drawing is slow to load and most of this module's work needs none

    modelcharts.write_model_charts(described, card.parent)
    modelcard.write_model_card(described, card)
    return figures, card


def _card(house: House, figures: Evaluation, measured_on: str) -> modelcard.Evaluation:
    manifest = read_manifest(house.model_folder)
    named = {
        "Quadrant accuracy": figures.accuracy,
        "Quadrant macro-F1": figures.macro_f1,
        "Accuracy, second quadrant counted too": figures.lenient,
        "Issues micro-F1": figures.issues_micro_f1,
        "Practice areas micro-F1": figures.areas_micro_f1,
    }
    return {
        "version": house.classifier.version,
        "created": manifest.created[:10],
        "examples": int(manifest.data["examples"]) + int(manifest.data["decisions"]),
        "measured_on": measured_on,
        "figures": {
            **{name: figure.value for name, figure in named.items()},
            "Accuracy of the surest four fifths": figures.top80,
            "Share left to a person as unsure": figures.unsure,
            "Calibration error": figures.calibration_error,
        },
        "intervals": {name: (figure.low, figure.high) for name, figure in named.items()},
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
                "f1": label.f1.value,
                "low": label.f1.low,
                "high": label.f1.high,
                "n": label.count,
            }
            for label in figures.labels
        ],
        "bins": [
            {"low": b.low, "high": b.high, "n": b.count, "accuracy": b.accuracy, "confidence": b.confidence}
            for b in figures.bins
        ],
        "pictures": [
            ("Reliability diagram: share right against confidence", modelcard.RELIABILITY),
            ("Confusion matrix of the quadrants", modelcard.CONFUSION),
        ],
    }
