"""Work without a network: every attempt to connect or to look up a name is noted and fails, and the work is done all the same."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.flows.test_crash_safety import environment
from tests.services import making

GUARDED = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        with open(sys.argv[0], "a", encoding="utf-8") as attempts:
            attempts.write(f"{event} {arguments}\\n")
        raise OSError("the network is closed")

sys.addaudithook(refuse)
sys.argv = [sys.argv[1], *sys.argv[2:]]
"""
COMMAND = """
from cap.main import main
main()
"""
REFRESH = """
from flows.settings import orchestrated, prepare
from services.settings import load_settings
settings = load_settings()
prepare(settings.outputs)
from flows.refresh import refresh_counts
with orchestrated(settings.outputs):
    refresh_counts()
"""


def guarded(
    folder: Path, *words: str, program: str = COMMAND, **more: str
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A command that notes what it tried to reach."""
    attempts = folder / "attempts"
    done = subprocess.run(
        [sys.executable, "-c", GUARDED + program, str(attempts), *words],
        cwd=folder,
        env={**environment(folder), **more},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done, attempts


def test_a_run_makes_no_connection(tmp_path: Path) -> None:
    making.copied(tmp_path / "corpus", making.JUNIPER)
    done, attempts = guarded(tmp_path, "run")
    assert done.returncode == 0, done.stderr
    assert "1 taken in" in done.stdout
    assert not attempts.exists(), attempts.read_text(encoding="utf-8")


def test_a_server_that_a_person_configured_is_all_that_is_asked(tmp_path: Path) -> None:
    making.copied(tmp_path / "corpus", making.JUNIPER)
    done, attempts = guarded(tmp_path, "run", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert "127.0.0.1" in attempts.read_text(encoding="utf-8"), "the guard is on"
    assert done.returncode == 3, done.stderr
    assert done.stderr.strip().endswith("Start it, or unset PREFECT_API_URL to work without one.")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "outputs" / "cap.db").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [("train",), ("evaluate",), ("search", "supervision"), ("backup",), ("doctor",), ("export", "--format", "pdf")],
)
def test_no_other_command_makes_one(plan: Path, words: tuple[str, ...]) -> None:
    (plan.parent / "corpus").mkdir()
    done, attempts = guarded(
        plan.parent, *words, CAP_MODELS=str(making.small_models()), CAP_TRAINED=str(own_models(plan))
    )
    assert done.returncode == 0, done.stderr
    assert not attempts.exists(), attempts.read_text(encoding="utf-8")


def own_models(plan: Path) -> Path:
    """A folder for models that may be written to, with the encoder's export."""
    making.hard_links(making.trained() / "encoder", plan.parent / "trained" / "encoder")
    return plan.parent / "trained"


def test_the_weekly_refresh_makes_none(plan: Path) -> None:
    done, attempts = guarded(plan.parent, program=REFRESH)
    assert done.returncode == 0, done.stderr
    assert (plan / "overdue-actions.csv").exists()
    assert not attempts.exists(), attempts.read_text(encoding="utf-8")


def test_the_web_application_answers_and_asks_nobody(plan: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    attempts = plan.parent / "attempts"
    process = subprocess.Popen(
        [sys.executable, "-c", GUARDED + COMMAND, str(attempts), "serve", "--port", str(port)],
        cwd=plan.parent,
        env=environment(plan.parent),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        end = time.monotonic() + 120
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=60)
                break
            except httpx.ConnectError:
                assert time.monotonic() < end
                time.sleep(0.2)
        for path in ("/", "/labels", "/actions", "/themes", "/search?words=supervision", "/repeats", "/model"):
            assert httpx.get(f"http://127.0.0.1:{port}{path}", timeout=60, follow_redirects=True).status_code in (
                200,
                404,
            )
    finally:
        process.terminate()
        process.wait(60)
    assert not attempts.exists(), attempts.read_text(encoding="utf-8")


def test_logs_hold_no_words_of_a_review_and_no_names_of_files(tmp_path: Path) -> None:
    """Not even where a file is refused, or a run ends in an error that nobody foresaw."""
    making.copied(tmp_path / "corpus", making.JUNIPER, making.MR_T)
    (tmp_path / "corpus" / "Letter about a family.pdf").write_bytes(b"%PDF-1.7\n" + b"broken " * 50 + b"%%EOF")
    done, _ = guarded(tmp_path, "run")
    assert done.returncode == 1, done.stderr
    logs = "".join(
        file.read_text(encoding="utf-8", errors="replace")
        for file in (tmp_path / "outputs" / "prefect").rglob("*")
        if file.is_file() and file.suffix in (".log", ".jsonl", ".toml")
    )
    assert "Completed" in logs, "there is something to look through"
    said = " ".join(logs.split()).casefold()
    for (text,) in making.ask(tmp_path / "outputs" / "cap.db", "SELECT text FROM recommendations"):
        words = re.findall(r"\w+", text.casefold())
        for start in range(0, max(1, len(words) - 4)):
            assert " ".join(words[start : start + 5]) not in said
    for name in (making.JUNIPER, making.MR_T, "Letter about a family"):
        assert name.casefold() not in said
