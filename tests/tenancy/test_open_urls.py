"""URLs at which no company's wall stands: what is public, and what belongs to one's own account."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.support import colleague
from tests.tenancy.answers import Answer, Page, Status, To
from tests.tenancy.test_wall import urls

pytestmark = pytest.mark.django_db
LOG_IN, HOME = To("account_login"), To("onboarding:board")
SPACES = ("onboarding:", "team:", "support:", "admin:")

# For who is not signed in, for a company's owner, and for support.
Three = tuple[Answer, Answer, Answer]


def own(path: str, page: str) -> Three:
    """A page of one's own account."""
    return To("account_login", tail=f"?next={path}"), Page(f"{page}.html"), Page(f"{page}.html")


def once_more(path: str) -> Three:
    """Where there is nothing yet to take away or to show."""
    return To("account_login", tail=f"?next={path}"), Status(404), Status(404)


PUBLIC: Mapping[str, Three] = {
    "start": (Page("start.html"),) * 3,
    "status_form": (Page("onboarding/status_form.html"), To("status_page"), Page("onboarding/status_form.html")),
    "status_page": (To("status_form"), Page("onboarding/status_page.html"), To("status_form")),
    "logo": (Status(404),) * 3,
    "colour": (Status(404),) * 3,
    # It is there where DEBUG is on, for who works on the portal.
    "components": (Status(404),) * 3,
    "disclosure": (Page("privacy/disclosure.html"),) * 3,
    "guide:start": (Page("guide/page.html"),) * 3,
    "guide:page": (Page("guide/page.html"),) * 3,
    "security_txt": (Status(200),) * 3,
    # Support's own page, as all of the admin's.
    "support_guide": (
        To("admin:login", tail="?next=/destek/rehber/"),
        To("admin:login", tail="?next=/destek/rehber/"),
        Page("admin/guide.html"),
    ),
}
# Whoever is signed in is led to the board, which leads staff on to their own pages.
ACCOUNT: Mapping[str, Three] = {
    "account_login": (Page("account/login.html"), HOME, HOME),
    "account_signup": (Page("account/signup.html"), HOME, HOME),
    "account_logout": (To("start"), Page("account/logout.html"), Page("account/logout.html")),
    "account_inactive": (Page("account/account_inactive.html"),) * 3,
    "accounts:mine": own("/hesap/", "accounts/mine"),
    "account_email": own("/hesap/email/", "account/email"),
    "account_email_verification_sent": (LOG_IN, To("account_email"), To("account_email")),
    "account_reauthenticate": own("/hesap/reauthenticate/", "account/reauthenticate"),
    "account_change_password": own("/hesap/password/change/", "account/password_change"),
    "account_set_password": (
        To("account_login", tail="?next=/hesap/password/set/"),
        To("account_change_password"),
        To("account_change_password"),
    ),
    "account_signup_by_passkey": (Page("account/signup_by_passkey.html"), HOME, HOME),
    "mfa_login_webauthn": (LOG_IN, HOME, HOME),
    "mfa_signup_webauthn": (To("account_signup"), HOME, HOME),
    "mfa_authenticate": (LOG_IN, HOME, HOME),
    "mfa_index": own("/hesap/dogrulama/", "mfa/index"),
    "mfa_reauthenticate": (
        To("account_login", tail="?next=/hesap/dogrulama/reauthenticate/"),
        To("account_reauthenticate"),
        To("account_reauthenticate"),
    ),
    "mfa_reauthenticate_webauthn": (
        To("account_login", tail="?next=/hesap/dogrulama/webauthn/reauthenticate/"),
        To("account_reauthenticate"),
        To("account_reauthenticate"),
    ),
    "mfa_activate_totp": own("/hesap/dogrulama/totp/activate/", "mfa/totp/activate_form"),
    "mfa_deactivate_totp": once_more("/hesap/dogrulama/totp/deactivate/"),
    "mfa_view_recovery_codes": once_more("/hesap/dogrulama/recovery-codes/"),
    "mfa_generate_recovery_codes": own(
        "/hesap/dogrulama/recovery-codes/generate/", "mfa/recovery_codes/generate"
    ),
    "mfa_download_recovery_codes": once_more("/hesap/dogrulama/recovery-codes/download/"),
    "mfa_list_webauthn": own("/hesap/dogrulama/webauthn/", "mfa/webauthn/authenticator_list"),
    "mfa_add_webauthn": own("/hesap/dogrulama/webauthn/add/", "mfa/webauthn/add_form"),
    "mfa_edit_webauthn": once_more("/hesap/dogrulama/webauthn/keys/1/edit/"),
    "mfa_remove_webauthn": once_more("/hesap/dogrulama/webauthn/keys/1/remove/"),
    "usersessions_list": own("/hesap/oturumlar/", "usersessions/usersession_list"),
    "privacy:mine": (
        To("account_login", tail="?next=/hesap/verilerim/"),
        Page("privacy/mine.html"),
        Page("privacy/mine.html"),
    ),
    "privacy:copy": (
        To("account_login", tail="?next=/hesap/verilerim/kopya/"),
        Page("privacy/_copy.html"),
        Page("privacy/_copy.html"),
    ),
    "privacy:ask_for_copy": (
        To("account_login", tail="?next=/hesap/verilerim/hazirla/"),
        To("privacy:mine"),
        To("privacy:mine"),
    ),
    "privacy:download": (
        To("account_login", tail="?next=/hesap/verilerim/indir/"),
        To("privacy:mine"),
        To("privacy:mine"),
    ),
    "privacy:leave": (
        To("account_login", tail="?next=/hesap/verilerim/sil/"),
        To("privacy:mine"),
        To("privacy:mine"),
    ),
    "account_reset_password": (Page("account/password_reset.html"),) * 3,
    "account_reset_password_done": (Page("account/password_reset_done.html"),) * 3,
    "account_reset_password_from_key": (Page("account/password_reset_from_key.html"),) * 3,
    "account_reset_password_from_key_done": (Page("account/password_reset_from_key_done.html"),) * 3,
}  # fmt: skip

# What stands in the path.
ARGS: Mapping[str, list[object]] = {
    "logo": ["0" * 64],
    "guide:page": ["kanal"],
    "colour": ["0b5cad", "0" * 12],
    "account_reset_password_from_key": ["1", "x-y"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}


@pytest.fixture
def three() -> tuple[Client, Client, Client]:
    cast = Cast()
    return Client(), cast.browsers["owner"], signed_in(colleague())


def test_every_other_url_is_in_a_table() -> None:
    named = {name for name, _pattern in urls() if not name.startswith(SPACES)}
    assert named == PUBLIC.keys() | ACCOUNT.keys()


@pytest.mark.parametrize("name", [*PUBLIC, *ACCOUNT])
def test_each_gets_what_is_theirs(three: tuple[Client, Client, Client], name: str) -> None:
    args = ARGS.get(name)
    path = reverse(name, args=args)
    for client, due in zip(three, {**PUBLIC, **ACCOUNT}[name], strict=True):
        assert due.wrong(client.get(path)) == ""
