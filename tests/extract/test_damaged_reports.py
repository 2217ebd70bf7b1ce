"""Real reports, damaged: read as far as they go, and never in silence where something was lost."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from extract.condition import examine
from extract.reader import read_json
from extract.repair import repair
from extract.time_limit import OutOfTime, at_most
from tests.extract.damaging import damaged

SHARED = Path(__file__).parents[3] / "shared" / "evaluation" / "reports"
REPORTS = {"liverpool-inspection-2023.pdf": range(24), "thurrock-inspection-2024.pdf": range(24, 48),
           "statement-transcript.pdf": range(48, 66)}  # fmt: skip
Typeset = Callable[..., Path]

at_hand = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the evaluation reports are not at hand in {SHARED}")


def items(result: dict[str, Any]) -> list[tuple[str | None, str, int]]:
    return [(r["number"], r["text"], r["page"]) for r in result.get("recommendations", [])]


@at_hand
@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_lost_in_silence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.losses.SECONDS_TO_COMPARE", 0.2)  # what is said does not hang on it, and it adds up
    content = (SHARED / name).read_bytes()
    intact = items(read_json(str(SHARED / name), name))
    became: Counter[str] = Counter()
    for seed in REPORTS[name]:
        what, bytes_left = damaged(content, seed)
        file = tmp_path / f"{seed}.pdf"
        file.write_bytes(bytes_left)
        result = read_json(str(file), name)
        json.dumps(result)
        if "rejected" in result:
            became["rejected"] += 1
            continue
        found = items(result)
        spoken = bool(result["warnings"]) and result["partial"]
        assert found == intact or spoken, (
            f"{name}, seed {seed} ({what}): {len(intact)} items, then {len(found)}, in silence"
        )
        assert len(found) <= len(intact) + 2, f"{name}, seed {seed} ({what})"
        became["read, with warnings" if spoken else "read, nothing lost"] += 1
    assert became["read, with warnings"] > 0


@at_hand
def test_looking_a_whole_report_over_finds_nothing() -> None:
    for file in sorted(SHARED.glob("*.pdf"))[:8]:
        assert examine(file).sound, file.name


@pytest.fixture
def pages_of_three(typeset: Typeset, asks: Any) -> Path:
    parts = "\n\n#pagebreak()\n".join(f"*Recommendation {n}:* {ask}" for n, ask in enumerate(asks[:3], start=1))
    return typeset(f"= Recommendations\n\n{parts}")


def plain(file: Path) -> bytearray:
    """The file's bytes with every part where it can be seen."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return bytearray(file.read_bytes())


def test_a_changed_byte_in_the_text_of_a_page_names_the_page(pages_of_three: Path) -> None:
    content = plain(pages_of_three)
    with pikepdf.open(pages_of_three) as pdf:
        raw = pdf.pages[1].Contents.read_raw_bytes()
    content[content.index(raw) + len(raw) // 2] ^= 4
    pages_of_three.write_bytes(content)
    assert examine(pages_of_three).text == (2,)
    result = read_json(str(pages_of_three), "a.pdf")
    assert result["partial"] is True
    assert any("words may be missing or wrong: 2." in warning for warning in result["warnings"])


def test_a_lost_page_keeps_the_numbers_of_those_behind_it(pages_of_three: Path) -> None:
    plain(pages_of_three)
    with pikepdf.open(pages_of_three) as pdf:
        number = pdf.pages[1].objgen[0]
    content = pages_of_three.read_bytes()
    pages_of_three.write_bytes(content.replace(b"\n%d 0 obj" % number, b"\n%d 0 xxx" % number))
    result = read_json(str(pages_of_three), "a.pdf")
    assert [(r["number"], r["page"]) for r in result["recommendations"]] == [("1", 1), ("3", 3)]
    assert result["partial"] is True
    assert any("lost: 2." in warning for warning in result["warnings"])


def test_two_readers_that_count_the_pages_differently_are_reported(pages_of_three: Path) -> None:
    with pikepdf.open(pages_of_three, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Count = 2
        pdf.save(pages_of_three)
    content = plain(pages_of_three).replace(b"/Count 3", b"/Count 2")
    pages_of_three.write_bytes(content)
    result = read_json(str(pages_of_three), "a.pdf")
    assert result["partial"] is True
    assert result["warnings"]
    assert len(result["recommendations"]) == 3


def test_text_that_a_page_draws_and_nobody_can_read_is_reported(pages_of_three: Path) -> None:
    """A font whose letters have no meaning: the page promises text."""
    with pikepdf.open(pages_of_three, allow_overwriting_input=True) as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 1, 1], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=pikepdf.Dictionary(), Encoding=pikepdf.Dictionary(Differences=[]), FirstChar=0, LastChar=0, Widths=[0],
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 11 Tf 72 700 Td (" + b"\x01\x02\x03" * 60 + b") Tj ET")
        pdf.save(pages_of_three)
    result = read_json(str(pages_of_three), "a.pdf")
    assert result["partial"] is True
    assert any("4" in warning for warning in result["warnings"])


def test_without_a_catalogue_the_pages_that_are_there_are_collected(pages_of_three: Path, tmp_path: Path) -> None:
    content = bytes(plain(pages_of_three)).replace(b"/Catalog", b"/Xatalog").replace(b"/Type /Pages", b"/Type /Xages")
    pages_of_three.write_bytes(content[: content.rindex(b"xref") - 200])
    copy = repair(pages_of_three, tmp_path)
    assert copy is not None
    with pikepdf.open(copy) as pdf:
        assert len(pdf.pages) == 3


def test_a_parser_that_goes_round_in_a_circle_is_stopped() -> None:
    with pytest.raises(OutOfTime), at_most(0.1):
        while True:
            pass
    with at_most(60):
        pass
