"""Step 1, İYS Ön Başvuru (guide, "1. Adım"), by one of three channels.

Manual: form and papers. Online: the guide's five sub-steps, then brands and statistics. Already applied:
evidence of what was done at İYS's own site. Until it is submitted the channel may be changed; what was
typed stays.
"""

from journal.parties import Party
from onboarding.machine import State, letter_moves, move, step
from tenancy.roles import Role

COMPANY, STAFF, SYSTEM = Party.COMPANY, Party.STAFF, Party.SYSTEM


class PreApplication(State):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"

    EMAIL_CODE = "email_code"
    QUERY = "query"
    FORM = "form"
    SIGNING = "signing"
    REVIEWING = "reviewing"
    RETURNED = "returned"
    INFO_ENTRY = "info_entry"
    FINAL_REVIEW = "final_review"

    EVIDENCE = "evidence"
    EVIDENCE_REVIEW = "evidence_review"
    ACCEPTED = "accepted"

    SENDING = "sending"
    SEND_FAILED = "send_failed"
    SENT = "sent"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


S = PreApplication
ONLINE_ENTRY = (S.EMAIL_CODE, S.QUERY, S.FORM, S.SIGNING)

PRE_APPLICATION = step(
    1,
    "pre_application",
    "Ön başvuru",
    initial=S.DRAFT,
    turns={
        S.DRAFT: COMPANY,
        S.SUBMITTED: STAFF,
        S.CHANGES_ASKED: COMPANY,
        S.EMAIL_CODE: COMPANY,
        S.QUERY: COMPANY,
        S.FORM: COMPANY,
        S.SIGNING: COMPANY,
        S.REVIEWING: STAFF,
        S.RETURNED: COMPANY,
        S.INFO_ENTRY: COMPANY,
        S.FINAL_REVIEW: STAFF,
        S.EVIDENCE: COMPANY,
        S.EVIDENCE_REVIEW: STAFF,
        S.SENDING: SYSTEM,
        S.SEND_FAILED: STAFF,
    },
    done=(S.SENT, S.ACCEPTED),
    stopped=(S.REJECTED,),
    withdrawn=S.WITHDRAWN,
    labels={
        S.DRAFT: "Başvurunuz taslak hâlinde",
        S.SUBMITTED: "Başvurunuz inceleniyor",
        S.CHANGES_ASKED: "Düzeltmeniz istendi",
        S.EMAIL_CODE: "Kurumsal e-postanızı doğrulayın",
        S.QUERY: "Firmanızı sorgulayın",
        S.FORM: "Ön başvuru formunu tamamlayın",
        S.SIGNING: "Taahhütnameyi e-imzalayıp yükleyin",
        S.REVIEWING: "Ön başvurunuz inceleniyor",
        S.RETURNED: "Ön başvurunuzda düzeltme istendi",
        S.INFO_ENTRY: "Ön başvurunuz onaylandı, bilgi girişine devam edin",
        S.FINAL_REVIEW: "Bilgileriniz son kez inceleniyor",
        S.EVIDENCE: "İYS'ye yaptığınız başvuruyu bildirin",
        S.EVIDENCE_REVIEW: "Bildirdiğiniz başvuru inceleniyor",
        S.ACCEPTED: "İYS'ye daha önce başvurulmuş",
        S.SENDING: "İYS'ye gönderiliyor",
        S.SEND_FAILED: "Gönderilemedi, destek ekibi ilgileniyor",
        S.SENT: "İYS'ye gönderildi",
        S.REJECTED: "Başvuru reddedildi",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    support_labels={
        S.DRAFT: "Firma başvuruyu hazırlıyor",
        S.SUBMITTED: "Başvuru inceleme bekliyor",
        S.CHANGES_ASKED: "Firmadan düzeltme bekleniyor",
        S.EMAIL_CODE: "Firma kurumsal e-postasını doğrulayacak",
        S.QUERY: "Firma kaydını sorgulayacak",
        S.FORM: "Firma formu dolduruyor",
        S.SIGNING: "Firma taahhütnameyi e-imzalayacak",
        S.REVIEWING: "Çevrim içi ön başvuru inceleme bekliyor",
        S.RETURNED: "Çevrim içi ön başvuruda düzeltme bekleniyor",
        S.INFO_ENTRY: "Firma marka ve bilgilerini giriyor",
        S.FINAL_REVIEW: "Çevrim içi başvuru son incelemeyi bekliyor",
        S.EVIDENCE: "Firma İYS'ye yaptığı başvuruyu bildirecek",
        S.EVIDENCE_REVIEW: "Bildirilen başvuru inceleme bekliyor",
        S.ACCEPTED: "İYS'ye daha önce başvurulmuş",
        S.SENDING: "Başvuru mektubu İYS'ye gidiyor",
        S.SEND_FAILED: "Başvuru mektubu gönderilemedi",
        S.SENT: "Başvuru İYS'ye gönderildi",
        S.REJECTED: "Başvuru reddedildi",
        S.WITHDRAWN: "Firma başvuruyu geri çekti",
    },
    moves=(
        # The channel, changed at will until something was submitted.
        move("go_manual", "Manuel başvuru", (*ONLINE_ENTRY, S.EVIDENCE), S.DRAFT, COMPANY),
        move("go_online", "Çevrim içi başvuru", (S.DRAFT, S.EVIDENCE), S.EMAIL_CODE, COMPANY),
        move("go_applied", "İYS'ye zaten başvurdum", (S.DRAFT, *ONLINE_ENTRY), S.EVIDENCE, COMPANY),
        # Manual.
        move(
            "submit",
            "Başvuruyu gönder",
            (S.DRAFT, S.CHANGES_ASKED),
            S.SUBMITTED,
            COMPANY,
            role=Role.OWNER,
            letters=("submission_received",),
        ),
        move("ask_changes", "Düzeltme iste", S.SUBMITTED, S.CHANGES_ASKED, STAFF, reason_required=True),
        # Online: e-mail, query, form, signature; review; brands and statistics; a last look.
        move("verify_email", "E-posta doğrulandı", S.EMAIL_CODE, S.QUERY, COMPANY),
        move("query", "Firma sorgulandı", S.QUERY, S.FORM, COMPANY),
        move("query_again", "Başka numarayla sorgula", S.FORM, S.QUERY, COMPANY),
        move("fill", "Ön başvuru formu tamamlandı", S.FORM, S.SIGNING, COMPANY),
        move("edit_form", "Bilgileri düzelt", S.SIGNING, S.FORM, COMPANY),
        move(
            "submit_online",
            "Ön başvuruyu gönder",
            (S.SIGNING, S.RETURNED),
            S.REVIEWING,
            COMPANY,
            role=Role.OWNER,
            letters=("pre_application_received",),
        ),
        move("return_online", "Düzeltme iste", S.REVIEWING, S.RETURNED, STAFF, reason_required=True),
        move(
            "approve_online",
            "Ön başvuruyu onayla",
            S.REVIEWING,
            S.INFO_ENTRY,
            STAFF,
            letters=("continue_application",),
        ),
        move(
            "complete",
            "Başvuruyu tamamla",
            S.INFO_ENTRY,
            S.FINAL_REVIEW,
            COMPANY,
            role=Role.OWNER,
            letters=("submission_received",),
        ),
        move("return_info", "Bilgileri düzelttir", S.FINAL_REVIEW, S.INFO_ENTRY, STAFF, reason_required=True),
        # Already applied at İYS's own site.
        move(
            "give_evidence",
            "İncelemeye gönder",
            S.EVIDENCE,
            S.EVIDENCE_REVIEW,
            COMPANY,
            role=Role.OWNER,
            letters=("submission_received",),
        ),
        move(
            "return_evidence",
            "Eksik, firmaya geri gönder",
            S.EVIDENCE_REVIEW,
            S.EVIDENCE,
            STAFF,
            reason_required=True,
        ),
        move("accept_evidence", "Bildirimi kabul et", S.EVIDENCE_REVIEW, S.ACCEPTED, STAFF),
        # To İYS.
        move(
            "approve",
            "Onayla ve İYS'ye gönder",
            (S.SUBMITTED, S.FINAL_REVIEW),
            S.SENDING,
            STAFF,
            letters=("pre_application_to_iys",),
        ),
        *letter_moves(S.SENDING, sent=S.SENT, failed=S.SEND_FAILED),
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
            (S.SUBMITTED, S.REVIEWING, S.FINAL_REVIEW),
            S.REJECTED,
            STAFF,
            reason_required=True,
            letters=("rejected_to_company",),
        ),
    ),
)
