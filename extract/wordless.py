"""A page for pdfplumber's table finder without its words: it looks at rulings only, and making the letters takes most of its time."""

import pdfplumber
from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException


class _Drawings(PDFPageAggregatorWithMarkedContent):
    """What a page draws, less its text."""

    def render_string(self, *_: object) -> None:
        """Where a text ends matters to the next text only."""


class WordlessPage(pdfplumber.page.Page):
    """A page with its lines, rectangles, curves and images, and no characters."""

    @property
    def layout(self) -> LTPage:
        """As pdfplumber's own. Raises `PdfminerException` where the page cannot be parsed."""
        if not hasattr(self, "_layout"):
            device = _Drawings(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
            try:
                PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:  # as pdfplumber itself: a damaged page may fail in any way
                raise PdfminerException(error) from error
            self._layout: LTPage = device.get_result()
        return self._layout
