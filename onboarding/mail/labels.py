"""What mails were read as, in words for people."""

from collections.abc import Mapping
from typing import Any

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.reading.classification import Kind

KINDS: Mapping[str, str] = {
    Kind.RECEIVED: "Başvuru alındı",
    Kind.CHANGES_ASKED: "Düzeltme istendi",
    Kind.CONTINUE_LINK: "Devam bağlantısı",
    Kind.APPROVED: "Onaylandı, kodlar geldi",
    Kind.OFFER: "Teklif",
    Kind.PAYMENT_RECEIVED: "Ödeme alındı",
    Kind.PAYMENT_FAILED: "Ödeme alınamadı",
    Kind.ASSIGNMENT_CONFIRMED: "Atama tamamlandı",
    Kind.REFUSED: "Reddedildi",
    Kind.AUTO_REPLY: "Otomatik yanıt",
    Kind.BOUNCE: "Teslim edilemedi bildirimi",
    Kind.PACKAGE_REQUEST: "Firmanın teklif isteği",
    Kind.UNKNOWN: "Anlaşılamadı",
}
SENDER_AUTHENTICATIONS: Mapping[str, str] = {
    SenderAuthentication.VERIFIED: "Doğrulandı",
    SenderAuthentication.COMPANY: "Firmadan",
    SenderAuthentication.UNVERIFIED: "Doğrulanmadı",
}
EXTRACTED: Mapping[str, str] = {
    "application_number": "Ön başvuru numarası",
    "trade_name": "Unvan",
    "iys_code": "İYSKod",
    "brands": "Markalar",
    "view_url": "Teklif bağlantısı",
    "pay_url": "Ödeme bağlantısı",
    "continue_url": "Devam bağlantısı",
    "remarks": "Ne istendi",
}


def extracted_in_words(extracted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of what was read out of a mail; what it does not say is left out."""
    return [(label, _value(extracted[name])) for name, label in EXTRACTED.items() if extracted.get(name)]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{each['name']}: {each['code']}" for each in value)
    return str(value)
