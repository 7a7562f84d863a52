"""A company's own mail account: set up, tried with a mail to itself, taken away.

It may send only once a test went through with the settings and for the corporate address of now.
"""

import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from correspondence.models.sending import AccountState, Security, SendingAccount
from correspondence.outgoing import control
from correspondence.outgoing.outbox import render
from correspondence.outgoing.smtp import PORTS_OF_ACCOUNTS, Connection, Route
from fetcher.places import ForbiddenHost
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from tenancy.models import Company, User


class NoCorporateAddress(Exception):
    """The company has no corporate address for an account to stand behind."""


def set_up(
    *, company: Company, host: str, port: int, security: str, user_name: str, password: str, by: User
) -> SendingAccount:
    """Keeps the settings and asks for a test; an empty `password` keeps the one before."""
    if not company.corporate_email:
        raise NoCorporateAddress
    with transaction.atomic():
        account = SendingAccount.objects.filter(company=company).first() or SendingAccount(company=company)
        account.email = company.corporate_email
        account.host, account.port, account.security = host, port, security
        account.user_name, account.password = user_name, password or account.password
        _begin(account)
        _journal(account, f"{account.email} için gönderim hesabı kaydedildi ({host}:{port})", by)
    return account


def ask_again(*, account: SendingAccount) -> None:
    """Asks for another test of the same settings."""
    if account.state != AccountState.OFF and account.password:
        account.email = account.company.corporate_email
        _begin(account)


def _begin(account: SendingAccount) -> None:
    account.state, account.answer = AccountState.TESTING, ""
    account.asked_at, account.tested_at = timezone.now(), None
    account.save()


def take_away(*, account: SendingAccount, by: User) -> None:
    """Forgets the password; letters that still wait for the account come back to the company."""
    with transaction.atomic():
        account.state, account.password, account.answer = AccountState.OFF, "", ""
        account.save()
        _journal(account, f"{account.email} için gönderim hesabı kaldırıldı", by)


def test(*, account: SendingAccount) -> None:
    """Signs in and mails the account itself; writes down in words what came of it. Each asking is tried once."""
    asked = SendingAccount.objects.filter(pk=account.pk, state=AccountState.TESTING, tested_at=None)
    if not asked.update(tested_at=timezone.now()):
        return
    account.refresh_from_db()
    trouble = (
        "Bütün gönderim şu anda durdurulmuş; sonra yeniden deneyin." if control.all_held(account.company) else ""
    )
    trouble = trouble or _try(account)
    state = AccountState.REFUSED if trouble else AccountState.READY
    with transaction.atomic():
        # Settings that were changed meanwhile wait for a test of their own.
        same = SendingAccount.objects.filter(
            pk=account.pk, state=AccountState.TESTING, tested_at=account.tested_at, asked_at=account.asked_at
        )
        if same.update(state=state, answer=trouble[:500], tested_at=timezone.now()):
            _journal(account, f"{account.email}: deneme {'başarısız' if trouble else 'başarılı'}", None)


def _try(account: SendingAccount) -> str:
    """What went wrong, as a sentence; empty when the mail was accepted."""
    connection = Connection(Route.of_account(account))
    try:
        connection.hand_over(sender=account.email, needed=[account.email], also=[], content=_test_mail(account))
    except (OSError, smtplib.SMTPException) as error:
        return explained(error, account)
    finally:
        connection.close()
    return ""


def _test_mail(account: SendingAccount) -> bytes:
    body = render(
        template="account_test", context={"company": account.company, "partner": account.company.partner}
    )
    mail = EmailMessage()
    mail["From"] = mail["To"] = account.email
    mail["Subject"], mail["Date"] = body.subject, formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain=settings.TRACKING_DOMAIN)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body.text)
    mail.add_alternative(body.html, subtype="html")
    return mail.as_bytes(policy=SMTP.clone(cte_type="7bit"))


def explained(error: Exception, account: SendingAccount) -> str:
    """The trouble in words that say how to mend it."""
    place = f"{account.host}:{account.port}"
    if isinstance(error, ForbiddenHost):
        return _forbidden(place)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            "Kullanıcı adı ya da parola kabul edilmedi. İki adımlı doğrulama açıksa e-posta sağlayıcınızdan bir "
            "“uygulama parolası” almanız gerekir; kimi kurumlarda SMTP ile giriş yönetici tarafından açılır."
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{account.host} sunucusunun sertifikasına güvenilemiyor; sunucu adını denetleyin."
    if isinstance(error, ssl.SSLError):
        return f"{place} seçtiğiniz güvenlik türünü konuşmuyor. 587 ile STARTTLS, 465 ile SSL/TLS seçmeyi deneyin."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{place} bu güvenlik türünü ya da parola ile girişi desteklemiyor."
    if isinstance(error, socket.gaierror):
        return f"{account.host} adında bir sunucu bulunamadı; adı denetleyin."
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return f"Sunucu {account.email} adresinden gönderilmesini kabul etmedi; hesap bu adresin olmalı."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"{place} bağlantıyı kapattı. 465 için SSL/TLS, 587 için STARTTLS seçmeyi deneyin."
    return f"{place} adresine ulaşılamadı. Sunucu adını ve portu denetleyin."


def _forbidden(place: str) -> str:
    if settings.MAIL_MODE == "sandbox":
        return f"{place}: deneme kipinde yalnızca bu makinedeki posta sunucusu (127.0.0.1) kullanılabilir."
    ports = ", ".join(map(str, sorted(PORTS_OF_ACCOUNTS)))
    return f"{place}: yalnızca internetten ulaşılan bir posta sunucusu ve {ports} portları kullanılabilir."


def _journal(account: SendingAccount, text: str, by: User | None) -> None:
    write(
        company=account.company,
        event=Event.SENDING_ACCOUNT,
        text=text,
        party=Party.COMPANY if by else Party.SYSTEM,
        actor=by,
    )


def securities() -> list[Security]:
    """Without encryption only in sandbox mode, where nothing leaves the machine."""
    return [each for each in Security if each is not Security.NONE or settings.MAIL_MODE == "sandbox"]
