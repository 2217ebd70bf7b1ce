"""Tune the embedding model for near-repeats: learn small changes to its weights from judged pairs.

usage: python benchmarks/tuning.py [EPOCHS]   2 unless told; some twenty minutes on two cores

Writes models/pairs/tuning.npz; `python benchmarks/repeats.py fit` must follow, since the score weighs the vectors' likeness.
Pairs with a text of `match.fitting.held_out` are not learnt from: they say after each epoch how well it goes, and the score is
fitted on them. Needs PyTorch, which comes with the embedding model and which nothing else here uses.
"""

import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.repeats import judged_pairs  # noqa: E402
from classify.encoder import model_folder  # noqa: E402
from classify.tuning import save_tuning  # noqa: E402
from match.content import nameless  # noqa: E402
from match.fitting import SAME, Judged, held_out  # noqa: E402
from match.scorer import TUNING, shipped_scorer  # noqa: E402

RANK = 16  # of each change: twice as narrow learns less, twice as wide makes a file of twice the size
BATCH = 64
RATE = 1e-3
WARMING = 0.1  # of all steps
LONGEST = 112  # tokens; what is longer is cut, for learning only
# Of the three things that are asked of a batch, beside the first: every same pair is nearer than every related one and
# these than different ones; and a text's repeat is nearer to it than any other text of the batch.
ORDER, OTHERS = 0.3, 0.2
SHARPNESS = 20.0
GRADES = {"same": 2, "related": 1, "different": 0}
FAMILIES = 0.5  # weight of pairs that were written in families, beside those found
SEED = 0


class Changed(nn.Module):
    """A linear map with a narrow change to it."""

    def __init__(self, kept: nn.Linear) -> None:
        super().__init__()
        self.kept = kept
        self.down = nn.Parameter(torch.randn(RANK, kept.in_features) / math.sqrt(kept.in_features))
        self.up = nn.Parameter(torch.zeros(kept.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """What the map gives, and the change to it."""
        return self.kept(x) + (x @ self.down.T.to(x.dtype)) @ self.up.T.to(x.dtype)


class Network:
    """The embedding model with changes to all its maps, and the likeness from which two texts are rather the same ask."""

    def __init__(self) -> None:
        # Half the precision is enough to learn by, and takes a third of the time; so does attention without chance in it.
        self.model = AutoModel.from_pretrained(
            model_folder(), dtype=torch.bfloat16, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.tokenizer = AutoTokenizer.from_pretrained(model_folder())
        self._known = shipped_scorer().word_weights
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
                change = Changed(getattr(home, last))
                setattr(home, last, change)
                self.changed[f"encoder.layer.{number}.{path}.weight"] = change
        self.scale, self.least = nn.Parameter(torch.tensor(12.0)), nn.Parameter(torch.tensor(0.75))

    def parameters(self) -> list[nn.Parameter]:
        """What the changes consist of."""
        return [part for change in self.changed.values() for part in (change.up, change.down)]

    def ids(self, text: str) -> list[int]:
        """The tokens of a text without names."""
        if text not in self._ids:
            short = nameless(text, self._known)
            self._ids[text] = self.tokenizer(short, truncation=True, max_length=LONGEST)["input_ids"]
        return self._ids[text]

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """Vectors of length 1, (texts, dimension)."""
        rows = [self.ids(text) for text in texts]
        ids, mask = (torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long) for _ in range(2))
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
            mask[number, : len(row)] = 1
        hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return functional.normalize((hidden.float() * mask[:, :, None]).sum(1), dim=-1)


def loss_of(network: Network, batch: Sequence[Judged]) -> Tensor:
    """How far the vectors are from telling a batch's verdicts."""
    a, b = network([pair.a for pair in batch]), network([pair.b for pair in batch])
    likeness = (a * b).sum(1)
    same = torch.tensor([float(pair.verdict == SAME) for pair in batch])
    weights = torch.tensor([pair.weight for pair in batch])
    margins = network.scale * (likeness - network.least)
    loss = (weights * functional.binary_cross_entropy_with_logits(margins, same, reduction="none")).mean()
    grades = torch.tensor([GRADES[pair.verdict] for pair in batch])
    wrong = SHARPNESS * (likeness[None, :] - likeness[:, None])[grades[:, None] > grades[None, :]]
    loss = loss + ORDER * torch.logsumexp(torch.cat([torch.zeros(1), wrong]), 0) / 10
    repeats = same.nonzero()[:, 0]
    if len(repeats) > 1:
        loss = loss + OTHERS * functional.cross_entropy(a[repeats] @ b.T * SHARPNESS, repeats)
    return loss


def batches(network: Network, pairs: list[Judged]) -> Iterator[Sequence[Judged]]:
    """The pairs in batches of texts of about one length, in an order of chance."""
    random.shuffle(pairs)
    batches = []
    for start in range(0, len(pairs), 8 * BATCH):
        some = sorted(pairs[start : start + 8 * BATCH], key=lambda p: len(network.ids(p.a)) + len(network.ids(p.b)))
        batches += [some[k : k + BATCH] for k in range(0, len(some), BATCH)]
    random.shuffle(batches)
    yield from batches


def fared(network: Network, pairs: Sequence[Judged]) -> str:
    """How well the likeness alone tells pairs that were not learnt from, at its best threshold."""
    network.model.eval()
    texts = sorted({text for pair in pairs for text in (pair.a, pair.b)}, key=lambda text: len(network.ids(text)))
    vectors = {}
    with torch.no_grad():
        for start in range(0, len(texts), BATCH):
            some = texts[start : start + BATCH]
            vectors |= dict(zip(some, network(some).numpy(), strict=True))
    network.model.train()
    likeness = np.array([vectors[pair.a] @ vectors[pair.b] for pair in pairs])
    same = np.array([pair.verdict == SAME for pair in pairs])

    def f1(least: float) -> float:
        joined = likeness >= least
        return float(2 * (joined & same).sum() / max(joined.sum() + same.sum(), 1))

    best = max(np.round(np.unique(likeness), 2), key=f1)
    return f"F1 {f1(best):.3f} of {len(pairs)} held-out pairs, from a likeness of {best:.2f}"


def main() -> int:
    """Learn, and write the changes."""
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    random.seed(SEED)
    torch.manual_seed(SEED)
    network = Network()
    found, families = judged_pairs(families=FAMILIES)
    held = [pair for pair in found if held_out(pair)]
    pairs = [pair for pair in [*found, *families] if not held_out(pair)]
    print(f"{len(pairs)} pairs to learn from; before: {fared(network, held)}", flush=True)
    optimiser = torch.optim.AdamW(
        [
            {"params": network.parameters(), "lr": RATE, "weight_decay": 0.01},
            {"params": [network.scale, network.least], "lr": 0.02, "weight_decay": 0.0},
        ]
    )
    steps, began = epochs * math.ceil(len(pairs) / BATCH), time.perf_counter()
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (WARMING * steps), max(steps - step, 0) / ((1 - WARMING) * steps))
    )
    for epoch in range(epochs):
        network.model.train()
        for batch in batches(network, pairs):
            loss = loss_of(network, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            rates.step()
        print(f"epoch {epoch + 1}, {time.perf_counter() - began:.0f} s: {fared(network, held)}", flush=True)
        save_tuning(
            TUNING,
            {
                name: (change.up.detach().numpy(), change.down.detach().numpy())
                for name, change in network.changed.items()
            },
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
