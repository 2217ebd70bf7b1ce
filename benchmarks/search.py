"""Search in a plan of a thousand to a hundred thousand recommendations, beside the least that it must cost.

usage: python benchmarks/search.py [COUNT ...]   1000 10000 100000 unless told

The least: the product of one vector with all vectors, and the bare query to the words' index, ranked, best hundred.
Texts are our own examples, two and two together, with our own vectors moved a little; queries are those of
tests/plan/search_quality and drafts of two hundred words.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import sqlite_utils
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.repeats import many_vectors, rows_of  # noqa: E402
from classify.encoder import Encoder  # noqa: E402
from match.asked import Asked, understand  # noqa: E402
from plan.schema import open_plan  # noqa: E402
from plan.search import search  # noqa: E402
from plan.vectors import all_embeddings  # noqa: E402
from services.nameless import load_nameless  # noqa: E402
from tests.plan.searching import QUALITY, enter, read  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
COMMON = ("training", "children", "review", "practice guidance", "multi-agency work with families", "the board")
DRAFT_WORDS = 200
HITS = 10
BARE_HITS = 100
SHARES = (50, 95)

Timed = dict[str, list[float]]


def texts_of(corpus: Sequence[str], count: int) -> list[str]:
    """As many different texts as are wanted: examples two and two together."""
    random = np.random.default_rng(0)
    pairs = random.integers(0, len(corpus), (count, 2))
    return [f"{corpus[a]} {corpus[b]} ({place})" for place, (a, b) in enumerate(pairs)]


def queries_of(corpus: Sequence[str]) -> dict[str, list[str]]:
    """What people type, by kind."""
    _, graded = read(QUALITY)
    by_kind: dict[str, list[str]] = {}
    for query in graded:
        by_kind.setdefault(query.kind, []).append(query.words)
    long = " ".join(corpus[:400]).split()
    by_kind["pasted draft"] = [
        " ".join(long[start : start + DRAFT_WORDS]) for start in range(0, 20 * DRAFT_WORDS, DRAFT_WORDS)
    ]
    by_kind["common words"] = list(COMMON) * 3
    return by_kind


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def bare_words(db: sqlite_utils.Database, asked: Asked) -> None:
    """The plainest query to the index of words with the same words."""
    words = [w for part in (*asked.quoted, *asked.phrases, asked.words) for w in part]
    expression = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
    db.execute(
        "SELECT rowid FROM recommendations_fts WHERE recommendations_fts MATCH ? ORDER BY rank LIMIT ?",
        (expression or '"nothing"', BARE_HITS),
    ).fetchall()


def measure(db: sqlite_utils.Database, matrix: NDArray[np.float32], encoder: Encoder, words: Sequence[str]) -> Timed:
    """Times of whole searches and of the two bare parts, once warm, encoding apart."""
    asked = [understand(query) for query in words]
    vectors = encoder.encode([one.meaning for one in asked])
    out: Timed = {"search": [], "product": [], "words": [], "encoding": []}
    search(db, asked[0], vectors[0], encoder.name, limit=HITS)
    for one, vector in zip(asked, vectors, strict=True):
        out["search"].append(milliseconds(lambda o=one, v=vector: search(db, o, v, encoder.name, limit=HITS)))
        out["product"].append(milliseconds(lambda v=vector: matrix @ v))
        out["words"].append(milliseconds(lambda o=one: bare_words(db, o)))
        out["encoding"].append(milliseconds(lambda o=one: encoder.encode([o.meaning])))
    return out


def line(what: str, timed: Timed) -> str:
    """One line: the middle and the slow end of each part, and how often the bare parts go into the whole."""
    part = {name: np.percentile(values, SHARES) for name, values in timed.items()}
    bare = np.percentile(np.add(timed["product"], timed["words"]), SHARES)
    told = ", ".join(f"{name} {middle:.1f} / {slow:.1f}" for name, (middle, slow) in part.items())
    return f"  {what}: {told} ms (half / 95 in 100); search {part['search'][1] / bare[1]:.2f} times the bare parts"


def from_the_shell(folder: Path) -> None:
    """Print what a person waits for who types a search into a shell."""
    environment = os.environ | {"CAP_DATABASE": str(folder / "cap.db"), "CAP_OUTPUTS": str(folder)}
    command = [str(Path(sys.executable).with_name("cap")), "search", "fathers not at conference"]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    print(f"  cap search from the shell: {min(times):.2f} to {max(times):.2f} s")


def main() -> int:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as scratch:
        encoder = load_nameless(Path(scratch))
        corpus = [row["text"] for file in sorted((ROOT / "models/examples").glob("*.jsonl")) for row in rows_of(file)]
        vectors = many_vectors(encoder.encode(corpus), max(sizes))
        for size in sizes:
            folder = Path(scratch) / str(size)
            folder.mkdir()
            db = open_plan(folder / "cap.db")
            start = time.perf_counter()
            enter(db, texts_of(corpus, size), vectors[:size], encoder.name)
            print(f"{size} recommendations, entered in {time.perf_counter() - start:.0f} s")
            _, matrix = all_embeddings(db, encoder.name)
            timed = {kind: measure(db, matrix, encoder, words) for kind, words in queries_of(corpus).items()}
            for kind, one in timed.items():
                print(line(kind, one))
            print(line("all", {part: [t for one in timed.values() for t in one[part]] for part in timed["theme"]}))
            db.conn.close()
            from_the_shell(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
