"""Tune the embedding model for near-repeats: learn small changes to its weights from judged and taught pairs.

usage: python benchmarks/tuning.py [SHARE]                of all pairs and steps, for trying it out: 0.01, say. 1 unless told
       python benchmarks/tuning.py mean FILE SHARE ...    the mean of several such tunings, each with its share
       python benchmarks/tuning.py again                  one short round more, from models/pairs/tuning.npz as it is

Writes models/pairs/tuning.npz; `make model` and `python benchmarks/repeats.py fit` must follow, since labels are learnt from
these vectors and the score weighs their likeness.
Takes three minutes on an accelerator and most of a day on two cores. Pairs with a text of `match.fitting.held_out` are not
learnt from: they say how well it goes, and the score is fitted on them. Needs PyTorch, which comes with the embedding model
and which nothing else here uses.

A long round goes through all pairs, judged and taught, with the labels that were taught beside them, since the kind of act
that is asked for is what the plain model tells worst. Two short ones weigh the pairs written in families more, where unlike
asks sound alike; in the last one these are pairs of which nothing but the act differs. What was taught, and by whom: models/pairs/DATA-CARD.md.

What is shipped is a mean of tunings that learnt in unlike ways, and of one short round more, in which the vectors of other texts
are held where they are: docs/decisions/0006-near-repeats-and-search.md. Such a round takes some eight minutes on two cores.
"""

import math
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.repeats import acts_apart, example_texts, judged_pairs  # noqa: E402
from classify.encoder import DIMENSION, model_folder  # noqa: E402
from classify.tuning import Change, load_tuning, save_tuning  # noqa: E402
from match.fitting import SAME, Judged, held_out  # noqa: E402
from match.scorer import TUNING  # noqa: E402
from services.nameless import as_asked  # noqa: E402

TAUGHT = ROOT / "models" / "pairs" / "found" / "taught.npz"
RANK = 32  # of each change: twice as narrow learns as much of pairs, but must hold the labels as well
MEAN_RANK = 64  # of the mean of several tunings, of which each has changes of its own: narrower loses what the smaller shares brought
LONGEST = 112  # tokens; what is longer is cut, for learning only
# Of the three things that are asked of a batch, beside the first: a pair that is rather the same is nearer than one that is
# less; and a text's repeat is nearer to it than any other text of the batch.
ORDER, OTHERS = 0.3, 0.2
SHARPNESS = 20.0
APART = 0.3  # in the chance of being the same, from which one pair must be nearer than another
SURE = 0.97  # what is made of a verdict: no reader is always right
TAUGHT_WEIGHT, FAMILIES_WEIGHT, ACTS_WEIGHT = 0.5, 0.5, 0.5  # of one pair, beside one that was found and judged
LABELS_WEIGHT = 0.5
SEED = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts; same: the chance that they are one ask; weight: how many pairs it counts for."""

    a: str
    b: str
    same: float
    weight: float


@dataclass(frozen=True, slots=True)
class Round:
    """One pass of learning: batches of so many pairs, of so many labelled texts beside them, and the highest rate."""

    epochs: int
    batch: int
    labelled: int
    rate: float
    warming: float = 0.1


LONG, SHORT, LAST = Round(4, 384, 192, 1.3e-3), Round(1, 64, 0, 3e-4), Round(1, 64, 0, 2e-4)
AGAIN = Round(1, 64, 24, 1e-4)  # the texts beside the pairs are held where they are, not read for their labels
HOLD = 2.0  # what the square of the distance from where a text was counts for


Vector = NDArray[np.float32]


class Changed(nn.Module):
    """A linear map with a narrow change to it."""

    def __init__(self, kept: nn.Linear, change: Change | None) -> None:
        super().__init__()
        self.kept = kept
        if change is None:
            self.down = nn.Parameter(torch.randn(RANK, kept.in_features) / math.sqrt(kept.in_features))
            self.up = nn.Parameter(torch.zeros(kept.out_features, RANK))
        else:
            self.up, self.down = (nn.Parameter(torch.tensor(part)) for part in change)

    def forward(self, x: Tensor) -> Tensor:
        """What the map gives, and the change to it."""
        return self.kept(x) + (x @ self.down.T.to(x.dtype)) @ self.up.T.to(x.dtype)


class Network:
    """The embedding model with changes to all its maps.

    Beside it, the likeness from which two texts are rather the same ask, and a linear reading of labels, which is thrown away.
    begun: changes with which to begin, those of an earlier tuning.
    """

    def __init__(self, labels: int, begun: Mapping[str, Change] | None = None) -> None:
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        # Half the precision is enough to learn by, and takes a third of the time; so does attention without chance in it.
        self.model = AutoModel.from_pretrained(
            model_folder(), dtype=torch.bfloat16, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.tokenizer = AutoTokenizer.from_pretrained(model_folder())
        self._ids: dict[str, list[int]] = {}
        for parameter in self.model.parameters():
            parameter.requires_grad = False
        self.changed: dict[str, Changed] = {}
        for number, layer in enumerate(self.model.encoder.layer):
            for path in (
                "attention.self.query", "attention.self.key", "attention.self.value",
                "attention.output.dense", "intermediate.dense", "output.dense",
            ):  # fmt: skip
                parent, _, last = path.rpartition(".")
                home = layer.get_submodule(parent)
                name = f"encoder.layer.{number}.{path}.weight"
                self.changed[name] = Changed(getattr(home, last), None if begun is None else begun[name])
                setattr(home, last, self.changed[name])
        self.model.to(self.device)
        self.reading = nn.Linear(DIMENSION, labels).to(self.device)
        self.scale, self.least = (nn.Parameter(torch.tensor(n, device=self.device)) for n in (12.0, 0.75))

    def parameters(self) -> list[nn.Parameter]:
        """What the changes consist of."""
        return [part for change in self.changed.values() for part in (change.up, change.down)]

    def changes(self) -> dict[str, Change]:
        """The changes as they are kept."""
        return {
            name: (change.up.detach().cpu().numpy(), change.down.detach().cpu().numpy())
            for name, change in self.changed.items()
        }

    def ids(self, text: str) -> list[int]:
        """The tokens of a text as vectors are made of it."""
        if text not in self._ids:
            self._ids[text] = self.tokenizer(as_asked(text), truncation=True, max_length=LONGEST)["input_ids"]
        return self._ids[text]

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """Vectors of length 1, (texts, dimension)."""
        rows = [self.ids(text) for text in texts]
        ids, mask = (torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long) for _ in range(2))
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
            mask[number, : len(row)] = 1
        ids, mask = ids.to(self.device), mask.to(self.device)
        hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return functional.normalize((hidden.float() * mask[:, :, None]).sum(1), dim=-1)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts and the labels that were taught of them: chances of each quadrant (texts, 4), of each mark (texts, marks)."""

    texts: list[str]
    quadrants: Tensor
    marks: Tensor


def taught() -> tuple[list[Pair], Labelled]:
    """Pairs of our examples and their labels, as a larger network sees them; none whose text is held out is among the pairs."""
    texts = example_texts()
    with np.load(TAUGHT, allow_pickle=False) as data:
        named = [texts[name] for name in data["ids"].tolist()]
        chances = (data["same"] / 255).tolist()
        pairs = [
            Pair(named[a], named[b], same, TAUGHT_WEIGHT)
            for (a, b), same in zip(data["pairs"].tolist(), chances, strict=True)
        ]
        return pairs, Labelled(named, torch.tensor(data["quadrants"] / 255), torch.tensor(data["marks"] / 255))


def of_verdict(pair: Judged) -> Pair:
    """A judged pair, nearly as sure as its reader was."""
    return Pair(pair.a, pair.b, SURE if pair.verdict == SAME else 1 - SURE, pair.weight)


def loss_of(network: Network, batch: Sequence[Pair]) -> Tensor:
    """How far the vectors are from telling a batch's pairs."""
    a, b = network([pair.a for pair in batch]), network([pair.b for pair in batch])
    likeness = (a * b).sum(1)
    same, weights = (
        torch.tensor(numbers, device=network.device)
        for numbers in ([pair.same for pair in batch], [pair.weight for pair in batch])
    )
    margins = network.scale * (likeness - network.least)
    loss = (weights * functional.binary_cross_entropy_with_logits(margins, same, reduction="none")).mean()
    wrong = SHARPNESS * (likeness[None, :] - likeness[:, None])[same[:, None] - same[None, :] > APART]
    loss = loss + ORDER * torch.logsumexp(torch.cat([torch.zeros(1, device=network.device), wrong]), 0) / 10
    repeats = (same > 0.5).nonzero()[:, 0]
    if len(repeats) > 1:
        loss = loss + OTHERS * functional.cross_entropy(a[repeats] @ b.T * SHARPNESS, repeats)
    return loss


def labels_loss_of(network: Network, labelled: Labelled, rows: list[int]) -> Tensor:
    """How far a linear reading of the vectors is from the labels of some texts."""
    read = network.reading(network([labelled.texts[row] for row in rows]) * math.sqrt(DIMENSION))
    quadrants, marks = (part[rows].float().to(network.device) for part in (labelled.quadrants, labelled.marks))
    count = quadrants.shape[1]
    wrong = -(quadrants * read[:, :count].log_softmax(1)).sum(1).mean()
    return wrong + 2 * functional.binary_cross_entropy_with_logits(read[:, count:], marks)


def batches(network: Network, pairs: list[Pair], size: int) -> Iterator[Sequence[Pair]]:
    """The pairs in batches of texts of about one length, in an order of chance."""
    random.shuffle(pairs)
    batches = []
    for start in range(0, len(pairs), 8 * size):
        some = sorted(pairs[start : start + 8 * size], key=lambda p: len(network.ids(p.a)) + len(network.ids(p.b)))
        batches += [some[k : k + size] for k in range(0, len(some), size)]
    random.shuffle(batches)
    yield from batches


Beside = Callable[[list[int]], Tensor]


def held_where_they_were(network: Network, texts: Sequence[str]) -> Beside:
    """A loss of some of the texts, by their numbers: how far their vectors are from where they are now."""
    now = torch.tensor(np.stack(list(vectors_of(network, texts).values())), device=network.device)
    return lambda rows: HOLD * (network([texts[row] for row in rows]) - now[rows]).square().sum(1).mean()


def learn(network: Network, pairs: list[Pair], how: Round, count: int, beside: Beside) -> None:
    """Go through the pairs as often as `how` says; beside: what is asked of some of so many texts with every batch."""
    rates = [how.rate, 0.02, 3e-3]
    groups = (network.parameters(), [network.scale, network.least], list(network.reading.parameters()))
    optimiser = torch.optim.AdamW(
        [{"params": group, "lr": rate} for group, rate in zip(groups, rates, strict=True)], weight_decay=0.01
    )
    steps = how.epochs * math.ceil(len(pairs) / how.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / (how.warming * steps), max(steps - step, 0) / ((1 - how.warming) * steps)),
    )
    network.model.train()
    for _ in range(how.epochs):
        for batch in batches(network, pairs, how.batch):
            loss = loss_of(network, batch)
            if how.labelled:
                loss = loss + beside(random.sample(range(count), how.labelled))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()


def vectors_of(network: Network, texts: Sequence[str]) -> dict[str, Vector]:
    """The vector of each text as the network is now, in the order of the texts."""
    network.model.eval()
    vectors: dict[str, Vector] = {}
    order = sorted(texts, key=lambda text: len(network.ids(text)))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            some = order[start : start + 64]
            vectors |= dict(zip(some, network(some).cpu().numpy(), strict=True))
    return {text: vectors[text] for text in texts}


def fared(network: Network, pairs: Sequence[Judged]) -> str:
    """How well the likeness alone tells pairs that were not learnt from, at its best threshold."""
    vectors = vectors_of(network, sorted({text for pair in pairs for text in (pair.a, pair.b)}))
    likeness = np.array([vectors[pair.a] @ vectors[pair.b] for pair in pairs])
    same = np.array([pair.verdict == SAME for pair in pairs])

    def f1(least: float) -> float:
        joined = likeness >= least
        return float(2 * (joined & same).sum() / max(joined.sum() + same.sum(), 1))

    best = max(np.round(np.unique(likeness), 2), key=f1)
    return f"F1 {f1(best):.3f} of {len(pairs)} held-out pairs, from a likeness of {best:.2f}"


def mean(shares: Sequence[tuple[Path, float]]) -> dict[str, Change]:
    """The changes of several tunings, each times its share, added up and made narrow again by their singular values."""
    tunings = [(load_tuning(file), share) for file, share in shares]
    changes: dict[str, Change] = {}
    for name in tunings[0][0].changes:
        whole = sum(share * (up @ down) for tuning, share in tunings for up, down in [tuning.changes[name]])
        left, values, right = np.linalg.svd(whole, full_matrices=False)
        # The root of a value on either side, since both are kept as numbers of two bytes.
        roots = np.sqrt(values[:MEAN_RANK])
        changes[name] = (left[:, :MEAN_RANK] * roots, roots[:, None] * right[:MEAN_RANK])
    return changes


def main() -> int:
    """Learn, or make a mean, and write the changes."""
    mode, rest = (sys.argv[1:2] or ["1"])[0], sys.argv[2:]
    if mode == "mean":
        files, shares = rest[::2], rest[1::2]
        if not files or len(files) != len(shares):
            print(__doc__)
            return 2
        save_tuning(TUNING, mean([(Path(file), float(share)) for file, share in zip(files, shares, strict=True)]))
        return 0
    random.seed(SEED)
    torch.manual_seed(SEED)
    if mode == "again":
        learn_again(Material())
    else:
        learn_all(Material(), float(mode))
    return 0


class Material:
    """What is learnt from, and `held`: the pairs that tell how well it went."""

    def __init__(self) -> None:
        self.seen, self.labelled = taught()
        found, families = judged_pairs(families=FAMILIES_WEIGHT)
        self.held = [pair for pair in found if held_out(pair)]
        self.judged = [of_verdict(pair) for pair in found if not held_out(pair)]
        self.written = [of_verdict(pair) for pair in families if not held_out(pair)]
        self.acts = [of_verdict(pair) for pair in acts_apart(weight=ACTS_WEIGHT) if not held_out(pair)]
        self.labels = self.labelled.quadrants.shape[1] + self.labelled.marks.shape[1]

    def some(self, judged: int, seen: int) -> list[Pair]:
        """So many of the pairs that were found and judged, and of those that were taught."""
        return [*random.sample(self.judged, judged), *random.sample(self.seen, seen)]


def learn_all(material: Material, share: float) -> None:
    """A long round and two short ones, of a share of all pairs; the changes are written if that is all of them."""
    network, labelled = Network(material.labels), material.labelled
    every = [*material.judged, *material.written, *material.seen]
    closer = [*(material.written * 4), *material.some(6000, 5000)]
    last = [*(material.written * 2), *material.acts, *material.some(5000, 4000)]
    print(f"{len(every)} pairs to learn from; before: {fared(network, material.held)}", flush=True)
    began = time.perf_counter()
    for pairs, how in ((every, LONG), (closer, SHORT), (last, LAST)):
        some = random.sample(pairs, round(share * len(pairs)))
        learn(
            network,
            some,
            how,
            len(labelled.texts),
            lambda rows: LABELS_WEIGHT * labels_loss_of(network, labelled, rows),
        )
        print(f"{time.perf_counter() - began:.0f} s: {fared(network, material.held)}", flush=True)
    if share == 1:
        save_tuning(TUNING, network.changes())


def learn_again(material: Material) -> None:
    """One round more from the tuning as it is, of pairs that differ in the act alone above all, written in its place."""
    network = Network(material.labels, load_tuning(TUNING).changes)
    texts = material.labelled.texts
    pairs = [*material.written, *(material.acts * 2), *material.some(3000, 2000)]
    print(f"before: {fared(network, material.held)}", flush=True)
    learn(network, pairs, AGAIN, len(texts), held_where_they_were(network, texts))
    print(f"after: {fared(network, material.held)}")
    save_tuning(TUNING, network.changes())


if __name__ == "__main__":
    sys.exit(main())
