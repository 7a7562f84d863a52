"""The page on which a sentence of a mail is taught: what it says, which words vary, and what would change, before
it is saved."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from correspondence.models import Mail, TaughtSentence
from correspondence.reading.understanding import Meaning, Sentence
from identifiers.masking import masked
from onboarding.admin.mails.teach_form import TeachForm
from onboarding.mail import teaching
from onboarding.mail.labels import BLANKS, read_as
from tenancy.identities import known_to, masked_for
from tenancy.requests import posted, user_of

LOOK_FIRST = "Seçiminiz değişti. Neyi değiştireceğine aşağıda bakın, sonra “Öğret”e basın."


def teach_page(page: Any, request: HttpRequest, mail: Mail, sentence: Sentence) -> HttpResponse:
    """`page` is the mail's admin. Looking changes nothing; “Öğret” saves what the page has shown last, nothing
    else."""
    user = user_of(request)
    home = teaching.home_of(mail, user)
    form = TeachForm(
        posted(request),
        sentence=sentence.text,
        names=teaching.names_in(mail),
        for_all=home is not None and user.has_perm(teaching.TEACH_FOR_ALL),
        harmless="zararsiz" in request.GET,
        known=known_to(mail.company),
    )
    row = TaughtSentence(mail=mail, partner=home, taught_by=user)
    if (chosen := form.chosen()) is not None:
        row.kind, row.text = chosen.kind, chosen.text
        row.partner = None if chosen.for_all else home
        if "_teach" in request.POST and request.POST.get("shown") == chosen.digest:
            if (answer := _taught(page, request, mail, row)) is not None:
                return answer
        elif "_teach" in request.POST:
            messages.warning(request, LOOK_FIRST)
    changes = teaching.preview(row, by=user) if chosen else []
    return page.form_page(  # type: ignore[no-any-return]
        request,
        form,
        "Cümleyi öğret",
        row=mail,
        template="admin/correspondence/mail/teach.html",
        sentence=masked_for(mail.company, sentence.text),
        home=row.partner,
        chosen=chosen,
        pattern=masked_for(mail.company, _for_people(row.text)),
        meaning=row.meaning,
        this=next((shown(each) for each in changes if each.mail == mail), None),
        others=[shown(each) for each in changes if each.mail != mail],
        tried=teaching.TRIED,
    )


def shown(change: teaching.Change) -> dict[str, Any]:
    """A change in words: how the mail was read, how it would be, and what that would do."""
    left = sum(each.meaning is Meaning.UNKNOWN for each in change.said.sentences)
    return {
        "mail": change.mail,
        "before": _read_as(change.before.kind, change.before.doubt),
        "after": _read_as(change.said.kind, change.said.doubt),
        "left": left,
        "doubt": "" if left else change.said.doubt,
        "then": teaching.outlook(change),
    }


def _for_people(text: str) -> str:
    """The sentence with the names of its blanks: “[Başvuru numarası] no'lu başvurunuz …”."""
    return masked(re.sub(r"\{([^{}]*)\}", lambda found: f"[{BLANKS.get(found[1], found[1])}]", text))


def _read_as(kind: str, doubt: str) -> str:
    return f"{read_as(kind, doubt)}{' (öneri)' if doubt and kind != 'unknown' else ''}"


def _taught(page: Any, request: HttpRequest, mail: Mail, row: TaughtSentence) -> HttpResponse | None:
    try:
        moved = teaching.teach(row, by=user_of(request))
    except teaching.NotTaught as error:
        messages.error(request, str(error))
        return None
    messages.success(request, f"Öğretildi: {row.meaning}.")
    tell_moved(request, moved)
    back: HttpResponse = page.back(mail.pk)
    return back


def tell_moved(request: HttpRequest, moved: list[Mail]) -> None:
    if moved:
        names = ", ".join(str(each.company) for each in moved)
        messages.success(request, f"Bekleyen {len(moved)} e-posta kendiliğinden uygulandı: {names}.")
