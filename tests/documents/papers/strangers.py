"""Whole papers handed in that will not do: unsigned, another one, by others, or in another wrapping."""

import io
import zipfile
from asyncio import run
from base64 import encodebytes
from collections.abc import Callable

import pikepdf
from asn1crypto import cms
from pyhanko.sign import SimpleSigner

from documents.signatures.fields import Person, with_fields
from sandbox.authority import DAY, QUALIFIED_SEAL, Authority, Kind
from tests.documents.papers.case import EITHER, Case, Made, bad
from tests.documents.papers.desk import SECOND, SIGNATORY, THIRD, Desk, edited, issued, saved_anew, sheet
from tests.documents.papers.edits import contents_replaced
from tests.documents.papers.good import in_order, once, own, second

ANOTHER = "hazırla\\w+ belge değil|başka bir belge|belge bu değil|aynı belge değil"
ANEW = "yeniden|kaydedil|yazdır"
UNSIGNED = "imzalanmamış|imza yok|e-imza yok"
CHANGED_UNTRUE = ("sayfa ya da içerik eklenmiş",)
NO_PDF_UNTRUE = ("okunabilir bir PDF değil",)


def without_id(pdf: bytes) -> bytes:
    """The same pages in a file that has no /ID, as some drivers print."""
    out = saved_anew(pdf, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = out.rindex(b"/ID [")
    end = out.index(b"]", start) + 1
    return out[:start] + b" " * (end - start) + out[end:]


def kind(**how: object) -> Made:
    return lambda desk, paper: desk.sign(paper, desk.signer(kind=Kind(**how)))  # type: ignore[arg-type]


def by_a_stranger(desk: Desk, paper: bytes) -> bytes:
    return Desk(Authority.new("Yabancı Sağlayıcı")).sign(paper)


def under_the_same_name(desk: Desk, paper: bytes) -> bytes:
    """An authority that calls itself as the believed one does."""
    return Desk(Authority.new()).sign(paper)


def revision_broken(desk: Desk, paper: bytes) -> bytes:
    signed = bytearray(desk.sign(paper))
    place = signed.index(b"/M (", len(paper)) + 8
    signed[place] ^= 1
    return bytes(signed)


def time_stamp_broken(desk: Desk, paper: bytes) -> bytes:
    """Changed behind the signature, in what the time stamp alone covers."""
    signed = desk.sign(paper)
    stamped = bytearray(desk.stamped(signed))
    place = stamped.index(b"/T (", len(signed)) + 5
    stamped[place] ^= 1
    return bytes(stamped)


def p7s(data: bytes, by: SimpleSigner, *, attached: bool = True) -> bytes:
    """A CAdES signature around the data, or apart from it."""

    found: cms.ContentInfo = run(by.async_sign_general_data(data, "sha256", detached=not attached, use_cades=True))
    return bytes(found.dump())


def around(change: Callable[[Desk, bytes], bytes], signer: Callable[[Desk], SimpleSigner] = Desk.signer) -> Made:
    return lambda desk, paper: p7s(change(desk, paper), signer(desk))


def armoured(desk: Desk, paper: bytes) -> bytes:

    body = encodebytes(p7s(paper, desk.signer()))
    return b"-----BEGIN PKCS7-----\n" + body + b"-----END PKCS7-----\n"


def container(desk: Desk, paper: bytes) -> bytes:
    """ASiC-E, as some e-signature programs offer it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        archive.writestr("taahhutname.pdf", paper)
        archive.writestr("META-INF/signature.p7s", p7s(paper, desk.signer(), attached=False))
    return out.getvalue()


def p7s_broken(desk: Desk, paper: bytes) -> bytes:
    return p7s(paper, desk.signer()).replace(b"Catalog", b"Katalog").replace(b"/Sig", b"/Zig")


def plain(desk: Desk, paper: bytes) -> bytes:
    return paper


WRAPPED = "\\.p7s|CAdES|PAdES"
PAPERS: list[Case] = [
    bad("unsigned", plain, UNSIGNED, says_not=CHANGED_UNTRUE),
    bad("unsigned, a line end behind it", lambda d, p: p + b"\r\n", UNSIGNED, says_not=CHANGED_UNTRUE),
    bad("unsigned, saved anew", lambda d, p: saved_anew(p), ANEW),
    Case("saved anew before signing, its pages the same", lambda d, p: d.sign(saved_anew(p)), EITHER, (ANEW,)),
    Case(
        "saved anew with object streams before signing",
        lambda d, p: d.sign(saved_anew(p, object_stream_mode=pikepdf.ObjectStreamMode.generate)),
        EITHER,
        (ANEW,),
    ),
    Case(
        "saved anew for quick display before signing",
        lambda d, p: d.sign(saved_anew(p, linearize=True)),
        EITHER,
        (ANEW,),
    ),
    bad(
        "saved anew after signing",
        lambda d, p: saved_anew(d.sign(p)),
        "kaydedil|bozuk|yazdır",
        says_not=CHANGED_UNTRUE,
    ),
    bad(
        "printed anew",
        lambda d, p: saved_anew(sheet(), deterministic_id=True),
        ANOTHER + "|" + ANEW,
        says_not=NO_PDF_UNTRUE,
    ),
    bad("printed anew without /ID", lambda d, p: without_id(sheet()), ANOTHER, says_not=NO_PDF_UNTRUE),
    bad("the paper printed without /ID", lambda d, p: without_id(p), ANOTHER + "|" + ANEW, says_not=NO_PDF_UNTRUE),
    bad(
        "printed anew without /ID, signed",
        lambda d, p: d.sign(without_id(sheet())),
        ANOTHER,
        says_not=NO_PDF_UNTRUE,
    ),
    bad("another company's paper, signed", lambda d, p: d.sign(sheet("Başka A.Ş.")), ANOTHER),
    bad(
        "another paper of our form, signed", lambda d, p: d.sign(with_fields(sheet("Başka A.Ş."), ["A"])), ANOTHER
    ),
    # It shows the same to the last letter.
    Case(
        "a paper issued another time, signed",
        lambda d, p: d.sign(issued(SIGNATORY, form="classic") + b" "),
        EITHER,
        (ANOTHER + "|" + ANEW,),
    ),
]
SIGNERS: list[Case] = [
    bad("the company's seal", kind(qc_statements=QUALIFIED_SEAL), "mühr|mühür", says_not=CHANGED_UNTRUE),
    bad(
        "the company's seal beside the person's",
        lambda d, p: d.sign(d.sign(p), d.signer(kind=Kind(qc_statements=QUALIFIED_SEAL)), field=own("S2")),
        "mühr|mühür",
    ),
    bad("by a stranger", by_a_stranger, "tanınm"),
    bad("by a stranger under the same name", under_the_same_name, "tanınm|bozuk|sağlayıcı"),
    bad("signed by oneself", kind(self_signed=True), "kendisi|tanınm"),
    bad("expired", kind(begins=-90 * DAY, ends=-DAY), "süresi"),
    bad("not valid yet", kind(begins=3 * DAY), "henüz geçerli değil"),
    bad("not qualified", kind(qc_statements=b""), "nitelikli"),
    bad("by somebody else", lambda d, p: d.sign(p, d.signer(THIRD)), "Çağrı Öztürk", "Defne Poyraz"),
    bad(
        "by somebody else as well",
        lambda d, p: d.sign(d.sign(p), d.signer(THIRD), field=own("S2")),
        "Çağrı Öztürk",
    ),
    bad(
        "by another of the same name",
        lambda d, p: d.sign(p, d.signer(Person(SIGNATORY.name, THIRD.identity))),
        "yetkilisi",
    ),
    bad("by one of two", once(), "Ada Yalın", people=(SIGNATORY, SECOND)),
    bad("by the second of two", second(), "Defne Poyraz", people=(SIGNATORY, SECOND)),
    bad(
        "by one twice, not by the other",
        in_order(once(), once(field="Imza2")),
        "Ada Yalın",
        people=(SIGNATORY, SECOND),
    ),
    bad("a time stamp alone", lambda d, p: d.stamped(p), "imza", says_not=CHANGED_UNTRUE),
    bad("the signature's date changed", revision_broken, "bozuk|değiş"),
    bad("a broken time stamp", time_stamp_broken, "bozuk|zaman damgası|değiş|eklen"),
]
CONTAINERS: list[Case] = [
    bad(
        "p7s apart from the paper",
        lambda d, p: p7s(p, d.signer(), attached=False),
        WRAPPED,
        says_not=NO_PDF_UNTRUE,
    ),
    Case("p7s around the paper", around(plain), EITHER, (WRAPPED,), NO_PDF_UNTRUE),
    Case("p7s around the paper, in letters", armoured, EITHER, (WRAPPED,), NO_PDF_UNTRUE),
    bad("p7s around another paper", around(lambda d, p: sheet("Başka A.Ş.")), f"{WRAPPED}|{ANOTHER}"),
    bad(
        "p7s around a changed paper", around(lambda d, p: edited(p, contents_replaced)), f"{WRAPPED}|değiş|içerik"
    ),
    bad(
        "p7s by a stranger",
        around(plain, lambda desk: Desk(Authority.new("Yabancı")).signer()),
        f"{WRAPPED}|tanınm",
    ),
    bad("p7s by somebody else", around(plain, lambda desk: desk.signer(THIRD)), f"{WRAPPED}|Çağrı"),
    bad(
        "p7s by the company's seal",
        around(plain, lambda desk: desk.signer(kind=Kind(qc_statements=QUALIFIED_SEAL))),
        f"{WRAPPED}|mühr",
    ),
    bad("p7s around words", around(lambda d, p: b"merhaba"), f"{WRAPPED}|PDF"),
    bad("p7s whose paper was changed afterwards", p7s_broken),
    bad("p7s cut short", lambda d, p: p7s(p, d.signer())[:-400]),
    bad("a container of paper and p7s", container, "PAdES|PDF"),
]
STRANGERS: list[Case] = [*PAPERS, *SIGNERS, *CONTAINERS]
