from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMultiAlternatives

from correspondence.outgoing import outbox


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends the mails of sign-up and log-in through the outbox: a mail server that is away loses none."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, {**context, "email": email})
        html = ""
        if isinstance(message, EmailMultiAlternatives) and message.alternatives:
            html = str(message.alternatives[0][0])
        partner = getattr(self.request, "partner", None)
        outbox.post_account(
            to=email,
            from_name=partner.name if partner else "İYS kayıt portalı",
            body=outbox.Body(" ".join(str(message.subject).split()), str(message.body), html),
        )
