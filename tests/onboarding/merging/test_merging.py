"""Two companies that are one.

| trap | what comes |
|---|---|
| somebody is in both teams, a viewer where it stays and an owner of the other | stays a viewer |
| somebody once was in the other's team, and is of support | decides on the merged company as little |
| an invitation to the one that goes is open | leads into the one that stays, once to each address |
| somebody founds a company with the number of the one that went | asks to join the one that stays |
| a mail comes to the old tracking address | belongs to the one that stays, and may move a step as ever |
| a mail was read for the one that goes, and merged before it was applied | applied for the one that stays |
| an upload begins before and ends afterwards | is taken over within minutes |
| a page or a letter of the one that went is opened | leads to the one that stays; such a page does nothing |
| both have a paper of one kind that counts | that of the one that stays counts |
| both have a brand of one name, or figures of one year | those of the one that stays |
| İYS has an application of the one that goes | not merged that way round: İYS knows its number |
| both have a live application | one that nobody was sent anything of is closed, else not merged |
| A is merged into B, B into C | A leads to C; undone is the last first |
| what was merged is erased | the shell is erased with the one that stays, never before |
| something has happened to what was moved | not undone, with the reason |
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from correspondence.addresses import tracking_address
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from documents.models import Document
from jobs import tasks
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.applications import live_application
from onboarding.attention import marks
from onboarding.mail import applying
from onboarding.merging.doing import BUSY, CHANGED, NotMerged, merge
from onboarding.merging.preview import preview
from onboarding.merging.undoing import undo
from onboarding.models import Application, Attention, Closing, CompanyMerge, StepRecord
from onboarding.steps import PRE_APPLICATION
from privacy import erasing
from privacy.models import DataKind, RetentionRule
from tenancy import memberships
from tenancy.access import CHOSEN
from tenancy.memberships import company_with
from tenancy.models import Company, Invitation, JoinRequest, Membership, PastMembership, User
from tenancy.roles import Role
from tenancy.walls import has_part
from tests.scenarios import mails
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import (
    CompanyFactory,
    MembershipFactory,
    PartnerFactory,
    UserFactory,
    open_application,
)
from tests.scenarios.ladder import STAFF, Ladder
from tests.scenarios.mailbox import Maildir
from tests.tenancy.test_wall import undone

pytestmark = pytest.mark.django_db


class Two:
    """A company with an application, and the same once more with a slip in its number."""

    def __init__(self) -> None:
        self.stays: Company = CompanyFactory.create(trade_name="Mavi Deniz Turizm A.Ş.")
        self.goes: Company = CompanyFactory.create(trade_name="Mavi Deniz Turizm", partner=self.stays.partner)
        self.owner = MembershipFactory.create(company=self.stays).user
        self.other = MembershipFactory.create(company=self.goes).user
        self.by: User = UserFactory.create(is_staff=True, partner=self.stays.partner)

    def stops(self) -> str:
        return " ".join(preview(self.goes, self.stays).stops)

    def merge(self) -> CompanyMerge:
        said = preview(self.goes, self.stays).said
        made = merge(goes=self.goes, stays=self.stays, said=said, reason="Yazım hatası", by=self.by)
        self.goes.refresh_from_db()
        return made

    def undo(self, made: CompanyMerge) -> None:
        undo(merge=CompanyMerge.objects.get(pk=made.pk), reason="Aynı firma değilmiş", by=self.by)
        self.goes.refresh_from_db()


@pytest.fixture
def two() -> Two:
    return Two()


def delivered(company: Company) -> None:
    Letter.objects.filter(company=company).update(status=LetterStatus.SENT, sent_at=timezone.now())


class TestPeople:
    def test_come_along_with_their_roles_and_are_told_where_their_company_is(self, two: Two) -> None:
        made = two.merge()
        assert set(two.stays.memberships.values_list("user", "role")) == {
            (two.owner.pk, Role.OWNER),
            (two.other.pk, Role.OWNER),
        }
        told = Letter.objects.filter(message_group__startswith=f"companies_merged:{made.pk}")
        assert sorted(letter.to for letter in told) == sorted([[two.other.email], [two.owner.email]])
        assert {letter.company_id for letter in told} == {two.stays.pk}
        for company in (two.goes, two.stays):
            entry = Entry.objects.get(company=company, event=Event.MERGED)
            assert ("Yazım hatası" in entry.text, entry.actor, entry.party) == (True, two.by, Party.STAFF)

    def test_nobody_is_raised_by_having_been_in_both(self, two: Two) -> None:
        MembershipFactory.create(company=two.stays, user=two.other, role=Role.VIEWER)
        assert "kalan firmadaki rolü geçerli" in preview(two.goes, two.stays).said
        made = two.merge()
        assert Membership.objects.get(user=two.other).role == Role.VIEWER
        two.undo(made)
        assert set(two.other.memberships.values_list("company", "role")) == {
            (two.stays.pk, Role.VIEWER),
            (two.goes.pk, Role.OWNER),
        }

    def test_who_once_belonged_to_the_other_decides_on_neither(self, two: Two) -> None:
        PastMembership.objects.create(user=two.by, company=two.goes, role=Role.EDITOR)
        assert not has_part(two.by, two.stays.pk)
        two.merge()
        assert has_part(two.by, two.stays.pk)

    def test_who_is_signed_in_lands_at_the_one_that_stays(self, two: Two) -> None:
        third = MembershipFactory.create(user=two.other).company
        Membership.objects.filter(company=third).update(created_at=timezone.now() - timedelta(days=9))
        client = signed_in(two.other)
        chosen(client, two.goes)
        open_application(two.stays)
        two.merge()
        assert two.stays.trade_name in words(client.get(reverse("onboarding:board"), follow=True))

    def test_a_letter_of_the_other_leads_to_the_one_that_stays_and_its_old_page_does_nothing(
        self, two: Two
    ) -> None:
        open_application(two.stays)
        client = signed_in(two.other)
        chosen(client, two.goes)
        two.merge()
        path = reverse("team:people")
        assert client.get(f"{path}?firma={two.goes.pk}").status_code == 200
        answer = client.post(reverse("support:ask"), {"shown_for": str(two.goes.pk), "text": "x", "page": "/"})
        assert answer.status_code == 409
        assert two.stays.trade_name in words(answer)

    def test_invitations_lead_into_the_one_that_stays_each_address_once(self, two: Two) -> None:
        invited = memberships.invite(company=two.goes, email="yeni@firma.example", role=Role.EDITOR, by=two.other)
        twice = memberships.invite(company=two.goes, email="iki@firma.example", role=Role.OWNER, by=two.other)
        memberships.invite(company=two.stays, email="iki@firma.example", role=Role.VIEWER, by=two.owner)
        stale = Invitation.objects.get(pk=twice.pk)
        made = two.merge()
        somebody = UserFactory.create(email="yeni@firma.example")
        joined = memberships.join(invitation=Invitation.objects.get(pk=invited.pk), user=somebody)
        assert joined is not None
        assert joined.company == two.stays
        assert memberships.join(invitation=stale, user=UserFactory.create(email="iki@firma.example")) is None
        Membership.objects.filter(user=somebody).delete()
        two.undo(made)
        assert Invitation.objects.get(pk=twice.pk).revoked_at is None

    def test_nobody_joins_the_shell(self, two: Two) -> None:
        stale = memberships.invite(company=two.goes, email="yeni@firma.example", role=Role.EDITOR, by=two.other)
        two.merge()
        user = UserFactory.create(email="yeni@firma.example")
        assert memberships.join(invitation=stale, user=user) is None
        with pytest.raises(memberships.Merged):
            memberships.add(company=two.goes, user=user, role=Role.VIEWER)
        assert not two.goes.memberships.exists()

    def test_who_founds_it_again_asks_to_join_the_one_that_stays(self, two: Two) -> None:
        two.merge()
        somebody = UserFactory.create()
        found = memberships.found_company(
            user=somebody, partner=two.stays.partner, trade_name="x", tax_number=two.goes.tax_number
        )
        assert found is None
        assert JoinRequest.objects.get(user=somebody).company == two.stays
        with pytest.raises(memberships.InTeam) as met:
            memberships.found_company(
                user=two.other, partner=two.stays.partner, trade_name="x", tax_number=two.goes.tax_number
            )
        assert met.value.company == two.stays
        # The shell keeps its number: it is nobody else's.
        assert company_with(two.goes.tax_number) == two.goes


def chosen(client: Client, company: Company) -> None:
    session = client.session
    session[CHOSEN] = str(company.pk)
    session.save()


class TestPapersAndBrands:
    def test_the_paper_that_counts_stays_the_one_of_the_company_that_stays(self, two: Two) -> None:
        keeps, brings = Ladder(open_application(two.stays)).manual(), Ladder(open_application(two.goes)).manual()
        keeps.hand_in("signature_circular")
        brings.hand_in("signature_circular", "undertaking")
        own = two.stays.documents.get()
        made = two.merge()
        assert set(two.stays.documents.current().values_list("kind", flat=True)) == {
            "signature_circular",
            "undertaking",
        }
        assert two.stays.documents.current().get(kind="signature_circular") == own
        assert two.goes.documents.get().kind == "signature_circular"
        two.undo(made)
        assert two.goes.documents.current().count() == 2

    def test_what_went_with_a_letter_comes_along_and_counts_no_more(self, two: Two) -> None:
        keeps = Ladder(open_application(two.stays)).manual()
        keeps.hand_in("signature_circular")
        brings = Ladder(open_application(two.goes)).manual()
        brings.at_iys()
        delivered(two.goes)
        closed = {"closed_at": timezone.now(), "closing": Closing.WITHDRAWN}
        Application.objects.filter(company=two.goes).update(**closed)
        sent = two.goes.documents.current().get(kind="signature_circular")
        made = two.merge()
        sent.refresh_from_db()
        assert (sent.company, sent.replaced_by) == (two.stays, two.stays.documents.current().get(kind=sent.kind))
        two.undo(made)
        sent.refresh_from_db()
        assert (sent.company, sent.replaced_by) == (two.goes, None)

    def test_a_brand_of_the_same_name_stays_where_it_is(self, two: Two) -> None:
        for company, name in ((two.stays, "Mavi"), (two.goes, "Mavi"), (two.goes, "Deniz")):
            Brand.objects.create(company=company, name=name)
        two.merge()
        assert sorted(two.stays.brands.values_list("name", flat=True)) == ["Deniz", "Mavi"]
        assert two.goes.brands.get().name == "Mavi"


class TestApplications:
    def test_a_live_one_goes_on_in_the_company_that_had_none(self, two: Two) -> None:
        application = open_application(two.goes)
        made = two.merge()
        assert live_application(two.stays) == application
        two.undo(made)
        assert live_application(two.goes) == application
        assert live_application(two.stays) is None

    def test_one_that_nobody_was_sent_anything_of_is_closed_and_opened_again_as_it_was(self, two: Two) -> None:
        application = open_application(two.goes)
        open_application(two.stays)
        record = application.records.get(step=PRE_APPLICATION.key)
        marks.mark_by_hand(application=application, step=PRE_APPLICATION, text="Arayın", actor=STAFF)
        then = list(StepRecord.objects.filter(application=application).order_by("pk").values())
        made = two.merge()
        assert not Application.objects.live().filter(pk=application.pk).exists()
        assert not Attention.objects.open().filter(record=record).exists()
        assert f"{application.reference} başvurusu kapanır" in preview_before(two, made)
        two.undo(made)
        assert live_of(two.goes) == application
        application.refresh_from_db()
        assert (application.closing, application.closing_reason) == ("", "")
        assert list(StepRecord.objects.filter(application=application).order_by("pk").values()) == then
        assert Attention.objects.open().get(record=record).text == "Arayın"

    def test_one_that_was_handed_in_is_not_dropped(self, two: Two) -> None:
        Ladder(open_application(two.goes)).manual().submitted()
        delivered(two.goes)
        assert two.stops() == ""
        open_application(two.stays)
        assert "gönderilmiş" in two.stops()

    def test_the_one_that_iys_knows_stays(self, two: Two) -> None:
        Ladder(open_application(two.goes)).manual().at_iys()
        delivered(two.goes)
        assert "ikisini değiştirin" in two.stops()
        assert preview(two.stays, two.goes).stops == ()
        Ladder(open_application(two.stays)).manual().at_iys()
        delivered(two.stays)
        assert "önce biri kapanmalı" in two.stops()

    def test_what_happened_to_it_is_read_on(self, two: Two) -> None:
        application = open_application(two.goes)
        opened = Entry.objects.get(application_id=application.pk, event=Event.OPENED)
        two.merge()
        opened.refresh_from_db()
        assert opened.company == two.goes


def preview_before(two: Two, made: CompanyMerge) -> str:
    """What the page would have said: as two companies again, in a transaction that is not kept."""
    with undone():
        two.undo(made)
        return preview(two.goes, two.stays).said


class TestStops:
    def test_a_letter_on_its_way(self, two: Two) -> None:
        Ladder(open_application(two.goes)).manual().at_iys()
        letter = Letter.objects.filter(company=two.goes).latest("created_at")
        for status in (LetterStatus.QUEUED, LetterStatus.SENDING, LetterStatus.HELD):
            delivered(two.goes)
            Letter.objects.filter(pk=letter.pk).update(status=status)
            assert f"“{letter.subject}” mektubu yolda ya da bekliyor" in two.stops()

    def test_another_partners_company_of_which_nothing_is_told(self, two: Two) -> None:
        two.goes.partner = PartnerFactory.create(is_default=False, name="Liman Mesaj")
        two.goes.save()
        found = preview(two.goes, two.stays)
        assert "ayrı iş ortaklarının" in two.stops()
        assert (found.heed, found.moves, found.remains) == ((), (), ())

    def test_itself_and_a_shell(self, two: Two) -> None:
        assert preview(two.goes, two.goes).stops
        two.merge()
        assert "daha önce" in two.stops()
        assert "daha önce" in " ".join(preview(two.stays, two.goes).stops)

    def test_what_the_page_did_not_show_is_not_done(self, two: Two) -> None:
        said = preview(two.goes, two.stays).said
        Brand.objects.create(company=two.goes, name="Mavi")
        with pytest.raises(NotMerged, match="bir şey değişti"):
            merge(goes=two.goes, stays=two.stays, said=said, reason="x", by=two.by)
        assert not CompanyMerge.objects.exists()
        assert CHANGED != BUSY


class TestMails:
    def test_what_comes_to_the_old_address_moves_the_step_of_the_one_that_stays(
        self, two: Two, tmp_path: Path
    ) -> None:
        old = tracking_address(two.goes).email
        ladder = Ladder(open_application(two.stays)).manual()
        two.merge()
        ladder.at_iys()
        delivered(two.stays)
        raw = mails.mail(to=old, text=mails.RECEIVED, in_reply_to=mails.asked(two.stays))
        mail = Maildir(tmp_path / "kutu").brings(raw)
        assert (mail.company, mail.status) == (two.stays, MailStatus.APPLIED), mail.status_why

    def test_one_that_was_read_before_is_applied_for_the_one_that_stays(self, two: Two, tmp_path: Path) -> None:
        open_application(two.stays)
        raw = mails.mail(to=tracking_address(two.goes).email, text="Merhaba")
        mail = Maildir(tmp_path / "kutu").brings(raw)
        two.merge()
        # As if a worker had matched it while they were merged.
        Mail.objects.filter(pk=mail.pk).update(status=MailStatus.READ, company=two.goes)
        applying.apply(mail=Mail.objects.select_related("company").get(pk=mail.pk))
        mail.refresh_from_db()
        assert (mail.company, mail.application_id) == (two.stays, live_of(two.stays).pk)

    def test_what_ends_after_the_merge_is_taken_over_within_minutes(self, two: Two) -> None:
        made = two.merge()
        late = Document.objects.create(
            company=Company.objects.get(pk=two.goes.pk),
            kind="signature_circular",
            origin="uploaded",
            name="a.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            stored_name="a",
        )
        brand = Brand.objects.create(company=two.goes, name="Geç")
        tasks.gather_merged()
        late.refresh_from_db()
        brand.refresh_from_db()
        assert (late.company, brand.company) == (two.stays, two.stays)
        two.undo(made)
        late.refresh_from_db()
        brand.refresh_from_db()
        assert (late.company, brand.company) == (two.goes, two.goes)


def live_of(company: Company) -> Application:
    return Application.objects.live().get(company=company)


class TestUndoing:
    def test_is_told_and_written_down(self, two: Two) -> None:
        made = two.merge()
        delivered(two.stays)
        two.undo(made)
        made.refresh_from_db()
        assert (made.undone_by, made.undone_because) == (two.by, "Aynı firma değilmiş")
        assert two.goes.merged_into is None
        told = Letter.objects.filter(message_group__startswith=f"companies_parted:{made.pk}")
        assert {(letter.company_id, *letter.to) for letter in told} == {
            (two.goes.pk, two.other.email),
            (two.stays.pk, two.owner.email),
        }
        assert Entry.objects.filter(event=Event.PARTED).count() == 2

    def test_is_for_a_day_and_done_once(self, two: Two) -> None:
        made = two.merge()
        CompanyMerge.objects.update(at=timezone.now() - timedelta(hours=25))
        with pytest.raises(NotMerged, match="bir günden eski"):
            two.undo(made)
        CompanyMerge.objects.update(at=timezone.now())
        two.undo(made)
        with pytest.raises(NotMerged, match="zaten geri alındı"):
            two.undo(made)

    def test_not_once_a_step_has_moved(self, two: Two) -> None:
        ladder = Ladder(open_application(two.goes)).manual()
        made = two.merge()
        ladder.company = two.stays
        ladder.submitted()
        with pytest.raises(NotMerged, match="geri alınamaz"):
            two.undo(made)
        assert Company.objects.get(pk=two.goes.pk).merged_into == two.stays

    def test_not_once_somebody_who_came_has_left(self, two: Two) -> None:
        made = two.merge()
        memberships.remove(membership=Membership.objects.get(user=two.other))
        with pytest.raises(NotMerged, match="Ekip"):
            two.undo(made)

    def test_not_once_a_paper_that_came_was_replaced(self, two: Two) -> None:
        ladder = Ladder(open_application(two.goes)).manual()
        ladder.hand_in("signature_circular")
        made = two.merge()
        ladder.company = two.stays
        ladder.hand_in("signature_circular", page_count=2)
        with pytest.raises(NotMerged, match="geri alınamaz"):
            two.undo(made)
        assert two.stays.documents.count() == 2

    def test_of_a_chain_the_last_comes_first(self, two: Two) -> None:
        third = CompanyFactory.create(partner=two.stays.partner)
        first = two.merge()
        delivered(two.stays)
        said = preview(two.stays, third).said
        second = merge(goes=two.stays, stays=third, said=said, reason="Yine", by=two.by)
        two.goes.refresh_from_db()
        assert two.goes.merged_into == third
        assert two.other.memberships.get().company == third
        with pytest.raises(NotMerged, match="önce o geri alınmalı"):
            two.undo(first)
        two.undo(second)
        assert two.goes.merged_into == two.stays
        two.undo(first)
        assert two.goes.merged_into is None
        assert two.other.memberships.get().company == two.goes


class TestErasing:
    def test_a_shell_goes_with_the_company_that_stays_and_never_before(self, two: Two) -> None:
        two.merge()
        Letter.objects.all().delete()
        RetentionRule.objects.exclude(kind=DataKind.ABANDONED).update(active=False)
        rule = RetentionRule.objects.get(kind=DataKind.ABANDONED)
        RetentionRule.objects.filter(pk=rule.pk).update(active=True, days=200, warn_days=0)
        long_after = timezone.now() + timedelta(days=300)
        Membership.objects.all().delete()
        erasing.run(long_after)
        assert not Company.objects.filter(pk__in=(two.goes.pk, two.stays.pk)).exists()
        assert not Application.objects.exists()
        assert not CompanyMerge.objects.exists()
