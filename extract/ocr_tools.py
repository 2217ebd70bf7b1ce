"""Whether this machine can recognise text, and how to make it able: Tesseract with its English data.

OCRmyPDF draws pages with pypdfium2 here and writes no PDF/A, so that Ghostscript is not needed.
"""

import functools
import shutil
import subprocess
import sys
from dataclasses import dataclass

ENGLISH = "eng"
ORIENTATION = "osd"
SECONDS_TO_ANSWER = 30.0
NOT_FOUND = ""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """What is installed. `version`: Tesseract's, "" where there is none; `languages`: its data, such as "eng" and "osd"."""

    version: str
    languages: frozenset[str]

    @property
    def ready(self) -> bool:
        """Whether English text can be recognised."""
        return self.version != NOT_FOUND and ENGLISH in self.languages

    @property
    def can_turn(self) -> bool:
        """Whether pages that lie on their side can be righted."""
        return ORIENTATION in self.languages

    @property
    def missing(self) -> str:
        """What to install, in words; "" where nothing is missing."""
        if self.ready:
            return ""
        what = "Tesseract" if self.version == NOT_FOUND else "the English data of Tesseract"
        return f"{what} is not installed. To install it: {how_to_install()}"


@functools.cache
def recogniser() -> Recogniser:
    """What this machine has; looked up once a process."""
    program = shutil.which("tesseract")
    if program is None:
        return Recogniser(NOT_FOUND, frozenset())
    version = _first_word_after(_said(program, "--version"), "tesseract")
    return Recogniser(version, frozenset(_said(program, "--list-langs").split()))


def how_to_install() -> str:
    """How Tesseract is installed, this machine's own way first."""
    ways = {
        "linux": "on Debian or Ubuntu, sudo apt install tesseract-ocr",
        "darwin": "on macOS, brew install tesseract",
        "win32": "on Windows, winget install --id UB-Mannheim.TesseractOCR (and add its folder to PATH)",
    }
    own = ways.pop(sys.platform, None)
    return "; ".join(([own] if own else []) + list(ways.values())) + "."


def _said(program: str, option: str) -> str:
    """What the program answers; "" where it does not run."""
    try:
        done = subprocess.run(
            [program, option],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS_TO_ANSWER,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _first_word_after(text: str, word: str) -> str:
    before, _, after = text.partition(word)
    words = after.split()
    return words[0] if not before.strip() and words else NOT_FOUND
