from typing import Any

from django import forms
from django.utils import timezone

from documents.inspection import ACCEPTED
from onboarding.forms.fields import MersisField, PastDateField
from onboarding.models import ChannelChoices
from tenancy.fields import PICK_ONE, NameField, VisibleField


class ChannelForm(forms.Form):
    channel = forms.ChoiceField(
        label="Nasıl başvuracaksınız?",
        choices=ChannelChoices.choices,
        widget=forms.RadioSelect,
        error_messages=PICK_ONE,
    )


class MersisQuestion(forms.Form):
    has_mersis = MersisField(
        help_text=(
            "MERSİS, Merkezi Sicil Kayıt Sistemi numarasıdır; 16 hanelidir. Form ve belgeler buna göre değişir."
        )
    )


class RemarkAnswerForm(forms.Form):
    answer = VisibleField(label="Yanıtınız", required=False, max_length=1000)


class BrandNameForm(forms.Form):
    name = NameField(
        label="Marka ya da işletme adı",
        help_text="Müşterilerinizin sizi tanıdığı ad",
        max_length=150,
    )


# Offered while one types; any other is taken as well.
CARRIERS = ("Aras Kargo", "DHL eCommerce", "HepsiJet", "Kolay Gelsin", "PTT Kargo", "Sürat Kargo", "Yurtiçi Kargo")


class CargoForm(forms.Form):
    carrier = NameField(
        label="Kargo firması",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "carriers"}),
        error_messages={"required": "Hangi kargoyla gönderdiğinizi yazın, örneğin “PTT Kargo”."},
    )
    tracking_number = VisibleField(
        label="Takip numarası",
        max_length=60,
        error_messages={"required": "Takip numarasını yazın; kargo fişinizde bulunur."},
    )
    sent_on = PastDateField(label="Gönderildiği gün", initial=timezone.localdate)
    arrived_on = PastDateField(label="Ulaştığı gün", required=False)

    def __init__(self, *args: Any, is_sent: bool, **kwargs: Any) -> None:
        """`is_sent`: the parcel is known already; who tells of it now cannot say when it arrives."""
        super().__init__(*args, **kwargs)
        if not is_sent:
            del self.fields["arrived_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = {"arrived_on": None} | (super().clean() or {})
        number = cleaned.get("tracking_number")
        if number and not any(each.isdigit() for each in number):
            self.add_error("tracking_number", "Takip numarasında rakam olur; kargo fişinizden yazın.")
        sent, arrived = cleaned.get("sent_on"), cleaned.get("arrived_on")
        if sent and arrived and arrived < sent:
            self.add_error("arrived_on", "Ulaştığı gün, gönderildiği günden önce olamaz.")
        return cleaned


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Dosya",
        error_messages={"required": "Önce bir dosya seçin.", "empty": "Dosya boş. Açıp kontrol edin."},
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
