"""From one undecided mail to the next: what waits longest behind it, and nothing that somebody else is at."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from onboarding.models import CaseHolder, MailHolder
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.scenarios.factories import MembershipFactory, PartnerFactory
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Mail]:
    """The oldest first."""
    found = [arrives(UNKNOWN, subject=f"Konu {number}") for number in range(3)]
    for age, mail in zip((3, 2, 1), found, strict=True):
        Mail.objects.filter(pk=mail.pk).update(received_at=timezone.now() - timedelta(hours=age))
    return [Mail.objects.get(pk=mail.pk) for mail in found]


def offered(seat: Seat) -> str:
    """The key of the mail to which the page leads on."""
    page = seat.client.get(seat.url("change")).content.decode()
    found = re.search(r'data-key="n" href="[^"]*/mail/([^/]+)/change/"', page)
    return found[1] if found else ""


def test_behind_a_mail_comes_the_next_and_behind_the_last_the_first(three: list[Mail]) -> None:
    first, second, third = three
    assert [offered(Seat(mail)) for mail in three] == [str(each.pk) for each in (second, third, first)]


def test_after_a_decision_the_next_is_a_key_away(three: list[Mail]) -> None:
    seat = Seat(three[0])
    seat.act("dosyala", "İlgisiz")
    assert Mail.objects.get(pk=three[0].pk).status == MailStatus.FILED
    assert offered(seat) == str(three[1].pk)


def test_what_is_decided_or_in_a_colleagues_hands_is_passed_over(three: list[Mail]) -> None:
    first, second, third = three
    MailHolder.objects.create(mail=second, holder=colleague(*CORRESPONDENCE), touched_at=timezone.now())
    assert offered(Seat(first)) == str(third.pk)
    MailHolder.objects.update(touched_at=timezone.now() - timedelta(hours=1))
    assert offered(Seat(first)) == str(second.pk), "that one has gone long ago"
    Mail.objects.filter(pk=second.pk).update(status=MailStatus.FILED)
    assert offered(Seat(first)) == str(third.pk)


def test_a_mail_of_a_case_that_a_colleague_has_is_passed_over(three: list[Mail]) -> None:
    first, second, third = three
    case = at_iys()
    Mail.objects.filter(pk=second.pk).update(company=case.company, application_id=case.pk)
    held = CaseHolder.objects.create(
        application=case, holder=colleague(*REVIEW), by_hand=True, touched_at=timezone.now()
    )
    assert offered(Seat(first)) == str(third.pk)
    seat = Seat(first)
    CaseHolder.objects.filter(pk=held.pk).update(holder=seat.user)
    assert offered(seat) == str(second.pk), "one's own case is one's own"


def test_a_mail_of_ones_own_company_is_not_offered(three: list[Mail]) -> None:
    first, second, third = three
    case = at_iys()
    Mail.objects.filter(pk=second.pk).update(company=case.company, application_id=case.pk)
    seat = Seat(first)
    MembershipFactory.create(user=seat.user, company=case.company)
    assert offered(seat) == str(third.pk)


def test_of_another_partner_nothing_is_offered(three: list[Mail]) -> None:
    own = PartnerFactory.create()
    other = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    Mail.objects.update(partner=other)
    mine = arrives(UNKNOWN, partner=own)
    seat = Seat(mine, colleague(*CORRESPONDENCE, partner=own))
    assert offered(seat) == ""
    assert "Karar bekleyen başka e-posta yok." in seat.page()


def test_who_decides_nothing_is_led_nowhere(three: list[Mail]) -> None:
    seat = Seat(three[0], colleague("correspondence.view_mail"))
    assert offered(seat) == ""


def test_who_came_from_a_mail_to_its_case_goes_on_to_the_next_mail() -> None:
    application = at_iys()
    asks = arrives(UNKNOWN, to=tracking_address(application.company).email)
    behind = arrives(UNKNOWN, subject="Konu 2")
    seat = Seat(asks, colleague(*REVIEW, *CORRESPONDENCE))
    case = seat.classify("status_query", "ask_changes", note="Web sitesi açılmıyor").url
    following = f'data-key="n" href="{Seat(behind).url("change")}"'
    for address in (case, case.partition("?")[0]):  # a decision leads back without
        assert following in seat.client.get(address).content.decode()
    Mail.objects.filter(pk=behind.pk).update(status=MailStatus.FILED)
    assert "Sırada başka başvuru yok." in seat.client.get(case).content.decode()
    for odd in ("x", str(behind.pk), ""):
        assert seat.client.get(f"{case.partition('?')[0]}?sira=posta%3D{odd}").status_code == 200
