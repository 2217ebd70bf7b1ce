"""Files as they arrive: what lies in the corpus, and whether a file is worth opening. Reads bytes, parses nothing."""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CannotWork
from domain.records import Rejected
from domain.states import Reason
from extract.soundness import HEAD, has_end, is_pdf, is_web_page

LARGEST = 300 * 1024 * 1024
FRESH_SECONDS = 20.0  # a file that ends in the middle and changed so lately is still on its way
OTHER_DOCUMENTS = frozenset({".doc", ".docx", ".odt", ".rtf", ".pages", ".htm", ".html", ".ppt", ".pptx", ".xps"})
SAMPLES_LIST = "samples.toml"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that looks like a whole PDF: its path, the name its owner knows it by, and its sha256."""

    path: Path
    name: str
    sha256: str


def is_samples(folder: Path) -> bool:
    """Whether a folder holds fictional samples; one that we may not look into holds none that we could show."""
    try:
        return (folder / SAMPLES_LIST).is_file()
    except OSError:
        return False


def files_in(corpus: Path) -> tuple[Path, ...]:
    """The documents in a corpus and its sub-folders, by name. Sample folders inside it are left out.

    Raises `CannotWork` where the corpus is no folder that can be read. A folder whose name ends in .pdf, and one that may
    not be looked into, are listed, so that they can be rejected by name; hidden files, and those that are no documents,
    are not.
    """
    try:
        if not corpus.is_dir():
            if corpus.exists():
                raise CannotWork(
                    f"{corpus} is a file, not a folder. Set CAP_CORPUS to the folder with the review PDFs."
                )
            raise CannotWork(
                f"There is no folder {corpus}. Create it and put the review PDFs in it, or set CAP_CORPUS to the folder you use."
            )
        children = _children(corpus)
    except OSError as error:
        raise CannotWork(
            f"The folder {corpus} cannot be read ({error.strerror or error}). Ask for the right to read it, or set "
            "CAP_CORPUS to another folder."
        ) from error
    found: list[Path] = []
    _collect(children, found, {corpus.resolve()})
    return tuple(found)


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda p: p.name.casefold())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # nobody lets us ask; whoever opens it will say so


def _collect(children: list[Path], found: list[Path], visited: set[Path]) -> None:
    """Add the documents among `children` and below. `visited`: folders already looked into, since links can lead back."""
    for path in children:
        if path.name.startswith((".", "~$")):
            continue
        suffix = path.suffix.casefold()
        if not _is_folder(path):
            if suffix == ".pdf" or suffix in OTHER_DOCUMENTS:
                found.append(path)
            continue
        real = path.resolve()
        if real in visited:
            continue
        visited.add(real)
        try:
            inside = None if suffix == ".pdf" or is_samples(path) else _children(path)
        except PermissionError:
            found.append(path)
            continue
        if inside is not None:
            _collect(inside, found, visited)
        elif suffix == ".pdf":
            found.append(path)


def shown_name(path: Path) -> str:
    """A file's name for people and for the plan: what cannot be printed is replaced, for a name is a stranger's too."""
    # One half of a character pair is how Python holds a byte that the system's encoding does not know.
    name = path.name.encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else " " for c in name)


def look_at(path: Path, *, settled: bool = False) -> Arrival | Rejected:
    """Decide by a file's bytes whether it can be a PDF, and take its sha256. Never raises for what the file is.

    settled: nobody is writing to it any more, as to one that came through a browser, so that one without an end was cut off.
    """
    name = shown_name(path)
    try:
        str(path).encode()
        if path.is_dir():
            return _folder(path, name)
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
    except UnicodeEncodeError:
        return Rejected(
            name,
            Reason.UNREADABLE,
            f"The name of {name} or of its folder has characters that this computer does not know. Rename it.",
        )
    except PermissionError:
        return Rejected(name, Reason.UNREADABLE, f"You have no right to read {name}. Ask its owner, or copy it again.")
    except FileNotFoundError:
        return Rejected(name, Reason.UNREADABLE, f"There is no file {path}. Check its name.")
    except OSError as error:
        return Rejected(name, Reason.UNREADABLE, f"{name} cannot be read ({error.strerror or error}). Copy it again.")
    problem = _problem(name, content, fresh=not settled and age < FRESH_SECONDS)
    return problem or Arrival(path, name, hashlib.sha256(content).hexdigest())


def _folder(path: Path, name: str) -> Rejected:
    """A folder where a document should be; one that could be looked into never comes here unless it is named .pdf."""
    if os.access(path, os.R_OK | os.X_OK):
        return Rejected(name, Reason.UNREADABLE, f"{name} is a folder. Put the PDFs themselves into the PDF folder.")
    return Rejected(name, Reason.UNREADABLE, f"You have no right to look into the folder {name}. Ask its owner.")


def _problem(name: str, content: bytes, *, fresh: bool) -> Rejected | None:
    head = content[:HEAD]
    if is_web_page(head):
        return Rejected(
            name,
            Reason.WEB_PAGE,
            f"{name} is a web page, not the review itself. Open the link in a browser and download the PDF.",
        )
    if not is_pdf(head):
        return Rejected(
            name, Reason.NOT_A_PDF, f"{name} is not a PDF. Open it in the program that made it and save it as PDF."
        )
    if fresh and not has_end(content):
        return Rejected(
            name, Reason.STILL_COPYING, f"{name} is still being copied. Run again when the copy is complete."
        )
    return None  # one that was cut off for good is read as far as it goes
