"""What is sent after the session has ended comes back after the log-in, to whom it belongs, without any script."""

import html
import importlib
import pkgutil
import re
import secrets
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import Morsel
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import accounts.factor_forms
import accounts.forms
import accounts.signup
import brands.forms
import onboarding.forms
import privacy.forms
import support.forms
import team.forms
from accounts.models import Session
from support.models import Question
from tenancy import kept_posts
from tenancy.encryption import cipher
from tenancy.fields import SECRET
from tenancy.kept_posts import NEVER, SHOWN_TO
from tenancy.models import User
from tests.accounts.door import knock
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PASSWORD, MembershipFactory, tckn

pytestmark = pytest.mark.django_db
DATA = reverse("onboarding:dossier_page", args=["iletisim"])
WHO = reverse("onboarding:dossier_page", args=["imza-yetkilisi"])
SAYS = "Oturumunuz kapanmıştı: son gönderdiğiniz kaydedilmedi, ondan önce kaydedilenler duruyor."
TYPED = {"website": "poyraz.example", "contact_phone": "0232 555 09 09"}


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("mersis_question", has_mersis="evet")
    return found


def door_of(user: User) -> User:
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    return user


def sends(browser: Client, page: str, path: str = "", **typed: Any) -> Any:
    """Types into the form of the page, whose session ends before the button is pressed."""
    shown = Screen(browser.get(page, follow=True)).fields
    Session.objects.all().delete()
    return browser.post(path or page, {**shown, **typed}, headers={"Referer": f"http://testserver{page}"})


def comes_in(browser: Client, user: User, led: Any) -> Any:
    """Logs in at the page to which the answer led."""
    door_of(user)
    browser.get(led["Location"])
    found = Screen(browser.get(led["Location"])).fields
    return browser.get(knock(browser, user.email, PASSWORD, next=found["next"])["Location"])


def kept(browser: Client) -> "Morsel[str]":
    return browser.cookies[settings.TYPED_COOKIE_NAME]


def has_kept(browser: Client) -> bool:
    return settings.TYPED_COOKIE_NAME in browser.cookies and bool(kept(browser).value)


def test_what_was_typed_stands_in_the_form_again_and_is_not_saved(cast: Cast) -> None:
    browser, owner = cast.browsers["owner"], cast.people["owner"]
    led = sends(browser, DATA, **TYPED)
    assert led["Location"].startswith(reverse("account_login"))
    page = Screen(comes_in(browser, owner, led))
    assert SAYS in page
    assert {name: page.fields[name] for name in TYPED} == TYPED
    assert cast.now().company.website != "poyraz.example"
    assert not has_kept(browser)
    assert SAYS not in Screen(browser.get(DATA)), "offered once"
    sent = {**page.fields, **TYPED}
    browser.post(DATA, sent)
    assert "poyraz" in cast.now().company.website


def test_it_is_kept_in_the_browser_alone_and_nobody_reads_it_there(cast: Cast) -> None:
    browser = cast.browsers["owner"]
    sends(browser, DATA, **TYPED)
    assert not Session.objects.exists(), "a visitor leaves nothing in the database"
    cookie = kept(browser)
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (3600, True, "Lax")
    assert "poyraz" not in cookie.value


def test_another_person_gets_nothing_and_ends_it(cast: Cast) -> None:
    """A colleague of the same company, at the same browser."""
    browser = cast.browsers["owner"]
    led = sends(browser, DATA, **TYPED)
    page = Screen(comes_in(browser, cast.people["editor"], led))
    assert page.status == 200
    assert SAYS not in page
    assert page.fields["website"] != TYPED["website"]
    assert not has_kept(browser)
    again = signed_in(cast.people["owner"])
    assert SAYS not in Screen(again.get(DATA)), "nor does another browser of hers have it"


def test_it_waits_for_the_company_that_its_page_was_shown_for(cast: Cast) -> None:
    browser, owner = cast.browsers["owner"], cast.people["owner"]
    other = Cast(code="820593")
    MembershipFactory.create(user=owner, company=other.company, role="owner")
    other.send("mersis_question", has_mersis="evet")
    browser.post(reverse("team:choose"), {"company": other.company.pk})
    led = sends(browser, DATA, **TYPED)
    asked = Screen(comes_in(browser, owner, led))
    assert "Bağlantı başka bir firmanız için" in asked
    assert SAYS not in Screen(browser.get(DATA)), "the oldest company's page"
    answer = browser.post(reverse("team:choose"), {**asked.fields, "company": other.company.pk})
    page = Screen(browser.get(answer["Location"]))
    assert SAYS in page
    assert page.fields["website"] == TYPED["website"]


def test_it_ends_after_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, owner = cast.browsers["owner"], cast.people["owner"]
    led = sends(browser, DATA, **TYPED)
    old = timezone.now() - timedelta(hours=1, minutes=1)
    content = cipher().decrypt(kept(browser).value.encode())
    aged = cipher()._fernets[0].encrypt_at_time(content, int(old.timestamp())).decode()
    browser.cookies[settings.TYPED_COOKIE_NAME] = aged
    page = Screen(comes_in(browser, owner, led))
    assert SAYS not in page
    assert not has_kept(browser)


@pytest.mark.parametrize("forged", ["", "1", "1:x", "nobody"])
def test_a_form_that_does_not_prove_whose_it_was_is_not_kept(cast: Cast, forged: str) -> None:
    browser = Client()
    browser.post(DATA, {**TYPED, SHOWN_TO: forged})
    assert not has_kept(browser)


def test_a_cookie_of_another_make_is_thrown_away(cast: Cast) -> None:
    browser = cast.browsers["owner"]
    browser.cookies[settings.TYPED_COOKIE_NAME] = "gAAAA"
    assert browser.get(DATA).status_code == 200
    assert not has_kept(browser)


def test_identity_numbers_and_passwords_are_kept_nowhere(cast: Cast) -> None:
    browser, owner = cast.browsers["owner"], cast.people["owner"]
    typed = {"signatory_identity": tckn(9), "signatory_name": f"Ece {tckn(8)}", "signatory_email": "ece@x.example"}
    led = sends(browser, WHO, password="gizli-parola", **typed)
    content = kept_posts._read(kept(browser).value)
    assert content is not None
    assert dict(content.typed).keys() & {"signatory_identity", "signatory_name", "password"} == set()
    page = Screen(comes_in(browser, owner, led))
    assert page.fields["signatory_email"] == "ece@x.example"
    assert page.fields["signatory_identity"] == ""
    assert "güvenliğiniz için saklanmaz" in page


def test_a_form_that_is_sent_elsewhere_leads_back_to_its_page(cast: Cast) -> None:
    """Its address takes posts alone: it would not open after the log-in."""
    browser, owner = cast.browsers["owner"], cast.people["owner"]
    page = reverse("onboarding:pre_application")
    led = sends(browser, page, reverse("support:ask"), text="Belgem nerede?")
    assert led["Location"].endswith(quote(f"{page}?firma={cast.company.pk}", safe=""))
    found = comes_in(browser, owner, led).content.decode()
    panel = re.search(r"<details open>.*?</details>", found, re.DOTALL)
    assert panel is not None, "unfolded"
    assert "kaydedilmedi" in panel[0]
    assert "Belgem nerede?</textarea>" in panel[0]
    assert not Question.objects.exists()


def test_a_long_question_fits_and_what_no_cookie_holds_is_let_go(cast: Cast) -> None:
    browser, owner = cast.browsers["owner"], cast.people["owner"]
    page = reverse("onboarding:pre_application")
    long = " ".join(f"{number}. İYS'nin yanıtında BrandKod yok." for number in range(100))
    found = comes_in(browser, owner, sends(browser, page, reverse("support:ask"), text=long))
    assert long in html.unescape(found.content.decode())
    sends(browser, page, reverse("support:ask"), text=secrets.token_hex(4000))
    assert not has_kept(browser)


def every_form() -> Iterator[type[forms.Form]]:
    """Of the pages of companies and people; the admin's keep nothing."""
    packages = [accounts.factor_forms, accounts.forms, accounts.signup, brands.forms, privacy.forms, support.forms]
    packages += [
        team.forms,
        *(
            importlib.import_module(f"onboarding.forms.{each.name}")
            for each in pkgutil.iter_modules(onboarding.forms.__path__)
        ),
    ]
    for module in packages:
        for found in vars(module).values():
            is_form = isinstance(found, type) and issubclass(found, forms.Form)
            if is_form and not issubclass(found, forms.ModelForm):
                yield found


def test_every_field_of_a_secret_is_among_those_that_are_never_kept() -> None:
    secret = {
        name
        for form in every_form()
        for name, field in form.base_fields.items()
        if getattr(field.widget, "input_type", "") == "password"
        or SECRET.keys() & field.widget.attrs.keys()
        or field.widget.attrs.get("autocomplete") in ("one-time-code", "current-password", "new-password")
    }
    assert secret
    assert secret <= NEVER, secret - NEVER
    assert {"identity", "credential"} <= NEVER
