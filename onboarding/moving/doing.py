"""Moving a company to another partner: one transaction, in which nothing else happens to it."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actions import casework, looks
from onboarding.attention.marks import raise_mark
from onboarding.merging import holding
from onboarding.models import Application, Attention, AttentionKind, CaseHolder, MailHolder
from onboarding.moving import letters
from onboarding.moving.preview import appointed, preview
from onboarding.moving.ties import retie
from partners.models import Partner
from tenancy.looking import may_be_looked_at
from tenancy.models import Company, CompanyLook, User

BUSY = "Şu anda bu firmada bir işlem sürüyor; hiçbir şey yapılmadı. Birazdan yeniden deneyin."
CHANGED = "Siz bakarken bir şey değişti; hiçbir şey yapılmadı. Aşağıdaki güncel; bir daha okuyup onaylayın."


class NotMoved(Exception):
    """Nothing was done; the text is a Turkish sentence for support."""


def move(*, company: Company, to: Partner, said: str, reason: str, by: User) -> Company:
    """The company as it is afterwards. `said` is the preview that was confirmed. Who may is asked before: who runs
    the portal, and has no part in the company. Raises NotMoved."""
    with transaction.atomic():
        shells = set(company.absorbed.values_list("pk", flat=True))
        try:
            held = holding.hold({company.pk, *shells})
        except holding.Busy as busy:
            raise NotMoved(BUSY) from busy
        company = held[company.pk]
        to = Partner.objects.select_for_update(no_key=True).get(pk=to.pk)
        found = preview(company, to)
        if found.stops:
            raise NotMoved(found.stops[0])
        if found.said != said or shells != set(company.absorbed.values_list("pk", flat=True)):
            raise NotMoved(CHANGED)
        earlier = company.partner
        _set_free(company, to, by)
        Company.objects.filter(pk__in=held).update(partner=to)
        retie(held.keys(), to)
        company.partner = to
        # Before the mark: whom İYS has appointed is told by when the company moved.
        for each in held.values():
            _journal(each, earlier, to, reason, by)
        cause = uuid4().hex
        _mark_the_assignment(company, cause)
        _end_looks(company)
        letters.tell(company, earlier, cause=cause)
    return company


def _set_free(company: Company, to: Partner, by: User) -> None:
    """Who had a case or a mail, or put a case off, sees it no more."""
    for application in Application.objects.filter(company=company).select_related("company"):
        if CaseHolder.objects.filter(application=application).exclude(holder__partner=to).exists():
            casework.release(application=application, by=by)
        casework.wake(application=application, by=by)
    MailHolder.objects.filter(mail__company=company).exclude(holder__partner=to).delete()


def _mark_the_assignment(company: Company, cause: str) -> None:
    """İYS goes on with the partner that it has appointed until somebody sees to it."""
    done = appointed(company)
    if done is None or done[0].application.closed_at is not None:
        return
    record, partner = done
    of_before = Attention.objects.filter(record=record, kind=AttentionKind.PARTNER_CHANGED)
    of_before.settle(now=timezone.now(), note=f"Firma {company.partner} iş ortağına taşındı.")
    if partner != company.partner:
        raise_mark(
            record=record,
            kind=AttentionKind.PARTNER_CHANGED,
            idempotency_key=f"partner_changed:{cause}",
            text=f"İYS'de atanan iş ortağı {partner.legal_name}; {company.partner.legal_name} için yeni bir "
            "başvuru ve atama gerekir.",
        )


def _end_looks(company: Company) -> None:
    for look in CompanyLook.objects.filter(company=company, ended_at=None).select_related("company", "person"):
        if not may_be_looked_at(look.person, look):
            looks.end(look, looks.Ending.TAKEN)


def _journal(company: Company, earlier: Partner, to: Partner, reason: str, by: User) -> None:
    write(
        company=company,
        event=Event.PARTNER_CHANGED,
        text=f"{earlier} iş ortağından {to} iş ortağına taşındı. Neden: {reason}",
        party=Party.STAFF,
        actor=by,
        data={"earlier": earlier.pk, "to": to.pk},
    )
