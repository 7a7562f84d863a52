"""The words and numbers of companies and of mails, read from their rows. `finding.triggers` watches them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from brands.models import Brand
from correspondence.models import Mail
from finding import typed
from finding.models import LONGEST_TEXT, LONGEST_WORD, NOBODYS, Kind, Word
from identifiers import turkish
from identifiers.masking import is_persons, masked
from onboarding.models import Application, ApplicationForm, CodeReading, CoSignatory
from partners.parties import the_only_partner
from tenancy.identities import blind_index
from tenancy.models import Company, Membership


class Words:
    """Collects what one company, or one mail, is found by."""

    def __init__(self, *, owner: int, company_id: UUID | None, mail_id: UUID | None = None) -> None:
        self.found: dict[tuple[str, str, UUID | None, str], Word] = {}
        self.whose = {"owner": owner, "company_id": company_id, "mail_id": mail_id}

    def add(
        self, kind: Kind, word: str, *, label: str = "", application: UUID | None = None, words: str = ""
    ) -> None:
        if word := word[:LONGEST_WORD]:
            self.found[kind, word, application, label] = Word(
                **self.whose, kind=kind, word=word, words=words, label=label[:300], application_id=application
            )

    def name(self, kind: Kind, name: str, *, label: str = "", application: UUID | None = None) -> None:
        """Each of its words leads to it; but what a firm is in law, thousands are."""
        sought = turkish.sought(masked(name))
        spellings = dict.fromkeys(text for each in sought for text in each.spellings)
        words = f" {' '.join(spellings)} "
        if len(words) > LONGEST_TEXT:
            words = words[:LONGEST_TEXT].rpartition(" ")[0] + " "
        for each in sought:
            for text in () if each.of_kind else each.spellings:
                self.add(kind, text, label=label, application=application, words=words)

    def email(self, kind: Kind, address: str, *, label: str = "", application: UUID | None = None) -> None:
        """By the address, and by its domain."""
        whole = address.strip().casefold()
        _local, at, domain = whole.rpartition("@")
        for word in (whole, f"@{domain}") if at else ():
            self.add(kind, word, label=label or address, application=application)

    def phone(self, number: str, *, label: str, application: UUID | None = None) -> None:
        if number.strip():
            self.add(Kind.PHONE, typed.phone_digits(number), label=label, application=application)

    def identity(self, number: str, *, label: str = "", application: UUID | None = None) -> None:
        self.add(Kind.IDENTITY, blind_index(number), label=label, application=application)


def of_companies(keys: Collection[UUID]) -> Iterator[Word]:
    """All words of these companies, in as many queries for one as for two hundred."""
    children = {
        model: _by_company(rows, path)
        for model, rows, path in (
            (Application, Application.objects.filter(company__in=keys), "company_id"),
            (
                ApplicationForm,
                ApplicationForm.objects.filter(application__company__in=keys).select_related("application"),
                "application.company_id",
            ),
            (
                CoSignatory,
                CoSignatory.objects.filter(application__company__in=keys).select_related("application"),
                "application.company_id",
            ),
            (
                CodeReading,
                CodeReading.objects.filter(
                    application__company__in=keys, application__closed_at=None
                ).select_related("application"),
                "application.company_id",
            ),
            (Brand, Brand.objects.filter(company__in=keys), "company_id"),
            (Membership, Membership.objects.filter(company__in=keys).select_related("user"), "company_id"),
        )
    }
    for company in Company.objects.filter(pk__in=keys):
        words = Words(owner=company.partner_id, company_id=company.pk)
        _company(words, company)
        for application in children[Application][company.pk]:
            _application(words, application)
        for form in children[ApplicationForm][company.pk]:
            _form(words, form)
        for signatory in children[CoSignatory][company.pk]:
            label = f"{signatory.name} (müşterek imza yetkilisi)"
            words.name(Kind.PERSON, signatory.name, label=label, application=signatory.application_id)
            words.identity(signatory.identity, label=label, application=signatory.application_id)
        for brand in children[Brand][company.pk]:
            words.name(Kind.BRAND, brand.name, label=brand.name)
            words.add(Kind.BRAND_CODE, brand.code, label=brand.name)
        for reading in children[CodeReading][company.pk][:1]:  # the newest counts
            _reading(words, reading, {brand.code for brand in children[Brand][company.pk]})
        for member in children[Membership][company.pk]:
            label = f"{member.user.full_name} ({member.get_role_display()})"
            words.name(Kind.PERSON, member.user.full_name, label=label)
            words.email(Kind.EMAIL, member.user.email, label=f"{member.user.email}, {label}")
        yield from words.found.values()


def of_mails(keys: Collection[UUID]) -> Iterator[Word]:
    alone = the_only_partner() or NOBODYS
    rows = Mail.objects.filter(pk__in=keys).select_related("company")
    for mail in rows.only("company__partner_id", "partner_id", "application_id", "subject", "from_email"):
        owner = mail.company.partner_id if mail.company else mail.partner_id or alone
        words = Words(owner=owner, company_id=mail.company_id, mail_id=mail.pk)
        words.name(Kind.SUBJECT, mail.subject, application=mail.application_id)
        words.email(Kind.SENDER, mail.from_email, application=mail.application_id)
        yield from words.found.values()


def _by_company(rows: "QuerySet[Any]", path: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        key: Any = row
        for name in path.split("."):
            key = getattr(key, name)
        found[key].append(row)
    return found


def _company(words: Words, company: Company) -> None:
    words.name(Kind.TITLE, company.trade_name)
    for kind, number in (
        (Kind.TAX_NUMBER, company.full_tax_number),
        (Kind.MERSIS, company.full_mersis_number),
    ):
        if is_persons(number):
            words.identity(number)
        else:
            words.add(kind, number)
    words.phone(company.contact_phone, label="İletişim numarası")
    words.email(Kind.EMAIL, company.corporate_email, label=f"{company.corporate_email}, kurumsal e-posta")
    words.email(Kind.EMAIL, company.kep_address, label=f"{company.kep_address}, KEP adresi")


def _application(words: Words, application: Application) -> None:
    words.add(Kind.REFERENCE, typed.code(application.reference), application=application.pk)
    words.add(Kind.IYS_NUMBER, typed.code(application.iys_application_number), application=application.pk)
    words.add(Kind.IYS_CODE, application.iys_code, application=application.pk)


def _form(words: Words, form: ApplicationForm) -> None:
    label, of = f"{form.signatory_name} (imza yetkilisi)", form.application_id
    words.name(Kind.PERSON, form.signatory_name, label=label, application=of)
    words.email(Kind.EMAIL, form.signatory_email, label=f"{form.signatory_email}, {label}", application=of)
    words.phone(form.signatory_mobile, label=label, application=of)
    words.identity(form.signatory_identity, label=label, application=of)


def _reading(words: Words, reading: CodeReading, confirmed: Collection[str]) -> None:
    """Support is asked about codes before the company has confirmed them."""
    of = reading.application_id
    words.add(Kind.IYS_CODE, reading.iys_code, application=of)
    for each in reading.brands:
        if each["code"] not in confirmed:
            words.add(Kind.BRAND_CODE, each["code"], label=masked(each["name"]), application=of)
