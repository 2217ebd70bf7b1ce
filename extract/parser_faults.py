"""How the libraries that parse PDFs fail on a damaged one: in nearly every way. Named in one place, and nowhere a blind except."""

import zlib

import pikepdf
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

PARSER_FAULTS = (
    PdfminerException, PDFException, PSException, pikepdf.PdfError, zlib.error, OSError, ValueError, TypeError, KeyError,
    IndexError, AttributeError, AssertionError, RuntimeError, ArithmeticError, MemoryError,
)  # fmt: skip
