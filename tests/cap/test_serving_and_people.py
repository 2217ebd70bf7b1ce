"""`cap serve` and `cap users`: the web application, and who may sign in to it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from services.settings import PROJECT
from tests.cap.conftest import Cap
from tests.services import making

PASSWORD = "correct horse battery\n"


def test_the_first_account_is_an_administrators(cap: Cap, plan: Path) -> None:
    assert "There are no accounts" in cap("users", "list").out
    refused = cap("users", "add", "Bo", "--role", "lead", stdin=PASSWORD)
    assert (refused.code, "must be an administrator's" in refused.err) == (2, True)
    assert cap("users", "add", "Ada Admin", "--role", "administrator", stdin=PASSWORD).out == (
        "Ada Admin can sign in now, as administrator.\n"
    )
    assert cap("users", "add", "Bo", stdin=PASSWORD).out == "Bo can sign in now, as reviewer.\n"
    listed = cap("users", "list").out
    assert "Ada Admin" in listed and "reviewer" in listed
    assert making.ask(plan, "SELECT who, what, subject FROM events ORDER BY id DESC LIMIT 1") == [
        ("A. Tester", "account added", "account Bo")
    ]


def test_roles_passwords_and_accounts_change(cap: Cap, plan: Path) -> None:
    cap("users", "add", "Ada", "--role", "administrator", stdin=PASSWORD)
    cap("users", "add", "Bo", stdin=PASSWORD)
    assert cap("users", "role", "bo", "lead").out == "Bo is now: lead.\n"
    assert "signed out everywhere" in cap("users", "password", "Bo", stdin="another four words here\n").out
    assert cap("users", "close", "Bo").out == "Bo can no longer sign in.\n"
    assert "closed" in cap("users", "list").out
    assert cap("users", "open", "Bo").out == "Bo can sign in again.\n"
    assert "the only administrator" in cap("users", "close", "Ada").err


@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (("add", "Bo", "--role", "administrator"), "", "No password was given"),
        (("add", "Bo", "--role", "administrator"), "short\n", "A password needs 12"),
        (("add", "Bo", "--role", "chief"), PASSWORD, "'chief' is not one of"),
        (("role", "Nobody", "lead"), "", "There is no account Nobody"),
        (("close", "Nobody"), "", "There is no account Nobody"),
    ],
)
def test_what_cannot_be_is_refused(cap: Cap, plan: Path, words: tuple[str, ...], stdin: str, says: str) -> None:
    ended = cap("users", *words, stdin=stdin)
    assert ended.code == 2 and says in ended.err
    assert making.ask(plan, "SELECT count(*) FROM users") == [(0,)]


def test_nobody_listens_wider_without_accounts(cap: Cap, plan: Path) -> None:
    ended = cap("serve", "--host", "0.0.0.0")
    assert ended.code == 2
    assert "would let everybody in" in ended.err and "cap users add NAME --role administrator" in ended.err


def test_a_port_that_is_taken_is_said(cap: Cap, plan: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = cap("serve", "--port", str(taken.getsockname()[1]))
    assert ended.code == 3 and "Is Throughline running already?" in ended.err


def test_the_samples_are_shown_only_once_they_are_there(cap: Cap, desk: Path) -> None:
    ended = cap("serve", "--demo")
    assert ended.code == 2 and "The samples have not been taken in yet" in ended.err


@pytest.mark.slow
def test_cap_serve_answers_until_it_is_stopped(desk: Path, plan: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "cap.main", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, cwd=desk, env=environment, stderr=subprocess.PIPE, text=True) as served:
        try:
            page = ""
            for _ in range(150):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/reviews") as answer:
                        page = answer.read().decode()
                    break
                except OSError:
                    assert served.poll() is None, served.stderr.read() if served.stderr else ""
                    time.sleep(0.2)
            assert "Child F" in page
            served.send_signal(signal.SIGINT)
            assert served.wait(20) in (0, 130)
        finally:
            served.kill()
        assert served.stderr is not None
        said = served.stderr.read()
    assert f"Throughline is at http://127.0.0.1:{port}. Stop it with Ctrl+C." in said
    assert "Traceback" not in said
