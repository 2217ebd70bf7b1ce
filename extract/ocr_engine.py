"""A plug-in of OCRmyPDF: Tesseract, remembering how each page was turned and how sure it was of the words.

OCRmyPDF writes the righted page and keeps the angles to itself; without them a box could not be found on the original.
"""

import math
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from ocrmypdf import OcrOptions, OrientationConfidence, hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine

SURE_OF_TURN = 4.0  # Tesseract's own measure: upright pages that it takes for turned ones stay below it
LEAST_SKEW, MOST_SKEW = (
    0.05,
    15.0,
)  # degrees; less is not worth drawing the page again, more is a slip of the recogniser
_CONFIDENCE = re.compile(r"x_wconf (\d+)")


@dataclass(slots=True)
class Seen:
    """What was found of one page: `quarters` and `skew` in degrees anticlockwise, `confidence` from 0 to 100.

    late: it was given up for want of time.
    """

    quarters: int = 0
    skew: float = 0.0
    confidence: float = 0.0
    late: bool = False


@dataclass(slots=True)
class Notebook:
    """What the engine has seen since it was last emptied, by the page's number in OCRmyPDF's input."""

    pages: dict[int, Seen] = field(default_factory=dict)
    patience: float = math.inf  # seconds after which a page is given up
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, file: Path) -> Seen:
        """The entry of the page that one of OCRmyPDF's working files belongs to: their names begin with its number."""
        with self.lock:
            return self.pages.setdefault(int(file.name.partition("_")[0]), Seen())

    def empty(self) -> None:
        """Forget every page."""
        with self.lock:
            self.pages.clear()


NOTEBOOK = Notebook()


class Engine(TesseractOcrEngine):
    """Tesseract as OCRmyPDF runs it, with a notebook."""

    @staticmethod
    def get_orientation(input_file: Path, options: OcrOptions) -> OrientationConfidence:
        """How a page lies; quarters of which Tesseract is not sure count as none."""
        found: OrientationConfidence = TesseractOcrEngine.get_orientation(input_file, options)  # type: ignore[no-untyped-call]
        quarters = found.angle % 360 if found.confidence >= SURE_OF_TURN else 0
        NOTEBOOK.of(input_file).quarters = quarters
        return OrientationConfidence(quarters, 1000.0)

    @staticmethod
    def get_deskew(input_file: Path, options: OcrOptions) -> float:
        """By how many degrees anticlockwise a page is set straight."""
        angle = float(TesseractOcrEngine.get_deskew(input_file, options))
        skew = angle if LEAST_SKEW <= abs(angle) <= MOST_SKEW else 0.0
        NOTEBOOK.of(input_file).skew = skew
        return skew

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: OcrOptions) -> None:
        """Recognise a page."""
        began = time.monotonic()
        TesseractOcrEngine.generate_hocr(input_file, output_hocr, output_text, options)  # type: ignore[no-untyped-call]
        NOTEBOOK.of(output_hocr).late = time.monotonic() - began >= NOTEBOOK.patience
        surely = [int(n) for n in _CONFIDENCE.findall(output_hocr.read_text(encoding="utf-8", errors="replace"))]
        NOTEBOOK.of(output_hocr).confidence = sum(surely) / len(surely) if surely else 0.0


@hookimpl
def get_ocr_engine(options: OcrOptions | None) -> type[Engine]:
    """The engine to use, asked before OCRmyPDF's own."""
    return Engine
