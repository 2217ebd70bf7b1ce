"""Near-repeats: how well the scorer does, how groups are best made of pairs, and how fast.

usage: python benchmarks/repeats.py quality   on models/pairs/found, beside the cosine alone and other linkages
       python benchmarks/repeats.py speed     candidate pairs of 1,000 to 100,000 recommendations beside
                                              sentence-transformers' paraphrase mining, scoring, grouping, one more review
       python benchmarks/repeats.py fit       fit on models/pairs and write models/pairs/scorer.json

Texts are grouped together, as the plan does, and then it is asked which judged pairs stand in one group.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from domain.framework import load_framework  # noqa: E402
from domain.language import agencies_in  # noqa: E402
from domain.records import Ask, Repeat, RepeatGroup  # noqa: E402
from match.candidates import candidates  # noqa: E402
from match.fitting import FOLLOWED_FROM, Judged, Outcome, fit_scorer, held_out, outcome_of, scored  # noqa: E402
from match.groups import JOIN_FROM, group  # noqa: E402
from match.pairs import score_pairs  # noqa: E402
from match.scorer import SHIPPED, save_scorer, shipped_scorer  # noqa: E402
from services.nameless import load_nameless  # noqa: E402

PARTS = 4  # of the found pairs' texts, so that the linkages are compared within minutes
NOTHING = Outcome(0, 0, 0, 0)
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
SEARCHED_FROM = 0.7  # for the comparison: near-repeats below are few, and the other way keeps its best pairs only
ONE_REVIEW = 30


class Material:
    """The found pairs from which the tuning learnt nothing, and all our examples with their vectors."""

    def __init__(self) -> None:
        self.found = [pair for pair in judged_pairs()[0] if held_out(pair)]
        self.corpus = list(example_texts().values())
        framework = load_framework()
        self.asks = {text: Ask(text, text, agencies_in(text, framework)) for text in self.corpus}
        with tempfile.TemporaryDirectory() as folder:
            vectors = load_nameless(Path(folder)).encode(self.corpus)
        self.corpus_vectors = vectors
        self.vectors = dict(zip(self.corpus, vectors, strict=True))


def example_texts() -> dict[str, str]:
    """Our example recommendations by their identifiers."""
    files = sorted((ROOT / "models/examples").glob("*.jsonl"))
    return {row["id"]: row["text"] for file in files for row in rows_of(file)}


def judged_pairs(*, families: float = 1.0) -> tuple[list[Judged], list[Judged]]:
    """The judged pairs that were found among the examples, and those written in families with this weight."""
    texts = example_texts()
    return (
        [
            Judged(texts[row["a"]], texts[row["b"]], row["verdict"])
            for row in rows_of(ROOT / "models/pairs/found/judged.jsonl")
        ],
        [
            Judged(row["a"], row["b"], row["verdict"], families)
            for file in sorted((ROOT / "models/pairs").glob("*.jsonl"))
            for row in rows_of(file)
        ],
    )


def acts_apart(*, weight: float = 1.0) -> list[Judged]:
    """The judged pairs of families in which the same is asked for, ruled, taught, audited and discussed, with this weight."""
    return [
        Judged(row["a"], row["b"], row["verdict"], weight) for row in rows_of(ROOT / "models/pairs/acts/apart.jsonl")
    ]


def rows_of(file: Path) -> list[dict[str, str]]:
    """The lines of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


# ------------------------------------------------------------------------------------------------ quality

Grouping = Callable[[Sequence[str], Sequence[Repeat]], Sequence[RepeatGroup]]


def by_linkage(mean: Callable[[list[float]], float]) -> Grouping:
    """Groups made by joining, again and again, the two whose pairs between them score highest under `mean`."""

    def grouping(texts: Sequence[str], pairs: Sequence[Repeat]) -> Sequence[RepeatGroup]:
        scores = {frozenset((p.a, p.b)): p.score for p in pairs}
        near: dict[str, set[str]] = {}
        for pair in pairs:
            if pair.score >= JOIN_FROM:
                near.setdefault(pair.a, set()).add(pair.b)
                near.setdefault(pair.b, set()).add(pair.a)
        groups: list[RepeatGroup] = []
        for island in _islands(near):
            clusters = [{text} for text in island]
            while len(clusters) > 1:
                best = max(
                    combinations(range(len(clusters)), 2),
                    key=lambda two: mean(
                        [scores.get(frozenset((a, b)), 0.0) for a in clusters[two[0]] for b in clusters[two[1]]]
                    ),
                )
                if (
                    mean([scores.get(frozenset((a, b)), 0.0) for a in clusters[best[0]] for b in clusters[best[1]]])
                    < JOIN_FROM
                ):
                    break
                clusters[best[0]] |= clusters.pop(best[1])
            groups += [RepeatGroup(tuple(sorted(c)), ()) for c in clusters if len(c) > 1]
        return groups

    return grouping


def _islands(near: dict[str, set[str]]) -> list[list[str]]:
    seen: set[str] = set()
    islands = []
    for start in sorted(near):
        waiting, island = [start], []
        while waiting:
            text = waiting.pop()
            if text not in seen:
                seen.add(text)
                island.append(text)
                waiting += near[text]
        if island:
            islands.append(sorted(island))
    return islands


def parts(pairs: Sequence[Judged]) -> list[list[Judged]]:
    """The pairs of which both texts fall into one of `PARTS` random parts; those between parts are left out."""
    texts = sorted({text for pair in pairs for text in (pair.a, pair.b)})
    part = dict(zip(texts, np.random.default_rng(0).permutation(len(texts)) % PARTS, strict=True))
    return [[pair for pair in pairs if part[pair.a] == part[pair.b] == number] for number in range(PARTS)]


def quality(material: Material) -> None:
    """Print how the shipped scorer, the linkages and the cosine alone fare on the found pairs."""
    thresholds = [n / 40 for n in range(22, 37)]
    ways: dict[str, Outcome] = dict.fromkeys(
        ("pairs by themselves", "average linkage", "complete linkage", "single linkage"), NOTHING
    )
    plain = dict.fromkeys(thresholds, NOTHING)
    for some in parts(material.found):
        texts, pairs = scored(some, material.asks, material.vectors, shipped_scorer())
        joined = {frozenset((p.a, p.b)) for p in pairs if p.score >= JOIN_FROM}
        ways["pairs by themselves"] += outcome_of(some, [RepeatGroup(tuple(p), ()) for p in joined])
        ways["average linkage"] += outcome_of(some, group(texts, pairs))
        ways["complete linkage"] += outcome_of(some, by_linkage(min)(texts, pairs))
        ways["single linkage"] += outcome_of(some, [RepeatGroup(tuple(i), ()) for i in _islands(_near(joined))])
        cosines = {frozenset((p.a, p.b)): float(material.vectors[p.a] @ material.vectors[p.b]) for p in some}
        for least in thresholds:
            alike = [RepeatGroup(tuple(p), ()) for p, cosine in cosines.items() if cosine >= least]
            plain[least] += outcome_of(some, alike)
    for name, fared in ways.items():
        print(line(name, fared))
    best = max(thresholds, key=lambda least: plain[least].f1)
    print(line(f"the cosine alone, pairs by themselves, best threshold {best:.3f}", plain[best]))


def _near(joined: set[frozenset[str]]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for a, b in (tuple(pair) for pair in joined):
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    return near


def line(what: str, fared: Outcome) -> str:
    """One line of the result."""
    return (
        f"{what}: F1 {fared.f1:.3f}, precision {fared.precision:.3f}, recall {fared.recall:.3f}, "
        f"different but joined {fared.far}"
    )


# ------------------------------------------------------------------------------------------------ speed


def many_vectors(of: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """As many vectors as a national corpus has: our own, moved a little each time they come again."""
    random = np.random.default_rng(0)
    rows = of[random.integers(0, len(of), count)]
    rows = rows + np.float32(0.55 / np.sqrt(rows.shape[1])) * random.normal(size=rows.shape).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def speed(material: Material) -> None:
    """Print times, and those of paraphrase mining on the same vectors in the same run."""
    vectors = many_vectors(material.corpus_vectors, max(SIZES))
    for size in SIZES:
        start = time.perf_counter()
        found = sum(len(a) for a, _, _ in candidates(vectors[:size], SEARCHED_FROM))
        print(f"{size} recommendations: {found} candidate pairs from {SEARCHED_FROM} in {time.perf_counter() - start:.2f} s; "
              f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # fmt: skip
    ours = time.perf_counter()
    for _ in candidates(vectors, SEARCHED_FROM):
        pass
    ours = time.perf_counter() - ours
    import torch
    from sentence_transformers import util

    theirs = time.perf_counter()
    util.paraphrase_mining_embeddings(torch.from_numpy(vectors))
    theirs = time.perf_counter() - theirs
    print(
        f"{len(vectors)} recommendations: candidates {ours:.1f} s, paraphrase mining {theirs:.1f} s, {theirs / ours:.1f} times"
    )
    one_more_review(material, vectors)
    scoring_and_grouping(material)


def one_more_review(material: Material, vectors: NDArray[np.float32]) -> None:
    """Print what a review of thirty costs in a plan of a hundred thousand, with and without the texts being known."""
    texts = [material.corpus[n % len(material.corpus)] for n in range(len(vectors))]
    asks = [Ask(str(n), text) for n, text in enumerate(texts)]
    held = len(vectors) - ONE_REVIEW
    for what in ("texts not yet looked at", "texts looked at before"):
        start = time.perf_counter()
        pairs = score_pairs(asks, vectors, threshold=FOLLOWED_FROM, new=range(held, len(asks)))
        print(f"{ONE_REVIEW} more, {what}: {len(pairs)} pairs in {1000 * (time.perf_counter() - start):.0f} ms")


def scoring_and_grouping(material: Material) -> None:
    """Print how long scoring and grouping take for plans of some thousands."""
    random = np.random.default_rng(0)
    for count in (1_000, 3_000, 10_000):
        some = random.permutation(len(material.corpus))[:count]
        texts = [material.corpus[n] for n in some]
        vectors = np.stack([material.vectors[text] for text in texts])
        start = time.perf_counter()
        pairs = score_pairs([material.asks[text] for text in texts], vectors, threshold=FOLLOWED_FROM)
        after = time.perf_counter()
        groups = group(texts, pairs)
        print(f"{count} recommendations: {len(pairs)} pairs scored in {after - start:.2f} s, {len(groups)} groups made in "
              f"{time.perf_counter() - after:.2f} s")  # fmt: skip


def main() -> int:
    """Measure and print, or fit and write."""
    wanted = sys.argv[1:]
    if wanted not in (["quality"], ["speed"], ["fit"]):
        print(__doc__)
        return 2
    material = Material()
    print(f"{len(material.found)} judged pairs, held out from the tuning")
    if wanted == ["fit"]:
        fitted = fit_scorer(material.found, material.asks, material.vectors, material.corpus, material.corpus_vectors)
        save_scorer(SHIPPED, fitted)
    elif wanted == ["quality"]:
        quality(material)
    else:
        speed(material)
    return 0


if __name__ == "__main__":
    sys.exit(main())
