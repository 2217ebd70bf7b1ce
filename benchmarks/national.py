"""A national corpus: how long each stage takes, and how much memory, with 10,000 reviews and 100,000 recommendations.

usage: python benchmarks/national.py [RECOMMENDATIONS ...]   10000 100000 unless told

Ten recommendations a review; texts and vectors are made up from our own examples, as in benchmarks/search.py. The reading of PDFs is
measured by benchmarks/pipeline.py and the pages of the web application by benchmarks/web.py. Every stage is the product's own; its
memory is the most that the process held while it ran, and the ratio is to the same stage at the size before, beside that of the sizes.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import sqlite_utils

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.repeats import many_vectors, rows_of  # noqa: E402
from benchmarks.search import texts_of  # noqa: E402
from benchmarks.web import decided  # noqa: E402
from domain.states import Audience  # noqa: E402
from plan.counts import snapshot  # noqa: E402
from plan.schema import open_plan  # noqa: E402
from plan.writing import add_review  # noqa: E402
from services.backups import back_up  # noqa: E402
from services.house import House  # noqa: E402
from services.ingestion import settle  # noqa: E402
from services.nameless import load_nameless  # noqa: E402
from services.publishing import export, refresh  # noqa: E402
from services.repeats import regroup  # noqa: E402
from services.searching import find  # noqa: E402
from services.settings import Settings, load_settings  # noqa: E402
from tests.plan.making import Maker  # noqa: E402

SIZES = (10_000, 100_000)
PER_REVIEW = 10
QUERIES = (
    "fathers not at conference", "professional curiosity", "information sharing between GP and midwife", "supervision",
    '"strategy discussion"', "neglect NOT obesity", "hidden men in the household", "audit of thresholds",
)  # fmt: skip


class Meter:
    """Seconds and memory of stages, printed as they end."""

    def __init__(self, before: dict[str, float]) -> None:
        self.seconds: dict[str, float] = {}
        self._before = before

    def __call__(self, name: str, work: Callable[[], object]) -> None:
        """Do one stage and print what it took."""
        process, ended, most = psutil.Process(), threading.Event(), [0]

        def watch() -> None:
            while True:
                most[0] = max(most[0], process.memory_info().rss)
                if ended.wait(0.05):
                    return

        watcher = threading.Thread(target=watch)
        watcher.start()
        began, used = time.perf_counter(), time.process_time()
        work()
        took, worked = time.perf_counter() - began, time.process_time() - used
        ended.set()
        watcher.join()
        self.seconds[name] = took
        earlier = self._before.get(name)
        ratio = f", {took / earlier:5.1f} times as long as before" if earlier else ""
        print(
            f"  {name:44} {took:8.2f} s ({worked:7.1f} s of processors), {most[0] / 2**20:6.0f} MB{ratio}", flush=True
        )


def entered(db: sqlite_utils.Database, texts: list[str], vectors: object, encoder: str) -> None:
    """Enter the texts as reviews, each in a transaction of its own, as a run does."""
    make = Maker()
    for start in range(0, len(texts), PER_REVIEW):
        some = texts[start : start + PER_REVIEW]
        add_review(
            db, make.extraction(f"review {start}", *some), [make.classification() for _ in some],
            vectors[start : start + PER_REVIEW],  # type: ignore[index]
            encoder=encoder, framework=make.framework, run=f"run-{start // 1000}",
        )  # fmt: skip


def measured(settings: Settings, texts: list[str], vectors: object, before: dict[str, float]) -> dict[str, float]:
    """Every stage at one size."""
    meter = Meter(before)
    encoder = load_nameless(settings.trained_models / "encoder").name
    plan = open_plan(settings.plan_file)
    meter("entering every review", lambda: entered(plan, texts, vectors, encoder))
    decided(plan)
    plan.conn.close()
    with House(settings) as house:
        meter("near-repeats over everything", lambda: regroup(house))
        make, new = Maker(), [f"{text} once more" for text in texts[:PER_REVIEW]]
        add_review(
            house.plan, make.extraction("one more", *new), [make.classification() for _ in new],
            house.encoder.encode(new), encoder=encoder, framework=house.framework, run="run-more",
        )  # fmt: skip
        meter("one review more", lambda: settle(house, ()))
        meter("counts of the day", lambda: snapshot(house.plan, house.framework))
        meter("working copy (workbook, table, chart)", lambda: refresh(house))
        meter("export for the public (xlsx)", lambda: export(house, "xlsx", Audience.PUBLIC))
        meter("backup of plan and models", lambda: back_up(house, originals=False))
        find(house, QUERIES[0])
        times = []

        def search() -> None:
            for query in QUERIES * 5:
                began = time.perf_counter()
                find(house, query)
                times.append(1000 * (time.perf_counter() - began))

        meter(f"{5 * len(QUERIES)} searches", search)
        times.sort()
        print(
            f"    of which the middle {statistics.median(times):.0f} ms, the 95th percentile {times[int(0.95 * len(times))]:.0f} ms"
        )
        print(f"    the plan: {settings.plan_file.stat().st_size / 2**20:.0f} MB")
    return meter.seconds


def main() -> int:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as scratch:
        trained = Path(scratch) / "trained"
        corpus = [row["text"] for file in sorted((ROOT / "models/examples").glob("*.jsonl")) for row in rows_of(file)]
        vectors = many_vectors(load_nameless(trained / "encoder").encode(corpus), max(sizes))
        before: dict[str, float] = {}
        for size in sizes:
            outputs = Path(scratch) / str(size)
            outputs.mkdir()
            print(f"{size} recommendations in {size // PER_REVIEW} reviews", flush=True)
            settings = load_settings(outputs=outputs, corpus=Path(scratch), trained=trained)
            before = measured(settings, texts_of(corpus, size), vectors[:size], before)
    return 0


if __name__ == "__main__":
    sys.exit(main())
