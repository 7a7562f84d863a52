from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from documents.inspection import ACCEPTED
from identifiers import iys
from identifiers.turkish import begun
from onboarding.dossier.content import lines, needs, remarkable
from onboarding.dossier.suggestions import Suggestion
from onboarding.forms.fields import brand_lines
from onboarding.models import ApplicationForm, KeptPhrase, StepRecord
from tenancy.fields import VisibleField, cleaned


class RemarksForm(forms.Form):
    """A remark for each field and document; what is left empty stays closed to the company.

    What İYS's words seem to be about comes first, each with its remark and a tick: without the tick it stays
    closed as well.
    """

    def __init__(
        self,
        *args: Any,
        form: ApplicationForm,
        record: StepRecord,
        suggested: Sequence[Suggestion] = (),
        phrases: Iterable[KeptPhrase] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.phrases = [phrase.text for phrase in phrases]
        known = dict(remarkable(form, record.step, record.state))
        stands = {line.key: line.shown for line in lines(form)}
        stands |= {str(need.kind): need.document.name for need in needs(form) if need.document}
        self.suggested = {each.key: each.remark for each in suggested if each.key in known}
        for key in (*self.suggested, *(key for key in known if key not in self.suggested)):
            if key in self.suggested:
                self.fields[f"open_{key}"] = forms.BooleanField(
                    label=f"{known[key]} düzeltilsin", required=False, initial=True
                )
            self.fields[key] = forms.CharField(
                label=known[key],
                required=False,
                max_length=1000,
                initial=self.suggested.get(key, ""),
                help_text=f"Şu an: {stands[key]}" if stands.get(key) else "",
                widget=forms.TextInput(
                    attrs={"placeholder": "Ne düzeltilmeli?", "size": 80, "list": "kept-phrases"}
                ),
            )
        for first in [*self.suggested, *known][:1]:
            self.fields[first].widget.attrs["autofocus"] = True
        self.fields["keep"] = forms.BooleanField(
            label="Bu cümleleri sakla", required=False, help_text="Sonraki düzeltme isteklerinde yazarken sunulur."
        )

    @property
    def lead(self) -> str:
        if not self.suggested:
            return ""
        return (
            "İYS'nin sözlerinden anlaşılanlar üstte ve işaretli; işaretini kaldırdığınız firmadan istenmez. "
            "Başka bir düzeltme için alanın yanına ne düzeltileceğini yazın."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in self.suggested:
            if cleaned.get(f"open_{key}") and not cleaned.get(key) and key not in self.errors:
                self.add_error(key, "Ne düzeltileceğini yazın ya da işareti kaldırın.")
        if not self.errors and not self.remarks:
            raise forms.ValidationError("En az bir alan ya da belge için ne düzeltileceğini yazın.")
        return cleaned

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """(field, sentence) pairs, in the dossier's order."""
        ticked = {key for key in self.suggested if self.cleaned_data.get(f"open_{key}")}
        return [
            (key, text)
            for key, text in self.cleaned_data.items()
            if text and not key.startswith(("open_", "keep")) and (key not in self.suggested or key in ticked)
        ]


def code_fields(iys_code: str, brands: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Codes as they stand in the fields of an answer."""
    return {"iys_code": iys_code, "brands": "\n".join(f"{brand['name']}, {brand['code']}" for brand in brands)}


class AnswerForm(forms.Form):
    """What İYS said by telephone or on paper. Which fields are asked for follows from the move."""

    lead = ""  # what is to be known before it is recorded
    note = VisibleField(
        label="İYS ne söyledi, kim, ne zaman?",
        help_text="Günlüğe ve firmanın gördüğü nota yazılır.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    application_number = VisibleField(label="Ön başvuru numarası", required=False, max_length=20)
    iys_code = VisibleField(label="İYSKod", required=False, max_length=20)
    brands = VisibleField(
        label="Markalar",
        help_text="Her satıra bir marka ve BrandKod'u, örneğin Mavi Deniz, 711157",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    view_url = forms.URLField(label="Teklif bağlantısı", required=False, assume_scheme="https")
    pay_url = forms.URLField(label="Ödeme bağlantısı", required=False, assume_scheme="https")
    continue_url = forms.URLField(label="Devam bağlantısı", required=False, assume_scheme="https")
    without_link = forms.BooleanField(
        label="Bağlantı yok, bilerek boş bırakıyorum",
        help_text="Firma portalda bağlantı görmez; onu İYS'nin kendisine yazdığı e-postada araması söylenir.",
        required=False,
    )

    EXTRACTED = ("application_number", "iys_code", "brands", "view_url", "pay_url", "continue_url")
    ASKED = {
        "received": ("application_number",),
        "approve": ("iys_code", "brands"),
        "read": ("iys_code", "brands"),
        "offer": ("view_url", "pay_url"),
    }
    # By move, the link without which the company cannot do what it is asked to.
    NEEDED_LINK = {"offer": "pay_url", "continue_link": "continue_url"}

    def __init__(self, *args: Any, move: str, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        asked = self.ASKED.get(move, ())
        for name in list(self.fields):
            if name in self.EXTRACTED and name not in asked:
                del self.fields[name]
        if self.NEEDED_LINK.get(move) not in self.fields:
            del self.fields["without_link"]
        if (step, move) == ("code_receipt", "read"):
            self.fields["iys_code"].required = True

    def clean_application_number(self) -> str:
        return cleaned(iys.clean_application_number, self.cleaned_data["application_number"])

    def clean_iys_code(self) -> str:
        return cleaned(iys.clean_code, self.cleaned_data["iys_code"])

    def clean_brands(self) -> list[dict[str, str]]:
        return brand_lines(self.cleaned_data["brands"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("brands") and "iys_code" not in self.errors and not cleaned.get("iys_code"):
            self.add_error("iys_code", "Markaların kodları İYSKod ile birlikte kaydedilir; İYSKod'u da yazın.")
        link = self.NEEDED_LINK.get(self.move, "")
        if link in self.fields and link not in self.errors:
            if not cleaned.get(link) and not cleaned.get("without_link"):
                self.add_error(link, "Bağlantıyı yazın. Yoksa aşağıdan bilerek boş bıraktığınızı işaretleyin.")
            elif cleaned.get(link) and cleaned.get("without_link"):
                self.add_error("without_link", "Bağlantıyı yazdınız; ya onu silin ya bu işareti kaldırın.")
        return cleaned

    @property
    def extracted(self) -> dict[str, Any]:
        asked = (*self.ASKED.get(self.move, ()), "brands")
        return {"brands": [], **{key: value for key, value in self.cleaned_data.items() if key in asked}}


class ToldAnswerForm(AnswerForm):
    """What İYS said otherwise than by mail, with what shows it."""

    evidence = forms.FileField(
        label="Kanıt (PDF, JPEG, PNG, HEIC)",
        help_text=(
            "Kâğıdın taraması, ekran görüntüsü ya da görüşme kaydının dökümü; başvurunun belgelerinde durur. "
            "Telefonda söylendiyse ve elinizde bir şey yoksa boş bırakın."
        ),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class MailAnswerForm(AnswerForm):
    """What a mail says, prefilled from its reading; who sent it is vouched for when no server did.

    Its link to go on is kept with the mail, so it is asked for here alone.
    """

    ASKED = AnswerForm.ASKED | {"continue_link": ("continue_url",)}

    vouched = forms.BooleanField(label="Göndereni ayrıca doğruladım")
    vouched_how = forms.CharField(
        label="Nasıl doğruladınız?",
        help_text="Örneğin: “İYS'yi 0850 333 3338'den aradım, Ayşe Hanım e-postayı doğruladı.”",
        max_length=500,
    )

    def __init__(self, *args: Any, verified: bool, move: str, **kwargs: Any) -> None:
        super().__init__(*args, move=move, **kwargs)
        self.fields["note"].label = "E-posta ne diyor?"
        if verified:
            del self.fields["vouched"], self.fields["vouched_how"]
        needed = [
            name for name, each in self.fields.items() if each.required or name == self.NEEDED_LINK.get(move)
        ]
        missing = next((name for name in needed if not self.initial.get(name)), "")
        # Whoever has nothing to type goes on with the button (templates/admin/form_page.html).
        self.is_filled = not missing
        if missing:
            self.fields[missing].widget.attrs["autofocus"] = True
        stands, own = self.data if self.is_bound else self.initial, ", ".join(sorted(settings.IYS_DOMAINS))
        for name, each in self.fields.items():
            if isinstance(each, forms.URLField) and (host := _elsewhere(stands.get(name) or "")):
                each.help_text = f"{own} değil, {host} sitesine gider. Firma da açabilecek; önce siz bakın."

    @classmethod
    def read_from(cls, extracted: Mapping[str, Any], words: str, standing: Mapping[str, Any]) -> dict[str, Any]:
        """The reading as what stands in the fields before anybody types; what the mail's kind is not asked for
        comes from what is `standing` in it."""
        found: dict[str, Any] = {name: extracted.get(name) or standing.get(name) or "" for name in cls.EXTRACTED}
        codes = code_fields(found["iys_code"], found["brands"])
        return {**found, **codes, "note": begun(extracted.get("remarks") or words)}


def _elsewhere(url: str) -> str:
    """The host to which a link leads, where that is none of İYS's."""
    try:
        # As browsers read it, to whom a backslash is a slash: what follows is no host any more.
        host = urlsplit(url.replace("\\", "/")).hostname or ""
    except ValueError:  # no address at all: the field refuses it
        return ""
    iyss = any(f".{host.rstrip('.')}".endswith(f".{each}") for each in settings.IYS_DOMAINS)
    return "" if iyss else host


class NoteForm(forms.Form):
    """Why; every decision about a mail keeps a reason."""

    note = forms.CharField(label="Neden", max_length=400)
