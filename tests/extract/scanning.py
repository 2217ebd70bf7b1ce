"""Scans made at test time: a typeset page drawn, laid askew, specked with dust, and wrapped in a PDF as a picture."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from extract import losses, reader
from extract.ocr_tools import NOT_FOUND, Recogniser

DPI = 200
BLACK = 150  # of 255: what is as dark is ink


def scanned(
    source: Path,
    file: Path,
    *,
    skew: float = 0.0,
    quarters: int = 0,
    pages: Sequence[int] = (),
    black: bool = False,
) -> Path:
    """A copy of `source` with pages (from 1; all where none are named) as pictures without text, the same in every byte each time.

    skew: degrees anticlockwise; quarters: degrees anticlockwise by which the sheet lay on its side; black: in black and
    white without greys, as office scanners were set to save room.
    """
    with pikepdf.open(source) as pdf, pdfium.PdfDocument(source) as drawn:
        for number in pages or range(1, len(drawn) + 1):
            picture = _worn(drawn[number - 1].render(scale=DPI / 72, grayscale=True).to_pil(), skew, number)
            picture = picture.rotate(quarters, expand=True)
            if black:
                picture = picture.point(lambda grey: 255 * (grey > BLACK), mode="1")
            scan = file.with_name(f"{file.stem}-{number}.pdf")
            picture.save(scan, resolution=DPI)
            with pikepdf.open(scan) as single:
                pdf.pages[number - 1] = single.pages[0]
            scan.unlink()
        pdf.save(file, deterministic_id=True)
    return file


def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take Tesseract away."""
    for module in (reader, losses):
        monkeypatch.setattr(module, "recogniser", lambda: Recogniser(NOT_FOUND, frozenset()))


def _worn(picture: Image.Image, skew: float, seed: int) -> Image.Image:
    turned = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    chance = np.random.default_rng(seed)
    grey = np.asarray(turned, dtype=np.float32) + chance.normal(0, 12, (turned.height, turned.width))
    dust = chance.random(grey.shape) < 0.0001
    return Image.fromarray(np.where(dust, 40, grey).clip(0, 255).astype(np.uint8))
