"""Sessions: kept so that nobody can use them who reads the database, listed, ended, and ending by themselves."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as FormerSession
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from accounts.session_store import row_key
from jobs.tasks import forget_ended_sessions
from tenancy.models import User
from tests.accounts.door import is_in, knock, person
from tests.scenarios.browser import Screen, signed_in, with_session, words
from tests.scenarios.factories import PASSWORD, MembershipFactory

pytestmark = pytest.mark.django_db
LIST = reverse("usersessions_list")


def row(client: Client) -> Session:
    return Session.objects.get(session_key=row_key(client.cookies[settings.SESSION_COOKIE_NAME].value))


def still_in(client: Client) -> bool:
    return bool(client.get(LIST).status_code == 200)


def test_what_lies_in_the_database_opens_no_session() -> None:
    user = person()
    client = with_session(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM accounts_session")
        ((key, data),) = cursor.fetchall()
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not still_in(thief)
    assert still_in(client)
    assert str(user.get_session_auth_hash()) not in data
    assert not FormerSession.objects.exists()


def test_a_session_whose_key_is_gone_is_signed_out() -> None:
    client = with_session(person())
    with override_settings(FIELD_KEYS=["BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA="]):
        assert client.get(LIST).status_code == 302


def test_the_list_names_browser_place_and_time_and_ends_all_others() -> None:
    user = person()
    here, there = signed_in(user), with_session(user)
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
    there.get(LIST, HTTP_USER_AGENT=phone, REMOTE_ADDR="198.51.100.9")
    stranger = with_session(person())
    page = here.get(LIST)
    assert "iPhone" in words(page)
    assert "198.51.100.9" in words(page)
    assert [each.is_current for each in page.context["sessions"]].count(True) == 1
    assert len(page.context["sessions"]) == 2
    screen = Screen(page)
    assert LIST in screen.actions
    assert screen.buttons
    here.post(LIST, follow=True)
    assert still_in(here)
    assert not still_in(there)
    assert still_in(stranger)


def test_another_person_is_not_listed() -> None:
    with_session(person())
    assert len(with_session(person()).get(LIST).context["sessions"]) == 1


@pytest.mark.parametrize(
    ("staff", "idle", "whole"), [(True, timedelta(hours=1), timedelta(hours=12)),
                                 (False, timedelta(days=14), timedelta(days=30))],
)  # fmt: skip
def test_a_session_ends_when_idle_and_after_all(*, staff: bool, idle: timedelta, whole: timedelta) -> None:
    user = person(is_staff=staff)
    client, now = with_session(user), timezone.now()
    client.get(LIST)
    assert abs(row(client).expire_date - (now + idle)) < timedelta(minutes=1)
    # Whoever is active goes on …
    Session.objects.update(last_seen_at=now - idle / 2, expire_date=now + idle / 2)
    assert still_in(client)
    assert abs(row(client).expire_date - (now + idle)) < timedelta(minutes=1)
    # … but not for ever.
    Session.objects.update(created_at=now - whole + timedelta(minutes=5), last_seen_at=now - timedelta(minutes=2))
    assert still_in(client)
    assert abs(row(client).expire_date - (now + timedelta(minutes=5))) < timedelta(minutes=1)
    Session.objects.update(expire_date=now - timedelta(seconds=1))
    assert not still_in(client)


def test_the_limits_are_settings() -> None:
    with override_settings(COMPANY_SESSION=(timedelta(hours=2), timedelta(hours=3))):
        client = with_session(person())
        client.get(LIST)
    assert row(client).expire_date < timezone.now() + timedelta(hours=2, minutes=1)


def test_signing_in_changes_the_key_and_signing_out_ends_the_row() -> None:
    user, client = person(), Client()
    client.get(reverse("account_login"))
    before = client.cookies.get(settings.SESSION_COOKIE_NAME)
    knock(client, user.email)
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert before is None or before.value != after
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = after
    assert still_in(thief)
    client.post(reverse("account_logout"))
    assert not still_in(thief)
    assert not Session.objects.filter(user=user).exists()


def test_a_changed_password_changes_the_key_and_ends_the_others() -> None:
    user = person()
    here, there = signed_in(user), with_session(user)
    before = here.cookies[settings.SESSION_COOKIE_NAME].value
    new = "yeni-kuzey-isigi-2026"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get(pk=user.pk).check_password(new)
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert still_in(here)
    assert not still_in(there)
    assert Session.objects.filter(user=user).count() == 1


def test_every_night_the_ended_ones_go() -> None:
    ended, open_ = with_session(person()), with_session(person())
    Session.objects.filter(pk=row(ended).pk).update(expire_date=timezone.now() - timedelta(minutes=1))
    FormerSession.objects.create(session_key="a", session_data="b", expire_date=timezone.now() - timedelta(days=1))
    forget_ended_sessions()
    assert [each.pk for each in Session.objects.all()] == [row(open_).pk]
    assert not FormerSession.objects.exists()


def test_a_session_that_was_ended_meanwhile_is_not_written_anew() -> None:
    client = with_session(person())
    Session.objects.all().delete()
    client.get(LIST)
    assert not Session.objects.filter(user__isnull=False).exists()
    assert not is_in(client)


def test_who_keeps_working_writes_once_a_minute() -> None:
    client = with_session(MembershipFactory.create().user)
    client.get(LIST)
    first = row(client).last_seen_at
    client.get(LIST)
    assert row(client).last_seen_at == first
