"""Pieces of typst source that several tests set."""

from collections.abc import Iterable, Sequence


def labelled(asks: Sequence[str], numbers: Iterable[int] | None = None) -> str:
    """Recommendations under their labels in bold, numbered from 1 or as given."""
    given = range(1, len(asks) + 1) if numbers is None else numbers
    return "\n\n".join(f"*Recommendation {n}:* {ask}" for n, ask in zip(given, asks, strict=False))


def table(heads: str, *cells: str) -> str:
    """A table under bold heads ("Learning | Recommendation"), its cells row by row, the columns equally wide."""
    names = heads.split(" | ")
    printed = ", ".join(f"[{cell}]" for cell in (*(f"*{name}*" for name in names), *cells))
    return f"#table(columns: ({'1fr, ' * len(names)}), {printed})"
