"""Whether a mail is about the application of the company that it came to: what ties it, what speaks against it."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q

from correspondence.incoming import ties
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.matching import clues
from correspondence.models import Mail, TrackingAddress
from correspondence.reading.parsing import content, envelope
from onboarding.models import Application

IYS = "İleti Yönetim Sistemi A.Ş."
UNTIED = (
    "Bu başvurunun hiçbir mektubunu yanıtlamıyor ve yalnızca bu başvuruya ait bir şey (başvuru numarası, İYSKod, "
    "takip adresiyle birlikte unvan) söylemiyor; kendiliğinden uygulanmadı."
)


def tie(mail: Mail, application: Application, *, answered: UUID | None) -> str:
    """Writes on the mail what ties it to this very application; returns why it is not tied, or is about another
    one, as a Turkish sentence, empty when it is tied. The caller saves the mail.

    `answered` is the application whose letter the mail answers: that of one which was closed ties nothing to the
    one after it. Raises Unreadable and OSError as
    `raw_of` does.
    """
    raw = raw_of(mail)
    head, body = envelope(raw), content(raw)
    company = application.company
    words = ties.words_of(head, body)
    names = ties.Names(application.iys_application_number, application.iys_code, company.trade_name)
    found = clues(head, body, tracking_domain=settings.TRACKING_DOMAIN)
    if _others_numbers(application, found.numbers):
        return "E-postada başka bir firmanın numarası geçiyor."
    if why := ties.of_another(words, names, (company.partner.name, company.partner.legal_name, IYS)):
        return why
    if not mail.tied_why or answered != application.pk:
        used = TrackingAddress.objects.filter(token__in=found.tokens, retired_at=None, company=company)
        mail.tied_why = ties.named(words, names, at_tracking_address=used.exists())[:500]
    return "" if mail.tied_why else UNTIED


def _others_numbers(application: Application, numbers: frozenset[str]) -> bool:
    """Whether one of the numbers is another company's, be its application closed by now."""
    theirs = numbers - {application.iys_application_number, application.iys_code}
    others = Application.objects.exclude(company=application.company_id)
    return others.filter(Q(iys_application_number__in=theirs) | Q(iys_code__in=theirs)).exists()
