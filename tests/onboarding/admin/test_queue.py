"""What waits for support, the longest waiting first."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from journal.parties import Party
from onboarding.actor import Actor
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from partners.models import Partner
from tenancy.models import User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:onboarding_queueitem_changelist")


def waits(application: Application, days: int) -> Application:
    application.records.filter(step="pre_application").update(
        since=timezone.now() - timedelta(days=days, minutes=1)
    )
    return application


def queue(user: User, query: str = "") -> list[str]:
    """The applications in the order of the page, by their numbers."""
    page = signed_in(user).get(QUEUE + query)
    assert page.status_code == 200
    return re.findall(r"\bP-[A-Z0-9]{6}\b", words(page))


def test_who_waits_longest_stands_first() -> None:
    new, oldest, older = waits(submitted(), 0), waits(submitted(), 9), waits(submitted(), 3)
    user = colleague("view_queueitem")
    assert queue(user) == [oldest.reference, older.reference, new.reference]
    shown = words(signed_in(user).get(QUEUE))
    for application, waited in ((oldest, "9 gün"), (older, "3 gün"), (new, "bugün")):
        case = f"{application.reference} {application.company.trade_name}"
        assert f"{case} Ön başvuru Başvuru inceleme bekliyor {waited}" in shown


def test_only_what_is_supports_turn_is_there() -> None:
    open_application()
    at_iys()
    rejected = submitted()
    perform(
        application=rejected, step=PRE_APPLICATION, move="reject", actor=Actor(Party.STAFF), reason="Yetki yok"
    )
    assert queue(colleague("view_queueitem")) == []


def test_what_support_holds_waits_for_support() -> None:
    application = open_application()
    perform(application=application, step=PRE_APPLICATION, move="hold", actor=Actor(Party.STAFF), reason="Telefon")
    assert queue(colleague("view_queueitem")) == [application.reference]


def test_another_partners_applications_are_not_there() -> None:
    ours = submitted()
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    theirs = submitted(CompanyFactory.create(partner=elsewhere))
    assert queue(colleague("view_queueitem")) == [ours.reference]
    assert queue(colleague("view_queueitem", partner=elsewhere)) == [theirs.reference]
    nobodys = UserFactory.create(is_staff=True)
    nobodys.user_permissions.set(colleague("view_queueitem").user_permissions.all())
    assert queue(nobodys) == []
    assert set(queue(UserFactory.create(is_staff=True, is_superuser=True))) == {ours.reference, theirs.reference}


def test_it_is_searched_by_number_and_by_company() -> None:
    one, other = submitted(), submitted(CompanyFactory.create(trade_name="Kuzey Işığı Gıda A.Ş."))
    user = colleague("view_queueitem")
    assert queue(user, f"?q={one.reference}") == [one.reference]
    assert queue(user, "?q=Kuzey") == [other.reference]


def test_a_row_leads_to_the_application() -> None:
    application = submitted()
    user = colleague("view_queueitem", "view_application")
    page = signed_in(user).get(QUEUE).content.decode()
    path = reverse("admin:onboarding_application_change", args=[application.pk])
    assert f'<a href="{path}">{application.reference}</a>' in page
    item = application.records.get(step="pre_application").pk
    by_item = signed_in(user).get(reverse("admin:onboarding_queueitem_change", args=[item]))
    assert by_item["Location"] == path


def test_it_is_for_support_alone() -> None:
    application = submitted()
    owner = application.company.memberships.get().user
    assert signed_in(owner).get(QUEUE).status_code == 302
    assert signed_in(colleague("view_application")).get(QUEUE).status_code == 403
