"""How the libraries that parse PDFs fail on a damaged one: in nearly every way. Named in one place, and nowhere a blind except."""

import struct
import zlib

import pikepdf
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

PARSER_FAULTS = (
    PdfminerException, PDFException, PSException, pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError,
    pikepdf.DeletedObjectError, zlib.error, struct.error, OSError, EOFError, ValueError, TypeError, LookupError,
    AttributeError, AssertionError, RuntimeError, ArithmeticError, MemoryError,
)  # fmt: skip
