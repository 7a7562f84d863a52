"""The kinds of mail that the portal knows: one row each, and everything that differs from kind to kind. PURE.

Reading, applying, screens and forms all ask these rows; no other table lists kinds. What the steps and their moves
are called is opaque here: correspondence knows no step.

The wording of the rules is İYS's as the guide shows it, and what stands near to it. The real subjects are not
known, so no rule hangs on one. Staff add rules of their own as rows of the database; each is tried after the
shipped ones of its kind, so none comes before a refusal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from correspondence.reading.phrases import Rule
from journal.parties import Party


class Kind(StrEnum):
    """In the order in which people choose from them."""

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


class StepMove(NamedTuple):
    """A move of a step, by their names."""

    step_key: str
    move: str


@dataclass(frozen=True, slots=True)
class KindSpec:
    """`extracts` are the fields of ExtractedFields that such a mail is asked for: a code that a refusal quotes is
    no code. `needs` is the one without which the words alone mean nothing; `needs_example` names it to people.

    `moves` is what the mail stands for: the first, unless it is already known to concern the step of another. It
    moves by itself only when the word is `said_by` that party. `filed_because` says why nobody has to do anything
    about such a mail; empty where somebody may have to. `detail` is the line under its subject on the company's
    board, with the extracted fields and {brand_count} filled in.
    """

    kind: Kind
    label: str
    extracts: tuple[str, ...] = ()
    needs: str = ""
    needs_example: str = ""
    moves: tuple[StepMove, ...] = ()
    said_by: Party = Party.IYS
    filed_because: str = ""
    detail: str = ""
    staff_may_add_rules: bool = False
    rules: tuple[Rule, ...] = ()

    def move_at(self, step_key: str) -> StepMove | None:
        """What such a mail stands for, when `step_key` is the step that it is known to concern (or empty)."""
        return next((each for each in self.moves if each.step_key == step_key), next(iter(self.moves), None))


# The order of the rows is the order in which their rules are tried. Bad news comes before good: "onaylanmamıştır"
# must never be read as a yes, and the mail that brings an offer or a receipt may name the company's code as well.
_ROWS = (
    KindSpec(
        Kind.UNKNOWN,
        "Anlaşılamadı",
        rules=(
            Rule(
                "henüz sonuçlanmamış",
                ("henüz * onaylanmamıştır", "henüz * onaylanmadı", "henüz * sonuçlanma*", "henüz * alınmamıştır"),
            ),
        ),
    ),
    KindSpec(
        Kind.PAYMENT_FAILED,
        "Ödeme alınamadı",
        extracts=("remarks",),
        moves=(StepMove("package_contract", "payment_failed"),),
        staff_may_add_rules=True,
        rules=(
            Rule(
                "ödeme alınamadı",
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
        ),
    ),
    KindSpec(
        Kind.REFUSED,
        "Reddedildi",
        extracts=("remarks",),
        moves=(
            StepMove("status_query", "refuse"),
            StepMove("partner_assignment", "refuse"),
        ),
        detail="{remarks}",
        staff_may_add_rules=True,
        rules=(
            Rule(
                "ret",
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
        ),
    ),
    KindSpec(
        Kind.CHANGES_ASKED,
        "Düzeltme istendi",
        extracts=("remarks",),
        moves=(StepMove("status_query", "ask_changes"),),
        detail="{remarks}",
        staff_may_add_rules=True,
        rules=(
            Rule(
                "düzeltme isteği",
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
                ("eksik bilgi*", "eksik belge*", "eksik evrak*", "belgeniz eksik*", "evrakınız eksik*"),
                none_of=("eksik * halinde", "eksik * durumunda", "eksik * bulunmamaktadır", "eksik * yoktur"),
            ),
        ),
    ),
    KindSpec(
        Kind.PACKAGE_REQUEST,
        "Firmanın teklif isteği",
        moves=(StepMove("package_contract", "request_seen"),),
        said_by=Party.COMPANY,
        rules=(
            Rule(
                "teklif isteği",
                (
                    "iys koduna sahip firmamız adına ileti * paketi teklifini",
                    "iys koduna sahip firmamız adına ileti-* paketi teklifini",
                ),
            ),
        ),
    ),
    KindSpec(
        Kind.PAYMENT_RECEIVED,
        "Ödeme alındı",
        moves=(StepMove("package_contract", "payment_received"),),
        staff_may_add_rules=True,
        rules=(
            Rule(
                "ödeme alındı",
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
        ),
    ),
    KindSpec(
        Kind.OFFER,
        "Teklif",
        extracts=("view_url", "pay_url"),
        moves=(StepMove("package_contract", "offer"),),
        staff_may_add_rules=True,
        rules=(
            Rule(
                "teklif",
                (
                    "teklifimizi ekte*",
                    "teklifimiz ekte*",
                    "teklifi çevrimiçi görüntüle*",
                    "teklifi çevrim içi görüntüle*",
                    "teklifi görüntüle*",
                    "teklifi incele*",
                ),
            ),
        ),
    ),
    KindSpec(
        Kind.ASSIGNMENT_CONFIRMED,
        "Atama tamamlandı",
        moves=(StepMove("partner_assignment", "confirm"),),
        staff_may_add_rules=True,
        rules=(
            Rule(
                "atama tamamlandı",
                (
                    "iş ortağı atama* tamamlanmıştır",
                    "iş ortağı atama* * tamamlanmıştır",
                    "iş ortağı atama* yapılmıştır",
                    "iş ortağı atama* onaylanmıştır",
                    "iş ortağı olarak atanmıştır",
                    "iş ortağı olarak tanımlanmıştır",
                ),
            ),
        ),
    ),
    KindSpec(
        Kind.APPROVED,
        "Onaylandı, kodlar geldi",
        extracts=("application_number", "trade_name", "iys_code", "brands"),
        needs="iys_code",
        needs_example="“İYS Numaranız: 123456” gibi bir kod",
        moves=(StepMove("status_query", "approve"),),
        detail="İYS Numaranız: {iys_code} · {brand_count} marka",
        staff_may_add_rules=True,
        rules=(
            Rule(
                "onay ve kodlar",
                ("iys numaranız*", "iys kodunuz*", "iyskodunuz*"),
            ),
        ),
    ),
    KindSpec(
        Kind.CONTINUE_LINK,
        "Devam bağlantısı",
        extracts=("continue_url",),
        needs="continue_url",
        needs_example="bir bağlantı",
        moves=(StepMove("status_query", "continue_link"),),
        staff_may_add_rules=True,
        rules=(
            Rule(
                "devam bağlantısı",
                ("başvurunuza devam edebilirsiniz", "başvurunuza devam etmek için*", "başvuruya devam et*"),
            ),
        ),
    ),
    KindSpec(
        Kind.RECEIVED,
        "Başvuru alındı",
        extracts=("application_number",),
        needs="application_number",
        needs_example="“MX3ZB5JA no'lu başvuru” gibi bir başvuru numarası",
        moves=(StepMove("status_query", "received"),),
        detail="Ön başvuru numaranız: {application_number} (bu numara İYSKod değildir)",
        staff_may_add_rules=True,
        rules=(
            Rule(
                "başvuru alındı",
                (
                    "başvurunuz alınmıştır",
                    "başvurunuz * alınmıştır",
                    "başvurunuz alındı",
                    "başvurunuz tarafımıza ulaşmıştır",
                    "ön başvuru numaranız*",
                ),
            ),
        ),
    ),
    KindSpec(
        Kind.AUTO_REPLY,
        "Otomatik yanıt",
        filed_because="Otomatik yanıt: hiçbir adımı değiştirmez.",
        staff_may_add_rules=True,
    ),
    # Known by its headers alone (see `bounces`).
    KindSpec(
        Kind.BOUNCE,
        "Teslim edilemedi bildirimi",
        extracts=("remarks", "bounced_ids", "bounced_to"),
    ),
)
KINDS: Mapping[str, KindSpec] = {row.kind: row for row in _ROWS}
KIND_OF_MOVE: Mapping[StepMove, Kind] = {move: row.kind for row in _ROWS for move in row.moves}


def staff_rule_choices() -> list[tuple[str, str]]:
    """For a column: the kinds for which staff may write rules of their own."""
    return [(kind.value, KINDS[kind].label) for kind in Kind if KINDS[kind].staff_may_add_rules]
