"""How much reviewers' decisions teach, and in which order they should be made.

usage: python benchmarks/learning_curve.py LABELLED.jsonl [FIGURE.svg]

Half of the labelled texts, drawn anew for each seed, wait for a reviewer; the other half measures. From the model that
is shipped, 10, 25, 50, 100 and 150 decisions are added in the order of `cap next` and in random order. Printed and
drawn: accuracy on the other half; the same from a model that has met reviews but no inspections, audits or scrutiny, as
when a new kind of report comes in; and the share of the waiting half whose label is right, decided or suggested.

Adding decisions to a regression that is solved needs no new solution, only a system of the size of the decisions, so
thousands of retrainings take seconds. That it gives what `classify.training.train` gives is checked at the end of a run.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from classify.examples import read_examples  # noqa: E402
from classify.order import checking_order  # noqa: E402
from classify.training import DECISION_WEIGHT, PENALTY, gram_of, material_of, train  # noqa: E402
from domain.framework import load_framework  # noqa: E402
from domain.records import Example  # noqa: E402
from learning.calibration import softmax  # noqa: E402
from services.nameless import load_nameless  # noqa: E402

SEEDS = 10
STEPS = (0, 10, 25, 50, 100, 150)
BATCH = 5  # decisions between two trainings, which is about what a reviewer does at a sitting
REVIEWS = frozenset({"SCR", "SPR", "SAR", "DHR"})
TEMPERATURE = 0.12  # of the shipped model; the order hardly depends on it
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Start:
    """A solved regression seen from the labelled texts: their scores, what each would change in another, their targets."""

    scores: Floats  # (texts, Q)
    reach: Floats  # (texts, texts)
    targets: Floats  # (texts, Q)

    def after(self, decided: Sequence[int]) -> Floats:
        """Scores of all labelled texts once these are decided: (texts, Q)."""
        if not decided:
            return self.scores
        rows = np.array(decided)
        own = self.reach[np.ix_(rows, rows)] + PENALTY / DECISION_WEIGHT * np.eye(len(rows))
        gained: Floats = self.reach[:, rows] @ np.linalg.solve(own, self.targets[rows] - self.scores[rows])
        return self.scores + gained


def start_from(examples: Sequence[Example], labelled: Sequence[Example], vectors: NDArray[np.float32]) -> Start:
    """Solve the regression over `examples`; `vectors` are those of examples and labelled texts, in this order."""
    framework, count = load_framework(), len(examples)
    both = material_of([*examples, *labelled], vectors, framework, {})
    base = material_of(examples, vectors[:count], framework, {})
    gram, quadrants = gram_of(both), len(framework.quadrant_codes)
    targets = both.targets[:, :quadrants]
    bias = np.average(base.targets[:, :quadrants], axis=0, weights=base.weights)
    factor = cho_factor(gram[:count, :count] + np.diag(PENALTY / base.weights), lower=True)
    across = gram[count:, :count]
    solved = cho_solve(factor, np.hstack([targets[:count] - bias, across.T]))
    return Start(
        scores=across @ solved[:, :quadrants] + bias,
        reach=gram[count:, count:] - across @ solved[:, quadrants:],
        targets=targets[count:],
    )


def in_random_order(waiting: Sequence[int], draw: np.random.Generator) -> list[int]:
    """The waiting texts as they happen to lie."""
    return [int(k) for k in draw.permutation(np.array(waiting))]


def in_checking_order(start: Start, waiting: Sequence[int], vectors: NDArray[np.float32]) -> list[int]:
    """The waiting texts as `cap next` proposes them, asked again after each sitting."""
    decided: list[int] = []
    left = list(waiting)
    while left:
        shares = softmax(start.after(decided)[left], TEMPERATURE)
        chosen = [left[k] for k in checking_order(shares, vectors[left], BATCH)]
        decided += chosen
        left = [k for k in left if k not in set(chosen)]
    return decided


@dataclass(frozen=True)
class Curve:
    """Mean over the seeds, at each of the steps."""

    name: str
    elsewhere: Floats
    plan: Floats


def curve(name: str, start: Start, gold: NDArray[np.intp], vectors: NDArray[np.float32], *, proposed: bool) -> Curve:
    """Measure one order from one start."""
    elsewhere, plan = np.zeros((SEEDS, len(STEPS))), np.zeros((SEEDS, len(STEPS)))
    for seed in range(SEEDS):
        draw = np.random.default_rng(seed)
        mixed = draw.permutation(len(gold))
        waiting, measuring = mixed[: len(gold) // 2].tolist(), mixed[len(gold) // 2 :]
        order = in_checking_order(start, waiting, vectors) if proposed else in_random_order(waiting, draw)
        for at, step in enumerate(STEPS):
            right = start.after(order[:step]).argmax(axis=1) == gold
            elsewhere[seed, at] = right[measuring].mean()
            right[order[:step]] = True
            plan[seed, at] = right[waiting].mean()
    return Curve(name, elsewhere.mean(axis=0), plan.mean(axis=0))


def needed(values: Floats, aim: float) -> str:
    """How many decisions reach `aim`, read off between the steps."""
    for (n0, v0), (n1, v1) in zip(
        zip(STEPS, values, strict=True), zip(STEPS[1:], values[1:], strict=False), strict=False
    ):
        if v0 >= aim:
            return f"{n0}"
        if v1 >= aim:
            return f"{n0 + (aim - v0) / (v1 - v0) * (n1 - n0):.0f}"
    return f"more than {STEPS[-1]}"


def draw(panels: Sequence[tuple[str, Sequence[tuple[str, Floats]]]], file: Path) -> None:
    """The curves as SVG, one panel beside the other."""
    import altair

    from publish.drawing import DEEP, GREY, Picture, styled, write_svg

    charts = []
    for title, lines in panels:
        marks = [
            {"decisions": n, "share": float(v), "order": name}
            for name, values in lines
            for n, v in zip(STEPS, values, strict=True)
        ]
        low = min(m["share"] for m in marks)
        base = altair.Chart({"values": marks}).encode(
            x=altair.X("decisions:Q", title="Decisions"),
            y=altair.Y(
                "share:Q", title=None, scale=altair.Scale(domain=[low - 0.01, 1 if low > 0.86 else 0.9], zero=False),
                axis=altair.Axis(format="%"),
            ),
            color=altair.Color("order:N", scale=altair.Scale(range=[DEEP, GREY]), legend=altair.Legend(title=None)),
            strokeDash=altair.StrokeDash("order:N", legend=None),
        )  # fmt: skip
        charts.append((base.mark_line() + base.mark_point(filled=True)).properties(width=260, height=260, title=title))
    words = "; ".join(
        f"{title}, {name}: " + ", ".join(f"{n} {v:.3f}" for n, v in zip(STEPS, values, strict=True))
        for title, lines in panels
        for name, values in lines
    )
    write_svg(Picture(styled(altair.hconcat(*charts)), "What decisions teach", words), file)


def main() -> int:
    """Measure, print and draw."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    framework = load_framework()
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines() if line.strip()]
    labelled = [
        Example(
            r["id"], r["text"], r["quadrant"], r.get("secondary"), tuple(r["issues"]), tuple(r["areas"]),
            origin="decision",
        )
        for r in rows
    ]  # fmt: skip
    gold = np.array([framework.quadrant_codes.index(e.quadrant) for e in labelled])
    examples = read_examples(ROOT / "models/examples", framework)
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_nameless(Path(folder))
        vectors = encoder.encode([e.text for e in (*examples, *labelled)])
        name = encoder.name
    own = vectors[len(examples) :]
    reviews = [k for k, e in enumerate(examples) if e.review_type in REVIEWS]
    shipped = start_from(examples, labelled, vectors)
    unmet = start_from([examples[k] for k in reviews], labelled, np.vstack([vectors[reviews], own]))
    orders = ((True, "order of cap next"), (False, "random order"))
    curves = {
        (which, word): curve(word, start, gold, own, proposed=proposed)
        for which, start in (("shipped", shipped), ("unmet", unmet))
        for proposed, word in orders
    }
    panels = [
        ("Other half, shipped model", [(w, curves["shipped", w].elsewhere) for _, w in orders]),
        ("Other half, a kind of report not met before", [(w, curves["unmet", w].elsewhere) for _, w in orders]),
        ("Right labels among those waiting", [(w, curves["shipped", w].plan) for _, w in orders]),
    ]
    print(f"{len(labelled)} labelled texts, {SEEDS} seeds\n")
    print("| | order | " + " | ".join(f"{n} decisions" for n in STEPS) + " |")
    print("|" + "---|" * (len(STEPS) + 2))
    for title, lines in panels:
        for word, values in lines:
            print(f"| {title} | {word} | " + " | ".join(f"{v:.3f}" for v in values) + " |")
    for title, lines in panels[1:]:
        aim = (lines[1][1][0] + lines[1][1][-1]) / 2
        print(
            f"\n{title}: {aim:.3f} is reached after "
            + ", ".join(f"{needed(values, aim)} decisions in {word}" for word, values in lines)
        )
    decided = in_checking_order(shipped, list(range(len(labelled))), own)[:50]
    fifty = [labelled[k] for k in decided]
    model = train([*examples, *fifty], np.vstack([vectors[: len(examples)], own[decided]]), framework, name)
    said = model.classify([e.text for e in labelled], own)
    quick = shipped.after(decided).argmax(axis=1)
    same = np.mean([framework.quadrant_codes.index(c.quadrant) == q for c, q in zip(said, quick, strict=True)])
    print(f"\nAfter 50 decisions, the same quadrant as by training anew: {same:.3f} of the texts")
    if len(sys.argv) > 2:
        draw(panels, Path(sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
