"""Encrypted columns: what lies in the database, a key that is rotated, a key that is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from onboarding.models import ApplicationForm, Onboarding, Submission
from tests.onboarding.staff import BACKEND, IDENTITY, filled_in, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]  # looks into its columns
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@contextmanager
def keys(*keys: str) -> Iterator[None]:
    with override_settings(FIELD_KEYS=list(keys)):
        yield


def stored(attempt: Onboarding) -> str:
    """The column as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT signatory_identity FROM onboarding_applicationform WHERE onboarding_id = %s", [attempt.pk]
        )
        return str(cursor.fetchone()[0])


def read(attempt: Onboarding) -> str:
    return ApplicationForm.objects.get(onboarding=attempt).signatory_identity


def test_the_database_has_only_the_token_and_the_portal_reads_it() -> None:
    with keys(OLD):
        attempt = filled_in()
        assert IDENTITY not in stored(attempt)
        assert Fernet(OLD).decrypt(stored(attempt)).decode() == IDENTITY
        assert read(attempt) == IDENTITY


def test_no_column_of_what_was_submitted_has_the_number() -> None:
    with keys(OLD):
        attempt = submitted()
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM onboarding_submission WHERE onboarding_id = %s", [attempt.pk])
            (content,) = cursor.fetchone()
        assert IDENTITY not in content
        assert IDENTITY in Submission.objects.get().content


def test_the_same_number_looks_different_each_time() -> None:
    with keys(OLD):
        assert stored(filled_in()) != stored(filled_in())


def test_nothing_is_stored_as_nothing() -> None:
    with keys(OLD):
        attempt = filled_in()
        ApplicationForm.objects.filter(onboarding=attempt).update(signatory_identity="")
        assert (stored(attempt), read(attempt)) == ("", "")


def test_a_new_key_in_front_reads_the_old_and_writes_the_new() -> None:
    with keys(OLD):
        attempt = filled_in()
    with keys(NEW, OLD):
        assert read(attempt) == IDENTITY
        assert Fernet(OLD).decrypt(stored(attempt))
        ApplicationForm.objects.get(onboarding=attempt).save()
        assert Fernet(NEW).decrypt(stored(attempt)).decode() == IDENTITY
    with keys(NEW):
        assert read(attempt) == IDENTITY


def test_a_new_key_behind_the_old_one_is_not_yet_used() -> None:
    with keys(OLD, NEW):
        attempt = filled_in()
        assert Fernet(OLD).decrypt(stored(attempt)).decode() == IDENTITY


def test_a_lost_key_is_an_error_and_never_a_token_on_a_screen() -> None:
    with keys(OLD):
        attempt = filled_in()
    with keys(NEW):
        with pytest.raises(InvalidToken):
            read(attempt)
        client = Client(raise_request_exception=False)
        client.force_login(attempt.company.members.get(), backend=BACKEND)
        page = client.get(reverse("onboarding:review"))
        assert page.status_code == 500
        assert stored(attempt)[:20] not in page.content.decode()
    with keys(NEW, OLD):
        assert read(attempt) == IDENTITY, "nothing was lost with the key's absence"


def test_what_is_no_token_is_an_error_too() -> None:
    attempt = filled_in()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE onboarding_applicationform SET signatory_identity = %s WHERE onboarding_id = %s",
            [IDENTITY, attempt.pk],
        )
    with pytest.raises(InvalidToken):
        read(attempt)


def test_after_a_rotation_the_old_key_may_go() -> None:
    with keys(OLD):
        attempt, other = filled_in(), submitted()
    with keys(NEW, OLD):
        call_command("rotate_keys", stdout=StringIO())
    with keys(NEW):
        assert read(attempt) == read(other) == IDENTITY
        assert IDENTITY in Submission.objects.get(onboarding=other).content
