"""Mails in: those that a machine could not decide, each on one page with what may be done about it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from correspondence.incoming import decisions, rendering
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.belief import is_believed
from correspondence.models import Mail
from documents import looks
from documents.intake import examine
from documents.storage import attachment
from identifiers import Refused
from identifiers.masking import masked
from journal.parties import Party
from onboarding.actions import casework
from onboarding.admin import lease
from onboarding.admin.application import next_case
from onboarding.admin.forms import MailAnswerForm, NoteForm
from onboarding.admin.mails import next_mail
from onboarding.admin.mails.acts import ACTS, FILING
from onboarding.admin.mails.companies import companies_found, looked_for
from onboarding.admin.mails.content import about_another, case_of, content_of, html_of, read_of, shown
from onboarding.admin.mails.filters import KindFilter, TrustFilter, WaitingFilter
from onboarding.admin.mails.listing import MailList
from onboarding.admin.mails.replying import ReplyPages
from onboarding.admin.mails.similar import MOST, SimilarPages, similar
from onboarding.admin.mails.teaching import teach_page
from onboarding.mail import early, replying, teaching, triage, whose
from onboarding.mail.early import DECIDE
from onboarding.mail.labels import SENDER_AUTHENTICATIONS, read_as
from onboarding.models import Application, StepRecord
from onboarding.overview.waited import in_words
from onboarding.views.refusals import refusals_as_messages
from tenancy.admin.searching import FoundBy
from tenancy.admin.walking import waits
from tenancy.identities import known_to
from tenancy.models import Company
from tenancy.requests import expected_version, posted, user_of, uuid
from tenancy.walls import of_partner, refuse_own

# İYS and bounces send papers back, identity numbers in them.
OPEN_PAPERS = "onboarding.review_application"


@admin.register(Mail)
class MailAdmin(ReplyPages, SimilarPages):
    partner_path = "company__partner"
    list_display = ["subject", "sender", "company_name", "meaning", "waiting", "held_by"]
    list_filter = [WaitingFilter, TrustFilter, KindFilter]
    found_by = FoundBy(companies=("company",), mail="pk", whole=("message_id",))
    list_select_related = ["company"]
    change_form_template = "admin/correspondence/mail/triage.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        # What is encrypted is read where it is shown.
        return decisions.seen_by(user_of(request), Mail.objects.defer("sentences", "kept_answer"))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What waits: the longest waiting first. What is done: the newest first."""
        return ("received_at",) if request.GET.get("is") in (None, "erken", "okunamayan") else ("-received_at",)

    @admin.display(description="konu", ordering="subject")
    def subject(self, mail: Mail) -> str:
        return mail.subject or "(konusuz)"

    @admin.display(description="gönderen", ordering="from_email")
    def sender(self, mail: Mail) -> SafeString:
        return format_html(
            "{}<br>{}",
            mail.from_email or "(okunamadı)",
            SENDER_AUTHENTICATIONS.get(mail.sender_authentication, "–"),
        )

    @admin.display(description="firma", ordering="company__trade_name")
    def company_name(self, mail: Mail) -> str:
        return str(mail.company or "–")

    @admin.display(description="okunan anlam", ordering="kind")
    def meaning(self, mail: Mail) -> str:
        return read_as(mail.kind, mail.doubt) or "–"

    @admin.display(description="bekliyor", ordering="received_at")
    def waiting(self, mail: Mail) -> str:
        days = getattr(mail, "waits", None)
        if days is None:
            return "–"
        return waits(in_words(days))

    @admin.display(description="kimde")
    def held_by(self, mail: Mail) -> str:
        return str(getattr(mail, "held_by", None) or "–")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[MailList]:
        return MailList

    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/html/", self.html_view, "html"),
            self.own("<uuid:pk>/ek/<int:place>/", self.attachment_view, "attachment"),
            self.own("<uuid:pk>/al/", self.take_view, "take"),
            self.own("<uuid:pk>/firma/", self.attach_view, "attach"),
            self.own("<uuid:pk>/uygula/<str:step>/<str:move>/", self.classify_view, "classify"),
            self.own("<uuid:pk>/karar/<str:act>/", self.act_view, "act"),
            self.own("<uuid:pk>/ogret/<int:place>/", self.teach_view, "teach"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Mail) -> dict[str, Any]:
        undecided, kept = decisions.is_undecided(row), early.kept(row)
        may_decide = request.user.has_perm(DECIDE)
        query = request.GET.get("q", "")
        wants_company = decisions.may_attach(row)
        choices = triage.choices(row) if undecided else []
        read = next((each for each in choices if each.suggested), None) if is_believed(row) else None
        others = [each for each in choices if each is not read]
        case = case_of(row)
        user = user_of(request)
        companies = of_partner(user, Company.objects.all())
        find = partial(companies_found, user, companies)
        acts = [act for act in ACTS if act.offered(row)] if may_decide else []
        alike = similar(user, row) if may_decide else Mail.objects.none()
        return {
            **shown(row),
            "held": casework.holder_of(case) if case else casework.holder_of_mail(row),
            "case": case,
            "about_another": about_another(row, case) if undecided and may_decide and case else "",
            "take_url": self._take_url(row, case) if undecided and may_decide and not kept else "",
            "similar": alike[:MOST],
            "similar_in_all": alike.count(),
            "filing": FILING if FILING in acts else None,
            "title": "Gelen e-posta",
            "undecided": undecided,
            "may_decide": may_decide,
            "may_open": request.user.has_perm(OPEN_PAPERS),
            "query": masked(query),
            "candidates": whose.candidates(row, companies, find) if wants_company else [],
            **looked_for(user, companies, query.strip() if wants_company else ""),
            "read": read,
            "choices": [each for each in others if not each.early],
            "early_choices": [each for each in others if each.early],
            "kept": kept,
            "may_reply": may_decide and replying.may_reply(row, case),
            "acts": [act for act in acts if act is not FILING],
            "next_mail": next_mail.after(self.get_queryset(request), row, user) if may_decide else None,
            "may_teach": teaching.may_teach(user_of(request), row),
        }

    def html_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The mail's HTML for a frame of our own page: an allow-list, a policy of its own, nothing remote."""
        mail = self.found(request, pk, "correspondence.view_mail")
        answer = HttpResponse(rendering.page(html_of(mail), known_to(mail.company)))
        answer["Content-Security-Policy"] = rendering.POLICY
        answer["X-Frame-Options"] = "SAMEORIGIN"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    def attachment_view(self, request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
        """An attachment to be kept, once it has passed the same inspection as every file from outside."""
        mail = self.found(request, pk, "correspondence.view_mail")
        found = content_of(mail)
        if found is None or place >= len(found.attachments):
            raise Http404
        if not request.user.has_perm(OPEN_PAPERS):
            raise PermissionDenied("E-postaların eklerini yalnızca inceleme yetkisi olanlar açabilir.")
        enclosed = found.attachments[place]
        try:
            inspected = examine(enclosed.payload, enclosed.filename)
        except Refused as refusal:
            messages.error(request, f"“{enclosed.filename or 'adsız ek'}” indirilemez: {refusal}")
            return self.back(pk)
        if mail.company is not None:
            looks.opened(
                company=mail.company,
                key=f"{mail.pk}/{place}",
                text=f"E-postanın eki açıldı: {enclosed.filename or 'adsız ek'}"[:500],
                party=Party.STAFF,
                user=user_of(request),
                application_id=mail.application_id,
            )
        return attachment(inspected, enclosed.filename)

    def _take_url(self, mail: Mail, case: Application | None) -> str:
        """What the page takes by a post of its own: the case, or the mail that belongs to none."""
        if case is not None:
            return reverse("admin:onboarding_application_take", args=[case.pk])
        return reverse(f"admin:{self._name('take')}", args=[mail.pk])

    def take_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """As a case's own page takes its case and lets go of it; of a mail that belongs to none and waits for a
        decision."""
        mail = self.found(request, pk, DECIDE)
        if request.method != "POST" or not decisions.is_undecided(mail) or case_of(mail) is not None:
            return self.back(pk)
        if "let_go" in request.POST:
            casework.let_go_mail(mail=mail, user=user_of(request))
            return HttpResponse(status=204)
        return lease.taken(lambda: casework.take_mail(mail=mail, user=user_of(request)))

    @lease.decides
    def attach_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        mail = self.found(request, pk, DECIDE)
        if request.method == "POST":
            companies = of_partner(user_of(request), Company.objects.all())
            company = companies.filter(pk=uuid(request.POST.get("company", ""))).first()
            if company is None:
                raise Http404
            refuse_own(user_of(request), company.pk)
            self._take_case(request, mail)

            def attach() -> None:
                decisions.attach(mail=mail, company=company, by=user_of(request))
                casework.decided_mail(mail)

            done = f"E-posta {company} firmasına eklendi. Şimdi ne dediğini seçin."
            self._decided(request, done, attach)
        return self.back(pk)

    def _take_case(self, request: HttpRequest, mail: Mail) -> Application | None:
        """Who decides about a mail decides on its case, and on the mail alone where it belongs to none. Raises
        HeldByColleague, which `decides` answers."""
        application = case_of(mail)
        if request.method == "POST" and application is not None:
            lease.take(request, application)
        elif request.method == "POST" and decisions.is_undecided(mail):
            lease.take_mail(request, mail)
        return application

    @lease.decides
    def act_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        """File it, reopen it, take it away from its company, undo it; each with a reason."""
        mail = self.found(request, pk, DECIDE)
        chosen = next((each for each in ACTS if each.name == act), None)
        if request.method != "POST" or chosen is None:
            return self.back(pk)
        case = self._take_case(request, mail)
        form = NoteForm(request.POST)
        if not chosen.offered(mail):
            messages.error(request, triage.OUTDATED)
        elif not form.is_valid():
            messages.error(request, f"{chosen.label}: bir neden yazın.")
        else:
            note, verb = form.cleaned_data["note"], chosen.verb

            def decide() -> None:
                verb(mail, note, user_of(request))
                casework.decided(case)
                casework.decided_mail(mail)

            self._decided(request, f"{chosen.done}.", decide)
        return self.back(pk)

    def teach_view(self, request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
        mail = self.found(request, pk, teaching.TEACH)
        sentence = teaching.sentence_at(mail, place) if teaching.may_teach(user_of(request), mail) else None
        if sentence is None:
            messages.error(request, "Bu cümle öğretilemez: zaten biliniyor ya da e-postaya karar verildi.")
            return self.back(pk)
        return teach_page(self, request, mail, sentence)

    def _decided(self, request: HttpRequest, done: str, verb: Callable[[], None]) -> None:
        with refusals_as_messages(request, done), triage.outdated_is_refused():
            verb()

    @lease.decides
    def classify_view(self, request: HttpRequest, pk: UUID, step: str, move: str) -> HttpResponse:
        """What the mail says, and the fields read out of it, move the step with the staff member as witness."""
        mail = self.found(request, pk, DECIDE)
        chosen = triage.choice(mail, step, move) if decisions.is_undecided(mail) else None
        if chosen is None:
            messages.error(request, "Bu adım şu anda böyle bir yanıt almıyor.")
            return self.back(pk)
        case = self._take_case(request, mail)
        form = MailAnswerForm(
            posted(request),
            move=move,
            step=step,
            verified=mail.sender_authentication == SenderAuthentication.VERIFIED,
            initial=read_of(mail),
        )
        if not form.is_valid():
            return self.form_page(
                request,
                form,
                f"{chosen.record.definition.number}. adım: {chosen.move.label}",
                row=mail,
                version=chosen.record.version,
                template="admin/correspondence/mail/classify.html",
                save="Erken olarak sakla" if chosen.early else "Uygula",
                choice=chosen,
                about_another=about_another(mail, chosen.record.application),
                **shown(mail),
            )
        what = f"{chosen.record.definition.number}. adım: {chosen.move.label}"
        done = f"Uygulandı. {what}."
        if chosen.early:
            done = f"Saklandı. {what}; adım hazır olunca kendiliğinden uygulanacak."
        with refusals_as_messages(request, done):
            triage.apply(
                mail=mail,
                step=chosen.record.definition,
                move=move,
                extracted=form.extracted,
                note=form.cleaned_data["note"],
                vouched=form.cleaned_data.get("vouched_how", ""),
                by=user_of(request),
                expected_version=expected_version(request),
            )
            casework.decided(case)
            if not chosen.early and request.user.has_perm(OPEN_PAPERS) and _waits_for_support(mail):
                return redirect(next_case.from_mail(mail))
        return self.back(pk)


def _waits_for_support(mail: Mail) -> bool:
    """What İYS asks for in it, such as corrections, is passed on by support: on the page of its case."""
    return StepRecord.objects.filter(application=mail.application_id, turn=Party.STAFF).exists()
