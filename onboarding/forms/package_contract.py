from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from brands.models import Channel
from documents.fields import ChosenFile, FileOfAForm
from identifiers import counts, email
from onboarding.forms.fields import PastDateField
from onboarding.models import Package
from tenancy.fields import CleanField, VisibleField, demanded
from tenancy.numbers import CountField, empty_is_zero


def _addresses(label: str) -> CountField:
    return CountField(label=label, max_value=100_000_000, required=False)


ADDRESSES = tuple(f"{channel.value}_addresses" for channel in Channel)


class CountsForm(forms.Form):
    """Approved addresses per channel: the one home of these figures for steps 4 and 5."""

    message_addresses = _addresses("Mesaj (SMS) için onaylı numara sayısı")
    call_addresses = _addresses("Arama için onaylı numara sayısı")
    email_addresses = _addresses("E-posta için onaylı adres sayısı")
    offer_email = CleanField(
        label="Teklifin gönderileceği kurumsal e-posta",
        cleaner=email.clean,
        max_length=254,
        error_messages={"required": "İYS'nin teklifi hangi adrese göndereceğini yazın."},
        attrs={"type": "email", "inputmode": "email", "autocomplete": "email"},
    )
    package = forms.ModelChoiceField(
        label="Paket",
        queryset=Package.objects.none(),
        required=False,
        empty_label="Sayılara göre önerilen paket",
    )

    def __init__(
        self, *args: Any, packages: Sequence[Package], suggested: Mapping[Channel, int], **kwargs: Any
    ) -> None:
        """`suggested` are figures that are filled in, and said to be no more than a suggestion."""
        super().__init__(*args, **kwargs)
        demanded(self, *ADDRESSES, "package")  # its first choice says what is taken
        for channel, count in suggested.items():
            name = f"{channel.value}_addresses"
            self.initial[name] = count
            self.fields[name].help_text = (
                "Öneri: markalarınızda yazdığınız ulaşılan alıcı sayısı. "
                "Onaylı adres sayınız farklıysa değiştirin."
            )
        field = self.fields["package"]
        if isinstance(field, forms.ModelChoiceField):
            offered = Package.objects.filter(pk__in=[package.pk for package in packages])
            # The one without a limit is the largest, whatever a database makes of nothing.
            field.queryset = offered.order_by(F("limit").asc(nulls_last=True))

    @property
    def is_filled(self) -> bool:
        """Whether figures stand in it that nobody has to type."""
        return any(self.initial.get(name) for name in ADDRESSES)

    @property
    def largest(self) -> int:
        return max(int(self.cleaned_data[name]) for name in ADDRESSES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        empty_is_zero(
            self, ADDRESSES, nothing="En az bir kanal için sayı yazın; hiç onaylı adresiniz yoksa 0 yazın."
        )
        package = cleaned.get("package")
        if not self.errors and package is not None and not package.holds(self.largest):
            self.add_error(
                "package",
                (
                    f"{package} paketi {counts.written(self.largest)} adrese yetmiyor; "
                    "en büyük kanalınıza yeten bir paket seçin."
                ),
            )
        return cleaned


class OwnPackageForm(forms.Form):
    """What support looks for who has a package at İYS already."""

    name = VisibleField(label="Paketin adı", help_text="Örneğin İLETİ-25", max_length=60)
    last_day = forms.DateField(
        label="Paketin son günü", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < timezone.localdate():
            raise forms.ValidationError("Bu paketin süresi dolmuş; aşağıdan yeni bir teklif isteyin.")
        return day

    @property
    def question(self) -> str:
        """As it goes to support."""
        day = date_format(self.cleaned_data["last_day"], "j F Y")
        return (
            f"İYS'den aldığımız bir İLETİ paketi zaten var. Paket: {self.cleaned_data['name']}. Son günü: {day}."
        )


class PaymentForm(forms.Form):
    paid_on = PastDateField(label="Ödeme günü", initial=timezone.localdate)
    reference = forms.CharField(
        label="Ödeme referansı",
        help_text="Ödeme sayfasında ya da dekontta yazar",
        required=False,
        max_length=100,
    )
    receipt = FileOfAForm(label="Dekont", required=False)

    def __init__(self, *args: Any, receipt: ChosenFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = receipt
        demanded(self, "reference", "receipt")

    def clean(self) -> dict[str, Any]:
        """Support has to find the payment by something."""
        cleaned = super().clean() or {}
        if self.paper.refusal:
            self.add_error("receipt", self.paper.refusal)
        if not self.errors.keys() & {"receipt", "reference"} and not cleaned.get("reference") and not self.paper:
            self.add_error("reference", "Ödeme referansını yazın ya da dekontu yükleyin.")
        return cleaned
