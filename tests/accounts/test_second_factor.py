"""The second factor: asked for, counted, used once, kept encrypted, compulsory for staff, taken away by ops."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts import second_factor
from accounts.models import Session
from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from tenancy.models import User
from tests.accounts.door import is_in, knock, person
from tests.accounts.factors import at_the_second_step, code, recovery_codes, with_app
from tests.scenarios.browser import signed_in, with_session, words
from tests.scenarios.factories import PASSWORD, MembershipFactory

pytestmark = pytest.mark.django_db
STEP = reverse("mfa_authenticate")
SET_UP = reverse("mfa_index")


def test_the_password_alone_lets_nobody_in_and_the_code_does() -> None:
    user = person()
    secret = with_app(user)
    client = at_the_second_step(user)
    assert not is_in(client)
    assert client.get(reverse("onboarding:board")).status_code == 302
    client.post(STEP, {"code": code(secret)})
    assert is_in(client)


def test_a_whole_code_is_sent_by_itself_and_a_recovery_code_which_is_longer_is_not() -> None:
    user = person()
    with_app(user)
    client = at_the_second_step(user)
    page = client.get(STEP).content.decode()
    assert 'data-whole="6"' in page
    assert '<span class="by-script">6 hane yazılınca ilerleriz' in page, "without script nothing goes on by itself"
    page = client.get(f"{STEP}?kurtarma").content.decode()
    assert "data-whole" not in page
    assert "hane yazılınca" not in page


def test_a_code_counts_once() -> None:
    user = person()
    secret = with_app(user)
    same = code(secret)
    first, second = at_the_second_step(user), at_the_second_step(user)
    first.post(STEP, {"code": same})
    second.post(STEP, {"code": f"{same[:3]} {same[3:]}"})
    assert is_in(first)
    assert not is_in(second)


def test_a_code_counts_once_also_where_the_cache_has_forgotten_it() -> None:
    user = person()
    secret = with_app(user)
    same = code(secret)
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
        for first in (True, False):
            client = at_the_second_step(user)
            client.post(STEP, {"code": same})
            assert is_in(client) is first


def test_the_code_that_set_the_app_up_is_used_with_that(django_capture_on_commit_callbacks: Any) -> None:
    user = person()
    client = signed_in(user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    same = code(secret)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": same})
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    other = at_the_second_step(user)
    other.post(STEP, {"code": same})
    assert not is_in(other)
    other.post(STEP, {"code": code(secret, 1)})
    assert is_in(other)


def test_after_many_wrong_codes_the_right_one_is_refused_and_the_owners_browser_is_not() -> None:
    user = person()
    own = Client()
    knock(own, user.email)
    own.post(reverse("account_logout"))
    secret = with_app(user)
    thief = at_the_second_step(user)
    thief.cookies.pop("device", None)
    wrong = "000000" if code(secret) != "000000" else "111111"
    answers = [thief.post(STEP, {"code": wrong}).status_code for _try in range(25)]
    assert answers[-1] == 429
    assert thief.post(STEP, {"code": code(secret)}).status_code == 429
    assert thief.post(STEP, {"code": recovery_codes(user)[0]}).status_code == 429
    assert not is_in(thief)
    assert knock(own, user.email)["Location"] == STEP
    own.post(STEP, {"code": code(secret)})
    assert is_in(own)


def test_a_recovery_code_counts_once_and_is_told() -> None:
    user = person()
    with_app(user)
    one = recovery_codes(user)[0]
    first, second = at_the_second_step(user), at_the_second_step(user)
    first.post(STEP, {"code": one})
    assert is_in(first)
    second.post(STEP, {"code": one})
    assert not is_in(second)
    assert Letter.objects.filter(to=[user.email], subject="Bir kurtarma kodunuz kullanıldı").count() == 1


def test_secrets_lie_encrypted_and_go_along_with_a_new_key() -> None:
    user = person()
    secret = with_app(user)
    codes = recovery_codes(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        lying = str(cursor.fetchall())
    assert secret not in lying
    new = Fernet.generate_key().decode()
    with override_settings(FIELD_KEYS=[new, *settings.FIELD_KEYS]):
        call_command("rotate_keys")
    with override_settings(FIELD_KEYS=[new]):
        assert recovery_codes(user) == codes
        client = at_the_second_step(user)
        client.post(STEP, {"code": code(secret)})
        assert is_in(client)


def test_who_has_no_password_keeps_the_last_key() -> None:
    user = person()
    user.set_unusable_password()
    user.save()
    one, other = (
        Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})
        for name in "ab"
    )
    client = signed_in(user)
    client.post(reverse("mfa_remove_webauthn", args=[other.pk]))
    assert list(Authenticator.objects.all()) == [one]
    answer = client.post(reverse("mfa_remove_webauthn", args=[one.pk]))
    assert answer["Location"] == reverse("account_set_password")
    assert list(Authenticator.objects.all()) == [one]
    user.set_password(PASSWORD)
    user.save()
    signed_in(user).post(reverse("mfa_remove_webauthn", args=[one.pk]))
    assert not Authenticator.objects.exists()


# Staff.


def late(**fields: Any) -> User:
    user = person(is_staff=True, **fields)
    User.objects.filter(pk=user.pk).update(second_factor_from=timezone.now() - timedelta(days=8))
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("path", ["/destek/", "/destek/onboarding/application/", "/basvuru/", "/hesap/oturumlar/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_after_the_days_of_grace_every_page_leads_to_the_set_up(path: str, method: str) -> None:
    user = late(is_superuser=True)
    MembershipFactory.create(user=user)
    answer = getattr(signed_in(user), method)(path)
    assert (answer.status_code, answer["Location"]) == (302, SET_UP)


def test_a_part_of_a_page_leads_there_as_well() -> None:
    answer = signed_in(late()).get(reverse("onboarding:board_live"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, SET_UP)


@pytest.mark.django_db(transaction=True)
def test_there_it_is_said_why_and_the_way_out_is_open() -> None:
    user = late()
    client = signed_in(user)
    assert "zorunlu" in words(client.get("/destek/", follow=True))
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    elsewhere = with_session(user)
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before, "another key, for the old one is no more"
    assert Session.objects.filter(user=user).count() == 1
    assert elsewhere.get("/destek/").status_code == 302
    assert client.get("/destek/").status_code == 200
    assert with_session(late()).post(reverse("account_logout")).status_code == 302


def test_within_the_days_of_grace_every_page_of_staff_says_until_when() -> None:
    user = person(is_staff=True)
    page = words(signed_in(user).get("/destek/"))
    until = timezone.localtime(User.objects.get(pk=user.pk).second_factor_from + timedelta(days=7))
    assert "İkinci adım" in page
    assert f"{until:%H:%M}" in page
    with_app(user)
    assert "İkinci adım" not in words(signed_in(user).get("/destek/"))


@override_settings(STAFF_SECOND_FACTOR_DAYS=0)
def test_no_grace_at_all_is_a_setting() -> None:
    assert signed_in(person(is_staff=True)).get("/destek/")["Location"] == SET_UP


def test_companies_are_not_asked() -> None:
    user = person()
    User.objects.update(second_factor_from=timezone.now() - timedelta(days=400))
    MembershipFactory.create(user=user)
    assert signed_in(user).get(reverse("onboarding:route")).status_code == 200


def test_who_is_made_staff_has_the_days_from_then_on() -> None:
    user, ops = person(), signed_in(person(is_staff=True, is_superuser=True))
    User.objects.filter(pk=user.pk).update(second_factor_from=timezone.now() - timedelta(days=400))
    data = {"email": user.email, "full_name": user.full_name, "is_active": "on", "is_staff": "on"}
    ops.post(reverse("admin:tenancy_user_change", args=[user.pk]), data)
    user.refresh_from_db()
    assert user.is_staff
    assert not second_factor.overdue(user)


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = late()
    with_app(user)
    Authenticator.objects.filter(user=user, type="totp").delete()
    assert second_factor.overdue(user)


def test_nobody_gives_a_colleague_a_factor_in_the_admin() -> None:
    client = signed_in(person(is_staff=True, is_superuser=True))
    assert client.get("/destek/mfa/authenticator/").status_code == 404


# The lost phone.


def test_ops_take_the_factor_away_and_nobody_is_let_in_by_it() -> None:
    user = late()
    with_app(user)
    client = with_session(user)
    call_command("reset_second_factor", user.email.upper(), reason="telefonu kayıp")
    assert not Authenticator.objects.filter(user=user).exists()
    assert not Session.objects.filter(user=user).exists()
    assert client.get("/destek/").status_code == 302
    kept = LogEntry.objects.get(object_id=str(user.pk))
    assert "telefonu kayıp" in kept.change_message
    letter = Letter.objects.get(to=[user.email], subject="İkinci adımınız sıfırlandı")
    assert "telefonu kayıp" not in to_send(letter).text
    fresh = Client()
    assert knock(fresh, user.email).status_code == 302
    assert fresh.get("/destek/")["Location"] == SET_UP


@pytest.mark.parametrize(("email", "reason"), [("yok@yok.example", "x"), ("", "  ")])
def test_the_command_says_what_is_missing(email: str, reason: str) -> None:
    user = person()
    with_app(user)
    with pytest.raises(CommandError):
        call_command("reset_second_factor", email or user.email, reason=reason)
    assert Authenticator.objects.filter(user=user).exists()


def test_a_renewed_password_does_not_go_past_the_second_step() -> None:
    user = person()
    secret = with_app(user)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    text = to_send(Letter.objects.get(to=[user.email])).text
    link = next(word for word in text.split() if "/password/reset/key/" in word).split("testserver")[-1]
    form = client.get("/" + link.split("://")[-1].partition("/")[2], follow=True)
    new = "yeni-kuzey-isigi-2026"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert User.objects.get(pk=user.pk).check_password(new)
    assert not is_in(client)
    assert knock(client, user.email, new)["Location"] == STEP
    client.post(STEP, {"code": code(secret)})
    assert is_in(client)
    assert new != PASSWORD
