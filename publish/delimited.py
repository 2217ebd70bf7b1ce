"""Rows as CSV that a spreadsheet opens rightly and safely."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from publish.wording import clean

_STARTS_A_FORMULA = frozenset("=+-@＝＋－＠|%")


def csv_bytes(rows: Iterable[Sequence[str | int | float | date | None]]) -> bytes:
    """Rows, headings first, as UTF-8 with a byte order mark (so that Excel reads it as UTF-8) and CRLF line ends.

    A text that a spreadsheet might take for a formula gets an apostrophe before it; numbers stay numbers and dates
    are ISO.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([_field(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _field(value: str | int | float | date | None) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = clean(value)
    return f"'{text}" if text.lstrip()[:1] in _STARTS_A_FORMULA and text.strip() else text
