"""A council's own Word file as the form of what is published: its styles, its head and foot, nothing of what it said."""

import io
import zipfile
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.section import _Footer

from domain.errors import CannotWork

TABLE_STYLE: Final = "Plan Table"
FOOT_STYLE: Final = "Plan Footer"
NEEDED: Final = ("Normal", "Title", "Subtitle", "Heading 1", TABLE_STYLE, FOOT_STYLE)
# Parts of a file that say how it looks. Everything else (comments, notes, pictures of the old text, who worked on it)
# belongs to what the file said before, and would be published with the plan.
KEPT: Final = frozenset(
    {"styles", "stylesWithEffects", "settings", "webSettings", "theme", "fontTable", "numbering", "header", "footer"}
)


def open_letterhead(file: Path) -> WordDocument:
    """An empty document in the form of a Word file. Raises `CannotWork` with what is wrong with the file.

    Any document that was exported serves, restyled in Word: its text goes, and so do the comments and pictures in it.
    """
    try:
        document = Document(io.BytesIO(file.read_bytes()))
        lacking = [name for name in NEEDED if name not in document.styles]
    except OSError as error:
        raise CannotWork(
            f"The template {file} cannot be read ({error.strerror or error}). Correct CAP_TEMPLATE."
        ) from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise CannotWork(
            f"The template {file} is not a Word document (.docx). Save it in Word as .docx, or correct CAP_TEMPLATE."
        ) from error
    if lacking:
        raise CannotWork(
            f"The template {file} lacks the styles {', '.join(lacking)}. Export the plan as docx, restyle that file in "
            "Word and use it as the template."
        )
    _forget_what_it_said(document)
    return document


def _forget_what_it_said(document: WordDocument) -> None:
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] not in KEPT:
            del document.part.rels[name]
    for relation in list(document.part.package.rels.values()):
        # The core properties are written anew; the others name people and firms.
        if relation.reltype.rsplit("/", 1)[-1] in ("custom-properties", "extended-properties", "thumbnail"):
            del document.part.package.rels[relation.rId]
    for section in document.sections:
        for foot in (section.footer, section.first_page_footer, section.even_page_footer):
            _forget_its_standing(foot)


def _forget_its_standing(foot: _Footer) -> None:
    """Take out our own line, which tells of whatever was exported then."""
    for paragraph in foot.paragraphs:
        if paragraph.style is not None and paragraph.style.name == FOOT_STYLE:
            paragraph._p.getparent().remove(paragraph._p)
