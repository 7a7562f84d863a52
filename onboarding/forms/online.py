"""Forms of the online channel (guide, 1.2): e-mail, codes, query, signing link, the declaration."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from documents.disclosure import Discloses
from documents.fields import ChosenFile, FileOfAForm
from documents.models import Place
from identifiers import email, iys, mersis, tckn
from onboarding.actions.pre_application import already_applied
from onboarding.actions.pre_application.online import is_free_mailbox
from onboarding.forms.aged import Aged
from onboarding.forms.fields import brand_lines
from onboarding.forms.pre_application import UploadForm
from tenancy.fields import SECRET, SECRET_IF_PERSONS, CleanField, VisibleField, cleaned, demanded
from tenancy.numbers import NUMERIC
from verification.forms import CodeField, SecurityCheckField


class CorporateEmailForm(forms.Form):
    email = CleanField(
        label="Kurumsal e-posta adresiniz",
        help_text="Firmanızın kendi alan adıyla, örneğin bilgi@firmaniz.com.tr; Gmail gibi hizmetler olmaz",
        cleaner=email.clean,
        max_length=254,
        attrs={"type": "email", "inputmode": "email", "autocomplete": "email"},
    )
    check = SecurityCheckField(label="Güvenlik denetimi")

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if is_free_mailbox(email.domain(address)):
            raise forms.ValidationError(
                (
                    "%(domain)s ücretsiz bir e-posta hizmeti. İYS firmanızın kendi alan adında bir adres ister; "
                    "böyle bir adresiniz yoksa manuel başvuruyu kullanın."
                ),
                params={"domain": email.domain(address)},
            )
        return address


class CodeForm(forms.Form):
    code = CodeField(label="Doğrulama kodu", max_length=12)


class QueryForm(Discloses):
    place: ClassVar = Place.REGISTRY_QUERY

    mersis_number = CleanField(
        label="MERSİS numarası",
        help_text="16 haneli; ticaret sicil gazetenizde yazar",
        cleaner=mersis.clean,
        max_length=25,
        attrs=NUMERIC | SECRET_IF_PERSONS,
    )
    identity = CleanField(
        label="T.C. kimlik numarası",
        help_text="İmza yetkilisinin 11 haneli numarası. Ekranlarda gizlenir, şifreli saklanır.",
        cleaner=tckn.clean,
        max_length=20,
        attrs=NUMERIC | SECRET,
    )


class HandOffForm(forms.Form):
    """`sent_with` is the id of a form of the page whose fields go along: the paper says them. `awaited` are
    those who have not signed yet: a single one is named."""

    email = CleanField(
        label="İmzalayacak kişinin e-posta adresi",
        cleaner=email.clean,
        max_length=254,
        attrs={"type": "email", "inputmode": "email"},
    )

    def __init__(self, *args: Any, sent_with: str = "", awaited: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(awaited) == 1:
            self.fields["email"].label = f"İmzalayacak kişinin ({awaited[0]}) e-posta adresi"
        self.sent_with = sent_with
        if sent_with:
            self.fields["email"].widget.attrs["form"] = sent_with


class DeclarationForm(forms.Form):
    correct = forms.BooleanField(
        label="Yukarıda belirttiğim tüm bilgilerin ve yüklediğim belgenin doğruluğunu beyan ederim.",
        error_messages={"required": "Başvuruyu tamamlamak için doğruluk beyanının kutusunu işaretleyin."},
    )


class EvidenceForm(Aged):
    """What İYS wrote to a company that applied at İYS's own site. The checks are step 3's.

    `paper` is what the caller found in its field; `needs_paper` that nothing can be handed over without one.
    """

    iys_application_number = VisibleField(
        label="İYS ön başvuru numarası",
        help_text="Örneğin MX3ZB5JA; bu numara İYSKod değildir",
        required=False,
        max_length=20,
    )
    iys_code = VisibleField(
        label="İYSKod",
        help_text="Onay e-postasında “İYS Numaranız” diye yazar; yalnızca rakam",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=NUMERIC),
    )
    brands = VisibleField(
        label="Markalarınız ve BrandKod'ları",
        help_text=(
            "Tek markanız varsa boş bırakın: kodu İYSKod ile aynıdır, portal yazar. "
            "Birkaç markanız varsa her satıra bir marka ile BrandKod'unu yazın, örneğin Mavi Deniz, 711157."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = VisibleField(
        label="Eklemek istedikleriniz",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    file = FileOfAForm(label="İYS'den gelen e-posta ya da belge", required=False)

    def __init__(
        self, *args: Any, paper: ChosenFile | None = None, needs_paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.needs_paper = paper, needs_paper
        self.take_what_is_now()
        demanded(self, "iys_application_number", "iys_code")

    def clean_iys_application_number(self) -> str:
        return cleaned(iys.clean_application_number, self.cleaned_data["iys_application_number"])

    def clean_iys_code(self) -> str:
        return cleaned(iys.clean_code, self.cleaned_data["iys_code"])

    def clean_brands(self) -> list[dict[str, str]]:
        return brand_lines(self.cleaned_data["brands"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        del found["file"]
        numbers = ("iys_application_number", "iys_code")
        if not any(found.get(name) or name in self.errors for name in numbers):
            self.add_error("iys_application_number", "Ön başvuru numarasını ya da İYSKod'u yazın.")
        if self.paper is not None and self.paper.refusal:
            self.add_error("file", self.paper.refusal)
        elif self.needs_paper and not self.paper:
            self.add_error("file", already_applied.NO_PAPER)
        return found


class UploadByLinkForm(Discloses, UploadForm):
    """A signed paper says who signed; whoever comes by the link is met for the first time."""

    place: ClassVar = Place.SIGNING_LINK
