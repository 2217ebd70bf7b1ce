"""A page of a report as a picture for people, with the lines of a recommendation marked. Runs in the sandbox."""

import base64
import io
import math
from collections.abc import Sequence
from typing import Final

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

MOST_PIXELS: Final = 4_000_000  # a page that claims to be a wall is drawn coarser
GROUND: Final = (255, 226, 120)  # multiplied onto the page, so that print stays black
EDGE: Final = (180, 90, 0)  # a bar beside the lines: the ground alone is lost to who cannot see colours
MARGIN: Final = 3.0  # points around the lines


def page_image(file: str, number: int, width: int, boxes: Sequence[Sequence[float]]) -> dict[str, object]:
    """Page `number` (from 1) as {"png": base64, "width", "height", "begins"} in pixels.

    width: of the picture in pixels; boxes: [x0, top, x1, bottom] in points from the top left, each of which is marked;
    begins: how far down the first of them is, None where there is none.
    A number that the file does not have, or a page that cannot be drawn, gives {"problem": words}.
    """
    document = pdfium.PdfDocument(file)
    try:
        if not 1 <= number <= len(document):
            return {"problem": f"This report has pages 1 to {len(document)}."}
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(width / max(across, 1.0), math.sqrt(MOST_PIXELS / max(across * down, 1.0)))
        picture = page.render(scale=scale, fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")
    except pdfium.PdfiumError:
        return {"problem": "This page cannot be drawn. Download the report to see it."}
    finally:
        document.close()
    _mark(picture, [[edge * scale for edge in box] for box in boxes], scale)
    # Few colours are enough for print and make the picture a third as large.
    stream = io.BytesIO()
    picture.quantize(96, dither=Image.Dither.NONE).save(stream, "PNG", optimize=False)
    return {
        "png": base64.b64encode(stream.getvalue()).decode(), "width": picture.width, "height": picture.height,
        "begins": min((box[1] * scale for box in boxes), default=None),
    }  # fmt: skip


def _mark(picture: Image.Image, boxes: Sequence[Sequence[float]], scale: float) -> None:
    margin = MARGIN * scale
    for x0, top, x1, bottom in boxes:
        area = (
            max(0, int(x0 - margin)), max(0, int(top - margin / 2)),
            min(picture.width, int(x1 + margin)), min(picture.height, int(bottom + margin / 2)),
        )  # fmt: skip
        if area[2] <= area[0] or area[3] <= area[1]:
            continue
        piece = picture.crop(area)
        ground = Image.new("RGB", piece.size, GROUND)
        picture.paste(ImageChops.multiply(piece, ground), area)
        bar = max(2, round(scale * 2))
        ImageDraw.Draw(picture).rectangle((max(0, area[0] - 2 * bar), area[1], max(0, area[0] - bar), area[3]), EDGE)
