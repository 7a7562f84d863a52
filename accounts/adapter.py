"""What django-allauth asks the portal about accounts: letters, links, who may try a password, notices."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts import devices, guesses, hosts, notices, wording
from correspondence.outgoing import outbox
from limits import quotas
from limits.table import Quota
from tenancy.models import User

# Letters of who asked for a reset, which has counts of its own: no sign-up in another's name uses them up.
OF_RESETS = frozenset({"account/email/password_reset_key", "account/email/unknown_account"})
# What django-allauth hands to its templates that lets somebody in.
SECRETS = frozenset({"code", "password_reset_url", "activate_url", "key"})


def owner_of(email: str) -> User | None:
    """Whose account an address opens."""
    found: list[User] = filter_users_by_email(email, prefer_verified=True, for_login=True)
    return found[0] if found else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {**DefaultAccountAdapter.error_messages, **wording.ERRORS}

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:mine")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """For who is signed in: back to the list that the address was added from."""
        return reverse("account_email")

    # Letters.

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox: a mail server that is away loses none. Links carry the account's own host."""
        if template_prefix not in OF_RESETS:
            # Whoever starts anew has another code sent, to a mailbox that may be a stranger's.
            quotas.take(Quota.ACCOUNT_MAILS, target=email)
        partner = hosts.partner_of(context.get("user") or owner_of(email), self.request)
        home = hosts.portal_url(partner)
        links = {
            "code_url": urljoin(home, reverse("account_email_verification_sent")),
            "signup_url": urljoin(home, reverse("account_signup")),
            "login_url": urljoin(home, reverse("account_login")),
            "password_reset_url": urljoin(home, reverse("account_reset_password")),
        }
        if "uid" in context and "key" in context:
            key = {"uidb36": context["uid"], "key": context["key"]}
            links["password_reset_url"] = urljoin(home, reverse("account_reset_password_from_key", kwargs=key))
        values = {**context, **links, "email": email, "partner": partner, "portal_url": home}
        code, link = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT, settings.PASSWORD_RESET_TIMEOUT
        body = outbox.with_secrets(
            shown=self._body(template_prefix, {**values, **outbox.hidden(SECRETS & values.keys())}),
            sent=self._body(template_prefix, values),
            until=timezone.now() + timedelta(seconds=code if "code" in values else link),
        )
        outbox.post_account(to=email, from_name=hosts.name_of(partner), body=body)

    def _body(self, template_prefix: str, values: dict[str, Any]) -> outbox.Body:
        message = self.render_mail(template_prefix, values["email"], values)
        html = ""
        if isinstance(message, EmailMultiAlternatives) and message.alternatives:
            html = str(message.alternatives[0][0])
        return outbox.Body(" ".join(str(message.subject).split()), str(message.body), html)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        also = [value for name, value in (context or {}).items() if name.endswith("_email")]
        notices.tell(user, notices.OF_ALLAUTH[template_prefix], self.request, also=also)

    # The door.

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        email = str(credentials.get("email") or "").lower()
        with guesses.counted(request, Quota.PASSWORD_GUESSES, owner_of(email), account=email) as guess:
            user: User | None = super().authenticate(request, **credentials)
            if user is not None:
                guess.was_right()
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Raised counts and notices rest on this browser being known from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not devices.known(request, user) and not kwargs["signup"]:
            notices.tell(user, notices.Notice.NEW_DEVICE, request)
        devices.remember(response, request, user)
        return response
