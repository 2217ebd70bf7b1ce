"""What has come to rest in a folder: files half-written, renamed, doubled, changed, gone and come while nobody looked."""

import threading
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from services.watching import Watch, at_rest, look, looked_at
from tests.services import making

A, B = Path("a.pdf"), Path("b.pdf")


def test_what_lay_there_before_counts_as_new_once_it_lies_still() -> None:
    watch = Watch(settle=5)
    assert watch.settled({A: (10, 1)}, 0) == {}
    assert watch.settled({A: (10, 1)}, 4.9) == {}
    assert watch.settled({A: (10, 1)}, 5) == {A: (10, 1)}


def test_a_file_that_grows_is_left_until_it_stops() -> None:
    watch = Watch(settle=5)
    for moment in range(20):
        assert watch.settled({A: (moment * 100, moment)}, moment) == {}
    assert watch.settled({A: (1900, 19)}, 24) == {A: (1900, 19)}


def test_what_was_taken_is_not_offered_again_unless_it_changes() -> None:
    watch = Watch(settle=1)
    watch.settled({A: (10, 1)}, 0)
    watch.take(watch.settled({A: (10, 1)}, 1))
    assert watch.settled({A: (10, 1)}, 100) == {}
    watch.settled({A: (11, 2)}, 101)
    assert watch.settled({A: (11, 2)}, 102) == {A: (11, 2)}


def test_another_name_is_another_file_and_one_that_comes_back_is_looked_at_anew() -> None:
    watch = Watch(settle=1)
    watch.settled({A: (10, 1)}, 0)
    watch.take(watch.settled({A: (10, 1)}, 1))
    watch.settled({B: (10, 1)}, 2)
    assert watch.settled({B: (10, 1)}, 3) == {B: (10, 1)}
    watch.settled({A: (10, 1), B: (10, 1)}, 4)
    assert A in watch.settled({A: (10, 1), B: (10, 1)}, 5)


STATES = st.tuples(st.integers(0, 3), st.integers(0, 3))
LOOKS = st.lists(st.dictionaries(st.sampled_from([A, B, Path("c.pdf")]), STATES, max_size=3), max_size=12)


@given(LOOKS, st.integers(0, 4))
def test_nothing_is_lost_and_nothing_taken_twice(looks: list[dict[Path, tuple[int, int]]], settle: int) -> None:
    """Whatever happens in the folder: in the end everything that lies there was taken, once for each state that it rested in."""
    watch, taken = Watch(settle=settle), []
    for moment, seen in enumerate([*looks, *[looks[-1] if looks else {}] * (settle + 1)]):
        fresh = watch.settled(seen, float(moment))
        assert set(fresh.items()) <= set(seen.items())
        taken += [(moment, *item) for item in fresh.items()]
        watch.take(fresh)
    last = looks[-1] if looks else {}
    for file, state in last.items():
        assert any((f, s) == (file, state) for _, f, s in taken)
    assert watch.settled(last, 1000.0) == {}


def test_a_look_sees_documents_only_and_none_that_is_gone(tmp_path: Path) -> None:
    making.copied(tmp_path / "corpus", making.JUNIPER, making.MR_T)
    (tmp_path / "corpus" / "notes.txt").write_text("x")
    (tmp_path / "corpus" / ".hidden.pdf").write_text("x")
    seen = look(tmp_path / "corpus")
    assert {file.name for file in seen} >= {making.JUNIPER, making.MR_T}
    assert not any(file.suffix == ".txt" for file in seen)
    assert looked_at([tmp_path / "gone.pdf"]) == {}


def test_a_file_that_is_being_copied_waits_for_the_next_run(tmp_path: Path) -> None:
    still, growing = tmp_path / "still.pdf", tmp_path / "growing.pdf"
    still.write_bytes(b"%PDF-1.7 whole %%EOF")
    growing.write_bytes(b"%PDF-1.7 ")
    stop = threading.Event()

    def grow() -> None:
        while not stop.is_set():
            with growing.open("ab") as stream:
                stream.write(b"more")
            time.sleep(0.02)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        assert at_rest([still, growing], 0.5) == (still,)
    finally:
        stop.set()
        writer.join()
