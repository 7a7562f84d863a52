"""Whether a PDF is sound and may be kept, by pikepdf; called in a confined process alone. PURE."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from documents.caps import TOO_MUCH, Caps
from documents.pdf_allowed import HOLDERS, beyond, take_out
from documents.pdf_scans import shrink
from documents.pdf_sizes import bound, refuse_bombs
from identifiers import Refused, turkish

UNPROTECTED = (
    "PDF değiştirmeye ya da yazdırmaya karşı parolayla korunuyordu; "
    "korumasız bir kopyası hazırlanıp o kaydedildi. İçeriği aynıdır."
)
SMALLER = "Taramalar okunaklı kalacak biçimde küçültüldü."
EARLIER, BEHIND = "önceki kayıtlarında kalmış komutlar ya da ekler", "sonuna eklenmiş veriler"
REFUSED_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
# A revision's end (ISO 32000-1, 7.5.5); what people sign one after another has few.
END = re.compile(rb"startxref\s+\d+\s+%%EOF")
MOST_REVISIONS = 50
# A PDF that is no larger than this is kept as it came: nothing is huge in it.
LIGHT = 2 * 1024 * 1024
# Zeros and blank lines fill up blocks on the way.
PADDING = b"\x00 \t\r\n\x1a"


def warm() -> None:
    """Has pikepdf load what it loads at the first file, and open the source of random numbers that AES needs."""
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.URI = pikepdf.Dictionary()
    document.save(out, encryption=pikepdf.Encryption(owner="warm", user="", R=6))
    inspect(payload=out.getvalue(), moved=True, max_pages=1, caps={})


def inspect(*, payload: bytes, moved: bool, max_pages: int, caps: dict[str, Any]) -> dict[str, object]:
    """The PDF's pages, whether it is signed, a copy to keep in its place (None when it may be kept as it is), and
    a Turkish sentence on what was done. Raises Refused with a Turkish sentence for what is broken, locked or
    active.

    `payload` begins with the header; `moved` says that there was something before it. One that everybody may open,
    but whose owner's password forbids to change or print it, is kept as a copy without that protection
    (ISO 32000-1, 7.6.3). One that is not signed, and holds what is not on the list, is kept as a copy without it;
    and one whose scans are huge, as a copy with smaller ones.
    """
    # qpdf mends what it can, which would let half of an interrupted upload pass for the whole
    # (ISO 32000-1, 7.5.5 and annex H.3: the end marker lies within the last 1024 bytes).
    if b"%%EOF" not in payload[-1024:]:
        raise Refused("PDF'in sonu eksik; dosya yarım kalmış görünüyor. Belgeyi yeniden kaydedip yükleyin.")
    bounds = Caps(**caps)
    bound(bounds)
    try:
        with pikepdf.open(io.BytesIO(payload)) as document:
            return _inspected(document, payload, moved=moved, max_pages=max_pages, caps=bounds)
    except pikepdf.PasswordError as error:
        raise Refused("PDF şifreli. Parolasını kaldırıp yeniden kaydedin ve öyle yükleyin.") from error
    except (pikepdf.PdfError, RuntimeError) as error:
        if pikepdf.settings.qpdf_limit_errors():
            raise Refused(TOO_MUCH) from error
        raise Refused("PDF bozuk, açılamıyor. Belgeyi yeniden tarayın ya da kaydedin.") from error


def _inspected(
    document: pikepdf.Pdf, payload: bytes, *, moved: bool, max_pages: int, caps: Caps
) -> dict[str, object]:
    refuse_bombs(document, caps)
    pages = len(document.pages)
    if pages == 0:
        raise Refused("PDF'te hiç sayfa yok. Belgeyi yeniden tarayın.")
    if pages > max_pages:
        raise Refused(f"PDF {pages} sayfa; en çok {max_pages} sayfa olabilir.")
    signed = _refuse_active_content(document)
    found = beyond(document)
    kinds = [str(kind) for kind in dict.fromkeys(each.kind for each in found)]
    if _in_earlier(payload):
        kinds.append(EARLIER)
    if payload[payload.rindex(b"%%EOF") + 5 :].strip(PADDING) or zipfile.is_zipfile(io.BytesIO(payload)):
        kinds.append(BEHIND)
    if signed:
        _refuse_signed(kinds, is_encrypted=document.is_encrypted)
        return {"pages": pages, "signed": True, "copy": None, "note": ""}
    notes = [UNPROTECTED] * document.is_encrypted
    if kinds:
        notes.append(
            f"Güvenlik için PDF'ten {_listed(kinds)} çıkarıldı ve bu kopya kaydedildi; sayfaları aynıdır."
        )
    if len(payload) > LIGHT and shrink(document):
        notes.append(SMALLER)
    if not (notes or (moved and not _places_hold(payload))):
        return {"pages": pages, "signed": False, "copy": None, "note": ""}
    take_out(found)
    return {"pages": pages, "signed": False, "copy": _clean(_copy(document)), "note": " ".join(notes)}


def _listed(words: Iterable[str]) -> str:
    return turkish.listed(list(dict.fromkeys(words)))


def _in_earlier(payload: bytes) -> bool:
    """Whether a reader that shows an earlier revision (ISO 32000-1, 7.5.6) would find what may not be in it."""
    ends = [each.end() for each in END.finditer(payload)][:-1]
    if len(ends) > MOST_REVISIONS:
        raise Refused(TOO_MUCH)
    for end in ends:
        try:
            with pikepdf.open(io.BytesIO(payload[:end])) as document:
                _refuse_active_content(document)
                if beyond(document):
                    return True
        except Refused:
            return True
        except pikepdf.PdfError:
            # No revision, as the first part of a file for quick display (annex F).
            continue
    return False


def _refuse_signed(kinds: list[str], *, is_encrypted: bool) -> None:
    if is_encrypted:
        raise Refused(
            "PDF hem imzalı hem parolayla korunuyor; korumayı kaldırmak imzayı bozar. "
            "Belgeyi parola koymadan imzalayıp yükleyin."
        )
    if kinds:
        raise Refused(
            f"PDF imzalı, ama içinde {_listed(kinds)} var; bunları çıkarmak imzayı bozar. "
            "Belgeyi bunlar olmadan (örneğin “PDF olarak yazdır” ile) yeniden kaydedip imzalayın ve öyle yükleyin."
        )


def _places_hold(payload: bytes) -> bool:
    """Whether the table of objects counts from the header, and not from what stood before it."""
    try:
        with pikepdf.open(io.BytesIO(payload), attempt_recovery=False):
            return True
    except pikepdf.PdfError:
        return False


def _copy(document: pikepdf.Pdf) -> bytes:
    """The same one every time, so that handing in the file again is handing in the same."""
    copy = io.BytesIO()
    document.save(copy, encryption=False, deterministic_id=True)
    return copy.getvalue()


def _clean(copy: bytes) -> bytes:
    """The copy, once it was looked at as the file was."""
    with pikepdf.open(io.BytesIO(copy)) as document:
        _refuse_active_content(document)
        if beyond(document) or zipfile.is_zipfile(io.BytesIO(copy)):
            raise Refused("PDF'in içinde alınamayan öğeler var. Belgeyi yazdırıp yeniden tarayarak yükleyin.")
    return copy


def is_signed(document: pikepdf.Pdf) -> bool:
    return any("/ByteRange" in item for item in _dictionaries(document))


def _refuse_active_content(document: pikepdf.Pdf) -> bool:
    """A paper to be looked at runs nothing and carries no other files; whether it is signed."""
    signed = False
    for item in _dictionaries(document):
        signed = signed or "/ByteRange" in item
        if item.get("/S") in REFUSED_ACTIONS or "/JS" in item or "/JavaScript" in item:
            raise Refused("PDF betik (çalışan kod) içeriyor. Belgeyi yazdırıp yeniden tarayarak yükleyin.")
        if "/XFA" in item:
            raise Refused("PDF etkileşimli bir form. Belgeyi yazdırıp yeniden tarayarak yükleyin.")
        if "/EmbeddedFiles" in item or "/EF" in item or item.get("/Type") == "/EmbeddedFile":
            raise Refused("PDF'in içinde başka dosyalar var. Yalnızca belgenin kendisini yükleyin.")
    return signed


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, also those written inside other objects, where actions often are."""
    for numbered in document.objects:
        waiting = [numbered] if isinstance(numbered, HOLDERS) else []
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Array):
                inner = list(item)
            else:
                yield item
                inner = [value for _key, value in item.items()]
            waiting += [each for each in inner if isinstance(each, HOLDERS) and not each.is_indirect]
