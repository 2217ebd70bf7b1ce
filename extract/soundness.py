"""Is a file a PDF, and is it whole? What its first and last bytes say, before any library repairs it in silence."""

import re
from pathlib import Path

from domain.records import Reason, Rejected

HEAD = 1024  # the header may stand anywhere in the first kilobyte
TAIL = 4096  # the mark of the end stands in the last kilobytes, whatever a mail gateway has put behind it
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta|title)\b", re.IGNORECASE)


def refuse(file: Path, name: str) -> Rejected | None:
    """Why a file cannot be taken, judged by its bytes alone; None where it looks like a whole PDF.

    `name` is the file's name as its owner knows it. Raises OSError where the file cannot be read.
    """
    with file.open("rb") as stream:
        head = stream.read(HEAD)
        size = stream.seek(0, 2)
        stream.seek(max(0, size - TAIL))
        tail = stream.read()
    if size == 0:
        return Rejected(name, Reason.EMPTY, f"{name} is empty (0 bytes). Copy it again from where it came.")
    if b"%PDF-" not in head:
        return _no_pdf(head, name)
    if b"%%EOF" not in tail:
        return Rejected(
            name,
            Reason.DAMAGED,
            f"{name} ends in the middle: only a part of it has arrived. Copy or download it again.",
        )
    return None


def _no_pdf(head: bytes, name: str) -> Rejected:
    if _WEB.search(head):
        return Rejected(
            name,
            Reason.WEB_PAGE,
            f"{name} is a web page saved under the name of a PDF. Open the page and download the report itself.",
        )
    return Rejected(name, Reason.NOT_A_PDF, f"{name} is not a PDF. Save the report as a PDF and add that.")
