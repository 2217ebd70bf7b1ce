"""Files as they arrive: what lies in the corpus, and whether a file is worth opening. Reads bytes, parses nothing."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CannotWork
from domain.records import Reason, Rejected

LARGEST = 300 * 1024 * 1024
HEAD, TAIL = 1024, 4096
FRESH_SECONDS = 20.0  # a file that ends in the middle and changed so lately is still on its way
OTHER_DOCUMENTS = frozenset({".doc", ".docx", ".odt", ".rtf", ".pages", ".htm", ".html", ".ppt", ".pptx", ".xps"})
SAMPLES_LIST = "samples.toml"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that looks like a whole PDF: its path, the name its owner knows it by, and its sha256."""

    path: Path
    name: str
    sha256: str


def files_in(corpus: Path) -> tuple[Path, ...]:
    """The documents in a corpus and its sub-folders, by name. Sample folders inside it are left out.

    Raises `CannotWork` where the corpus is no folder that can be read. A folder whose name ends in .pdf is listed, so that
    it can be rejected by name; hidden files, and those that are no documents, are not.
    """
    if not corpus.is_dir():
        raise CannotWork(
            f"There is no folder {corpus}. Make it and put review PDFs into it, or name another with --corpus."
        )
    found: list[Path] = []
    try:
        _collect(corpus, found)
    except OSError as error:
        raise CannotWork(f"The folder {corpus} cannot be read ({error.strerror or error}).") from error
    return tuple(found)


def _collect(folder: Path, found: list[Path]) -> None:
    for path in sorted(folder.iterdir(), key=lambda p: p.name.casefold()):
        if path.name.startswith((".", "~$")):
            continue
        suffix = path.suffix.casefold()
        if path.is_dir() and suffix != ".pdf":
            if not (path / SAMPLES_LIST).exists():
                _collect(path, found)
        elif suffix == ".pdf" or suffix in OTHER_DOCUMENTS:
            found.append(path)


def look_at(path: Path) -> Arrival | Rejected:
    """Decide by a file's bytes whether it can be a PDF, and take its sha256. Never raises for what the file is."""
    name = path.name
    try:
        if path.is_dir():
            return Rejected(name, Reason.UNREADABLE, f"{name} is a folder. Put the PDFs themselves into the corpus.")
        size = path.stat().st_size
        if size == 0:
            return Rejected(name, Reason.EMPTY, f"{name} is empty (0 bytes). Copy or download it again.")
        if size > LARGEST:
            megabytes = size // (1024 * 1024)
            return Rejected(
                name, Reason.TOO_LARGE, f"{name} has {megabytes} MB; the most is 300 MB. Save it with smaller pictures."
            )
        content = path.read_bytes()
        age = time.time() - path.stat().st_mtime
    except PermissionError:
        return Rejected(name, Reason.UNREADABLE, f"You have no right to read {name}. Ask its owner, or copy it anew.")
    except FileNotFoundError:
        return Rejected(name, Reason.UNREADABLE, f"There is no file {path}. Check its name.")
    except OSError as error:
        return Rejected(name, Reason.UNREADABLE, f"{name} cannot be read ({error.strerror or error}). Copy it anew.")
    problem = _problem(name, content, age)
    return problem or Arrival(path, name, hashlib.sha256(content).hexdigest())


def _problem(name: str, content: bytes, age: float) -> Rejected | None:
    head = content[:HEAD]
    if b"%PDF-" not in head:
        lower = head.lstrip().lower()
        if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
            return Rejected(
                name,
                Reason.WEB_PAGE,
                f"{name} is a web page, not the review itself. Open the link in a browser and download the PDF.",
            )
        return Rejected(
            name, Reason.NOT_A_PDF, f"{name} is not a PDF. Open it in the program that made it and save it as PDF."
        )
    if b"%%EOF" not in content[-TAIL:]:
        if age < FRESH_SECONDS:
            return Rejected(
                name, Reason.STILL_COPYING, f"{name} is still being copied. Run again when the copy is complete."
            )
        return Rejected(
            name, Reason.DAMAGED, f"{name} ends in the middle: the copy or download was cut off. Fetch it again."
        )
    return None
