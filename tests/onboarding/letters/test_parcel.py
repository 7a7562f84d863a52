"""The mail that says that the original of the undertaking is to be sent: its own, at once, one for each that was
signed."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing.bodies import body_of
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from partners.models import IysContact
from sandbox.authority import Authority
from tenancy.models import Membership
from tests.onboarding.letters.test_news import told
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online

pytestmark = pytest.mark.django_db
SUBJECT, NEWS = "Taahhütnamenin aslını kargolayın", "Ön başvuru: İYS'ye gönderildi"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def online(authority: Authority, trust: Path) -> Iterator[Online]:
    with override_settings(TRUST_DIR=trust, SMS_URL="", REGISTRY_URL=""):
        yield Online(authority, trust)


def parcels(cast: Cast) -> list[Letter]:
    letters = Letter.objects.filter(company=cast.company, audience=Audience.COMPANY, subject=SUBJECT)
    return list(letters.order_by("created_at"))


def test_once_support_has_looked_one_mail_says_so_with_the_address_and_the_way(cast: Cast) -> None:
    cast.submitted()
    before = told(cast)
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert told(cast)[len(before) :] == [SUBJECT], "in the place of the news that the letter has gone"
    (letter,) = parcels(cast)
    assert letter in Letter.objects.due(timezone.now())
    body, iys = body_of(letter), IysContact.current()
    for said in (body.text, body.html):
        assert iys.cargo_address in said
        assert iys.phone in said
        assert f"/kargo/?firma={cast.company.pk}" in said
        assert "Ön başvuru: İYS'ye gönderildi." in unescape(said)
    assert unescape(said).index("İYS'ye gönderildi.") < unescape(said).index("kargolayın"), (
        "not as if the paper had gone"
    )


def test_who_wants_her_own_turn_alone_is_told_and_who_may_only_look_reads_whose_it_is(cast: Cast) -> None:
    Membership.objects.filter(company=cast.company).update(notices="turn")
    cast.at_iys()
    (letter,) = parcels(cast)
    assert letter.to == [cast.people["owner"].email, cast.people["editor"].email]
    (other,) = Letter.objects.filter(subject="Taahhütnamenin aslı kargolanacak")
    assert other.to == [cast.people["viewer"].email]
    body = body_of(other)
    for said in (body.text, body.html):
        assert str(cast.people["owner"]) in said
        assert "gönderecek" in said
        assert "/kargo/" not in said, "which is not opened to her"


@pytest.mark.parametrize("answer", [mails.RECEIVED, mails.APPROVED])
def test_iyss_quick_answer_does_not_drop_it(cast: Cast, tmp_path: Path, answer: str) -> None:
    cast.at_iys()
    cast.arrives(tmp_path, answer)
    assert [letter.status for letter in parcels(cast)] == [LetterStatus.QUEUED]
    assert len(told(cast)) == len(set(told(cast)))


def test_it_is_not_told_again_with_each_move(cast: Cast) -> None:
    cast.at_iys()
    cast.move(STATUS_QUERY, "received", IYS)
    cast.move(STATUS_QUERY, "refuse", IYS, reason="Uygun değil")
    cast.move(STATUS_QUERY, "resume_wait", reason="Yanlış anlaşıldı")
    cast.move(STATUS_QUERY, "approve", IYS)
    assert len(parcels(cast)) == 1


def test_a_letter_that_failed_first_tells_once(cast: Cast) -> None:
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_failed", SYSTEM, reason="Kutu dolu")
    assert not parcels(cast)
    cast.move(PRE_APPLICATION, "send_again")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert len(parcels(cast)) == 1


@pytest.mark.parametrize(("asked", "mailed"), [("undertaking", 2), ("signature_circular", 1)])
def test_what_was_signed_anew_is_told_of_once_more(cast: Cast, asked: str, mailed: int) -> None:
    cast.at_iys()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="İmza okunmuyor")
    remarks = [(asked, "İmza okunmuyor")]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    cast.hand_in(asked, page_count=2)
    cast.submit()
    assert len(parcels(cast)) == 1, "support has to look at it"
    cast.move(STATUS_QUERY, "send_correction")
    cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    assert len(parcels(cast)) == mailed


def test_who_has_sent_it_before_is_not_asked_to(cast: Cast) -> None:
    cast.at_iys_with_the_parcel()
    assert not parcels(cast)
    assert NEWS in told(cast)


def test_who_signed_online_sends_none(online: Online) -> None:
    online.entered()
    online.move(PRE_APPLICATION, "approve")
    online.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert not parcels(online)
    assert NEWS in told(online)
