"""From a visitor to a person of a company: sign-up, the code by e-mail, the company."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of, to_send
from tenancy.models import Company, Membership, User
from tenancy.roles import Role
from tests.scenarios.browser import words
from tests.scenarios.factories import PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "kuzey-isigi-2026"


@pytest.fixture
def email() -> str:
    """Another one for each test: how often a code is sent to an address is counted in the cache."""
    return f"ada-{uuid4().hex[:8]}@yenifirma.example"


def sign_up(client: Client, email: str, **other: str) -> Any:
    data = {"full_name": "Ada Yalın", "email": email, "password1": PASSWORD, **other}
    return client.post(reverse("account_signup"), data, follow=True)


def code(email: str) -> str:
    letter = Letter.objects.filter(audience=Audience.ACCOUNT, to=[email]).latest("created_at")
    found = re.search(r"\b\d{6}\b", to_send(letter).text)
    assert found, to_send(letter).text
    return found[0]


def type_code(client: Client, value: str) -> Any:
    return client.post(reverse("account_email_verification_sent"), {"code": value}, follow=True)


def test_from_the_start_page_to_the_board_of_a_new_company(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    assert reverse("account_signup") in client.get("/").content.decode()
    page = words(sign_up(client, email))
    assert f"{email} adresine bir doğrulama kodu gönderiyoruz." in page
    assert "istenmeyen (spam) klasörüne" in page
    assert "Firmanızı ekleyin" in words(type_code(client, code(email)))
    answer = client.post(
        reverse("team:company_new"), {"trade_name": "Yeni Firma A.Ş.", "tax_number": "614 088 15 34"}
    )
    assert "Kaydınızı aldık" in words(answer)
    assert client.get(reverse("onboarding:board"))["Location"] == reverse("onboarding:route")
    user, company = User.objects.get(), Company.objects.get()
    assert (user.email, user.full_name, user.is_staff) == (email, "Ada Yalın", False)
    assert (company.trade_name, company.tax_number) == ("Yeni Firma A.Ş.", "6140881534")
    assert Membership.objects.get().role == Role.OWNER


def test_a_code_typed_after_another_tab_has_answered_goes_on_as_that_one_did(email: str) -> None:
    PartnerFactory.create()
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("account_signup")).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sign_up(client, email, csrfmiddlewaretoken=token[1])
    here = reverse("account_email_verification_sent")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(here).content.decode())
    assert token is not None
    typed = {"code": code(email), "csrfmiddlewaretoken": token[1]}
    assert "Firmanızı ekleyin" in words(client.post(here, typed, follow=True))
    assert "Firmanızı ekleyin" in words(client.post(here, typed, follow=True)), "the other tab's form"
    assert client.post(reverse("team:company_new"), typed).status_code == 403, "of any other form the page tells"


def test_the_mailed_link_brings_the_code_where_no_server_sees_it_and_none_is_kept(email: str) -> None:
    PartnerFactory.create()
    sign_up(Client(), email)
    letter = Letter.objects.get(to=[email])
    link = f"{reverse('account_email_verification_sent')}#{code(email)}"
    assert link in to_send(letter).text
    assert link in to_send(letter).html
    kept = body_of(letter)
    assert code(email) not in kept.text + kept.html


def test_the_code_may_be_typed_at_once(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    sign_up(client, email)
    page = client.get(reverse("account_email_verification_sent")).content.decode()
    assert re.search(r'<input[^>]*name="code"[^>]* autofocus', page)


def test_nobody_is_signed_in_before_the_code_was_typed(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    sign_up(client, email)
    assert client.get(reverse("team:company_new")).status_code == 302
    another = Client()
    another.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert another.get(reverse("team:company_new")).status_code == 302


def test_a_wrong_code_is_refused_and_the_right_one_still_works(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    sign_up(client, email)
    right = code(email)
    wrong = "000000" if right != "000000" else "111111"
    refused = type_code(client, wrong)
    assert "Firmanızı ekleyin" not in words(refused)
    assert 'aria-invalid="true"' in refused.content.decode()
    assert "Firmanızı ekleyin" in words(type_code(client, right))


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    sign_up(client, email)
    right = code(email)
    wrong = "000000" if right != "000000" else "111111"
    for _application in range(5):
        type_code(client, wrong)
    type_code(client, right)
    assert client.get(reverse("team:company_new")).status_code == 302


def test_an_address_that_is_here_already_gets_the_same_page_and_a_letter_of_its_own(email: str) -> None:
    PartnerFactory.create()
    known = UserFactory.create(email=email)
    there = sign_up(Client(), email)
    new = sign_up(Client(), f"su-{email}")
    shown = [re.sub(r"\d+ saniye", "", words(page)) for page in (there, new)]
    assert shown[0].replace(email, "…") == shown[1].replace(f"su-{email}", "…")
    assert User.objects.filter(email=email).get() == known
    text = body_of(Letter.objects.get(to=[email])).text
    assert not re.search(r"\b\d{6}\b", text)


@pytest.mark.parametrize(
    ("field", "value"),
    [("full_name", ""), ("email", "ada@"), ("password1", "kisa"), ("password1", "12345678901")],
    ids=["no name", "no address", "short password", "digits alone"],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(email: str, field: str, value: str) -> None:
    PartnerFactory.create()
    answer = sign_up(Client(), **{"email": email, field: value})
    page = answer.content.decode()
    assert "yeri düzeltmeniz gerekiyor" in page
    assert f'href="#id_{field}"' in page
    if field != "email":
        assert f'value="{email}"' in page
    assert not User.objects.exists()


def test_who_asks_for_codes_too_often_is_told_to_wait(email: str) -> None:
    PartnerFactory.create()
    UserFactory.create(email=email)
    answers = [sign_up(Client(), email) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "Çok sık denediniz" in words(answers[1])
    assert Letter.objects.filter(to=[email]).count() == 1


def later(client: Client, seconds: int) -> None:
    """As if the code of this browser's sign-up had been sent so long before."""
    session = client.session
    state = session["account_email_verification_code"]
    session["account_email_verification_code"] = {**state, "at": state["at"] - seconds, "sent_at": 0}
    session.save()


def test_a_code_that_came_too_late_says_so_and_another_is_a_click_away(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    sign_up(client, email)
    old = code(email)
    later(client, 301)
    answer = client.get(reverse("account_email_verification_sent"))
    assert answer.status_code == 410
    assert "Kodun süresi doldu" in words(answer)
    assert "Yeni kod gönder" in words(answer)
    assert "Kodun süresi doldu" in words(type_code(client, old)), "nor does it open anything"
    assert not EmailAddress.objects.get(email=email).verified
    cache.clear()  # Some seconds later.
    page = words(client.post(reverse("account_email_verification_sent"), {"action": "resend"}, follow=True))
    assert "doğrulama kodu gönderiyoruz" in page
    assert code(email) != old
    assert "Kod doğru değil" in words(type_code(client, old))
    assert "Firmanızı ekleyin" in words(type_code(client, code(email)))


def test_a_sign_up_of_an_hour_ago_is_told_where_to_go_on(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    sign_up(client, email)
    session = client.session
    del session["account_login"]
    session.save()
    page = words(client.get(reverse("account_email_verification_sent"), follow=True))
    assert "Kaydınız yarıda kaldı" in page


def test_a_code_asked_again_at_once_says_when_and_stays_on_the_page(email: str) -> None:
    PartnerFactory.create()
    client = Client()
    page = sign_up(client, email)
    assert 'data-enables="resend-button"' in page.content.decode()
    assert re.search(r"Yeni kodu \d+ saniye sonra isteyebilirsiniz", words(page))
    first = code(email)
    again = client.post(reverse("account_email_verification_sent"), {"action": "resend"}, follow=True)
    assert again.status_code == 200
    assert "az önce gönderdik" in words(again)
    assert "Firmanızı ekleyin" in words(type_code(client, first)), "the code on its way still opens"


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db(transaction=True)
@override_settings(ACCOUNT_RATE_LIMITS=False)
def test_a_form_that_is_sent_twice_at_once_opens_one_account_and_breaks_nothing(email: str) -> None:
    PartnerFactory.create()
    data = {"full_name": "Ada Yalın", "email": email, "password1": PASSWORD}

    def send(number: int) -> int:
        try:
            client = Client(raise_request_exception=False, REMOTE_ADDR=f"192.0.2.{number}")
            return client.post(reverse("account_signup"), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [302] * 4
    assert User.objects.filter(email=email).count() == 1


def test_who_has_an_account_already_comes_from_the_page_of_the_code_to_the_log_in(email: str) -> None:
    """A code never comes then; the mail says so, and its link would lead back to this very page."""
    PartnerFactory.create()
    UserFactory.create(email=email)
    other = Client()
    page = sign_up(other, email)
    letter = Letter.objects.filter(to=[email]).latest("created_at")
    for said in (to_send(letter).text, to_send(letter).html):
        assert reverse("account_login") in said
    assert "Hesabım var, giriş yapacağım" in words(page)
    out = other.post(reverse("account_logout"), {"next": reverse("account_login")}, follow=True)
    assert (out.status_code, out.request["PATH_INFO"]) == (200, reverse("account_login"))
