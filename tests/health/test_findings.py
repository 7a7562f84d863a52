"""Nobody finds out late: on support's pages, and by mail to who runs the portal."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus, SendingHold
from correspondence.outgoing import delivery, outbox
from health import checks, findings, telling
from health.models import ToldFinding
from jobs import tasks
from onboarding.models import Snooze, StepRecord
from partners.models import Partner
from telemetry import pulses
from telemetry.models import Pulse
from tenancy.models import Company, User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application
from tests.scenarios.smtp_server import Server, running
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
RUNS = "isletim@kiyi.example"


@pytest.fixture(autouse=True)
def all_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beat, worker, listener and mailbox have just shown that they are; broker and store answer."""
    for name in (pulses.BEAT, pulses.WORKER, pulses.FINDING, pulses.LISTENER, pulses.of_mailbox("kutu")):
        pulses.mark(name)
    well = [check for check in checks.CHECKS if check.name not in ("broker", "store")]
    monkeypatch.setattr(checks, "CHECKS", well)


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    return found


@pytest.fixture
def operator() -> User:
    found: User = UserFactory.create(email=RUNS, is_staff=True, is_superuser=True)
    return found


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def post(company: Company, key: str = "bir", **columns: object) -> Letter:
    letter = outbox.post(
        company=company,
        idempotency_key=key,
        body=outbox.Body("Haber", "Merhaba", "<p>Merhaba</p>"),
        address=outbox.Address(Audience.COMPANY, ["deniz@mavideniz.example"]),
    )
    Letter.objects.filter(pk=letter.pk).update(**columns)
    return letter


def silent(name: str) -> None:
    Pulse.objects.filter(name=name).update(at=timezone.now() - timedelta(hours=1))


def start_page(user: User) -> str:
    return words(signed_in(user).get(reverse("admin:index")))


def told() -> list[str]:
    return [letter.subject for letter in Letter.objects.filter(audience=Audience.STAFF).order_by("created_at")]


def test_failed_and_returned_letters_stand_on_every_page_of_who_may_act(company: Company) -> None:
    post(company, status=LetterStatus.FAILED)
    post(company, "iki", bounced_at=timezone.now())
    post(company, "eski", bounced_at=timezone.now() - timedelta(days=8))
    support = colleague(*CORRESPONDENCE, partner=company.partner)
    assert "1 mektup gönderilemedi" in start_page(support)
    page = signed_in(support).get(reverse("admin:correspondence_letter_changelist"), {"geri": "evet"})
    assert "1 mektup son 7 günde geri döndü" in words(page)
    assert page.context["cl"].result_count == 2, "the list has those of before too"
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    stranger = start_page(colleague(*CORRESPONDENCE, partner=other))
    assert "1 mektup gönderilemedi" not in stranger
    assert "0 Mektup gönderilemedi" in stranger, "a card says that there is none"
    assert "mektup gönderilemedi" not in start_page(colleague(*REVIEW, partner=company.partner))


def test_marked_cases_stand_there_for_who_reviews(company: Company) -> None:
    application = open_application(company)
    record = StepRecord.objects.filter(application=application).first()
    assert record is not None
    StepRecord.objects.filter(pk=record.pk).update(flagged_at=timezone.now())
    reviewer = colleague(*REVIEW, partner=company.partner)
    page = start_page(reviewer)
    assert "1 başvuruda dikkat işareti var" in page
    Snooze.objects.create(
        application=application,
        snoozed_by=reviewer,
        until=timezone.localdate() + timedelta(days=2),
        snoozed_at=timezone.now(),
    )
    assert "1 başvuruda dikkat" not in start_page(reviewer), "what is put off is not in the list"
    Snooze.objects.all().delete()
    start = signed_in(reviewer).get(reverse("admin:index")).content.decode()
    assert f'href="{reverse("admin:onboarding_queueitem_changelist")}?isaret=var"' in start


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (pulses.BEAT, "Zamanlayıcı (beat) susuyor"),
        (pulses.WORKER, "İşçi (worker) yanıt vermiyor"),
        (pulses.of_mailbox("kutu"), "Bir posta kutusu okunamıyor"),
        (pulses.LISTENER, "Posta kutuları dinlenmiyor"),
    ],
)
def test_a_silent_part_is_said_to_who_runs_the_portal_alone(
    operator: User, company: Company, name: str, sentence: str
) -> None:
    assert sentence not in start_page(operator)
    silent(name)
    assert sentence in start_page(operator)
    assert sentence not in start_page(colleague(*CORRESPONDENCE, *REVIEW, partner=company.partner))


def test_mails_of_no_partner_are_for_who_runs_the_portal(operator: User, company: Company) -> None:
    Mail.objects.create(
        mailbox="kutu", folder="", uid_validity=0, uid="1", sha256="a", size=1, status=MailStatus.PERSON
    )
    sentence = "1 e-posta hiçbir iş ortağının değil"
    assert sentence not in start_page(operator), "the only partner sees them"
    Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    assert sentence in start_page(operator)


def test_a_page_asks_a_handful_whatever_waits(operator: User, company: Company) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            findings.for_person(operator, findings.cards_for(operator))
        return len(queries)

    post(company, "ilk", status=LetterStatus.FAILED)
    few = asked()
    for number in range(20):
        post(company, str(number), status=LetterStatus.FAILED)
    assert asked() == few <= 10


@pytest.mark.parametrize("path", ["broker", "store"])
def test_a_check_that_raises_is_a_finding(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise ConnectionError

    monkeypatch.setattr(checks, "CHECKS", [checks.Check(path, away)])
    assert [each.key for each in findings.for_operations()] == [path]


def test_every_check_that_can_be_told_has_words_and_a_runbook() -> None:
    names = {"broker", "store", "letters", "mails", "mailboxes", "beat", "worker", "finding", "listener"}
    assert set(findings.OF_CHECKS) == names


class TestByMail:
    @pytest.fixture(autouse=True)
    def somebody(self, operator: User) -> None:
        """Who runs the portal has an account."""

    def test_once_and_not_for_what_is_over_at_once(self, company: Company) -> None:
        post(company, status=LetterStatus.FAILED)
        assert telling.tell_operations() == 0, "seen for the first time"
        assert telling.tell_operations() == 1
        assert told() == ["Portal: 1 mektup gönderilemedi"]
        assert telling.tell_operations(now=timezone.now() + timedelta(hours=23)) == 0

    def test_again_when_it_has_grown_and_once_a_day(self, company: Company) -> None:
        now = timezone.now()
        post(company, status=LetterStatus.FAILED)
        for minute in (0, 5):
            telling.tell_operations(now=now + timedelta(minutes=minute))
        post(company, "iki", status=LetterStatus.FAILED)
        assert telling.tell_operations(now=now + timedelta(minutes=10)) == 1
        post(company, "üç", status=LetterStatus.FAILED)
        assert telling.tell_operations(now=now + timedelta(minutes=15)) == 0
        assert telling.tell_operations(now=now + timedelta(minutes=10, days=1)) == 1
        assert told()[-1] == "Portal: 3 mektup gönderilemedi"

    def test_what_was_mended_and_comes_again_is_news(self, company: Company) -> None:
        silent(pulses.WORKER)
        telling.tell_operations()
        pulses.mark(pulses.WORKER)
        telling.tell_operations()
        assert not ToldFinding.objects.exists()
        assert not told()

    def test_the_mail_says_all_and_where(self, company: Company, server: Server) -> None:
        post(company, status=LetterStatus.FAILED)
        silent(pulses.of_mailbox("kutu"))
        with override_settings(OPS_ADDRESSES=["nobet@kiyi.example", "gece@kiyi.example"]):
            tasks.tell_operations()
            tasks.tell_operations()
        delivery.deliver()
        assert {str(message["To"]) for message in server.messages} == {"nobet@kiyi.example", "gece@kiyi.example"}
        text = server.messages[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "1 mektup gönderilemedi" in text
        assert "status__exact=failed" in text
        assert "docs/runbooks/mailbox-silent.md" in text

    def test_stopped_sending_is_told_although_all_is_stopped(self, company: Company, server: Server) -> None:
        post(company)
        waiting = outbox.post_to_staff(to=RUNS, idempotency_key="x", body=outbox.Body("Önce yazılan", "a", "a"))
        assert waiting is not None
        SendingHold.objects.create(reason="yedek yükleniyor", target="")
        telling.tell_operations()
        telling.tell_operations()
        delivery.deliver()
        assert server.titles == ["Portal: 1 durdurma sürüyor: hiçbir mektup gitmiyor"]
        assert str(server.messages[0]["To"]) == RUNS


def test_without_anybody_to_tell_nothing_breaks(company: Company) -> None:
    post(company, status=LetterStatus.FAILED)
    assert [telling.tell_operations(), telling.tell_operations()] == [0, 0]
