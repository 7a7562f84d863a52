"""The address of an account that its person has proved to read."""

from allauth.account.models import EmailAddress

from tenancy.models import User


def verified_address(user: User) -> str:
    """The e-mail address of the account; empty while it is not verified."""
    proved = EmailAddress.objects.filter(user=user, verified=True, email__iexact=user.email).exists()
    return user.email if proved else ""
