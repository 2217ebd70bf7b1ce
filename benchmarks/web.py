"""How long the pages of the web application take in a plan of a thousand to a hundred thousand recommendations.

usage: python benchmarks/web.py [COUNT ...]   1000 10000 100000 unless told

Each page is asked over HTTP, as a browser asks, from a server of its own. "cold" is the first time after the plan has
changed, when figures that are kept until then are made anew; "warm" is the middle of the times after that. The ratio is to
the page of help, which asks the plan for nothing but who is there. Texts and vectors are those of benchmarks/search.py;
every tenth recommendation has been adopted, up to 3,000 actions, and every seventh label has been checked.
"""

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import sqlite_utils
import uvicorn

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.repeats import many_vectors, rows_of  # noqa: E402
from benchmarks.search import texts_of  # noqa: E402
from plan import actions, deciding  # noqa: E402
from plan.schema import open_plan  # noqa: E402
from review.app import create_app  # noqa: E402
from services.nameless import load_nameless  # noqa: E402
from services.settings import load_settings  # noqa: E402
from tests.plan.making import FRAMEWORK  # noqa: E402
from tests.plan.searching import enter  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
MOST_ACTIONS = 3_000
TIMES = 15
PORT = 8765


def decided(db: sqlite_utils.Database) -> None:
    """Some actions and some checked labels."""
    identifiers = [row[0] for row in db.execute("SELECT id FROM recommendations ORDER BY key")]
    db.execute("PRAGMA synchronous = OFF")
    for n, identifier in enumerate(identifiers[::10][:MOST_ACTIONS]):
        actions.adopt(
            db, identifier, who="bench", framework=FRAMEWORK, quadrant=FRAMEWORK.quadrant_codes[n % 4],
            target_date=("2026-01-31", "2030-01-31", "Ongoing")[n % 3], lead_agency="Police",
        )  # fmt: skip
    for identifier in identifiers[3::7][:MOST_ACTIONS]:
        deciding.decide_label(db, identifier, quadrant="Q2", who="bench", framework=FRAMEWORK)


def pages(db: sqlite_utils.Database) -> dict[str, str]:
    """Addresses by what they are."""
    (draft,) = db.execute("SELECT id FROM recommendations WHERE outcome = 'proposed' ORDER BY key LIMIT 1").fetchone()
    (letter,) = db.execute("SELECT letter FROM reviews ORDER BY id LIMIT 1").fetchone()
    return {
        "help (nothing asked)": "/help", "home": "/", "reviews": "/reviews", "review": f"/reviews/{letter}",
        "recommendation": f"/recommendations/{draft}", "queue": "/labels", "queue, narrowed": "/labels?quadrant=Q2",
        "queue's next item": f"/labels/{draft}", "decide": "/decide", "repeats": "/repeats", "action plan": "/actions",
        "action": "/actions/1.1", "search": "/search?q=fathers+not+at+conference", "themes": "/themes",
        "themes by issue": "/themes?by=issue&unit=recommendations", "list": "/recommendations?quadrant=Q2&page=3",
        "activity": "/activity", "files": "/files",
    }  # fmt: skip


def measure(client: httpx.Client, address: str) -> tuple[float, float]:
    """Milliseconds the first time, and in the middle of those that follow."""
    times = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        client.get(address).raise_for_status()
        times.append(1000 * (time.perf_counter() - start))
    return times[0], statistics.median(times[1:])


def main() -> int:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as scratch:
        encoder = load_nameless(Path(scratch) / "encoder")
        corpus = [row["text"] for file in sorted((ROOT / "models/examples").glob("*.jsonl")) for row in rows_of(file)]
        vectors = many_vectors(encoder.encode(corpus), max(sizes))
        for place, size in enumerate(sizes):
            outputs = Path(scratch) / str(size)
            outputs.mkdir()
            db = open_plan(outputs / "cap.db")
            enter(db, texts_of(corpus, size), vectors[:size], encoder.name)
            decided(db)
            found = pages(db)
            db.conn.close()
            settings = load_settings(outputs=outputs, corpus=Path(scratch), trained=Path(scratch))
            server = uvicorn.Server(uvicorn.Config(create_app(settings), port=PORT + place, log_level="error"))
            threading.Thread(target=server.run, daemon=True).start()
            while not server.started:
                time.sleep(0.05)
            print(f"{size} recommendations")
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT + place}", timeout=300) as client:
                timed = {name: measure(client, address) for name, address in found.items()}
            least = timed["help (nothing asked)"][1]
            for name, (cold, warm) in timed.items():
                print(
                    f"  {name:24} cold {cold:8.1f} ms, warm {warm:7.1f} ms, {warm / least:6.1f} times the page of help"
                )
            server.should_exit = True
    return 0


if __name__ == "__main__":
    sys.exit(main())
