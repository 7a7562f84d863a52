"""Whether a file is the one that it was made from, with signatures and nothing else. PURE."""

from itertools import pairwise

import pikepdf

from documents.signatures.changes import Change, in_document
from documents.signatures.comparing import Comparison
from documents.signatures.form import in_form
from documents.signatures.report import Check, failed
from documents.signatures.revisions import opened
from documents.signatures.words import Words

UNREADABLE = "Dosya okunabilir bir PDF değil. İndirdiğiniz belgeyi imzalayıp onu yükleyin."
DAMAGED = "Dosyanın yapısı bozuk; imzalandıktan sonra değişmiş ya da yarım kalmış görünüyor. Yeniden imzalayın."
# Of PDFBox's streams of cross-references, which do not list themselves.
HARMLESS = "a common error handled correctly by qpdf and most other applications"
NOT_OURS = (
    "Bu dosya, portalın bu başvuru için hazırladığı belge değil. Belgeyi bu sayfadan indirin; yazdırmadan, başka "
    "dosyaya dönüştürmeden doğrudan onu imzalayın."
)
SIGN_ONLY = (
    "Belgeyi yeniden indirin, başka hiçbir şey yapmadan yalnızca imzalayın (Acrobat'ta “Dijital olarak imzala”)."
)
# Where there is more to say than SIGN_ONLY.
REMEDIES = {
    Change.ANNOTATIONS: (
        "Acrobat'ta “Doldur ve imzala”, “Yorum” ya da “Damga” e-imza değildir. Belgeyi yeniden indirin; "
        "“Sertifika kullan” altındaki “Dijital olarak imzala” ile imzalayın."
    ),
    Change.COVERS: "Belgeyi yeniden indirin; imzayı son sayfadaki kutusuna ya da yazı olmayan bir yere koyun.",
    Change.ENCRYPTED: "Belgeyi yeniden indirip parola koymadan imzalayın.",
}


def unlike(files: list[bytes], words: Words) -> Check | None:
    """What is wrong with the first of `files` that is not the one before it with signatures; None when all are.

    `words` are those of the paper that all began with.
    """
    return next((wrong for before, after in pairwise(files) if (wrong := _step(before, after, words))), None)


def _step(before: bytes, after: bytes, words: Words) -> Check | None:
    try:
        then = opened(after)
    except pikepdf.PasswordError:
        return _changed(Change.ENCRYPTED)
    except pikepdf.PdfError:
        return failed("file", UNREADABLE)
    with opened(before) as first, then:
        two = Comparison(first, then)
        change = in_document(two) or in_form(two, words)
        if change is not None:
            return _changed(change) if _identifier(first) == _identifier(then) else failed("issued", NOT_OURS)
        # What one reader mends another may mend otherwise, as a dictionary with a key twice.
        return None if all(HARMLESS in str(each) for each in then.get_warnings()) else failed("file", DAMAGED)


def _identifier(document: pikepdf.Pdf) -> bytes | None:
    """The half of the /ID that stays when a file is changed (ISO 32000-1, 14.4)."""
    found = document.trailer.get("/ID")
    return bytes(found[0]) if isinstance(found, pikepdf.Array) and len(found) == 2 else None


def _changed(change: Change) -> Check:
    return failed("content", f"{change} {REMEDIES.get(change, SIGN_ONLY)}")
