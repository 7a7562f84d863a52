"""To whom each table belongs: whatever decides, or is read by a machine, is one partner's or for those who run the
portal alone.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import ForeignKey, Model
from django.test import Client
from django.urls import reverse

from documents.models import LegalText
from onboarding.models import FreeMailDomain, Package, ReminderRule
from partners.models import IysContact, Partner
from tenancy.admin.base import OperationsAdmin, UnwalledAdmin, WalledAdmin
from tenancy.models import Company, User
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import PartnerFactory, UserFactory

ROOT = Path(__file__).parents[2]
OWNERS = (Partner, Company, User)
# What belongs to nobody, and why it may.
OF_NOBODY = {
    "documents.LegalText": "the same text is agreed to by the companies of every partner",
    "onboarding.Package": "İYS's price list",
    "onboarding.FreeMailDomain": "what is a free mailbox does not depend on who asks",
    "onboarding.ReminderRule": "the table of reminders",
    "onboarding.DayException": "days off of the whole country",
    "partners.IysContact": "İYS's own addresses",
    "correspondence.MailboxCursor": "how far a mailbox was read; nothing of what was read",
    "correspondence.SendingDay": "two counts a day",
    "correspondence.SendingMark": "one count, and which database it is",
    "documents.KeyRotation": "how far the change of keys is",
    "jobs.Lease": "which work a worker is at",
    "telemetry.Pulse": "when processes were last at work",
    "health.ToldFinding": "what is wrong with the installation, in keys and counts",
    "health.Stuck": "what waits too long, in kinds and counts",
    "limits.Counter": "counts of hashes, which name nobody",
    "privacy.RetentionRule": "how long each kind of data is kept",
    "figures.Gathered": "until which day the figures go",
    "finding.Mark": "which words are out of date: ids, and nothing of what they say",
}


def ours() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if Path(config.path).parent == ROOT:
            yield from config.get_models()


def owners(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> set[type[Model]]:
    """The tables of owners to which foreign keys lead."""
    seen |= {model}
    keys = [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]
    behind = [key.related_model for key in keys if key.related_model not in seen]
    return ({model} & set(OWNERS)).union(*(owners(each, seen) for each in behind))


def test_every_table_belongs_to_a_partner_or_is_named_here_with_a_reason() -> None:
    without = {model._meta.label for model in ours() if not owners(model)}
    assert without == set(OF_NOBODY)


def test_every_page_of_the_admin_has_a_wall_or_is_for_who_runs_the_portal() -> None:
    for model, page in admin.site._registry.items():
        label = model._meta.label
        if label in OF_NOBODY:
            assert isinstance(page, OperationsAdmin), f"{label} holds for all partners: who may change it?"
        elif not isinstance(page, WalledAdmin):
            assert isinstance(page, UnwalledAdmin), f"{label} has no wall between partners"


def test_what_a_library_registers_is_for_who_runs_the_portal_alone() -> None:
    site = type(admin.site._wrapped)()  # type: ignore[attr-defined]
    site.register(Permission)
    assert isinstance(site._registry[Permission], UnwalledAdmin)


def almighty(partner: Partner) -> list[User]:
    """Somebody with every right, and a superuser: both of one partner."""
    user: User = UserFactory.create(is_staff=True, partner=partner)
    user.user_permissions.set(Permission.objects.all())
    return [user, UserFactory.create(is_staff=True, is_superuser=True, partner=partner)]


@pytest.mark.django_db
class TestWhoChangesWhatHoldsForAll:
    """Rights that one partner's staff were given by mistake still decide nothing for another partner."""

    @pytest.fixture
    def clients(self) -> list[Client]:
        return [signed_in(user) for user in almighty(PartnerFactory.create())]

    @pytest.mark.parametrize("model", [LegalText, Package, FreeMailDomain, ReminderRule, IysContact])
    def test_nothing_is_added_to_what_belongs_to_nobody(self, clients: list[Client], model: type[Model]) -> None:
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        assert [client.get(path).status_code for client in clients] == [403, 403]
        assert [client.post(path, {}).status_code for client in clients] == [403, 403]

    def test_nothing_of_it_is_changed_or_deleted(self, clients: list[Client]) -> None:
        row = FreeMailDomain.objects.create(domain="posta.example")
        for page, data in (("change", {"domain": "baska.example"}), ("delete", {"post": "yes"})):
            path = reverse(f"admin:onboarding_freemaildomain_{page}", args=[row.pk])
            assert [client.post(path, data).status_code for client in clients] == [403, 403]
        listed = reverse("admin:onboarding_freemaildomain_changelist")
        for client in clients:
            assert client.get(listed).status_code == 200
            client.post(listed, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
        assert FreeMailDomain.objects.get(pk=row.pk).domain == "posta.example"

    def test_who_runs_the_portal_changes_it(self) -> None:
        ops = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
        row = FreeMailDomain.objects.create(domain="posta.example")
        ops.post(reverse("admin:onboarding_freemaildomain_change", args=[row.pk]), {"domain": "baska.example"})
        assert FreeMailDomain.objects.get(pk=row.pk).domain == "baska.example"

    @pytest.mark.parametrize("page", ["account_emailaddress", "auth_group"])
    def test_pages_of_libraries_are_not_even_seen(self, clients: list[Client], page: str) -> None:
        path = reverse(f"admin:{page}_changelist")
        assert [client.get(path).status_code for client in clients] == [403, 403]

    def test_a_partner_takes_neither_another_host_name_nor_the_place_of_the_default(self) -> None:
        partner = PartnerFactory.create(is_default=False, host_name="")
        path = reverse("admin:partners_partner_change", args=[partner.pk])
        for user in almighty(partner):
            client = signed_in(user)
            data = {"name": "Yeni ad", "legal_name": partner.legal_name, "host_name": "portal.example",
                    "is_default": "on"}  # fmt: skip
            client.post(path, data)
            partner.refresh_from_db()
            assert (partner.host_name, partner.is_default) == ("", False)
            assert client.get(reverse("admin:partners_partner_add")).status_code == 403
        assert partner.name == "Yeni ad"
