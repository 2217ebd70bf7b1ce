"""Scores that mean what they say: of all suggestions made with a score of 0.8, about 80 in 100 should be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BINS: Final = 10


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Log scores (rows, classes) as probabilities that sum to 1 in each row; a higher temperature is less sure."""
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def fit_temperature(scores: Floats, targets: NDArray[np.intp], weights: Floats) -> float:
    """The temperature, between 0.05 and 20, under which `targets` (class numbers) are likeliest given log `scores`.

    One number for all classes, so that it cannot learn the mix of classes of the texts it is fitted on.
    """
    low, high = np.log(0.05), np.log(20.0)
    rows = np.arange(len(targets))

    def loss(log_temperature: float) -> float:
        likely = softmax(scores, float(np.exp(log_temperature)))[rows, targets]
        return float(-(weights * np.log(np.maximum(likely, 1e-12))).sum())

    # Golden-section search: the loss has a single valley in the temperature.
    ratio = (np.sqrt(5.0) - 1) / 2
    for _ in range(60):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


@dataclass(frozen=True, slots=True)
class Sigmoid:
    """A score `s` becomes the probability 1 / (1 + exp(-(slope * s + offset)))."""

    slope: float
    offset: float

    def __call__(self, scores: Floats) -> Floats:
        """Probabilities of the same shape as `scores`."""
        probabilities: Floats = 1.0 / (1.0 + np.exp(-np.clip(self.slope * scores + self.offset, -35, 35)))
        return probabilities


def fit_sigmoid(scores: Floats, targets: NDArray[np.bool_]) -> Sigmoid:
    """Slope and offset under which `targets` are likeliest, by Newton's method with Platt's smoothed targets.

    Where all targets are alike, the score says nothing and the probability is their smoothed share.
    """
    positive = int(targets.sum())
    negative = len(targets) - positive
    if not positive or not negative:
        share = (positive + 1) / (len(targets) + 2)
        return Sigmoid(0.0, float(np.log(share / (1 - share))))
    aims = np.where(targets, (positive + 1) / (positive + 2), 1 / (negative + 2))
    features = np.column_stack([scores, np.ones(len(scores))]).astype(np.float64)
    answer = np.zeros(2)
    for _ in range(100):
        probabilities = 1.0 / (1.0 + np.exp(-np.clip(features @ answer, -35, 35)))
        curvature = np.maximum(probabilities * (1 - probabilities), 1e-9)
        hessian = features.T @ (features * curvature[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, features.T @ (aims - probabilities))
        answer = answer + np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-9:
            break
    return Sigmoid(float(answer[0]), float(answer[1]))


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions whose confidence lies in one tenth of the scale: how many, how sure on average, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> tuple[Bin, ...]:
    """The bins of a reliability diagram, of equal width over 0 to 1; empty ones are left out."""
    sure, hit = np.asarray(confidences, dtype=np.float64), np.asarray(right, dtype=bool)
    number = np.minimum((sure * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(b / BINS, (b + 1) / BINS, int(here.sum()), float(sure[here].mean()), float(hit[here].mean()))
        for b in range(BINS)
        if (here := number == b).any()
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy, weighted by the bins' counts."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.accuracy - b.confidence) for b in bins) / total if total else 0.0
