"""Prefect with no server, and with one: what the flows rely on, held against the version that is pinned."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.settings import orchestrated

DEMONSTRATION = Path(__file__).parent / "work" / "demonstrate.py"
SECRET = "nobody listened"


def environment(**more: str) -> dict[str, str]:
    """Ours, without any settings of Prefect's that this machine may have."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **more}


def demonstrate(outputs: Path, how: str, **more: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(DEMONSTRATION), str(outputs), how],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(**more),
    )
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "stderr": done.stderr}


def recorded(outputs: Path) -> list[dict[str, str]]:
    lines = (outputs / "prefect" / "flow-runs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    outputs = tmp_path_factory.mktemp("with spaces é") / "outputs"
    return outputs, demonstrate(outputs, "well")


def test_the_local_api_was_written_against_the_pinned_version() -> None:
    assert version("prefect") == "3.8.8"


def test_tasks_run_are_retried_and_spread_over_threads(alone: tuple[Path, dict[str, Any]]) -> None:
    _, seen = alone
    assert seen["error"] is None
    assert seen["value"] == 12
    assert sorted(seen["tried"]) == ["r-1", "r-1", "r-2", "r-3", "r-4"]
    assert seen["states"] == [["COMPLETED", "Completed"]]
    assert seen["threads"] == 2


def test_no_connection_is_attempted_and_no_server_starts(alone: tuple[Path, dict[str, Any]]) -> None:
    _, seen = alone
    assert seen["attempts"] == []
    assert seen["server imported"] is False


def test_a_run_leaves_its_states_and_its_log_and_nothing_else(alone: tuple[Path, dict[str, Any]]) -> None:
    outputs, seen = alone
    runs = recorded(outputs)
    assert [run["type"] for run in runs] == ["PENDING", "RUNNING", "COMPLETED"]
    assert runs[-1]["flow"] == "ingest_reviews"
    assert runs[-1]["run"] == "ingest-run-7"
    log = (outputs / "prefect" / "flows.log").read_text(encoding="utf-8")
    assert "reading r-3" in log
    assert "Retry 1/2" in log
    assert sorted(path.name for path in outputs.rglob("*") if path.is_file()) == ["flow-runs.jsonl", "flows.log"]
    assert seen["stderr"] == ""


def test_a_second_run_adds_to_the_record(alone: tuple[Path, dict[str, Any]]) -> None:
    outputs, _ = alone
    before = recorded(outputs)
    demonstrate(outputs, "well")
    after = recorded(outputs)
    assert after[: len(before)] == before
    assert len({run["id"] for run in after}) == len({run["id"] for run in before}) + 1


def test_a_record_that_has_grown_large_is_turned_over_and_three_are_kept(tmp_path: Path) -> None:
    record = tmp_path / "prefect" / "flow-runs.jsonl"
    record.parent.mkdir()
    for number in range(4):
        record.write_text(f"{number}\n" + "." * (2_000_000 if number != 3 else 1_000_000))
        with orchestrated(tmp_path):
            pass
    assert record.read_text().startswith("3"), "it is not large yet"
    record.write_text("4\n" + "." * 2_000_000)
    demonstrate(tmp_path, "well")
    assert len(recorded(tmp_path)) == 3
    older = {file.name: file.read_text()[0] for file in record.parent.glob("flow-runs.jsonl.*")}
    assert older == {"flow-runs.jsonl.1": "4", "flow-runs.jsonl.2": "2", "flow-runs.jsonl.3": "1"}


def test_a_failure_ends_failed_with_its_own_exception_and_no_text_stays(tmp_path: Path) -> None:
    seen = demonstrate(tmp_path, "failing")
    assert seen["error"] == ["OSError", "Child F said that nobody listened"]
    assert sorted(seen["tried"]) == sorted(["r-1", "r-2", "r-3", "r-4"] * 3)
    assert [run["type"] for run in recorded(tmp_path)] == ["PENDING", "RUNNING", "FAILED"]
    assert SECRET not in (tmp_path / "prefect" / "flow-runs.jsonl").read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("storage*"))


def test_a_flow_that_wants_retries_of_its_own_is_refused_with_the_reason(tmp_path: Path) -> None:
    seen = demonstrate(tmp_path, "retrying")
    assert seen["error"][0] == "PrefectHTTPStatusError"
    assert "501" in seen["error"][1]
    assert seen["tried"] == []


def test_a_configured_server_that_does_not_answer_is_said_in_one_sentence(tmp_path: Path) -> None:
    seen = demonstrate(tmp_path, "well", PREFECT_API_URL=f"http://127.0.0.1:{free_port()}/api")
    assert seen["error"][0] == "CannotWork"
    assert "does not answer" in seen["error"][1]
    assert seen["tried"] == []


def test_settings_after_the_import_of_prefect_come_too_late(tmp_path: Path) -> None:
    script = "import prefect, pathlib; from flows.settings import prepare; prepare(pathlib.Path('.'))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(PREFECT_HOME=str(tmp_path), DO_NOT_TRACK="1"),
    )
    assert "CannotWork: Prefect was loaded before its settings" in done.stderr


def test_what_the_user_has_set_stays_and_telemetry_does_not(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys; from flows.settings import prepare; prepare(pathlib.Path(sys.argv[1]))\n"
        "print(*(os.environ.get(name) for name in sys.argv[2:]))\n"
    )
    names = ["PREFECT_API_URL", "PREFECT_LOGGING_LEVEL", "DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED"]
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), *names],
        capture_output=True,
        text=True,
        env=environment(
            PREFECT_API_URL="http://server.example/api",
            PREFECT_LOGGING_LEVEL="DEBUG",
            DO_NOT_TRACK="0",
            PREFECT_SERVER_ANALYTICS_ENABLED="true",
        ),
    )
    assert done.stdout.split() == ["http://server.example/api", "DEBUG", "1", "false"]


# ------------------------------------------------------------------------------------------------ a real server


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a real Prefect server with a database of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=environment(
                PREFECT_HOME=str(tmp_path / "server"),
                DO_NOT_TRACK="1",
                PREFECT_SERVER_ANALYTICS_ENABLED="false",
            ),
        )
    try:
        until = time.monotonic() + 90
        while not answers(f"{url}/health"):
            assert process.poll() is None, (tmp_path / "server.log").read_text(encoding="utf-8")
            assert time.monotonic() < until, "the Prefect server did not start in 90 seconds"
            time.sleep(0.2)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


def listed(url: str, what: str, enough: int) -> list[dict[str, Any]]:
    """What the server knows; it takes in events and logs a little later than they happen."""
    until = time.monotonic() + 20
    while True:
        found: list[dict[str, Any]] = httpx.post(f"{url}/{what}/filter", json={}).json()
        if len(found) >= enough or time.monotonic() > until:
            return found
        time.sleep(0.2)


@pytest.mark.slow
def test_with_a_server_the_same_flow_shows_there(server: str, tmp_path: Path) -> None:
    seen = demonstrate(tmp_path / "outputs", "well", PREFECT_API_URL=server)
    assert seen["error"] is None
    assert seen["value"] == 12
    (run,) = listed(server, "flow_runs", 1)
    assert (run["name"], run["state_type"]) == ("ingest-run-7", "COMPLETED")
    assert run["parameters"] == {"run": "run-7", "reviews": ["r-1", "r-2", "r-3", "r-4"]}
    tasks = {task["name"]: task for task in listed(server, "task_runs", 5)}
    assert {"extract r-1", "extract r-2", "extract r-3", "extract r-4"} <= set(tasks)
    assert tasks["extract r-1"]["run_count"] == 2
    assert any("Retry 1/2" in log["message"] for log in listed(server, "logs", 10))
    assert not (tmp_path / "outputs" / "prefect" / "flow-runs.jsonl").exists()
