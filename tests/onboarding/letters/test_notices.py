"""Who is told of what, as steps move: the company and its partner's staff, once for each move."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from correspondence.models import Letter, Mail, MailStatus
from correspondence.outgoing.outbox import body_of
from onboarding.actions.pre_application import submission
from onboarding.reminders import digest
from onboarding.steps import PRE_APPLICATION
from tenancy.models import Membership, User
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory, UserFactory
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 25, 9, 20, tzinfo=timezone.get_fixed_timezone(180))  # a Wednesday


def letters(idempotency_key: str) -> "QuerySet[Letter]":
    return Letter.objects.filter(message_group__startswith=idempotency_key).order_by("created_at")


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_an_answer_that_asks_nothing_of_the_company_is_told_all_the_same(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    before = letters("news:").count()
    cast.arrives(tmp_path, mails.RECEIVED)
    told = letters("news:").last()
    assert letters("news:").count() == before + 1
    assert told is not None
    assert told.subject == "Başvuru durumu: İYS başvurunuzu aldı, inceliyor"
    assert told.to == [cast.people["owner"].email, cast.people["editor"].email]
    assert "/firma/bildirimler/" in body_of(told).text
    assert "/firma/bildirimler/" in body_of(told).html


def test_a_finished_step_is_told(cast: Cast) -> None:
    cast.at_iys_with_the_parcel()
    assert [letter.subject for letter in letters("news:")] == ["Ön başvuru: İYS'ye gönderildi"]


def test_codes_to_confirm_are_one_letter_and_not_two(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    before = Letter.objects.filter(audience="company").count()
    cast.arrives(tmp_path, mails.APPROVED)
    assert Letter.objects.filter(audience="company").count() == before + 1
    told = letters("turn:").last()
    assert told is not None
    assert told.subject == "Sıra sizde: Kodlarınız onayınızı bekliyor"


def test_changes_that_are_asked_for_come_with_their_remarks(cast: Cast) -> None:
    cast.submitted()
    asked = [("website", "Web sitesi açılmıyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=asked, actor=STAFF)
    told = letters("turn:").get()
    assert "Web sitesi açılmıyor" in body_of(told).text


def test_who_wants_to_know_only_at_the_own_turn_gets_no_news(cast: Cast, tmp_path: Path) -> None:
    Membership.objects.filter(company=cast.company).update(notices="turn")
    cast.at_iys_with_the_parcel()
    cast.arrives(tmp_path, mails.RECEIVED)
    assert not letters("news:").exists()
    cast.arrives(tmp_path, mails.APPROVED)
    assert sorted(map(len, letters("turn:").values_list("to", flat=True))) == [1, 2], "who looks on is told whose"


def test_staff_who_want_to_know_at_once_are_told_and_the_company_does_not_see_it(cast: Cast) -> None:
    hasty = UserFactory.create(is_staff=True, partner=cast.company.partner, staff_notices="now")
    cast.submitted()
    told = letters("staff_turn:").get()
    assert (told.to, told.audience) == ([hasty.email], "staff")
    assert cast.company.trade_name in told.subject
    assert cast.browsers["owner"].get(f"/basvuru/yazismalar/mektup/{told.pk}/").status_code == 404


def digest_user(cast: Cast) -> User:
    user: User = UserFactory.create(is_staff=True, partner=cast.company.partner)
    return user


def test_the_digest_lists_what_waits_once_a_morning(cast: Cast) -> None:
    user = digest_user(cast)
    cast.submitted()
    Mail.objects.create(
        mailbox="m", folder="f", uid_validity=1, uid="1", stored_name="x", sha256="0", size=1,
        subject="Karar bekler", status=MailStatus.PERSON, company=cast.company,
    )  # fmt: skip
    assert digest.send_due(now=MORNING) == 1
    assert digest.send_due(now=MORNING) == 0, "one for each slot"
    told = letters("digest:").get()
    assert (told.to, told.subject) == ([user.email], "Bugün bekleyen: 1 başvuru, 1 e-posta")
    text = body_of(told).text
    for words in (cast.application.reference, cast.company.trade_name, "Karar bekler", "/firma/bildirimler/"):
        assert words in text
    assert digest.send_due(now=MORNING.replace(day=26)) == 1


@pytest.mark.parametrize(
    "moment",
    [
        MORNING.replace(hour=8),
        MORNING.replace(hour=12),
        MORNING.replace(day=28),
        MORNING.replace(month=10, day=29),
    ],
    ids=["too early", "no morning any more", "a Saturday", "a public holiday"],
)
def test_the_digest_comes_on_business_mornings_alone(cast: Cast, moment: datetime) -> None:
    digest_user(cast)
    cast.submitted()
    assert digest.send_due(now=moment) == 0


def test_no_digest_when_nothing_waits_and_none_of_another_partners_queue(cast: Cast) -> None:
    digest_user(cast)
    assert digest.send_due(now=MORNING) == 0
    cast.submitted()
    User.objects.filter(is_staff=True).update(
        partner=PartnerFactory.create(is_default=False, host_name="oteki.example")
    )
    assert digest.send_due(now=MORNING) == 0


def test_who_chose_nothing_gets_no_digest(cast: Cast) -> None:
    digest_user(cast)
    User.objects.filter(is_staff=True).update(staff_notices="none")
    cast.submitted()
    assert digest.send_due(now=MORNING) == 0
