"""One signature: whole, by a person's qualified certificate, believed, valid, not revoked. PURE.

Revocation is asked about only after the chain has led to an authority that is believed, and only at the addresses
that the certificates of that very chain name: nobody else's are ever asked, as those of a time stamp's.
"""

from datetime import datetime

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from documents.signatures.asking import Asking
from documents.signatures.people import identity_of, is_qualified, is_seal, name_of
from documents.signatures.report import Check, Report, Signer, failed, not_made, passed
from documents.signatures.trust import Trust


def checked(signature: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Report:
    """One signature: whole, by a person's qualified certificate, believed, valid, not revoked."""
    certificate = signature.signer_cert
    name = name_of(certificate) or "Adı okunamayan kişi"
    signer = Signer(name, identity_of(certificate), signature.self_reported_timestamp)
    status = _status(signature, trust, at)
    if not (status.intact and status.valid):
        return Report(
            (
                failed(
                    "intact", f"{name}: dosya imzalandıktan sonra değiştirilmiş, imza bozuk. Yeniden imzalayın."
                ),
            ),
            (signer,),
        )
    checks = [
        passed("intact", f"{name}: imza bozulmamış, imzadan sonra değişiklik yok."),
        _kind(certificate, name),
    ]
    dates = _dates(certificate, name, at)
    checks.append(dates)
    chain = _chain(certificate, status, name)
    # A chain that is not believed says nothing beyond the dates; nobody is asked about it then.
    checks += [chain] if dates.outcome == "passed" else []
    if chain.outcome == "passed" and dates.outcome == "passed":
        checks.append(_revocation(signature, trust, at, name, status))
    return Report(tuple(checks), (signer,))


def _status(
    signature: EmbeddedPdfSignature, trust: Trust, at: datetime, *, asking: Asking | None = None
) -> PdfSignatureStatus:
    """pyHanko's view. With `asking`, revocation has to be known; without, it is not looked at beyond the file."""
    return validate_pdf_signature(
        signature,
        signer_validation_context=_context(trust, at, asking),
        # Whose time stamp it is proves nothing here, so nobody is asked about it.
        ts_validation_context=_context(trust, at, None),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
        skip_diff=True,
    )


def _context(trust: Trust, at: datetime, asking: Asking | None) -> ValidationContext:
    return ValidationContext(
        trust_roots=trust.roots,
        other_certs=trust.others,
        moment=at,
        allow_fetching=asking is not None,
        revocation_mode="require" if asking else "soft-fail",
        fetcher_backend=asking,
    )


def time_stamp(stamp: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Report:
    """A document time stamp (ETSI EN 319 142-1, 5.4.3). It proves nothing here, so whose it is does not matter;
    but what was changed behind it was changed.
    """
    status = validate_pdf_timestamp(stamp, validation_context=_context(trust, at, None), skip_diff=True)
    if status.intact and status.valid:
        return Report(())
    return Report((failed("intact", "Zaman damgası bozuk: dosya damgadan sonra değişmiş. Yeniden imzalayın."),))


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
    if status.trust_problem_indic is AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE:
        return failed(
            "chain", f"{name}: imza eski, artık güvenli sayılmayan bir yöntemle (SHA-1) atılmış. SHA-256 seçin."
        )
    if certificate.self_issued:
        return failed("chain", f"{name}: sertifikayı imzalayan kendisi hazırlamış; bir sağlayıcıdan değil.")
    return failed(
        "chain", f"{name}: sertifikanın sağlayıcısı tanınmıyor. Bir elektronik sertifika sağlayıcısından alınmalı."
    )


def _revoked(name: str) -> str:
    return f"{name}: sertifika iptal edilmiş. Geçerli bir sertifikayla yeniden imzalayın."


def _revocation(
    signature: EmbeddedPdfSignature, trust: Trust, at: datetime, name: str, believed: PdfSignatureStatus
) -> Check:
    if believed.validation_path is None:
        raise ValueError("a chain that is believed has a path")
    status = _status(signature, trust, at, asking=Asking(believed.validation_path))
    if status.trusted:
        return passed("revocation", f"{name}: sertifika iptal edilmemiş.")
    if status.revoked:
        return failed("revocation", _revoked(name))
    return not_made(
        "revocation", f"{name}: sertifikanın iptal durumu şu anda sorulamadı; destek ekibi ayrıca denetleyecek."
    )
