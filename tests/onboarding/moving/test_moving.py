"""A company that another partner looks after from now on.

| trap | what comes |
|---|---|
| two move it at once, to one partner or to two | one move; the other is refused |
| something changed since the preview was read, or it is another's preview | refused, with the new preview |
| the same partner, or a shell of a merged company | refused |
| the new partner has nobody of support left (it is inactive) | refused: nobody would see to it |
| the new partner has no copy address, a text is not in force | said: letters to İYS, or steps, wait |
| step 5 is under way, or confirmed while the application goes on | refused: it names the earlier one |
| a signed form is handed in, or a link to sign it is out | refused: the paper names the earlier one |
| the application is finished, or one before it was | moved; İYS's partner is said, and marked |
| it has moved several times since İYS appointed one | that one is said; back with it, nothing is |
| a letter is on its way, held, or waits to go to İYS | refused: who holds it would see it no more |
| a mail comes meanwhile, or afterwards, into the earlier partner's mailbox | the new partner decides on it |
| staff of the earlier partner have a page open, or a look | 404; the look has ended |
| a case is with a colleague of the earlier partner, or put off by one | free, in the queue again |
| the company took in another one | the shell goes along |
| a merge with it was undone | names a company of each partner: seen by neither |
| a sentence was taught from its mail, a list founded it | stays the earlier partner's, names it no more |
| somebody once asked at the earlier partner's portal to join it | the new one decides, the old one's letter |
| its people have a page open with the earlier one's disclosure | shown again with the new one's words |
| its people come to the earlier host name, or by an old letter | let in; the pages are the new partner's |
| who moves it has part in the company | refused, as everything else |
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import Letter, LetterStatus, Mail, MailStatus, TaughtSentence
from correspondence.outgoing import control
from documents.models import DisclosureShown, LegalText, Place
from journal.models import Entry, Event
from onboarding.actions import casework, looks
from onboarding.merging.doing import merge
from onboarding.merging.preview import preview as merge_preview
from onboarding.merging.undoing import undo
from onboarding.models import Attention, CaseHolder, CompanyMerge, Snooze
from onboarding.moving import letters
from onboarding.moving.doing import CHANGED, NotMoved, move
from onboarding.moving.preview import preview
from onboarding.moving.ties import TIES
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.steps.partner_assignment import PartnerAssignment
from partners.models import Partner
from team.importing import running
from tenancy.models import Company, CompanyLook, JoinRequest, PastMembership, User
from tenancy.roles import Role
from tenancy.rows.declared import declared, models
from tests.documents.test_disclosure import dossier
from tests.scenarios import mails
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import (
    CompanyFactory,
    MembershipFactory,
    PartnerFactory,
    UserFactory,
    open_application,
)
from tests.scenarios.ladder import Ladder
from tests.scenarios.mailbox import Maildir
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
WHY = "Sözleşmesini öteki iş ortağıyla yaptı"


class Move:
    """A company of one partner with an owner, another partner, and their support."""

    def __init__(self, company: Company | None = None) -> None:
        self.company: Company = company or CompanyFactory.create(trade_name="Mavi Deniz Turizm A.Ş.")
        self.earlier: Partner = self.company.partner
        self.to: Partner = PartnerFactory.create(
            is_default=False, name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.", copy_address="iys@liman.example"
        )
        self.owner: User = MembershipFactory.create(company=self.company).user
        self.here = colleague(*REVIEW, *CORRESPONDENCE, partner=self.earlier)
        self.there = colleague(*REVIEW, *CORRESPONDENCE, partner=self.to)
        self.by: User = UserFactory.create(is_staff=True, is_superuser=True)
        self.client = signed_in(self.by)

    @property
    def path(self) -> str:
        return reverse("admin:tenancy_company_move_to", args=[self.company.pk, self.to.pk])

    def stops(self) -> str:
        return " ".join(preview(self.company, self.to).stops)

    def move(self) -> Company:
        said = preview(self.company, self.to).said
        done = move(company=self.company, to=self.to, said=said, reason=WHY, by=self.by)
        self.company.refresh_from_db()
        return done

    def shown(self) -> Screen:
        return Screen(self.client.get(self.path))

    def press(self, screen: Screen, **data: str) -> Any:
        return self.client.post(self.path, {**screen.fields, "reason": WHY, **data})


@pytest.fixture
def moving() -> Move:
    return Move()


def delivered(company: Company) -> None:
    Letter.objects.filter(company=company).update(status=LetterStatus.SENT, sent_at=timezone.now())


class TestPages:
    def test_from_the_button_to_the_other_partner(self, moving: Move) -> None:
        page = moving.client.get(reverse("admin:tenancy_company_change", args=[moving.company.pk]))
        assert "Başka bir iş ortağına taşı…" in words(page)
        choose = reverse("admin:tenancy_company_move", args=[moving.company.pk])
        assert moving.client.post(choose, {"to": ""}).status_code == 422
        assert moving.client.post(choose, {"to": moving.earlier.pk}).status_code == 422
        assert moving.client.post(choose, {"to": moving.to.pk})["Location"] == moving.path
        screen = moving.shown()
        assert tracking_address(moving.company).email in screen.words
        assert moving.client.post(moving.path, {**screen.fields, "reason": ""}).status_code == 422
        moving.company.refresh_from_db()
        assert moving.company.partner == moving.earlier
        done = moving.client.post(moving.path, {**screen.fields, "reason": WHY}, follow=True)
        assert "Liman Mesaj iş ortağına taşındı" in words(done)
        moving.company.refresh_from_db()
        assert moving.company.partner == moving.to

    def test_a_second_press_finds_it_done(self, moving: Move) -> None:
        screen = moving.shown()
        moving.press(screen)
        again = moving.client.post(moving.path, {**screen.fields, "reason": WHY}, follow=True)
        assert "Firma artık Liman Mesaj iş ortağında" in words(again)
        assert Entry.objects.filter(event=Event.PARTNER_CHANGED).count() == 1

    def test_what_changed_meanwhile_or_another_was_shown_is_not_done(self, moving: Move) -> None:
        screen = moving.shown()
        shell = CompanyFactory.create(partner=moving.earlier, merged_into=moving.company)
        refused = moving.press(screen)
        assert (refused.status_code, shell.trade_name in words(refused)) == (409, True)
        assert Screen(refused).fields["reason"] == WHY
        other = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
        pressed = other.post(moving.path, {**Screen(refused).fields, "reason": WHY})
        assert pressed.status_code == 409
        moving.company.refresh_from_db()
        assert moving.company.partner == moving.earlier
        assert moving.press(Screen(refused)).status_code == 302

    def test_who_does_not_see_both_partners_or_has_part_in_it_does_not_move_it(self, moving: Move) -> None:
        paths = [reverse("admin:tenancy_company_move", args=[moving.company.pk]), moving.path]
        bound: User = UserFactory.create(is_staff=True, is_superuser=True, partner=moving.earlier)
        own: User = UserFactory.create(is_staff=True, is_superuser=True)
        PastMembership.objects.create(user=own, company=moving.company, role=Role.VIEWER)
        for user in (moving.here, moving.there, bound, own):
            client = signed_in(user)
            for path in paths:
                assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
        page = signed_in(bound).get(reverse("admin:tenancy_company_change", args=[moving.company.pk]))
        assert "iş ortağına taşı" not in words(page)

    def test_the_partner_is_no_field_of_a_company_that_is_there(self, moving: Move) -> None:
        path = reverse("admin:tenancy_company_change", args=[moving.company.pk])
        screen = Screen(moving.client.get(path))
        assert "partner" not in screen.fields
        moving.client.post(path, {**screen.fields, "partner": moving.to.pk, "trade_name": "Yeni Unvan A.Ş."})
        moving.company.refresh_from_db()
        assert (moving.company.partner, moving.company.trade_name) == (moving.earlier, "Yeni Unvan A.Ş.")
        assert "partner" in Screen(moving.client.get(reverse("admin:tenancy_company_add"))).fields


class TestStops:
    def test_the_same_partner_and_a_shell(self, moving: Move) -> None:
        assert "zaten" in " ".join(preview(moving.company, moving.earlier).stops)
        shell = CompanyFactory.create(partner=moving.earlier, merged_into=moving.company)
        assert "birlikte gider" in " ".join(preview(shell, moving.to).stops)
        page = reverse("admin:tenancy_company_move_to", args=[shell.pk, moving.to.pk])
        assert "Taşınamaz" in words(moving.client.get(page))

    def test_a_partner_without_anybody_of_support(self, moving: Move) -> None:
        User.objects.filter(pk=moving.there.pk).update(is_active=False)
        assert "çalışan kimse yok" in moving.stops()
        assert moving.press(moving.shown()).status_code == 409

    def test_a_partner_without_a_copy_address_or_texts_is_told_of(self, moving: Move) -> None:
        Partner.objects.filter(pk=moving.to.pk).update(copy_address="")
        moving.to.refresh_from_db()
        LegalText.objects.filter(kind="declaration_partner").delete()
        heed = " ".join(preview(moving.company, moving.to).heed)
        assert "bilgi (cc) adresi yazılmamış" in heed
        assert "Beyan: iş ortağı atandı" in heed

    def test_a_letter_on_its_way_or_one_that_waits_for_iys(self, moving: Move) -> None:
        Ladder(open_application(moving.company)).manual().at_iys()
        delivered(moving.company)
        letter = Letter.objects.filter(company=moving.company, audience="iys").latest("created_at")
        for status in (LetterStatus.QUEUED, LetterStatus.SENDING, LetterStatus.HELD, LetterStatus.FAILED):
            Letter.objects.filter(pk=letter.pk).update(status=status)
            assert f"“{letter.subject}” mektubu yolda ya da bekliyor" in moving.stops(), status
        Letter.objects.filter(pk=letter.pk).update(status=LetterStatus.CANCELLED)
        assert moving.stops() == ""

    def test_an_assignment_that_names_the_earlier_partner(self) -> None:
        ladder = Cast()
        moving = Move(ladder.company)
        ladder.preparing()
        delivered(moving.company)
        assert moving.stops() == ""
        ladder.form_handed_in()
        delivered(moving.company)
        assert "imzalı form yüklenmiş" in moving.stops()
        record = ladder.record(PARTNER_ASSIGNMENT)
        for state in set(PartnerAssignment) - {PartnerAssignment.PREPARING, PartnerAssignment.CONFIRMED}:
            type(record).objects.filter(pk=record.pk).update(state=state)
            assert "için sürüyor" in moving.stops(), state
        type(record).objects.filter(pk=record.pk).update(state=PartnerAssignment.CONFIRMED)
        assert "atamasını onayladı" in moving.stops()


class TestDoing:
    def test_it_is_written_down_and_told_to_its_people(self, moving: Move) -> None:
        second = MembershipFactory.create(company=moving.company, role=Role.VIEWER).user
        moving.move()
        entry = Entry.objects.get(company=moving.company, event=Event.PARTNER_CHANGED)
        assert (WHY in entry.text, entry.actor) == (True, moving.by)
        letter = Letter.objects.get(message_group__startswith="company_moved:")
        assert (letter.company, letter.from_name) == (moving.company, "Liman Mesaj")
        assert sorted(letter.to) == sorted([moving.owner.email, second.email])

    def test_support_of_the_new_partner_sees_it_and_the_earlier_one_nothing(self, moving: Move) -> None:
        application = open_application(moving.company)
        path = reverse("admin:onboarding_application_change", args=[application.pk])
        here, there = signed_in(moving.here), signed_in(moving.there)
        assert (here.get(path).status_code, there.get(path).status_code) == (200, 404)
        moving.move()
        assert (here.get(path).status_code, there.get(path).status_code) == (404, 200)
        # A tab that was open.
        note = reverse("admin:onboarding_application_note", args=[application.pk])
        assert here.post(note, {"text": "Hâlâ buradayım"}).status_code == 404
        assert not application.notes.exists()

    def test_a_finished_one_is_told_that_iys_knows_the_earlier_partner(self) -> None:
        ladder = Cast()
        moving = Move(ladder.company)
        ladder.finished()
        delivered(moving.company)
        found = preview(moving.company, moving.to)
        assert moving.earlier.legal_name in " ".join(found.heed)
        assert any("beyanı" in line for line in found.evidence)
        assert any("imzalı atama formu" in line for line in found.evidence)
        moving.move()
        mark = Attention.objects.open().get(record=ladder.record(PARTNER_ASSIGNMENT))
        assert moving.earlier.legal_name in mark.text
        assert "yeni bir başvuru ve atama gerekir" in mark.text

    def test_whom_iys_has_appointed_is_known_after_several_moves(self) -> None:
        cast = Cast()
        moving = Move(cast.company)
        cast.finished()
        delivered(cast.company)
        first, second = moving.earlier, moving.to
        third = Partner.objects.create(name="Koy Mesaj", legal_name="Koy Mesaj A.Ş.")
        colleague(partner=third)
        open_marks = Attention.objects.open().filter(record=cast.record(PARTNER_ASSIGNMENT))
        for to, marked in ((second, True), (third, True), (first, False), (second, True)):
            moving.to = to
            assert (first.legal_name in " ".join(preview(moving.company, to).heed)) is marked
            moving.move()
            delivered(moving.company)
            said = [mark.text for mark in open_marks.all()]
            assert [(first.legal_name in text, to.legal_name in text) for text in said] == [
                (True, True)
            ] * marked, said

    def test_cases_are_free_again_and_looks_end(self, moving: Move) -> None:
        application = open_application(moving.company)
        casework.give(application=application, to=moving.here, by=moving.here)
        casework.snooze(
            application=application,
            until=timezone.localdate() + timedelta(days=5),
            event="",
            note="",
            by=moving.here,
        )
        looks.begin(company=moving.company, person=moving.here, role=Role.OWNER, reason="Neden")
        assert str(moving.here) in preview(moving.company, moving.to).said
        moving.move()
        assert not CaseHolder.objects.exists()
        assert not Snooze.objects.exists()
        assert CompanyLook.objects.get().ended_at is not None

    def test_shells_go_along_and_a_merge_that_was_undone_is_seen_by_neither(self, moving: Move) -> None:
        shell, parted = (CompanyFactory.create(partner=moving.earlier) for _each in range(2))
        for goes in (parted, shell):
            said = merge_preview(goes, moving.company).said
            made = merge(goes=goes, stays=moving.company, said=said, reason="x", by=moving.by)
            delivered(moving.company)
            delivered(goes)
            if goes == parted:
                undo(merge=CompanyMerge.objects.get(pk=made.pk), reason="x", by=moving.by)
                delivered(goes)
        moving.company.refresh_from_db()
        moving.move()
        shell.refresh_from_db()
        parted.refresh_from_db()
        assert (shell.partner, parted.partner) == (moving.to, moving.earlier)
        for partner, seen in ((moving.earlier, []), (moving.to, [shell.trade_name])):
            client = signed_in(colleague("view_companymerge", partner=partner))
            page = words(client.get(reverse("admin:onboarding_companymerge_changelist")))
            shown = [name for name in (shell.trade_name, parted.trade_name) if name in page]
            assert shown == seen

    def test_its_people_go_on_under_any_host_name(self, moving: Move) -> None:
        open_application(moving.company)
        client = signed_in(moving.owner)
        moving.move()
        page = words(client.get(f"{reverse('onboarding:board')}?firma={moving.company.pk}"))
        assert "Liman Mesaj" in page


class TestTies:
    def test_every_relation_between_a_companys_rows_and_a_partners_is_known(self) -> None:
        """A new one: say in onboarding/moving/ties.py what becomes of it."""
        kinds, known = declared(), models()

        def belongs(label: str) -> str:
            """To a company, a partner, or neither: by the way that its kind says."""
            while label not in ("tenancy.Company", "partners.Partner", "tenancy.User"):
                if not kinds[label].path:
                    return ""
                to: Any = known[label]._meta.get_field(kinds[label].path).related_model
                label = to._meta.label
            return label

        between = {"tenancy.Company", "partners.Partner"}
        found = {
            (label, field.name)
            for label, model in known.items()
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey)
            and field.related_model._meta.label in kinds
            and field.name != kinds[label].path
            and {belongs(label), belongs(field.related_model._meta.label)} == between
        }
        # The words of the search follow by a trigger (finding.triggers).
        assert found == set(TIES)

    def test_a_mail_that_comes_afterwards_is_the_new_partners_to_decide(
        self, moving: Move, tmp_path: Path
    ) -> None:
        open_application(moving.company)
        address = tracking_address(moving.company).email
        before = Maildir(tmp_path / "once").brings(
            mails.mail(to=address, text="Merhaba", message_id="<1@x.example>")
        )
        Mail.objects.filter(pk=before.pk).update(partner=moving.earlier)
        moving.move()
        before.refresh_from_db()
        assert before.partner == moving.to
        after = Maildir(tmp_path / "sonra").brings(
            mails.mail(to=address, text="Merhaba", message_id="<2@x.example>")
        )
        assert (after.company, after.status) == (moving.company, MailStatus.PERSON)
        page = reverse("admin:correspondence_mail_change", args=[after.pk])
        assert signed_in(moving.there).get(page).status_code == 200
        assert signed_in(moving.here).get(page).status_code == 404

    def test_what_is_the_earlier_partners_names_it_no_more(self, moving: Move, tmp_path: Path) -> None:
        raw = mails.mail(to=tracking_address(moving.company).email, text="Merhaba")
        mail = Maildir(tmp_path / "kutu").brings(raw)
        taught = TaughtSentence.objects.create(
            partner=moving.earlier, text="Dosyanız kayda girmiştir", mail=mail, taught_by=moving.here
        )
        batch = running.keep(partner=moving.earlier, by=moving.here, name="liste.csv", rows=[["Mavi"]])
        batch.rows.update(company=moving.company)
        asked = JoinRequest.objects.create(
            user=UserFactory.create(), company=moving.company, partner=moving.earlier, trade_name="Mavi"
        )
        hold = control.hold_sending(partner=moving.earlier, target="a@x.example", reason="x", by=moving.here)
        letter = Letter.objects.filter(company=moving.company).first() or tell(moving)
        Letter.objects.filter(pk=letter.pk).update(status=LetterStatus.CANCELLED, sending_hold=hold)
        shown = DisclosureShown.objects.create(
            text=LegalText.objects.create(kind="disclosure", version=1, valid_from=date(2026, 1, 1)),
            place=Place.DOSSIER,
            partner=moving.earlier,
            company=moving.company,
        )
        moving.move()
        for row in (taught, asked, letter, shown):
            row.refresh_from_db()
        assert (taught.mail, batch.rows.filter(company=None).count()) == (None, batch.rows.count())
        assert (asked.partner, letter.sending_hold, shown.partner) == (moving.earlier, None, moving.earlier)

    def test_a_page_with_the_earlier_partners_disclosure_comes_again_with_the_new_ones(self) -> None:
        cast = Cast()
        moving, door = Move(cast.company), dossier(cast)
        fields = {**door.page().fields, **door.typed}
        moving.move()
        refused = door.client.post(door.path, fields)
        assert (refused.status_code, door.kept()) == (422, False)
        assert "Ada Yalın" in Screen(refused).fields.values()
        assert "Liman Mesaj A.Ş." in words(refused)
        door.client.post(door.path, {**Screen(refused).fields, **door.typed})
        assert door.kept()
        assert DisclosureShown.objects.get(place=Place.DOSSIER).partner == moving.to


def tell(moving: Move) -> Letter:
    letters.tell(moving.company, moving.earlier, cause="x")
    return Letter.objects.get(company=moving.company)


def test_a_stale_preview_moves_nothing(moving: Move) -> None:
    with pytest.raises(NotMoved) as refused:
        move(company=moving.company, to=moving.to, said="", reason=WHY, by=moving.by)
    assert str(refused.value) == CHANGED
    assert not Entry.objects.filter(event=Event.PARTNER_CHANGED).exists()
