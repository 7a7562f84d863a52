"""What is wrong with an installation, and what to do about it: every check that there is, one after the other.

Each says a sentence, and the next command or setting where there is one. What matters for real mail alone is for
later while MAIL_MODE is 'sandbox'.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core import checks as django_checks
from django.db import connection

from correspondence.incoming.sources import mailboxes
from correspondence.models import SendingHold
from correspondence.preflight import checks as preflight
from correspondence.preflight.dns_records import Finding, Result
from documents import readable
from health import checks, planning
from identifiers.hosts import is_loopback
from onboarding.checks import standing_in_the_way
from onboarding.first_data import GROUPS
from onboarding.models import Package
from tenancy.models import User
from tenancy.rows import applying

RUNBOOKS = "docs/runbooks/"
# Where each check of /readyz leads.
NEXT = {
    "broker": f"Look whether Redis runs at the host of BROKER_URL ({RUNBOOKS}broker-away.md).",
    "store": f"Look at S3_ENDPOINT_URL, S3_BUCKET and its keys, or at VAR_DIR ({RUNBOOKS}store-away.md).",
    "letters": f"{RUNBOOKS}letters-late.md",
    "mails": f"{RUNBOOKS}mails-late.md",
    "mailboxes": f"Look at MAILBOX_URLS and its password ({RUNBOOKS}mailbox-silent.md).",
    "beat": f"Start it: celery -A iysportal beat ({RUNBOOKS}beat-silent.md).",
    "worker": f"Start one: celery -A iysportal worker ({RUNBOOKS}worker-silent.md).",
    "listener": f"Start it: manage.py listen ({RUNBOOKS}listener-silent.md).",
    "finding": f"Look why jobs.tasks.renew_found fails ({RUNBOOKS}finding-late.md).",
}


class Mark(StrEnum):
    OK = "ok"
    WRONG = "wrong"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Said:
    mark: Mark
    sentence: str
    do: str = ""


def examine() -> Iterator[Said]:
    """Ends after a database that cannot be asked, since everything else would only say so again."""
    yield from _settings()
    refused = _why(checks.database)
    if refused:
        yield Said(Mark.WRONG, f"The database cannot be asked: {refused}.", "Look at DATABASE_URL.")
        return
    yield Said(Mark.OK, "The database answers.")
    missing = _why(checks.migrations)
    if missing:
        yield Said(Mark.WRONG, f"Migrations: {missing}.", "manage.py migrate")
        return
    yield Said(Mark.OK, "All migrations are applied.")
    for look in (_walls, _planning, _first_data, _staff, _keys, _stopped, _parts, _mail_lines, _live):
        yield from look()


def _why(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - each library has its own errors, and all mean the same here
        return f"{type(error).__name__}: {error}".splitlines()[0]


def _later(sentence: str, do: str = "") -> Said:
    """Wrong where mail is live."""
    return Said(Mark.WRONG if settings.MAIL_MODE == "live" else Mark.LATER, sentence, do)


def _settings() -> Iterator[Said]:
    errors = [each for each in django_checks.run_checks() if each.level >= django_checks.ERROR]
    for each in errors:
        yield Said(Mark.WRONG, str(each.msg), str(each.hint or ""))
    if not errors:
        yield Said(Mark.OK, "The settings can be used.")
    if is_loopback(urlsplit(settings.PORTAL_URL).hostname):
        yield _later(
            f"PORTAL_URL is {settings.PORTAL_URL}: the links in mails lead to the reader's own machine.",
            "Set PORTAL_URL to the address at which people reach the portal.",
        )
    elif not settings.HTTPS:
        yield _later("PORTAL_URL is without https: passwords go in clear.", "Set PORTAL_URL=https://…")
    if settings.DEBUG:
        yield _later("DEBUG is on: error pages show source code.", "Take DEBUG out of the environment.")


def _walls() -> Iterator[Said]:
    if connection.vendor != "postgresql":
        yield _later("The database is SQLite: no wall between companies, and one writer.", "Use PostgreSQL.")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ((role, above),) = cursor.fetchall()
    if above:
        yield _later(
            f"The portal logs in as {role}, a superuser: outside of requests no wall holds it.",
            "Let docker/roles.sh make roles, and name portal_web and portal_worker in DATABASE_URL.",
        )
    tables = applying.drifted(connection)
    if tables:
        named = ", ".join(tables[:3])
        yield Said(
            Mark.WRONG, f"Rights of {len(tables)} tables are not those declared: {named}.", "manage.py migrate"
        )
    else:
        yield Said(Mark.OK, "Every table has the rights and policies that are declared.")


def _planning() -> Iterator[Said]:
    if connection.vendor == "postgresql" and planning.compiles(connection):
        yield _later("PostgreSQL compiles queries (jit): some pages may take many seconds.", planning.BY_HAND)


def _first_data() -> Iterator[Said]:
    if Group.objects.filter(name__in=GROUPS).count() < len(GROUPS) or not Package.objects.exists():
        yield Said(Mark.WRONG, "Support's groups or the packages are missing.", "manage.py first_data")
    else:
        yield Said(Mark.OK, "The first data is there.")


def _staff() -> Iterator[Said]:
    if User.objects.filter(is_superuser=True, is_active=True, partner=None).exists():
        yield Said(Mark.OK, "Somebody runs the portal.")
    else:
        yield Said(Mark.WRONG, "Nobody may run the portal yet.", "manage.py first_staff E-MAIL")


def _keys() -> Iterator[Said]:
    """The newest row of each table with encrypted columns, and the newest file of each kind."""
    refused = readable.look().refused
    if refused:
        yield Said(
            Mark.WRONG,
            f"FIELD_KEYS cannot read what is stored: {', '.join(refused)}.",
            "Put the key with which it was written into FIELD_KEYS, behind the first one.",
        )
    else:
        yield Said(Mark.OK, "FIELD_KEYS read what is stored.")


def _stopped() -> Iterator[Said]:
    for hold in SendingHold.objects.filter(partner=None, target="", lifted_at=None):
        yield Said(Mark.WRONG, f"All sending is stopped: {hold.reason}", "manage.py resume_sending")


def _parts() -> Iterator[Said]:
    for check in checks.CHECKS:
        if check.needed:
            continue
        why = _why(check.ask)
        if why:
            yield Said(Mark.WRONG, f"{check.name.capitalize()}: {why}.", NEXT[check.name])
        else:
            yield Said(Mark.OK, f"{check.name.capitalize()}: well.")


def _mail_lines() -> Iterator[Said]:
    found: list[Finding] = [preflight.smtp_finding()]
    found += [preflight.mailbox_finding(mailbox) for mailbox, _partner in mailboxes()]
    for each in found:
        do = "" if each.result is Result.OK else "Look at SMTP_URL and MAILBOX_URLS, then: manage.py check_live"
        yield Said(Mark.OK if each.result is Result.OK else Mark.WRONG, each.sentence, do)


def _live() -> Iterator[Said]:
    """What keeps real mail from starting; in sandbox mode for later."""
    errors = standing_in_the_way()
    for each in errors:
        yield _later(each.msg, "Enter what is missing in the admin or in the settings, then: manage.py check_live")
    if settings.MAIL_MODE != "live":
        yield Said(Mark.LATER, "MAIL_MODE is 'sandbox': no letter leaves this machine.", "manage.py check_live")
    elif not errors:
        yield Said(Mark.OK, "Nothing stands in the way of real mail.")
