"""Work in steps: one that hangs, crashes or fails costs that step; what was offered is answered when all else fails."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from sandbox import deadline, steps

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is a copy on Linux only")


@pytest.fixture(autouse=True)
def limited() -> Iterator[None]:
    deadline.begin(5.0)
    yield
    deadline.forget()


def crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> None:
    time.sleep(60)


def fail() -> None:
    raise ValueError("no such page")


def want() -> None:
    raise MemoryError


def work(harm: Callable[[], None]) -> Callable[[], dict[str, object]]:
    def go() -> dict[str, object]:
        done = []
        for number in (1, 2, 3):
            if not steps.enter(f"page {number}"):
                continue
            if number == 2:
                harm()
            done.append(number)
        return {"done": done}

    return go


def test_work_that_goes_well_is_answered_from_a_copy() -> None:
    assert steps.in_a_copy(lambda: {"process": os.getpid()})["process"] != os.getpid()


@pytest.mark.parametrize("harm", [crash, hang, fail, want])
def test_a_step_that_goes_wrong_is_left_out(harm: Callable[[], None]) -> None:
    assert steps.in_a_copy(work(harm)) == {"done": [1, 3]}


def test_what_was_offered_is_answered_where_the_rest_fails() -> None:
    def go() -> dict[str, object]:
        steps.offer(lambda: {"done": "the pages"})
        steps.enter("search", patient=True)
        crash()
        return {}

    assert steps.in_a_copy(go) == {"done": "the pages"}


def test_a_failure_in_no_step_is_told_with_its_kind() -> None:
    with pytest.raises(steps.StepFailed, match="ValueError"):
        steps.in_a_copy(lambda: fail() or {})
    with pytest.raises(MemoryError):
        steps.in_a_copy(lambda: want() or {})


def test_work_that_would_be_killed_ends_by_itself() -> None:
    def go() -> dict[str, object]:
        steps.enter("search", patient=True)
        hang()
        return {}

    deadline.begin(1.0)
    with pytest.raises(TimeoutError):
        steps.in_a_copy(go)


def test_where_nothing_limits_the_time_there_is_no_copy() -> None:
    deadline.forget()
    assert steps.in_a_copy(lambda: {"process": os.getpid()}) == {"process": os.getpid()}
    assert deadline.left() == float("inf")
