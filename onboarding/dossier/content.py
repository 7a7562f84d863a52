"""The pre-application as it is shown, checked, frozen and written to İYS: its fields and documents.

Fields and documents: guide, "1.1. Manuel Başvuru Adımları", with and without a MERSİS number.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import prefetch_related_objects

from brands.models import Brand, Channel
from correspondence.outgoing import splitting
from documents.models import Document, current_of
from identifiers import counts, masking, phone
from onboarding.models import ApplicationForm, ChannelChoices, CoSignatory, DocumentKind, Evidence
from onboarding.steps import STATUS_QUERY


@dataclass(frozen=True, slots=True)
class Line:
    """One field; `key` is the form field's name, `secret` is masked wherever people look. So is a tax or MERSİS
    number that is a person's."""

    key: str
    label: str
    value: str
    secret: bool = False

    @property
    def is_identity(self) -> bool:
        return bool(self.value) and (self.secret or masking.is_persons(self.value))

    @property
    def shown(self) -> str:
        return masking.mask(self.value) if self.is_identity else self.value


@dataclass(frozen=True, slots=True)
class Need:
    """A kind of document that is asked for, and what was handed in for it."""

    kind: DocumentKind
    required: bool
    document: Document | None


# The kinds that are asked for, and whether each has to be handed in.
WITH_MERSIS: Mapping[DocumentKind, bool] = {
    DocumentKind.SIGNATURE_CIRCULAR: True,
    DocumentKind.TRADE_REGISTRY_GAZETTE: True,
    DocumentKind.UNDERTAKING: True,
}
WITHOUT_MERSIS: Mapping[DocumentKind, bool] = {
    DocumentKind.TAX_PLATE: True,
    DocumentKind.IDENTITY_CARD: True,
    DocumentKind.SIGNATURE_CIRCULAR: True,
    DocumentKind.CHAMBER_CERTIFICATE: False,
    DocumentKind.UNDERTAKING: True,
}


# Of these it is read what the form asks for; they may be handed in although they do not go to İYS.
READABLE = frozenset({DocumentKind.TAX_PLATE, DocumentKind.TRADE_REGISTRY_GAZETTE})

# What the information entry asks for, by the key under which it can be remarked on.
ENTRY = {"brands": "Markalar", "statistics": "İstatistiksel bilgiler"}
TOGETHER = {"together": "Müşterek imza yetkilileri"}

ONLINE: Mapping[DocumentKind, bool] = {DocumentKind.UNDERTAKING_SIGNED: True}
APPLIED: Mapping[DocumentKind, bool] = {DocumentKind.EVIDENCE: True}


# Of the company's own rows, what `frozen` asks for beside the documents.
FROZEN = ("company__brands__reaches", "company__brands__certificate", "company__yearly_figures")


def lines(form: ApplicationForm) -> tuple[Line, ...]:
    """The guide's 13 fields in their order, 12 without a MERSİS number; then the KEP address, if there is one."""
    company = form.application.company
    mersis = (Line("mersis_number", "MERSİS Numarası", company.full_mersis_number),) if form.has_mersis else ()
    kep = (Line("kep_address", "KEP Adresi", company.kep_address),) if company.kep_address else ()
    identity = "Pasaport No" if form.signatory_foreign else "TCKN"
    return (
        Line("signatory_identity", f"İmzaya Yetkili Kişi {identity}", form.signatory_identity, secret=True),
        Line("signatory_name", "İmzaya Yetkili Kişi Ad Soyad", form.signatory_name),
        Line("signatory_email", "Yetkili Kişi E-Posta", form.signatory_email),
        Line("signatory_mobile", "Yetkili Kişi Cep Telefonu", _phone(form.signatory_mobile)),
        Line("trade_name", "Ticaret Unvanı", company.trade_name),
        *mersis,
        Line("tax_number", "Vergi Kimlik Numarası", company.full_tax_number),
        Line("tax_office", "Vergi Dairesi", company.tax_office),
        Line("website", "Web Sitesi", company.website),
        Line("contact_phone", "İletişim Numarası", _phone(form.contact_phone)),
        Line("province", "İl", company.province),
        Line("district", "İlçe", company.district),
        Line("address", "İletişim Adresi", company.address),
        *kep,
    )


def together(form: ApplicationForm) -> tuple[Line, ...]:
    """Those who sign the undertaking together with the signatory."""
    return tuple(
        Line(f"together_{each.pk}", _together_label(each), each.identity, secret=True)
        for each in form.application.co_signatories.all()
    )


def corporate_email(form: ApplicationForm) -> tuple[Line, ...]:
    """The address with which the online channel begins: İYS writes to it (guide, 1.2). It stands on no paper, and
    among the fields that the guide lists for the manual channel it is none."""
    address = form.application.company.corporate_email
    is_told = form.channel == ChannelChoices.ONLINE and bool(address)
    return (Line("corporate_email", "Kurumsal E-Posta", address),) if is_told else ()


def told(form: ApplicationForm) -> tuple[Line, ...]:
    """All that the letter to İYS says of the company and of who signs."""
    return (*lines(form), *corporate_email(form), *together(form))


def _together_label(each: CoSignatory) -> str:
    """A passport's number is named: nothing else tells in a text what it is."""
    what = "" if masking.is_persons(each.identity) else " Pasaport No"
    return f"Müşterek İmza Yetkilisi ({each.name}){what}"


def applied_with(form: ApplicationForm) -> tuple[Line, ...]:
    """What İYS gave to whoever applied at its own site, as it was typed; nothing on the other channels."""
    if form.channel != ChannelChoices.APPLIED:
        return ()
    shown = getattr(form.application, "evidence", None) or Evidence()
    return (
        Line("iys_application_number", "İYS ön başvuru numarası", shown.iys_application_number),
        Line("iys_code", "İYSKod", shown.iys_code),
        Line("brands", "Markalar", ", ".join(f"{brand['name']}: {brand['code']}" for brand in shown.brands)),
    )


def identities(form: ApplicationForm) -> tuple[Line, ...]:
    """The identity numbers among them: what is shown in full only to who says why."""
    return tuple(line for line in (*lines(form), *together(form)) if line.is_identity)


def _phone(number: str) -> str:
    return phone.pretty(number) if number else ""


def papers(form: ApplicationForm) -> Mapping[DocumentKind, bool]:
    """The kinds of documents that this company is asked for, and whether it has to hand each in."""
    match form.channel:
        case ChannelChoices.ONLINE:
            return ONLINE
        case ChannelChoices.APPLIED:
            return APPLIED
    return WITH_MERSIS if form.has_mersis else WITHOUT_MERSIS


def needs(form: ApplicationForm) -> tuple[Need, ...]:
    """The same, each with the current document if there is one; uses prefetched documents when there are any."""
    # The newest of a kind comes first, and last here.
    handed_in = reversed(current_of(form.application.company))
    given: dict[str, Document] = {each.kind: each for each in handed_in}
    return tuple(Need(kind, required, given.get(kind)) for kind, required in papers(form).items())


def uploadable(form: ApplicationForm) -> frozenset[str]:
    """Kinds that are simply uploaded; an e-signed undertaking is kept only once it was verified."""
    return frozenset(map(str, papers(form))) - {DocumentKind.UNDERTAKING_SIGNED}


def readable(form: ApplicationForm) -> frozenset[str]:
    """Kinds that the company may hand in on the form of its data, to have them read."""
    if form.channel == ChannelChoices.APPLIED:
        return frozenset()
    return READABLE if form.has_mersis else READABLE - {DocumentKind.TRADE_REGISTRY_GAZETTE}


def attachments(form: ApplicationForm) -> tuple[Document, ...]:
    """What goes to İYS with the letter: the documents, and the certificates of the brands."""
    handed_in = [need.document for need in needs(form) if need.document is not None]
    certificates = [brand.certificate for brand in _brands(form, "certificate")]
    return (*handed_in, *(each for each in certificates if each is not None))


@dataclass(frozen=True, slots=True)
class BrandLine:
    """A brand with whom it reaches: (channel, how many, under which names) per channel in use."""

    name: str
    reaches: tuple[tuple[str, int, str], ...]

    @property
    def summary(self) -> str:
        parts = (
            f"{channel} {counts.written(recipients)} alıcı" + (f" ({names})" if names else "")
            for channel, recipients, names in self.reaches
        )
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """What was done on one channel in one year."""

    year: int
    channel: str
    sent: int
    added: int
    refused: int

    @property
    def summary(self) -> str:
        sent, added, refused = map(counts.written, (self.sent, self.added, self.refused))
        return f"{sent} gönderim, {added} eklenen, {refused} ret bildirimi"

    @property
    def plain(self) -> str:
        """For comparing: what was handed in long ago was kept in these words."""
        return f"{self.sent} gönderim, {self.added} eklenen, {self.refused} ret bildirimi"


def brand_lines(form: ApplicationForm) -> tuple[BrandLine, ...]:
    return tuple(
        BrandLine(
            brand.name,
            tuple(
                (str(Channel(reach.channel).label), reach.recipients, ", ".join(reach.identifiers))
                for reach in sorted(
                    brand.reaches.all(), key=lambda reach: list(Channel).index(Channel(reach.channel))
                )
                if reach.recipients or reach.identifiers
            ),
        )
        for brand in _brands(form, "reaches")
    )


def _brands(form: ApplicationForm, beside: str) -> list[Brand]:
    """Uses prefetched brands, and what is asked beside them, when they are there."""
    brands = list(form.application.company.brands.all())
    prefetch_related_objects(brands, beside)
    return brands


def figure_lines(form: ApplicationForm) -> tuple[FigureLine, ...]:
    """Of the newest year given, in the order of the channels: a correction in January still carries December's."""
    figures = list(form.application.company.yearly_figures.all())
    newest = max((each.year for each in figures), default=0)
    known = {each.channel: each for each in figures if each.year == newest}
    return tuple(
        FigureLine(each.year, str(channel.label), each.sent, each.added, each.refused)
        for channel in Channel
        if (each := known.get(channel)) is not None
    )


def missing(form: ApplicationForm, given: Sequence[Need]) -> list[str]:
    """What stands in the way of submitting with these papers (`needs`), as Turkish sentences; empty when nothing
    does."""
    if form.has_mersis is None or not form.complete:
        return ["Başvuru bilgileri henüz tamamlanmadı."]
    found = [f"“{line.label}” boş." for line in lines(form) if not line.value]
    found += [
        f"“{need.kind.label}” henüz yüklenmedi." for need in given if need.required and need.document is None
    ]
    found += [
        f"“{need.kind.label}” bir e-postaya sığmıyor. Daha düşük çözünürlükle tarayıp yeniden yükleyin."
        for need in given
        if need.document is not None and not splitting.fits(need.document.size, settings.LETTER_MAX_BYTES)
    ]
    return found


def remarkable(form: ApplicationForm, step: str, state: str) -> list[tuple[str, str]]:
    """(key, label) of what staff may ask to have changed in this step, by its key, and its state.

    Online the information entry comes after the dossier: until both have been sent each is asked for by itself.
    """
    if state == "final_review":
        return list(ENTRY.items())
    asked = [(str(kind), str(kind.label)) for kind in papers(form)]
    if form.channel == ChannelChoices.APPLIED:
        return [(line.key, line.label) for line in applied_with(form)] + asked
    entry: list[tuple[str, str]] = []
    if form.channel == ChannelChoices.MANUAL:
        entry = [("brands", "Marka adları")]
    elif step == STATUS_QUERY.key or state == "send_failed":
        entry = list(ENTRY.items())
    fields = [(line.key, line.label) for line in lines(form)]
    return [*fields, *TOGETHER.items(), *entry, *asked]


def labels(form: ApplicationForm) -> dict[str, str]:
    """What people call each field and document that can be remarked on."""
    return ENTRY | dict(remarkable(form, STATUS_QUERY.key, ""))


def parcel(form: ApplicationForm) -> list[str]:
    """Carrier and tracking number of the parcel with the undertaking; empty before it was sent."""
    sent = form.parcel
    return [sent.carrier, sent.tracking_number] if sent else []


def frozen(form: ApplicationForm) -> tuple[str, str]:
    """What is being submitted as JSON, and its SHA-256 in hex."""
    content = json.dumps(
        {
            "fields": {line.key: line.value for line in (*lines(form), *applied_with(form))},
            "together": {line.label: line.value for line in together(form)},
            "documents": {str(need.kind): need.document.sha256 for need in needs(form) if need.document},
            "brands": [[line.name, *line.reaches] for line in brand_lines(form)],
            "certificates": {
                brand.name: brand.certificate.sha256
                for brand in _brands(form, "certificate")
                if brand.certificate is not None
            },
            "figures": [[line.channel, line.plain] for line in figure_lines(form)],
            "parcel": parcel(form),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    return content, hashlib.sha256(content.encode()).hexdigest()
