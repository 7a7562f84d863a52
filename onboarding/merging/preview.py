"""What merging these two companies would do, in sentences for support, and what speaks against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from correspondence.addresses import tracking_address
from correspondence.models import Letter, LetterStatus
from onboarding.applications import is_settled, live_application
from onboarding.merging.kinds import MOVING, going, left
from onboarding.merging.papers import papers
from onboarding.models import Application, CaseNote, Submission
from tenancy.models import Company, Membership
from tenancy.roles import Role

NAMED = 20  # of one kind on the page; the rest are counted
# Of these a name says little.
COUNTED = frozenset(
    {
        "correspondence.Letter",
        "correspondence.Mail",
        "documents.Document",
        "verification.OneTimeCode",
        "verification.SmsNotice",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """`said` of rows of one kind."""

    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Preview:
    """`stops` are reasons for which it is not done at all, `heed` what whoever decides has to know."""

    stops: Sequence[str]
    heed: Sequence[str]
    moves: Sequence[Line]
    remains: Sequence[Line]

    @property
    def said(self) -> str:
        """Another one once the page would say something else."""
        lines = (f"{line.kind}: {line.said}" for line in (*self.moves, *self.remains))
        return "\n".join((*self.stops, *self.heed, *lines))


def preview(goes: Company, stays: Company) -> Preview:
    stops = tuple(_stops(goes, stays))
    if goes.pk == stays.pk or goes.partner_id != stays.partner_id:
        # Nothing is said of another partner's company beside that it is one.
        return Preview(stops, (), (), ())
    return Preview(stops, tuple(_heed(goes, stays)), tuple(_moves(goes, stays)), tuple(_remains(goes, stays)))


def dropped(goes: Company, stays: Company) -> Application | None:
    """The application of the one that goes which is closed for that: a company has one at a time."""
    live = live_application(goes)
    return live if live is not None and live_application(stays) is not None else None


def _stops(goes: Company, stays: Company) -> Iterator[str]:
    if goes.pk == stays.pk:
        yield "Kalan ve giden aynı firma."
        return
    for company in (goes, stays):
        if company.merged_into_id is not None:
            yield f"{company} daha önce başka bir firmayla birleştirildi."
    if goes.partner_id != stays.partner_id:
        yield "Firmalar ayrı iş ortaklarının; önce biri ötekinin iş ortağına taşınmalı."
        return
    yield from _letters(goes)
    live, other = live_application(goes), live_application(stays)
    if live is None:
        return
    if is_settled(live):
        both = other is not None and is_settled(other)
        yield (
            "İki firmanın da İYS'ye giden, süren bir başvurusu var; önce biri kapanmalı."
            if both
            else f"Giden firmanın {live.reference} başvurusu İYS'ye gitmiş ya da tamamlanmış; İYS onu o firmanın "
            "numarasıyla tanıyor. Kalan firma o olmalı: ikisini değiştirin."
        )
    elif other is not None and Submission.objects.filter(application=live).exists():
        yield (
            f"İki firmanın da başvurusu sürüyor ve gidenin {live.reference} başvurusu gönderilmiş; önce "
            "sonuçlansın ya da geri çekilsin, ya da kalan firma o olsun."
        )


def _letters(goes: Company) -> Iterator[str]:
    """A letter is not turned round on its way; one that waits to go says who the company was."""
    under_way = (LetterStatus.QUEUED, LetterStatus.SENDING, LetterStatus.HELD)
    waiting = Letter.objects.filter(company=goes, status__in=under_way)
    live = live_application(goes)
    if live is not None:
        waiting |= Letter.objects.filter(company=goes, status=LetterStatus.FAILED, application_id=live.pk)
    for letter in waiting.order_by("created_at")[:NAMED]:
        yield (
            f"Giden firmanın “{letter.subject}” mektubu yolda ya da bekliyor ({letter.get_status_display()}); "
            "gittikten ya da iptal edildikten sonra yeniden deneyin."
        )


def _heed(goes: Company, stays: Company) -> Iterator[str]:
    yield (
        f"Kalan firmanın numarası {stays.tax_number or 'yok'}, gidenin {goes.tax_number or 'yok'}. Aynı firma "
        "olduklarından emin olun; kalanın numarası doğru olan olmalı, birleştirme numarayı değiştirmez."
    )
    if goes.mersis_number and stays.mersis_number and goes.mersis_number != stays.mersis_number:
        yield f"MERSİS numaraları da ayrı: kalan {stays.mersis_number}, giden {goes.mersis_number}."
    if (closing := dropped(goes, stays)) is not None:
        yield (
            f"Gidenin {closing.reference} başvurusu kapanır: kimseye bir şey gönderilmemiş ve kalan firmanın "
            "başvurusu sürüyor. Yazılanları kapanan başvuruda durur."
        )
    owners = Membership.objects.filter(company=goes, role=Role.OWNER)
    if going("tenancy.Membership", goes, stays).filter(pk__in=owners.values("pk")).exists():
        yield "Gidenin sahipleri kalan firmanın da sahibi olur; kalanın bütün başvurularını görürler."
    live = live_application(stays)
    if live is not None and going("brands.Brand", goes, stays).exists():
        sent = "İYS'ye bildirilmiş başvuruya kendiliğinden eklenmez" if is_settled(live) else "bilgilerine eklenir"
        yield f"Gelen markalar kalanın marka listesinde görünür; {live.reference} başvurusunun {sent}."


def _moves(goes: Company, stays: Company) -> Iterator[Line]:
    for label, kind in MOVING.items():
        rows = going(label, goes, stays)
        count = rows.count()
        if count:
            yield Line(kind.said, _named(label, rows, count))
    notes = CaseNote.objects.filter(application__company=goes).count()
    if notes:
        yield Line("Başvuru notları", str(notes))
    yield Line("Takip adresi", f"{tracking_address(goes).email} adresine gelen e-postalar kalan firmaya ulaşır")


def _remains(goes: Company, stays: Company) -> Iterator[Line]:
    """What does not go over, because the other has it already."""
    for label, why in (
        ("tenancy.Membership", "iki firmada da var, kalan firmadaki rolü geçerli"),
        ("tenancy.JoinRequest", "iki firmaya da katılmak istemiş; kalandaki isteği geçerli"),
        ("brands.Brand", "kalan firmada aynı adla var"),
        ("brands.YearlyFigures", "kalan firmada o yıl için yazılmış"),
        ("correspondence.SendingAccount", "kalan firmanın kendi hesabı var"),
    ):
        rows = left(label, goes, stays)
        count = rows.count()
        if count:
            yield Line(MOVING[label].said, f"{_named(label, rows, count)}: {why}")
    found = papers(goes, stays)
    if found.stay:
        yield Line("Belgeler", f"{len(found.stay)} belge: kalan firmada aynı türden belge var")
    if found.give_way:
        yield Line("Belgeler", f"{len(found.give_way)} belge taşınır ama kalan firmanınki geçerli olur")
    yield Line(
        "Günlük", "giden firmanın günlüğü kendi sayfasında kalır; taşınan başvuruların geçmişi yine görünür"
    )
    yield Line("Firma bilgileri", "unvan, numara, adres ve telefon kalan firmanınki olarak kalır")


def _named(label: str, rows: "QuerySet[Any]", count: int) -> str:
    if label in COUNTED:
        return str(count)
    more = f" ve {count - NAMED} tane daha" if count > NAMED else ""
    return ", ".join(str(_name(row)) for row in rows[:NAMED]) + more


def _name(row: object) -> object:
    if isinstance(row, Application):
        return f"{row.reference} ({row.stands_at})"
    if isinstance(row, Membership):
        return f"{row.user.full_name or row.user.email} ({row.get_role_display()})"
    return row
