"""What stands on a mail's row, in words for people."""

from collections.abc import Mapping
from typing import Any

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.reading import kinds
from correspondence.reading.classification import NOTHING_SAID
from correspondence.reading.kinds import Kind
from correspondence.reading.understanding import Meaning

KINDS: Mapping[str, str] = {kind: kinds.KINDS[kind].label for kind in Kind}
SENDER_AUTHENTICATIONS: Mapping[str, str] = {
    SenderAuthentication.VERIFIED: "Doğrulandı",
    SenderAuthentication.COMPANY: "Firmadan",
    SenderAuthentication.UNVERIFIED: "Doğrulanmadı",
}
MEANINGS: Mapping[str, str] = {
    Meaning.CLAIM: "bildiriyor",
    Meaning.HARMLESS: "zararsız",
    Meaning.UNKNOWN: "bilinmiyor",
}
EXTRACTED: Mapping[str, str] = {
    "application_number": "Ön başvuru numarası",
    "trade_name": "Unvan",
    "partner_name": "İş ortağı",
    "iys_code": "İYSKod",
    "brands": "Markalar",
    "view_url": "Teklif bağlantısı",
    "pay_url": "Ödeme bağlantısı",
    "continue_url": "Devam bağlantısı",
    "remarks": "Ne istendi",
}
# What people may say of words that vary; the other blanks are the product's own.
BLANKS: Mapping[str, str] = {
    "unvan": "Firmanın unvanı",
    "numara": "Başvuru numarası",
    "kod": "Firmanın İYSKod'u",
    "marka": "Marka adı",
    "marka kodu": "Markanın kodu",
    "iş ortağı": "İş ortağının adı",
    "kişi": "Kişi adı",
    "tarih": "Tarih",
    "saat": "Saat",
    "tutar": "Tutar",
    "paket": "İleti paketi",
    "sayı": "Başka bir sayı",
    "telefon": "Telefon numarası",
    "e-posta": "E-posta adresi",
    "bağlantı": "İnternet bağlantısı",
    "açıklama": "Neden ya da istek (her söz olabilir)",
}


def extracted_in_words(extracted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of what was read out of a mail; what it does not say is left out."""
    return [(label, _value(extracted[name])) for name, label in EXTRACTED.items() if extracted.get(name)]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{each['name']}: {each['code']}" for each in value)
    return str(value)


def read_as(kind: str, doubt: str) -> str:
    """What a mail was read as; empty before it was read."""
    return "Bir şey bildirmiyor" if doubt == NOTHING_SAID else KINDS.get(kind, "")
