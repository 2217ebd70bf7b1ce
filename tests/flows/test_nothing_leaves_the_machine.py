"""The main job without a network: every attempt to connect or to look up a name fails, and the run completes."""

import subprocess
import sys
from pathlib import Path

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
from cap.main import main
main()
"""


def guarded(folder: Path, **more: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A run that notes what it tried to reach."""
    making.copied(folder / "corpus", making.JUNIPER)
    attempts = folder / "attempts"
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, str(attempts), "run"],
        cwd=folder,
        env={**environment(folder), **more},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done, attempts


def test_a_run_makes_no_connection(tmp_path: Path) -> None:
    done, attempts = guarded(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 taken in" in done.stdout
    assert not attempts.exists(), attempts.read_text(encoding="utf-8")


def test_a_server_that_a_person_configured_is_all_that_is_asked(tmp_path: Path) -> None:
    done, attempts = guarded(tmp_path, PREFECT_API_URL="http://127.0.0.1:9/api")
    assert "127.0.0.1" in attempts.read_text(encoding="utf-8"), "the guard is on"
    assert done.returncode == 3, done.stderr
    assert done.stderr.strip().endswith("Start it, or unset PREFECT_API_URL to work without one.")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "outputs" / "cap.db").exists()
