"""What somebody has to act on, as sentences for people: on support's pages, and by mail to who runs the portal.

Whether a part is well is said by the checks, and how much waits by the rows themselves; here it gets words, and
somebody whose it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Min, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from correspondence.incoming.decisions import WAITING
from correspondence.models import Audience, Letter, LetterStatus, Mail, SendingHold
from health import checks
from health.figures import MOST
from health.models import Stuck, StuckKind
from onboarding.models import StepRecord
from onboarding.overview.queue import MARKED, put_off
from partners.models import Partner
from telemetry import pulses
from telemetry.models import Pulse
from tenancy.at_once import Counted, at_once
from tenancy.models import User
from tenancy.walls import of_partner, runs_the_portal

NIGHT_LATE = timedelta(days=2)
BACKUP_LATE = timedelta(days=2)
BACKUP_PAGE = "backup-old"
STUCK_PAGE = "stuck-found"
BOUNCES_SHOWN = timedelta(days=7)  # there is nothing to press for one: its company has to mend the address

# What a check that is not well means for people, and its page in docs/runbooks/.
OF_CHECKS: Mapping[str, tuple[str, str]] = {
    "broker": ("İşler sıraya verilemiyor ya da sıra çok uzadı (Redis).", "broker-away"),
    "store": ("Dosya deposuna ulaşılamıyor: belgeler açılmaz, mektuplar bekler.", "store-away"),
    "letters": ("Mektuplar zamanında gitmiyor.", "letters-late"),
    "mails": ("Gelen e-postalar işlenmiyor.", "mails-late"),
    "mailboxes": ("Bir posta kutusu okunamıyor: gelen yanıtlar görülmez.", "mailbox-silent"),
    "beat": ("Zamanlayıcı (beat) susuyor: mektup gitmez, posta okunmaz.", "beat-silent"),
    "worker": ("İşçi (worker) yanıt vermiyor: mektup gitmez, posta okunmaz.", "worker-silent"),
    "finding": ("“Bul” geride: değişen kayıtlar eski adlarıyla bulunuyor, yeniler bulunamıyor.", "finding-late"),
    "listener": ("Posta kutuları dinlenmiyor: yanıtlar birkaç saniye geç görülür.", "listener-silent"),
}

BACKUP_OLD = "Son iyi yedek iki günden eski: bugünkü bir kayıp geri getirilemez."
NIGHT_SILENT = "Gece denetimi iki gündür sonuna varmadı: takılan işler görülmez."


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is the same as long as it is the same trouble. `count` is 1 for a part that is not well; `url` is
    where one acts, and without one the page in `runbook` says how."""

    key: str
    label: str
    count: int = 1
    since: datetime | None = None
    url: str = ""
    runbook: str = ""

    @property
    def says(self) -> str:
        return self.label if self.runbook else f"{self.count} {self.label}"


def for_person(user: User, cards: Sequence[Finding]) -> list[Finding]:
    """What this member of staff may act on: a handful of bounded look-ups over an index, on every page. `cards` as
    from `cards_for`."""
    found = [each for each in cards if each.count]
    return [*found, *_of_operations(), *_of_night(), *_of_pulses()] if runs_the_portal(user) else found


def cards_for(user: User) -> list[Finding]:
    """Letters that failed or came back, and cases with a mark, of the own partner; none of them too."""
    asked = []
    if user.has_perm("correspondence.view_letter"):
        asked += _of_letters(of_partner(user, Letter.objects.all(), "company__partner"))
    if user.has_perm("onboarding.view_queueitem"):
        asked.append(_marked(of_partner(user, StepRecord.objects.all(), "application__company__partner")))
    return _counted(asked)


def for_operations() -> list[Finding]:
    """Everything, of every partner; asks all parts. For a worker, which stands behind no wall."""
    counted = _counted([*_of_letters(Letter.objects.all()), _marked(StepRecord.objects.all())])
    return [*(each for each in counted if each.count), *_of_operations(), *_of_night(), *_of_checks()]


class Rows(NamedTuple):
    """What a finding counts; `since` is the column with the time from which a row is one of them."""

    key: str
    label: str
    rows: "QuerySet[Any]"
    since: str
    url: str


def _of_letters(letters: "QuerySet[Letter]") -> list[Rows]:
    """Letters to people's accounts are nobody's to act on; one whose code is wiped cannot go again."""
    shown = letters.exclude(company=None).exclude(audience=Audience.ACCOUNT).order_by()
    failed = shown.filter(status=LetterStatus.FAILED, sealed_until=None)
    bounced = shown.filter(bounced_at__gte=timezone.now() - BOUNCES_SHOWN)
    listed = reverse("admin:correspondence_letter_changelist")
    return [
        Rows("failed_letters", "mektup gönderilemedi", failed, "created_at", f"{listed}?status__exact=failed"),
        Rows(
            "bounced_letters",
            "mektup son 7 günde geri döndü",
            bounced,
            "bounced_at",
            f"{listed}?geri=evet",
        ),
    ]


def _marked(records: "QuerySet[StepRecord]") -> Rows:
    """What is put off is in no list of today, so it is not counted either."""
    flagged = records.filter(~put_off(timezone.now()), flagged_at__isnull=False).order_by()
    queue = reverse("admin:onboarding_queueitem_changelist")
    address = f"{queue}?{urlencode([MARKED])}"
    return Rows("marked_cases", "başvuruda dikkat işareti var", flagged, "flagged_at", address)


def _of_operations() -> list[Finding]:
    """Sending that is stopped for all, and mails that no partner sees: who runs the portal acts on them."""
    holds = SendingHold.objects.filter(partner=None, target="", lifted_at=None)
    stopped = reverse("admin:correspondence_sendinghold_changelist")
    asked = [Rows("stopped", "durdurma sürüyor: hiçbir mektup gitmiyor", holds, "held_at", stopped)]
    if Partner.objects.order_by()[:2].count() > 1:
        mails = Mail.objects.filter(status__in=WAITING, company=None, partner=None).order_by()
        listed = reverse("admin:correspondence_mail_changelist")
        label = "e-posta hiçbir iş ortağının değil, kararınızı bekliyor"
        asked.append(Rows("nobodys_mails", label, mails, "received_at", listed))
    return [each for each in _counted(asked) if each.count]


def _counted(asked: Sequence[Rows]) -> list[Finding]:
    """All in one statement; how old is asked of what is there alone."""
    counts = at_once(**{each.key: Counted(each.rows[:MOST]) for each in asked})
    return [
        Finding(each.key, each.label, counts[each.key], _oldest(each) if counts[each.key] else None, each.url)
        for each in asked
    ]


def _oldest(asked: Rows) -> datetime | None:
    oldest: datetime | None = asked.rows.aggregate(oldest=Min(asked.since))["oldest"]
    return oldest


def _of_night() -> list[Finding]:
    """What the nightly check could not mend, and that it, or the backup, has not come to its end itself."""
    found = [
        Finding(f"stuck_{row.kind}", _stuck(row), row.count, row.since, runbook=STUCK_PAGE)
        for row in Stuck.objects.order_by("kind")
    ]
    last = dict(Pulse.objects.filter(name__in=(pulses.NIGHT, pulses.BACKUP)).values_list("name", "at"))
    # Each is late from its first time on: who makes backups in another way never has one.
    for name, late, says, page in (
        (pulses.NIGHT, NIGHT_LATE, NIGHT_SILENT, STUCK_PAGE),
        (pulses.BACKUP, BACKUP_LATE, BACKUP_OLD, BACKUP_PAGE),
    ):
        if name in last and timezone.now() - last[name] > late:
            found.append(Finding(name, says, since=last[name], runbook=page))
    return found


def _stuck(row: Stuck) -> str:
    size = f" ({filesizeformat(row.size)})" if row.size else ""
    return f"{row.count} {StuckKind(row.kind).label}{size}"


def _of_pulses() -> list[Finding]:
    return _worded({name: why for name, why in checks.silent(pulses.ages()).items() if why})


def _of_checks() -> list[Finding]:
    wrong: dict[str, str] = {}
    for check in checks.CHECKS:
        if check.name in OF_CHECKS:
            try:
                why = check.ask()
            except Exception as error:  # noqa: BLE001 - each library has its own errors, and all mean the same here
                why = type(error).__name__
            wrong |= {check.name: why} if why else {}
    return _worded(wrong)


def _worded(wrong: Mapping[str, str]) -> list[Finding]:
    return [Finding(name, OF_CHECKS[name][0], runbook=OF_CHECKS[name][1]) for name in wrong]
