"""Pages of a PDF made into images, as a scanner makes them: with the words laid invisibly beneath, or without."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

DPI = 170


def image_of(page: Any, tilt: float) -> Image.Image:
    """Black and white, a little askew and a little specked."""
    grey = page.render(scale=DPI / 72, grayscale=True).to_pil()
    grey = grey.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=255)
    chance = random.Random(1)
    for _ in range(60):
        grey.putpixel((chance.randrange(grey.width), chance.randrange(grey.height)), 60)
    return grey.point(lambda value: 255 if value > 150 else 0).convert("1")


def lines_of(page: Any) -> list[tuple[float, float, float, float, str]]:
    words = page.get_textpage()
    found, line = [], []
    for n, letter in enumerate(words.get_text_range()):
        if letter in "\r\n":
            found.append(line)
            line = []
        else:
            line.append((letter, words.get_charbox(n)))
    rows = []
    for row in [*found, line]:
        text = "".join(letter for letter, _ in row).strip()
        boxes = [box for letter, box in row if not letter.isspace()]
        if text:
            rows.append(
                (
                    min(b[0] for b in boxes),
                    min(b[1] for b in boxes),
                    max(b[2] for b in boxes),
                    max(b[3] for b in boxes),
                    text,
                )
            )
    return rows


def scanned(page: Any, hidden: bool, tilt: float) -> bytes:
    width, height = page.get_size()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    if hidden:
        for left, bottom, right, top, text in lines_of(page):
            words = canvas.beginText(left, bottom + 0.2 * (top - bottom))
            words.setTextRenderMode(3)
            size = max(top - bottom, 4)
            words.setFont("Helvetica", size)
            words.setHorizScale(100 * (right - left) / max(canvas.stringWidth(text, "Helvetica", size), 1))
            words.textLine(text)
            canvas.drawText(words)
    canvas.drawInlineImage(image_of(page, tilt), 0, 0, width, height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def photocopied(path: Path, first: Callable[[str], bool], hidden: bool) -> Path:
    """The same file with every page, from the first for which the test holds, as a photocopy."""
    with pypdfium2.PdfDocument(path) as source:
        texts = [page.get_textpage().get_text_bounded() for page in source]
        begin = next(n for n, text in enumerate(texts) if first(text))
        copies = {n: scanned(source[n], hidden, 0.4 if n % 2 else -0.3) for n in range(begin, len(source))}
    with pikepdf.open(path, allow_overwriting_input=True) as whole:
        for n, data in copies.items():
            with pikepdf.open(io.BytesIO(data)) as single:
                whole.pages[n] = single.pages[0]
        whole.save(
            path, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
        )
    return path
