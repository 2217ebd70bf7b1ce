"""Imports point one way, and rooms of one layer never import each other. Read from the syntax tree, so that it holds for
imports inside functions too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    ("domain",),
    ("sandbox", "learning"),
    ("extract", "classify", "match"),
    ("plan",),
    ("publish",),
    ("services",),
    ("flows",),
    ("review",),
    ("cap",),
)
ROOMS = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
# The only modules that may import these: whoever changes the library changes these places.
KEEPERS: dict[str, set[str]] = {
    "pypdfium2": {
        "extract/characters.py",  # words and lines
        "extract/document.py",  # pages
        "extract/opening.py",  # its complaints
        "extract/ocr.py",
        "extract/page_image.py",  # pictures of pages for people
        "extract/pictures.py",  # pictures of pages
        "extract/reader.py",  # its complaints
        "extract/survey.py",  # pages looked over
    },
    "pdfplumber": {
        "extract/document.py",  # tables
        "extract/parser_faults.py",
        "extract/second_reader.py",
        "extract/wordless.py",  # rulings
    },
    "pdfminer": {"extract/parser_faults.py", "extract/wordless.py"},
    "pikepdf": {
        "extract/condition.py",  # is it whole?
        "extract/document.py",
        "extract/parser_faults.py",
        "extract/pictures.py",  # pictures -> a PDF
        "extract/repair.py",
        "extract/second_reader.py",  # what a page promises
    },
    "ocrmypdf": {"extract/ocr.py", "extract/ocr_engine.py"},
    "sqlite_utils": {"plan/", "services/house.py", "services/desks.py"},
    "prefect": {"flows/"},
    "onnxruntime": {"classify/", "match/candidates.py"},
    "torch": set(),  # it comes along with the embedding model, and is not needed to run
    "sklearn": set(),  # tests compare our figures with its
    "tokenizers": {"classify/encoder.py"},
    "safetensors": {"classify/encoder.py"},
    "scipy": {"classify/training.py", "match/fitting.py"},
    "typst": {"publish/pdf.py"},
    "altair": {"publish/charts.py", "publish/drawing.py", "publish/modelcharts.py"},
    "vl_convert": {"publish/drawing.py"},
    "xlsxwriter": {"publish/sheets.py"},
    "openpyxl": {"extract/plan_sheets.py"},
    "docx": {"extract/plan_word.py", "publish/word.py", "publish/letterhead.py"},
    "filelock": {"services/turns.py", "services/unattended.py"},
    "httpx": {"flows/"},
    "watchfiles": {"flows/schedule.py"},
    "fastapi": {"review/", "cap/serving.py"},
    "jinja2": {"review/rendering.py"},
    "argon2": {"services/accounts.py"},
    "uvicorn": {"cap/serving.py"},
}


def modules() -> list[Path]:
    return sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))


def imported(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            yield node.module or "", node.lineno


def test_every_room_of_the_house_is_known() -> None:
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")}
    assert packages == set(ROOMS)


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_one_way(file: Path) -> None:
    room = file.relative_to(ROOT).parts[0]
    for name, line in imported(file):
        target = name.split(".")[0]
        if target in ROOMS and target != room:
            assert ROOMS[target] < ROOMS[room], f"{file.name}:{line}: {room} may not import {target}"


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(ROOT)))
def test_libraries_have_their_keepers(file: Path) -> None:
    place = str(file.relative_to(ROOT))
    for name, line in imported(file):
        allowed = KEEPERS.get(name.split(".")[0])
        if allowed is not None:
            assert any(place == a or (a.endswith("/") and place.startswith(a)) for a in allowed), (
                f"{place}:{line}: {name}"
            )


def test_no_code_among_the_data() -> None:
    for folder in ("corpus", "models", "outputs"):
        assert not list((ROOT / folder).rglob("*.py"))
