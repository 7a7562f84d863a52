"""The mail server is away while somebody acts: the page says what is so, and the mail goes later, once.

From the specification: a letter is never lost and never goes twice for one cause. A page that says "gönderdik" of
a mail that waits would let her search her folders for it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing import delivery
from tests.accounts.test_signup import sign_up
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PASSWORD, PartnerFactory, UserFactory
from tests.scenarios.smtp_server import running

pytestmark = pytest.mark.django_db
HER = "ada-uzakta@yenifirma.example"


def signs_up() -> str:
    PartnerFactory.create()
    return words(sign_up(Client(), HER))


def forgot_the_password() -> str:
    PartnerFactory.create()
    UserFactory.create(email=HER, password=PASSWORD)
    return words(Client().post(reverse("account_reset_password"), {"email": HER}, follow=True))


def hands_in() -> str:
    cast = Cast()
    cast.ready()
    Letter.objects.all().delete()
    return cast.press("review", "submit").words


def invites() -> str:
    cast = Cast()
    Letter.objects.all().delete()
    sent: dict[str, Any] = {"email": HER, "role": "editor"}
    return words(signed_in(cast.people["owner"]).post(reverse("team:people"), sent, follow=True))


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (signs_up, f"{HER} adresine bir doğrulama kodu gönderiyoruz."),
        (forgot_the_password, "şifre yenileme bağlantısını gönderiyoruz."),
        (hands_in, "Başvurunuzu aldık."),
        (invites, f"{HER} adresine davet gönderiliyor."),
    ],
)
def test_what_is_done_meanwhile_is_true_and_its_mail_goes_later_once(act: Callable[[], str], says: str) -> None:
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        page = act()
        for _turn in range(3):
            assert delivery.deliver() == 0
    assert says in page
    assert "gönderdik" not in page
    with running() as server:
        Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        while delivery.deliver():
            continue
        assert delivery.deliver() == 0
        assert len(server.messages) == Letter.objects.count() == 1
