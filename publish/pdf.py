"""A paper as PDF: tagged for screen readers, fonts embedded, nothing fetched. The only user of Typst."""

import dataclasses
import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from domain.errors import CannotWork
from publish.paper import Paper
from publish.wording import clean

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf_bytes(paper: Paper) -> bytes:
    """The paper as a tagged PDF; the same paper gives the same bytes. Raises `CannotWork` where Typst cannot set it.

    It conforms to PDF/UA-1 unless the text has a sign that no font at hand can show: then the sign is set as a box,
    and the file is tagged all the same but does not claim the standard.
    """
    try:
        return _set(paper, standard=True)
    except typst.TypstError as strict:
        try:
            return _set(paper, standard=False)
        except typst.TypstError as error:
            raise CannotWork(f"The PDF cannot be set ({error.message}): save the docx as PDF instead.") from strict


def pages(paper: Paper, *, word: bool = False) -> int:
    """How many pages the paper takes as PDF, or about as many as it takes in Word in our own form.

    Raises `CannotWork` where Typst cannot set it.
    """
    inputs = {"paper": _data(paper), **({"word": "yes"} if word else {})}
    try:
        drawn = typst.compile(TEMPLATE.read_bytes(), format="svg", sys_inputs=inputs)
    except typst.TypstError as error:
        raise CannotWork(f"The PDF cannot be set ({error.message}).") from error
    return len(drawn) if isinstance(drawn, list) else 1


def _set(paper: Paper, standard: bool) -> bytes:
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"] if standard else [],
        sys_inputs={"paper": _data(paper)},
        timestamp=datetime.combine(paper.created, time(), tzinfo=UTC),
    )


def _data(paper: Paper) -> str:
    whole = _fit(dataclasses.asdict(paper))
    for section, data in zip(paper.sections, whole["sections"], strict=True):
        if section.table is not None:
            data["table"]["kept_whole"] = section.table.kept_whole()
    return json.dumps(whole, ensure_ascii=False)


def _fit(value: Any) -> Any:  # noqa: ANN401 - whatever a paper holds, as JSON knows it
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _fit(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_fit(inner) for inner in value]
    return value if isinstance(value, int | float | None) else str(value)
