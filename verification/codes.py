"""Verbs of one-time codes: send one, hold one that was typed against it, ask where things stand."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from correspondence.models import Audience
from correspondence.outgoing import outbox
from identifiers import Refused
from identifiers.digits import bare
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from limits import quotas
from limits.quotas import Quota
from tenancy.models import Company, User
from verification import sms
from verification.models import BY_SMS, OneTimeCode, Purpose
from verification.rules import DIGITS, Next, Rules, Verdict, following, judge


def rules() -> Rules:
    """The numbers of a code, from the settings."""
    return Rules(
        digits=DIGITS,
        lives=timedelta(seconds=settings.CODE_LIFETIME_SECONDS),
        attempts=settings.CODE_ATTEMPTS,
        gap=timedelta(seconds=settings.CODE_RESEND_SECONDS),
        resends=settings.CODE_RESENDS,
    )


def send(
    *,
    company: Company,
    application_id: UUID,
    purpose: Purpose,
    target: str,
    by: User | None,
    address: str | None = None,
    typed_at: str = "",
) -> OneTimeCode:
    """Makes a code and has it sent; every older one of the purpose is void from now on. `typed_at` is the path of
    the page that asks for one that came by mail, which leads there and brings it along (static/js/portal.js).

    Raises Refused, with a Turkish sentence, when another was sent just now or too many were, and for a
    telephone to which the partner sends no SMS.
    """
    if purpose in BY_SMS:
        sms.refuse_foreign(target, company.partner)
    _refuse_too_soon(application_id, purpose, target)
    _count(company, purpose, target, by, address)
    now, known = timezone.now(), rules()
    with transaction.atomic():
        # One code at a time: a double click must not send two.
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        _refuse_too_soon(application_id, purpose, target)
        # Nobody has to type an older one any more.
        older = OneTimeCode.objects.filter(application_id=application_id, purpose=purpose)
        older.exclude(code="").update(code="")
        code = OneTimeCode.objects.create(
            company=company,
            application_id=application_id,
            purpose=purpose,
            target=target,
            code=f"{secrets.randbelow(10**known.digits):0{known.digits}}",
            expires_at=now + known.lives,
        )
        write(
            company=company,
            event=Event.CODE_SENT,
            text=f"{code.get_purpose_display()} için doğrulama kodu gönderildi",
            party=Party.COMPANY,
            actor=by,
            application_id=application_id,
        )
        if purpose == Purpose.EMAIL:
            _post(code, typed_at)
        else:
            transaction.on_commit(sms.notify_worker)
    return code


def _refuse_too_soon(application_id: UUID, purpose: Purpose, target: str) -> None:
    coming = _coming(application_id, purpose)
    if coming.left == 0:
        raise Refused("Çok sayıda kod istendi. Bir saat sonra yeniden deneyin ya da destek ekibine yazın.")
    if coming.at is None:
        return
    seconds = max(_seconds_until(coming), 1)
    last = OneTimeCode.objects.filter(application_id=application_id, purpose=purpose, failure="").first()
    if last is None or last.target == target:
        raise Refused(f"Kod az önce gönderildi. {seconds} saniye sonra yenisini isteyebilirsiniz.")
    there = "numaraya" if purpose in BY_SMS else "adrese"
    raise Refused(f"Önceki kod eski {there} gitti; yeni {there} {seconds} saniye sonra gönderebilirsiniz.")


def _count(company: Company, purpose: Purpose, target: str, by: User | None, address: str | None) -> None:
    who = quotas.Who(person=by, company=company, partner=company.partner, address=address, target=target)
    quotas.take(Quota.CODES, **who)
    if purpose in BY_SMS:
        quotas.take(Quota.SMS, **who)


def _post(code: OneTimeCode, typed_at: str) -> None:
    minutes, seconds = divmod(settings.CODE_LIFETIME_SECONDS, 60)
    partner = code.company.partner
    outbox.post(
        company=code.company,
        idempotency_key=f"code:{code.pk}",
        body=outbox.render(
            template="one_time_code",
            context={
                "partner": partner,
                "page": partner.portal_url + typed_at,
                "lives": f"{settings.CODE_LIFETIME_SECONDS} saniye" if seconds else f"{minutes} dakika",
            },
            secrets={"code": code.code},
            secrets_until=code.expires_at,
        ),
        address=outbox.Address(audience=Audience.ACCOUNT, to=[code.target]),
    )


def _coming(application_id: UUID, purpose: Purpose) -> Next:
    """When the next may be sent. Those that no gateway took do not count: nobody has them."""
    codes = OneTimeCode.objects.filter(application_id=application_id, purpose=purpose, failure="").order_by("pk")
    sent: list[datetime] = list(codes.values_list("created_at", flat=True))
    return following(sent, now=timezone.now(), rules=rules())


def next_in(application_id: UUID, purpose: Purpose) -> int:
    """Seconds until a code may be sent, to whomever; 0 for now, and where no more may be."""
    return _seconds_until(_coming(application_id, purpose))


def _seconds_until(coming: Next) -> int:
    return max(0, round((coming.at - timezone.now()).total_seconds())) if coming.at and coming.left else 0


def confirm(*, application_id: UUID, purpose: Purpose, target: str, code: str) -> None:
    """Holds what was typed against the newest code. Raises Refused, with a Turkish sentence, unless it is right.

    Each try counts, also of tries made at once: the row is raised before the code is looked at.
    """
    asked = OneTimeCode.objects.filter(application_id=application_id, purpose=purpose)
    newest = asked.first()
    if newest is None or newest.target != target:
        raise Refused("Önce bir doğrulama kodu isteyin.")
    if newest.confirmed_at is not None:
        return
    known, now = rules(), timezone.now()
    tried = OneTimeCode.objects.filter(pk=newest.pk, attempts__lt=known.attempts).update(
        attempts=F("attempts") + 1
    )
    before = OneTimeCode.objects.values_list("attempts", flat=True).get(pk=newest.pk) - tried
    typed = bare(code)
    right = bool(tried and newest.code) and hmac.compare_digest(typed.encode(), newest.code.encode())
    match judge(right=right, attempts=before, expires_at=newest.expires_at, now=now, rules=known):
        case Verdict.RIGHT:
            OneTimeCode.objects.filter(pk=newest.pk).update(confirmed_at=now, code="")
        case Verdict.EXPIRED:
            raise Refused("Kodun süresi doldu. Yeni bir kod isteyin.")
        case Verdict.SPENT:
            raise Refused("Bu kod çok kez yanlış yazıldı, artık geçmez. Yeni bir kod isteyin.")
        case Verdict.WRONG:
            left = known.attempts - before - 1
            if not left:
                OneTimeCode.objects.filter(pk=newest.pk).update(code="")
            if not left:
                raise Refused("Kod yanlış. Yeni bir kod isteyin.")
            several = " Yalnızca son gelen kod geçer." if asked.exclude(pk=newest.pk).exists() else ""
            raise Refused(f"Kod yanlış.{several} {left} deneme hakkınız kaldı.")


def take_as_confirmed(*, company: Company, application_id: UUID, purpose: Purpose, target: str) -> None:
    """For a target that a code has shown to be at hand already, about something else."""
    now = timezone.now()
    OneTimeCode.objects.create(
        company=company,
        application_id=application_id,
        purpose=purpose,
        target=target,
        code="",
        expires_at=now,
        confirmed_at=now,
    )


def wipe_outdated() -> None:
    """Takes away the codes that nobody has typed in time."""
    OneTimeCode.objects.filter(expires_at__lte=timezone.now()).exclude(code="").update(code="")


def confirmed_at(application_id: UUID, purpose: Purpose, target: str) -> datetime | None:
    """When this very target was shown to be at hand; None when it was not."""
    found = OneTimeCode.objects.filter(application_id=application_id, purpose=purpose, target=target)
    return found.exclude(confirmed_at=None).values_list("confirmed_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A code that is on its way: until when it holds, and the seconds until another may be asked for."""

    target: str
    expires_at: datetime
    resend_in: int
    resends_left: int
    failure: str

    @property
    def seconds_left(self) -> int:
        return max(0, round((self.expires_at - timezone.now()).total_seconds()))

    @property
    def time_left(self) -> str:
        """As a clock shows it: 4:05."""
        minutes, seconds = divmod(self.seconds_left, 60)
        return f"{minutes}:{seconds:02}"


def waiting(application_id: UUID, purpose: Purpose) -> Waiting | None:
    """The newest code that has not been confirmed; None when there is none."""
    newest = OneTimeCode.objects.filter(application_id=application_id, purpose=purpose).first()
    if newest is None or newest.confirmed_at is not None:
        return None
    coming = _coming(application_id, purpose)
    return Waiting(
        target=newest.target,
        expires_at=newest.expires_at,
        resend_in=_seconds_until(coming),
        resends_left=coming.left,
        failure=newest.failure,
    )
