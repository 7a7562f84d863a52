from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from correspondence.outgoing import outbox

# What django-allauth hands to its templates that lets somebody in.
SECRETS = frozenset({"code", "password_reset_url", "activate_url", "key"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends the mails of sign-up and log-in through the outbox: a mail server that is away loses none."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        values = {**context, "email": email}
        code, link = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT, settings.PASSWORD_RESET_TIMEOUT
        body = outbox.with_secrets(
            shown=self._body(template_prefix, {**values, **outbox.hidden(SECRETS & values.keys())}),
            sent=self._body(template_prefix, values),
            until=timezone.now() + timedelta(seconds=code if "code" in values else link),
        )
        partner = getattr(self.request, "partner", None)
        outbox.post_account(to=email, from_name=partner.name if partner else "İYS kayıt portalı", body=body)

    def _body(self, template_prefix: str, values: dict[str, Any]) -> outbox.Body:
        message = self.render_mail(template_prefix, values["email"], values)
        html = ""
        if isinstance(message, EmailMultiAlternatives) and message.alternatives:
            html = str(message.alternatives[0][0])
        return outbox.Body(" ".join(str(message.subject).split()), str(message.body), html)
