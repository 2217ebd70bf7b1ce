"""Near-repeats on our own judged pairs: how well a scorer does on subjects it was not fitted on, and how fast it is.

usage: python benchmarks/repeats.py          cross-validation on models/pairs/*.jsonl, and the time of 1,000 to 5,000 asks
       python benchmarks/repeats.py --fit    fit on all of them and write models/pairs/scorer.json

The cross-validation groups all texts of the held-out subjects together, as the plan does, and then asks which judged
pairs stand in one group. It compares the scorer with the cosine alone at its best threshold.
"""

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from classify.encoder import OnnxEncoder, load_encoder  # noqa: E402
from domain.framework import load_framework  # noqa: E402
from domain.language import agencies_in  # noqa: E402
from domain.records import Ask, Repeat  # noqa: E402
from match.fitting import FOLLOWED_FROM, Judged, Outcome, fit_scorer, folds, outcome, outcome_of  # noqa: E402
from match.groups import group  # noqa: E402
from match.pairs import candidates, score_pairs  # noqa: E402
from match.scorer import SHIPPED, save_scorer, shipped_scorer  # noqa: E402

SEEDS = (0, 1, 2)
# Sets in which every recommendation was written by itself and only then held against the others: nearest to real ones.
AS_WRITTEN = "as-written.jsonl"
EMPHASIS = 3.0
NOTHING = Outcome(0, 0, 0, 0)


class Material:
    """The judged pairs, the recommendations without judgements, and the vectors of both."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.pairs, self.natural = [], set()
        for file in sorted((ROOT / "models/pairs").glob("*.jsonl")):
            weight = EMPHASIS if file.name == AS_WRITTEN else 1.0
            for row in map(json.loads, file.read_text("utf-8").splitlines()):
                pair = Judged(row["a"], row["b"], row["verdict"], row.get("subject", ""), weight)
                self.pairs.append(pair)
                self.natural |= {pair} if file.name == AS_WRITTEN else set()
        texts = list(dict.fromkeys(text for pair in self.pairs for text in (pair.a, pair.b)))
        framework = load_framework()
        self.asks = {text: Ask(text, text, agencies_in(text, framework)) for text in texts}
        self.vectors = dict(zip(texts, encoder.encode(texts), strict=True))
        examples = sorted((ROOT / "models/examples").glob("*.jsonl"))
        self.corpus = [json.loads(line)["text"] for f in examples for line in f.read_text("utf-8").splitlines()]
        self.corpus_vectors = encoder.encode(self.corpus)


def validate(material: Material) -> None:
    """Print how the scorer fares on held-out subjects, and how the cosine alone does."""
    thresholds = [n / 40 for n in range(20, 37)]
    ours, natural = NOTHING, NOTHING
    plain = dict.fromkeys(thresholds, NOTHING)
    for seed in SEEDS:
        for fitting, held in folds(material.pairs, seed=seed):
            scorer = fit_scorer(fitting, material.asks, material.vectors, material.corpus, material.corpus_vectors)
            ours += outcome(held, material.asks, material.vectors, scorer)
            some = [pair for pair in held if pair in material.natural]
            natural += outcome(some, material.asks, material.vectors, scorer) if some else NOTHING
            texts = list(dict.fromkeys(text for pair in held for text in (pair.a, pair.b)))
            likes = by_cosine(texts, np.stack([material.vectors[text] for text in texts]))
            for least in thresholds:
                plain[least] += outcome_of(held, group(texts, likes, join_from=least))
    print(line("the scorer, all held-out pairs", ours))
    print(line(f"the scorer, those of {AS_WRITTEN}", natural))
    best = max(thresholds, key=lambda least: plain[least].f1)
    print(line(f"the cosine alone, best threshold {best:.3f}", plain[best]))


def by_cosine(texts: list[str], vectors: NDArray[np.float32]) -> list[Repeat]:
    """Pairs whose score is their cosine."""
    return [
        Repeat(texts[i], texts[j], float(cosine), float(cosine), (), (), ())
        for a, b, similarity in candidates(vectors, 0.3)
        for i, j, cosine in zip(a.tolist(), b.tolist(), similarity.tolist(), strict=True)
    ]


def line(what: str, fared: Outcome) -> str:
    """One line of the result."""
    return (
        f"{what}: F1 {fared.f1:.3f}, precision {fared.precision:.3f}, recall {fared.recall:.3f}, "
        f"different but joined {fared.far}"
    )


def measure_speed(material: Material, encoder: OnnxEncoder) -> None:
    """Print how long scoring and grouping take beyond encoding, on recommendations joined from two of ours each."""
    random = np.random.default_rng(0)
    pool = material.corpus + list(material.asks)
    made = [f"{pool[i]} {pool[j]}" for i, j in random.integers(0, len(pool), (5000 - len(pool), 2))]
    texts = pool + made
    vectors = encoder.encode(texts)
    framework = load_framework()
    asks = [Ask(str(n), text, agencies_in(text, framework)) for n, text in enumerate(texts)]
    for count in (1000, 2000, 5000):
        some = random.permutation(len(asks))[:count]
        chosen, rows = [replace(asks[n]) for n in some], vectors[some]
        start = time.perf_counter()
        pairs = score_pairs(chosen, rows, threshold=FOLLOWED_FROM)
        scored = time.perf_counter()
        groups = group([ask.id for ask in chosen], pairs)
        done = time.perf_counter()
        compared = sum(len(a) for a, _, _ in candidates(rows, shipped_scorer().candidates_from))
        print(
            f"{count} asks: {compared} pairs compared, {len(pairs)} kept, {len(groups)} groups; "
            f"scoring {scored - start:.2f} s, grouping {done - scored:.2f} s"
        )


def main() -> int:
    """Measure and print, or fit and write."""
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_encoder(Path(folder))
        material = Material(encoder)
        print(f"{len(material.pairs)} judged pairs of {len(material.asks)} texts")
        if "--fit" in sys.argv[1:]:
            save_scorer(
                SHIPPED,
                fit_scorer(material.pairs, material.asks, material.vectors, material.corpus, material.corpus_vectors),
            )
        else:
            validate(material)
            measure_speed(material, encoder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
