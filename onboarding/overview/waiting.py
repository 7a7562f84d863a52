"""What somebody of the company is told while another party has the turn: who acts, how long that usually takes,
what comes next, and where they are written to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from journal.parties import Party
from onboarding.models import StepRecord
from onboarding.overview import expected_wait
from tenancy.models import Company, User
from tenancy.notices import people_to_tell

LONGEST_LOCAL = 16  # characters before the @ that a narrow screen takes
WHO: Mapping[Party, str] = {
    Party.STAFF: "Sıra destek ekibimizde. Sizin bir şey yapmanız gerekmiyor.",
    Party.IYS: "Sıra İYS'de. Sizin bir şey yapmanız gerekmiyor; yanıt gecikirse İYS'ye biz hatırlatırız.",
    Party.SYSTEM: "Portal mektubunuzu gönderiyor. Sizin bir şey yapmanız gerekmiyor.",
}
UNKNOWN: Mapping[Party, str] = {
    Party.STAFF: "Kesin bir gün veremiyoruz; inceleme biter bitmez yazarız.",
    Party.IYS: "İYS bir süre bildirmiyor; yanıtı gelir gelmez yazarız.",
    Party.SYSTEM: "Genellikle birkaç dakika sürer.",
}
HELD = "Destek ekibimiz bu adımı bir süreliğine beklemeye aldı; yeniden başlatınca kaldığı yerden sürer."
_TO_IYS = "Mektup İYS'ye ulaşınca başvurunuzun durumunu 2. adımda izlersiniz."
_ANSWER = "İYS onaylarsa İYSKod ve BrandKod'larınız gelir (3. adım); düzeltme isterse ne gerektiğini size yazarız."
_OFFER = "İYS teklifini ve ödeme bağlantısını gönderir; teklif gelince burada açıp onaylarsınız."
_ASSIGNED = "İYS atamayı onaylayınca son adıma geçersiniz: İYS bilgilerinizin beyanı (6. adım)."
NEXT: Mapping[str, Mapping[str, str]] = {
    "pre_application": {
        "submitted": "Uygun bulunursa mektubunuzu İYS'ye göndeririz; eksik bir şey varsa size yazarız.",
        "reviewing": (
            "Uygun bulunursa e-postanıza “Başvuruya Devam Et” bağlantısı gelir, marka bilgilerinizi girersiniz; "
            "eksik bir şey varsa ne olduğunu size yazarız."
        ),
        "final_review": "Uygun bulunursa mektubunuzu İYS'ye göndeririz; eksik bir şey varsa size yazarız.",
        "evidence_review": "Doğrulanınca kodlarınızı onaylarsınız (3. adım) ya da İYS'nin yanıtı beklenir.",
        "sending": _TO_IYS,
        "send_failed": _TO_IYS,
    },
    "status_query": {
        "waiting": _ANSWER,
        "received": _ANSWER,
        "resent": _ANSWER,
        "changes_asked": "Neyin düzeltileceğini belirleyip yalnızca o alanları size açar, yazarız.",
        "re_review": "Uygun bulunursa düzeltmenizi İYS'ye göndeririz; eksik kalan varsa size yazarız.",
        "resending": "Düzeltmeniz İYS'ye ulaşınca yanıtını bekleriz.",
        "refused": "Nedenini İYS ile görüşüp size yazarız; gerekirse yeniden başvurmanız için yolu açarız.",
    },
    "code_receipt": {
        "waiting": "Kodlar gelince size gösteririz; doğruysa bir tıkla onaylarsınız.",
        "differences": "Farkları İYS ile çözüp kodları yeniden onayınıza sunarız.",
    },
    "package_contract": {
        "sending": _OFFER,
        "send_failed": _OFFER,
        "requested": _OFFER,
        "paid_claimed": "Ödemeniz doğrulanınca iş ortağı atamasına (5. adım) geçersiniz.",
    },
    "partner_assignment": {
        "form_review": "Uygun bulunursa formunuzu İYS'ye göndeririz; eksik bir şey varsa size yazarız.",
        "sending": _ASSIGNED,
        "send_failed": _ASSIGNED,
        "sent": _ASSIGNED,
        "claimed": "Atamanızı İYS'de görünce son adıma geçersiniz: İYS bilgilerinizin beyanı (6. adım).",
    },
    "panel_settings": {},
}


@dataclass(frozen=True, slots=True)
class Wait:
    """`others`: how many colleagues are written to beside whoever looks; `address` is empty when they are not."""

    who: str
    expected: str
    next: str
    address: str
    others: int


def of(record: StepRecord, *, company: Company, looking: User) -> Wait | None:
    """None when it is nobody's turn, or the company's own. `record.turn` is the gate's word."""
    if not record.turn or record.turn == Party.COMPANY:
        return None
    party = Party(record.turn)
    told = people_to_tell(company, turn=True)
    return Wait(
        who=HELD if record.held else WHO[party],
        expected="" if record.held else _expected(record, party),
        next=NEXT[record.step][record.state] if not record.held else "",
        address=short(looking.email) if looking.email in told else "",
        others=len(set(told) - {looking.email}),
    )


def _expected(record: StepRecord, party: Party) -> str:
    known = expected_wait.sentence(record.step, record.state, record.turn, record.since, timezone.now())
    return known or UNKNOWN[party]


def short(email: str) -> str:
    """An address that fits a narrow screen and is still known for one's own."""
    local, at, domain = email.partition("@")
    return f"{local[: LONGEST_LOCAL - 4]}…{local[-2:]}{at}{domain}" if len(local) > LONGEST_LOCAL else email
