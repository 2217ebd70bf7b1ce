"""Figures by which models are compared, each with the interval within which chance alone could move it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits, false alarms and misses of one label."""

    hits: int
    false_alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """Share of what was suggested that is right; 0 where nothing was suggested."""
        return self.hits / (self.hits + self.false_alarms) if self.hits + self.false_alarms else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was suggested; 0 where there is none."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where the label neither stands nor was suggested."""
        total = 2 * self.hits + self.false_alarms + self.misses
        return 2 * self.hits / total if total else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.false_alarms + other.false_alarms, self.misses + other.misses)


def tally(gold: Sequence[Collection[str]], predicted: Sequence[Collection[str]], code: str) -> Tally:
    """How the label `code` fared over paired rows of gold and predicted labels."""
    pairs = [(code in g, code in p) for g, p in zip(gold, predicted, strict=True)]
    return Tally(sum(g and p for g, p in pairs), sum(p and not g for g, p in pairs), sum(g and not p for g, p in pairs))


def micro_f1(tallies: Collection[Tally]) -> float:
    """F1 over all labels together: frequent labels weigh most."""
    return sum(tallies, Tally(0, 0, 0)).f1


def share(right: Sequence[bool]) -> float:
    """Share of the true; 0 for none."""
    return sum(right) / len(right) if right else 0.0


def interval(
    statistic: Callable[[NDArray[np.intp]], float],
    items: int,
    *,
    rounds: int = 1000,
) -> tuple[float, float]:
    """Bootstrap interval of a figure: `statistic` is given the numbers of the items drawn, with repetition.

    Returns the lower and upper bound at `LEVEL`, the same for the same items; (0, 0) where there are no items.
    """
    if not items:
        return 0.0, 0.0
    draws = np.random.default_rng(0)
    values = [statistic(draws.integers(0, items, items)) for _ in range(rounds)]
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def best_threshold(scores: NDArray[np.float64], targets: NDArray[np.bool_], *, fallback: float, trust: int) -> float:
    """The score from which to suggest a label so that F1 is highest, drawn towards `fallback` where examples are few.

    With `trust` positive examples the answer stands half way between the best threshold and the fallback. The curve is
    smoothed over neighbouring thresholds first, since its highest single point is mostly luck. Of scores that are
    probabilities the best threshold is half the F1 that it reaches, so nothing below 0.2 or above 0.6 is looked at:
    where the curve is flat, what looks best outside says nothing about other texts.
    """
    positive = int(targets.sum())
    if not positive:
        return fallback
    grid = np.linspace(0.2, 0.6, 41)
    chosen = scores[None, :] >= grid[:, None]
    f1 = 2 * (chosen & targets).sum(axis=1) / (chosen.sum(axis=1) + positive)
    width = 5
    smooth = np.convolve(np.pad(f1, width, mode="edge"), np.ones(2 * width + 1) / (2 * width + 1), "valid")
    best = float(grid[int(smooth.argmax())])
    return (positive * best + trust * fallback) / (positive + trust)


def even_threshold(chances: NDArray[np.float64], targets: NDArray[np.bool_]) -> float:
    """The chance from which to suggest any of several labels, so that F1 over all of them together is highest.

    chances, targets: (texts, labels). Of true chances it is half the F1 that the best threshold reaches. That half hardly
    depends on luck, which the place of a flat curve's highest point does, all the more for each label by itself.
    """
    given, stands = np.sort(chances[targets]), int(targets.sum())
    every = np.sort(chances, axis=None)
    grid = np.linspace(0, 1, 101)
    hits = stands - np.searchsorted(given, grid)
    chosen = every.size - np.searchsorted(every, grid)
    return float((hits / np.maximum(chosen + stands, 1)).max()) if stands else 0.5
