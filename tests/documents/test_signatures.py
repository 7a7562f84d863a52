"""Each way in which a signed undertaking can be wrong has a sentence of its own. Real certificates, real PDFs."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.rendering import html_to_pdf
from documents.signatures.fields import Person, with_fields
from documents.signatures.report import Outcome
from documents.signatures.trust import Trust, from_folder
from documents.signatures.verifying import verify
from sandbox.authority import DAY, QUALIFIED_SEAL, Authority, Kind
from tests.documents.office import SECOND, SIGNATORY, Office, refusals
from tests.documents.responder import responder


@pytest.fixture
def office(authority: Authority, tmp_path: Path) -> Iterator[Office]:
    with responder(authority) as served:
        yield Office(authority, served, tmp_path)


def test_a_sound_signature_passes_every_check(office: Office) -> None:
    report = office.check(office.authority.sign(office.paper, office.certificate()))
    assert [check.sentence for check in report.checks if check.outcome is not Outcome.PASSED] == []
    assert report.accepted
    assert not report.undecided
    assert [(signer.name, signer.identity) for signer in report.signers] == [("Defne Poyraz", SIGNATORY.identity)]
    assert "/crl" in office.responder.asked


def test_the_paper_as_it_was_issued_is_not_signed(office: Office) -> None:
    assert "henüz imzalanmamış" in refusals(office.check(office.paper))


def test_a_paper_that_only_grew_is_not_signed(office: Office) -> None:
    assert "e-imza yok" in refusals(office.check(office.paper + b"\n% saved\n"))


def saved_anew(paper: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        document.save(out)
    return out.getvalue()


def test_a_paper_saved_anew_is_not_signed(office: Office) -> None:
    assert "Dosya yeniden kaydedilmiş, içinde e-imza yok" in refusals(office.check(saved_anew(office.paper)))


def test_a_paper_saved_anew_and_then_signed_is_what_was_issued(office: Office) -> None:
    assert office.check(office.authority.sign(saved_anew(office.paper), office.certificate())).accepted


def test_another_companys_undertaking_is_refused(office: Office) -> None:
    other = with_fields(html_to_pdf("<h1>Taahhütname</h1><p>Başka A.Ş.</p>"), ["Defne Poyraz"])
    signed = office.authority.sign(other, office.certificate())
    assert "bu başvuru için hazırladığı belge değil" in refusals(office.check(signed))


def test_a_file_changed_after_signing_is_broken(office: Office) -> None:
    signed = bytearray(office.authority.sign(office.paper, office.certificate()))
    start = signed.index(b"/ByteRange", len(office.paper))
    place = signed.index(b"/M (", start - 2000)
    signed[place + 6] ^= 1
    assert "imza bozuk" in refusals(office.check(bytes(signed)))


def append_page(pdf: bytes) -> bytes:
    """One more page, appended as a revision of its own, so that every byte before stays as it was."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Page"),
            generic.pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
            generic.pdf_name("/Resources"): generic.DictionaryObject(),
        }
    )
    writer.insert_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_page_appended_before_signing_is_seen(office: Office) -> None:
    signed = office.authority.sign(append_page(office.paper), office.certificate())
    assert "sayfa eklenmiş ya da çıkarılmış" in refusals(office.check(signed))


def test_a_page_appended_after_signing_is_seen(office: Office) -> None:
    signed = append_page(office.authority.sign(office.paper, office.certificate()))
    assert "sayfa eklenmiş ya da çıkarılmış" in refusals(office.check(signed))


def test_a_signature_over_a_part_of_the_file_is_refused(office: Office) -> None:
    signed = office.authority.sign(office.paper, office.certificate())
    start = signed.index(b"/ByteRange", len(office.paper))
    end = signed.index(b"]", start) + 1
    first, second = signed[start:end].rpartition(b" ")[::2]
    shorter = b"%0*d]" % (len(second) - 1, int(second.rstrip(b"]")) - 40)
    tampered = signed[:start] + first + b" " + shorter + signed[end:]
    assert len(tampered) == len(signed)
    assert "yalnızca bir bölümünü kapsıyor" in refusals(office.check(tampered))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Kind(begins=-20 * DAY, ends=-2 * DAY), "süresi"),
        (Kind(begins=2 * DAY), "henüz geçerli değil"),
        (Kind(self_signed=True), "kendisi hazırlamış"),
        (Kind(qc_statements=QUALIFIED_SEAL), "kurum mührü"),
        (Kind(qc_statements=b""), "nitelikli elektronik sertifika değil"),
    ],
    ids=["expired", "not yet valid", "self-signed", "seal", "not qualified"],
)
def test_a_certificate_that_will_not_do(office: Office, kind: Kind, sentence: str) -> None:
    signed = office.authority.sign(office.paper, office.certificate(kind=kind))
    assert sentence in refusals(office.check(signed))
    assert office.responder.asked == [], "nobody is asked about a certificate that is refused anyway"


def test_an_authority_that_is_not_known_is_refused_and_never_asked(office: Office) -> None:
    stranger = Authority.new("Yabancı Sağlayıcı")
    certificate = stranger.issue(SIGNATORY.name, SIGNATORY.identity, Kind(crl_url=f"{office.responder.url}/crl"))
    assert "sağlayıcısı tanınmıyor" in refusals(office.check(stranger.sign(office.paper, certificate)))
    assert office.responder.asked == []


@pytest.mark.parametrize("way", ["crl", "ocsp"])
def test_a_revoked_certificate_is_refused(office: Office, way: str) -> None:
    kind = (
        Kind(crl_url=f"{office.responder.url}/crl")
        if way == "crl"
        else Kind(ocsp_url=f"{office.responder.url}/ocsp")
    )
    certificate = office.certificate(kind=kind)
    signed = office.authority.sign(office.paper, certificate)
    assert office.check(signed).accepted
    office.responder.revoked.append(certificate)
    assert "iptal edilmiş" in refusals(office.check(signed))


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9/crl"], ids=["no address", "out of reach"])
def test_a_revocation_that_cannot_be_asked_waits_for_a_person(office: Office, url: str) -> None:
    signed = office.authority.sign(office.paper, office.certificate(kind=Kind(crl_url=url)))
    report = office.check(signed)
    assert report.accepted
    assert report.undecided
    assert [check.key for check in report.checks if check.outcome is Outcome.NOT_MADE] == ["revocation"]


def test_somebody_elses_signature_is_refused(office: Office) -> None:
    signed = office.authority.sign(office.paper, office.certificate(SECOND))
    said = refusals(office.check(signed))
    assert "imza yetkilisi Defne Poyraz yok" in said
    assert "Ada Yalın imza yetkilisi ya da bildirdiğiniz" in said


def test_joint_signatures_need_everybody_and_nobody_else(office: Office) -> None:
    paper = with_fields(html_to_pdf("<h1>Taahhütname</h1>"), [SIGNATORY.name, SECOND.name])
    once = office.authority.sign(paper, office.certificate())
    assert "Ada Yalın henüz imzalamamış" in refusals(office.check(once, SIGNATORY, SECOND, issued=paper))
    twice = office.authority.sign(once, office.certificate(SECOND))
    report = office.check(twice, SIGNATORY, SECOND, issued=paper)
    assert report.accepted, [check.sentence for check in report.checks]
    assert len(report.signers) == 2
    assert "Ada Yalın imza yetkilisi ya da" in refusals(office.check(twice, SIGNATORY, issued=paper))


@pytest.mark.parametrize("prefix", ["", "PNOTR-", "TR-"])
def test_the_number_is_read_with_and_without_a_prefix(office: Office, prefix: str) -> None:
    person = Person(SIGNATORY.name, prefix + SIGNATORY.identity)
    assert office.check(office.authority.sign(office.paper, office.certificate(person))).accepted


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_it_crash_or_passes(office: Office, data: st.DataObject) -> None:
    """Any byte behind what was issued may be changed, cut or doubled: never an exception, never accepted."""
    if not hasattr(office, "signed"):
        office.signed = office.authority.sign(office.paper, office.certificate())  # type: ignore[attr-defined]
    signed: bytes = office.signed  # type: ignore[attr-defined]
    # The signature's own hexadecimal padding and the bytes after %%EOF are outside what it covers.
    contents = signed.index(b"/Contents <", len(office.paper))
    after = signed.index(b">", contents)
    place = data.draw(st.one_of(st.integers(len(office.paper), contents), st.integers(after + 1, len(signed) - 8)))
    change = data.draw(st.sampled_from(["flip", "cut", "double"]))
    if change == "flip":
        damaged = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    elif change == "cut":
        damaged = signed[:place] + signed[place + 7 :]
    else:
        damaged = signed[:place] + signed[place : place + 7] + signed[place:]
    assert not office.check(damaged).accepted


def test_rubbish_is_refused_with_a_sentence(office: Office) -> None:
    assert "okunabilir bir PDF değil" in refusals(office.check(b"%PDF-1.7\nrubbish"))


def test_a_trust_folder_with_rubbish_says_which_file(tmp_path: Path) -> None:
    (tmp_path / "kok.pem").write_bytes(b"not a certificate")
    with pytest.raises(ValueError, match=r"kok\.pem"):
        from_folder(tmp_path)
    assert from_folder(tmp_path / "nowhere") == Trust(())


def test_a_certificates_dates_are_held_against_the_given_moment(office: Office) -> None:
    signed = office.authority.sign(office.paper, office.certificate())
    later = verify(
        signed, office.paper, people=(SIGNATORY,), trust=office.trust, at=datetime.now(UTC) + timedelta(days=400)
    )
    assert "süresi" in refusals(later)
