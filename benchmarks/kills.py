"""`kill -9` at many moments of every kind of work: nothing that was reported is lost, and a rerun comes to the same plan and files.

usage: python benchmarks/kills.py [--kills N] [--seed S] [--only ingestion,training,refresh,import,web] [--counted]
                                  [--encoder DIR] [--home DIR]

For each kind of work one undisturbed run is the reference. Then, from a fresh copy of the same beginning, the work is
started in a process group of its own and the whole group is killed: at a counted point (before or after a call that writes,
renames, flushes or removes something, or begins or ends a transaction; see kill_points.py), spread evenly over all of them,
or, for a third of the kills unless all are --counted, at a moment of wall time. After each kill the plan must be sound and
hold all that had been reported as done. After one to six kills the work is run to its end, and plan and files must be those
of the reference (kill_checks.py says what is normalised). Reading of PDFs and encoding of texts, which write nothing that
stays, are recalled from the reference (kill_recall.py). --encoder: an export to use; --home: a folder to work in, which stays.
Prints a line for each difference, then a table; exits with 1 on any difference.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flows.settings import prepare  # noqa: E402


def main() -> int:
    """Kill, compare, tell. Gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--only", default="")
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--counted", action="store_true")
    given = parser.parse_args()
    home = given.home or Path(tempfile.mkdtemp(prefix="kills-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    os.environ["PREFECT_LOGGING_TO_API_ENABLED"] = "false"
    prepare(home / "prefect")  # before anything imports Prefect
    from benchmarks.kill_driver import drive, loaded_ahead, names_of
    from benchmarks.kill_places import prepared
    from benchmarks.kill_tally import Tally, show, table

    loaded_ahead()
    try:
        began = time.monotonic()
        places = prepared(home / "work", given.encoder)
        print(f"seed {given.seed}; prepared in {time.monotonic() - began:.0f} s in {home}", flush=True)
        shares = names_of(given.only, given.kills)
        tallies: dict[str, Tally] = {}
        for name, kills in shares.items():
            tallies[name] = Tally()
            drive(name, places[name], kills, random.Random(f"{given.seed} {name}"), tallies[name], given.counted)
            show(name, tallies[name])
    finally:
        if given.home is None:
            shutil.rmtree(home, ignore_errors=True)
    return table(tallies)


if __name__ == "__main__":
    sys.exit(main())
