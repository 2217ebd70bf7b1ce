"""How fast whole reports become recommendations, beside pdfplumber reading the text of the same pages in the same run.

usage: python benchmarks/extraction.py [PDF ...]   (the reports for evaluation where none are given)

Everything runs on one core. Ours is the whole way: start of the sandbox, every page, tables, particulars, JSON back. Reports
take turns, so that whatever else the machine does disturbs both alike. Printed: seconds of both, their ratio (the aim is 15),
the slowest reports, and the greatest memory of a reading process over a report of 300 pages made of these.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pdfplumber  # noqa: E402
import pikepdf  # noqa: E402

from sandbox.pool import Sandbox  # noqa: E402

EVALUATION = ROOT.parent / "shared" / "evaluation"
READ = "extract.reader:read_json"
LONG = 300  # pages
AIM, MOST_MB = 15, 400


def plumbed(file: Path) -> int:
    """Read a report's text with pdfplumber; its pages."""
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


def long_report(files: list[Path], target: Path) -> None:
    """Write a report of 300 pages made of the pages of others."""
    with pikepdf.new() as made:
        for file in files:
            with pikepdf.open(file) as source:
                made.pages.extend(list(source.pages)[: LONG - len(made.pages)])
            if len(made.pages) == LONG:
                break
        made.save(target)


def peak_mb(pid: int) -> float:
    """The greatest memory that a process has held, in MB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def main() -> int:
    """Measure and print."""
    files = [Path(a) for a in sys.argv[1:]]
    files = files or sorted([*EVALUATION.glob("reports/*.pdf"), *EVALUATION.glob("more-reports/*.pdf")])
    if not files:
        print(f"No reports: {EVALUATION} is not there. Name some PDFs.")
        return 2
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows, pages = [], 0
    # The first report's time has the start of the sandbox in it.
    with Sandbox(packages=("extract",), seconds=600, preload=("extract.reader",)) as sandbox:
        for file in files:
            began = time.perf_counter()
            sandbox.call(READ, str(file.absolute()), file.name, None)
            ours = time.perf_counter() - began
            began = time.perf_counter()
            pages += plumbed(file)
            rows.append((ours, time.perf_counter() - began, file.name))
    ours, theirs = sum(r[0] for r in rows), sum(r[1] for r in rows)
    print(f"{len(files)} reports, {pages} pages, one core: ours {ours:.2f} s, ", end="")
    print(f"pdfplumber's extract_text {theirs:.2f} s; ratio {theirs / ours:.1f} (aim {AIM})")
    for mine, other, name in sorted(rows, key=lambda r: r[0] / r[1], reverse=True)[:5]:
        print(f"  {other / mine:5.1f}  {mine:.2f} s  {name}")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "long.pdf"
        long_report(files, target)
        with Sandbox(packages=("extract",), seconds=600, preload=("extract.reader",)) as fresh:
            began = time.perf_counter()
            fresh.call(READ, str(target), target.name, None)
            took = time.perf_counter() - began
            print(
                f"{LONG} pages in one report: {took:.2f} s, {peak_mb(fresh.pids()[0]):.0f} MB at most (aim {MOST_MB})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
