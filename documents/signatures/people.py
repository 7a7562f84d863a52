"""Whose certificate it is: a person's, qualified, with which TCKN; or a company's seal. PURE.

QCStatements: RFC 3739, 3.2.6 and ETSI EN 319 412-5; the Turkish statement is the one that the authorities
put into qualified certificates under law 5070.
"""

import re

from asn1crypto import core, x509

QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
QC_COMPLIANCE = "0.4.0.1862.1.1"
QC_TYPE = "0.4.0.1862.1.6"
QC_TYPE_SIGNATURE = "0.4.0.1862.1.6.1"
TURKISH_QUALIFIED = "2.16.792.1.61.0.1.5070.1.1"
ORGANISATION_IDENTIFIER = "2.5.4.97"
# Certificate policies of the Turkish mali mühür, which is a company's seal.
TURKISH_SEALS = ("2.16.792.1.2.1.1.5.7.4.", "2.16.792.1.2.1.1.5.7.50.")


class QCStatement(core.Sequence):  # type: ignore[misc]
    _fields = [("statement_id", core.ObjectIdentifier), ("statement_info", core.Any, {"optional": True})]


class QCStatements(core.SequenceOf):  # type: ignore[misc]
    _child_spec = QCStatement


class QCTypes(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.ObjectIdentifier


def _statements(certificate: x509.Certificate) -> dict[str, core.Any]:
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == QC_STATEMENTS:
            found = QCStatements.load(extension["extn_value"].contents)
            return {each["statement_id"].dotted: each["statement_info"] for each in found}
    return {}


def is_qualified(certificate: x509.Certificate) -> bool:
    statements = _statements(certificate)
    return QC_COMPLIANCE in statements or TURKISH_QUALIFIED in statements


def is_seal(certificate: x509.Certificate) -> bool:
    """Whether it stands for an organisation and not for a person."""
    info = _statements(certificate).get(QC_TYPE)
    if info is not None and not isinstance(info, core.Void):
        types = {each.dotted for each in QCTypes.load(info.dump())}
        return QC_TYPE_SIGNATURE not in types
    policies = certificate.certificate_policies_value
    named = [policy["policy_identifier"].dotted for policy in policies] if policies is not None else []
    if any(name.startswith(TURKISH_SEALS) for name in named):
        return True
    return any(
        part["type"].dotted == ORGANISATION_IDENTIFIER for names in certificate.subject.chosen for part in names
    )


def name_of(certificate: x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", "") or "")


def identity_of(certificate: x509.Certificate) -> str:
    """The TCKN in the subject's serialNumber, with or without a prefix such as PNOTR-; empty without one."""
    number = str(certificate.subject.native.get("serial_number", "") or "")
    found = re.fullmatch(r"(?:\D*-)?(\d{11})", number)
    return found[1] if found else ""
