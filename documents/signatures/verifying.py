"""Whether a signed PDF is the one that was issued, signed by those who should, and by nobody else. PURE.

The bytes issued are an exact prefix of every file that was only signed (ISO 32000-1, 7.5.6 and 12.8):
whatever was printed, saved anew or made by somebody else is not. Revocation is asked about only after the
chain has led to an authority that is believed, so that nobody else's addresses are ever fetched.
"""

import io
import logging
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from documents.signatures.fields import Person
from documents.signatures.people import identity_of, is_qualified, is_seal, name_of
from documents.signatures.report import JOINT, Check, Report, Signer, failed, merged, not_made, passed
from documents.signatures.trust import Trust

logger = logging.getLogger(__name__)


def verify(signed: bytes, issued: bytes, *, people: Sequence[Person], trust: Trust, at: datetime) -> Report:
    """Checks `signed` against the paper `issued` to `people`, at the moment `at`.

    The first of `people` is the signatory, the others sign together with them. Never raises: what cannot
    be understood fails with a sentence.
    """
    try:
        return _verify(signed, issued, people, trust, at)
    except Exception as error:  # noqa: BLE001
        # Parsers of a hostile format fail in any way; all of them mean that the file is not sound. What the
        # error says may name the person of a certificate: only its kind is written down.
        logger.warning("A signed file could not be understood: %s", type(error).__name__)
        return Report(
            (failed("file", "Dosya çözümlenemedi. İmzaladığınız dosyayı değiştirmeden yeniden yükleyin."),)
        )


def _verify(signed: bytes, issued: bytes, people: Sequence[Person], trust: Trust, at: datetime) -> Report:
    if signed == issued:
        return Report((failed("signed", "Bu dosya henüz imzalanmamış. E-imza programınızla imzalayıp yükleyin."),))
    if not signed.startswith(issued):
        return Report((failed("issued", _why_another(signed, issued)),))
    reader = PdfFileReader(io.BytesIO(signed))
    signatures = list(reader.embedded_regular_signatures)
    if not signatures:
        return Report(
            (failed("signed", "Dosyada e-imza yok. Dosyayı kaydetmek yetmez; e-imza programınızla imzalayın."),)
        )
    first = passed("issued", "Dosya, portalın bu başvuru için hazırladığı belge.")
    return merged(
        [
            Report((first, _content(reader, issued), _coverage(signatures))),
            *(_signature(each, trust, at) for each in signatures),
            Report(tuple(_signers(signatures, people))),
        ]
    )


def _why_another(signed: bytes, issued: bytes) -> str:
    """A file saved anew keeps the first half of its identifier (ISO 32000-1, 14.4); another paper has another."""
    try:
        ours, theirs = (PdfFileReader(io.BytesIO(each)).trailer["/ID"][0] for each in (issued, signed))
        saved_anew = bytes(ours.original_bytes) == bytes(theirs.original_bytes)
    except Exception as error:  # noqa: BLE001 - as above
        logger.info("The identifier of an upload could not be read: %s", type(error).__name__)
        return "Dosya okunabilir bir PDF değil. İndirdiğiniz belgeyi imzalayıp onu yükleyin."
    if saved_anew:
        return (
            "Dosya yeniden kaydedilmiş; içeriği imza dışında değişmiş. Belgeyi portaldan yeniden indirin, "
            "“farklı kaydet” ya da “yazdır” kullanmadan imzalayın."
        )
    return "Bu dosya, portalın bu başvuru için hazırladığı belge değil. Belgeyi bu sayfadan indirip onu imzalayın."


def _content(reader: PdfFileReader, issued: bytes) -> Check:
    """What came after the issued revision may be signatures and what belongs to them, nothing that is read."""
    base = PdfFileReader(io.BytesIO(issued)).xrefs.total_revisions - 1
    change = DEFAULT_DIFF_POLICY.review_file(reader, base, doc_mdp=MDPPerm.FILL_FORMS)
    if isinstance(change, SuspiciousModification):
        return failed(
            "content",
            "Dosyaya imza dışında sayfa ya da içerik eklenmiş. Belgeyi yeniden indirip yalnızca imzalayın.",
        )
    return passed("content", "Dosyaya imzadan başka bir şey eklenmemiş.")


def _coverage(signatures: Sequence[EmbeddedPdfSignature]) -> Check:
    levels = [each.evaluate_signature_coverage() for each in signatures]
    whole = all(level >= SignatureCoverageLevel.ENTIRE_REVISION for level in levels)
    if whole:
        return passed("coverage", "İmza dosyanın tümünü kapsıyor.")
    return failed("coverage", "İmza dosyanın yalnızca bir bölümünü kapsıyor. Dosyayı yeniden indirip imzalayın.")


def _signature(signature: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Report:
    """One signature: whole, by a person's qualified certificate, believed, valid, not revoked."""
    certificate = signature.signer_cert
    name = name_of(certificate) or "Adı okunamayan kişi"
    signer = Signer(name, identity_of(certificate), signature.self_reported_timestamp)
    status = _status(signature, trust, at, ask=False)
    if not (status.intact and status.valid):
        return Report(
            (
                failed(
                    "intact", f"{name}: dosya imzalandıktan sonra değiştirilmiş, imza bozuk. Yeniden imzalayın."
                ),
            ),
            (signer,),
        )
    checks = [passed("intact", f"{name}: imza bütün, imzadan sonra değişiklik yok."), _kind(certificate, name)]
    dates = _dates(certificate, name, at)
    checks.append(dates)
    chain = _chain(certificate, status, name)
    # A chain that is not believed says nothing beyond the dates; nobody is asked about it then.
    checks += [chain] if dates.outcome == "passed" else []
    if chain.outcome == "passed" and dates.outcome == "passed":
        checks.append(_revocation(signature, trust, at, name))
    return Report(tuple(checks), (signer,))


def _status(signature: EmbeddedPdfSignature, trust: Trust, at: datetime, *, ask: bool) -> PdfSignatureStatus:
    """pyHanko's view. With `ask`, revocation has to be known; without, it is not looked at beyond the file."""
    context = ValidationContext(
        trust_roots=trust.roots,
        other_certs=trust.others,
        moment=at,
        allow_fetching=ask,
        revocation_mode="require" if ask else "soft-fail",
        fetcher_backend=RequestsFetcherBackend(per_request_timeout=trust.timeout) if ask else None,
    )
    return validate_pdf_signature(
        signature,
        signer_validation_context=context,
        ts_validation_context=context,
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
        skip_diff=True,
    )


def _kind(certificate: x509.Certificate, name: str) -> Check:
    if is_seal(certificate):
        return failed(
            "person", f"{name}: bu bir kurum mührü (mali mühür), kişinin e-imzası değil. Yetkili kişi imzalamalı."
        )
    if not is_qualified(certificate):
        return failed(
            "person",
            f"{name}: sertifika nitelikli elektronik sertifika değil. Nitelikli e-imza kullanın (5070 sK).",
        )
    return passed("person", f"{name}: kişiye ait nitelikli elektronik sertifika.")


def _dates(certificate: x509.Certificate, name: str, at: datetime) -> Check:
    validity = certificate["tbs_certificate"]["validity"]
    begins, ends = validity["not_before"].native, validity["not_after"].native
    if at < begins:
        return failed("dates", f"{name}: sertifika henüz geçerli değil ({begins:%d.%m.%Y} gününde başlıyor).")
    if at > ends:
        return failed(
            "dates",
            f"{name}: sertifikanın süresi {ends:%d.%m.%Y} gününde dolmuş. Yenilenen sertifikayla imzalayın.",
        )
    return passed("dates", f"{name}: sertifika {ends:%d.%m.%Y} gününe kadar geçerli.")


def _chain(certificate: x509.Certificate, status: PdfSignatureStatus, name: str) -> Check:
    if status.trusted:
        return passed("chain", f"{name}: sertifika tanınan bir sağlayıcıdan.")
    if status.revoked:
        # The file itself carries the proof; asking again would only repeat it.
        return failed("revocation", _revoked(name))
    if certificate.self_issued:
        return failed("chain", f"{name}: sertifikayı imzalayan kendisi hazırlamış; bir sağlayıcıdan değil.")
    return failed(
        "chain", f"{name}: sertifikanın sağlayıcısı tanınmıyor. Bir elektronik sertifika sağlayıcısından alınmalı."
    )


def _revoked(name: str) -> str:
    return f"{name}: sertifika iptal edilmiş. Geçerli bir sertifikayla yeniden imzalayın."


def _revocation(signature: EmbeddedPdfSignature, trust: Trust, at: datetime, name: str) -> Check:
    status = _status(signature, trust, at, ask=True)
    if status.trusted:
        return passed("revocation", f"{name}: sertifika iptal edilmemiş.")
    if status.revoked:
        return failed("revocation", _revoked(name))
    return not_made(
        "revocation", f"{name}: sertifikanın iptal durumu şu anda sorulamadı; destek ekibi ayrıca denetleyecek."
    )


def _signers(signatures: Sequence[EmbeddedPdfSignature], people: Sequence[Person]) -> list[Check]:
    """Every one who should has signed, and nobody else."""
    present = {identity_of(each.signer_cert): name_of(each.signer_cert) for each in signatures}
    expected = {person.identity: person for person in people}
    alone = len(people) == 1 or not present.keys() <= expected.keys()
    checks = []
    for number, person in enumerate(people):
        if person.identity in present:
            checks.append(passed("signatory", f"{person.name} imzalamış."))
        elif number == 0 and alone:
            checks.append(
                failed("signatory", f"İmzalayanlar arasında imza yetkilisi {person.name} yok (TCKN eşleşmiyor).")
            )
        else:
            checks.append(
                failed(JOINT, f"Müşterek imza: {person.name} henüz imzalamamış. Aynı dosyayı ona da imzalatın.")
            )
    for identity, name in present.items():
        if identity not in expected:
            checks.append(
                failed(
                    "stranger",
                    f"{name or 'Bir kişi'} imza yetkilisi ya da bildirdiğiniz müşterek imza yetkilisi değil.",
                )
            )
    return checks
