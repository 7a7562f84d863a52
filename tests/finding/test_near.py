"""Names that are typed amiss: they are guessed after what begins as it was typed, and marked."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from finding import looking, near, parts, renewing, spelling, typed
from finding.models import Part, Word
from partners.models import Partner
from privacy.forgetting import forget
from tenancy.models import Company, User
from tests.finding.amiss import AMISS, COMPANIES
from tests.finding.people import SIGNATORY, VKN
from tests.finding.test_page import Desk
from tests.scenarios.browser import words
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, vkn

pytestmark = pytest.mark.django_db


def written(partner: Partner) -> dict[str, Company]:
    companies = {
        name: CompanyFactory.create(partner=partner, trade_name=each["title"], tax_number=vkn(700 + place))
        for place, (name, each) in enumerate(COMPANIES.items())
    }
    renewing.renew_marked()
    return companies


def of(partner: Partner) -> User:
    user: User = UserFactory.create(is_staff=True, partner=partner)
    return user


def looked(user: User, text: str) -> list[looking.Match]:
    meant = typed.read(text)
    return list(near.beside(user, meant, looking.look(user, meant)).matches)


def kept() -> set[str]:
    return set(Part.objects.values_list("word", flat=True))


@pytest.mark.parametrize(("text", "begins", "guessed"), AMISS)
def test_what_is_typed_amiss_is_guessed_and_nothing_else(text: str, begins: set[str], guessed: set[str]) -> None:
    partner = PartnerFactory.create()
    names: dict[object, str] = {company.pk: name for name, company in written(partner).items()}
    found = looked(of(partner), text)
    exact = {names[match.word.company_id] for match in found if not match.is_near}
    assert exact == begins
    assert {names[match.word.company_id] for match in found if match.is_near} - exact == guessed
    # What begins so comes first.
    assert [match.is_near for match in found] == sorted(match.is_near for match in found)


class TestPage:
    def test_a_guess_is_said_to_be_one_and_leads_to_the_case(self) -> None:
        desk = Desk()
        answer = desk.find("çiçekçillik")
        page = words(answer)
        assert "“çiçekçillik” diye başlayan bir şey bulunamadı. Şunu mu demek istediniz?" in page
        assert "IŞIL ÇİÇEKÇİLİK SANAYİ VE TİCARET ANONİM ŞİRKETİ Unvan, benzer yazılış VKN" in page
        assert f'href="{desk.case(desk.company)}"' in answer.content.decode()

    def test_what_is_found_as_it_was_typed_comes_first_and_is_not_guessed_again(self) -> None:
        desk = Desk()
        page = words(desk.find("inci"))
        assert "Şunu mu demek istediniz" not in page
        assert "benzer yazılış" not in page
        CompanyFactory.create(partner=desk.partner, trade_name="Birinci Yapı A.Ş.", tax_number=vkn(650))
        renewing.renew_marked()
        page = words(desk.find("inci"))
        assert "Şunu mu demek istediniz" not in page
        guessed = page.index("Birinci Yapı A.Ş. Unvan, benzer yazılış VKN")
        assert page.index("İnci Kuyumculuk A.Ş. Unvan VKN") < guessed

    def test_a_number_with_a_name_that_is_typed_amiss_still_leads_straight_to_the_case(self) -> None:
        desk = Desk()
        CompanyFactory.create(partner=desk.partner, trade_name="Işıll A.Ş.", tax_number=vkn(650))
        renewing.renew_marked()
        assert desk.find(f"Isşıl {VKN}")["Location"] == desk.case(desk.company)

    def test_beside_an_identity_number_nothing_is_guessed(self) -> None:
        desk = Desk()
        user = of(desk.partner)
        assert not [each for each in looked(user, f"çiçekçillik {SIGNATORY}") if each.is_near]


def test_no_number_is_guessed() -> None:
    desk = Desk()
    user = of(desk.partner)
    for number in (VKN, SIGNATORY, "P-7KQ4MX", "MX3ZB5JA", "71620345", "05321234567", "ayse@isil-cicek.example"):
        for at in range(1, len(number)):
            amiss = number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :]
            found = [match for match in looked(user, amiss) if match.is_near]
            assert not found, amiss


def test_a_guess_is_behind_the_wall() -> None:
    mine, other = PartnerFactory.create(), Partner.objects.create(name="Liman", legal_name="Liman A.Ş.")
    written(other)
    for text in ("rüzgar", "Kuzey Rüzgarri", "gülsolar", "özdemirağaç"):
        assert looked(of(other), text)
        assert not looked(of(mine), text)
        assert not looked(UserFactory.create(is_staff=True), text)
        assert looked(UserFactory.create(is_staff=True, is_superuser=True), text)


def test_at_most_so_many_are_guessed_and_none_beside_enough() -> None:
    partner = PartnerFactory.create()
    for place in range(20):
        CompanyFactory.create(partner=partner, trade_name=f"Menekşe {place} A.Ş.", tax_number=vkn(800 + place))
    CompanyFactory.create(partner=partner, trade_name="Mekenşe A.Ş.", tax_number=vkn(850))
    renewing.renew_marked()
    assert [match.is_near for match in looked(of(partner), "menkşe")] == [True] * near.MOST
    assert not any(match.is_near for match in looked(of(partner), "menekşe"))


def test_the_number_of_queries_does_not_grow_with_what_is_typed_by_more_than_a_few_for_each_word() -> None:
    partner = PartnerFactory.create()
    written(partner)
    user = of(partner)
    with CaptureQueriesContext(connection) as one:
        looked(user, "rüzgarri")
    with CaptureQueriesContext(connection) as many:
        looked(user, "kuzzey rüzgarri enerrji sannayi ticarret gülsoylarr inşaaat taahhhüt özzdemir")
    assert len(one) < 40
    assert len(many) < 8 * len(one)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_two_workers_at_once_take_no_word_from_each_other() -> None:
    """One gives up the last use of a word while the other, which found it there, is not committed."""
    partner = PartnerFactory.create()
    gives_up = CompanyFactory.create(partner=partner, trade_name="Menekşe A.Ş.", tax_number=vkn(801))
    takes_up = CompanyFactory.create(partner=partner, trade_name="Leylak A.Ş.", tax_number=vkn(802))
    renewing.renew_marked()
    Company.objects.filter(pk=gives_up.pk).update(trade_name="Papatya A.Ş.")
    Company.objects.filter(pk=takes_up.pk).update(trade_name="Menekşe Yapı A.Ş.")
    written_once = Event()

    def take_up() -> None:
        try:
            with transaction.atomic():
                renewing.companies({takes_up.pk})
                written_once.set()
                sleep(0.5)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        taking = pool.submit(take_up)
        assert written_once.wait(60)
        renewing.companies({gives_up.pk})
        taking.result()
    assert {"menekse", "papatya", "yapi"} <= kept()
    assert "leylak" not in kept()


class TestKeeping:
    def test_every_word_of_a_name_has_its_parts_once(self) -> None:
        desk = Desk()
        names = Word.objects.filter(kind__in=("title", "brand", "person")).values_list("word", flat=True)
        assert kept() == set(filter(spelling.is_kept, names))
        for word in kept():
            assert set(Part.objects.filter(word=word).values_list("part", flat=True)) == spelling.parts(word)
        # Words of mails are not guessed at.
        assert Word.objects.filter(kind="subject", word="teklif").exists()
        assert "teklif" not in kept()
        assert "kuyumculuk" in kept()
        desk.companies["inci"].trade_name = "Işıl Kuyumculuk A.Ş."
        desk.companies["inci"].save()
        renewing.renew_marked()
        assert {"isil", "kuyumculuk"} <= kept()

    def test_a_word_that_no_name_has_any_more_is_gone_and_one_that_another_has_stays(self) -> None:
        desk = Desk()
        Company.objects.filter(pk=desk.companies["kagit"].pk).update(trade_name="Şekerci Menekşe Ltd. Şti.")
        renewing.renew_marked()
        assert "menekse" in kept()
        assert not {"kagithane", "matbaacilik"} & kept()
        Company.objects.filter(pk=desk.companies["kagit"].pk).update(trade_name="Leylak Ltd. Şti.")
        renewing.renew_marked()
        assert "sekerci" in kept()
        assert "menekse" not in kept()

    def test_the_words_of_an_erased_company_are_gone_after_the_next_turn(self) -> None:
        desk = Desk()
        assert {"kagithane", "gulsum"} <= kept()
        forget(Company.objects.filter(pk__in=[desk.companies["kagit"].pk, desk.companies["sole"].pk]))
        renewing.renew_marked()
        assert not {"kagithane", "matbaacilik", "gulsum", "ilgaz"} & kept()
        assert "kuyumculuk" in kept()

    def test_a_company_of_another_partner_takes_its_words_along(self) -> None:
        desk = Desk()
        other = Partner.objects.create(name="Liman", legal_name="Liman A.Ş.")
        Company.objects.filter(pk=desk.companies["kagit"].pk).update(partner=other)
        renewing.renew_marked()
        whose = Part.objects.filter(word="kagithane").values_list("partner", flat=True)
        assert set(whose) == {other.pk}

    def test_everything_written_anew_puts_right_what_was_wrong(self) -> None:
        Desk()
        before = set(Part.objects.values_list("partner", "part", "word"))
        Part.objects.filter(word="isil").delete()
        partner = Partner.objects.get()
        parts.renew({}, {partner.pk: {"artik"}})
        list(renewing.renew_all())
        assert set(Part.objects.values_list("partner", "part", "word")) == before
