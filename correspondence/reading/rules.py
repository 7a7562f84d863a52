"""The rules by which mails are read, as data: what the product ships. PURE.

The wording is İYS's as the guide shows it, and what stands near to it. The real subjects are not known, so
no rule hangs on one. Staff add rules of their own as rows; each is read by the rank of its kind, so none
comes before a refusal.
"""

from dataclasses import dataclass
from enum import StrEnum

from correspondence.reading.phrases import find


class Kind(StrEnum):
    RECEIVED = "received"
    CHANGES_ASKED = "changes_asked"
    CONTINUE_LINK = "continue_link"
    APPROVED = "approved"
    OFFER = "offer"
    PAYMENT_RECEIVED = "payment_received"
    PAYMENT_FAILED = "payment_failed"
    ASSIGNMENT_CONFIRMED = "assignment_confirmed"
    REFUSED = "refused"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    PACKAGE_REQUEST = "package_request"
    UNKNOWN = "unknown"


# What is looked for first. Bad news comes before good: "onaylanmamıştır" must never be read as a yes, and
# the mail that brings an offer or a receipt may name the company's code as well.
RANK = (
    Kind.UNKNOWN,
    Kind.PAYMENT_FAILED,
    Kind.REFUSED,
    Kind.CHANGES_ASKED,
    Kind.PACKAGE_REQUEST,
    Kind.PAYMENT_RECEIVED,
    Kind.OFFER,
    Kind.ASSIGNMENT_CONFIRMED,
    Kind.APPROVED,
    Kind.CONTINUE_LINK,
    Kind.RECEIVED,
    Kind.AUTO_REPLY,
)
# Kinds that mean nothing without a fact: the words alone are in many a letter.
NEEDS = {
    Kind.APPROVED: "iys_code",
    Kind.CONTINUE_LINK: "continue_url",
    Kind.RECEIVED: "application_number",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when one of the phrases `any_of` is in a mail and none of `none_of` is (see `phrases`)."""

    name: str
    kind: Kind
    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()

    def words(self, text: str) -> str:
        """The words of the `phrases.plain` text that make the rule fire; empty when it does not."""
        if any(find(phrase, text) for phrase in self.none_of):
            return ""
        return next(filter(None, (find(phrase, text) for phrase in self.any_of)), "")


SHIPPED = (
    Rule(
        "henüz sonuçlanmamış",
        Kind.UNKNOWN,
        ("henüz * onaylanmamıştır", "henüz * onaylanmadı", "henüz * sonuçlanma*", "henüz * alınmamıştır"),
    ),
    Rule(
        "ödeme alınamadı",
        Kind.PAYMENT_FAILED,
        (
            "ödeme* * alınamamıştır",
            "ödeme* * alınamadı",
            "ödeme* * gerçekleştirilememiştir",
            "ödeme* * gerçekleştirilemedi",
            "ödeme* * gerçekleşmemiştir",
            "ödeme* * başarısız*",
            "ödeme* * reddedil*",
        ),
        none_of=("ödeme* * alınamaması", "ödeme* * başarısız olması"),
    ),
    Rule(
        "ret",
        Kind.REFUSED,
        (
            "reddedilmiştir",
            "reddedildi",
            "onaylanmamıştır",
            "onaylanmadı",
            "uygun bulunmamıştır",
            "uygun bulunmadı",
            "uygun görülmemiştir",
            "uygun görülmedi",
            "kabul edilmemiştir",
            "kabul edilmedi",
            "kabul edilememiştir",
            "olumsuz sonuçlan*",
            "olumsuz değerlendiril*",
        ),
    ),
    Rule(
        "düzeltme isteği",
        Kind.CHANGES_ASKED,
        (
            "düzeltilmesi gereken*",
            "düzeltilmesi gerek*",
            "düzeltmeniz gerek*",
            "düzeltmenizi rica*",
            "tekrar yüklemeniz*",
            "yeniden yüklemeniz*",
            "tekrar göndermeniz*",
            "güncellemeniz gerek*",
        ),
        none_of=("düzeltilmesi gereken * halinde", "düzeltmeniz gereken * halinde"),
    ),
    Rule(
        "eksik bilgi ya da belge",
        Kind.CHANGES_ASKED,
        ("eksik bilgi*", "eksik belge*", "eksik evrak*", "belgeniz eksik*", "evrakınız eksik*"),
        none_of=("eksik * halinde", "eksik * durumunda", "eksik * bulunmamaktadır", "eksik * yoktur"),
    ),
    Rule(
        "teklif isteği",
        Kind.PACKAGE_REQUEST,
        (
            "iys koduna sahip firmamız adına ileti * paketi teklifini",
            "iys koduna sahip firmamız adına ileti-* paketi teklifini",
        ),
    ),
    Rule(
        "ödeme alındı",
        Kind.PAYMENT_RECEIVED,
        (
            "ödemeniz alınmıştır",
            "ödemeniz alındı",
            "ödemeniz tarafımıza ulaşmıştır",
            "ödemeniz * gerçekleşmiştir",
            "paketiniz tanımlanmıştır",
            "paketiniz * tanımlanmıştır",
        ),
        none_of=("ödemeniz alınmıştır bilgisi", "ödemeniz alındı bilgisi"),
    ),
    Rule(
        "teklif",
        Kind.OFFER,
        (
            "teklifimizi ekte*",
            "teklifimiz ekte*",
            "teklifi çevrimiçi görüntüle*",
            "teklifi çevrim içi görüntüle*",
            "teklifi görüntüle*",
            "teklifi incele*",
        ),
    ),
    Rule(
        "atama tamamlandı",
        Kind.ASSIGNMENT_CONFIRMED,
        (
            "iş ortağı atama* tamamlanmıştır",
            "iş ortağı atama* * tamamlanmıştır",
            "iş ortağı atama* yapılmıştır",
            "iş ortağı atama* onaylanmıştır",
            "iş ortağı olarak atanmıştır",
            "iş ortağı olarak tanımlanmıştır",
        ),
    ),
    Rule("onay ve kodlar", Kind.APPROVED, ("iys numaranız*", "iys kodunuz*", "iyskodunuz*")),
    Rule(
        "devam bağlantısı",
        Kind.CONTINUE_LINK,
        ("başvurunuza devam edebilirsiniz", "başvurunuza devam etmek için*", "başvuruya devam et*"),
    ),
    Rule(
        "başvuru alındı",
        Kind.RECEIVED,
        (
            "başvurunuz alınmıştır",
            "başvurunuz * alınmıştır",
            "başvurunuz alındı",
            "başvurunuz tarafımıza ulaşmıştır",
            "ön başvuru numaranız*",
        ),
    ),
)


def in_order(staff: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """All rules by the rank of their kind; of one kind, the shipped ones first."""
    known = [rule for rule in (*SHIPPED, *staff) if rule.kind in RANK]
    return tuple(sorted(known, key=lambda rule: RANK.index(rule.kind)))
