"""Labelled recommendations from JSON lines, checked against the framework before anything learns from them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from domain.errors import CannotWork, InputRejected
from domain.framework import Framework
from domain.records import Example

_FIELDS = frozenset({"id", "text", "quadrant", "secondary", "issues", "areas", "standards", "review_type", "note"})
_NEEDED = _FIELDS - {"note"}


def read_examples(folder: Path, framework: Framework) -> tuple[Example, ...]:
    """Every example of the `*.jsonl` files of a folder, by file name and line.

    Raises `CannotWork` if there are none, and `InputRejected`, naming file and line, for a line that is not an example:
    unknown fields or codes, no text, an identifier or a text that occurred before.
    """
    files = sorted(folder.glob("*.jsonl"))
    examples: list[Example] = []
    ids: dict[str, str] = {}
    texts: dict[str, str] = {}
    for file in files:
        for place, example in _read(file, framework):
            folded = " ".join(example.text.lower().split())
            for seen, key, what in ((ids, example.id, f'the identifier "{example.id}"'), (texts, folded, "this text")):
                if key in seen:
                    raise InputRejected(f"{place}: {what} stands already at {seen[key]}. Remove one of the two.")
                seen[key] = place
            examples.append(example)
    if not examples:
        raise CannotWork(f"There are no labelled examples in {folder}: it needs at least one .jsonl file with some.")
    return tuple(examples)


def _read(file: Path, framework: Framework) -> Iterator[tuple[str, Example]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRejected(f"{file} cannot be read as UTF-8 text ({error}). Save it anew and try again.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{file.name}, line {number}"
            yield place, _example(line, place, framework)


def _example(line: str, place: str, framework: Framework) -> Example:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputRejected(
            f"{place}: this is not JSON ({error.msg} at character {error.pos}). Mend the line."
        ) from error
    if not isinstance(data, dict):
        raise InputRejected(f"{place}: this is not an example but a {type(data).__name__}. Write an object in braces.")
    problem = next(_problems(data, framework), None)
    if problem is not None:
        raise InputRejected(f"{place}: {problem}.")
    return Example(
        id=data["id"],
        text=data["text"].strip(),
        quadrant=data["quadrant"],
        secondary=data["secondary"],
        issues=tuple(data["issues"]),
        areas=tuple(data["areas"]),
        standards=tuple(data["standards"]),
        review_type=data["review_type"],
        note=data.get("note", ""),
    )


def _problems(data: Mapping[str, Any], framework: Framework) -> Iterator[str]:
    for name in sorted(_NEEDED - set(data)):
        yield f'the field "{name}" is missing'
    for name in sorted(set(data) - _FIELDS):
        yield f'the field "{name}" is unknown'
    for name in ("id", "text"):
        if not isinstance(data[name], str) or not data[name].strip():
            yield f'the field "{name}" is empty or not text'
    yield from _code_problems(data, framework)


def _code_problems(data: Mapping[str, Any], framework: Framework) -> Iterator[str]:
    quadrants = framework.quadrant_codes
    if data["quadrant"] not in quadrants:
        yield f'the quadrant "{data["quadrant"]}" is not one of {", ".join(quadrants)}'
    if data["secondary"] is not None and data["secondary"] not in quadrants:
        yield f'the secondary quadrant "{data["secondary"]}" is not one of {", ".join(quadrants)}, nor null'
    if data["secondary"] == data["quadrant"]:
        yield f"the secondary quadrant is the primary one again, {data['quadrant']}"
    review_types = tuple(entry.code for entry in framework.review_types)
    if data["review_type"] not in review_types:
        yield f'the review type "{data["review_type"]}" is not one of {", ".join(review_types)}'
    for name, known in (
        ("issues", framework.issue_codes), ("areas", framework.area_codes), ("standards", framework.standard_codes),
    ):  # fmt: skip
        if not isinstance(data[name], list):
            yield f'the field "{name}" is not a list'
            continue
        yield from (f'"{code}" is not one of the framework\'s {name}' for code in data[name] if code not in known)
        if len(set(map(str, data[name]))) < len(data[name]):
            yield f'the field "{name}" names a code twice'
