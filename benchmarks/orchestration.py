"""What Prefect costs the main job: the same samples taken in with the flow and without it, each in processes of its own.

    .venv/bin/python benchmarks/orchestration.py [ROUNDS]

Prints the median of both, their difference in seconds and their ratio. The limit is 2 s.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = """
import sys
from pathlib import Path
from services.samples import OWN_SAMPLES
from services.settings import load_settings
settings = load_settings(outputs=Path(sys.argv[1]), trained=Path(sys.argv[2])).demo(OWN_SAMPLES)
files = sorted(OWN_SAMPLES.glob("*.pdf"))
"""
WITH_FLOW = (
    SETTINGS
    + """
from flows.settings import prepare
prepare(settings.outputs)
from flows.ingest import ingest
report, _ = ingest(settings, files)
assert len(report.processed) == len(files)
"""
)
WITHOUT = (
    SETTINGS
    + """
from concurrent.futures import ThreadPoolExecutor
from services.house import House
from services.ingestion import enter, new_run, read_and_keep, survey
from services.publishing import refresh
with House(settings) as house:
    found = survey(house, files)
    with ThreadPoolExecutor(settings.workers) as pool:
        list(pool.map(lambda arrival: read_and_keep(house, arrival), found.to_read))
    run = new_run()
    for arrival in found.to_read:
        enter(house, arrival, run)
    refresh(house)
"""
)


def seconds(program: str, trained: Path) -> float:
    """Wall time of a whole process that runs `program` with empty outputs."""
    with tempfile.TemporaryDirectory() as outputs:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program, outputs, str(trained)], cwd=ROOT, check=True, capture_output=True
        )
        return time.perf_counter() - started


def main() -> None:
    """Run both in turn, so that what else the machine does falls on both alike."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        trained = Path(folder)
        seconds(WITHOUT, trained)  # the embedding model is prepared once, at set-up
        pairs = [(seconds(WITHOUT, trained), seconds(WITH_FLOW, trained)) for _ in range(rounds)]
    without, with_flow = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"without Prefect {without:.2f} s, with the flow {with_flow:.2f} s")
    print(f"orchestration {with_flow - without:.2f} s, ratio {with_flow / without:.2f}")


if __name__ == "__main__":
    main()
