"""What the sandbox promises to honest work: values cross, processes are reused, nothing is left behind."""

import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import SandboxCrash, UsageError
from sandbox.pool import Sandbox

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(json_values, max_size=4))
def test_any_json_value_comes_back_as_it_went(sandbox: Sandbox, values: list) -> None:
    assert sandbox.call("sandboxed_work:echo", *values) == values


def test_half_a_surrogate_pair_survives(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:echo", "broken \ud835 text") == ["broken \ud835 text"]


@pytest.mark.parametrize("name", ["a name with spaces.txt", "Überprüfung – Kind «É».txt", 'it\'s; $(rm) "quoted".txt'])
def test_file_names_with_spaces_accents_and_quotes(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a folder é" / name
    path.parent.mkdir()
    path.write_text("the words", encoding="utf-8")
    assert sandbox.call("sandboxed_work:read", str(path)) == "the words"


def test_a_process_is_reused_after_a_clean_call(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:pid") == sandbox.call("sandboxed_work:pid")


def test_stray_prints_do_not_reach_the_answer(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:print_everywhere") == "answer"
    assert sandbox.call("sandboxed_work:echo", 1) == [1]


def test_a_flood_on_standard_error_neither_blocks_nor_fills_memory(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:flood_stderr", 64) == "answer"


def test_two_threads_work_at_once_in_two_processes(work_on_path: None) -> None:
    with Sandbox(workers=2, packages=("sandboxed_work",)) as pool:
        pool.call("sandboxed_work:echo", 0)
        both = threading.Barrier(2)
        pids: list[object] = []

        def work() -> None:
            both.wait()
            pool.call("sandboxed_work:sleep", 0.6)
            pids.append(pool.call("sandboxed_work:pid"))

        threads = [threading.Thread(target=work) for _ in range(2)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - began < 1.1
        assert len(pids) == 2


def test_more_threads_than_workers_take_turns(sandbox: Sandbox) -> None:
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda number=number: answers.append(sandbox.call("sandboxed_work:echo", number)))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer[0] for answer in answers) == list(range(8))


def test_files_of_one_call_are_gone_before_the_next(sandbox: Sandbox) -> None:
    folder = Path(str(sandbox.call("sandboxed_work:write_inside")))
    assert sandbox.call("sandboxed_work:list_inside") == []
    sandbox.close()
    assert not folder.exists()


def test_the_environment_holds_no_secret_and_a_home_of_its_own(
    work_on_path: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET_TOKEN", "hush")
    with Sandbox(packages=("sandboxed_work",)) as pool:
        environment = pool.call("sandboxed_work:environment")
    assert isinstance(environment, dict)
    assert "A_SECRET_TOKEN" not in environment
    assert environment["HOME"] == environment["TMPDIR"] != str(Path.home())


def test_work_has_no_standard_input(sandbox: Sandbox) -> None:
    assert sandbox.call("sandboxed_work:standard_input") == ""


@pytest.mark.parametrize(
    "function",
    [
        "os:system",
        "subprocess:run",
        "sandboxed_work_2:echo",
        "sandboxed_work:_private",
        "sandboxed_work:NotAFunction",
        "sandboxed_work:Path",
        "sandboxed_work:nothing_of_the_kind",
        "sandboxed_work",
        "",
    ],
)
def test_only_public_functions_of_allowed_packages_run(sandbox: Sandbox, function: str) -> None:
    with pytest.raises((UsageError, SandboxCrash)):
        sandbox.call(function)
    assert sandbox.call("sandboxed_work:echo", 1) == [1]


def test_our_own_rooms_are_what_may_run_by_default() -> None:
    with Sandbox(packages=("extract", "plan")) as pool, pytest.raises(UsageError, match="extract, plan"):
        pool.call("json:dumps", 1)


def test_a_preload_that_fails_is_told_to_the_caller(work_on_path: None) -> None:
    with (
        Sandbox(preload=("no_such_module_of_ours",), packages=("sandboxed_work",)) as pool,
        pytest.raises(SandboxCrash, match="ModuleNotFoundError"),
    ):
        pool.call("sandboxed_work:echo", 1)


@pytest.mark.parametrize("limits", [{"workers": 0}, {"seconds": 0}, {"memory": -1}])
def test_limits_must_make_sense(limits: dict) -> None:
    with pytest.raises(UsageError):
        Sandbox(packages=("extract",), **limits)
