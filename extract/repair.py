"""A damaged PDF -> a copy that can be read as far as it goes, with a blank page where one is lost.

pikepdf finds the parts again; the list of pages is then written anew in its own order, so that a page keeps its number
even where one before it is lost. Where the list itself is gone, the pages that are there are listed as they come.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from extract.condition import INHERITED, Leaf, leaves
from extract.parser_faults import PARSER_FAULTS
from sandbox import steps

_CATALOGUE = b"\n%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n%d 0 obj\n<</Type/Pages/Count 1/Kids[%d 0 R]>>\nendobj\n%d 0 obj\n<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n"  # fmt: skip  # noqa: E501
_NUMBER = re.compile(rb"(\d{1,7}) \d+ obj\b")


def repair(file: Path, folder: Path) -> Path | None:
    """A readable copy in `folder`; None where nothing of the file can be found again."""
    if not steps.enter("repair"):
        return None
    listed = _rewritten(file, folder / "repaired.pdf")
    if listed is not None:
        return listed
    # Without a catalogue nobody knows what is a page. One of ours lets the parts be found; what is left of the old one,
    # and of the table that leads to it, is put out of sight.
    content = file.read_bytes().replace(b"/Root", b"/Toor").replace(b"startxref", b"startxxxx")
    free = max((int(n) for n in _NUMBER.findall(content)), default=0) + 1
    with_catalogue = folder / "with-catalogue.pdf"
    numbers = (free, free + 1, free + 1, free + 2, free + 2, free + 1, free, free + 3)
    with_catalogue.write_bytes(content + _CATALOGUE % numbers)
    return _rewritten(with_catalogue, folder / "collected.pdf", ours=free)


def stand_in(sizes: Sequence[tuple[float, float]], folder: Path) -> Path:
    """A PDF of blank pages of these sizes in points, for pages that only another reader can read."""
    pdf = pikepdf.new()
    for width, height in sizes:
        pdf.add_blank_page(page_size=(max(width, 3.0), max(height, 3.0)))
    pdf.save(folder / "stand-in.pdf")
    return folder / "stand-in.pdf"


def _rewritten(file: Path, copy: Path, *, ours: int | None = None) -> Path | None:
    try:
        with pikepdf.open(file, inherit_page_attributes=False) as pdf:
            found = leaves(pdf) if ours is None else _collected(pdf, ours)
            if not any(leaf.page is not None for leaf in found):
                return None
            _list_anew(pdf, found)
            pdf.save(copy)
            return copy
    except PARSER_FAULTS:
        return None


def _collected(pdf: pikepdf.Pdf, ours: int) -> list[Leaf]:
    """Every page that is there, in the order of the numbers of their parts, in which nearly every program writes them."""
    pages = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/Page"]
    return [Leaf(page, {}) for page in pages if page.objgen[0] < ours]


def _list_anew(pdf: pikepdf.Pdf, found: Sequence[Leaf]) -> None:
    """One flat list of pages, each with what it inherited, and blank ones for those that are lost."""
    top = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=len(found)))
    kids = pikepdf.Array()
    for leaf in found:
        page = leaf.page
        if page is None:
            page = pdf.make_indirect(pikepdf.Dictionary())
        for key in INHERITED:
            if key not in page and key in leaf.inherited:
                page[key] = leaf.inherited[key]
        if "/MediaBox" not in page:
            page["/MediaBox"] = pikepdf.Array([0, 0, 595, 842])
        page["/Type"] = pikepdf.Name.Page
        page["/Parent"] = top
        kids.append(page)
    top["/Kids"] = kids
    pdf.Root["/Pages"] = top
