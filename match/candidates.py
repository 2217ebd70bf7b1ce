"""Which pairs of texts are worth a look: all those whose vectors are at least so similar, none missed, in flat memory."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from learning.onnx_file import BOOL, INT8, UINT8, Node, onnx_file

Places = NDArray[np.intp]
Vectors = NDArray[np.float32]
Batch = tuple[Places, Places, Vectors]

BLOCK: Final = 1024  # rows that are held against all before them at a time, where there are not too many of those
CELLS: Final = 32_000_000  # products at a time: as whole numbers they take 130 MB, however many rows there are
AT_ONCE: Final = 20_000  # pairs in a batch: what is worked out for them takes some tens of megabytes
# From so many rows on, the product is first taken in whole numbers of one byte, which is three times as fast, and only
# what may be similar enough by it is worked out exactly. Fewer are done before ONNX Runtime has started.
MANY: Final = 8_000
THREADS: Final = 2
ROUNDING: Final = 1e-5  # more than what the order of adding up can change in a cosine
_LARGEST: Final = 127
_ZERO: Final = 128  # what stands for 0 where a byte has no sign


def candidates(vectors: Vectors, least: float, *, new_from: int = 0) -> Iterator[Batch]:
    """Pairs of rows with a cosine of at least `least` and that cosine, in batches.

    vectors: float32 (rows, dimension), of length 1; new_from: the second of a pair stands at this row or behind it, the
    first anywhere before it. A pair's cosine is the same to the last bit, whatever else is compared.
    """
    near = _in_bytes(vectors, least) if len(vectors) >= MANY and len(vectors) - new_from >= BLOCK else None
    step = max(1, min(BLOCK, CELLS // max(len(vectors), 1)))
    for start in range(new_from, len(vectors), step):
        end = min(start + step, len(vectors))
        if near is None:
            block = vectors[start:end] @ vectors[:end].T
            second, first = np.nonzero(np.tril(block >= least - ROUNDING, k=start - 1))
            yield from _verified(vectors, first, start + second, least)
        else:
            yield from _verified(vectors, *near(start, end), least)


def candidates_across(vectors: Vectors, least: float, *, new_from: int) -> Iterator[Batch]:
    """As `candidates`, but only pairs of a row before `new_from` and one from there on."""
    old = vectors[:new_from]
    step = max(1, min(BLOCK, CELLS // max(new_from, 1)))
    for start in range(new_from, len(vectors), step):
        # Few rows against many: done at once, without a look in bytes first.
        second, first = np.nonzero(vectors[start : start + step] @ old.T >= least - ROUNDING)
        yield from _verified(vectors, first, start + second, least)


def _verified(vectors: Vectors, first: Places, second: Places, least: float) -> Iterator[Batch]:
    """Pairs that are similar enough indeed, each worked out by itself: how a product is cut into blocks shows in its last bits."""
    for start in range(0, len(first), AT_ONCE):
        a, b = first[start : start + AT_ONCE], second[start : start + AT_ONCE]
        similarity = np.einsum("ij,ij->i", vectors[a], vectors[b])
        kept = similarity >= least
        yield a[kept], b[kept], similarity[kept]


def _in_bytes(vectors: Vectors, least: float) -> Callable[[int, int], tuple[Places, Places]]:
    """A function that gives, for a block of rows, those before each that may be similar enough: all that are, and few more.

    Rounding a vector to bytes moves it by a known distance d, and so the product of two by at most 2 d + d * d: what is
    below `least` by more than that cannot be similar enough.
    """
    import onnxruntime  # type: ignore[import-untyped]  # here, since few rows need none of it

    scale = _LARGEST / max(float(np.abs(vectors).max()), 1e-9)
    rounded = np.rint(vectors * np.float32(scale)).astype(np.int8)
    moved = max(
        float(np.linalg.norm(rounded[k : k + BLOCK] / scale - vectors[k : k + BLOCK], axis=1).max())
        for k in range(0, len(vectors), BLOCK)
    )
    surely_not = np.array(int(np.floor((least - 2 * moved - moved * moved) * scale * scale)), dtype=np.int32)
    file = onnx_file(
        "near",
        [
            Node("MatMulInteger", ("some", "all", "zero"), "products"),
            Node("GreaterOrEqual", ("products", "least"), "near"),
        ],
        [("zero", np.array(_ZERO, dtype=np.uint8)), ("least", surely_not)],
        {"some": (UINT8, ("rows", vectors.shape[1])), "all": (INT8, (vectors.shape[1], "columns"))},
        {"near": (BOOL, ("rows", "columns"))},
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    columns = np.ascontiguousarray(rounded.T)

    def near(start: int, end: int) -> tuple[Places, Places]:
        some = (rounded[start:end].astype(np.int16) + _ZERO).astype(np.uint8)
        (found,) = session.run(None, {"some": some, "all": np.ascontiguousarray(columns[:, :end])})
        second, first = _places(found)
        before = first < start + second
        return first[before], start + second[before]

    return near


def _places(found: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Where the few true ones stand. Looking at eight at a time first costs a tenth of looking at each."""
    flat = found.ravel()
    whole = len(flat) // 8 * 8
    eights = np.flatnonzero(flat[:whole].view(np.uint64))
    inside = (eights[:, None] * 8 + np.arange(8)).ravel()
    at = np.concatenate([inside[flat[inside]], whole + np.flatnonzero(flat[whole:])])
    rows, columns = np.divmod(at, found.shape[1])
    return rows, columns
