"""Whether a mail is about the application of the company that it came to: what ties it, what speaks against it."""

from collections.abc import Sequence
from itertools import islice

from django.conf import settings
from django.db.models import Q

from correspondence.incoming import ties
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.matching import MOST, Clues, clues
from correspondence.incoming.processing import sentences_of
from correspondence.models import Letter, Mail, TrackingAddress
from correspondence.reading.parsing import content, envelope
from identifiers import in_text, reference
from identifiers.masking import is_persons
from onboarding.models import Application
from tenancy.models import Company

IYS = "İleti Yönetim Sistemi A.Ş."
BY_HAND = "Destek ekibinin kendi sözleriyle yazdığı bir mektubu yanıtlıyor; neye yanıt olduğuna siz karar verin."
UNTIED = (
    "Bu başvurunun hiçbir mektubunu yanıtlamıyor ve yalnızca bu başvuruya ait bir şey (başvuru numarası, İYSKod, "
    "takip adresiyle birlikte unvan) söylemiyor; kendiliğinden uygulanmadı."
)


def tie(mail: Mail, application: Application) -> str:
    """Writes on the mail what ties it to this very application; returns why it is not tied, or is about another
    one, as a Turkish sentence, empty when it is tied. The caller saves the mail.

    The company's title and address may stand in what is about an application that was closed: they tie what came
    since this one was opened. Raises Unreadable and OSError as `raw_of` does.
    """
    found, words = _read(mail)
    if why := _against(mail, application, found, words):
        return why
    if _answers_a_person(found.message_ids):
        return BY_HAND
    if not mail.tied_why:
        company, names = application.company, _names(application)
        its = Q(company=company) | Q(company__merged_into=company)
        used = TrackingAddress.objects.filter(its, token__in=found.tokens, retired_at=None)
        addressed = mail.received_at >= application.opened_at and used.exists()
        mail.tied_why = ties.named(words, names, at_tracking_address=addressed)[:500]
    return "" if mail.tied_why else UNTIED


def about_another(mail: Mail, application: Application) -> str:
    """Why it seems to be about another company or application, as a Turkish sentence; empty when nothing says so.

    Raises Unreadable and OSError as `raw_of` does.
    """
    return _against(mail, application, *_read(mail))


def _read(mail: Mail) -> tuple[Clues, str]:
    raw = raw_of(mail)
    head, body = envelope(raw), content(raw)
    return clues(head, body, tracking_domain=settings.TRACKING_DOMAIN), ties.words_of(head, body)


def _against(mail: Mail, application: Application, found: Clues, words: str) -> str:
    if _others_numbers(application, found.numbers) or _others_own_numbers(application, words):
        return "E-postada başka bir firmanın ya da başvurunun numarası geçiyor."
    company, names = application.company, _names(application)
    partner = (company.partner.name, company.partner.legal_name)
    if why := ties.of_another(words, names, (*partner, IYS)):
        return why
    blanks = [blank for sentence in sentences_of(mail) for blank in sentence.blanks]
    return ties.of_another_firm(blanks, names.title, partner)


def _names(application: Application) -> ties.Names:
    company = application.company
    return ties.Names(application.iys_application_number, application.iys_code, company.trade_name)


def _answers_a_person(message_ids: Sequence[str]) -> bool:
    """Whether what it answers last of ours was written by hand: "Onaylandı" may be said of anything then."""
    written = dict(Letter.objects.filter(message_id__in=message_ids).values_list("message_id", "by_hand"))
    return next((written[each] for each in message_ids if each in written), False)


def _others_numbers(application: Application, numbers: frozenset[str]) -> bool:
    """Whether one of the numbers is another company's, or of another application of this one, be it closed by now.

    The code is the company's, and may come back.
    """
    theirs = numbers - {application.iys_application_number, application.iys_code}
    number = Q(iys_application_number__in=theirs) & ~Q(pk=application.pk)
    code = Q(iys_code__in=theirs) & ~Q(company=application.company_id)
    return Application.objects.filter(number | code).exists()


def _others_own_numbers(application: Application, words: str) -> bool:
    """Whether a firm's tax or MERSİS number in the words is another company's, or a portal number another's. Of a
    person's number nothing is held against it: who signs here may trade in their own name elsewhere."""
    company = application.company
    numbers = {each for each in islice(in_text.numbers(words), MOST) if not is_persons(each)}
    numbers -= {company.tax_number, company.mersis_number}
    named = Q(tax_number__in=numbers) | Q(mersis_number__in=numbers)
    others = Company.objects.exclude(Q(pk=company.pk) | Q(merged_into=company))
    if numbers and others.filter(named).exists():
        return True
    references = reference.written_in(words) - {application.reference}
    return bool(references) and others.filter(applications__reference__in=references).exists()
