"""Papers that were only signed, in all the ways in which programs write a signature: every one is accepted."""

from typing import Any

from asn1crypto import algos
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.ades import cades_asn1
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import StaticStampStyle, TextStampStyle

from sandbox.authority import Authority
from tests.documents.papers.case import Case, Made, good
from tests.documents.papers.desk import SECOND, SIGNATORY, THIRD, Desk, edited

PADES = SigSeedSubFilter.PADES
LAST = 1  # the paper's last page
BOX = (300, 60, 520, 130)


def once(**how: Any) -> Made:
    return lambda desk, paper: desk.sign(paper, **how)


def own(name: str = "Signature1", **how: Any) -> SigFieldSpec:
    return SigFieldSpec(name, **{"on_page": LAST, **how})


def words(text: str = "Elektronik olarak imzalandı\n%(ts)s", **how: Any) -> TextStampStyle:
    return TextStampStyle(stamp_text=text, **how)


def picture() -> TextStampStyle:
    """The hand's signature as a picture with transparency behind the words."""
    return words("Ada Yalin", background=PdfImage(Image.new("RGBA", (80, 30), (0, 0, 90, 120))))


def drawing() -> StaticStampStyle:
    line = RawContent(b"2 w 10 10 m 90 60 l S", box=BoxConstraints(width=100, height=70))
    return StaticStampStyle(background=line)


def locked(action: FieldMDPAction, fields: list[str] | None = None, **how: Any) -> Made:
    return once(field=own(field_mdp_spec=FieldMDPSpec(action, fields), **how))


def our_field_locked(desk: Desk, paper: bytes) -> bytes:
    """“Lock document after signing” in our field: the program writes the lock into it and signs."""

    def lock(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        lock = {"/Type": "/SigFieldLock", "/Action": "/All"}
        found = generic.DictionaryObject(
            {generic.pdf_name(key): generic.pdf_name(value) for key, value in lock.items()}
        )
        found["/P"] = generic.NumberObject(1)
        field["/Lock"] = writer.add_object(found)
        writer.update_container(field)

    return desk.sign(paper, edit=lock)


def as_acrobat_saves(writer: IncrementalPdfFileWriter) -> None:
    """What Acrobat writes beside a signature: extensions, metadata, the form's default font."""
    name = generic.pdf_name
    level = generic.DictionaryObject(
        {name("/BaseVersion"): name("/1.7"), name("/ExtensionLevel"): generic.NumberObject(8)}
    )
    writer.root["/Extensions"] = generic.DictionaryObject({name("/ADBE"): level})
    packet = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x xmlns="adobe:ns:meta/"/><?xpacket end="w"?>'
    metadata = generic.StreamObject(
        {name("/Type"): name("/Metadata"), name("/Subtype"): name("/XML")}, stream_data=packet
    )
    writer.root["/Metadata"] = writer.add_object(metadata)
    helvetica = {
        "/Type": "/Font",
        "/Subtype": "/Type1",
        "/BaseFont": "/Helvetica",
        "/Encoding": "/WinAnsiEncoding",
    }
    font = generic.DictionaryObject({name(key): name(value) for key, value in helvetica.items()})
    fonts = generic.DictionaryObject({name("/Helv"): writer.add_object(font)})
    form = writer.root["/AcroForm"]
    form["/DR"] = generic.DictionaryObject({name("/Font"): fonts})
    form["/DA"] = generic.TextStringObject("/Helv 0 Tf 0 g ")
    writer.update_container(form)
    writer.update_root()


def field_without_a_rectangle(writer: IncrementalPdfFileWriter) -> None:
    """PDFBox sets our field's rectangle to nothing when it draws nothing."""
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/Rect"] = generic.ArrayObject(generic.FloatObject(0) for _ in range(4))
    writer.update_container(field)


def metadata_after(desk: Desk, paper: bytes) -> bytes:
    """The date of the last save, written once more after signing."""

    def touch(writer: IncrementalPdfFileWriter) -> None:
        writer.set_info(
            generic.DictionaryObject({generic.pdf_name("/Producer"): generic.TextStringObject("Okuyucu 5")})
        )

    return edited(desk.sign(paper), touch)


def stores(desk: Desk, signed: bytes) -> bytes:
    """A revision more with nothing but certificates and revocation lists (DSS)."""

    def store(writer: IncrementalPdfFileWriter) -> None:
        contents = writer.prev.embedded_signatures[-1].pkcs7_content
        DocumentSecurityStore.supply_dss_in_writer(
            writer, contents, certs=[desk.root], crls=list(desk.known().crls)
        )

    return edited(signed, store)


def archived(desk: Desk, paper: bytes, **how: Any) -> bytes:
    return desk.sign(
        paper,
        subfilter=PADES,
        timestamper=desk.time_stamps,
        embed_validation_info=True,
        validation_context=desk.known(),
        **how,
    )


def with_policy(desk: Desk, paper: bytes) -> bytes:
    """The Turkish profiles name a signature policy (PAdES-EPES)."""
    policy = cades_asn1.SignaturePolicyId(
        {
            "sig_policy_id": "2.16.792.1.61.0.1.5070.3.1.1",
            "sig_policy_hash": {
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "digest": bytes(32),
            },
        }
    )
    identifier = cades_asn1.SignaturePolicyIdentifier({"signature_policy_id": policy})
    attributes = CAdESSignedAttrSpec(
        signature_policy_identifier=identifier,
        commitment_type=GenericCommitment.PROOF_OF_APPROVAL.asn1,
    )
    return desk.sign(paper, subfilter=PADES, cades_signed_attr_spec=attributes)


def of_another_time_stamp_authority(desk: Desk) -> Any:
    return Desk(Authority.new("Başka Zaman Damgası Sağlayıcısı")).time_stamps


def by_elliptic_curve(curve: ec.EllipticCurve) -> Made:
    def made(desk: Desk, paper: bytes) -> bytes:
        key = ec.generate_private_key(curve)
        return desk.sign(paper, desk.signer_with(desk.reissued(key), key), subfilter=PADES)

    return made


def below_an_authority(desk: Desk, paper: bytes) -> bytes:
    """The person's certificate comes from an authority below the root, and the signature carries both."""
    below = desk.under_root("Deneme Alt Sağlayıcı", x509.BasicConstraints(ca=True, path_length=0))
    key = ec.generate_private_key(ec.SECP384R1())
    return desk.sign(paper, desk.signer_with(desk.reissued(key, issuer=below), key, below.certificate))


def in_order(*hands: Made) -> Made:
    def made(desk: Desk, paper: bytes) -> bytes:
        for hand in hands:
            paper = hand(desk, paper)
        return paper

    return made


def stamp(desk: Desk, signed: bytes) -> bytes:
    return desk.stamped(signed)


def second(**how: Any) -> Made:
    return lambda desk, paper: desk.sign(paper, desk.signer(SECOND), **{"field": "Imza2", **how})


def third(**how: Any) -> Made:
    return lambda desk, paper: desk.sign(paper, desk.signer(THIRD), **{"field": "Imza3", **how})


def certified(level: int, **how: Any) -> dict[str, Any]:
    return {"certify": True, "docmdp_permissions": MDPPerm(level), **how}


BOTH, ALL = (SIGNATORY, SECOND), (SIGNATORY, SECOND, THIRD)
OUTSIDE, HIDDEN = InvisSigSettings(box_out_of_bounds=True), InvisSigSettings(set_hidden_flag=True)

FIELDS = [
    good("in our field", once()),
    good("in our field, words drawn", once(stamp=words())),
    good("in our field, a picture drawn", once(stamp=picture())),
    good("in our field, a drawing", once(stamp=drawing())),
    good(
        "in our field, reason and place given", once(reason="Onaylıyorum", location="İzmir", name="Defne Poyraz")
    ),
    good("in our field, its rectangle taken away", once(edit=field_without_a_rectangle)),
    good("in our field, with what Acrobat writes beside it", once(edit=as_acrobat_saves, stamp=words())),
    good("in our field, locked", our_field_locked),
    good("in our field, a line end behind the file", lambda desk, paper: desk.sign(paper) + b"\r\n"),
    good("own field, invisible", once(field=own())),
    good("own field, invisible, outside of the page", once(field=own(invis_sig_settings=OUTSIDE))),
    good("own field, invisible, hidden", once(field=own(invis_sig_settings=HIDDEN))),
    good("own field, on the first page", once(field=own(on_page=0))),
    good("own field, visible without an appearance", once(field=own(box=BOX))),
    good("own field, visible with words", once(field=own(box=BOX), stamp=words())),
    good("own field, visible with a picture", once(field=own(box=BOX), stamp=picture())),
    good("own field, on the first page with words", once(field=own(on_page=0, box=BOX), stamp=words())),
    good("own field, annotation apart", once(field=own(box=BOX, combine_annotation=False), stamp=words())),
    good("own field, empty appearance", once(field=own(box=BOX, empty_field_appearance=True))),
    good("own field, name in Turkish", once(field=own("İmza Alanı 1", box=BOX))),
    good("own field, with what Acrobat writes beside it", once(field=own(box=BOX), edit=as_acrobat_saves)),
]
CERTIFIED = [
    *(good(f"certified P{level}, our field", once(**certified(level))) for level in (1, 2, 3)),
    *(
        good(f"certified P{level}, our field, words", once(**certified(level), stamp=words()))
        for level in (1, 2, 3)
    ),
    *(good(f"certified P{level}, own field", once(**certified(level), field=own(box=BOX))) for level in (1, 2, 3)),
    *(good(f"certified P{level}, invisible", once(**certified(level), field=own())) for level in (1, 2, 3)),
    *(
        good(f"certified P{level}, then signed", in_order(once(**certified(level)), second()), *BOTH)
        for level in (2, 3)
    ),
    *(
        good(
            f"certified P{level}, then signed in an own field",
            in_order(once(**certified(level)), second(field=own("Imzalayan2", box=BOX), stamp=words())),
            *BOTH,
        )
        for level in (2, 3)
    ),
    good("certified P1, then certificates stored", in_order(once(**certified(1)), stores)),
    good("certified P1, then time-stamped", in_order(once(**certified(1)), stamp)),
    good("certified P2, then time-stamped", in_order(once(**certified(2)), stamp)),
    good("locked, all fields", locked(FieldMDPAction.ALL)),
    good("locked, our field named", locked(FieldMDPAction.INCLUDE, ["Imza1"])),
    good("locked, all but our field", locked(FieldMDPAction.EXCLUDE, ["Imza1"])),
    good("locked, and the document as well", locked(FieldMDPAction.ALL, doc_mdp_update_value=MDPPerm.NO_CHANGES)),
    good(
        "locked but for the second's field, then signed",
        in_order(locked(FieldMDPAction.EXCLUDE, ["Imza2"]), second()),
        *BOTH,
    ),
]
LASTING = [
    good("PAdES B-B", once(subfilter=PADES)),
    good("PAdES B-B with a policy", with_policy),
    good("PAdES B-T", lambda desk, paper: desk.sign(paper, subfilter=PADES, timestamper=desk.time_stamps)),
    good(
        "PAdES B-T, time stamps of another authority",
        lambda desk, paper: desk.sign(paper, subfilter=PADES, timestamper=of_another_time_stamp_authority(desk)),
    ),
    good("PAdES B-LT", archived),
    good("PAdES B-LTA", lambda desk, paper: archived(desk, paper, use_pades_lta=True)),
    good("PAdES B-LTA, certified", lambda desk, paper: archived(desk, paper, use_pades_lta=True, **certified(2))),
    good(
        "PAdES B-LTA, own field", lambda desk, paper: archived(desk, paper, use_pades_lta=True, field=own(box=BOX))
    ),
    good("PAdES B-LTA, time-stamped once more", in_order(lambda d, p: archived(d, p, use_pades_lta=True), stamp)),
    good(
        "PAdES B-LTA, then a second one's",
        in_order(lambda d, p: archived(d, p, use_pades_lta=True), second(subfilter=PADES)),
        *BOTH,
    ),
    good("time-stamped after signing", in_order(once(), stamp)),
    good(
        "time-stamped by another authority",
        lambda desk, paper: desk.stamped(desk.sign(paper), of_another_time_stamp_authority(desk)),
    ),
    good("certificates stored after signing", in_order(once(), stores)),
    good("certificates stored, then time-stamped", in_order(once(), stores, stamp)),
    good("the date of the last save after signing", metadata_after),
    *(
        good(f"elliptic curve {curve.name}", by_elliptic_curve(curve))
        for curve in (ec.SECP256R1(), ec.SECP384R1())
    ),
    good("RSA-PSS", lambda desk, paper: desk.sign(paper, desk.signer(prefer_pss=True))),
    good("SHA-512", once(md_algorithm="sha512")),
    good("from an authority below the root", below_an_authority),
]
TOGETHER = [
    good("two, our fields", in_order(once(), second()), *BOTH),
    good("two, the other order", in_order(second(), once()), *BOTH),
    good("two, both in own fields", in_order(once(field=own()), second(field=own("Signature2", box=BOX))), *BOTH),
    good("two with words", in_order(once(stamp=words()), second(stamp=picture())), *BOTH),
    good(
        "two, own field on the same page twice", in_order(once(field=own(box=BOX)), second(field=own("S2"))), *BOTH
    ),
    good("two, with certificates stored between", in_order(once(), stores, second()), *BOTH),
    good("two, with a time stamp between", in_order(once(), stamp, second()), *BOTH),
    good("two, both PAdES", in_order(once(subfilter=PADES), second(subfilter=PADES)), *BOTH),
    good("two, and a time stamp at the end", in_order(once(), second(), stamp), *BOTH),
    good("three, our fields", in_order(once(), second(), third()), *ALL),
    good("three, certified first", in_order(once(**certified(2)), second(), third(stamp=words())), *ALL),
    good("three, the last in an own field", in_order(once(), second(), third(field=own(box=BOX))), *ALL),
]
GOOD: list[Case] = [*FIELDS, *CERTIFIED, *LASTING, *TOGETHER]
