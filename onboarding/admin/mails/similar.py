"""Mails that wait with the same words: shown beside one of them, and decided together, each by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from correspondence.incoming import decisions
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Mail
from onboarding.actions import casework
from onboarding.actor import NotAllowed
from onboarding.admin.forms import MailAnswerForm
from onboarding.admin.mails.acts import FILING
from onboarding.admin.mails.content import case_of, read_of
from onboarding.mail import triage
from onboarding.mail.early import DECIDE
from onboarding.mail.labels import extracted_in_words
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.models import User
from tenancy.requests import number, user_of, uuid, words
from tenancy.walls import own_companies

MOST = 50  # at once, beside the mail on whose page one stands


@dataclass(frozen=True, slots=True)
class Line:
    """One of the mails and what would be done to it: what the move brings, or why it is left out."""

    mail: Mail
    brings: Sequence[tuple[str, str]]
    why_not: str
    version: int = -1


def similar(user: User, mail: Mail) -> QuerySet[Mail]:
    """The other undecided mails with the same unknown sentences, or that say nothing as this one, that this person
    may decide about, the oldest first. What somebody has decided and kept is not among them."""
    return _alike(user, mail).exclude(pk=mail.pk)


def _alike(user: User, mail: Mail) -> QuerySet[Mail]:
    if not mail.wording or not decisions.is_undecided(mail):
        return Mail.objects.none()
    alike = Mail.objects.filter(status__in=decisions.UNDECIDED, wording=mail.wording, kept_answer="").defer(
        "sentences", "kept_answer"
    )
    theirs = decisions.seen_by(user, alike).exclude(company__in=own_companies(user))
    return theirs.select_related("company__partner").order_by("received_at", "pk")


class SimilarPages(ReadOnlyAdmin[Mail]):
    def own_urls(self) -> list[URLPattern]:
        return [self.own("<uuid:pk>/benzer/", self.together_view, "together"), *super().own_urls()]

    def together_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """First what would become of each that is ticked; once that was confirmed, each is decided by itself."""
        mail = self.found(request, pk, DECIDE)
        ticked = {uuid(key) for key in request.POST.getlist("mails")}
        chosen = list(_alike(user_of(request), mail).filter(pk__in=ticked)[: MOST + 1])
        step, _colon, move = request.POST.get("act", "").partition(":")
        label = _label(mail, step, move)
        if request.method != "POST":
            return self.back(pk)
        if not label:
            messages.error(request, "Ne yapılacağını seçin.")
            return self.back(pk)
        if not chosen:
            messages.error(request, "En az bir e-posta seçin.")
            return self.back(pk)
        note = words(request, "note")[:400]
        lines = [_line(each, step, move) for each in chosen]
        if "confirmed" in request.POST and note:
            outcomes = [
                (line, _outcome(line, step, move, note, user_of(request), _version(request, line)))
                for line in lines
            ]
            _tell(request, "dosyalandı" if step == FILING.name else f"uygulandı ({label})", outcomes)
            return self.back(pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{label}: {len(lines)} e-posta",
            "label": label,
            "act": request.POST["act"],
            "lines": lines,
            "moves": step != FILING.name,
            "does": sum(not line.why_not for line in lines),
            "unsaid": "confirmed" in request.POST,
            "row": mail,
            "back_url": self.url(pk),
            "list_url": self.url(),
            "opts": self.opts,
        }
        unsaid = 422 if context["unsaid"] else 200
        return render(request, "admin/correspondence/mail/together.html", context, status=unsaid)


def _version(request: HttpRequest, line: Line) -> int:
    """As the page that is confirmed has shown it."""
    return number(request.POST.get(f"v_{line.mail.pk}", ""))


def _tell(request: HttpRequest, what: str, outcomes: Sequence[tuple[Line, str]]) -> None:
    """How many were decided in one sentence, and each that was not, by its company and subject."""
    done = sum(not why_not for _line, why_not in outcomes)
    if done:
        messages.success(request, f"{done} e-postaya karar verildi: {what}.")
    for line, why_not in outcomes:
        if why_not:
            name = f"{line.mail.company or 'Firması belli değil'} · {line.mail.subject or '(konusuz)'}"
            messages.error(request, f"{name}: yapılmadı — {why_not}")


def _outcome(line: Line, step: str, move: str, note: str, by: User, version: int) -> str:
    """Decides as the mail's own page would; why that was refused, empty when it was done."""
    if line.why_not:
        return line.why_not
    try:
        _decide(line.mail, step, move, note, by, version)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _label(mail: Mail, step: str, move: str) -> str:
    """What the act is called; empty for one that this mail's page does not offer."""
    if step == FILING.name and not move:
        return FILING.label
    chosen = triage.choice(mail, step, move)
    return f"{chosen.record.definition.number}. adım: {chosen.move.label}" if chosen else ""


def _line(mail: Mail, step: str, move: str) -> Line:
    if step == FILING.name:
        return Line(mail, (), "")
    chosen = triage.choice(mail, step, move)
    if chosen is None:
        return Line(mail, (), "başvurusu şu anda böyle bir yanıt almıyor")
    if mail.sender_authentication != SenderAuthentication.VERIFIED:
        return Line(mail, (), "göndereni doğrulanmadı; kendi sayfasında karar verin")
    form = _answer(mail, step, move)
    if not form.is_valid():
        lacking = ", ".join(str(form.fields[name].label or name) for name in form.errors if name in form.fields)
        return Line(mail, (), f"e-postadan okunamayan var ({lacking}); kendi sayfasında karar verin")
    brings = [("E-postadaki sözler", form.cleaned_data["note"]), *extracted_in_words(form.extracted)]
    return Line(mail, brings, "", chosen.record.version)


def _answer(mail: Mail, step: str, move: str) -> MailAnswerForm:
    """The form of the mail's own page as it stands there before anybody types: the company reads the mail's own
    words, never why support has decided so."""
    return MailAnswerForm(read_of(mail), move=move, step=step, verified=True)


def _decide(mail: Mail, step: str, move: str, note: str, by: User, version: int) -> None:
    """Raises NotAllowed, also when a colleague has the case."""
    case = case_of(mail)
    if case is not None:
        casework.take(application=case, user=by)
    else:
        casework.take_mail(mail=mail, user=by)
    if step == FILING.name:
        with triage.outdated_is_refused():
            FILING.verb(mail, note, by)
    else:
        _apply(mail, step, move, note, by, version)
    casework.decided(case)
    casework.decided_mail(mail)


def _apply(mail: Mail, step: str, move: str, note: str, by: User, version: int) -> None:
    form = _answer(mail, step, move)
    chosen = triage.choice(mail, step, move)
    if chosen is None or not form.is_valid():
        raise NotAllowed(triage.OUTDATED)
    with transaction.atomic():
        triage.apply(
            mail=mail,
            step=chosen.record.definition,
            move=move,
            extracted=form.extracted,
            note=form.cleaned_data["note"],
            vouched="",
            by=by,
            expected_version=version,
        )
        decisions.journal(mail, by=by, text=f"benzerleriyle birlikte karar verildi: {chosen.move.label} — {note}")
