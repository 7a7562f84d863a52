"""What has to be there before real letters go out: the rule behind MAIL_MODE=live and its one home.

Asked by `manage.py check --deploy`, and by the web server and the worker at every start. It is no check
that other commands run: migrating, making staff and loading texts must be possible before.
Source: specification, "Legal texts" (no sample in force), "Fixed addresses" (a copy address per partner) and
"Online" (whose chain ends in the configured trust store).
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from documents.models import LegalKind, LegalText
from partners.models import Partner
from wall.crossings import Crossing
from wall.standing import crossing

# The subject of the authority with which the sandbox signs for anybody who asks.
SANDBOX_AUTHORITY = "Deneme Sertifika Sağlayıcısı"


@register("live_mail", deploy=True)
def live_mail(**_asked: Any) -> list[CheckMessage]:
    """One error for each thing that stands in the way of live mail; none in sandbox mode."""
    return standing_in_the_way() if settings.MAIL_MODE == "live" else []


def standing_in_the_way() -> list[CheckMessage]:
    """The same in any mode, for who prepares live mail."""
    try:
        return [*_legal_texts(), *_partners(), *_authorities()]
    except DatabaseError as error:
        return [
            Error(
                f"The database cannot be asked whether live mail may start: {str(error).splitlines()[0]}",
                hint="See DATABASE_URL, and run `manage.py migrate`.",
                id="onboarding.E004",
            )
        ]


def _legal_texts() -> Iterator[CheckMessage]:
    for kind in LegalKind:
        text = LegalText.objects.in_force(kind)
        if text is None:
            yield Error(f"No legal text of the kind '{kind}' is in force.", id="onboarding.E001")
        elif text.is_sample:
            yield Error(
                f"The legal text of the kind '{kind}' that is in force, version {text.version}, is a sample.",
                id="onboarding.E001",
            )


def _partners() -> Iterator[CheckMessage]:
    with crossing(Crossing.PARTNERS):
        partners = list(Partner.objects.order_by("name"))
    for partner in partners:
        if not partner.copy_address:
            yield Error(f"The partner '{partner}' has no copy (cc) address.", id="onboarding.E002")
    if not any(partner.is_default for partner in partners):
        yield Error("No partner is marked as the default one.", id="onboarding.E003")


def _authorities() -> Iterator[CheckMessage]:
    # Parsers of certificates are loaded only where live mail is asked about.
    from documents.signatures.trust import from_folder

    try:
        roots = from_folder(settings.TRUST_DIR).roots
    except ValueError as error:
        yield Error(f"TRUST_DIR: {error}", id="onboarding.E005")
        return
    if not roots:
        yield Error(
            "No certificate authority lies in TRUST_DIR: no e-signature would be believed.", id="onboarding.E005"
        )
    for root in roots:
        if root.subject.native.get("common_name") == SANDBOX_AUTHORITY:
            yield Error("The sandbox's own certificate authority lies in TRUST_DIR.", id="onboarding.E005")


def refuse_start() -> None:
    """Raises ImproperlyConfigured, one line per finding, when live mail is wanted and not ready.

    Leaves no database connection open: the process may be about to fork.
    """
    try:
        found = live_mail()
    finally:
        connections.close_all()
    if found:
        lines = "".join(f"\n  - {each.msg}" for each in found)
        raise ImproperlyConfigured(f"MAIL_MODE is 'live', but live mail may not start:{lines}")
