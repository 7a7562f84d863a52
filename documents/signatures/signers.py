"""Who signed: everybody who should and nobody else, and nobody shut out by an earlier signature. PURE.

Who certifies (“Onayla” in Acrobat) or locks fields may forbid what comes after (ISO 32000-1, 12.8.2.2 and
12.8.2.4): the signatures after it are then broken to every reader, İYS's too.
"""

from collections.abc import Collection, Sequence

from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from documents.signatures.fields import Person
from documents.signatures.people import identity_of, name_of
from documents.signatures.report import JOINT, SIGNATORY, Check, failed, passed

SIGN_INSTEAD = (
    "Belgeyi yeniden indirip Acrobat'ta “Onayla (certify)” yerine “Dijital olarak imzala” ile imzalayın."
)


def who(signatures: Sequence[EmbeddedPdfSignature], people: Sequence[Person]) -> list[Check]:
    """One line for each of `people`, the signatory first, and one for each stranger."""
    present = {identity_of(each.signer_cert): name_of(each.signer_cert) for each in signatures}
    expected = {person.identity: person for person in people}
    alone = len(people) == 1 or not present.keys() <= expected.keys()
    checks = []
    for number, person in enumerate(people):
        if person.identity in present:
            checks.append(passed(SIGNATORY, f"{person.name} imzalamış."))
        elif number == 0 and alone:
            checks.append(
                failed(SIGNATORY, f"İmzalayanlar arasında imza yetkilisi {person.name} yok (TCKN eşleşmiyor).")
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


def shut_out(signatures: Sequence[EmbeddedPdfSignature], still_empty: Collection[str]) -> list[Check]:
    """What an earlier signature forbids a later one. `signatures` in their order; `still_empty` are the fields
    that somebody has yet to sign in.
    """
    for number, signature in enumerate(signatures):
        name = name_of(signature.signer_cert)
        later = [each.field_name for each in signatures[number + 1 :]]
        if _certifies(signature) and number > 0:
            return [
                failed(
                    "permissions", f"{name}: imzalanmış bir dosya sonradan onaylanmış (certify). {SIGN_INSTEAD}"
                )
            ]
        if signature.docmdp_level == MDPPerm.NO_CHANGES and (later or still_empty):
            return [
                failed(
                    "permissions",
                    f"{name}: dosya “değişikliğe izin verilmez” seçilerek kilitlenmiş, başka imza alamaz. "
                    f"{SIGN_INSTEAD}",
                )
            ]
        lock = signature.fieldmdp
        if lock is not None and any(lock.is_locked(field) for field in (*later, *still_empty)):
            return [
                failed(
                    "permissions",
                    f"{name}: imzalarken öteki imza alanları kilitlenmiş, başka imza alamaz. Belgeyi yeniden "
                    "indirip “İmzaladıktan sonra belgeyi kilitle” seçeneğini işaretlemeden imzalayın.",
                )
            ]
    return []


def _certifies(signature: EmbeddedPdfSignature) -> bool:
    """Whether the catalogue names it as the certification (table 258)."""
    root = signature.reader.root
    if "/Perms" not in root or "/DocMDP" not in root["/Perms"]:
        return False
    return bool(root["/Perms"].raw_get("/DocMDP") == signature.sig_field.raw_get("/V"))
