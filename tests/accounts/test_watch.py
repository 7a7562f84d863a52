"""A security monitor finds every event of an account in the log, and nothing there that was typed."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.door import WRONG, knock, person
from tests.scenarios.factories import PASSWORD

pytestmark = pytest.mark.django_db


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(each.levelname, each.getMessage()) for each in caplog.records if each.name == "security"]


def test_log_in_log_out_and_wrong_passwords_are_lines(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "security")
    user, client = person(), Client()
    knock(client, user.email, WRONG)
    knock(client, user.email)
    client.post(reverse("account_logout"), REMOTE_ADDR="192.0.2.8")
    assert lines(caplog) == [
        ("WARNING", f"wrong_guess person={user.pk} from=192.0.2.7 of=password_guesses"),
        ("INFO", f"signed_in person={user.pk} from=192.0.2.7"),
        ("INFO", f"signed_out person={user.pk} from=192.0.2.8"),
    ]


def test_who_is_refused_a_try_is_a_line_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    user = person()
    for _try in range(60):
        knock(Client(), user.email, WRONG)
    refused = [line for line in lines(caplog) if "guess_refused" in line[1]]
    assert refused[-1] == ("WARNING", f"guess_refused person={user.pk} from=192.0.2.7 of=password_guesses")


def test_nothing_that_was_typed_is_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever types the password into the field of the address, and the other way round."""
    caplog.set_level("INFO", "security")
    knock(Client(), f"{PASSWORD}@firma.example", "ayse@firma.example")
    ((level, said),) = lines(caplog)
    assert (level, said) == ("WARNING", "wrong_guess person=unknown from=192.0.2.7 of=password_guesses")


def test_a_changed_password_is_a_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "security")
    user, client = person(), Client()
    knock(client, user.email)
    new = "baska-bir-parola-2026"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert lines(caplog)[-1] == ("INFO", f"password_changed person={user.pk} from=127.0.0.1")
