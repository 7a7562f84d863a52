"""Step 2, Başvuru Durumu Sorgulama (guide, "2. Adım"): İYS has the application and answers.

Step 1 stays done while İYS's corrections are made here.
"""

from journal.parties import Party
from onboarding.machine import State, letter_moves, move, step
from tenancy.roles import Role

COMPANY, STAFF, IYS, SYSTEM = Party.COMPANY, Party.STAFF, Party.IYS, Party.SYSTEM


class StatusQuery(State):
    WAITING = "waiting"
    RECEIVED = "received"
    CHANGES_ASKED = "changes_asked"
    CORRECTING = "correcting"
    RE_REVIEW = "re_review"
    RESENDING = "resending"
    RESENT = "resent"
    CONTINUE_LINK = "continue_link"
    REFUSED = "refused"
    APPLY_AGAIN = "apply_again"
    APPROVED = "approved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


S = StatusQuery
AT_IYS = (S.WAITING, S.RECEIVED, S.RESENT)
ANSWERABLE = (*AT_IYS, S.CHANGES_ASKED, S.CORRECTING, S.RE_REVIEW, S.CONTINUE_LINK)

STATUS_QUERY = step(
    2,
    "status_query",
    "Başvuru durumu",
    initial=S.WAITING,
    turns={
        S.WAITING: IYS,
        S.RECEIVED: IYS,
        S.CHANGES_ASKED: STAFF,
        S.CORRECTING: COMPANY,
        S.RE_REVIEW: STAFF,
        S.RESENDING: SYSTEM,
        S.RESENT: IYS,
        S.CONTINUE_LINK: COMPANY,
        S.REFUSED: STAFF,
        S.APPLY_AGAIN: COMPANY,
    },
    done=S.APPROVED,
    stopped=(S.CLOSED,),
    withdrawn=S.WITHDRAWN,
    labels={
        S.WAITING: "İYS'nin yanıtı bekleniyor",
        S.RECEIVED: "İYS başvurunuzu aldı, inceliyor",
        S.CHANGES_ASKED: "İYS düzeltme istedi, destek ekibi hazırlıyor",
        S.CORRECTING: "İYS düzeltme istedi",
        S.RE_REVIEW: "Düzeltmeniz inceleniyor",
        S.RESENDING: "Düzeltme İYS'ye gönderiliyor",
        S.RESENT: "Düzeltme İYS'ye gönderildi",
        S.CONTINUE_LINK: "İYS kendi sitesinde devam etmenizi istedi",
        S.REFUSED: "İYS başvuruyu reddetti, destek ekibi ilgileniyor",
        S.APPLY_AGAIN: "Yeniden başvurabilirsiniz",
        S.APPROVED: "İYS başvurunuzu onayladı",
        S.CLOSED: "Bu başvuru kapandı",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    support_labels={
        S.WAITING: "İYS'nin ilk yanıtı bekleniyor",
        S.RECEIVED: "İYS başvuruyu inceliyor",
        S.CHANGES_ASKED: "İYS düzeltme istedi, firmaya iletilecek",
        S.CORRECTING: "Firmadan İYS'nin istediği düzeltme bekleniyor",
        S.RE_REVIEW: "Firmanın düzeltmesi inceleme bekliyor",
        S.RESENDING: "Düzeltme mektubu İYS'ye gidiyor",
        S.RESENT: "İYS'nin düzeltmeye yanıtı bekleniyor",
        S.CONTINUE_LINK: "Firma İYS'nin sitesinde devam edecek",
        S.REFUSED: "İYS başvuruyu reddetti, ne yapılacağına karar verilecek",
        S.APPLY_AGAIN: "Firma yeniden başvurabilir",
        S.APPROVED: "İYS başvuruyu onayladı",
        S.CLOSED: "Başvuru kapandı",
        S.WITHDRAWN: "Firma başvuruyu geri çekti",
    },
    moves=(
        move("received", "İYS başvuruyu aldı", AT_IYS, S.RECEIVED, IYS),
        move("ask_changes", "İYS düzeltme istedi", AT_IYS, S.CHANGES_ASKED, IYS, reason_required=True),
        move(
            "open_correction",
            "Firmaya ilet",
            S.CHANGES_ASKED,
            S.CORRECTING,
            STAFF,
            reason_required=True,
        ),
        # Who applied at İYS's own site has its dossier there, not here.
        move(
            "correct_at_iys",
            "İYS'nin sitesinde düzelttir",
            S.CHANGES_ASKED,
            S.CONTINUE_LINK,
            STAFF,
            reason_required=True,
        ),
        move(
            "correct",
            "Düzeltmeyi gönder",
            S.CORRECTING,
            S.RE_REVIEW,
            COMPANY,
            role=Role.OWNER,
            letters=("later_submission_received",),
        ),
        move("return_correction", "Yeniden düzelttir", S.RE_REVIEW, S.CORRECTING, STAFF, reason_required=True),
        move(
            "send_correction",
            "Düzeltmeyi İYS'ye gönder",
            S.RE_REVIEW,
            S.RESENDING,
            STAFF,
            letters=("correction_to_iys",),
        ),
        *letter_moves(S.RESENDING, sent=S.RESENT, failed=S.RE_REVIEW),
        move("continue_link", "İYS devam bağlantısı gönderdi", AT_IYS, S.CONTINUE_LINK, IYS),
        move("continued", "İYS sitesinde tamamladım", S.CONTINUE_LINK, S.RECEIVED, COMPANY),
        move("approve", "İYS onayladı", ANSWERABLE, S.APPROVED, IYS),
        move("refuse", "İYS reddetti", ANSWERABLE, S.REFUSED, IYS, reason_required=True),
        move("offer_again", "Yeniden başvuruya aç", S.REFUSED, S.APPLY_AGAIN, STAFF, reason_required=True),
        move("apply_again", "Yeniden başvur", S.APPLY_AGAIN, S.CLOSED, COMPANY, role=Role.OWNER),
        move("resume_wait", "Ret geçersiz, beklemeye dön", S.REFUSED, S.RECEIVED, STAFF, reason_required=True),
    ),
)
