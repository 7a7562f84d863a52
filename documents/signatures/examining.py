"""Whether a signed PDF is the one that was issued, signed by those who should, and by nobody else. PURE; called in
a confined process alone, through `verifying.verify`.

From the paper that was issued to the file that came back, every signature made a file of its own: each has to be
what was there before it, with signatures and nothing else. So it does not matter whether a program appended to the
file or wrote it anew, and nobody has signed something that was taken out again afterwards.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from documents.signatures import certificates, cms, signers
from documents.signatures.fields import Person
from documents.signatures.form import fields
from documents.signatures.issued import DAMAGED, unlike
from documents.signatures.report import (
    JOINT,
    NOT_UNDERSTOOD,
    Check,
    Outcome,
    Report,
    failed,
    merged,
    packed,
    passed,
)
from documents.signatures.revisions import covers, end_of, ends_soundly, opened
from documents.signatures.trust import Trust, unpacked
from documents.signatures.words import Words

# Readers look for the header this far into the file (ISO 32000-1, annex H.3, note 13).
HEADER_WITHIN = 1024
UNSIGNED = "Dosyada e-imza yok. Dosyayı kaydetmek yetmez; e-imza programınızla imzalayın."
SAVED_ANEW = "Dosya yeniden kaydedilmiş, içinde e-imza yok. Yeniden indirin ve e-imza programınızla imzalayın."


def examine(
    *, signed: bytes, issued: bytes, people: Sequence[dict[str, str]], trust: dict[str, Any], at: str
) -> dict[str, object]:
    """`verifying.verify` in a confined process, with plain values: the report as one. Never raises for what cannot
    be understood.
    """
    try:
        report = _verify(
            signed,
            issued,
            [Person(**each) for each in people],
            unpacked(trust),
            datetime.fromisoformat(at),
        )
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001
        # Parsers of a hostile format fail in any way; all of them mean that the file is not sound. What the
        # error says may name the person of a certificate: only its kind is told.
        report = _refused("file", NOT_UNDERSTOOD)
        return {**packed(report), "trouble": type(error).__name__}
    return packed(report)


def _from_header(pdf: bytes) -> bytes:
    return pdf[max(pdf.find(b"%PDF-", 0, HEADER_WITHIN), 0) :]


def _refused(key: str, sentence: str) -> Report:
    return Report((failed(key, sentence),))


def _verify(signed: bytes, issued: bytes, people: Sequence[Person], trust: Trust, at: datetime) -> Report:
    if signed == issued:
        return _refused("signed", "Bu dosya henüz imzalanmamış. E-imza programınızla imzalayıp yükleyin.")
    if cms.is_signature(signed):
        return _refused("format", cms.what_to_do(signed, issued))
    signed = _from_header(signed)
    words = Words(issued)
    wrong = unlike([issued, signed], words)
    if wrong is not None:
        return Report((wrong,))
    # How the file is built was looked at above; beyond that pyHanko minds numbers that some programs get wrong.
    reader = PdfFileReader(io.BytesIO(signed), strict=False)
    if reader.xrefs.hybrid_xrefs_present:
        return _refused("file", DAMAGED)
    found: list[EmbeddedPdfSignature] = list(reader.embedded_signatures)
    stamps = [each for each in found if each.sig_object_type == "/DocTimeStamp"]
    signatures = [each for each in found if each not in stamps]
    filled, empty = _filled_and_empty(signed)
    if filled != {each.field_name for each in found}:
        return _refused(
            "format", "Dosyadaki imza PDF imzası (PAdES) değil. İmza türü olarak “PAdES” seçip imzalayın."
        )
    if not signatures:
        return _refused("signed", UNSIGNED if signed.startswith(issued) else SAVED_ANEW)
    who = signers.who(signatures, people)
    awaited = empty if any(check.key == JOINT and check.outcome is Outcome.FAILED for check in who) else set()
    return merged(
        [
            Report((passed("issued", "Dosya, portalın bu başvuru için hazırladığı belge."),)),
            Report(tuple(_whole(signed, issued, found, words))),
            *(certificates.checked(each, trust, at) for each in signatures),
            *(certificates.time_stamp(each, trust, at) for each in stamps),
            Report((*signers.shut_out(signatures, awaited), *who)),
        ]
    )


def _filled_and_empty(pdf: bytes) -> tuple[set[str], set[str]]:
    """The names of the signature fields in which there is something, and of the others."""
    with opened(pdf) as document:
        form = fields(document) or {}
        filled = {name for name, field in form.items() if field.value is not None}
        return filled, form.keys() - filled


def _whole(signed: bytes, issued: bytes, found: Sequence[EmbeddedPdfSignature], words: Words) -> list[Check]:
    """Every signature covers all that was there when it was made, and nothing came or went between two of them."""
    if not all(covers(each, signed) for each in found):
        sentence = "İmza dosyanın yalnızca bir bölümünü kapsıyor. Dosyayı yeniden indirip imzalayın."
        return [failed("coverage", sentence)]
    if not ends_soundly(signed, max(end_of(each) for each in found)):
        sentence = "İmzadan sonra dosyanın sonuna bir şey eklenmiş. İmza programının kaydettiği dosyayı yükleyin."
        return [failed("coverage", sentence)]
    ends = sorted({end_of(each) for each in found})
    files = [issued, *(signed[:end] for end in ends if signed[end:].strip()), signed]
    # A single step is the one from the paper to the file, which was found right before.
    wrong = unlike(files, words) if len(files) > 2 else None
    return [
        wrong or passed("content", "Dosyaya imzadan başka bir şey eklenmemiş."),
        passed("coverage", "İmza dosyanın tümünü kapsıyor."),
    ]
