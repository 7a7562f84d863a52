"""The page on which a sentence of a mail is taught: its blanks, what it says, and what would change, before it is
saved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from correspondence.models import Mail, TaughtSentence
from correspondence.reading.blanks import BLANKS
from correspondence.reading.kinds import staff_rule_choices
from correspondence.reading.sentence_patterns import complaint
from correspondence.reading.understanding import Sentence
from identifiers.masking import masked
from onboarding.mail import teaching
from onboarding.mail.labels import KINDS
from tenancy.requests import posted, user_of

HARMLESS = ("", "Zararsız: hiçbir şey bildirmez")


class SentenceForm(forms.ModelForm[TaughtSentence]):
    """What every page asks where a sentence is written: it must be one that no other mail fits by accident."""

    kind = forms.ChoiceField(
        label="Bu cümle ne diyor?",
        required=False,
        choices=lambda: [HARMLESS, *staff_rule_choices()],
        widget=forms.RadioSelect,
        help_text="Yalnızca tek başına da bunu söylüyorsa seçin. Emin değilseniz öğretmeyin; yalnızca bu e-posta "
        "için karar verin.",
    )

    class Meta:
        model = TaughtSentence
        fields = ("kind", "text")
        widgets = {"text": forms.Textarea({"rows": 3})}

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "text" in given and (wrong := complaint(given["text"], claim=bool(given.get("kind")))):
            self.add_error("text", wrong)
        return given


class TeachForm(SentenceForm):
    for_all = forms.BooleanField(label="Bütün iş ortaklarının e-postalarında geçerli olsun", required=False)

    class Meta(SentenceForm.Meta):
        fields = ("kind", "text")


def teach_page(page: Any, request: HttpRequest, mail: Mail, sentence: Sentence) -> HttpResponse:
    """`page` is the mail's admin. Looking at it changes nothing; “Öğret” saves what the page has shown last."""
    user = user_of(request)
    kind = request.GET.get("kind", "")
    row = teaching.draft(mail, sentence, kind=kind if kind in dict(staff_rule_choices()) else "", by=user)
    form = TeachForm(posted(request), instance=row)
    if not user.has_perm(teaching.TEACH_FOR_ALL):
        del form.fields["for_all"]
    if not form.is_bound or form.is_valid():
        if form.is_bound:
            row = form.save(commit=False)
            row.partner = None if form.cleaned_data.get("for_all") else row.partner
        if "_teach" in request.POST and (answer := _taught(page, request, mail, row)) is not None:
            return answer
        changes = list(teaching.preview(row, by=user))
    else:
        changes = []
    return page.form_page(  # type: ignore[no-any-return]
        request,
        form,
        "Cümleyi öğret",
        row=mail,
        template="admin/correspondence/mail/teach.html",
        save="Öğret",
        shown=masked(sentence.text),
        home=row.partner,
        labels=KINDS,
        blanks=[name for name in BLANKS if name != "söz"],
        changes=[(each, KINDS.get(each.mail.kind, "okunmadı"), KINDS[each.said.kind]) for each in changes],
        tried=teaching.TRIED,
    )


def _taught(page: Any, request: HttpRequest, mail: Mail, row: TaughtSentence) -> HttpResponse | None:
    try:
        moved = teaching.teach(row, by=user_of(request))
    except teaching.NotTaught as error:
        messages.error(request, str(error))
        return None
    messages.success(request, f"Öğretildi: {row.meaning}.")
    if moved:
        names = ", ".join(str(each.company) for each in moved)
        messages.success(request, f"Bu cümleyle anlaşılan {len(moved)} e-posta uygulandı: {names}.")
    back: HttpResponse = page.back(mail.pk)
    return back
