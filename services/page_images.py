"""Pages of reports as pictures, drawn in the sandbox: a stranger's file is opened nowhere else."""

import base64
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from domain.errors import NotFound, SandboxError
from domain.records import Box
from domain.states import Audience
from plan import reading
from plan.possible import passage
from services.house import House

WIDTH: Final = 1100  # pixels: sharp at the width of a page's column, and at twice its size still to be read
MOST_KEPT: Final = 48
DRAW: Final = "extract.page_image:page_image"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, with its size in pixels; begins: how far down its first marked line is, None where none is marked."""

    png: bytes
    width: int
    height: int
    begins: float | None

    @property
    def marked_at(self) -> float | None:
        """The same as a share of the height, for whoever shows the picture in another size."""
        return None if self.begins is None else self.begins / self.height


_kept: OrderedDict[tuple[str, int, tuple[Box, ...]], Picture] = OrderedDict()
_keeping = threading.Lock()


def picture_of_recommendation(
    house: House, named: str, page: int | None = None, *, audience: Audience = Audience.PARTNERSHIP
) -> Picture:
    """The page on which a recommendation stands, with its lines marked; another of its review where `page` is given.

    Raises `NotFound` where the audience sees no such recommendation, or its PDF has no such page.
    """
    place = reading.place(house.existing_plan(), named, audience=audience)
    return _picture(house, place.sha256, page or place.pages[0], place.boxes)


def picture_of_passage(house: House, number: int) -> Picture:
    """The page of a possible recommendation, with its lines marked."""
    found = passage(house.existing_plan(), number)
    review = reading.review(house.existing_plan(), found.review_letter)
    return _picture(house, review.sha256, found.page, found.boxes)


def picture_of_page(house: House, letter: str, page: int, *, audience: Audience = Audience.PARTNERSHIP) -> Picture:
    """A page of a review."""
    return _picture(house, reading.review(house.existing_plan(), letter, audience=audience).sha256, page, ())


def original(house: House, letter: str, *, audience: Audience = Audience.PARTNERSHIP) -> tuple[Path, str]:
    """The PDF of a review and the name under which it came. Raises `NotFound` where it is not kept here."""
    row = reading.review(house.existing_plan(), letter, audience=audience)
    return _file(house, row.sha256), row.file


def _file(house: House, sha256: str) -> Path:
    file = house.settings.original(sha256)
    if not file.is_file():
        raise NotFound("The report of this review is not kept here: it was entered by hand or from a table, or erased.")
    return file


def _picture(house: House, sha256: str, page: int, boxes: tuple[Box, ...]) -> Picture:
    # Asked each time, so that nothing of an erased review is shown from memory.
    file = _file(house, sha256)
    marked = tuple(box for box in boxes if box.page == page)
    key = (sha256, page, marked)
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    edges = [[box.x0, box.top, box.x1, box.bottom] for box in marked]
    try:
        drawn = house.sandbox.call(DRAW, str(file.absolute()), page, WIDTH, edges)
    except SandboxError as error:
        raise NotFound("This page cannot be drawn. Download the report to see it.") from error
    if not isinstance(drawn, dict) or "png" not in drawn:
        raise NotFound(str(drawn.get("problem", "")) if isinstance(drawn, dict) else "This page cannot be drawn.")
    begins = drawn.get("begins")
    picture = Picture(
        base64.b64decode(str(drawn["png"])),
        int(str(drawn["width"])),
        int(str(drawn["height"])),
        None if begins is None else float(str(begins)),
    )
    with _keeping:
        _kept[key] = picture
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return picture
