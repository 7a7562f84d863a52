"""Step 1, İYS Ön Başvuru (guide, "1. Adım"): the manual channel, with and without a MERSİS number."""

from onboarding.machine import Party, Role, State, move, step

COMPANY, STAFF, SYSTEM = Party.COMPANY, Party.STAFF, Party.SYSTEM


class PreApplication(State):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    SENDING = "sending"
    SEND_FAILED = "send_failed"
    SENT = "sent"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


S = PreApplication

PRE_APPLICATION = step(
    1,
    "pre_application",
    "Ön başvuru",
    initial=S.DRAFT,
    turns={
        S.DRAFT: COMPANY,
        S.SUBMITTED: STAFF,
        S.CHANGES_ASKED: COMPANY,
        S.SENDING: SYSTEM,
        S.SEND_FAILED: STAFF,
    },
    done=S.SENT,
    stopped=(S.REJECTED,),
    withdrawn=S.WITHDRAWN,
    labels={
        S.DRAFT: "Başvurunuz taslak hâlinde",
        S.SUBMITTED: "Başvurunuz inceleniyor",
        S.CHANGES_ASKED: "Düzeltmeniz istendi",
        S.SENDING: "İYS'ye gönderiliyor",
        S.SEND_FAILED: "Gönderilemedi, destek ekibi ilgileniyor",
        S.SENT: "İYS'ye gönderildi",
        S.REJECTED: "Başvuru reddedildi",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    moves=(
        move("submit", "Başvuruyu gönder", (S.DRAFT, S.CHANGES_ASKED), S.SUBMITTED, COMPANY, role=Role.OWNER),
        move("ask_changes", "Düzeltme iste", S.SUBMITTED, S.CHANGES_ASKED, STAFF, reason_required=True),
        move(
            "approve",
            "Onayla ve İYS'ye gönder",
            S.SUBMITTED,
            S.SENDING,
            STAFF,
            letters=("pre_application_to_iys",),
        ),
        move("letter_sent", "İYS'ye iletildi", S.SENDING, S.SENT, SYSTEM),
        move("letter_failed", "İYS'ye iletilemedi", S.SENDING, S.SEND_FAILED, SYSTEM, reason_required=True),
        move(
            "send_again",
            "Yeniden gönder",
            S.SEND_FAILED,
            S.SENDING,
            STAFF,
            letters=("pre_application_to_iys",),
        ),
        move(
            "return_failed",
            "Firmaya geri gönder",
            S.SEND_FAILED,
            S.CHANGES_ASKED,
            STAFF,
            reason_required=True,
        ),
        move(
            "reject",
            "Reddet",
            S.SUBMITTED,
            S.REJECTED,
            STAFF,
            reason_required=True,
            letters=("rejected_to_company",),
        ),
    ),
)
