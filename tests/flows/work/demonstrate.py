"""A flow as ours are declared, run by the tests in a process of its own: OUTPUTS HOW. It prints what it saw as JSON.

HOW: "well" (a task fails once and is retried), "failing" (a task fails for good), "retrying" (a flow with retries).
"""

import json
import sys
import threading
import time
from pathlib import Path

from domain.errors import CapError
from flows.settings import orchestrated, prepare

STARTED = time.perf_counter()
OUTPUTS, HOW = Path(sys.argv[1]), sys.argv[2]
SECRET = "Child F said that nobody listened"
ATTEMPTS: list[str] = []


def watch(event: str, arguments: tuple) -> None:
    """Note each attempt to reach the network, the machine itself included."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        ATTEMPTS.append(f"{event} {arguments[1:]}")


def main() -> dict:
    """Declare and run, and say what was seen."""
    sys.addaudithook(watch)
    prepare(OUTPUTS)
    from prefect import flow, get_run_logger, task
    from prefect.exceptions import PrefectHTTPStatusError
    from prefect.task_runners import ThreadPoolTaskRunner

    threads: set[str] = set()
    tried: list[str] = []
    together = threading.Barrier(2)

    @task(name="extract review", task_run_name="extract {review}", retries=2, retry_delay_seconds=0)
    def extract(review: str) -> int:
        threads.add(threading.current_thread().name)
        tried.append(review)
        get_run_logger().info("reading %s", review)
        if HOW == "failing" or tried == ["r-1"]:
            raise OSError(SECRET if HOW == "failing" else "busy")
        if review in ("r-2", "r-3"):
            together.wait(timeout=20)  # neither ends before the other has begun
        return len(review)

    @task(name="count", retries=0)
    def count(sizes: list[int]) -> int:
        return sum(sizes)

    @flow(
        name="ingest_reviews",
        flow_run_name="ingest-{run}",
        task_runner=ThreadPoolTaskRunner(max_workers=2),
        retries=1 if HOW == "retrying" else 0,
    )
    def ingest(run: str, reviews: list[str]) -> int:
        first = extract.submit(reviews[0])
        first.wait()
        states.append([first.state.type.value, first.state.name])
        rest = extract.map(reviews[1:])
        return count([first.result(), *rest.result()])

    states: list[list[str]] = []
    error = value = None
    try:
        with orchestrated(OUTPUTS):
            value = ingest("run-7", ["r-1", "r-2", "r-3", "r-4"])
    except (OSError, CapError, PrefectHTTPStatusError) as caught:
        error = [type(caught).__name__, str(caught)]
    return {
        "value": value,
        "error": error,
        "tried": tried,
        "states": states,
        "threads": len(threads),
        "attempts": ATTEMPTS,
        "server imported": "prefect.server" in sys.modules,
        "seconds": time.perf_counter() - STARTED,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
