"""Whatever PDF a stranger gives: does reading it end as it should, within its limits, and leave nothing behind?

usage: python benchmarks/hostile_files.py [--count N] [--seed S] [--folder DIR] [--workers N] [--list]

Every class of hostile file and N mutations (3,000 where not said) go the product's own way, or every PDF of a folder.
Printed: what became of each class, its slowest file and the most memory of its worker, and each breach: a limit passed, an
exception instead of a rejection, an extraction that holds nothing and says nothing, something left behind by a worker, or a
sound file that is read otherwise afterwards than in a fresh process. Exit status 1 where there is one. --list: each file too.
Interrupted (Ctrl-C), it reads what it has begun to the end and prints what was found until then.
"""

import argparse
import hashlib
import queue
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from domain.records import Extraction, Rejected  # noqa: E402
from sandbox.protocol import JSON  # noqa: E402
from services.house import House  # noqa: E402
from services.ingestion import read_pdf  # noqa: E402
from services.settings import Settings  # noqa: E402
from tests.extract.hostile import CLASSES  # noqa: E402
from tests.extract.hostile_making import ANY  # noqa: E402
from tests.extract.hostile_mutations import mutations  # noqa: E402

SECONDS, OCR_SECONDS, MEMORY_MB = 20.0, 10.0, 1024
SLACK = 1.5  # seconds: what killing a process and starting the clock may take on a busy machine
TICK = 0.03  # seconds between two looks at a worker's memory
SOUND = ROOT / "corpus" / "samples" / "spr-juniper.pdf"


@dataclass(frozen=True, slots=True)
class Case:
    """A file to read: its class, its name, how its bytes are had, and how reading it may end."""

    kind: str
    name: str
    content: Callable[[], bytes]
    ends: frozenset[str] = ANY


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file. `outcome`: "extracted", "partial" or the reason of its refusal; `says`: its warnings or message."""

    case: Case
    outcome: str
    says: str
    seconds: float
    peak_mb: float
    breaches: tuple[str, ...]


class Watch(threading.Thread):
    """The most memory that the processes of a house hold together, looked at all the time."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self._house = house
        self.peak = 0
        self.start()

    def run(self) -> None:
        """Look until the program ends."""
        while True:
            self.peak = max([self.peak, *map(_held, self._house.sandbox.pids())])
            time.sleep(TICK)


class Runner:
    """One worker of its own, so that what a worker holds and leaves can be told from what another does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = Settings(
            corpus=folder, outputs=folder, workers=1, seconds=SECONDS, ocr_seconds=OCR_SECONDS, memory_mb=MEMORY_MB
        )
        self._house = House(settings)
        self._limit = SECONDS
        self._call = self._house.sandbox.call
        self._house.sandbox.call = self._noting  # type: ignore[method-assign]
        self._sound = self._read(SOUND)
        self._watch = Watch(self._house)

    def close(self) -> None:
        """End the worker."""
        self._house.close()

    def run(self, case: Case) -> Result:
        """Read a file, then the sound one, and look at what was left behind."""
        path = self._folder / (hashlib.sha256(f"{case.kind} {case.name}".encode()).hexdigest()[:16] + ".pdf")
        content = case.content()
        path.write_bytes(content)
        breaches = []
        self._house.sandbox.call(
            "extract.reader:read_json", str(SOUND), SOUND.name
        )  # nothing waits for a process to start
        self._watch.peak = 0
        self._limit = SECONDS
        began = time.monotonic()
        try:
            result: Extraction | Rejected | None = read_pdf(self._house, path, case.name)
        except Exception:  # noqa: BLE001 - whatever gets out is what is sought
            result = None
            breaches.append("exception: " + traceback.format_exc().strip().splitlines()[-1])
        seconds, peak = time.monotonic() - began, self._watch.peak / 2**20
        outcome, says, faults = judge(result)
        breaches += faults
        if (outcome if outcome in ANY else "refused") not in case.ends:
            breaches.append("not the outcome that it should have")
        if seconds > self._limit + SLACK:
            breaches.append(f"took {seconds:.1f} s of {self._limit:.0f}")
        if peak > MEMORY_MB:
            breaches.append(f"held {peak:.0f} MiB")
        if path.read_bytes() != content:
            breaches.append("the file itself was changed")
        if self._read(SOUND) != self._sound:
            breaches.append("a sound file is read otherwise afterwards")
        breaches += self._left_behind()
        path.unlink()
        return Result(case, outcome, says, seconds, peak, tuple(breaches))

    def _noting(self, function: str, *arguments: JSON, seconds: float | None = None) -> JSON:
        """A call of the sandbox, with a note of the time that it was given."""
        self._limit = max(self._limit, seconds or 0.0)
        return self._call(function, *arguments, seconds=seconds)

    def _read(self, path: Path) -> Extraction | Rejected:
        return read_pdf(self._house, path, path.name)

    def _left_behind(self) -> Iterator[str]:
        """What a worker has left in its folder, or running."""
        for pid in self._house.sandbox.pids():
            try:
                process = psutil.Process(pid)
                left, running = list(Path(process.cwd()).iterdir()), process.children(recursive=True)
            except (psutil.Error, OSError):  # it was killed, and another is starting
                continue
            if left or running:
                yield f"left behind: {[p.name for p in left]} {[p.name() for p in running]}"


def judge(result: Extraction | Rejected | None) -> tuple[str, str, list[str]]:
    """The outcome in a word, what is said of it, and what is wrong with it."""
    if result is None:
        return "exception", "", []
    if isinstance(result, Rejected):
        return result.reason.value, result.message, [] if result.message.strip() else ["refused without a word"]
    faults = []
    if not result.recommendations and not result.warnings:
        faults.append("holds nothing and says nothing")
    if result.partial and not result.warnings:
        faults.append("partial and says nothing")
    return ("partial" if result.partial else "extracted"), " ".join(result.warnings), faults


def _held(pid: int) -> int:
    try:
        process = psutil.Process(pid)
        return sum(p.memory_info().rss for p in (process, *process.children(recursive=True)))
    except psutil.Error:
        return 0


def cases_made(count: int, seed: int) -> Iterator[Case]:
    """Every class of hostile file, then as many mutations of our own sample reports."""
    for kind, make in CLASSES.items():
        for made in make(random.Random(f"{seed} {kind}")):
            yield Case(kind, made.name, partial(bytes, made.content), made.ends)
    for kind, name, content in mutations(count, seed):
        yield Case(kind, name, partial(bytes, content))


def cases_in(folder: Path) -> Iterator[Case]:
    """Every PDF below a folder, by the folder it lies in."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file()):
        within = path.relative_to(folder)
        yield Case(within.parts[0] if len(within.parts) > 1 else ".", str(within), path.read_bytes)


def run_all(cases: Iterable[Case], workers: int, ended: threading.Event, *, tell: bool) -> list[Result]:
    """Run cases through several workers, no more of them once `ended` is set; gives the results as they came."""
    waiting: queue.Queue[Case | None] = queue.Queue(maxsize=2 * workers)
    results: list[Result] = []

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            runner = Runner(Path(folder))
            while (case := waiting.get()) is not None:
                result = runner.run(case)
                results.append(result)
                if tell or result.breaches:
                    print(line_of(result), flush=True)
            runner.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for case in takewhile(lambda _: not ended.is_set(), cases):
        waiting.put(case)
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return results


def line_of(result: Result) -> str:
    """One file in one line."""
    said = "; ".join(result.breaches)
    said = f"  BREACH: {said}" if said else ""
    figures = f"{result.seconds:6.2f} s {result.peak_mb:5.0f} MiB"
    return f"{figures}  {result.outcome:20} {result.case.kind}: {result.case.name}{said} | {result.says[:200]}"


def table(results: Sequence[Result]) -> str:
    """What became of each class."""
    rows = [f"{'class':34} {'files':>5} {'extracted':>9} {'partial':>7} {'slowest':>8} {'memory':>7}  refused"]
    by_kind: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_kind[result.case.kind].append(result)
    for kind, found in [*by_kind.items(), ("all", list(results))]:
        counts = Counter(r.outcome for r in found)
        refused = ", ".join(f"{n} {o}" for o, n in counts.most_common() if o not in ("extracted", "partial"))
        slowest, most = max(r.seconds for r in found), max(r.peak_mb for r in found)
        rows.append(
            f"{kind:34} {len(found):5} {counts['extracted']:9} {counts['partial']:7} {slowest:6.1f} s {most:4.0f} MB  {refused}"
        )
    return "\n".join(rows)


def main() -> int:
    """Run and print; 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    cases = cases_in(given.folder) if given.folder else cases_made(given.count, given.seed)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    results = run_all(cases, given.workers, ended, tell=given.list)
    print(table(results))
    breaches = [r for r in results if r.breaches]
    print(f"\n{len(results)} files, {len(breaches)} breaches")
    for result in breaches:
        print(line_of(result))
    return 1 if breaches or not results else 0


if __name__ == "__main__":
    sys.exit(main())
