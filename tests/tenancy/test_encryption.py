"""Encrypted columns: what lies in the database, a key that is rotated, a key that is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from onboarding.models import Application, ApplicationForm, Submission
from tests.scenarios.browser import signed_in
from tests.scenarios.ladder import IDENTITY, filled_in, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]  # looks into its columns
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@contextmanager
def keys(*keys: str) -> Iterator[None]:
    with override_settings(FIELD_KEYS=list(keys)):
        yield


def stored(application: Application) -> str:
    """The column as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT signatory_identity FROM onboarding_applicationform WHERE application_id = %s", [application.pk]
        )
        return str(cursor.fetchone()[0])


def read(application: Application) -> str:
    return ApplicationForm.objects.get(application=application).signatory_identity


def test_the_database_has_only_the_token_and_the_portal_reads_it() -> None:
    with keys(OLD):
        application = filled_in()
        assert IDENTITY not in stored(application)
        assert Fernet(OLD).decrypt(stored(application)).decode() == IDENTITY
        assert read(application) == IDENTITY


def test_no_column_of_what_was_submitted_has_the_number() -> None:
    with keys(OLD):
        application = submitted()
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM onboarding_submission WHERE application_id = %s", [application.pk])
            (content,) = cursor.fetchone()
        assert IDENTITY not in content
        assert IDENTITY in Submission.objects.get().content


def test_the_same_number_looks_different_each_time() -> None:
    with keys(OLD):
        assert stored(filled_in()) != stored(filled_in())


def test_nothing_is_stored_as_nothing() -> None:
    with keys(OLD):
        application = filled_in()
        ApplicationForm.objects.filter(application=application).update(signatory_identity="")
        assert (stored(application), read(application)) == ("", "")


def test_a_new_key_in_front_reads_the_old_and_writes_the_new() -> None:
    with keys(OLD):
        application = filled_in()
    with keys(NEW, OLD):
        assert read(application) == IDENTITY
        assert Fernet(OLD).decrypt(stored(application))
        ApplicationForm.objects.get(application=application).save()
        assert Fernet(NEW).decrypt(stored(application)).decode() == IDENTITY
    with keys(NEW):
        assert read(application) == IDENTITY


def test_a_new_key_behind_the_old_one_is_not_yet_used() -> None:
    with keys(OLD, NEW):
        application = filled_in()
        assert Fernet(OLD).decrypt(stored(application)).decode() == IDENTITY


def test_a_lost_key_is_an_error_and_never_a_token_on_a_screen() -> None:
    with keys(OLD):
        application = filled_in()
    with keys(NEW):
        with pytest.raises(InvalidToken):
            read(application)
        client = signed_in(application.company.members.get())
        client.raise_request_exception = False
        page = client.get(reverse("onboarding:review"))
        assert page.status_code == 500
        assert stored(application)[:20] not in page.content.decode()
    with keys(NEW, OLD):
        assert read(application) == IDENTITY, "nothing was lost with the key's absence"


def test_what_is_no_token_is_an_error_too() -> None:
    application = filled_in()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE onboarding_applicationform SET signatory_identity = %s WHERE application_id = %s",
            [IDENTITY, application.pk],
        )
    with pytest.raises(InvalidToken):
        read(application)


def test_after_a_rotation_the_old_key_may_go() -> None:
    with keys(OLD):
        application, other = filled_in(), submitted()
    with keys(NEW, OLD):
        call_command("rotate_keys", stdout=StringIO())
    with keys(NEW):
        assert read(application) == read(other) == IDENTITY
        assert IDENTITY in Submission.objects.get(application=other).content
