"""What it means that this company goes to that partner, in sentences for who decides, and what stops it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from correspondence.addresses import tracking_address
from correspondence.models import Audience, Letter, LetterStatus
from documents.models import DisclosureShown, LegalKind, LegalText
from journal.models import Entry, Event
from onboarding.applications import live_application
from onboarding.gate import Route
from onboarding.models import (
    Application,
    Assignment,
    CaseHolder,
    ContractAcceptance,
    Declaration,
    DocumentKind,
    HandOff,
    Snooze,
    StepRecord,
)
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.steps.partner_assignment import PartnerAssignment
from partners.models import Partner
from tenancy.models import Company, User

NAMED = 20  # letters on the page


@dataclass(frozen=True, slots=True)
class Preview:
    """`stops` are reasons for which it is not done at all, `means` is what changes, `heed` what whoever decides
    has to know, `evidence` what stays as it was said to the earlier partner."""

    stops: Sequence[str]
    means: Sequence[str]
    heed: Sequence[str]
    evidence: Sequence[str]

    @property
    def said(self) -> str:
        """Another one once the page would say something else."""
        return "\n".join((*self.stops, *self.means, *self.heed, *self.evidence))


def preview(company: Company, to: Partner) -> Preview:
    stops = tuple(_stops(company, to))
    return Preview(stops, tuple(_means(company, to)), tuple(_heed(company, to)), tuple(_evidence(company)))


def appointed(company: Company) -> tuple[StepRecord, Partner] | None:
    """Step 5 of the last application in which İYS has appointed a partner, and whom: the company's of then."""
    done = StepRecord.objects.filter(step=PARTNER_ASSIGNMENT.key, state=PartnerAssignment.CONFIRMED)
    own = done.filter(application__company=company).select_related("application")
    record = own.order_by("-application__opened_at").first()
    if record is None:
        return None
    moves = Entry.objects.filter(company=company, event=Event.PARTNER_CHANGED, at__gt=record.since)
    since = moves.order_by("at", "pk").first()
    return record, Partner.objects.get(pk=since.data["earlier"]) if since is not None else company.partner


def _stops(company: Company, to: Partner) -> Iterator[str]:
    if company.merged_into_id is not None:
        yield f"Bu kayıt {company.merged_into} ile birleştirildi; o firmayı taşıyın, bu kayıt da birlikte gider."
        return
    if company.partner_id == to.pk:
        yield f"Firma zaten {to} iş ortağında."
        return
    if not User.objects.filter(partner=to, is_staff=True, is_active=True).exists():
        yield f"{to} destek ekibinde çalışan kimse yok; firmayla kimse ilgilenmezdi. Önce ekibini kurun."
    yield from _letters(company)
    yield from _assignment(company)


def _letters(company: Company) -> Iterator[str]:
    """What is on its way, or waits for İYS, goes in the earlier partner's name; a held one is let go by whoever
    held it, who would see it no more."""
    to_iys = Letter.objects.filter(company=company, audience=Audience.IYS)
    waiting = to_iys.filter(status=LetterStatus.QUEUED)
    if (live := live_application(company)) is not None:
        waiting |= to_iys.filter(status=LetterStatus.FAILED, application_id=live.pk)
    waiting |= Letter.objects.filter(company=company, status__in=(LetterStatus.SENDING, LetterStatus.HELD))
    for letter in waiting.order_by("created_at")[:NAMED]:
        yield (
            f"“{letter.subject}” mektubu yolda ya da bekliyor ({letter.get_status_display()}) ve şimdiki iş "
            "ortağı adına yazılmış; gittikten ya da iptal edildikten sonra yeniden deneyin."
        )


def _assignment(company: Company) -> Iterator[str]:
    """An assignment to the earlier partner is none to the new one."""
    live = live_application(company)
    if live is None or live.finished_at is not None or live.route != Route.FULL:
        return
    record = live.records.get(step=PARTNER_ASSIGNMENT.key)
    names = f"{live.reference} başvurusunun 5. adımı"
    if record.state == PartnerAssignment.CONFIRMED:
        yield (
            f"{names} tamam: İYS {company.partner} atamasını onayladı ve bu atama yeni iş ortağı için geçmez. "
            "Başvuru tamamlandıktan ya da kapandıktan sonra taşıyın."
        )
    elif record.state != PartnerAssignment.PREPARING:
        yield (
            f"{names} {company.partner} için sürüyor ({record.support_label}); başlanan atama yeni iş ortağı için "
            "geçmez. Firma formu yeniden hazırlama aşamasına dönünce ya da başvuru kapanınca taşıyın."
        )
    elif Assignment.objects.filter(application=live).exclude(signed_form=None).exists() or _links(live).exists():
        yield (
            f"{names} için imzalı form yüklenmiş ya da imza bağlantısı gönderilmiş; ikisi de {company.partner} "
            "firmasını gösterir. Firma formu kaldırınca, bağlantı da kapanınca taşıyın."
        )


def _links(application: Application) -> QuerySet[HandOff]:
    still = HandOff.objects.filter(application=application, used_at=None, revoked_at=None)
    return still.filter(paper=DocumentKind.ASSIGNMENT_TO_SIGN, expires_at__gt=timezone.now())


def _means(company: Company, to: Partner) -> Iterator[str]:
    earlier = company.partner
    yield (
        f"{to} destek ekibi bundan sonra firmanın her şeyini görür: başvuruları, notları, mektupları, gelen "
        f"e-postaları, belgeleri, günlüğü. {earlier} destek ekibi hiçbirini görmez; açık sayfaları da çalışmaz."
    )
    yield (
        f"Firmanın ekibi aynı hesaplarla girer; sayfalarda, mektuplarda ve belgelerde artık {to.legal_name} "
        f"yazar. Adres {to.portal_url} olur, eski adres ve eski mektuplardaki bağlantılar da çalışmaya devam eder."
    )
    yield (
        f"Takip adresi {tracking_address(company).email} değişmez: oraya gelen e-postalar firmaya ulaşmaya devam "
        f"eder, {to} ekibine görünür."
    )
    held = CaseHolder.objects.filter(application__company=company).exclude(holder__partner=to)
    if people := sorted({str(each.holder) for each in held.select_related("holder")}):
        yield f"Başvuruyla ilgilenen kalmaz: {', '.join(people)} artık ilgilenmez."
    if Snooze.objects.filter(application__company=company).exists():
        yield "Ertelenmiş başvuru yeniden sıraya girer."
    for shell in company.absorbed.order_by("trade_name", "pk"):
        yield f"Daha önce birleştirilen {shell} ({shell.tax_number}) kaydı da birlikte gider."
    yield "Sırada bekleyen bilgilendirme e-postaları varsa önceki iş ortağının adıyla gider."


def _heed(company: Company, to: Partner) -> Iterator[str]:
    if (done := appointed(company)) is not None and done[1] != to:
        record, partner = done
        marked = "; 5. adıma bunun işareti konur" if record.application.closed_at is None else ""
        yield (
            f"{record.application.reference} başvurusuyla İYS'de atanan iş ortağı {partner.legal_name}; taşımak "
            f"bunu değiştirmez. {to.legal_name} için yeni bir başvuru ve atama gerekir{marked}."
        )
    sent = Letter.objects.filter(company=company, audience=Audience.IYS, status=LetterStatus.SENT)
    if company.partner.copy_address and sent.exists():
        yield (
            f"İYS'ye giden mektupların kopyası {company.partner.copy_address} adresine de gitti; İYS herkesi "
            "yanıtlarsa yanıt oraya da ulaşır."
        )
    if not to.copy_address:
        yield f"{to} için bilgi (cc) adresi yazılmamış; gerçek gönderimde İYS'ye mektubu gitmez."
    lacking = [kind.label for kind in LegalKind if LegalText.objects.in_force(kind) is None]
    if lacking:
        yield f"Yürürlükte olmayan metinler var, bunları isteyen adımlar bekler: {', '.join(map(str, lacking))}."


def _evidence(company: Company) -> Iterator[str]:
    """What was said to an earlier partner, or in its words, is not said anew by moving."""
    for each in ContractAcceptance.objects.filter(application__company=company).order_by("accepted_at"):
        yield f"{_day(each.accepted_at)}: {each.text_version} onayı, okunan metniyle"
    for declared in Declaration.objects.filter(application__company=company).order_by("declared_at"):
        yield f"{_day(declared.declared_at)}: “{declared.get_kind_display()}” beyanı, verildiği metniyle"
    forms = Assignment.objects.filter(application__company=company).exclude(signed_form=None)
    for form in forms.select_related("application").order_by("pk"):
        yield f"{form.application.reference} başvurusunun imzalı atama formu, imzalandığı iş ortağının adıyla"
    shown = DisclosureShown.objects.filter(company=company).count()
    if shown:
        yield f"Gösterilen aydınlatma metinlerinin {shown} kaydı; bunları önceki iş ortağı görmeye devam eder"


def _day(at: object) -> str:
    return date_format(timezone.localtime(at), "j F Y")  # type: ignore[arg-type]
