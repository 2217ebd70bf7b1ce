"""Originals for good, readings for a while, and copies in the corpus of what was named by hand."""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import CannotWork, FrameworkError, UsageError
from domain.processed import AlreadyIngested, Ingested
from domain.records import Extraction, Particulars, Rejected
from domain.states import Reason
from plan import reading, writing
from sandbox.pool import Sandbox
from services import ingestion
from services.house import House, make_folder
from services.ingestion import enter, read_and_keep, read_pdf, survey
from services.intake import Arrival, look_at
from services.keeping import (
    STALE_SECONDS,
    bring_in,
    forget_stale_readings,
    keep_reading,
    kept_reading,
    take_vectors,
)
from tests.services import making


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A house without a plan yet, over a corpus with one review."""
    making.copied(tmp_path / "corpus", making.JUNIPER)
    with House(making.settings(tmp_path / "outputs", tmp_path / "corpus")) as house:
        yield house


def arrival(house: House, name: str = making.JUNIPER) -> Arrival:
    found = look_at(house.settings.corpus / name)
    assert isinstance(found, Arrival)
    return found


def test_the_original_is_kept_to_the_last_byte_under_its_checksum(plan: Path) -> None:
    kept = {file.name: file for file in (plan / "originals").iterdir()}
    for file in making.reviews().iterdir():
        content = file.read_bytes()
        assert kept.pop(hashlib.sha256(content).hexdigest() + ".pdf").read_bytes() == content
    assert kept == {}


def test_no_reading_is_left_after_a_run(plan: Path) -> None:
    assert list((plan / "readings").iterdir()) == []


def test_a_file_that_changed_while_it_was_read_is_not_taken(empty: House) -> None:
    one = arrival(empty)
    read_and_keep(empty, one)
    one.path.write_bytes(one.path.read_bytes() + b"\n%%EOF\n")
    found = enter(empty, one, "run-1")
    assert isinstance(found, Rejected)
    assert found.reason is Reason.STILL_COPYING
    assert "Run again" in found.message
    assert reading.reviews(empty.plan) == ()
    assert not list(empty.settings.outputs.glob("originals/*"))
    assert not list(empty.settings.outputs.glob("readings/*"))


def test_a_file_that_went_away_after_it_was_read_is_not_taken(empty: House) -> None:
    one = arrival(empty)
    read_and_keep(empty, one)
    one.path.unlink()
    found = enter(empty, one, "run-1")
    assert isinstance(found, Rejected)
    assert one.name in found.message


def test_a_reading_that_is_gone_says_to_run_again(empty: House) -> None:
    with pytest.raises(CannotWork, match="Run again"):
        enter(empty, arrival(empty), "run-1")


def test_two_runs_at_once_enter_a_review_once(empty: House, monkeypatch: pytest.MonkeyPatch) -> None:
    one = arrival(empty)
    read_and_keep(empty, one)
    label = ingestion.label

    def meanwhile(house: House, recommendations: tuple[object, ...]) -> object:
        monkeypatch.setattr(ingestion, "label", label)
        assert isinstance(enter(house, one, "run-of-another"), Ingested)
        return label(house, recommendations)  # type: ignore[arg-type]

    monkeypatch.setattr(ingestion, "label", meanwhile)
    late = enter(empty, one, "run-1")
    assert isinstance(late, AlreadyIngested)
    assert len(reading.reviews(empty.plan)) == 1
    assert isinstance(enter(empty, one, "run-3"), AlreadyIngested), "and its reading is not asked for again"


def test_what_another_run_may_wait_for_is_not_swept_up(empty: House) -> None:
    readings = empty.settings.readings
    for name, age in (("young", STALE_SECONDS - 60), ("old", STALE_SECONDS + 60)):
        keep_reading(empty, name, Rejected("a.pdf", Reason.DAMAGED, "a.pdf is damaged."))
        then = time.time() - age
        os.utime(readings / f"{name}.json", (then, then))
    forget_stale_readings(empty)
    assert [file.name for file in readings.iterdir()] == ["young.json"]


def test_half_a_character_pair_in_a_reading_does_not_stop_the_run(empty: House) -> None:
    odd = Extraction("0" * 64, "odd.pdf", 1, Particulars(title="Child \ud835"), (), warnings=("half \udc00",))
    keep_reading(empty, odd.sha256, odd)
    kept = kept_reading(empty, odd.sha256)
    assert isinstance(kept, Extraction)
    assert kept.particulars.title == "Child ?"
    writing.add_review(
        empty.plan, kept, (), empty.encoder.encode([]).reshape(0, 384), encoder="x", framework=empty.framework, run="r"
    )


def test_limits_become_rejections_with_the_figures(tmp_path: Path) -> None:
    making.copied(tmp_path / "corpus", making.JUNIPER)
    with House(making.settings(tmp_path / "outputs", tmp_path / "corpus", seconds=0.001, workers=1)) as hurried:
        late = read_pdf(hurried, tmp_path / "corpus" / making.JUNIPER, making.JUNIPER)
    assert isinstance(late, Rejected)
    assert late.reason is Reason.TOO_LONG
    assert "0.001 seconds" in late.message


def test_a_faulty_framework_is_not_blamed_on_the_pdf(tmp_path: Path) -> None:
    making.copied(tmp_path / "corpus", making.JUNIPER)
    own = tmp_path / "own.toml"
    own.write_text("version = 1", encoding="utf-8")
    with (
        House(making.settings(tmp_path / "outputs", tmp_path / "corpus", framework=own)) as house,
        pytest.raises(FrameworkError, match=r"own\.toml"),
    ):
        read_pdf(house, tmp_path / "corpus" / making.JUNIPER, making.JUNIPER)


# ------------------------------------------------------------------------------------------------ named by hand


def test_a_named_file_is_copied_and_a_copy_that_is_there_is_used(tmp_path: Path) -> None:
    s = making.settings(tmp_path / "outputs", tmp_path / "corpus")
    file = making.reviews() / making.CHILD_F
    (first,) = bring_in(s, [file])
    assert first == tmp_path / "corpus" / making.CHILD_F
    assert first.read_bytes() == file.read_bytes()
    assert bring_in(s, [file, first]) == (first, first)
    assert len(list((tmp_path / "corpus").iterdir())) == 1


def test_other_content_of_the_same_name_is_given_a_name_of_its_own(tmp_path: Path) -> None:
    s = making.settings(tmp_path / "outputs", making.copied(tmp_path / "corpus", making.CHILD_F))
    (tmp_path / "corpus" / "Child F – overview report (final) (2).pdf").mkdir()
    (tmp_path / "desk").mkdir()
    other = making.varied(making.SAMPLES / "scr-child-f.pdf", tmp_path / "desk" / making.CHILD_F, "second edition")
    (copied,) = bring_in(s, [other])
    assert copied.name == "Child F – overview report (final) (3).pdf"
    assert copied.read_bytes() == other.read_bytes()
    assert bring_in(s, [other]) == (copied,)


def test_what_cannot_be_taken_is_not_copied(tmp_path: Path) -> None:
    s = making.settings(tmp_path / "outputs", tmp_path / "corpus")
    page = tmp_path / "page.pdf"
    page.write_text("<html>")
    sample = making.SAMPLES / "spr-juniper.pdf"
    absent = tmp_path / "absent.pdf"
    assert bring_in(s, [page, sample, absent]) == (page, sample, absent)
    assert not (tmp_path / "corpus").exists()


def test_nothing_is_added_to_the_samples(tmp_path: Path) -> None:
    s = making.settings(tmp_path / "outputs", making.SAMPLES)
    before = sorted(making.SAMPLES.iterdir())
    with pytest.raises(UsageError, match="CAP_CORPUS"):
        bring_in(s, [making.reviews() / making.JUNIPER])
    assert sorted(making.SAMPLES.iterdir()) == before


def test_samples_are_known_by_their_content_under_any_name(tmp_path: Path, empty: House) -> None:
    disguised = empty.settings.corpus / "Real review.pdf"
    disguised.write_bytes((making.SAMPLES / "spr-juniper.pdf").read_bytes())
    found = survey(empty, [disguised])
    (settled,) = found.settled
    assert isinstance(settled, Rejected)
    assert settled.reason is Reason.SAMPLE
    assert found.to_read == ()


# ------------------------------------------------------------------------------------------------ the house itself


def test_many_threads_may_make_sure_of_one_folder(tmp_path: Path) -> None:
    failed: list[Exception] = []

    def often() -> None:
        for _ in range(60):
            try:
                make_folder(tmp_path / "a" / "b")
            except CannotWork as error:
                failed.append(error)

    threads = [threading.Thread(target=often) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_threads_that_ask_at_once_get_one_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    class Slow:
        def __init__(self, **limits: object) -> None:
            made.append(self)
            time.sleep(0.05)

        def start(self) -> None:
            pass

        def close(self) -> None:
            made.remove(self)

    monkeypatch.setattr("services.house.Sandbox", Slow)
    with making.house(tmp_path / "outputs") as house:
        asked: list[object] = []
        threads = [threading.Thread(target=lambda: asked.append(house.sandbox)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(map(id, asked))) == 1
        assert len(made) == 1
    assert made == [], "it is closed with the house"


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("")
    with pytest.raises(CannotWork, match=r"outputs.*CAP_OUTPUTS"), making.house(tmp_path / "outputs") as house:
        _ = house.plan


def test_who_decides_is_named_from_the_settings_else_from_the_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert making.house(tmp_path, user="  B. Officer ").who == "B. Officer"
    monkeypatch.setenv("LOGNAME", "officer")
    assert making.house(tmp_path, user="").who == "officer"


def test_a_reader_that_does_not_start_is_not_blamed_on_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    making.copied(tmp_path / "corpus", making.JUNIPER)
    monkeypatch.setattr("services.house.Sandbox", Sandbox)
    monkeypatch.setattr("services.house.PRELOADED", ("extract.no_such_module",))
    with (
        House(making.settings(tmp_path / "outputs", tmp_path / "corpus", workers=1)) as house,
        pytest.raises(CannotWork, match=r"does not start.*cap doctor"),
    ):
        read_pdf(house, tmp_path / "corpus" / making.JUNIPER, making.JUNIPER)


def test_vectors_that_are_spoilt_say_to_run_again(empty: House) -> None:
    """Such as a shared folder that lost the connection may leave; the PDF is then read anew."""
    make_folder(empty.settings.readings)
    (empty.settings.readings / "abc.npz").write_bytes(b"PK half")
    with pytest.raises(CannotWork, match="Run again"):
        take_vectors(empty, "abc")
