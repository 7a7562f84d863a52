"""Whether a PDF is sound and runs nothing, by pikepdf; imported only where a PDF is looked at. PURE."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from identifiers import Refused

UNPROTECTED = (
    "PDF değiştirmeye ya da yazdırmaya karşı parolayla korunuyordu; "
    "korumasız bir kopyası hazırlanıp o kaydedildi. İçeriği aynıdır."
)
ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")


def count_pages(payload: bytes) -> int:
    with pikepdf.open(io.BytesIO(payload)) as document:
        return len(document.pages)


@dataclass(frozen=True, slots=True)
class Sound:
    """A PDF that may be kept, and what was done to it as a sentence; empty when it is kept as it came."""

    pages: int
    payload: bytes
    note: str = ""


def inspect(payload: bytes, *, begins: int, max_pages: int) -> Sound:
    """The PDF as it may be kept. Raises Refused with a Turkish sentence for what is broken, locked or active.

    `begins` is where its header stands; what is before that is not kept. One that everybody may open, but whose
    owner's password forbids to change or print it, is kept as a copy without that protection (ISO 32000-1, 7.6.3).
    """
    payload = payload[begins:]
    # qpdf mends what it can, which would let half of an interrupted upload pass for the whole
    # (ISO 32000-1, 7.5.5 and annex H.3: the end marker lies within the last 1024 bytes).
    if b"%%EOF" not in payload[-1024:]:
        raise Refused("PDF'in sonu eksik; dosya yarım kalmış görünüyor. Belgeyi yeniden kaydedip yükleyin.")
    try:
        with pikepdf.open(io.BytesIO(payload)) as document:
            pages = len(document.pages)
            if pages == 0:
                raise Refused("PDF'te hiç sayfa yok. Belgeyi yeniden tarayın.")
            if pages > max_pages:
                raise Refused(f"PDF {pages} sayfa; en çok {max_pages} sayfa olabilir.")
            _refuse_active_content(document)
            if document.is_encrypted:
                return Sound(pages, _unprotected(document), UNPROTECTED)
            if begins and not _places_hold(payload):
                return Sound(pages, _copy(document))
    except pikepdf.PasswordError as error:
        raise Refused("PDF şifreli. Parolasını kaldırıp yeniden kaydedin ve öyle yükleyin.") from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise Refused("PDF bozuk, açılamıyor. Belgeyi yeniden tarayın ya da kaydedin.") from error
    return Sound(pages, payload)


def _places_hold(payload: bytes) -> bool:
    """Whether the table of objects counts from the header, and not from what stood before it."""
    try:
        with pikepdf.open(io.BytesIO(payload), attempt_recovery=False):
            return True
    except pikepdf.PdfError:
        return False


def _unprotected(document: pikepdf.Pdf) -> bytes:
    if any("/ByteRange" in item for item in _dictionaries(document)):
        raise Refused(
            "PDF hem imzalı hem parolayla korunuyor; korumayı kaldırmak imzayı bozar. "
            "Belgeyi parola koymadan imzalayıp yükleyin."
        )
    return _copy(document)


def _copy(document: pikepdf.Pdf) -> bytes:
    """The same one every time, so that handing in the file again is handing in the same."""
    copy = io.BytesIO()
    document.save(copy, encryption=False, deterministic_id=True)
    return copy.getvalue()


def _refuse_active_content(document: pikepdf.Pdf) -> None:
    """A paper to be looked at runs nothing and carries no other files."""
    for item in _dictionaries(document):
        if item.get("/S") in ACTIVE_ACTIONS or "/JS" in item or "/JavaScript" in item:
            raise Refused("PDF betik (çalışan kod) içeriyor. Belgeyi yazdırıp yeniden tarayarak yükleyin.")
        if "/XFA" in item:
            raise Refused("PDF etkileşimli bir form. Belgeyi yazdırıp yeniden tarayarak yükleyin.")
        if "/EmbeddedFiles" in item or "/EF" in item or item.get("/Type") == "/EmbeddedFile":
            raise Refused("PDF'in içinde başka dosyalar var. Yalnızca belgenin kendisini yükleyin.")


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, also those written inside other objects, where actions often are."""
    holders = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)
    for numbered in document.objects:
        waiting = [numbered] if isinstance(numbered, holders) else []
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Array):
                inner = list(item)
            else:
                yield item
                inner = [value for _key, value in item.items()]
            waiting += [each for each in inner if isinstance(each, holders) and not each.is_indirect]
