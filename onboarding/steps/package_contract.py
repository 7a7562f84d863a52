"""Step 4, İLETİ paketi sözleşmesi (guide, "4. Adım"): request, offer, contract, payment."""

from journal.parties import Party
from onboarding.machine import State, letter_moves, move, step
from tenancy.roles import Role

COMPANY, STAFF, IYS, SYSTEM = Party.COMPANY, Party.STAFF, Party.IYS, Party.SYSTEM


class PackageContract(State):
    CHOOSING = "choosing"
    SENDING = "sending"
    SEND_FAILED = "send_failed"
    OWN_MAIL = "own_mail"
    REQUESTED = "requested"
    OFFERED = "offered"
    OFFER_EXPIRED = "offer_expired"
    ACCEPTED = "accepted"
    PAID_CLAIMED = "paid_claimed"
    PAYMENT_FAILED = "payment_failed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


S = PackageContract
BEFORE_OFFER = (S.SENDING, S.SEND_FAILED, S.OWN_MAIL, S.REQUESTED)
UNPAID = (S.OFFERED, S.ACCEPTED, S.OFFER_EXPIRED, S.PAYMENT_FAILED)

PACKAGE_CONTRACT = step(
    4,
    "package_contract",
    "İleti paketi sözleşmesi",
    initial=S.CHOOSING,
    turns={
        S.CHOOSING: COMPANY,
        S.SENDING: SYSTEM,
        S.SEND_FAILED: STAFF,
        S.OWN_MAIL: COMPANY,
        S.REQUESTED: IYS,
        S.OFFERED: COMPANY,
        S.OFFER_EXPIRED: COMPANY,
        S.ACCEPTED: COMPANY,
        S.PAID_CLAIMED: STAFF,
        S.PAYMENT_FAILED: COMPANY,
    },
    done=S.CONFIRMED,
    stopped=(),
    withdrawn=S.WITHDRAWN,
    labels={
        S.CHOOSING: "Paketinizi seçin",
        S.SENDING: "Teklif isteğiniz gönderiliyor",
        S.SEND_FAILED: "Gönderilemedi, destek ekibi ilgileniyor",
        S.OWN_MAIL: "Teklif isteğini kendi e-postanızdan gönderin",
        S.REQUESTED: "İYS'nin teklifi bekleniyor",
        S.OFFERED: "İYS'nin teklifi geldi",
        S.OFFER_EXPIRED: "Teklifin süresi doldu",
        S.ACCEPTED: "Sözleşme onaylandı, ödemeniz bekleniyor",
        S.PAID_CLAIMED: "Ödemeniz doğrulanıyor",
        S.PAYMENT_FAILED: "Ödemeniz doğrulanamadı",
        S.CONFIRMED: "Paketiniz tanımlandı",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    support_labels={
        S.CHOOSING: "Firma paketini seçecek",
        S.SENDING: "Teklif isteği İYS'ye gidiyor",
        S.SEND_FAILED: "Teklif isteği gönderilemedi",
        S.OWN_MAIL: "Firma teklifi kendi e-postasından isteyecek",
        S.REQUESTED: "İYS'nin teklifi bekleniyor",
        S.OFFERED: "Teklif geldi, firmanın onayı bekleniyor",
        S.OFFER_EXPIRED: "Teklifin süresi doldu",
        S.ACCEPTED: "Sözleşme onaylandı, firmanın ödemesi bekleniyor",
        S.PAID_CLAIMED: "Firma ödedim dedi, doğrulama bekliyor",
        S.PAYMENT_FAILED: "Ödeme alınamadı ya da görülemedi, firma bakacak",
        S.CONFIRMED: "Paket tanımlandı",
        S.WITHDRAWN: "Firma başvuruyu geri çekti",
    },
    moves=(
        move(
            "request",
            "Teklif iste",
            S.CHOOSING,
            S.SENDING,
            COMPANY,
            role=Role.OWNER,
            letters=("package_request_to_iys",),
        ),
        *letter_moves(S.SENDING, sent=S.REQUESTED, failed=S.SEND_FAILED),
        move(
            "send_again",
            "Yeniden gönder",
            S.SEND_FAILED,
            S.SENDING,
            STAFF,
            letters=("package_request_to_iys",),
        ),
        move(
            "request_by_account",
            "Teklifi kurumsal hesabımdan iste",
            S.CHOOSING,
            S.SENDING,
            COMPANY,
            role=Role.OWNER,
            letters=("package_request_by_account",),
        ),
        move(
            "own_account_failed",
            "Kurumsal hesabınızdan gönderilemedi",
            S.SENDING,
            S.CHOOSING,
            SYSTEM,
            reason_required=True,
        ),
        move(
            "use_own_mail",
            "Kendi e-postamdan göndereceğim",
            S.CHOOSING,
            S.OWN_MAIL,
            COMPANY,
            role=Role.OWNER,
        ),
        # Who applied at İYS's own site may have its package already, and must not be made to buy it twice.
        move("has_package", "Paketi zaten var", S.CHOOSING, S.CONFIRMED, STAFF, reason_required=True),
        move("request_seen", "Firma isteği gönderdi", S.OWN_MAIL, S.REQUESTED, COMPANY, STAFF),
        move("choose_again", "Seçimi değiştir", (S.OWN_MAIL, S.REQUESTED, *UNPAID), S.CHOOSING, COMPANY),
        move("offer", "İYS teklif gönderdi", (*BEFORE_OFFER, *UNPAID), S.OFFERED, IYS),
        move("expire", "Teklifin süresi doldu", (S.OFFERED, S.ACCEPTED), S.OFFER_EXPIRED, IYS, STAFF),
        move("accept", "Okudum ve onaylıyorum", S.OFFERED, S.ACCEPTED, COMPANY, role=Role.OWNER),
        move("claim_payment", "Ödemeyi yaptım", (S.ACCEPTED, S.PAYMENT_FAILED), S.PAID_CLAIMED, COMPANY),
        move("unclaim_payment", "Ödeme bildirimini geri al", S.PAID_CLAIMED, S.ACCEPTED, COMPANY),
        move(
            "payment_failed",
            "Ödeme alınamadı",
            (S.ACCEPTED, S.PAID_CLAIMED),
            S.PAYMENT_FAILED,
            IYS,
            STAFF,
            reason_required=True,
        ),
        move("confirm", "Ödemeyi doğrula", S.PAID_CLAIMED, S.CONFIRMED, STAFF),
        move(
            "payment_received",
            "İYS ödemeyi aldı",
            (S.ACCEPTED, S.PAID_CLAIMED, S.PAYMENT_FAILED),
            S.CONFIRMED,
            IYS,
        ),
    ),
)
