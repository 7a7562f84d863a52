"""Every ordinary kind of PDF signature is taken; who locks a file out of what must still come is told so."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as made_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from django.test import override_settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.rendering import html_to_pdf
from documents.signatures.fields import with_fields
from sandbox.authority import Authority, Certificate, Kind
from tests.documents.office import SECOND, SIGNATORY, Office, refusals
from tests.documents.responder import responder

VISIBLE = TextStampStyle(stamp_text="%(signer)s\n%(ts)s")


@pytest.fixture
def office(authority: Authority, tmp_path: Path) -> Iterator[Office]:
    with responder(authority) as served:
        yield Office(authority, served, tmp_path)


def der(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.certificate.public_bytes(serialization.Encoding.DER))


def key_of(certificate: Certificate) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        certificate.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def store(certificate: Certificate) -> SimpleCertificateStore:
    found = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    found.register(der(certificate))
    return found


def stamper(office: Office, *, root: Certificate | None = None, points_to: str = "") -> DummyTimeStamper:
    """A time stamping authority of the office's own authority (RFC 3161, 2.3: by a certificate for this alone), or
    of another `root`; `points_to` is where it says that revocation and issuer are found.
    """
    root = root or office.authority.root
    key, now = rsa.generate_private_key(public_exponent=65537, key_size=2048), datetime.now(UTC)
    made = (
        made_x509.CertificateBuilder()
        .subject_name(made_x509.Name([made_x509.NameAttribute(NameOID.COMMON_NAME, "Deneme Zaman Damgası")]))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(made_x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(made_x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )
    if points_to:
        place = made_x509.UniformResourceIdentifier(points_to)
        made = made.add_extension(
            made_x509.CRLDistributionPoints([made_x509.DistributionPoint([place], None, None, None)]),
            critical=False,
        ).add_extension(
            made_x509.AuthorityInformationAccess(
                [
                    made_x509.AccessDescription(kind, place)
                    for kind in (AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS)
                ]
            ),
            critical=False,
        )
    certificate = Certificate(made.sign(root.key, hashes.SHA256()), key)
    return DummyTimeStamper(der(certificate), key_of(certificate), store(root))


def sign(
    office: Office,
    pdf: bytes,
    by: Certificate | None = None,
    *,
    field: str = "Imza1",
    place: SigFieldSpec | None = None,
    style: TextStampStyle | None = None,
    stamped: bool = False,
    stamps: DummyTimeStamper | None = None,
    **chosen: Any,
) -> bytes:
    by = by or office.certificate()
    signer = SimpleSigner(
        signing_cert=der(by),
        signing_key=key_of(by),
        cert_registry=store(office.authority.root),
    )
    out = io.BytesIO()
    PdfSigner(
        PdfSignatureMetadata(field_name=place.sig_field_name if place else field, md_algorithm="sha256", **chosen),
        signer,
        timestamper=stamps or (stamper(office) if stamped else None),
        stamp_style=style,
        new_field_spec=place,
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()


def proven(office: Office) -> ValidationContext:
    """What a program looks up to put it into the file for later: chain and revocation."""
    root = office.authority.root
    return ValidationContext(
        trust_roots=[der(root)], crls=[office.authority.revocation_list()], moment=datetime.now(UTC)
    )


KINDS: dict[str, dict[str, Any]] = {
    "adobe": {"subfilter": SigSeedSubFilter.ADOBE_PKCS7_DETACHED},
    "visible in our field": {"style": VISIBLE},
    "own invisible field": {"place": SigFieldSpec("Signature1")},
    "own visible field": {
        "place": SigFieldSpec("Signature1", on_page=0, box=(300, 60, 500, 120)),
        "style": VISIBLE,
    },
    "own field with a Turkish name": {"place": SigFieldSpec("İmza – Şirket")},
    "certified, nothing allowed": {"certify": True, "docmdp_permissions": MDPPerm.NO_CHANGES},
    "certified, forms allowed": {"certify": True, "docmdp_permissions": MDPPerm.FILL_FORMS},
    "certified, comments allowed": {"certify": True, "docmdp_permissions": MDPPerm.ANNOTATE, "style": VISIBLE},
    "locks every field": {
        "place": SigFieldSpec(
            "Onay", field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL), doc_mdp_update_value=MDPPerm.NO_CHANGES
        )
    },
    "PAdES B-B": {"subfilter": SigSeedSubFilter.PADES},
    "PAdES B-T": {"subfilter": SigSeedSubFilter.PADES, "stamped": True},
    "PAdES B-LT": {"subfilter": SigSeedSubFilter.PADES, "stamped": True, "embed_validation_info": True},
    "PAdES B-LTA": {
        "subfilter": SigSeedSubFilter.PADES,
        "stamped": True,
        "embed_validation_info": True,
        "use_pades_lta": True,
    },
    "PAdES B-LTA, certified, nothing allowed": {
        "subfilter": SigSeedSubFilter.PADES,
        "stamped": True,
        "embed_validation_info": True,
        "use_pades_lta": True,
        "certify": True,
        "docmdp_permissions": MDPPerm.NO_CHANGES,
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_signature_is_taken(office: Office, kind: str) -> None:
    chosen = dict(KINDS[kind])
    if chosen.get("embed_validation_info"):
        chosen["validation_context"] = proven(office)
    report = office.check(sign(office, office.paper, **chosen))
    assert [(check.key, check.sentence) for check in report.checks if check.outcome != "passed"] == []
    assert [signer.identity for signer in report.signers] == [SIGNATORY.identity]


def test_a_document_time_stamp_alone_is_no_signature_and_behind_one_it_is_fine(office: Office) -> None:
    def stamp(pdf: bytes) -> bytes:
        out = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        PdfTimeStamper(stamper(office)).timestamp_pdf(writer, "sha256", proven(office), output=out)
        return out.getvalue()

    assert "e-imza yok" in refusals(office.check(stamp(office.paper)))
    assert office.check(stamp(stamp(sign(office, office.paper)))).accepted
    assert office.check(sign(office, stamp(office.paper))).accepted


def test_nobody_is_asked_about_a_time_stamp_however_its_certificate_points(office: Office) -> None:
    """Neither of an authority that is not believed nor of one that is: it proves nothing here."""
    stranger = Authority.new("Yabancı Zaman Damgası").root
    for root in (stranger, office.authority.root):
        points = stamper(office, root=root, points_to=f"{office.responder.url}/yabanci")
        report = office.check(sign(office, office.paper, stamps=points, subfilter=SigSeedSubFilter.PADES))
        assert report.accepted
        assert not report.undecided
    assert set(office.responder.asked) == {"/crl"}, "that of the signer's own certificate"


@pytest.mark.parametrize("path", ["crl", "ocsp"])
def test_nobody_is_asked_about_a_certificate_that_is_not_believed(office: Office, path: str) -> None:
    url = f"{office.responder.url}/{path}"
    by = Authority.new("Yabancı").issue(
        SIGNATORY.name, SIGNATORY.identity, Kind(crl_url=url if path == "crl" else "", ocsp_url=url)
    )
    assert "tanınmıyor" in refusals(office.check(sign(office, office.paper, by)))
    assert office.responder.asked == []


def test_in_live_mode_nobody_is_asked_within_our_own_network(office: Office) -> None:
    with override_settings(MAIL_MODE="live"):
        report = office.check(sign(office, office.paper))
    assert report.accepted
    assert report.undecided
    assert office.responder.asked == []


@pytest.fixture
def joint(office: Office) -> bytes:
    return with_fields(html_to_pdf("<h1>Taahhütname</h1>"), [SIGNATORY.name, SECOND.name])


@pytest.mark.parametrize("level", [MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE])
def test_who_signs_first_may_certify_if_that_leaves_room_for_the_second(
    office: Office, joint: bytes, level: MDPPerm
) -> None:
    once = sign(office, joint, certify=True, docmdp_permissions=level)
    assert office.check(once, SIGNATORY, SECOND, issued=joint).unfinished
    twice = sign(office, once, office.certificate(SECOND), field="Imza2", style=VISIBLE)
    assert office.check(twice, SIGNATORY, SECOND, issued=joint).accepted


def test_who_certifies_first_and_allows_nothing_is_told_so_before_the_second_signs(
    office: Office, joint: bytes
) -> None:
    once = sign(office, joint, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    report = office.check(once, SIGNATORY, SECOND, issued=joint)
    assert not report.unfinished
    assert "“Onayla (certify)” yerine “Dijital olarak imzala”" in refusals(report)


def test_who_locks_the_second_persons_field_is_told_so(office: Office, joint: bytes) -> None:
    lock = SigFieldSpec("Onay", field_mdp_spec=FieldMDPSpec(FieldMDPAction.INCLUDE, ["Imza2"]))
    report = office.check(sign(office, joint, place=lock), SIGNATORY, SECOND, issued=joint)
    assert not report.unfinished
    assert "öteki imza alanları kilitlenmiş" in refusals(report)


def test_a_lock_on_the_signers_own_field_hinders_nobody(office: Office, joint: bytes) -> None:
    lock = SigFieldSpec("Onay", field_mdp_spec=FieldMDPSpec(FieldMDPAction.INCLUDE, ["Onay"]))
    once = sign(office, joint, place=lock)
    twice = sign(office, once, office.certificate(SECOND), field="Imza2")
    assert office.check(twice, SIGNATORY, SECOND, issued=joint).accepted


def test_several_signers_in_every_level_of_pades(office: Office, joint: bytes) -> None:
    chosen: dict[str, Any] = {
        "subfilter": SigSeedSubFilter.PADES,
        "stamped": True,
        "embed_validation_info": True,
        "use_pades_lta": True,
    }
    once = sign(office, joint, validation_context=proven(office), **chosen)
    second = office.certificate(SECOND)
    twice = sign(office, once, second, field="Imza2", validation_context=proven(office), **chosen)
    assert office.check(twice, SIGNATORY, SECOND, issued=joint).accepted


def test_the_same_person_twice_is_one_signatory(office: Office, joint: bytes) -> None:
    twice = sign(office, sign(office, joint), field="Imza2")
    assert office.check(twice, issued=joint).accepted
    assert "Ada Yalın henüz imzalamamış" in refusals(office.check(twice, SIGNATORY, SECOND, issued=joint))


def test_a_certificate_with_an_algorithm_of_yesterday_is_told_so(office: Office) -> None:
    by = office.certificate(kind=Kind(crl_url=f"{office.responder.url}/crl"))
    signer = SimpleSigner(
        signing_cert=der(by),
        signing_key=key_of(by),
        cert_registry=store(office.authority.root),
    )
    out = io.BytesIO()
    metadata = PdfSignatureMetadata(field_name="Imza1", md_algorithm="sha1")
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(office.paper)), output=out)
    assert "SHA-256 seçin" in refusals(office.check(out.getvalue()))
