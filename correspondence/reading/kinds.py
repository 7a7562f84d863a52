"""The kinds of mail that the portal knows: one row each, and everything that differs from kind to kind. PURE.

Reading, applying, screens and forms all ask these rows; no other table lists kinds. What the steps and their moves
are called is opaque here: correspondence knows no step.

A mail moves a step only when it is understood wholly (see `understanding`); the phrases here suggest bad news to
people where it is not. No phrase suggests good news.
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
    board, with the extracted fields and {brand_count} filled in. What is `on_the_way` to the word of another
    mail contradicts none that comes later.
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
    teachable: bool = False
    on_the_way: bool = False
    rules: tuple[Rule, ...] = ()

    def move_at(self, step_key: str) -> StepMove | None:
        """What such a mail stands for, when `step_key` is the step that it is known to concern (or empty)."""
        return next((each for each in self.moves if each.step_key == step_key), next(iter(self.moves), None))


# The order of the rows is the order in which their phrases are tried.
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
        teachable=True,
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
        teachable=True,
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
                    "onaylanamamıştır",
                    "onaylanamadı",
                    "başvurunuz iptal edil*",
                    "başvurunuz * iptal edil*",
                    "olumlu sonuçlanama*",
                    "olumlu sonuçlanmamıştır",
                    "olumlu değerlendirileme*",
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
        teachable=True,
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
    ),
    KindSpec(
        Kind.PAYMENT_RECEIVED,
        "Ödeme alındı",
        moves=(StepMove("package_contract", "payment_received"),),
        teachable=True,
    ),
    KindSpec(
        Kind.OFFER,
        "Teklif",
        extracts=("view_url", "pay_url"),
        moves=(StepMove("package_contract", "offer"),),
        teachable=True,
        on_the_way=True,
    ),
    KindSpec(
        Kind.ASSIGNMENT_CONFIRMED,
        "Atama tamamlandı",
        extracts=("partner_name",),
        moves=(StepMove("partner_assignment", "confirm"),),
        teachable=True,
    ),
    KindSpec(
        Kind.APPROVED,
        "Onaylandı, kodlar geldi",
        extracts=("application_number", "trade_name", "iys_code", "brands"),
        needs="iys_code",
        needs_example="“İYS Numaranız: 123456” gibi bir kod",
        moves=(StepMove("status_query", "approve"),),
        detail="İYS Numaranız: {iys_code} · {brand_count} marka",
        teachable=True,
    ),
    KindSpec(
        Kind.CONTINUE_LINK,
        "Devam bağlantısı",
        extracts=("continue_url",),
        needs="continue_url",
        needs_example="bir bağlantı",
        moves=(StepMove("status_query", "continue_link"),),
        teachable=True,
        on_the_way=True,
    ),
    KindSpec(
        Kind.RECEIVED,
        "Başvuru alındı",
        extracts=("application_number",),
        needs="application_number",
        needs_example="“MX3ZB5JA no'lu başvuru” gibi bir başvuru numarası",
        moves=(StepMove("status_query", "received"),),
        detail="Ön başvuru numaranız: {application_number} (bu numara İYSKod değildir)",
        teachable=True,
        on_the_way=True,
    ),
    KindSpec(
        Kind.AUTO_REPLY,
        "Otomatik yanıt",
        filed_because="Otomatik yanıt: hiçbir adımı değiştirmez.",
        teachable=True,
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
    """For a column: as whose claim staff may teach a sentence. Its name stands in the first migration."""
    return [(kind.value, KINDS[kind].label) for kind in Kind if KINDS[kind].teachable]
