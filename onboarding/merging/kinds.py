"""What happens to the rows of each table with a company. One table, so that none is forgotten: a model that is
missing here fails a test (tests/onboarding/merging).

What hangs on an application, a brand, a letter or a document goes where that goes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, QuerySet

from onboarding.merging.papers import papers
from tenancy.models import Company


@dataclass(frozen=True, slots=True)
class Moves:
    """`said` is how the preview calls the rows; `unlike` are the columns of which the other company may have each
    value once: what it has already stays behind. `which` chooses otherwise. `fleeting` rows may be gone within the
    day by their own rules.
    """

    said: str
    unlike: tuple[str, ...] = ()
    which: Callable[[Company, Company], "QuerySet[Any]"] | None = None
    fleeting: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """Why rows stay with the shell."""

    why: str


def _documents(goes: Company, stays: Company) -> "QuerySet[Any]":
    return rows_of("documents.Document").filter(pk__in=papers(goes, stays).go)


def _account(goes: Company, stays: Company) -> "QuerySet[Any]":
    """A company sends by one account of its own."""
    accounts = rows_of("correspondence.SendingAccount")
    return accounts.none() if accounts.filter(company=stays).exists() else accounts.filter(company=goes)


def _mutes(goes: Company, stays: Company) -> "QuerySet[Any]":
    """A break from reminders goes with the application that it spares, never onto another."""
    mutes = rows_of("onboarding.ReminderMute")
    spared = goes.applications.live().exists() and not stays.applications.live().exists()
    free = spared and not mutes.filter(company=stays, lifted_at=None).exists()
    return mutes.filter(company=goes) if free else mutes.none()


CHAIN = "günlük her firmanın kendi zinciridir ve değiştirilmez"
PROOF = "o firma için yapılmış bir işin kanıtı"
KINDS: Mapping[str, Moves | Stays] = {
    "onboarding.Application": Moves("Başvurular (notları, mektupları, belgeleriyle)"),
    "tenancy.Membership": Moves("Ekip", unlike=("user",)),
    # Whoever once belonged to it decides on the other as little.
    "tenancy.PastMembership": Moves("Eski ekip üyeleri"),
    "tenancy.Invitation": Moves("Davetler", fleeting=True),
    "tenancy.JoinRequest": Moves("Katılma istekleri", unlike=("user",), fleeting=True),
    "correspondence.Letter": Moves("Mektuplar"),
    "correspondence.Mail": Moves("Gelen e-postalar"),
    "correspondence.SendingAccount": Moves("Firmanın gönderim hesabı", which=_account),
    "documents.Document": Moves("Belgeler", which=_documents),
    "brands.Brand": Moves("Markalar", unlike=("name",)),
    "brands.YearlyFigures": Moves("Yıllık rakamlar", unlike=("year", "channel")),
    "support.Question": Moves("Destek konuşmaları"),
    "verification.OneTimeCode": Moves("Doğrulama kodları", fleeting=True),
    "verification.SmsNotice": Moves("SMS bildirimleri", fleeting=True),
    "onboarding.ReminderMute": Moves("Hatırlatma molası", which=_mutes),
    "journal.Entry": Stays(CHAIN),
    "journal.Link": Stays(CHAIN),
    "journal.Head": Stays(CHAIN),
    "tenancy.CompanyLook": Stays(PROOF),
    "documents.DisclosureShown": Stays(PROOF),
    "privacy.ErasureWarning": Stays(PROOF),
    "team.ImportRow": Stays("listenin o satırından bu firma açılmıştı"),
    "correspondence.TrackingAddress": Stays("gelen e-posta kalan firmaya ulaşır; bir firmanın tek adresi olur"),
    "team.ForwardTest": Stays("giden firmanın takip adresinin denemesi"),
    "documents.DraftUpload": Stays("gönderilmemiş bir formun dosyası; yalnızca seçenindir, bir günde silinir"),
    "finding.Word": Stays("arama sözleri kendiliğinden yeniden yazılır"),
    "onboarding.CompanyMerge": Stays("birleştirmenin kendisi"),
    "tenancy.Company": Stays("daha önce birleştirilenler kalan firmayı gösterir"),
}
MOVING: Mapping[str, Moves] = {label: kind for label, kind in KINDS.items() if isinstance(kind, Moves)}


def rows_of(label: str) -> "QuerySet[Any]":
    """Past managers that hide rows or columns."""
    model: type[Model] = apps.get_model(label)
    return QuerySet(model)


def going(label: str, goes: Company, stays: Company) -> "QuerySet[Any]":
    """The rows of this table that go over from one company to the other."""
    kind = MOVING[label]
    if kind.which is not None:
        return kind.which(goes, stays)
    rows = rows_of(label).filter(company=goes)
    if not kind.unlike:
        return rows
    same = rows_of(label).filter(company=stays, **{field: OuterRef(field) for field in kind.unlike})
    return rows.exclude(Exists(same))


def left(label: str, goes: Company, stays: Company) -> "QuerySet[Any]":
    """Those of such a table that the other company has already."""
    return rows_of(label).filter(company=goes).exclude(pk__in=going(label, goes, stays).values("pk"))
