"""What the sandbox does with work that misbehaves: each kind ends in its own outcome, and the next call works."""

import os
import platform
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from domain.errors import SandboxCrash, SandboxMemory, SandboxTimeout, UsageError
from sandbox.folders import sweep
from sandbox.outcomes import Crashed, TookTooLong
from sandbox.pool import Sandbox
from sandbox.protocol import MIB, encode

PACKAGES = ("sandboxed_work",)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="a limit that only Linux has")


def gone(pid: int, within: float = 5.0) -> bool:
    """Whether a process ends in time; a zombie that waits for its parent's question counts as ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        status = Path(f"/proc/{pid}/stat")
        try:
            state = status.read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):  # it may go between the two
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def works(pool: Sandbox) -> bool:
    return pool.call("sandboxed_work:echo", "still here") == ["still here"]


@pytest.mark.parametrize("function", ["sleep", "spin_in_native_code"])
def test_a_call_past_its_time_is_killed_and_the_next_one_works(sandbox: Sandbox, function: str) -> None:
    before = sandbox.call("sandboxed_work:pid")
    began = time.monotonic()
    with pytest.raises(SandboxTimeout, match=r"longer than 0\.4 seconds") as caught:
        sandbox.call(f"sandboxed_work:{function}", 60, seconds=0.4)
    assert 0.4 <= time.monotonic() - began < 1.5
    assert isinstance(caught.value, TookTooLong)
    assert caught.value.facts.function == f"sandboxed_work:{function}"
    assert gone(int(str(before)))
    assert works(sandbox)


def test_the_sandboxs_own_limit_holds_where_a_call_names_none(work_on_path: None) -> None:
    with Sandbox(seconds=0.3, packages=PACKAGES) as pool, pytest.raises(SandboxTimeout):
        pool.call("sandboxed_work:sleep", 60)


@linux_only
def test_a_single_huge_allocation_is_refused(work_on_path: None) -> None:
    with Sandbox(memory=256 * MIB, packages=PACKAGES) as pool:
        assert pool.call("sandboxed_work:take_memory", 32) == 32 * MIB
        with pytest.raises(SandboxMemory, match="more than 256 MiB"):
            pool.call("sandboxed_work:take_memory", 4096)
        assert works(pool)


@linux_only
@pytest.mark.parametrize("limit_address_space", [True, False], ids=["by the kernel", "by the watchdog"])
def test_memory_that_grows_is_stopped(work_on_path: None, limit_address_space: bool) -> None:
    with Sandbox(memory=128 * MIB, packages=PACKAGES, limit_address_space=limit_address_space) as pool:
        began = time.monotonic()
        with pytest.raises(SandboxMemory):
            pool.call("sandboxed_work:take_memory_slowly", 1024)
        assert time.monotonic() - began < 10
        assert works(pool)


@linux_only
def test_a_process_that_keeps_much_memory_is_not_used_again(work_on_path: None) -> None:
    with Sandbox(memory=128 * MIB, packages=PACKAGES) as pool:
        before = pool.call("sandboxed_work:pid")
        pool.call("sandboxed_work:keep_memory", 64)
        assert pool.call("sandboxed_work:pid") != before


@pytest.mark.parametrize(("function", "kind"), [("abort", "SIGABRT"), ("segfault", "SIGSEGV")])
def test_a_process_that_dies_is_a_crash_named_after_its_signal(sandbox: Sandbox, function: str, kind: str) -> None:
    with pytest.raises(SandboxCrash, match=kind) as caught:
        sandbox.call(f"sandboxed_work:{function}")
    assert isinstance(caught.value, Crashed)
    assert caught.value.facts.kind == kind
    assert works(sandbox)


@pytest.mark.parametrize("code", [0, 3])
def test_a_process_that_leaves_quietly_is_a_crash(sandbox: Sandbox, code: int) -> None:
    with pytest.raises(SandboxCrash):
        sandbox.call("sandboxed_work:leave", code)
    assert works(sandbox)


def test_an_exception_carries_its_type_and_message_but_the_sentence_quotes_no_document(sandbox: Sandbox) -> None:
    before = sandbox.call("sandboxed_work:pid")
    with pytest.raises(SandboxCrash, match="ValueError") as caught:
        sandbox.call("sandboxed_work:raise_value_error", "Child F's name")
    assert isinstance(caught.value, Crashed)
    assert (caught.value.facts.kind, caught.value.facts.detail) == ("ValueError", "Child F's name")
    assert "Child F" not in str(caught.value)
    assert sandbox.call("sandboxed_work:pid") != before


@pytest.mark.parametrize(("function", "argument"), [("huge_answer", 65), ("deep_answer", 100_000), ("not_json", None)])
def test_an_answer_that_cannot_be_taken_is_a_crash(sandbox: Sandbox, function: str, argument: int | None) -> None:
    with pytest.raises(SandboxCrash):
        sandbox.call(f"sandboxed_work:{function}", *(() if argument is None else (argument,)))
    assert works(sandbox)


def test_a_large_answer_within_the_limit_comes_through(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:huge_answer", 32) == "x" * 32 * MIB


@pytest.mark.parametrize(
    "payload",
    [
        b"\xff" * 8,
        len(b"no json").to_bytes(8, "big") + b"no json",
        (200_000).to_bytes(8, "big") + b"[" * 200_000,
        (lambda frame: len(frame).to_bytes(8, "big") + frame)(encode({"call": 999, "value": "of another call"})),
        (lambda frame: len(frame).to_bytes(8, "big") + frame)(encode({"value": "of no call"})),
        (lambda frame: len(frame).to_bytes(8, "big") + frame)(encode([1])),  # type: ignore[arg-type]
    ],
    ids=["absurd length", "no JSON", "nested", "another call", "no call", "not an object"],
)
def test_a_forged_frame_is_never_taken_for_an_answer(sandbox: Sandbox, payload: bytes) -> None:
    with pytest.raises(SandboxCrash):
        sandbox.call("sandboxed_work:forge", payload.hex(), seconds=5)
    assert works(sandbox)


@linux_only
def test_a_file_past_its_limit_is_cut_off(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxCrash):
        sandbox.call("sandboxed_work:write_much", 300)
    assert works(sandbox)


def test_no_core_is_dumped(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:core_limit") == [0, 0]


@linux_only
def test_processes_outside_cannot_be_signalled(sandbox: Sandbox) -> None:
    if "landlock" not in standing(sandbox) or tuple(map(int, platform.release().split(".")[:2])) < (6, 12):
        pytest.skip("this kernel's Landlock does not know signals")
    with pytest.raises(SandboxCrash, match="PermissionError"):
        sandbox.call("sandboxed_work:signal_parent")


def standing(pool: Sandbox) -> tuple[str, ...]:
    works(pool)
    return next(iter(pool._alive)).standing


def test_nothing_is_written_outside_the_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    if "landlock" not in standing(sandbox):
        pytest.skip("this kernel has no Landlock")
    with pytest.raises(SandboxCrash, match="PermissionError"):
        sandbox.call("sandboxed_work:write_outside", str(tmp_path / "outside.txt"))
    assert not (tmp_path / "outside.txt").exists()


def test_the_network_is_closed_to_python(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(SandboxCrash):
        sandbox.call("sandboxed_work:connect_from_python", server.getsockname()[1])


def test_the_network_is_closed_to_native_code(sandbox: Sandbox) -> None:
    if not {"landlock", "network namespace"} & set(standing(sandbox)):
        pytest.skip("this machine offers neither Landlock nor user namespaces")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert sandbox.call("sandboxed_work:connect_from_native_code", server.getsockname()[1]) is False


def test_closing_kills_free_and_busy_processes(work_on_path: None) -> None:
    pool = Sandbox(workers=2, packages=PACKAGES)
    pool.start()
    works(pool)
    pids = pool.pids()
    pool.close()
    pool.close()
    assert pids
    assert all(gone(pid) for pid in pids)
    with pytest.raises(UsageError, match="closed"):
        works(pool)


def test_a_process_that_died_while_free_is_replaced_without_blaming_the_next_file(sandbox: Sandbox) -> None:
    os.kill(int(str(sandbox.call("sandboxed_work:pid"))), signal.SIGKILL)
    time.sleep(0.1)
    assert works(sandbox)


@linux_only
def test_what_the_work_started_dies_with_it(sandbox: Sandbox) -> None:
    child = int(str(sandbox.call("sandboxed_work:child_outlives_call")))
    sandbox.close()
    assert gone(child)


@linux_only
@pytest.mark.parametrize("state", ["free", "busy"])
def test_processes_die_with_a_parent_that_is_killed(work_on_path: None, state: str) -> None:
    script = (
        "import sys, threading, time\n"
        "from sandbox.pool import Sandbox\n"
        "pool = Sandbox(packages=('sandboxed_work',))\n"
        "pool.start()\n"
        "print(pool.call('sandboxed_work:pid'), flush=True)\n"
        "pool.call('sandboxed_work:spin_in_native_code', 60, seconds=60) if sys.argv[1] == 'busy' else time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, state],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.2)
        assert not gone(worker, within=0.1)
        parent.kill()
        assert gone(worker)


@linux_only
def test_folders_of_killed_processes_are_swept_and_those_in_use_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    script = "from sandbox.folders import Folder; import time; f = Folder(); print(f.path, flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)},
    ) as owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().decode().strip())
        young = tmp_path / "throughline-young"
        young.mkdir()
        os.utime(folder, (0, 0))
        sweep()
        assert folder.is_dir()
        owner.kill()
        owner.wait()
        sweep()
        assert not folder.exists()
        assert young.is_dir()
