"""What is a file by its first and last bytes? Asked before any library sees it, and before it repairs it in silence."""

import re
from pathlib import Path

from domain.records import Rejected
from domain.states import Reason

HEAD = 1024  # the header may stand anywhere in the first kilobyte
TAIL = 4096  # the mark of the end stands in the last kilobytes, whatever a mail gateway has put behind it
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta|title)\b", re.IGNORECASE)
_PART = re.compile(rb"(?:^|[\r\n])\d{1,7} \d{1,5} obj\b")
_WEB_FIRST = re.compile(rb"(?:\xef\xbb\xbf|\s)*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def is_web_page(head: bytes) -> bool:
    """Whether a file's first bytes are those of a web page, even one that speaks of PDFs."""
    plain = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")  # two bytes a letter
    return _WEB_FIRST.match(plain) is not None or (not is_pdf(head) and _WEB.search(plain) is not None)


def is_pdf(head: bytes) -> bool:
    """Whether a file says of itself that it is a PDF, or, where its first line is lost, begins as one goes on."""
    return b"%PDF-" in head[:HEAD] or _PART.search(head[:HEAD]) is not None


def has_end(tail: bytes) -> bool:
    """Whether a file's last bytes bear the mark of the end: one that was cut off does not."""
    return b"%%EOF" in tail[-TAIL:]


def ends(file: Path) -> bool:
    """The same of a file. Raises OSError where it cannot be read."""
    with file.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, 2) - TAIL))
        return has_end(stream.read())


def refuse(file: Path, name: str) -> Rejected | None:
    """Why a file cannot be taken, judged by its bytes alone; None where it looks like a PDF, be it whole or not.

    `name` is the file's name as its owner knows it. Raises OSError where the file cannot be read.
    """
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        return Rejected(name, Reason.EMPTY, f"{name} is empty (0 bytes). Copy it again from where it came.")
    if is_web_page(head):
        return Rejected(
            name,
            Reason.WEB_PAGE,
            f"{name} is a web page saved under the name of a PDF. Open the page and download the report itself.",
        )
    if not is_pdf(head):
        return Rejected(name, Reason.NOT_A_PDF, f"{name} is not a PDF. Save the report as a PDF and add that.")
    return None
