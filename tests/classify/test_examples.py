import json
from pathlib import Path
from typing import Any

import pytest

from classify.examples import read_examples
from domain.errors import CannotWork, InputRejected
from domain.framework import load_framework

FRAMEWORK = load_framework()
ROW: dict[str, Any] = {
    "id": "x-1", "text": "Share records.", "quadrant": "Q2", "secondary": "Q3", "issues": ["neglect"],
    "areas": ["information-sharing"], "standards": ["2.2"], "review_type": "SPR", "note": "",
}  # fmt: skip


def write(folder: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_examples_are_read_and_blank_lines_skipped(tmp_path: Path) -> None:
    (one, two) = read_examples(
        write(tmp_path, ROW, "", {**ROW, "id": "x-2", "text": "Other.", "secondary": None}), FRAMEWORK
    )
    assert (one.id, one.secondary, one.areas, one.origin) == ("x-1", "Q3", ("information-sharing",), "example")
    assert two.secondary is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"quadrant": "Q5"}, 'quadrant "Q5"'),
        ({"secondary": "Q9"}, 'secondary quadrant "Q9"'),
        ({"secondary": "Q2"}, "primary one again"),
        ({"issues": ["obesity"]}, '"obesity"'),
        ({"areas": ["neglect"]}, '"neglect"'),
        ({"standards": ["9.9"]}, '"9.9"'),
        ({"standards": ["2.2", "2.2"]}, "names a code twice"),
        ({"issues": "neglect"}, "not a list"),
        ({"review_type": "novel"}, 'review type "novel"'),
        ({"text": "  "}, '"text" is empty'),
        ({"text": None}, '"text" is empty'),
        ({"colour": "red"}, '"colour" is unknown'),
    ],
)
def test_a_bad_line_is_named_with_file_and_line(tmp_path: Path, change: dict[str, object], says: str) -> None:
    with pytest.raises(InputRejected, match=r"some\.jsonl, line 2") as caught:
        read_examples(write(tmp_path, {**ROW, "id": "x-0", "text": "Fine."}, {**ROW, **change}), FRAMEWORK)
    assert says in str(caught.value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match='"areas" is missing'):
        read_examples(write(tmp_path, {k: v for k, v in ROW.items() if k != "areas"}), FRAMEWORK)


@pytest.mark.parametrize("change", [{"text": "Another."}, {"id": "x-2", "text": " share  RECORDS. "}])
def test_the_same_identifier_or_text_twice_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(InputRejected, match=r"line 2: .* stands already at some\.jsonl, line 1"):
        read_examples(write(tmp_path, ROW, {**ROW, **change}), FRAMEWORK)


@pytest.mark.parametrize("line", ["{", "[1]", "nonsense"])
def test_what_is_not_an_example_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputRejected, match=r"some\.jsonl, line 1"):
        read_examples(write(tmp_path, line), FRAMEWORK)


def test_no_examples_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWork, match="no labelled examples"):
        read_examples(write(tmp_path, ""), FRAMEWORK)


def test_the_projects_own_examples_are_sound() -> None:
    assert len(read_examples(Path(__file__).parents[2] / "models/examples", FRAMEWORK)) >= 400
