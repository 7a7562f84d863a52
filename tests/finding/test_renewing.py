"""The index follows every change of a row, whichever way it comes, and holds nothing that is gone."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from brands.models import Brand
from correspondence.models import Mail
from finding import looking, renewing, triggers, typed
from finding.models import Mark, Word
from jobs.tasks import renew_found
from onboarding.models import Application, Closing, CodeReading, CodeSource
from partners.models import Partner
from privacy import persons
from privacy.forgetting import forget
from tenancy.models import Company, Membership, User
from tenancy.rotation import encrypt_anew
from tests.finding.people import BRAND, IYS_CODE, OF_SOLE, SIGNATORY, made
from tests.finding.test_page import written
from tests.scenarios.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    company = made()["isil"]
    written(company, "Teklifimiz")
    renewing.renew_marked()
    return company


def finds(company: Company, text: str) -> bool:
    staff = UserFactory.create(is_staff=True, partner=Company.objects.get(pk=company.pk).partner)
    return any(match.word.company_id == company.pk for match in looking.look(staff, typed.read(text)).matches)


def rows() -> set[tuple[Any, ...]]:
    fields = ("owner", "kind", "word", "words", "label", "company", "application_id", "mail_id")
    found = list(Word.objects.values_list(*fields))
    assert len(found) == len(set(found))
    return set(found)


CHANGES: list[tuple[str, str, Callable[[Company], Any]]] = [
    ("çiçekçilik", "menekşe", lambda it: Company.objects.filter(pk=it.pk).update(trade_name="Menekşe A.Ş.")),
    ("05321234567", "02325550199", lambda it: Company.objects.update(contact_phone="+902325550199")),
    (IYS_CODE, "71629999", lambda it: Application.objects.filter(company=it).update(iys_code="71629999")),
    (BRAND, "Leylak", lambda it: Brand.objects.filter(company=it).update(name="Leylak")),
    ("teklifimiz", "sözleşme", lambda it: Mail.objects.filter(company=it).update(subject="Sözleşmeniz")),
    ("ayse@isil-cicek.example", "ada@isil.example", lambda _it: _renamed("ada@isil.example")),
    ("tugce@imza.example", "t@imza.example", lambda it: _signatory(it, signatory_email="t@imza.example")),
    (SIGNATORY, OF_SOLE, lambda it: _signatory(it, signatory_identity=OF_SOLE)),
]


def _renamed(address: str) -> None:
    User.objects.filter(email="ayse@isil-cicek.example").update(email=address)


def _signatory(company: Company, **fields: str) -> None:
    form = Application.objects.get(company=company).application_form
    for name, value in fields.items():
        setattr(form, name, value)
    form.save()


@pytest.mark.parametrize(("before", "after", "change"), CHANGES)
def test_what_is_changed_is_found_by_its_new_words_alone(
    company: Company, before: str, after: str, change: Callable[[Company], Any]
) -> None:
    assert (finds(company, before), finds(company, after)) == (True, False)
    change(company)
    assert Mark.objects.exists()
    renew_found()
    assert (finds(company, before), finds(company, after)) == (False, True)
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("text", "take_away"),
    [
        (BRAND, lambda it: Brand.objects.filter(company=it).delete()),
        ("ayse@isil-cicek.example", lambda it: Membership.objects.filter(user__full_name="Ayşe Öz").delete()),
        ("göçer", lambda it: Application.objects.get(company=it).co_signatories.all().delete()),
        ("teklifimiz", lambda it: Mail.objects.filter(company=it).delete()),
    ],
)
def test_what_is_gone_is_found_no_more(company: Company, text: str, take_away: Callable[[Company], Any]) -> None:
    assert finds(company, text)
    take_away(company)
    renewing.renew_marked()
    assert not finds(company, text)


class TestCodesNotYetConfirmed:
    """Those that were read for a company which has not confirmed them: of its live application, the newest."""

    @pytest.fixture
    def new(self, company: Company) -> Application:
        application = Application.objects.get(company=company)
        Application.objects.filter(pk=application.pk).update(iys_code="")
        self.read(application, "71620999", "88120999")
        return application

    def read(self, application: Application, iys_code: str, code: str) -> None:
        CodeReading.objects.create(
            application=application,
            source=CodeSource.MAIL,
            iys_code=iys_code,
            brands=[{"name": "Menekşe", "code": code}, {"name": "Kodsuz", "code": ""}],
        )
        assert renewing.renew_marked()

    def test_they_are_found_and_give_way_to_what_is_read_later(self, company: Company, new: Application) -> None:
        assert all(finds(company, text) for text in ("71620999", "7162 0999", "7162099", "88120999"))
        assert set(Word.objects.filter(word="88120999").values_list("label", "application_id")) == {
            ("Menekşe", new.pk)
        }
        self.read(new, "71620998", "88120998")
        assert all(finds(company, text) for text in ("71620998", "88120998"))
        assert not any(finds(company, text) for text in ("71620999", "88120999"))

    def test_once_confirmed_they_stand_there_once(self, company: Company, new: Application) -> None:
        Application.objects.filter(pk=new.pk).update(iys_code="71620999")
        Brand.objects.create(company=company, name="Menekşe", code="88120999")
        renewing.renew_marked()
        for text in ("71620999", "88120999"):
            assert Word.objects.filter(word=text).count() == 1

    def test_with_the_application_they_are_gone(self, company: Company, new: Application) -> None:
        Application.objects.filter(pk=new.pk).update(closed_at=timezone.now(), closing=Closing.WITHDRAWN)
        renewing.renew_marked()
        assert not any(finds(company, text) for text in ("71620999", "88120999"))


def test_a_change_that_says_nothing_new_leaves_no_mark(company: Company) -> None:
    company.tax_office = "Bornova"
    company.save()
    assert not Mark.objects.exists()


def test_a_company_of_another_partner_takes_its_words_and_mails_along(company: Company) -> None:
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    Company.objects.filter(pk=company.pk).update(partner=other)
    renewing.renew_marked()
    assert set(Word.objects.filter(company=company).values_list("owner", flat=True)) == {other.pk}
    assert finds(company, "teklifimiz")


def test_more_marks_than_one_batch_are_worked_off_and_none_twice(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "BATCH", 2)
    before = rows()
    Mark.objects.bulk_create(Mark(kind="company", of=company.pk) for _each in range(7))
    assert renewing.renew_marked() == 7
    assert rows() == before


def test_who_is_erased_is_found_no_more(company: Company) -> None:
    user = User.objects.get(email="ayse@isil-cicek.example")
    persons.erase(user)
    renewing.renew_marked()
    assert not finds(company, "ayse@isil-cicek.example")
    assert not Word.objects.filter(label__contains="Ayşe").exists()
    assert not Word.objects.filter(label__contains="ayse").exists()


def test_a_company_that_is_erased_takes_its_words_along_at_once(company: Company) -> None:
    gone = forget(Company.objects.filter(pk=company.pk))
    assert gone.rows["finding.Word"] > 20
    assert not Word.objects.filter(company=company.pk).exists()
    renewing.renew_marked()
    assert not Word.objects.filter(company=company.pk).exists()
    assert not Mark.objects.exists()


def test_a_mail_of_nobody_that_is_erased_takes_its_words_along(company: Company) -> None:
    mail = written(None, "Sahipsiz başlık", uid="2")
    renewing.renew_marked()
    assert Word.objects.filter(mail_id=mail.pk).exists()
    forget(Mail.objects.filter(pk=mail.pk))
    renewing.renew_marked()
    assert not Word.objects.filter(mail_id=mail.pk).exists()


def test_no_identity_number_stands_in_the_index(company: Company) -> None:
    Company.objects.filter(pk=company.pk).update(trade_name=f"Gülsüm {OF_SOLE} Ilgaz")
    Mail.objects.filter(company=company).update(subject=f"Kimlik {SIGNATORY} hakkında")
    renewing.renew_marked()
    for row in rows():
        assert OF_SOLE not in str(row)
        assert SIGNATORY not in str(row)


def test_identity_numbers_are_found_while_and_after_keys_change(company: Company, settings: Any) -> None:
    old = settings.FIELD_KEYS
    with override_settings(FIELD_KEYS=["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", *old]):
        assert finds(company, SIGNATORY)
        encrypt_anew(type(form := Application.objects.get(company=company).application_form), form.pk)
        renewing.renew_marked()
        assert finds(company, SIGNATORY)
    with override_settings(FIELD_KEYS=["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]):
        looked = looking.look(
            UserFactory.create(is_staff=True, partner=company.partner), typed.read(SIGNATORY)
        ).matches
        assert [match.word.company_id for match in looked] == [company.pk]


class TestCommand:
    def run(self) -> list[str]:
        out = StringIO()
        call_command("find_index", stdout=out)
        return out.getvalue().splitlines()

    def test_it_writes_what_is_missing_and_takes_away_what_nobody_has(self, company: Company) -> None:
        before = rows()
        Word.objects.filter(kind="title").delete()
        Word.objects.create(owner=1, kind="title", word="artik", company=company)
        Word.objects.create(owner=1, kind="subject", word="artik", mail_id=company.pk)
        lines = self.run()
        assert rows() == before
        assert lines == ["Done: 9 of 9 companies, 1 of 1 mails."]

    def test_it_may_be_run_twice_and_stopped(self, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
        before = rows()
        monkeypatch.setattr(renewing, "BATCH", 2)
        stopped = renewing.renew_all()
        assert next(stopped) == ("companies", 2, 9)
        del stopped
        assert rows() == before
        self.run()
        self.run()
        assert rows() == before


class TestTriggers:
    def there(self) -> set[tuple[str, str]]:
        with connection.cursor() as cursor:
            return triggers._there(connection, cursor)

    def test_they_are_put_in_place_once(self, company: Company) -> None:
        before = self.there()
        assert len(before) >= len(triggers.SOURCES)
        triggers.install(using="default")
        assert self.there() == before
        assert not Mark.objects.exists()

    def test_those_of_a_former_version_go_and_everything_is_marked_once(
        self, company: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, *others = triggers.SOURCES
        changed = triggers.Source(first.name, first.table, [*first.columns, "website"], first.marks)
        before = self.there()
        monkeypatch.setattr(triggers, "SOURCES", (changed, *others))
        triggers.install(using="default")
        assert len(self.there()) == len(before)
        assert self.there() != before
        assert Mark.objects.count() == Company.objects.count() + Mail.objects.count()
        renewing.renew_marked()
        Company.objects.filter(pk=company.pk).update(website="https://yeni.example")
        assert Mark.objects.get().of == company.pk
