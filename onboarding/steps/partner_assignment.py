"""Step 5, iş ortağı ataması (guide, "5. Adım"): by form and letter, or in İYS's own panel."""

from journal.parties import Party
from onboarding.machine import State, letter_moves, move, step
from tenancy.roles import Role

COMPANY, STAFF, IYS, SYSTEM = Party.COMPANY, Party.STAFF, Party.IYS, Party.SYSTEM


class PartnerAssignment(State):
    PREPARING = "preparing"
    FORM_REVIEW = "form_review"
    SENDING = "sending"
    SEND_FAILED = "send_failed"
    SENT = "sent"
    REFUSED = "refused"
    PANEL = "panel"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


S = PartnerAssignment

PARTNER_ASSIGNMENT = step(
    5,
    "partner_assignment",
    "İş ortağı ataması",
    initial=S.PREPARING,
    turns={
        S.PREPARING: COMPANY,
        S.FORM_REVIEW: STAFF,
        S.SENDING: SYSTEM,
        S.SEND_FAILED: STAFF,
        S.SENT: IYS,
        S.REFUSED: COMPANY,
        S.PANEL: COMPANY,
        S.CLAIMED: STAFF,
    },
    done=S.CONFIRMED,
    stopped=(),
    withdrawn=S.WITHDRAWN,
    labels={
        S.PREPARING: "Atama formunu hazırlayın",
        S.FORM_REVIEW: "Atama formunuz inceleniyor",
        S.SENDING: "Atama formu İYS'ye gönderiliyor",
        S.SEND_FAILED: "Gönderilemedi, destek ekibi ilgileniyor",
        S.SENT: "İYS'nin yanıtı bekleniyor",
        S.REFUSED: "İYS atamayı kabul etmedi",
        S.PANEL: "Atamayı İYS panelinden yapın",
        S.CLAIMED: "Atamanız doğrulanıyor",
        S.CONFIRMED: "İş ortağı atandı",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    support_labels={
        S.PREPARING: "Firma atama formunu hazırlıyor",
        S.FORM_REVIEW: "Atama formu inceleme bekliyor",
        S.SENDING: "Atama formu İYS'ye gidiyor",
        S.SEND_FAILED: "Atama formu gönderilemedi",
        S.SENT: "İYS'nin atamaya yanıtı bekleniyor",
        S.REFUSED: "İYS atamayı kabul etmedi",
        S.PANEL: "Firma atamayı İYS panelinden yapacak",
        S.CLAIMED: "Firma atadım dedi, doğrulama bekliyor",
        S.CONFIRMED: "İş ortağı atandı",
        S.WITHDRAWN: "Firma başvuruyu geri çekti",
    },
    moves=(
        move(
            "submit",
            "Formu gönder",
            S.PREPARING,
            S.FORM_REVIEW,
            COMPANY,
            role=Role.OWNER,
            letters=("later_submission_received",),
        ),
        move("return_form", "Formu geri gönder", S.FORM_REVIEW, S.PREPARING, STAFF, reason_required=True),
        move(
            "approve",
            "Onayla ve İYS'ye gönder",
            S.FORM_REVIEW,
            S.SENDING,
            STAFF,
            letters=("assignment_to_iys",),
        ),
        *letter_moves(S.SENDING, sent=S.SENT, failed=S.SEND_FAILED),
        move("send_again", "Yeniden gönder", S.SEND_FAILED, S.SENDING, STAFF, letters=("assignment_to_iys",)),
        # Whoever appointed the partner in İYS's panel may not have said so here.
        move(
            "confirm",
            "İYS atamayı onayladı",
            (S.PREPARING, S.FORM_REVIEW, S.SENT, S.PANEL, S.CLAIMED),
            S.CONFIRMED,
            IYS,
        ),
        move("refuse", "İYS atamayı reddetti", S.SENT, S.REFUSED, IYS, reason_required=True),
        move("retry", "Formu yeniden hazırla", S.REFUSED, S.PREPARING, COMPANY),
        move("use_panel", "İYS panelinden yapacağım", (S.PREPARING, S.REFUSED), S.PANEL, COMPANY),
        move("use_form", "Formla yapacağım", S.PANEL, S.PREPARING, COMPANY),
        move("claim", "Atamayı panelden yaptım", S.PANEL, S.CLAIMED, COMPANY),
        move("unclaim", "Atama bildirimini geri al", S.CLAIMED, S.PANEL, COMPANY),
        move("deny_claim", "Atama görünmüyor", S.CLAIMED, S.PANEL, STAFF, reason_required=True),
        move("confirm_claim", "Atamayı doğruladım", S.CLAIMED, S.CONFIRMED, STAFF),
    ),
)
