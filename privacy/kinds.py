"""How each kind of data comes to its end: from when its days count, which rows those are, and how they go.

The days themselves are rows (`RetentionRule`), which migration 0002_periods begins with, each with the law behind
it: KVKK is Law no. 6698, TTK no. 6102, VUK no. 213, TBK no. 6098.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterAttachment, LetterStatus, Mail
from documents import storage
from documents.models import DisclosureShown, Document, DraftUpload
from figures.models import Figure, Measure
from journal.models import Entry
from onboarding.models import Application, ContinueLink, EvidencePack, HandOff, SignatureCheck, Submission
from privacy import persons
from privacy.forgetting import Forgotten, forget
from privacy.models import YEAR, DataKind, PersonRequest, RetentionRule
from team.models import CompanyImport, ImportState
from tenancy.models import Company, Invitation, JoinRequest, User
from verification.models import OneTimeCode


@dataclass(frozen=True, slots=True)
class Kind:
    """`rows` gives what is older than a moment, oldest first; `erase` takes rows of one batch away.

    `least` is what nobody may go below, in days. `one_by_one`: each row is somebody whose data go together, and is
    written down by its own id. `warns`: the rows are companies, whose owners are told before.
    """

    after: str
    rows: Callable[[datetime], "QuerySet[Any]"]
    erase: Callable[["QuerySet[Any]"], Forgotten] = forget
    least: int = 1
    one_by_one: bool = False
    warns: bool = False


def _account_letters(before: datetime) -> "QuerySet[Letter]":
    ended = (LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.CANCELLED)
    ours = Letter.objects.filter(company=None, audience__in=(Audience.ACCOUNT, Audience.STAFF), status__in=ended)
    return ours.filter(created_at__lt=before).order_by("created_at")


def _links(before: datetime) -> "QuerySet[HandOff]":
    """One through which a paper was signed stays: it shows who was asked."""
    return HandOff.objects.filter(used_at=None, expires_at__lt=before).order_by("expires_at")


def _forget_links(rows: "QuerySet[HandOff]") -> Forgotten:
    last = max(rows.values_list("expires_at", flat=True))
    gone = forget(rows)
    gone.rows.update(forget(ContinueLink.objects.filter(expires_at__lte=last)).rows)
    return gone


def _replaced(before: datetime) -> "QuerySet[Document]":
    """Nothing that was sent to İYS, signed, or is still named by a row as what somebody handed in."""
    sent = LetterAttachment.objects.filter(document=OuterRef("pk"))
    checked = SignatureCheck.objects.filter(Q(document=OuterRef("pk")) | Q(issued=OuterRef("pk")))
    old = Document.objects.filter(replaced_by__created_at__lt=before, erased_at=None)
    return old.exclude(Exists(sent)).exclude(Exists(checked)).order_by("created_at")


def _erase_documents(rows: "QuerySet[Document]") -> Forgotten:
    """Their rows stay, without the file and its name: the history says that there was one (KVKK 7)."""
    gone = Forgotten()
    for document in rows:
        gone.files += storage.erase(document)
        gone.rows["documents.Document"] += 1
    return gone


def _quiet(before: datetime) -> "QuerySet[Company]":
    """Companies about which nothing was written down since. One that was merged goes with the other."""
    recent = Entry.objects.filter(company=OuterRef("pk"), at__gte=before)
    return Company.objects.in_use().filter(created_at__lt=before).exclude(Exists(recent)).order_by("created_at")


def _abandoned(before: datetime) -> "QuerySet[Company]":
    """Nothing was ever submitted, and nothing ever went to İYS."""
    submitted = Submission.objects.filter(application__company=OuterRef("pk"))
    written = Letter.objects.filter(company=OuterRef("pk"), audience=Audience.IYS)
    return _quiet(before).exclude(Exists(submitted)).exclude(Exists(written))


def _ended(before: datetime) -> "QuerySet[Company]":
    """Every application was closed or finished before that, and nothing was written down since."""
    going_on = Application.objects.filter(company=OuterRef("pk"), closed_at=None, finished_at=None)
    late = Application.objects.filter(company=OuterRef("pk")).filter(
        Q(closed_at__gte=before) | Q(finished_at__gte=before)
    )
    any_at_all = Application.objects.filter(company=OuterRef("pk"))
    return _quiet(before).filter(Exists(any_at_all)).exclude(Exists(going_on)).exclude(Exists(late))


def _disclosures(before: datetime) -> "QuerySet[DisclosureShown]":
    """Those of a company go with it."""
    return DisclosureShown.objects.filter(company=None, shown_at__lt=before).order_by("shown_at")


def _unused_accounts(before: datetime) -> "QuerySet[User]":
    people = User.objects.filter(memberships=None, is_staff=False, is_superuser=False, partner=None)
    seen_last = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    return people.exclude(email__endswith=persons.ERASED).filter(seen_last).order_by("date_joined")


def _erase_people(rows: "QuerySet[User]") -> Forgotten:
    gone = Forgotten()
    for user in rows:
        more = persons.erase(user)
        gone.rows.update(more.rows)
        gone.files += more.files
    return gone


def _figures_of_people(before: datetime) -> "QuerySet[Figure]":
    of_people = Figure.objects.filter(measure__in=(Measure.CASES, Measure.ACTS))
    return of_people.filter(day__lt=timezone.localdate(before)).order_by("day")


KINDS: Mapping[DataKind, Kind] = {
    DataKind.CODES: Kind(
        after="kod istendikten",
        rows=lambda before: OneTimeCode.objects.filter(created_at__lt=before).order_by("created_at"),
    ),
    DataKind.ACCOUNT_LETTERS: Kind(
        after="gönderildikten",
        rows=_account_letters,
    ),
    DataKind.UNOWNED_MAILS: Kind(
        after="geldikten",
        rows=lambda before: Mail.objects.filter(company=None, received_at__lt=before).order_by("received_at"),
        least=30,
    ),
    DataKind.INVITATIONS: Kind(
        after="süresi dolduktan",
        rows=lambda before: Invitation.objects.filter(expires_at__lt=before).order_by("expires_at"),
    ),
    DataKind.JOIN_REQUESTS: Kind(
        after="karardan",
        rows=lambda before: JoinRequest.objects.filter(settled_at__lt=before).order_by("settled_at"),
    ),
    DataKind.LINKS: Kind(
        after="süresi dolduktan",
        rows=_links,
        erase=_forget_links,
    ),
    DataKind.PACKS: Kind(
        after="hazırlandıktan",
        rows=lambda before: EvidencePack.objects.filter(made_at__lt=before).order_by("made_at"),
    ),
    DataKind.COPIES: Kind(
        after="hazırlandıktan",
        rows=lambda before: PersonRequest.objects.filter(done_at__lt=before).order_by("done_at"),
    ),
    DataKind.REPLACED_DOCUMENTS: Kind(
        after="yerine yenisi geldikten",
        rows=_replaced,
        erase=_erase_documents,
        least=30,
    ),
    DataKind.DRAFT_UPLOADS: Kind(
        after="seçildikten",
        rows=lambda before: DraftUpload.objects.filter(created_at__lt=before).order_by("created_at"),
    ),
    DataKind.COMPANY_LISTS: Kind(
        after="yüklendikten",
        rows=lambda before: (
            CompanyImport.objects.filter(created_at__lt=before)
            .exclude(state=ImportState.RUNNING)
            .order_by("created_at")
        ),
    ),
    DataKind.ABANDONED: Kind(
        after="son hareketten",
        rows=_abandoned,
        least=180,
        one_by_one=True,
        warns=True,
    ),
    DataKind.ENDED: Kind(
        after="son hareketten",
        rows=_ended,
        least=math.ceil(10 * YEAR),
        one_by_one=True,
    ),
    DataKind.ACCOUNTS: Kind(
        after="son girişten",
        rows=_unused_accounts,
        erase=_erase_people,
        least=90,
        one_by_one=True,
    ),
    DataKind.DISCLOSURES: Kind(
        after="gösterildikten",
        rows=_disclosures,
        least=math.ceil(10 * YEAR),
    ),
    DataKind.STAFF_FIGURES: Kind(
        after="ayın ilk gününden",
        rows=_figures_of_people,
        # A month that is still counted anew is not over.
        least=60,
    ),
    DataKind.STAFF_LOG: Kind(
        after="işlemden",
        rows=lambda before: LogEntry.objects.filter(action_time__lt=before).order_by("action_time"),
        least=math.floor(YEAR),
    ),
}


def kind_of(rule: RetentionRule) -> Kind | None:
    """None for a rule that is being typed, and for a kind that does not end by time."""
    return next((each for name, each in KINDS.items() if name == rule.kind), None)


def check(rule: RetentionRule) -> None:
    """Raises ValidationError for a kind that does not end by time, below the least that it must be kept, and for a
    warning that nobody can be given."""
    kind = kind_of(rule)
    if kind is None:
        raise ValidationError({"kind": "Bu tür süreyle silinmez."})
    if rule.days < kind.least:
        raise ValidationError({"days": f"Bu tür en az {kind.least} gün saklanır."})
    if rule.warn_days and not kind.warns:
        raise ValidationError({"warn_days": "Bu tür için haber verilecek bir firma sahibi yok."})
    if rule.warn_days >= rule.days:
        raise ValidationError({"warn_days": "Haber, sürenin içinde verilmeli."})
