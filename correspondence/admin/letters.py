"""Letters out: looked at as they go, kept back, tried again, cancelled."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from correspondence.addresses import envelope_sender
from correspondence.models import WAITING, Audience, Letter, LetterStatus
from correspondence.outgoing import control
from correspondence.outgoing.failures import Failure, failure
from correspondence.outgoing.message import Unsendable, headers_of
from correspondence.outgoing.outbox import body_of
from documents import looks, storage
from journal.parties import Party
from tenancy.admin.base import Act
from tenancy.admin.bulk import BulkActs
from tenancy.admin.searching import FoundBy
from tenancy.admin.walking import following, waits
from tenancy.identities import masked_for
from tenancy.requests import user_of, words

# Papers hold identity numbers: they are for who reviews applications.
OPEN_PAPERS = "onboarding.review_application"
# Styles stand in the mail itself; nothing is loaded, run, sent or opened from it.
PREVIEW_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'"
)
CANNOT_GO = "–"
# What people read of a letter's head, in the order in which it goes; the rest is for whoever looks for a fault.
HEADERS = {
    "Subject": "Konu",
    "From": "Gönderen",
    "To": "Alıcı",
    "Cc": "Bilgi",
    "Reply-To": "Yanıt adresi",
    CANNOT_GO: "Gidemez",
}
ACTS: Sequence[Act[Letter]] = (
    Act(
        name="gordum",
        label="Gördüm",
        done="“İki kez gitmiş olabilir” uyarısı kapatıldı",
        help="“İki kez gitmiş olabilir” uyarısı kapanır; kaydı mektupta kalır.",
        verb=lambda letter, _reason, by: control.clear_doubt(letter=letter, by=by),
        offered=lambda letter: letter.doubted_at is not None and letter.doubt_seen_at is None,
        needs_reason=False,
    ),
    Act(
        name="beklet",
        label="Beklet",
        done="Mektup bekletiliyor",
        help="Mektup siz serbest bırakana kadar gönderilmez; bekleyen adım destek ekibine geçer.",
        verb=lambda letter, reason, by: control.hold(letter=letter, reason=reason, by=by),
        offered=lambda letter: letter.status == LetterStatus.QUEUED,
    ),
    Act(
        name="birak",
        label="Serbest bırak",
        done="Mektup serbest bırakıldı",
        help="Mektup hemen sıraya girer.",
        verb=lambda letter, _reason, by: control.release(letter=letter, by=by),
        offered=lambda letter: letter.status == LetterStatus.HELD,
        needs_reason=False,
    ),
    Act(
        name="dene",
        label="Yeniden dene",
        done="Mektup yeniden sıraya alındı",
        help="Aynı mektup yeniden sıraya girer.",
        verb=lambda letter, _reason, by: control.retry(letter=letter, by=by),
        offered=lambda letter: letter.status == LetterStatus.FAILED and not letter.is_wiped,
        needs_reason=False,
    ),
    Act(
        name="gonderildi",
        label="Gönderildi say",
        done="Mektup gönderildi sayıldı",
        help="Gittiği biliniyorsa (posta sunucusunun kaydından, gelen yanıttan): bir daha gönderilmez.",
        verb=lambda letter, reason, by: control.mark_sent(letter=letter, reason=reason, by=by),
        offered=lambda letter: letter.status in WAITING,
    ),
    Act(
        name="iptal",
        label="İptal et",
        done="Mektup iptal edildi",
        help="Mektup hiç gönderilmez; bekleyen adım destek ekibine geçer.",
        verb=lambda letter, reason, by: control.cancel(letter=letter, reason=reason, by=by),
        offered=lambda letter: letter.status in WAITING,
    ),
)


class DoubtFilter(admin.SimpleListFilter):
    title = "iki kez gitmiş olabilir"
    parameter_name = "kusku"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("acik", "Bakılmayı bekleyen"), ("hepsi", "Hepsi")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        if self.value() is None:
            return queryset
        doubted = queryset.exclude(doubted_at=None)
        return doubted.filter(doubt_seen_at=None) if self.value() == "acik" else doubted


class BouncedFilter(admin.SimpleListFilter):
    title = "geri döndü"
    parameter_name = "geri"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("evet", "Geri dönenler")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return queryset.exclude(bounced_at=None) if self.value() == "evet" else queryset


@admin.register(Letter)
class LetterAdmin(BulkActs[Letter]):
    bulk_acts = ACTS
    bulk_permission = "correspondence.control_letter"
    bulk_refusal = control.NotNow
    partner_path = "company__partner"
    list_display = ["letter", "audience", "standing", "attempts", "when"]
    list_filter = ["status", DoubtFilter, "audience", BouncedFilter]
    found_by = FoundBy(companies=("company",), whole=("message_id",), texts=("subject",))
    list_select_related = ["company"]
    change_form_template = "admin/correspondence/letter/letter.html"
    change_list_template = "admin/correspondence/letter/letters.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        # Letters to people's accounts (codes, password links) are nobody's to read here.
        return super().get_queryset(request).exclude(company=None).exclude(audience=Audience.ACCOUNT)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What waits for somebody: the oldest first. All others: the newest first."""
        return ("created_at",) if request.GET.get("status__exact") == LetterStatus.FAILED else ("-created_at",)

    @admin.display(description="mektup", ordering="subject")
    def letter(self, letter: Letter) -> SafeString:
        return format_html('{} <span class="firm">{}</span>', letter.subject, letter.company)

    @admin.display(description="durum", ordering="status")
    def standing(self, letter: Letter) -> str | SafeString:
        why = _failure(letter)
        status = letter.get_status_display()
        if letter.status != LetterStatus.FAILED:
            return status
        return waits(format_html('{}: <span class="why">{}</span>', status, why.says) if why else status)

    @admin.display(description="zaman", ordering="due_at")
    def when(self, letter: Letter) -> str:
        """When it went; when it will, while that is known; else since when it is there."""
        at = letter.sent_at or (letter.due_at if letter.status == LetterStatus.QUEUED else None)
        shown = date_format(timezone.localtime(at or letter.created_at), "j F Y H:i")
        return shown if at else f"hazırlandı: {shown}"

    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/yap/<str:act>/", self.act_view, "act"),
            self.own("<uuid:pk>/gorunum/", self.html_view, "html"),
            self.own("<uuid:pk>/ek/<int:attachment>/", self.attachment_view, "attachment"),
        ]

    def context(self, request: HttpRequest, row: Letter) -> dict[str, Any]:
        body, headers = body_of(row), _headers(row)
        why = _failure(row, has_papers=row.attachments.exists())
        may_control = request.user.has_perm("correspondence.control_letter")
        return {
            "letter": row,
            "envelope_sender": envelope_sender(row),
            "headers": [(HEADERS[name], value) for name, value in headers if name in HEADERS],
            "technical": [(name, value) for name, value in headers if name not in HEADERS],
            "failure": why,
            "next_failed": self._next_failed(request, row),
            "text": masked_for(row.company, body.text),
            "has_html": bool(body.html),
            "attachments": row.attachments.select_related("document"),
            "may_open": request.user.has_perm(OPEN_PAPERS),
            "acts": [act for act in ACTS if act.offered(row)] if may_control else [],
            "loud": [act.name for act in ACTS if _is_loud(act, why)],
            "recipients": list(dict.fromkeys([*row.to, *row.cc])),
            "refused": [each for each in row.to if each in row.smtp_answer] or row.to,
            "awaited": row.audience == Audience.IYS and row.application_id is not None and not row.by_hand,
            "may_hold": request.user.has_perm("correspondence.hold_sending"),
        }

    def _next_failed(self, request: HttpRequest, letter: Letter) -> Letter | None:
        """The next of the list of those that failed, also once this one is settled. Trying again makes it due
        anew."""
        others = self.get_queryset(request).filter(status=LetterStatus.FAILED).exclude(pk=letter.pk)
        return following(others, "created_at", (letter.created_at, letter.pk))

    def act_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        letter = self.found(request, pk, "correspondence.control_letter")
        chosen = next((each for each in ACTS if each.name == act), None)
        if chosen is None:
            raise Http404
        if request.method == "POST":
            try:
                chosen.verb(letter, words(request, "reason"), user_of(request))
            except control.NotNow as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"{chosen.done} ve günlüğe yazıldı.")
        return self.back(pk)

    def html_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The letter's HTML, for a frame of our own page. Identity numbers are masked as everywhere here."""
        letter = self.found(request, pk, "correspondence.view_letter")
        answer = HttpResponse(masked_for(letter.company, body_of(letter).html))
        answer["Content-Security-Policy"] = PREVIEW_POLICY
        answer["X-Frame-Options"] = "SAMEORIGIN"
        return answer

    def attachment_view(self, request: HttpRequest, pk: UUID, attachment: int) -> HttpResponse:
        letter = self.found(request, pk, "correspondence.view_letter")
        found = get_object_or_404(letter.attachments.select_related("document"), pk=attachment)
        if found.document.erased_at is not None:
            raise Http404
        if not request.user.has_perm(OPEN_PAPERS):
            raise PermissionDenied("Kimlik numarası içeren belgeleri yalnızca inceleme yetkisi olanlar açabilir.")
        if letter.company is not None:
            looks.opened(
                company=letter.company,
                key=str(found.document_id),
                text=f"Mektubun eki açıldı: {found.filename}",
                party=Party.STAFF,
                user=user_of(request),
                application_id=letter.application_id,
            )
        return storage.response(found.document, inline="indir" not in request.GET)


def _failure(letter: Letter, *, has_papers: bool = True) -> Failure | None:
    if letter.status != LetterStatus.FAILED or not letter.smtp_answer:
        return None
    return failure(letter.smtp_answer, to_iys=letter.audience == Audience.IYS, has_papers=has_papers)


def _is_loud(act: Act[Letter], why: Failure | None) -> bool:
    """What keeps a letter from going is quiet, unless nothing else is left; so is what is of no use."""
    if act.name == "iptal":
        return why is not None and why.is_to_cancel
    return not act.needs_reason and not (act.name == "dene" and why is not None and why.is_final)


def _headers(letter: Letter) -> list[tuple[str, str]]:
    try:
        return headers_of(letter)
    except (Unsendable, OSError) as error:
        return [(CANNOT_GO, f"Mektup bu hâliyle gönderilemez: {error}")]
