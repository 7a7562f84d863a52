"""Letters that tell a person what happened to the account, to every address that is or was its own."""

from collections.abc import Iterable, Mapping
from enum import Enum

from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils import timezone

from accounts import hosts
from accounts.visitors import browser_of, rough_address
from correspondence.outgoing import outbox
from tenancy.models import User


class Notice(Enum):
    """The subject, and what happened."""

    PASSWORD_CHANGED = "Şifreniz değiştirildi", "Hesabınızın şifresi değiştirildi. Diğer oturumlarınız kapatıldı."
    PASSWORD_RESET = (
        "Şifreniz yenilendi",
        "Hesabınızın şifresi, e-postanıza gönderilen bağlantıyla yenilendi. Açık olan bütün oturumlar kapatıldı.",
    )
    EMAIL_ADDED = "Hesabınıza e-posta adresi eklendi", "Hesabınıza yeni bir e-posta adresi eklendi."
    EMAIL_REMOVED = "Hesabınızdan e-posta adresi çıkarıldı", "Hesabınızdan bir e-posta adresi çıkarıldı."
    EMAIL_CHANGED = "Hesabınızın e-posta adresi değişti", "Hesabınızın birinci e-posta adresi değiştirildi."
    FACTOR_ADDED = (
        "Hesabınıza ikinci adım eklendi",
        "Hesabınıza girişte kullanılan bir doğrulama yöntemi eklendi. Diğer oturumlarınız kapatıldı.",
    )
    FACTOR_REMOVED = (
        "Hesabınızdan ikinci adım kaldırıldı",
        "Hesabınıza girişte kullanılan bir doğrulama yöntemi kaldırıldı. Diğer oturumlarınız kapatıldı.",
    )
    FACTOR_RESET = (
        "İkinci adımınız sıfırlandı",
        "Portalı işletenler hesabınızın bütün doğrulama yöntemlerini kaldırdı; oturumlarınız kapatıldı.",
    )
    CODES_MADE = (
        "Yeni kurtarma kodlarınız",
        "Hesabınız için yeni kurtarma kodları üretildi; eskileri artık geçmez.",
    )
    CODE_USED = "Bir kurtarma kodunuz kullanıldı", "Hesabınıza girişte kurtarma kodlarınızdan biri kullanıldı."
    NEW_DEVICE = "Hesabınıza yeni bir tarayıcıdan giriş yapıldı", "Hesabınıza yeni bir tarayıcıdan giriş yapıldı."

    @property
    def subject(self) -> str:
        return self.value[0]

    @property
    def what(self) -> str:
        return self.value[1]


# The notices of django-allauth, by the names of the letters that it would send.
OF_ALLAUTH: Mapping[str, Notice] = {
    "account/email/password_changed": Notice.PASSWORD_CHANGED,
    "account/email/password_set": Notice.PASSWORD_CHANGED,
    "account/email/password_reset": Notice.PASSWORD_RESET,
    "account/email/email_changed": Notice.EMAIL_CHANGED,
    "account/email/email_deleted": Notice.EMAIL_REMOVED,
    "mfa/email/totp_activated": Notice.FACTOR_ADDED,
    "mfa/email/totp_deactivated": Notice.FACTOR_REMOVED,
    "mfa/email/webauthn_added": Notice.FACTOR_ADDED,
    "mfa/email/webauthn_removed": Notice.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": Notice.CODES_MADE,
}


def tell(user: User, notice: Notice, request: HttpRequest | None, *, also: Iterable[str] = ()) -> None:
    """`also` are addresses that the account had until now, or has from now on."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    partner = hosts.partner_of(user, request)
    body = outbox.render(
        template="account_notice",
        context={
            "notice": notice,
            "partner": partner,
            "user": user,
            "at": timezone.now(),
            "browser": browser_of(request.META.get("HTTP_USER_AGENT", "")) if request is not None else "",
            "place": rough_address(request.META.get("REMOTE_ADDR", "")) if request is not None else "",
        },
    )
    for address in dict.fromkeys(each.lower() for each in (user.email, *verified, *also) if each):
        outbox.post_account(to=address, from_name=hosts.name_of(partner), body=body)
