"""The main job end to end: beside a plain pipeline, as it grows, and over files that are known.

usage: python benchmarks/pipeline.py [--reports DIR] [--reviews N] [--made DIR] [--json FILE]

Every measurement is a process of its own with an empty plan. The embedding model's export is made before, as it is at
installation. Printed: `cap run` over real reports beside a plain pipeline over the same (pdfplumber's text, a regex,
sentence-transformers, sqlite-utils row by row), with the greatest memory of each kind of process; then 10, 100 … N made reviews
(100 unless said), stage by stage; one worker beside two; and `cap run` again over what is known.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

EVALUATION: Final = ROOT.parent / "shared" / "evaluation"
REPORTS: Final = 29  # as many as the plain pipeline was first timed on
AIM, KNOWN_MS = 10, 20
EVERY = 0.05
SHORTEST = 30
LABEL = r"^(?:Recommendation\s+)?\d{1,2}(?:\.\d{1,2})?[.):]?\s+"
NUMBERED = re.compile(rf"{LABEL}(?=\S)", re.MULTILINE)


@dataclass
class Ran:
    """What a process took: seconds by the clock and of the processors, and MB at most of any process by kind."""

    wall: float
    cpu: float
    memory: dict[str, float] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------------ processes


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _children(child)


def _watch(pid: int, peaks: dict[int, float], names: dict[int, str], ended: threading.Event) -> None:
    """Note the greatest memory of a process and of those it starts, until told to end (Linux)."""
    while not ended.wait(EVERY):
        try:
            for one in (pid, *_children(pid)):
                status = Path(f"/proc/{one}/status").read_text("utf-8")
                found = re.search(r"VmHWM:\s+(\d+)", status)
                if found:
                    peaks[one] = int(found[1]) / 1024
                    worker = b"sandbox.worker" in Path(f"/proc/{one}/cmdline").read_bytes()
                    own = f"PPid:\t{pid}\n" in status
                    names[one] = (
                        "parent" if one == pid else "other" if not worker else "sandbox" if own else "copy that reads"
                    )
        except OSError:
            continue  # a process may end between two looks


def run(command: list[str], folder: Path, **variables: str) -> Ran:
    """Run a program in a folder of its own to its end; what it needed. Raises `RuntimeError` where it could not work."""
    peaks: dict[int, float] = {}
    names: dict[int, str] = {}
    ended = threading.Event()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CAP_")}
    with (folder / "printed.txt").open("wb") as printed:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**kept, "HF_HUB_OFFLINE": "1", **variables}, stdout=printed, stderr=printed
        )
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks, names, ended))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        ended.set()
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError((folder / "printed.txt").read_text("utf-8", "replace")[-2000:])
    memory: dict[str, float] = {}
    for pid, name in names.items():
        memory[name] = max(memory.get(name, 0.0), peaks[pid])
    return Ran(wall, usage.ru_utime + usage.ru_stime, memory)


def cap(corpus: Path, folder: Path, trained: Path) -> Ran:
    """`cap run` over a corpus, with its plan in a folder."""
    command = [str(Path(sys.executable).parent / "cap"), "run", "--corpus", str(corpus)]
    return run(command, folder, CAP_OUTPUTS=str(folder / "outputs"), CAP_TRAINED=str(trained))


# ------------------------------------------------------------------------------------------------ a plain pipeline


def plain(corpus: Path, database: Path) -> None:
    """What one would write in an afternoon: text, a regex, vectors, rows."""
    import pdfplumber
    import sqlite_utils
    from sentence_transformers import SentenceTransformer

    from classify.encoder import model_folder

    model = SentenceTransformer(str(model_folder()), device="cpu")
    table = sqlite_utils.Database(database)["recommendations"]
    for file in sorted(corpus.glob("*.pdf")):
        with pdfplumber.open(file) as pdf:
            pages = [page.extract_text() or "" for page in pdf.pages]
        items = [(n, " ".join(item.split())) for n, text in enumerate(pages, 1) for item in NUMBERED.split(text)[1:]]
        found = [(n, item) for n, item in items if len(item) >= SHORTEST]
        vectors = model.encode([text for _, text in found]) if found else []
        for (page, text), vector in zip(found, vectors, strict=True):
            table.insert({"file": file.name, "page": page, "text": text, "vector": vector.tobytes()})


# ------------------------------------------------------------------------------------------------ stages


class Stages:
    """Seconds by stage, each without those of the stages that it calls; and how often each was called."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = defaultdict(float)
        self.cpu: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self.first: dict[str, float] = {}
        self.last: dict[str, float] = {}
        self._inner = threading.local()
        self._lock = threading.Lock()

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what happens inside as this stage's, in this thread."""
        stack = self._inner.__dict__.setdefault("stack", [])
        stack.append([0.0, 0.0])
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            yield
        finally:
            now = time.perf_counter()
            took, used = now - wall, time.thread_time() - cpu
            inner = stack.pop()
            if stack:
                stack[-1][0] += took
                stack[-1][1] += used
            with self._lock:
                self.wall[name] += took - inner[0]
                self.cpu[name] += used - inner[1]
                self.calls[name] += 1
                self.first.setdefault(name, wall)
                self.last[name] = now

    def wrap(self, owner: object, attribute: str, name: str) -> None:
        """Put a function that counts in the place of another."""
        inner: Callable[..., Any] = getattr(owner, attribute)

        def counted(*args: object, **named: object) -> object:
            with self.of(name):
                return inner(*args, **named)

        setattr(owner, attribute, counted)


READING: Final = "reading in the sandbox"


def staged(corpus: Path, outputs: Path, target: Path) -> None:
    """Take a corpus in with every stage timed, and write the figures as JSON."""
    from flows.settings import prepare
    from services.settings import load_settings

    settings = load_settings(corpus=corpus, outputs=outputs)
    prepare(outputs)
    import classify.encoder
    import classify.model
    import flows.ingest
    import plan.writing
    import services.ingestion
    import services.publishing
    import services.repeats
    from sandbox.pool import Sandbox
    from services.intake import files_in

    stages = Stages()
    for owner, attribute, name in (
        (flows.ingest, "survey", "survey and hashing"),
        (flows.ingest, "read_and_encode", READING),
        (classify.encoder.OnnxEncoder, "encode", "encoding"),
        (classify.encoder.OnnxEncoder, "__init__", "loading encoder"),
        (classify.model.Classifier, "classify", "classifying"),
        (plan.writing, "add_review", "writing to the plan"),
        (services.ingestion, "keep_original", "keeping originals"),
        (services.ingestion, "kept_reading", "loading readings"),
        (flows.ingest, "enter", "entering, the rest"),
        (flows.ingest, "settle", "near-repeats: saying them of each review"),
        (services.ingestion, "regroup", "near-repeats: the rest"),
        (services.repeats, "vectors_of", "near-repeats: vectors"),
        (services.repeats, "score_pairs", "near-repeats: pairs"),
        (services.repeats, "group", "near-repeats: groups"),
        (services.repeats, "save_groups", "near-repeats: saving"),
        (services.publishing, "snapshot", "counts and publishing: snapshot"),
        (services.publishing, "gather", "counts and publishing: gathering"),
        (services.publishing, "write_workbook", "counts and publishing: workbook"),
        (flows.ingest, "refresh", "counts and publishing: the rest"),
        (Sandbox, "call", "sandbox calls, waiting for them"),
    ):
        stages.wrap(owner, attribute, name)
    began, used = time.perf_counter(), time.process_time()
    report, _ = flows.ingest.ingest(settings, files_in(corpus))
    wall, own = time.perf_counter() - began, time.process_time() - used
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    known = sum(type(outcome).__name__ == "AlreadyIngested" for outcome in report.processed)
    figures = {
        "files": len(report.processed), "known": known, "wall": wall, "own_cpu": own,
        "worker_cpu": workers.ru_utime + workers.ru_stime,
        "reading_span": stages.last.get(READING, 0.0) - stages.first.get(READING, 0.0),
        "stages": {name: [stages.wall[name], stages.cpu[name], stages.calls[name]] for name in stages.wall},
        "pages": sum(outcome.review.pages for outcome in report.processed if hasattr(outcome, "review")),
    }  # fmt: skip
    target.write_text(json.dumps(figures), "utf-8")


def grown(corpus: Path, folder: Path, trained: Path, workers: int) -> tuple[Ran, dict[str, Any]]:
    """A corpus taken in, in a process of its own, stage by stage."""
    target = folder / "stages.json"
    command = [sys.executable, str(Path(__file__).resolve()), "--child", "stages", str(corpus), str(folder / "outputs"), str(target)]  # fmt: skip
    ran = run(command, folder, CAP_TRAINED=str(trained), CAP_WORKERS=str(workers))
    return ran, json.loads(target.read_text("utf-8"))


# ------------------------------------------------------------------------------------------------ what is printed


def beside_plain(files: list[Path], trained: Path) -> dict[str, Any]:
    """`cap run` and the plain pipeline over the same reports, after one look at each so that no disk is waited for."""
    with (
        tempfile.TemporaryDirectory() as place,
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
    ):
        reports = Path(place)
        for file in files:
            file.read_bytes()
            (reports / file.name).symlink_to(file.resolve())
        command = [sys.executable, str(Path(__file__).resolve()), "--child", "plain", str(reports), f"{other}/plain.db"]
        theirs = run(command, Path(other))
        ours = cap(reports, Path(one), trained)
    print(f"{len(files)} reports: cap run {ours.wall:.1f} s ({ours.cpu:.1f} s of processors), the plain pipeline "
          f"{theirs.wall:.1f} s ({theirs.cpu:.1f} s); ratio {theirs.wall / ours.wall:.1f} (aim {AIM}), by processors "
          f"{theirs.cpu / ours.cpu:.1f}")  # fmt: skip
    for what, ran in (("cap run", ours), ("plain", theirs)):
        print(f"  most memory, {what}: " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in ran.memory.items()))
    return {"ours": asdict(ours), "plain": asdict(theirs), "ratio": theirs.wall / ours.wall}


def show(size: int, workers: int, ran: Ran, figures: dict[str, Any]) -> None:
    """One size, stage by stage."""
    span = figures["reading_span"] or 1.0
    print(f"\n{size} made reviews, {figures['pages']} pages, {workers} workers: {ran.wall:.1f} s, {ran.cpu:.1f} s of processors, "
          f"{figures['pages'] / ran.wall:.0f} pages a second; reading part {span:.1f} s, reading processes "
          f"{figures['worker_cpu']:.1f} s of processors, {figures['worker_cpu'] / span:.2f} cores of it")  # fmt: skip
    print("  " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in ran.memory.items()))
    for name, (wall, cpu, calls) in sorted(figures["stages"].items()):
        print(f"  {name:42} {wall:8.2f} s {cpu:8.2f} s cpu {1000 * wall / size:9.2f} ms a review {calls:6} calls")


def growth(count: int, made: Path, trained: Path) -> list[dict[str, Any]]:
    """Sizes tenfold up to `count`, the one-worker run beside the second of them, and the last again when all is known."""
    from made_reviews import make_reviews

    files = make_reviews(count, made)
    out = []
    for size in sorted({*(n for n in (10, 100, 1000) if n < count), count}):
        with tempfile.TemporaryDirectory() as place:
            folder, corpus = Path(place), Path(place) / "corpus"
            corpus.mkdir()
            for file in files[:size]:
                (corpus / file.name).symlink_to(file.resolve())
            for workers in (1, 2) if size == 100 else (2,):
                own = folder / str(workers)
                own.mkdir()
                ran, figures = grown(corpus, own, trained, workers)
                show(size, workers, ran, figures)
                out.append({"size": size, "workers": workers, "ran": asdict(ran), **figures})
            known = cap(corpus, own, trained)
            _, again = grown(corpus, own, trained, 2)
            touched = [
                name for name in again["stages"] if name in (READING, "encoding", "sandbox calls, waiting for them")
            ]
            print(f"  known already: {again['known']} of {size}; cap run {1000 * known.wall / size:.1f} ms a file (aim {KNOWN_MS}), "
                  f"{1000 * again['wall'] / size:.1f} without its start; read or encoded: {', '.join(touched) or 'nothing'}")  # fmt: skip
            out.append({"size": size, "known": asdict(known), **again})
    return out


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, help="real reports; those beside the project by default")
    parser.add_argument("--reviews", type=int, default=100, help="the most made reviews; 0 for none")
    parser.add_argument("--made", type=Path, help="where made reviews are kept; a temporary folder by default")
    parser.add_argument("--json", type=Path, help="where the figures go too")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        what, *paths = given.child
        (plain if what == "plain" else staged)(*map(Path, paths))
        return 0
    from services.nameless import load_nameless

    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        trained = Path(place) / "trained"
        load_nameless(trained / "encoder")
        folders = [given.reports] if given.reports else [EVALUATION / "reports", EVALUATION / "more-reports"]
        files = [file for folder in folders for file in sorted(folder.glob("*.pdf"))]
        if files:
            figures["reports"] = beside_plain(files if given.reports else files[:REPORTS], trained)
        else:
            print("There are no real reports: the comparison with a plain pipeline is left out.")
        if given.reviews:
            figures["growth"] = growth(given.reviews, given.made or Path(place) / "made", trained)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
