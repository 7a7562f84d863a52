"""The public "Başvuru Sorgulama Formu" and what it shows: to whom, how often, and in which words."""

import hmac
import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from limits.table import DEFAULTS
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS
from onboarding.gate import Route
from onboarding.mail import answers
from onboarding.models import Application
from onboarding.overview import status_lookup
from onboarding.steps import STATUS_QUERY
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("camp")]
SIGNATORY, CORPORATE = "ada@mavideniz.example", "bilgi@mavideniz.example"
NO_SUCH = "Bu numara ve e-posta ile bir başvuru bulamadık."


@pytest.fixture
def cast(at_iys: Callable[[], Cast]) -> Cast:
    return at_iys()


def says(cast: Cast, move: str, reason: str = "", **extracted: str) -> None:
    answers.take(
        application=cast.application, step=STATUS_QUERY, move=move, extracted=extracted, actor=IYS, reason=reason
    )


def ask(number: str, email: str, /, visitor: Client | None = None, **more: str) -> Screen:
    """A visitor without an account fills in the form and follows where it leads."""
    data = {"number": number, "email": email, **more}
    return Screen((visitor or Client()).post(reverse("status_form"), data, follow=True))


def test_the_form_is_linked_from_the_start_page_and_from_signing_in() -> None:
    for page in ("start", "account_login"):
        assert reverse("status_form") in Screen(Client().get(reverse(page))).links.values()


def test_the_form_says_how_support_is_reached_without_a_number(cast: Cast) -> None:
    page = Screen(Client().get(reverse("status_form")))
    assert "Başvuru Sorgulama Formu" in page
    assert "Başvuru numaranız yanınızda değil mi?" in page
    assert "mailto:destek@kiyi.example" in page.links.values()
    assert page.links["0850 555 01 01"] == "tel:08505550101"
    assert page.buttons == ["Devam Et"]


@pytest.mark.parametrize("email", [SIGNATORY, CORPORATE, "  ADA@MaviDeniz.Example "])
@pytest.mark.parametrize("write", [str, str.lower, lambda text: text.replace("-", " ")])
def test_our_number_opens_the_status_however_it_is_written(
    cast: Cast, email: str, write: Callable[[str], str]
) -> None:
    page = ask(write(cast.application.reference), email)
    assert page.status == 200
    assert "İYS'nin yanıtı bekleniyor" in page
    assert f"Portal başvuru no {cast.application.reference}" in page


def test_iyss_number_opens_it_too_and_stands_beside_ours(cast: Cast) -> None:
    says(cast, "received", application_number="MX3ZB5JA")
    page = ask("mx3zb5ja", SIGNATORY)
    assert "MX3ZB5JA no'lu başvurunuz İYS'de inceleniyor. Gelişmeleri e-postayla haber veririz." in page
    assert "Başvuru numaranızın yer aldığı e-postayı saklayın." in page
    assert f"İYS ön başvuru numarası MX3ZB5JA Portal başvuru no {cast.application.reference}" in page
    assert "Dikkat: Ön başvuru numarası, İYSKod değildir." in page
    assert "Sıra İYS'de" in page
    assert "Detayları İncele" in page
    for what in ("Başvuru açıldı", "Başvuru İYS'ye gönderildi", "İYS başvuruyu aldı"):
        assert what in page


def test_a_number_that_never_comes_is_not_awaited(cast: Cast) -> None:
    assert "İYS ön başvuru numarası Henüz gelmedi" in ask(cast.application.reference, SIGNATORY)
    cast.move(STATUS_QUERY, "approve", IYS)
    assert "Henüz gelmedi" not in ask(cast.application.reference, SIGNATORY)


def test_nothing_is_told_that_the_number_alone_does_not_open(cast: Cast) -> None:
    says(cast, "ask_changes", "TCKN 10000000146 hatalı")
    remarks = [("signatory_identity", "TCKN 10000000146 hatalı")]
    submission.ask_changes(application=cast.application, step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    page = ask(cast.application.reference, SIGNATORY)
    assert "İYS başvurunuzda düzeltme istedi. Ayrıntıları görmek ve devam etmek için giriş yapın." in page
    company = cast.company
    for secret in ("10000000146", "Ada Yalın", company.trade_name, company.tax_number, SIGNATORY, CORPORATE):
        assert secret not in page.words


@pytest.mark.parametrize(
    ("number", "email"),
    [("P-77777C", SIGNATORY), ("MX3ZB5JA", SIGNATORY), ("own", "baska@mavideniz.example"), ("own", "a@b.example")],
)
def test_every_mismatch_gets_the_same_answer_and_keeps_what_was_typed(cast: Cast, number: str, email: str) -> None:
    number = cast.application.reference if number == "own" else number
    page = ask(number, email)
    assert page.status == 422
    assert page.words.count(NO_SUCH) == 1
    assert (page.fields["number"], page.fields["email"]) == (number, email)


def test_the_address_of_an_account_opens_nothing_here_and_is_told_where_it_does(cast: Cast) -> None:
    """It is mailed the number, so it is what people type; the answer is the one to every mismatch."""
    page = ask(cast.application.reference, cast.people["owner"].email)
    assert page.status == 422
    assert "Portala girdiğiniz adres başvurudaki adreslerden değilse burada geçmez; onunla giriş yapın." in page
    assert page.words == ask("P-77777C", "kimse@baska.example").words


def test_an_address_of_another_company_opens_nothing(cast: Cast) -> None:
    other = Cast()
    other.company.corporate_email = "bilgi@baska.example"
    other.company.save()
    assert NO_SUCH in ask(cast.application.reference, "bilgi@baska.example")
    assert "Portal başvuru no" in ask(other.application.reference, "bilgi@baska.example")


def test_an_empty_address_matches_no_application_without_one() -> None:
    bare = Cast(Route.EXEMPT)
    bare.company.corporate_email = ""
    bare.company.save()
    assert status_lookup.find(number=bare.application.reference, email="") is None


def test_a_mismatch_costs_the_same_work_whatever_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(number: str, email: str) -> tuple[list[str], int]:
        compared = 0
        real = hmac.compare_digest

        def counting(one: bytes, other: bytes) -> bool:
            nonlocal compared
            compared += 1
            return real(one, other)

        monkeypatch.setattr("hmac.compare_digest", counting)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert status_lookup.find(number=number, email=email) is None
        monkeypatch.setattr("hmac.compare_digest", real)
        # The same statement, apart from the values in it and from where it stands, which is said but once.
        shapes = [re.sub("^(SET LOCAL [^;]*; )*", "", query["sql"].split(" WHERE ")[0]) for query in queries]
        return shapes, compared

    wrong_address = work(cast.application.reference, "baska@mavideniz.example")
    assert work("P-77777C", SIGNATORY) == wrong_address
    assert work("MX3ZB5JA", "baska@mavideniz.example") == wrong_address
    assert (len(wrong_address[0]), wrong_address[1]) == (1, 2 * status_lookup.COMPARED)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"number": ""}, "Başvuru numarası: Bu alan zorunludur."),
        ({"number": "M*3"}, "Ön başvuru numarası harf ve rakamlardan oluşur"),
        ({"email": "ada"}, "E-posta adresi ad@firmaniz.com.tr biçiminde olmalı."),
        ({"check": "eyJudW1iZXIiOiAxfQ=="}, "Güvenlik denetimi"),
    ],
)
def test_bad_input_gets_a_sentence_beside_the_field(cast: Cast, data: dict[str, str], sentence: str) -> None:
    typed = {"number": cast.application.reference, "email": SIGNATORY, **data}
    page = ask(typed["number"], typed["email"], check=typed.get("check", ""))
    assert page.status == 422
    assert sentence in page


def test_one_address_asks_five_times_a_minute(cast: Cast) -> None:
    for _time in range(5):
        assert ask("P-77777C", SIGNATORY).status == 422
    page = ask(cast.application.reference, SIGNATORY)
    assert page.status == 429
    assert "Çok sık sorgulandı." in page
    assert page.fields["number"] == cast.application.reference
    assert ask(cast.application.reference, SIGNATORY, Client(REMOTE_ADDR="192.0.2.7")).status == 200


def test_what_fits_is_not_counted(cast: Cast) -> None:
    assert [ask(cast.application.reference, SIGNATORY).status for _time in range(12)] == [200] * 12


def test_nobody_locks_another_out_of_a_number(cast: Cast) -> None:
    """Not by failures from many addresses: each counts for the address it came from."""
    for last in range(40):
        ask(cast.application.reference, "baska@mavideniz.example", Client(REMOTE_ADDR=f"192.0.2.{last}"))
    assert ask(cast.application.reference, SIGNATORY, Client(REMOTE_ADDR="198.51.100.7")).status == 200


@override_settings(QUOTAS={**DEFAULTS, "status_failures.address.minute": 100, "status_failures.address.day": 3})
def test_one_address_fails_so_often_a_day(cast: Cast) -> None:
    statuses = [ask("P-77777C", SIGNATORY).status for _time in range(4)]
    assert statuses == [422, 422, 422, 429]
    assert "Yarın" in ask("P-77777C", SIGNATORY)


def test_the_page_is_for_the_browser_that_asked_and_for_a_while(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Client()
    ask(cast.application.reference, SIGNATORY, visitor)
    assert "Portal başvuru no" in Screen(visitor.get(reverse("status_page")))
    assert Client().get(reverse("status_page"))["Location"] == reverse("status_form")
    key, until = visitor.session["status"]
    assert key == str(cast.application.pk)
    monkeypatch.setattr("onboarding.views.public_status.time.time", lambda: until)
    assert visitor.get(reverse("status_page"))["Location"] == reverse("status_form")


def test_who_is_signed_in_sees_the_same_page_without_the_form(cast: Cast) -> None:
    for role in ("owner", "viewer"):
        page = Screen(cast.browsers[role].get(reverse("status_form"), follow=True))
        assert f"Portal başvuru no {cast.application.reference}" in page
        assert page.links["Başvuruma git"] == reverse("onboarding:board")


def test_who_has_no_application_yet_is_led_to_where_one_begins(cast: Cast) -> None:
    newcomer = signed_in(UserFactory.create())
    assert Screen(newcomer.get(reverse("status_form"))).buttons == ["Devam Et"]
    Application.objects.filter(pk=cast.application.pk).delete()
    answer = cast.browsers["owner"].get(reverse("status_form"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("onboarding:route")


def test_a_closed_application_and_a_route_without_one_say_so(cast: Cast) -> None:
    cast.move(STATUS_QUERY, "withdraw", cast.owner, "Vazgeçtik")
    page = ask(cast.application.reference, SIGNATORY)
    assert "Bu başvuru kapandı: Geri çekildi" in page
    assert "Vazgeçtik" not in page.words
    exempt = Cast(Route.EXEMPT)
    assert "Seçilen yolda İYS'ye başvuru gerekmiyor" in ask(exempt.application.reference, CORPORATE)


def test_a_held_application_says_so_without_the_reason(cast: Cast) -> None:
    cast.move(STATUS_QUERY, "hold", reason="İmza yetkilisi değişiyor")
    page = ask(cast.application.reference, SIGNATORY)
    assert "Destek ekibi bu adımı beklemeye aldı" in page
    assert "İmza yetkilisi değişiyor" not in page.words


def test_how_long_it_usually_takes_is_said_once_it_is_known(cast: Cast) -> None:
    assert "iş günü" not in ask(cast.application.reference, SIGNATORY).words
    cache.set("usual-wait:status_query:waiting", 4, 60)
    assert "Yaklaşık 4 iş günü içinde bekleniyor." in ask(cast.application.reference, SIGNATORY)
    assert "Yaklaşık 4 iş günü içinde bekleniyor." in cast.open("status_query")


def test_the_answer_is_kept_by_no_cache_on_the_way(cast: Cast) -> None:
    visitor = Client()
    ask(cast.application.reference, SIGNATORY, visitor)
    for name in ("status_form", "status_page"):
        assert "no-store" in visitor.get(reverse(name))["Cache-Control"]


def test_the_answer_is_in_a_session_that_nobody_knew_before(cast: Cast) -> None:
    visitor = Client()
    session = visitor.session
    session["planted"] = True
    session.save()
    visitor.cookies["sessionid"] = str(session.session_key)
    assert ask(cast.application.reference, SIGNATORY, visitor).status == 200
    assert visitor.cookies["sessionid"].value != session.session_key


def test_one_address_cannot_use_up_what_others_may_ask_about_a_number(cast: Cast) -> None:
    for _time in range(25):
        ask(cast.application.reference, "baska@mavideniz.example")
    assert ask(cast.application.reference, SIGNATORY, Client(REMOTE_ADDR="192.0.2.7")).status == 200


def test_who_is_past_the_codes_is_told_how_far_and_who_is_through_that_it_is_done() -> None:
    cast = Cast()
    cast.choosing()
    page = Screen(cast.browsers["owner"].get(reverse("status_page")))
    assert "Kodlarınız 3. adımda" not in page
    assert "Kaydınız 4. adımda sürüyor: İleti paketi sözleşmesi." in page
    cast = Cast(code="711157")
    cast.finished()
    page = Screen(cast.browsers["owner"].get(reverse("status_page")))
    assert "İYS kaydınız tamamlandı" in page
    assert "Bütün adımlar tamamlandı." in page
    assert "3. adımda" not in page


def test_a_route_without_an_application_is_not_said_to_have_sent_one() -> None:
    page = Screen(Cast(Route.EXEMPT).browsers["owner"].get(reverse("status_page")))
    assert "İYS'ye gönderildi" not in page


def test_a_look_up_that_finds_nothing_is_not_called_unsaved(cast: Cast) -> None:
    page = ask("P-7KQ4MX", "kimse@baska.example")
    assert "Başvuru gösterilemedi" in page
    assert "Kaydedilemedi" not in page
