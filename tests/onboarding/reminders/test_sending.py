"""Who is reminded, when, how often, and where that ends."""

from datetime import date, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus, Mail
from correspondence.outgoing.outbox import body_of
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM, Actor, NotAllowed
from onboarding.business_days import business_days_between, is_business_day, last_start
from onboarding.mail import outcomes
from onboarding.models import Application, ApplicationForm, Attention, ReminderRule
from onboarding.reminders import dry_run, letters, muting, sending
from onboarding.reminders.due import Wait
from onboarding.steps import PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory, open_application
from tests.scenarios.ladder import submitted
from tests.scenarios.waits import ISTANBUL, MONDAY, accepted, began, business_days_later, iys_silent

STAFF = Actor(Party.STAFF)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), 0),
        (date(2026, 11, 2), date(2026, 11, 5), 3),
        (date(2026, 11, 6), date(2026, 11, 9), 1),
        (date(2026, 10, 28), date(2026, 10, 30), 1),
        (date(2026, 11, 9), date(2026, 11, 2), 0),
    ],
    ids=["same day", "midweek", "over a weekend", "Republic Day", "backwards"],
)
def test_business_days(start: date, end: date, days: int) -> None:
    assert business_days_between(start, end) == days


def test_holidays_and_their_eves_are_no_business_days() -> None:
    assert not is_business_day(date(2026, 10, 28))
    assert not is_business_day(date(2026, 10, 29))
    assert is_business_day(date(2026, 10, 30))


def test_the_last_day_to_have_begun_is_the_last_of_which_so_many_business_days_have_passed() -> None:
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        for waited in (0, 1, 3, 20):
            last = last_start(day, waited)
            assert business_days_between(last, day) >= waited
            assert business_days_between(last + timedelta(days=1), day) < waited or not waited


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (datetime(2026, 11, 2, 8, 59, tzinfo=ISTANBUL), False),
        (datetime(2026, 11, 2, 9, 0, tzinfo=ISTANBUL), True),
        (datetime(2026, 11, 2, 17, 59, tzinfo=ISTANBUL), True),
        (datetime(2026, 11, 2, 18, 0, tzinfo=ISTANBUL), False),
        (datetime(2026, 11, 7, 12, 0, tzinfo=ISTANBUL), False),
        (datetime(2026, 10, 29, 12, 0, tzinfo=ISTANBUL), False),
    ],
    ids=["early", "opens", "last minute", "closed", "Saturday", "Republic Day"],
)
def test_office_hours(moment: datetime, open_: bool) -> None:
    assert sending.in_office_hours(moment) is open_


@pytest.fixture
def waiting(db: None) -> Application:
    """An application whose company has had the turn since that Monday."""
    return began(open_application())


def test_nobody_is_reminded_before_the_third_business_day(waiting: Application) -> None:
    assert sending.send_due(now=business_days_later(2)) == 0


def test_a_slot_is_used_once(waiting: Application) -> None:
    now = business_days_later(3)
    assert sending.send_due(now=now) == 1
    assert sending.send_due(now=now) == 0
    assert Letter.objects.get().to == [waiting.company.members.get().email]
    assert Entry.objects.get(event=Event.REMINDED).text == (
        "Ön başvuru: 3 iş günüdür sıra firmada; 1/5. hatırlatma: Firmaya"
    )


def test_nothing_goes_out_outside_office_hours_unless_it_is_wanted(waiting: Application) -> None:
    evening = business_days_later(3).replace(hour=20)
    assert sending.send_due(now=evening) == 0
    with override_settings(REMINDER_HOURS=(evening.time(), evening.replace(hour=21).time())):
        assert sending.in_office_hours(evening)
    assert sending.send_due(now=evening, at_any_hour=True) == 1


def test_reminders_come_again_and_end_with_a_mark_for_support(waiting: Application) -> None:
    days = [day for day in range(90) if sending.send_due(now=MONDAY + timedelta(days=day))]
    assert [business_days_between(MONDAY.date(), MONDAY.date() + timedelta(days=day)) for day in days] == [
        3, 6, 9, 12, 15, 20,
    ]  # fmt: skip
    assert Letter.objects.count() == 5
    assert Attention.objects.get().text == "20 iş günüdür sıra firmada."
    assert waiting.records.get(step="pre_application").turn == Party.COMPANY, "nobody's turn was taken"


def test_what_was_missed_is_not_made_up_for(waiting: Application) -> None:
    assert sending.send_due(now=business_days_later(10)) == 1
    assert sending.send_due(now=business_days_later(11)) == 0
    assert sending.send_due(now=business_days_later(12)) == 1
    assert waiting.records.get(step="pre_application").reminded == 4


def test_a_move_starts_the_count_anew_and_settles_the_mark(waiting: Application) -> None:
    for days in (3, 20):
        sending.send_due(now=business_days_later(days))
    record = waiting.records.get(step="pre_application")
    assert (record.reminded, record.escalated, record.flagged_at is None) == (5, True, False)
    owner = Actor(Party.COMPANY, waiting.company.members.get())
    perform(application=waiting, step=PRE_APPLICATION, move="go_applied", actor=owner)
    record.refresh_from_db()
    assert (record.reminded, record.escalated, record.flagged_at) == (0, False, None)
    assert Attention.objects.get().note == "Adım ilerledi."


def test_a_held_step_is_not_reminded_of_and_begins_anew_when_it_goes_on(waiting: Application) -> None:
    perform(application=waiting, step=PRE_APPLICATION, move="hold", actor=STAFF, reason="Telefonda")
    began(waiting)
    assert sending.send_due(now=business_days_later(40)) == 0
    perform(application=waiting, step=PRE_APPLICATION, move="resume", actor=STAFF)
    assert sending.send_due(now=timezone.now(), at_any_hour=True) == 0
    assert sending.send_due(now=timezone.now() + timedelta(days=14), at_any_hour=True) == 1


def test_a_muted_company_is_left_in_peace_until_that_day(waiting: Application) -> None:
    with pytest.raises(NotAllowed, match="neden"):
        muting.mute(company=waiting.company, reason=" ", until=date(2099, 1, 1), actor=STAFF)
    someone = Actor(Party.STAFF, UserFactory.create(is_staff=True))
    muting.mute(company=waiting.company, reason="Genel müdür izinde", until=date(2099, 1, 1), actor=someone)
    waiting.company.reminder_mutes.update(until=business_days_later(25).date())
    assert sending.send_due(now=business_days_later(25)) == 0
    assert sending.send_due(now=business_days_later(26)) == 2, "one reminder, and support's mark"
    assert "Genel müdür izinde" in Entry.objects.get(event=Event.REMINDERS_MUTED).text


def test_lifting_a_mute_ends_it(waiting: Application) -> None:
    someone = Actor(Party.STAFF, UserFactory.create(is_staff=True))
    muting.mute(company=waiting.company, reason="İzinde", until=date(2099, 1, 1), actor=someone)
    muting.lift(company=waiting.company, actor=someone)
    assert sending.send_due(now=business_days_later(3)) == 1


def test_of_two_rules_the_more_exact_one_counts(waiting: Application) -> None:
    rule = {"waits_for": "company", "every": 1, "at_most": 1, "to": "company"}
    ReminderRule.objects.create(name="Bu adım", step="pre_application", after=5, **rule)
    exact = ReminderRule.objects.create(name="Taslak", step="pre_application", state="draft", after=2, **rule)
    assert sending.send_due(now=business_days_later(1)) == 0
    assert sending.send_due(now=business_days_later(2)) == 1
    assert sending.send_due(now=business_days_later(30)) == 0
    exact.active = False
    exact.save()
    # The same wait under another rule: what went out counts.
    assert sending.send_due(now=business_days_later(30)) == 0


def test_nobody_is_left_to_write_to_so_support_is_asked(waiting: Application) -> None:
    waiting.company.members.update(is_active=False)
    assert sending.send_due(now=business_days_later(3)) == 1
    assert not Letter.objects.exists()
    assert "yazılacak bir adres" in Attention.objects.get().text


def test_the_owner_is_told_when_the_rule_says_so(waiting: Application) -> None:
    ReminderRule.objects.filter(waits_for="company").update(at_most=0, escalate_to="owner")
    assert sending.send_due(now=business_days_later(20)) == 1
    letter = Letter.objects.get()
    assert (letter.subject, letter.audience) == ("İYS kaydınız uzun süredir bekliyor", Audience.COMPANY)
    assert not Attention.objects.exists()


def test_support_is_written_to_at_the_partners_address(db: None) -> None:
    application = began(submitted())
    Letter.objects.all().delete()
    assert sending.send_due(now=business_days_later(2)) == 1
    letter = Letter.objects.get()
    assert (letter.audience, letter.to) == (Audience.STAFF, [application.company.partner.support_email])
    assert "/firma/bildirimler/" in body_of(letter).text
    assert "/firma/bildirimler/" in body_of(letter).html


def test_iys_is_asked_in_the_thread_of_the_letter_itself(db: None) -> None:
    application = iys_silent()
    asked = Letter.objects.get(audience=Audience.IYS)
    Application.objects.filter(pk=application.pk).update(iys_application_number="MX3ZB5JA")
    assert sending.send_due(now=business_days_later(5)) == 1
    follow_up = Letter.objects.filter(audience=Audience.IYS).exclude(pk=asked.pk).get()
    assert (follow_up.to, follow_up.cc) == (asked.to, asked.cc)
    assert (follow_up.in_reply_to, follow_up.references) == (asked.message_id, asked.message_id)
    assert follow_up.subject == f"Ynt: {asked.subject}"
    assert follow_up.from_name == application.company.trade_name


@pytest.mark.parametrize(
    ("mail", "asked"),
    [
        ({"status": "person", "sender_authentication": "verified"}, 0),
        ({"status": "person", "sender_authentication": "company", "kind": "approved"}, 0),
        ({"status": "early", "sender_authentication": "verified", "step_key": "status_query"}, 0),
        ({"status": "early", "sender_authentication": "verified", "step_key": "partner_assignment"}, 1),
        ({"status": "filed", "sender_authentication": "verified"}, 1),
        ({"status": "person", "sender_authentication": "unverified", "kind": "approved"}, 1),
        ({"status": "person", "sender_authentication": "company", "kind": "unknown"}, 1),
    ],
    ids=str,
)
def test_iys_is_not_asked_for_what_it_has_written_and_people_are_still_to_look_at(
    db: None, mail: dict[str, str], asked: int
) -> None:
    application = iys_silent()
    Mail.objects.create(
        **mail, company=application.company, application_id=application.pk, uid_validity=1, uid="1", size=1
    )
    now = business_days_later(5)
    (line,) = (line for line in dry_run.explain(now) if line.step == "Başvuru durumu")
    assert line.verdict == ("gönderilir" if asked else "yanıt var")
    assert sending.send_due(now=now) == asked
    assert Letter.objects.filter(audience=Audience.IYS).count() == 1 + asked


def test_what_becomes_of_a_follow_up_moves_no_step(db: None) -> None:
    application = iys_silent()
    sending.send_due(now=business_days_later(5))
    Letter.objects.filter(audience=Audience.IYS).update(status=LetterStatus.FAILED)
    assert outcomes.handle_outcomes() == 0
    assert application.records.get(step="status_query").state == "waiting"


def test_a_silent_iys_is_asked_twice_and_then_put_before_support_without_taking_its_turn(db: None) -> None:
    application = iys_silent()
    for days in range(30):
        sending.send_due(now=business_days_later(days))
        accepted(application, business_days_later(days))
    assert Letter.objects.filter(audience=Audience.IYS).count() == 3
    record = application.records.get(step="status_query")
    assert (record.turn, record.flagged_at is None) == (Party.IYS, False)
    perform(application=application, step=STATUS_QUERY, move="received", actor=IYS)
    record.refresh_from_db()
    assert (record.flagged_at, Attention.objects.open().count()) == (None, 0)


def test_without_a_letter_of_ours_support_asks_iys_itself(db: None) -> None:
    cast = Cast()
    cast.chosen()
    cast.move(PACKAGE_CONTRACT, "use_own_mail", cast.owner)
    cast.move(PACKAGE_CONTRACT, "request_seen", cast.owner)
    Letter.objects.filter(step_key="package_contract").delete()
    began(cast.application)
    assert sending.send_due(now=business_days_later(3)) == 1
    assert "yazılacak bir adres ya da mektup yok" in Attention.objects.get().text


def awaited(cast: Cast) -> ApplicationForm:
    return ApplicationForm.objects.get(application=cast.application)


def test_nobody_is_reminded_of_a_parcel_that_is_not_to_be_sent_now(db: None) -> None:
    cast = Cast()
    cast.submitted()
    ApplicationForm.objects.update(cargo_awaited_since=MONDAY)
    ReminderRule.objects.exclude(waits_for="cargo").delete()
    assert "sonra kargolayın" in cast.open("board")
    assert "sonra" in {line.verdict for line in dry_run.explain(business_days_later(20))}
    assert sending.send_due(now=business_days_later(20)) == 0
    assert (awaited(cast).cargo_reminded, awaited(cast).cargo_escalated) == (0, False)


def test_the_parcels_days_count_from_when_it_is_due(db: None) -> None:
    cast = Cast()
    cast.submitted()
    ApplicationForm.objects.update(cargo_awaited_since=MONDAY, cargo_reminded=2, cargo_escalated=True)
    began_at = timezone.now()
    cast.move(PRE_APPLICATION, "approve")
    form = awaited(cast)
    assert form.cargo_awaited_since is not None
    assert form.cargo_awaited_since >= began_at
    assert (form.cargo_reminded, form.cargo_escalated) == (0, False), "of this wait there was none yet"
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert awaited(cast).cargo_awaited_since == form.cargo_awaited_since, "it was due before"


def test_a_correction_by_iys_stops_the_parcels_days_until_it_is_due_again(db: None) -> None:
    cast = Cast()
    cast.at_iys()
    ApplicationForm.objects.update(cargo_awaited_since=MONDAY)
    ReminderRule.objects.exclude(waits_for="cargo").delete()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="İmza okunmuyor")
    remarks = [("undertaking", "İmza okunmuyor")]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    assert sending.send_due(now=business_days_later(20)) == 0
    cast.hand_in("undertaking", page_count=2)
    assert "Taahhütnamenin aslını sonra kargolayın" in cast.open("board"), "support has to look at it"
    cast.submit()
    began_at = timezone.now()
    cast.move(STATUS_QUERY, "send_correction")
    assert "Taahhütnamenin aslını kargolayın" in cast.open("board")
    found = awaited(cast).cargo_awaited_since
    assert found is not None
    assert found >= began_at


def test_the_paper_undertaking_is_asked_for_beside_the_steps(db: None) -> None:
    cast = Cast()
    cast.at_iys()
    form = cast.application.application_form
    form.refresh_from_db()
    assert form.cargo_awaited_since is not None
    type(form).objects.filter(pk=form.pk).update(cargo_awaited_since=MONDAY)
    ReminderRule.objects.exclude(waits_for="cargo").delete()
    assert sending.send_due(now=business_days_later(3)) == 1
    assert "kargoya verdiniz mi" in Letter.objects.latest("created_at").subject
    assert sending.send_due(now=business_days_later(20)) == 2, "the third reminder, and support's mark"
    page = cast.press("cargo", "cargo", carrier="Yurt Kargo", tracking_number="42", sent_on="2026-11-20")
    assert page.status == 200
    assert not Attention.objects.open().exists()
    assert sending.send_due(now=business_days_later(60)) == 0
    assert cast.state(STATUS_QUERY) == "waiting", "it blocks nothing"


def test_who_is_told_of_a_missing_cargo_reads_of_the_paper_and_not_of_a_turn(db: None) -> None:
    cast = Cast()
    cast.at_iys()
    type(cast.application.application_form).objects.update(cargo_awaited_since=MONDAY)
    ReminderRule.objects.exclude(waits_for="cargo").delete()
    ReminderRule.objects.update(to="staff", at_most=1, escalate_to="owner")
    assert sending.send_due(now=business_days_later(20)) == 2
    newest = Letter.objects.filter(step_key="pre_application").order_by("created_at")
    told = {letter.audience: letter for letter in newest}
    assert "taahhütnamenin kargosu 2 Kasım gününden beri bildirilmedi" in body_of(told[Audience.STAFF]).text
    owner = told[Audience.COMPANY]
    assert (owner.subject, owner.to) == ("Taahhütnamenizin aslı hâlâ bekleniyor", [cast.people["owner"].email])
    assert "kargo bilgisi henüz girilmedi" in body_of(owner).html


def test_one_that_fails_does_not_hold_up_the_others(
    waiting: Application, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    others = [began(open_application()) for _each in range(2)]
    post = letters.post

    def broken(name: str, *, wait: Wait, idempotency_key: str) -> Letter | None:
        if wait.application == waiting:
            raise OSError("the file store is away")
        return post(name, wait=wait, idempotency_key=idempotency_key)

    monkeypatch.setattr(letters, "post", broken)
    assert sending.send_due(now=business_days_later(3)) == 2
    assert str(waiting.pk) in caplog.text
    assert {letter.application_id for letter in Letter.objects.all()} == {each.pk for each in others}
    monkeypatch.undo()
    assert sending.send_due(now=business_days_later(3)) == 1
