"""The guide's "Marka Ekleme" and "İstatistiksel Bilgiler", with its six labels and nine questions."""

import re
from typing import Any

from django import forms

from brands.models import Brand, Channel, Reach, YearlyFigures
from brands.registering import Figures, Reached, asked_year
from documents.fields import ChosenFile, FileOfAForm
from identifiers import Refused, email, phone
from identifiers.invisible import plain
from tenancy.fields import NameField, demanded
from tenancy.models import Company
from tenancy.numbers import CountField, empty_is_zero

REACHED = {
    Channel.MESSAGE: ("Mesajla ulaşılan alıcı sayısı", "Mesaj gönderirken kullandığınız kısa isimler"),
    Channel.CALL: ("Aramayla ulaşılan alıcı sayısı", "Arama yaparken kullandığınız telefon numaraları"),
    Channel.EMAIL: (
        "E-postayla ulaşılan alıcı sayısı",
        "E-posta gönderirken kullandığınız e-posta adresleri",
    ),
}
EXPLAINED = {Channel.MESSAGE: "SMS'te gönderen olarak görünen ad, örneğin MAVIDENIZ. "}
ASKED = {
    Channel.MESSAGE: (
        "Geçtiğimiz yıl kaç mesaj gönderimi yaptınız?",
        "Geçtiğimiz yıl izinli listenize kaç cep telefonu numarası eklediniz?",
        "Geçtiğimiz yıl kaç cep telefonu numarasından ret bildirimi aldınız?",
    ),
    Channel.CALL: (
        "Geçtiğimiz yıl kaç arama yaptınız?",
        "Geçtiğimiz yıl arama için izinli listenize kaç telefon numarası eklediniz?",
        "Geçtiğimiz yıl aramalar için kaç telefon numarasından ret bildirimi aldınız?",
    ),
    Channel.EMAIL: (
        "Geçtiğimiz yıl kaç e-posta gönderimi yaptınız?",
        "Geçtiğimiz yıl izinli listenize kaç e-posta adresi eklediniz?",
        "Geçtiğimiz yıl kaç e-posta adresinden ret bildirimi aldınız?",
    ),
}
# Sender names of SMS in Turkey are registered with the operators: 3 to 11 characters, no Turkish letters.
SENDER_NAME = re.compile(r"[A-Z0-9][A-Z0-9 .&_-]{1,9}[A-Z0-9.]")
MOST_LETTERS = 150  # of a name
MOST = 2_000_000_000


def clean_identifier(channel: Channel, text: str) -> str:
    """A sender name, telephone number or sender address in canonical form. Raises Refused."""
    if channel is Channel.CALL:
        return phone.clean(text)
    if channel is Channel.EMAIL:
        return email.clean(text)
    name = plain(text).upper()
    if not SENDER_NAME.fullmatch(name):
        raise Refused(f"“{text}” bir kısa isim değil: 3–11 karakter, Türkçe harf olmadan, örneğin MAVIDENIZ.")
    return name


class BrandForm(forms.Form):
    """One brand with its three channels. `certificate` is what the caller found in that field."""

    name = NameField(label="Marka (ya da işletme) adı", max_length=MOST_LETTERS)
    certificate = FileOfAForm(
        label="Marka tescil belgesi",
        required=False,
    )

    def __init__(
        self, data: Any = None, *, certificate: ChosenFile, company: Company, brand: Brand | None = None
    ) -> None:
        initial: dict[str, Any] = {"name": brand.name if brand else ""}
        # The first one mostly is called as the firm, and needs no certificate then.
        is_as_the_firm = brand is None and len(company.trade_name) <= MOST_LETTERS and not company.brands.exists()
        if is_as_the_firm:
            initial["name"] = company.trade_name
        known = {reach.channel: reach for reach in brand.reaches.all()} if brand else {}
        for channel in Channel:
            if channel in known:
                initial[f"{channel}_recipients"] = known[channel].recipients
                initial[f"{channel}_identifiers"] = "\n".join(known[channel].identifiers)
        super().__init__(data, initial=initial)
        self.company, self.brand, self.paper = company, brand, certificate
        if is_as_the_firm:
            self.fields["name"].help_text = "Ticaret unvanınızı yazdık; markanızın adı başkaysa değiştirin"
        for channel, (how_many, which) in REACHED.items():
            self.fields[f"{channel}_recipients"] = CountField(label=how_many, max_value=MOST, required=False)
            self.fields[f"{channel}_identifiers"] = forms.CharField(
                label=which,
                help_text=EXPLAINED.get(channel, "") + "Birden çoksa her satıra bir tane",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            demanded(self, f"{channel}_recipients", f"{channel}_identifiers")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.paper.refusal:
            self.add_error("certificate", self.paper.refusal)
        for channel in Channel:
            self._clean_channel(channel, cleaned)
        nothing = not any(cleaned.get(f"{channel}_recipients") for channel in Channel)
        if nothing and not self.errors.keys() - {"name", "certificate"}:
            self.add_error(None, "En az bir kanalda ulaşılan alıcı sayısını yazın.")
        return cleaned

    def _clean_channel(self, channel: Channel, cleaned: dict[str, Any]) -> None:
        field = f"{channel}_identifiers"
        found: list[str] = []
        for line in filter(None, map(str.strip, re.split(r"[\n,;]", cleaned.get(field) or ""))):
            try:
                found.append(clean_identifier(channel, line))
            except Refused as refusal:
                self.add_error(field, str(refusal))
        cleaned[field] = tuple(dict.fromkeys(found))
        if cleaned.get(f"{channel}_recipients") and not found and field not in self.errors:
            self.add_error(field, "Alıcı sayısı yazdığınız kanalda neyi kullandığınızı da yazın.")

    @property
    def reached(self) -> dict[Channel, Reached]:
        return {
            channel: Reached(
                self.cleaned_data.get(f"{channel}_recipients") or 0, self.cleaned_data[f"{channel}_identifiers"]
            )
            for channel in Channel
        }

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(how many, under which names) for each channel, side by side on the screen."""
        return [(self[f"{channel}_recipients"], self[f"{channel}_identifiers"]) for channel in Channel]


class FiguresForm(forms.Form):
    """The nine questions about last year."""

    def __init__(self, data: Any = None, *, company: Company) -> None:
        self.year = asked_year()
        known = {each.channel: each for each in YearlyFigures.objects.filter(company=company, year=self.year)}
        initial = {
            f"{channel}_{name}": getattr(known[channel], name)
            for channel in known
            for name in ("sent", "added", "refused")
        }
        super().__init__(data, initial=initial)
        for channel, questions in ASKED.items():
            for name, question in zip(("sent", "added", "refused"), questions, strict=True):
                self.fields[f"{channel}_{name}"] = CountField(label=question, max_value=MOST, required=False)
        demanded(self, *self.fields)
        reached = Reach.objects.filter(brand__company=company, recipients__gt=0)
        self.used = set(reached.values_list("channel", flat=True)) or set(Channel)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        nothing = "En az bir sayı yazın; hiç gönderim yapmadıysanız buraya 0 yazın."
        empty_is_zero(self, tuple(self.fields), nothing=nothing)
        return cleaned

    @property
    def figures(self) -> dict[Channel, Figures]:
        return {
            channel: Figures(*(self.cleaned_data[f"{channel}_{name}"] for name in ("sent", "added", "refused")))
            for channel in Channel
        }

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [self._questions(channel) for channel in Channel if channel in self.used]

    @property
    def folded(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Of the channels on which no brand reaches anybody: hardly anything was sent there."""
        return [self._questions(channel) for channel in Channel if channel not in self.used]

    @property
    def is_unfolded(self) -> bool:
        """What is wrong or was written there is in sight."""
        return any(field.errors or field.value() for _title, fields in self.folded for field in fields)

    def _questions(self, channel: Channel) -> tuple[str, list[forms.BoundField]]:
        return str(channel.label), [self[f"{channel}_{name}"] for name in ("sent", "added", "refused")]
