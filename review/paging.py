"""Long lists in pages, whose addresses keep what the list was narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
SIZE = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a list a page stands: `first` and `last` count from 1; before, after: addresses, empty where there is none."""

    total: int
    first: int
    last: int
    size: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The rows of one page, and where they stand."""

    rows: Sequence[T]
    paging: Paging


def paging(address: str, kept: Mapping[str, str], total: int, page: int, size: int = SIZE) -> Paging:
    """Where page `page` (from 1) of a list of `total` stands; kept: what the list was narrowed by."""
    number = min(max(page, 1), max(1, -(-total // size)))
    start = (number - 1) * size

    def link(to: int) -> str:
        return f"{address}?{urlencode({**{k: v for k, v in kept.items() if v}, 'page': to})}"

    return Paging(
        total=total,
        first=min(start + 1, total),
        last=min(start + size, total),
        size=size,
        before=link(number - 1) if number > 1 else "",
        after=link(number + 1) if start + size < total else "",
    )


def listed(rows: Sequence[T], address: str, kept: Mapping[str, str], page: int, size: int = SIZE) -> Listed[T]:
    """One page of rows that are all at hand."""
    where = paging(address, kept, len(rows), page, size)
    return Listed(rows[max(0, where.first - 1) : where.last], where)
