"""Merges on PostgreSQL: what happens at the same time, and who sees what behind the second wall."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from brands.models import Brand
from correspondence.models import Letter, LetterStatus, Mail
from journal.models import Entry, Event
from onboarding.merging.doing import NotMerged, gather, merge
from onboarding.merging.preview import preview
from onboarding.merging.undoing import undo
from onboarding.models import CompanyMerge
from tenancy.models import Company, User
from tenancy.walls import standing_of
from tests.onboarding.admin.test_merges import MERGE, WHY
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory, open_application
from tests.scenarios.support import REVIEW, colleague
from tests.tenancy.test_memberships import at_once
from wall.standing import Standing, behind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("postgresql")]


def pair() -> tuple[Company, Company, User]:
    stays = CompanyFactory.create()
    goes = CompanyFactory.create(partner=stays.partner)
    for company in (stays, goes):
        MembershipFactory.create(company=company)
    return goes, stays, UserFactory.create(is_staff=True, partner=stays.partner)


def merging(goes: Company, stays: Company, by: User) -> CompanyMerge:
    return merge(goes=goes, stays=stays, said=preview(goes, stays).said, reason=WHY, by=by)


def told(verb: Callable[[], object]) -> object:
    """What it came to, be it that it was not done."""
    try:
        return verb()
    except NotMerged as refusal:
        return refusal


@contextmanager
def meanwhile(work: Callable[[], Any]) -> Iterator[None]:
    """While another connection has done this and has not ended its transaction."""
    begun, over = threading.Event(), threading.Event()

    def run() -> None:
        try:
            with transaction.atomic():
                work()
                begun.set()
                over.wait(30)
        finally:
            begun.set()
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    begun.wait(30)
    try:
        yield
    finally:
        over.set()
        thread.join()


class TestAtOnce:
    def test_two_merges_of_the_same_two_make_one(self) -> None:
        for _round in range(5):
            goes, stays, by = pair()
            outcomes = at_once(*(partial(told, partial(merging, goes, stays, by)) for _each in range(2)))
            assert sorted(type(each).__name__ for each in outcomes) == ["CompanyMerge", "NotMerged"]
            assert stays.memberships.count() == 2
            assert Entry.objects.filter(company=goes, event=Event.MERGED).count() == 1

    def test_two_merges_into_each_other_make_one(self) -> None:
        for _round in range(5):
            one, other, by = pair()
            outcomes = at_once(
                partial(told, partial(merging, one, other, by)), partial(told, partial(merging, other, one, by))
            )
            made = [each for each in outcomes if isinstance(each, CompanyMerge)]
            assert len(made) <= 1
            assert Company.objects.filter(pk__in=(one.pk, other.pk)).exclude(merged_into=None).count() == len(made)

    def test_two_who_undo_undo_once(self) -> None:
        goes, stays, by = pair()
        made = merging(goes, stays, by)
        Letter.objects.update(status=LetterStatus.SENT)
        outcomes = at_once(*(partial(told, partial(undo, merge=made, reason=WHY, by=by)) for _each in range(2)))
        assert sorted(type(each).__name__ for each in outcomes) == ["NoneType", "NotMerged"]
        assert goes.memberships.count() == 1

    @pytest.mark.parametrize(
        "work",
        [
            lambda _goes, mail: Mail.objects.select_for_update().get(pk=mail.pk),
            lambda goes, _mail: Company.objects.select_for_update(no_key=True).get(pk=goes.pk),
            lambda goes, _mail: goes.memberships.update(role="editor"),
        ],
        ids=["a mail is applied", "a person comes or goes", "a row is changed"],
    )
    def test_who_is_at_work_in_the_company_makes_it_refuse_at_once(self, work: Callable[..., Any]) -> None:
        goes, stays, by = pair()
        mail = Mail.objects.create(
            mailbox="x", folder="INBOX", uid_validity=1, uid="1", size=1, company=goes, sha256="0" * 64
        )
        with meanwhile(partial(work, goes, mail)), pytest.raises(NotMerged, match="işlem sürüyor"):
            merging(goes, stays, by)
        assert not CompanyMerge.objects.exists()
        assert merging(goes, stays, by).goes == goes

    def test_what_began_before_and_ends_afterwards_is_taken_along(self) -> None:
        goes, stays, by = pair()
        with meanwhile(lambda: Brand.objects.create(company=goes, name="Yükleniyor")):
            merging(goes, stays, by)
            assert gather() == 0
        assert gather() == 1
        assert stays.brands.get().name == "Yükleniyor"

    def test_what_comes_while_it_is_merged_is_taken_along(self) -> None:
        goes, stays, by = pair()
        done = threading.Event()
        late: list[Brand] = []

        def upload() -> None:
            late.append(Brand.objects.create(company=goes, name="Geç"))
            done.set()
            connection.close()

        thread = threading.Thread(target=upload)
        with transaction.atomic():
            merging(goes, stays, by)
            thread.start()
            # It waits for the company, which it names.
            assert not done.wait(0.5)
        thread.join()
        assert Brand.objects.get(pk=late[0].pk).company == goes
        assert gather() == 1
        assert Brand.objects.get(pk=late[0].pk).company == stays
        assert gather() == 0


class TestBehindTheWall:
    def test_support_merges_and_undoes_with_the_rights_of_its_own(self) -> None:
        goes, stays, _by = pair()
        application = open_application(goes)
        Brand.objects.create(company=goes, name="Mavi")
        Letter.objects.update(status=LetterStatus.SENT)
        client = signed_in(colleague(*MERGE, *REVIEW, partner=stays.partner))
        path = reverse("admin:onboarding_companymerge_preview", args=[goes.pk, stays.pk])
        done = client.post(path, {**Screen(client.get(path)).fields, "same": "on", "reason": WHY})
        assert done.status_code == 302
        made = CompanyMerge.objects.get()
        application.refresh_from_db()
        assert application.company == stays
        Letter.objects.update(status=LetterStatus.SENT)
        undone = reverse("admin:onboarding_companymerge_undo", args=[made.pk])
        assert client.post(undone, {"reason": WHY}).status_code == 302
        application.refresh_from_db()
        assert application.company == goes

    def test_what_happened_before_is_read_by_the_people_of_the_company_that_stays_alone(self) -> None:
        goes, stays, by = pair()
        application = open_application(goes)
        stranger = MembershipFactory.create(company=CompanyFactory.create(partner=stays.partner))
        member = stays.memberships.get()
        entries = Entry.objects.filter(application_id=application.pk, event=Event.OPENED)

        def seen(person: User, company: Company) -> tuple[bool, bool]:
            with behind(lambda: Standing("web", person.pk, company=company.pk, partner=company.partner_id)):
                return entries.exists(), Company.objects.filter(pk=goes.pk).exists()

        assert seen(member.user, stays) == (False, False)
        merging(goes, stays, by)
        assert seen(member.user, stays) == (True, True)
        assert seen(stranger.user, stranger.company) == (False, False)
        with behind(lambda: Standing("web", member.user.pk, company=stays.pk, partner=stays.partner_id)):
            # Seen, and nothing more.
            assert not Company.objects.filter(pk=goes.pk).update(trade_name="x")
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Brand.objects.create(company=goes, name="x")

    def test_staff_of_another_partner_see_no_merge(self) -> None:
        goes, stays, by = pair()
        merging(goes, stays, by)
        for partner, count in ((stays.partner_id, 1), (stays.partner_id + 1000, 0)):
            staff = User(pk=by.pk, is_staff=True, partner_id=partner)
            with behind(partial(standing_of, staff)):
                assert CompanyMerge.objects.count() == count
