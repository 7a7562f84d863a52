"""The pages of one's account that allauth brings: each has a button, and pressing it does what it says."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import to_send
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PASSWORD = "yeni-kuzey-isigi-2026"


def has_markup_for_words(answer: Any) -> bool:
    return bool(re.search(r"<\s+(button|a)\b|</\s+(button|a)\b", answer.content.decode()))


@pytest.mark.parametrize("name", ["account_change_password", "account_email", "account_reauthenticate"])
def test_every_page_of_the_account_has_its_buttons(name: str) -> None:
    user = MembershipFactory.create().user
    user.set_password(PASSWORD)
    user.save()
    answer = signed_in(user).get(reverse(name), follow=True)
    assert answer.status_code == 200
    assert not has_markup_for_words(answer)
    assert Screen(answer).buttons


def test_who_forgot_the_password_sets_another_one_by_the_link_and_signs_in() -> None:
    user = MembershipFactory.create().user
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    letter = Letter.objects.get(audience=Audience.ACCOUNT, to=[user.email])
    found = re.search(r"https?://[^/\s]+(/\S+)", to_send(letter).text)
    assert found
    answer = client.get(found[1], follow=True)
    assert not has_markup_for_words(answer)
    page = Screen(answer)
    assert page.buttons
    changed = client.post(answer.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert changed.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
