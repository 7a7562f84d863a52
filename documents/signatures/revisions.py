"""The file as each of its signatures signed it, and whether each signature covers all of it. PURE.

ISO 32000-1, 12.8.1: a signature is over the whole file up to the end of its revision, but for the value of its own
/Contents. Whatever else it leaves out, somebody could have put something else into.
"""

import io
import re

import pikepdf
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


def end_of(signature: EmbeddedPdfSignature) -> int:
    return int(signature.byte_range[2]) + int(signature.byte_range[3])


def opened(pdf: bytes) -> pikepdf.Pdf:
    """Raises pikepdf.PdfError for a file that could be read only by guessing where its objects are: other readers
    might guess otherwise.
    """
    return pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)


def covers(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether it is over its whole revision, but for its own value."""
    if len(signature.byte_range) != 4:
        return False
    start, length, resumes, rest = (int(each) for each in signature.byte_range)
    if start != 0 or not 0 < length < resumes <= resumes + rest <= len(pdf):
        return False
    gap = re.fullmatch(rb"<([0-9a-fA-F]*)>", pdf[length:resumes])
    if gap is None or bytes.fromhex(gap[1].decode()) != signature.pkcs7_content:
        return False
    # The revision that is signed has to end there, else what follows would belong to it.
    if END.search(pdf[resumes : resumes + rest][-1024:]) is None:
        return False
    return bool(signature.evaluate_signature_coverage() >= SignatureCoverageLevel.ENTIRE_REVISION)


def ends_soundly(pdf: bytes, last: int) -> bool:
    """Whether what follows `last`, the end of the last signature's revision, is one more or nothing."""
    if not pdf[last:].strip():
        return True
    end = END.search(pdf[-1024:])
    return end is not None and int(end[1]) >= last
