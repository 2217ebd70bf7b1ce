"""What would be taken from a file, without taking it: nothing is stored."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from domain.records import Extraction, Rejected
from services.house import House
from services.ingestion import read_pdf
from services.intake import look_at


def preview(house: House, files: Sequence[Path]) -> Iterator[Extraction | Rejected]:
    """Read files, several at once, and give each one's outcome in the order of the files."""
    with ThreadPoolExecutor(house.settings.workers) as pool:
        yield from pool.map(lambda file: _read(house, file), files)


def _read(house: House, file: Path) -> Extraction | Rejected:
    found = look_at(file)
    return found if isinstance(found, Rejected) else read_pdf(house, found.path, found.name)
