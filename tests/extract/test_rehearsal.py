"""The report that is read before any stranger's is a sound one, of which everything is found."""

from pathlib import Path

from domain.framework import load_framework
from domain.records import Extraction
from extract.reader import read_review
from extract.rehearsal import report


def test_everything_of_it_is_found(tmp_path: Path) -> None:
    file = tmp_path / "rehearsal.pdf"
    file.write_bytes(report())
    found = read_review(file, file.name, load_framework(), recognise=False)
    assert isinstance(found, Extraction)
    assert (found.warnings, found.partial) == ((), False)
    assert [r.number for r in found.recommendations] == ["1", "2"]
    assert found.recommendations[0].text.endswith("what they know of a household within five working days.")
    assert found.particulars.published == "2021-03"
