"""What the search field of each list of support's finds.

| typed | found |
|---|---|
| a word of the company's title, its number | its rows, in each list |
| a name | of people and brands those that are called so, none beside them |
| a text, in capitals or without Turkish marks | rows that say it, as far as a look reads; the next look goes on |
| a word that very many have | as a text: in the order of the list |
| all of an address, a Message-ID, a token | the row that has it |
"""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from correspondence.addresses import tracking_address
from correspondence.models import Audience, Letter, TrackingAddress
from documents.models import DisclosureShown, LegalText, Place
from finding import lists, renewing
from identifiers import turkish
from journal import entries
from journal.models import Entry, Event
from onboarding.models import QueueItem
from support.models import Message, Question
from tenancy.admin import paging, searching
from tenancy.models import Company, CompanyLook, Invitation, Membership
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.factories import (
    CompanyFactory,
    MembershipFactory,
    PartnerFactory,
    UserFactory,
    open_application,
)

pytestmark = pytest.mark.django_db


class Firm:
    """A company with a row in every list."""

    def __init__(self, title: str, owner: str, place: int) -> None:
        now = timezone.now()
        self.company = CompanyFactory.create(trade_name=title, partner=PartnerFactory.create())
        self.owner = UserFactory.create(full_name=owner, email=f"sahip@firma{place}.example")
        MembershipFactory.create(company=self.company, user=self.owner)
        self.application = open_application(self.company)
        self.application.records.filter(step="pre_application").update(turn="staff")
        Brand.objects.create(company=self.company, name=f"{title.partition(' ')[0]} Marka", code=f"8012345{place}")
        question = Question.objects.create(company=self.company, asked_by=self.owner, asked_at=now)
        Message.objects.create(
            question=question, by=self.owner, from_staff=False, text=f"Sözleşmem nerede {place}", at=now
        )
        Invitation.objects.create(
            company=self.company,
            email=f"davetli@firma{place}.example",
            role=Role.OWNER,
            invited_by=self.owner,
            expires_at=now,
        )
        DisclosureShown.objects.create(
            text=LegalText.objects.get_or_create(kind="disclosure", version=1, valid_from=date(2026, 1, 1))[0],
            place=Place.DOSSIER,
            partner=self.company.partner,
            company=self.company,
            address=f"okuyan@firma{place}.example",
        )
        CompanyLook.objects.create(
            company=self.company, person=self.owner, role=Role.OWNER, reason="Telefonda", began_at=now, ends_at=now
        )
        entries.write(company=self.company, event=Event.MOVED, text=f"İNCELEME çağrısı {place}", party="staff")
        letter(self.company, f"Şubeniz için ÖDEME bilgisi {place}", str(place))


def letter(company: Company, subject: str, key: str) -> Letter:
    return Letter.objects.create(
        company=company, audience=Audience.COMPANY, subject=subject, idempotency_key=key, message_group=key,
        message_id=f"<{key}@portal.example>", to=["x@y.example"], due_at=timezone.now(),
    )  # fmt: skip


# What leads to the row's company.
LISTS: dict[type[Model], str] = {
    **dict.fromkeys((Entry, Letter, TrackingAddress, Invitation, Membership, Question, Brand), "company_id"),
    **dict.fromkeys((DisclosureShown, CompanyLook), "company_id"),
    Company: "pk",
    QueueItem: "company_id",
}


@pytest.fixture
def firms() -> tuple[Firm, Firm]:
    made = Firm("Işıl Çiçekçilik A.Ş.", "Ayşe Öz", 1), Firm("Kuzey Yıldız Turizm A.Ş.", "Mehmet Işık", 2)
    # A colleague of the first one's owner, who is called otherwise.
    MembershipFactory.create(company=made[0].company, user=UserFactory.create(full_name="Ece Su"))
    while renewing.renew_marked():
        pass
    return made


@pytest.fixture
def client() -> Client:
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def found(client: Client, model: type[Model], text: str, **query: str) -> list[Any]:
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return list(client.get(path, {"q": text, **query}, follow=True).context["cl"].result_list)


def companies(client: Client, model: type[Model], text: str, **query: str) -> set[Any]:
    met = set()
    for row in found(client, model, text, **query):
        of = row.application if model is QueueItem else row
        met.add(getattr(of, LISTS[model]))
    return met


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_the_rows_of_a_company_are_found_by_its_title_and_by_its_number(
    client: Client, firms: tuple[Firm, Firm], model: type[Model]
) -> None:
    for text in ("ISIL", "çiçek", firms[0].company.tax_number):
        assert companies(client, model, text) == {firms[0].company.pk}, text
    assert companies(client, model, "bulunmayan") == set()


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_of_a_title_that_very_many_have_the_rows_are_read(
    client: Client, firms: tuple[Firm, Firm], model: type[Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_KNOWN", 0)
    assert companies(client, model, "ISIL") == {firms[0].company.pk}
    assert companies(client, model, "ISIL kuzey") == set()


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Entry, "inceleme cagrisi 1"),
        (Entry, "İnceleme 1 ışıl"),
        (Letter, "subeniz odeme 1"),
        (Letter, "<1@portal.example>"),
        (Question, "sozlesmem nerede 1"),
        (Question, "ayse"),
        (Membership, "AYŞE ÖZ"),
        (Membership, "sahip@firma1.example"),
        (Invitation, "Davetli@Firma1.example"),
        (DisclosureShown, "okuyan@firma1.example"),
        (Brand, "80123451"),
        (Brand, "isil marka"),
        (CompanyLook, "ayse"),
    ],
)
def test_a_row_is_found_by_what_it_says_itself(
    client: Client, firms: tuple[Firm, Firm], model: type[Model], text: str
) -> None:
    assert companies(client, model, text) == {firms[0].company.pk}
    assert len(found(client, model, text)) == 1


def test_an_address_for_mails_is_found_by_its_token(client: Client, firms: tuple[Firm, Firm]) -> None:
    token = tracking_address(firms[0].company).token
    assert companies(client, TrackingAddress, token) == {firms[0].company.pk}


def test_an_applications_number_finds_its_place_in_the_queue(client: Client, firms: tuple[Firm, Firm]) -> None:
    assert companies(client, QueueItem, firms[0].application.reference) == {firms[0].company.pk}


def test_texts_are_read_so_far_and_from_there_on(
    client: Client, firms: tuple[Firm, Firm], monkeypatch: pytest.MonkeyPatch
) -> None:
    Letter.objects.all().delete()
    for place in range(5):
        made = letter(firms[0].company, "Aranan söz" if place in (0, 4) else "Başka", f"l{place}")
        Letter.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=place))
    for module in (lists, paging, searching):
        monkeypatch.setattr(module, "MOST_READ", 2)
    path = reverse("admin:correspondence_letter_changelist")
    query, met = "?q=aranan", []
    for _look in range(3):
        page = client.get(f"{path}{query}")
        met.append([row.message_id for row in page.context["cl"].result_list])
        if query := Screen(page).links.get("Sonraki kayıtlar", ""):
            assert "Sözler ilk 2 kayıtta arandı." in words(page)
    assert met == [["<l0@portal.example>"], [], ["<l4@portal.example>"]]
    assert not query
    assert "arandı" not in words(client.get(f"{path}?q={firms[0].company.tax_number}"))
    # A file has all that is listed, or nothing.
    assert "Listede çok kayıt var" in words(client.post(f"{path}?q=aranan", {"export": "csv"}, follow=True))


def test_no_list_looks_into_columns_row_by_row() -> None:
    assert not [page for page in admin.site._registry.values() if page.search_fields]
    assert [page for page in admin.site._registry.values() if getattr(page, "found_by", None)]


def test_a_pattern_is_what_folds_to_the_word() -> None:
    for text in ("ISIL", "ışıl", "İŞİL", "Isıl", "işıl", "ĞÜÇÖ", "Â", "ûî"):
        assert re.search(turkish.pattern(turkish.skeleton(text)), text)
    assert not re.search(turkish.pattern("isil"), "asil")
