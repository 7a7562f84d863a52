"""Mails that wait with the same words: found beside one of them, shown what becomes of each, decided singly."""

import re
from typing import Any

import pytest

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from journal.models import Entry, Event
from onboarding.actions import casework
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY
from partners.models import Partner
from tenancy.roles import Role
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.scenarios.browser import said, words
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
NOTE = "Aynı duyuru"


def waits(text: str = UNKNOWN, number: int = 1) -> Mail:
    return arrives(text, subject=f"Konu {number}", to=tracking_address(at_iys().company).email)


def application_of(mail: Mail) -> Application:
    assert mail.company is not None
    return mail.company.applications.get()


def ticked(seat: Seat) -> list[str]:
    page = seat.client.get(seat.url("change")).content.decode()
    return re.findall(r'name="mails" value="([^"]+)"', page)


def send(seat: Seat, *others: Mail, act: str = "dosyala", **more: Any) -> Any:
    return seat.client.post(seat.url("together"), {"act": act, "mails": [each.pk for each in others], **more})


def confirm(seat: Seat, *others: Mail, act: str = "dosyala", note: str = NOTE) -> Any:
    """By what the page of the preview carries."""
    page = send(seat, *others, act=act).content.decode()
    versions = dict(re.findall(r'name="(v_[^"]+)" value="([^"]+)"', page))
    return send(seat, *others, act=act, note=note, confirmed="1", **versions)


def status(mail: Mail) -> str:
    return Mail.objects.get(pk=mail.pk).status


def test_those_with_the_same_words_are_counted_and_no_others() -> None:
    mail, same = waits(), waits(number=2)
    waits("Bambaşka bir konuda yazıyoruz size.", 3)
    filed = waits(number=4)
    Seat(filed).act("dosyala")
    seat = Seat(mail)
    assert "Bu sözlerle 1 e-posta daha karar bekliyor" in seat.page()
    assert ticked(seat) == [str(same.pk)]


def test_numbers_and_the_firms_own_name_make_no_difference() -> None:
    first, second = at_iys(), at_iys()
    mails = [
        arrives(
            f"{each.company.trade_name} dosyası {place} numarayla rafa kondu.",
            to=tracking_address(each.company).email,
        )
        for place, each in enumerate((first, second), start=40)
    ]
    assert ticked(Seat(mails[0])) == [str(mails[1].pk)]


def test_first_it_is_shown_what_becomes_of_each_and_nothing_is_done() -> None:
    mail, second, third = waits(), waits(number=2), waits(number=3)
    page = words(send(Seat(mail), second, third))
    assert "2 e-postadan 2 tanesine yapılacak: İlgisiz olarak dosyala. Henüz hiçbir şey yapılmadı." in page
    assert str(second.company) in page
    assert {status(each) for each in (mail, second, third)} == {MailStatus.PERSON}


def test_each_that_is_ticked_is_decided_by_itself_and_told_of() -> None:
    mail, second, third = waits(), waits(number=2), waits(number=3)
    told = said(confirm(Seat(mail), second))
    assert told == [f"{second.company} · Konu 2: İlgisiz olarak dosyala"]
    assert [status(each) for each in (mail, second, third)] == ["person", "filed", "person"]
    entry = Entry.objects.get(event=Event.MAIL_HANDLED)
    assert (entry.company, NOTE in entry.text) == (second.company, True)


def test_without_a_reason_nothing_is_done() -> None:
    mail, second = waits(), waits(number=2)
    answer = send(Seat(mail), second, note=" ", confirmed="1")
    assert answer.status_code == 422
    assert "bir neden yazmalısınız" in words(answer)
    assert status(second) == MailStatus.PERSON


def test_an_answer_moves_each_by_its_own_case_and_says_which_were_left_out() -> None:
    mail, second, third = waits(), waits(number=2), waits(number=3)
    Mail.objects.filter(pk__in=(second.pk, third.pk)).update(sender_authentication="verified")
    Mail.objects.filter(pk=third.pk).update(sender_authentication="unknown")
    hold = f"{STATUS_QUERY.key}:ask_changes"
    page = words(send(Seat(mail), second, third, act=hold))
    assert "2 e-postadan 1 tanesine yapılacak" in page
    assert "Atlanır: göndereni doğrulanmadı" in page
    told = said(confirm(Seat(mail), second, third, act=hold))
    assert len(told) == 2
    assert "yapılmadı — göndereni doğrulanmadı" in told[1]
    states = [application_of(each).records.get(step=STATUS_QUERY.key).state for each in (mail, second, third)]
    assert states == ["waiting", "changes_asked", "waiting"]
    assert [status(each) for each in (mail, second, third)] == ["person", "applied", "person"]


def test_what_has_moved_since_the_preview_is_left_alone() -> None:
    mail, second = waits(), waits(number=2)
    Mail.objects.filter(pk=second.pk).update(sender_authentication="verified")
    seat, act = Seat(mail), f"{STATUS_QUERY.key}:ask_changes"
    page = send(seat, second, act=act).content.decode()
    versions = dict(re.findall(r'name="(v_[^"]+)" value="([^"]+)"', page))
    application_of(second).records.filter(step=STATUS_QUERY.key).update(version=99)
    [told] = said(send(seat, second, act=act, note=NOTE, confirmed="1", **versions))
    assert "yapılmadı" in told
    assert status(second) == MailStatus.PERSON


def test_a_colleagues_case_is_left_to_the_colleague() -> None:
    mail, second, third = waits(), waits(number=2), waits(number=3)
    ayse = colleague(*REVIEW, *CORRESPONDENCE)
    casework.take(application=application_of(second), user=ayse)
    told = said(confirm(Seat(mail), second, third))
    assert f"Bu başvuruya {ayse} bakıyor; işlem yapılmadı" in told[0]
    assert (status(second), status(third)) == (MailStatus.PERSON, MailStatus.FILED)


def test_neither_another_partners_nor_ones_own_companys_mails_are_among_them() -> None:
    mail, own = waits(), waits(number=2)
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    foreign = waits(number=3)
    assert foreign.company is not None
    type(foreign.company).objects.filter(pk=foreign.company.pk).update(partner=elsewhere)
    seat = Seat(mail)
    MembershipFactory.create(user=seat.user, company=own.company, role=Role.VIEWER)
    assert ticked(seat) == []
    assert said(confirm_blindly(seat, own, foreign)) == ["En az bir, en çok 50 e-posta seçin."]
    assert (status(own), status(foreign)) == (MailStatus.PERSON, MailStatus.PERSON)


def confirm_blindly(seat: Seat, *others: Mail) -> Any:
    return send(seat, *others, note=NOTE, confirmed="1")


def test_who_may_not_decide_is_offered_nothing() -> None:
    mail, second = waits(), waits(number=2)
    seat = Seat(mail, colleague("view_mail"))
    assert ticked(seat) == []
    assert send(seat, second).status_code == 403
