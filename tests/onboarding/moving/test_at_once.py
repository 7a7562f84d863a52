"""Moves on PostgreSQL: what happens at the same time, and who may write what behind the second wall."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.incoming import fetching
from correspondence.models import Letter, LetterStatus, Mail, TaughtSentence
from correspondence.outgoing import control
from documents.models import DisclosureShown, LegalText, Place
from journal.models import Entry, Event
from onboarding.moving.doing import NotMoved, move
from onboarding.moving.preview import preview
from partners.models import Partner
from team import joining
from team.importing import running
from tenancy.models import Company, JoinRequest
from tenancy.walls import standing_of
from tests.onboarding.merging.test_at_once import meanwhile
from tests.onboarding.moving.test_moving import WHY, Move, tell
from tests.scenarios import mails
from tests.scenarios.factories import UserFactory, open_application
from tests.scenarios.mailbox import Maildir
from tests.scenarios.support import colleague
from tests.tenancy.test_memberships import at_once
from wall.standing import Standing, behind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("postgresql")]


def told(verb: Callable[[], object]) -> object:
    """What it came to, be it that it was not done."""
    try:
        return verb()
    except NotMoved as refusal:
        return refusal


def moved(moving: Move, to: Partner) -> Company:
    company = Company.objects.get(pk=moving.company.pk)
    return move(company=company, to=to, said=preview(company, to).said, reason=WHY, by=moving.by)


@contextmanager
def arriving_at(partner: Partner) -> Iterator[None]:
    """What comes is stored as of this partner's mailbox."""
    store = fetching._store
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "_store", lambda name, batch, _none, cursor: store(name, batch, partner, cursor))
        yield


class TestAtOnce:
    def test_two_moves_make_one(self) -> None:
        other = Partner.objects.create(name="Koy Mesaj", legal_name="Koy Mesaj A.Ş.")
        colleague(partner=other)
        moving = Move()
        for _round in range(4):
            moving.company.refresh_from_db()
            targets = [each for each in (moving.earlier, moving.to, other) if each != moving.company.partner]
            Letter.objects.update(status=LetterStatus.SENT)
            before = Entry.objects.filter(event=Event.PARTNER_CHANGED).count()
            outcomes = at_once(*(partial(told, partial(moved, moving, to)) for to in targets))
            done = [each for each in outcomes if isinstance(each, Company)]
            moving.company.refresh_from_db()
            # One after the other, each from its own preview, are two that were meant.
            assert Entry.objects.filter(event=Event.PARTNER_CHANGED).count() == before + len(done)
            assert len(done) >= 1
            assert moving.company.partner in [each.partner for each in done]

    def test_of_two_with_one_preview_one_is_done(self) -> None:
        for _round in range(4):
            moving = Move()
            said = preview(moving.company, moving.to).said
            once = partial(move, company=moving.company, to=moving.to, said=said, reason=WHY, by=moving.by)
            outcomes = at_once(partial(told, once), partial(told, once))
            assert sorted(type(each).__name__ for each in outcomes) == ["Company", "NotMoved"]
            Partner.objects.filter(pk=moving.to.pk).update(name=f"Liman {_round}")

    @pytest.mark.parametrize(
        "work",
        [
            lambda company: company.memberships.update(role="editor"),
            lambda company: Company.objects.select_for_update(no_key=True).get(pk=company.pk),
        ],
        ids=["a row is changed", "the company is changed"],
    )
    def test_who_is_at_work_in_the_company_makes_it_refuse_at_once(self, work: Callable[..., Any]) -> None:
        moving = Move()
        with meanwhile(partial(work, moving.company)), pytest.raises(NotMoved, match="işlem sürüyor"):
            moved(moving, moving.to)
        assert moved(moving, moving.to).partner == moving.to

    def test_a_mail_that_comes_while_it_is_moved_is_the_new_partners(self, tmp_path: Path) -> None:
        moving = Move()
        open_application(moving.company)
        Letter.objects.update(status=LetterStatus.SENT)
        raw = mails.mail(to=tracking_address(moving.company).email, text="Merhaba")
        come = threading.Event()

        def comes() -> None:
            try:
                with arriving_at(moving.earlier):
                    Maildir(tmp_path / "kutu").brings(raw)
            finally:
                come.set()
                connection.close()

        thread = threading.Thread(target=comes)
        with meanwhile(partial(moved, moving, moving.to)):
            thread.start()
            assert not come.wait(1)
        thread.join()
        mail = Mail.objects.get()
        assert (mail.company, mail.partner) == (moving.company, moving.to)


class TestBehindTheWall:
    def test_the_page_moves_it_with_the_rights_of_who_runs_the_portal(self) -> None:
        moving = Move()
        open_application(moving.company)
        Letter.objects.update(status=LetterStatus.SENT)
        assert moving.press(moving.shown()).status_code == 302
        moving.company.refresh_from_db()
        assert moving.company.partner == moving.to

    def test_the_new_partners_support_writes_every_row_and_the_earlier_ones_its_own(self, tmp_path: Path) -> None:
        moving = Move()
        open_application(moving.company)
        address = tracking_address(moving.company).email
        before = Maildir(tmp_path / "once").brings(
            mails.mail(to=address, text="Merhaba", message_id="<1@x.example>")
        )
        Mail.objects.filter(pk=before.pk).update(partner=moving.earlier)
        taught = TaughtSentence.objects.create(
            partner=moving.earlier, text="Dosyanız kayda girmiştir", mail=before, taught_by=moving.here
        )
        batch = running.keep(partner=moving.earlier, by=moving.here, name="liste.csv", rows=[["Mavi"]])
        batch.rows.update(company=moving.company)
        JoinRequest.objects.create(
            user=UserFactory.create(), company=moving.company, partner=moving.earlier, trade_name="Mavi"
        )
        hold = control.hold_sending(partner=moving.earlier, target="a@x.example", reason="x", by=moving.here)
        tell(moving)
        Letter.objects.update(status=LetterStatus.CANCELLED, sending_hold=hold)
        DisclosureShown.objects.create(
            text=LegalText.objects.create(kind="disclosure", version=1, valid_from=date(2026, 1, 1)),
            place=Place.DOSSIER,
            partner=moving.earlier,
            company=moving.company,
        )
        moved(moving, moving.to)
        with arriving_at(moving.earlier):
            raw = mails.mail(to=address, text="Merhaba", message_id="<2@x.example>")
            after = Maildir(tmp_path / "sonra").brings(raw)
        assert after.partner == moving.to
        with behind(partial(standing_of, moving.there)):
            assert Mail.objects.filter(pk__in=(before.pk, after.pk)).update(status_why="x") == 2
            joining.settle(request=JoinRequest.objects.get(), role=None, by=moving.there)
            assert Letter.objects.filter(company=moving.company).update(smtp_answer="x") == 3
            assert Company.objects.filter(pk=moving.company.pk).update(province="İzmir") == 1
        refused = Letter.objects.filter(company=None).latest("created_at")
        assert refused.from_name == moving.earlier.name
        with behind(partial(standing_of, moving.here)):
            assert not Company.objects.filter(pk=moving.company.pk).exists()
            assert not Mail.objects.filter(pk__in=(before.pk, after.pk)).exists()
            assert TaughtSentence.objects.filter(pk=taught.pk).update(active=False) == 1
            assert batch.rows.update(outcome="waiting") == batch.rows.count() > 0
            assert DisclosureShown.objects.count() == 1
        with behind(lambda: Standing("web", moving.owner.pk, company=moving.company.pk, partner=moving.to.pk)):
            assert Mail.objects.update(status_why="y") == 2
            assert Company.objects.filter(pk=moving.company.pk).update(province="Muğla") == 1

    def test_a_list_of_the_earlier_partner_is_still_shown(self) -> None:
        moving = Move()
        person = colleague("view_companyimport", partner=moving.earlier)
        batch = running.keep(partner=moving.earlier, by=person, name="liste.csv", rows=[["Mavi"]])
        batch.rows.update(company=moving.company)
        moved(moving, moving.to)
        moving.client.force_login(person)
        page = moving.client.get(reverse("admin:team_companyimport_change", args=[batch.pk]))
        assert page.status_code == 200
