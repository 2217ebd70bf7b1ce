"""Pages -> pictures, and pictures -> a PDF of pictures: what text recognition is given, and what ink is measured on.

A picture of a page shows it as a viewer does (turned, cropped, with its forms and drawings), so that nothing of how a
file is built reaches the recogniser.
"""

import math
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium

DPI = 300
POINTS = 72.0
MOST_PIXELS = 24_000_000  # A3 at 300 dpi has 17 million; a page that claims to be a wall is drawn coarser

Picture = npt.NDArray[np.uint8]
"""Rows of grey pixels from the top, 0 black."""


def picture_of(pdf: pdfium.PdfDocument, number: int) -> tuple[Picture, float]:
    """Page `number` (from 1) in grey, and how many points of the page one pixel spans.

    Raises `pypdfium2.PdfiumError` where the page cannot be drawn.
    """
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / POINTS, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
        bitmap = page.render(scale=scale, grayscale=True, fill_color=(255, 255, 255, 255))
        try:
            pixels: Picture = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
        finally:
            bitmap.close()
        return pixels, 1 / scale
    finally:
        page.close()


def save_pictures(pictures: Sequence[Picture], file: Path) -> None:
    """A PDF with one picture a page, each page as large as its picture is at `DPI`."""
    pdf = pikepdf.new()
    for pixels in pictures:
        height, width = pixels.shape
        page = pdf.add_blank_page(page_size=(width * POINTS / DPI, height * POINTS / DPI))
        fields: dict[str, Any] = {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": width,
            "/Height": height,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/BitsPerComponent": 8,
        }
        image = pikepdf.Stream(pdf, b"", fields)
        image.write(zlib.compress(pixels.tobytes(), 1), filter=pikepdf.Name.FlateDecode)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        placed = f"q {width * POINTS / DPI:.4f} 0 0 {height * POINTS / DPI:.4f} 0 0 cm /Im Do Q"
        page.Contents = pdf.make_stream(placed.encode())
    pdf.save(file)
