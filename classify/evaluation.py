"""How well suggestions agree with labels that people gave: the figures of a model card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.framework import Framework
from domain.records import Classification, Example
from learning.calibration import Bin, calibration_error, reliability
from learning.comparison import Tally, interval, micro_f1, share, tally


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LabelFigure:
    """How one code fared: `count` is how often people gave it; `f1` with interval."""

    code: str
    count: int
    precision: float
    recall: float
    f1: Figure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every figure of one comparison of suggestions with labels.

    lenient: the secondary quadrant counts as right too; top80: accuracy over the four fifths the model is surest of;
    unsure: share of suggestions left to a person; confusion: rows are the people's quadrants, columns the model's, in
    the order of `quadrants`.
    """

    items: int
    quadrants: tuple[str, ...]
    accuracy: Figure
    macro_f1: Figure
    lenient: Figure
    top80: float
    unsure: float
    calibration_error: float
    issues_micro_f1: Figure
    areas_micro_f1: Figure
    labels: tuple[LabelFigure, ...]
    confusion: tuple[tuple[int, ...], ...]
    bins: tuple[Bin, ...]


def evaluate(
    predictions: Sequence[Classification], gold: Sequence[Example], framework: Framework, *, rounds: int = 400
) -> Evaluation:
    """Compare suggestions with the labels of the same texts, in the same order.

    `rounds`: draws of each bootstrap interval. Raises `ValueError` if the two differ in number.
    """
    pairs = list(zip(predictions, gold, strict=True))
    right = [p.quadrant == g.quadrant for p, g in pairs]
    lenient = [p.quadrant in (g.quadrant, g.secondary) for p, g in pairs]
    surest = sorted(range(len(pairs)), key=lambda k: -predictions[k].confidence)[: len(pairs) * 8 // 10]
    quadrants = _Family(framework.quadrant_codes, [[p.quadrant] for p in predictions], [[g.quadrant] for g in gold])
    issues = _Family(framework.issue_codes, [_codes(p.issues) for p in predictions], [g.issues for g in gold])
    areas = _Family(framework.area_codes, [_codes(p.areas) for p in predictions], [g.areas for g in gold])
    bins = reliability([p.confidence for p in predictions], right)
    return Evaluation(
        items=len(pairs),
        quadrants=framework.quadrant_codes,
        accuracy=_figure(lambda rows: share([right[k] for k in rows]), len(pairs), rounds),
        # Of the quadrants, all four count, as the guide's figures do: one that is never met scores 0.
        macro_f1=_figure(lambda rows: float(np.mean([t.f1 for t in quadrants.tallies(rows)])), len(pairs), rounds),
        lenient=_figure(lambda rows: share([lenient[k] for k in rows]), len(pairs), rounds),
        top80=share([right[k] for k in surest]),
        unsure=share([p.unsure for p in predictions]),
        calibration_error=calibration_error(bins),
        issues_micro_f1=_figure(lambda rows: micro_f1(issues.tallies(rows)), len(pairs), rounds),
        areas_micro_f1=_figure(lambda rows: micro_f1(areas.tallies(rows)), len(pairs), rounds),
        labels=tuple(figure for family in (quadrants, issues, areas) for figure in family.figures(rounds)),
        confusion=tuple(
            tuple(sum(g.quadrant == a and p.quadrant == b for p, g in pairs) for b in framework.quadrant_codes)
            for a in framework.quadrant_codes
        ),
        bins=bins,
    )


@dataclass(frozen=True, slots=True)
class _Family:
    codes: tuple[str, ...]
    predicted: Sequence[Sequence[str]]
    gold: Sequence[Sequence[str]]

    def tallies(self, rows: NDArray[np.intp] | None = None) -> list[Tally]:
        """One tally for each code, over all items or those drawn."""
        drawn = range(len(self.gold)) if rows is None else rows.tolist()
        predicted, gold = [self.predicted[k] for k in drawn], [self.gold[k] for k in drawn]
        return [tally(gold, predicted, code) for code in self.codes]

    def figures(self, rounds: int) -> list[LabelFigure]:
        """One line of the per-label table for each code."""
        return [
            LabelFigure(code, t.hits + t.misses, t.precision, t.recall, self._f1(code, rounds))
            for code, t in zip(self.codes, self.tallies(), strict=True)
        ]

    def _f1(self, code: str, rounds: int) -> Figure:
        gold = np.array([code in row for row in self.gold])
        said = np.array([code in row for row in self.predicted])

        def f1(rows: NDArray[np.intp]) -> float:
            g, p = gold[rows], said[rows]
            return Tally(int((g & p).sum()), int((p & ~g).sum()), int((g & ~p).sum())).f1

        return _figure(f1, len(gold), rounds)


def _codes(scored: Sequence[object]) -> list[str]:
    return [str(getattr(s, "code", s)) for s in scored]


def _figure(statistic: Callable[[NDArray[np.intp]], float], items: int, rounds: int) -> Figure:
    low, high = interval(statistic, items, rounds=rounds)
    return Figure(statistic(np.arange(items)), low, high)
