"""The field in the head of support's pages, and the page behind it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from correspondence.models import Mail
from finding import looking, renewing
from finding.models import Word
from onboarding.models import Application, CodeReading, CodeSource
from partners.models import Partner
from tenancy.models import Company, Membership
from tenancy.roles import Role
from tests.finding.people import BESIDE, BRAND, FILLED, IYS_CODE, OF_SOLE, REFERENCE, SIGNATORY, VKN, made
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, open_application
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:finding_word_changelist")
SEES = ("view_application", "view_mail")


class Desk:
    def __init__(self) -> None:
        self.companies = made()
        self.company = self.companies["isil"]
        self.application = Application.objects.get(company=self.company)
        self.partner = self.company.partner
        self.mail = written(self.company, "Işıl hanımın sorduğu TEKLİF hakkında")
        renewing.renew_marked()
        self.client = signed_in(colleague(*SEES, partner=self.partner))

    def find(self, text: str, client: Client | None = None) -> Any:
        return (client or self.client).get(PAGE, {"q": text})

    def case(self, company: Company) -> str:
        pk = Application.objects.get(company=company).pk
        return reverse("admin:onboarding_application_change", args=[pk])


def written(company: Company | None, subject: str, partner: Partner | None = None, uid: str = "1") -> Mail:
    return Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid=uid, stored_name=uid, sha256=uid * 64, size=1,
        company=company, partner=partner, subject=subject, from_email="selin@baska.example",
    )  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_field_stands_in_the_head_of_every_page(desk: Desk) -> None:
    for path in (reverse("admin:index"), reverse("admin:onboarding_application_changelist"), PAGE):
        page = desk.client.get(path).content.decode()
        assert f'action="{PAGE}"' in page
        assert page.count('id="find-anything"') == 1
    assert 'id="find"' not in Client().get(reverse("account_login")).content.decode()


def test_what_is_found_is_grouped_says_what_matched_and_leads_to_the_case(desk: Desk) -> None:
    answer = desk.find("işil")
    page = words(answer)
    assert page.index("Firmalar") < page.index("E-postalar")
    assert "IŞIL ÇİÇEKÇİLİK SANAYİ VE TİCARET ANONİM ŞİRKETİ Unvan VKN" in page
    assert f"{REFERENCE} · 1. " in page
    assert "Işıl hanımın sorduğu TEKLİF hakkında Konu selin@baska.example" in page
    shown = answer.content.decode()
    assert f'href="{desk.case(desk.company)}"' in shown
    assert reverse("admin:correspondence_mail_change", args=[desk.mail.pk]) in shown


@pytest.mark.parametrize(
    ("text", "group", "line"),
    [
        (BRAND.lower(), "Markalar", f"{BRAND} Marka IŞIL"),
        ("tugce", "Kişiler", "Tuğçe Iğdır (imza yetkilisi) Ad soyad IŞIL"),
        ("tugce@imza.example", "Kişiler", "tugce@imza.example, Tuğçe Iğdır (imza yetkilisi) E-posta IŞIL"),
        ("@isil-cicek.example", "Kişiler", "info@isil-cicek.example, kurumsal e-posta E-posta IŞIL"),
        ("goceR", "Kişiler", "Şule Göçer (müşterek imza yetkilisi) Ad soyad IŞIL"),
        ("0533 987", "Kişiler", "Tuğçe Iğdır (imza yetkilisi) Telefon IŞIL"),
        ("selin@baska.example", "E-postalar", "TEKLİF hakkında Gönderen"),
        ("teklif işil", "E-postalar", "TEKLİF hakkında Konu"),
        (f"{VKN[:7]}", "Firmalar", f"IŞIL ÇİÇEKÇİLİK SANAYİ VE TİCARET ANONİM ŞİRKETİ VKN VKN {VKN}"),
    ],
)
def test_each_kind_has_its_group(desk: Desk, text: str, group: str, line: str) -> None:
    page = words(desk.find(text))
    assert group in page
    assert line in page


@pytest.mark.parametrize(
    "name", ["vkn", "vkn_spaced", "mersis", "reference_bare", "iys_number", "iys_code", "brand_code"]
)
def test_a_number_of_one_company_leads_straight_to_its_case(desk: Desk, name: str) -> None:
    answer = desk.find(FILLED[name])
    assert (answer.status_code, answer["Location"]) == (302, desk.case(desk.company))


@pytest.mark.parametrize("code", ["71620999", "88120999"])
def test_a_code_that_the_company_has_not_confirmed_yet_leads_its_own_partners_support_there(
    desk: Desk, code: str
) -> None:
    CodeReading.objects.create(
        application=desk.application,
        source=CodeSource.MAIL,
        iys_code="71620999",
        brands=[{"name": BRAND, "code": "88120999"}],
    )
    renewing.renew_marked()
    assert desk.find(code)["Location"] == desk.case(desk.company)
    stranger = colleague(*SEES, partner=PartnerFactory.create(name="Liman", is_default=False))
    assert "bulunamadı" in words(desk.find(code, signed_in(stranger)))


@pytest.mark.parametrize("number", [SIGNATORY, BESIDE])
def test_an_identity_number_leads_straight_to_the_case_of_who_has_it(desk: Desk, number: str) -> None:
    assert desk.find(number)["Location"] == desk.case(desk.company)
    assert desk.find(OF_SOLE)["Location"] == desk.case(desk.companies["sole"])


def test_an_identity_number_of_several_stands_neither_in_the_address_nor_on_the_page(desk: Desk) -> None:
    form = Application.objects.get(company=desk.companies["inci"]).application_form
    form.signatory_identity, form.signatory_name = SIGNATORY, "Tuğçe Iğdır"
    form.save()
    renewing.renew_marked()
    answer = desk.find(SIGNATORY)
    assert answer.status_code == 302
    assert SIGNATORY not in answer["Location"]
    page = desk.client.get(answer["Location"])
    assert SIGNATORY not in page.content.decode()
    assert words(page).count("Tuğçe Iğdır (imza yetkilisi) Kimlik numarası") == 2


def test_an_identity_number_of_nobody_is_said_to_have_been_looked_for(desk: Desk) -> None:
    other = "10000000146"
    answer = desk.find(f"TC {other}")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert said(answer) == ["Kimlik numarası olarak arandı; bu numarayla kayıt bulunamadı."]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("1234567890", ["VKN", "Telefon", "İYSKod"]),
        ("vkn 1234567890", ["VKN"]),
        ("kimse@yok.example", ["E-posta", "Gönderen"]),
        ("Zeplin Ltd. Şti.", ["“zeplin” sözleriyle"]),
    ],
)
def test_nothing_found_says_what_was_understood(desk: Desk, text: str, understood: list[str]) -> None:
    page = words(desk.find(text))
    assert f"“{text}” için bir şey bulunamadı. Şöyle arandı:" in page
    assert [each for each in understood if each not in page] == []
    assert "Firmalar" not in page


@pytest.mark.parametrize("text", ["9999999999 isil", "9999999999isil", "ışıl9999999999"])
def test_that_the_number_beside_words_was_not_found_is_said(desk: Desk, text: str) -> None:
    page = words(desk.find(text))
    assert "Yazdığınız numarayla bir kayıt bulunamadı. Aşağıdakiler yalnızca öbür sözlerle bulundu." in page
    assert desk.company.trade_name in page
    assert "Yazdığınız numarayla" not in words(desk.find("isil"))
    answer = desk.find("10000000146isil")
    assert said(answer) == ["Kimlik numarası olarak arandı; bu numarayla kayıt bulunamadı."]
    assert "10000000146" not in answer["Location"]


def test_a_kind_of_company_alone_asks_for_more(desk: Desk) -> None:
    assert "Firmanın adından da bir söz yazın." in words(desk.find("Ltd. Şti."))


def test_the_bare_page_says_what_can_be_typed(desk: Desk) -> None:
    page = words(desk.client.get(PAGE))
    assert "TCKN yalnızca tamamıyla bulunur." in page
    assert "bulunamadı" not in page


def test_who_may_not_see_a_kind_does_not_find_it(desk: Desk) -> None:
    mails = signed_in(colleague("view_mail", partner=desk.partner))
    page = words(desk.find("işil", mails))
    assert "E-postalar" in page
    assert "Firmalar" not in page
    assert REFERENCE not in page
    cases = signed_in(colleague("view_application", partner=desk.partner))
    assert "TEKLİF" not in words(desk.find("işil", cases))
    for text in (VKN, SIGNATORY, IYS_CODE):
        assert desk.case(desk.company) not in (desk.find(text, mails).headers.get("Location", ""))
    companies = desk.find("işil", signed_in(colleague("view_company", partner=desk.partner)))
    assert reverse("admin:tenancy_company_change", args=[desk.company.pk]) in companies.content.decode()
    assert REFERENCE not in companies.content.decode()
    none = words(desk.find("işil", signed_in(colleague(partner=desk.partner))))
    assert "için bir şey bulunamadı" in none


def test_another_partners_support_finds_nothing_and_who_sees_all_finds_all(desk: Desk) -> None:
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    elsewhere = signed_in(colleague(*SEES, partner=other))
    theirs = CompanyFactory.create(partner=other, trade_name="Işıl Liman A.Ş.")
    open_application(theirs)
    renewing.renew_marked()
    for text in ("işil", VKN, SIGNATORY, REFERENCE, "ayse@isil-cicek.example", BRAND, "teklif"):
        answer = desk.find(text, elsewhere)
        assert answer.headers.get("Location", PAGE) == PAGE, text
        assert "ÇİÇEKÇİLİK" not in answer.content.decode(), text
    keys = ",".join(map(str, Word.objects.filter(company=desk.company).values_list("pk", flat=True)[:20]))
    assert "ÇİÇEKÇİLİK" not in elsewhere.get(PAGE, {"k": keys}).content.decode()
    assert "Işıl Liman A.Ş." in words(desk.find("işil", elsewhere))
    assert "Liman" not in words(desk.find("işil"))
    both = words(desk.find("işil", signed_in(UserFactory.create(is_staff=True, is_superuser=True))))
    assert "Işıl Liman A.Ş." in both
    assert "ÇİÇEKÇİLİK" in both


def test_a_mail_of_nobody_is_found_by_who_may_see_it(desk: Desk) -> None:
    written(None, "Sahipsiz başlık", uid="2")
    renewing.renew_marked()
    assert "Sahipsiz başlık" in words(desk.find("sahipsiz"))
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    assert "Sahipsiz başlık" not in words(desk.find("sahipsiz", signed_in(colleague(*SEES, partner=other))))


def test_it_asks_no_more_for_many_than_for_one(desk: Desk) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.find(text).status_code == 200
        return len(queries)

    for number in range(3):
        of_it = CompanyFactory.create(partner=desk.partner, trade_name=f"Kuyruğu {number} A.Ş.")
        open_application(of_it)
    one = CompanyFactory.create(partner=desk.partner, trade_name="Biricik A.Ş.")
    open_application(one)
    renewing.renew_marked()
    asked("biricik")  # as long as the other one: guessing asks something for each letter
    assert asked("kuyruğu") == asked("biricik")


def test_a_group_that_has_more_says_so(desk: Desk) -> None:
    for number in range(9):
        CompanyFactory.create(partner=desk.partner, trade_name=f"Kuyruklu {number} A.Ş.")
    renewing.renew_marked()
    assert "Daha fazlası var. Ayırt eden bir söz daha yazın." in words(desk.find("kuyruklu"))


def test_who_has_part_in_a_company_may_find_it_and_not_open_it(desk: Desk) -> None:
    """The four eyes stand before the case; that there is such a company is no secret to them."""
    user = colleague(*SEES, partner=desk.partner)
    Membership.objects.create(user=user, company=desk.company, role=Role.VIEWER)
    client = signed_in(user)
    assert "ÇİÇEKÇİLİK" in words(desk.find("çiçekçilik", client))
    assert client.get(desk.case(desk.company)).status_code == 403


def test_words_that_too_many_have_say_that_not_all_was_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read is no further than a bound, whatever is typed; and nobody takes the rest for not being there."""
    for name in ("Aylin", "Berk", "Cem"):
        CompanyFactory.create(partner=desk.partner, trade_name=f"{name} İnşaat Gıda A.Ş.")
    renewing.renew_marked()
    cut = "Bu sözler çok fazla kayıtta geçiyor; hepsine bakılmadı."
    assert cut not in words(desk.find("inşaat gıda"))
    monkeypatch.setattr(looking, "MOST_READ", 2)
    page = words(desk.find("inşaat gıda"))
    assert cut in page
    assert page.count("İnşaat Gıda A.Ş.") == 2
    assert cut not in words(desk.find("inşaat gıda berk"))
    assert "Berk İnşaat Gıda A.Ş." in words(desk.find("inşaat gıda berk"))
