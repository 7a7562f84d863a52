"""What every installation begins with, before staff edit it: support's groups, İYS's addresses, the packages."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from onboarding.models import Package
from partners.models import IysContact

# İLETİ packages by the largest channel's approved addresses; None: above all of them. Prices are İYS's to say.
PACKAGES: Sequence[tuple[str, int | None]] = (
    ("5", 5_000),
    ("25", 25_000),
    ("75", 75_000),
    ("150", 150_000),
    ("250", 250_000),
    ("+", None),
)
GROUPS: Mapping[str, Sequence[str]] = {
    "İnceleme": (
        "onboarding.review_application",
        "tenancy.reveal_identity",
        "onboarding.view_application",
        "onboarding.view_queueitem",
        "onboarding.view_keptphrase",
        "onboarding.change_keptphrase",
        "onboarding.delete_keptphrase",
        "onboarding.view_dayexception",
        "tenancy.view_joinrequest",
        "tenancy.add_companylook",
        "tenancy.view_companylook",
        "support.view_question",
        "support.answer_question",
        "documents.view_disclosureshown",
    ),
    "Yazışma": (
        "onboarding.record_answer",
        "onboarding.view_application",
        "onboarding.view_dayexception",
        "correspondence.view_letter",
        "correspondence.control_letter",
        "correspondence.hold_sending",
        "correspondence.view_sendinghold",
        "correspondence.view_mail",
        "journal.view_entry",
        "correspondence.view_trackingaddress",
        "correspondence.view_taughtsentence",
        "correspondence.add_taughtsentence",
        "correspondence.change_taughtsentence",
        "support.view_question",
        "support.answer_question",
    ),
    # Who steers. On how many cases each colleague has acted is for fewer.
    "Rakamlar": ("figures.view_figure",),
    "Kişi başına rakamlar": ("figures.view_figure", "figures.view_work"),
    # Two companies become one, with their people: for few.
    "Firma birleştirme": (
        "onboarding.add_companymerge",
        "onboarding.view_companymerge",
        "tenancy.view_company",
    ),
    # Who brings many companies in at once founds them and writes to their people: for few.
    "Firma listeleri": (
        "team.add_companyimport",
        "team.view_companyimport",
        "tenancy.view_company",
        "tenancy.view_invitation",
    ),
}


def load() -> None:
    """May run at every deployment: adds what is missing, and neither takes away nor rewrites what staff edited."""
    with transaction.atomic():
        IysContact.objects.get_or_create(pk=1)
        if not Package.objects.exists():
            since = timezone.localdate().replace(month=1, day=1)
            Package.objects.bulk_create(
                Package(name=name, limit=limit, valid_from=since) for name, limit in PACKAGES
            )
        for name, permissions in GROUPS.items():
            group, _made = Group.objects.get_or_create(name=name)
            group.permissions.add(*_named(permissions))


def _named(permissions: Sequence[str]) -> list[Permission]:
    """Raises LookupError for a name that no app has: it would be a right that nobody ever gets."""
    names = [name.partition(".") for name in permissions]
    wanted = Q()
    for app, _dot, codename in names:
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(permissions):
        raise LookupError(f"Not all of these permissions are there: {', '.join(permissions)}")
    return found
