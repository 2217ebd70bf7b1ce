"""In which order should a person check suggestions, so that each decision puts most right and teaches most?"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# What likeness to a text already in line costs, against the gap between the two likeliest quadrants: an answer also
# tells about texts like it. Half as much or twice as much makes no difference that can be measured.
LIKE_ANOTHER: Final = 0.3


def checking_order(
    shares: NDArray[np.float64], vectors: NDArray[np.float32], count: int | None = None
) -> tuple[int, ...]:
    """Numbers of the texts, the one to check first in front; `count` of them, or all.

    shares: probabilities of the quadrants (texts, Q); vectors: (texts, dimension), of length 1. First come texts whose
    two likeliest quadrants are nearest to each other, unless they are like one that stands in line already. The same
    input gives the same order.
    """
    if not len(shares):
        return ()
    likeliest = np.sort(shares, axis=1)
    cost = likeliest[:, -1] - likeliest[:, -2]
    near = np.zeros(len(shares))
    line: list[int] = []
    waiting = np.ones(len(shares), dtype=bool)
    for _ in range(len(shares) if count is None else min(count, len(shares))):
        chosen = int(np.where(waiting, cost + LIKE_ANOTHER * near, np.inf).argmin())
        line.append(chosen)
        waiting[chosen] = False
        near = np.maximum(near, vectors @ vectors[chosen])
    return tuple(line)
