"""How the services read a scan: two calls of the sandbox, the second with time for its pages."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from domain.records import Extraction, Particulars, Rejected
from domain.states import Reason
from extract.codec import to_json
from extract.ocr_tools import NOT_FOUND, Recogniser
from sandbox.outcomes import Facts, TookTooLong
from services import health
from services.house import House
from services.ingestion import read_pdf

READ = to_json(Extraction("0" * 64, "scan.pdf", 30, Particulars(), ()))


class Pretended:
    """A sandbox that has its answers ready."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[tuple[object, ...], float | None]] = []

    def call(self, function: str, *arguments: object, seconds: float | None = None) -> object:
        self.calls.append((arguments, seconds))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def house_with(sandbox: Pretended) -> House:
    settings = SimpleNamespace(framework=None, seconds=60.0, ocr_seconds=20.0, memory_mb=1024)
    return cast(House, SimpleNamespace(settings=settings, sandbox=sandbox))


def test_a_scan_has_more_time_for_each_of_its_pages() -> None:
    sandbox = Pretended({"recognise": 30}, READ)
    result = read_pdf(house_with(sandbox), Path("scan.pdf"), "scan.pdf")
    assert isinstance(result, Extraction)
    (first, first_seconds), (second, second_seconds) = sandbox.calls
    assert (first[-1], first_seconds) == (False, None)
    assert second[-1] is True
    assert second_seconds is not None
    assert 659.0 < second_seconds <= 660.0, "what the first look took is gone from the time of the file"


def test_a_file_with_text_is_read_in_one_call() -> None:
    sandbox = Pretended(READ)
    read_pdf(house_with(sandbox), Path("text.pdf"), "text.pdf")
    assert len(sandbox.calls) == 1


def test_a_scan_that_takes_too_long_names_the_setting() -> None:
    sandbox = Pretended({"recognise": 3}, TookTooLong(120, Facts("extract.reader:read_json")))
    result = read_pdf(house_with(sandbox), Path("scan.pdf"), "scan.pdf")
    assert isinstance(result, Rejected)
    assert result.reason is Reason.TOO_LONG
    assert "120 seconds" in result.message
    assert "CAP_OCR_SECONDS" in result.message


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Recogniser("5.3.0", frozenset({"eng", "osd"})), "Tesseract 5.3.0 reads scanned pages"),
        (Recogniser("5.3.0", frozenset({"eng"})), "not righted"),
        (Recogniser(NOT_FOUND, frozenset()), "apt install tesseract-ocr"),
    ],
)
def test_the_doctor_tells_whether_scans_can_be_read(
    found: Recogniser, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "recogniser", lambda: found)
    well, said = health._recognition(cast(Any, None))
    assert well
    assert words in said
