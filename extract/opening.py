"""Open a review by the reader that gets most out of it: pypdfium2; else on a repaired copy; else pdfminer alone."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from extract.condition import Condition, examine
from extract.document import Document, has_no_pages
from extract.repair import repair, stand_in
from extract.second_reader import SecondReader
from sandbox import steps


@dataclass(frozen=True, slots=True)
class Opened:
    """An open review. `file`: what is read, the original or its repaired copy; `condition`: that of the original.

    Whoever opens it closes `document`. `expected`: how many pages pypdfium2 counts in the original, None where it cannot.
    """

    document: Document
    file: Path
    condition: Condition
    expected: int | None

    @property
    def damaged(self) -> bool:
        """Whether something of the original is amiss, or two readers count its pages differently."""
        return not self.condition.sound or not self.readers_agree

    @property
    def readers_agree(self) -> bool:
        """Whether both readers that know the list of pages find as many."""
        counts = (self.expected, self.condition.pages)
        return None in counts or counts[0] == counts[1]


def open_review(file: Path, folder: Path) -> Opened | pdfium.PdfiumError:
    """The review, or pypdfium2's complaint where no reader can open it. Copies are made in `folder`."""
    condition = examine(file)
    document, complaint = _document(file)
    expected = len(document) if document is not None else None
    opened = Opened(document, file, condition, expected) if document is not None else None
    if opened is not None and not opened.damaged:
        return opened
    if complaint is not None and (_is_locked(complaint, condition) or has_no_pages(file)):
        return complaint
    return _best(opened, file, folder, condition) or complaint or pdfium.PdfiumError("nothing can be read")


def _document(file: Path) -> tuple[Document | None, pdfium.PdfiumError | None]:
    """A file opened by pypdfium2, or its complaint."""
    if not steps.enter(f"open {file.name}"):
        return None, pdfium.PdfiumError("the file cannot be opened")
    try:
        return Document(file), None
    except pdfium.PdfiumError as error:
        return None, error


def _is_locked(complaint: pdfium.PdfiumError, condition: Condition) -> bool:
    said = str(complaint).casefold()
    # Where the list of pages could be read, another reader opens it without a password.
    return condition.whole and condition.pages is None and ("password" in said or "security" in said)


def _best(opened: Opened | None, file: Path, folder: Path, condition: Condition) -> Opened | None:
    """The original or its repaired copy, whichever yields more text; the copy where both do, since it numbers its pages."""
    copy = repair(file, folder)
    mended = _opened(copy, condition, opened.expected if opened else None) if copy is not None else None
    if mended is None:
        return opened or _by_second_reader(file, folder, condition)
    if opened is not None and opened.document.characters() > mended.document.characters():
        mended.document.close()
        return opened
    if opened is not None:
        opened.document.close()
    return mended


def _opened(file: Path, condition: Condition, expected: int | None) -> Opened | None:
    document, _ = _document(file)
    return Opened(document, file, condition, expected) if document is not None else None


def _by_second_reader(file: Path, folder: Path, condition: Condition) -> Opened | None:
    """Blank pages, to be filled with what the second reader sees on the original."""
    with SecondReader(file) as reader:
        sizes = reader.sizes()
    if not sizes:
        return None
    return Opened(Document(stand_in(sizes, folder)), file, condition, None)
