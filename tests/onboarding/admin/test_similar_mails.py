"""Mails that wait with the same words: found beside one of them, shown what becomes of each, decided singly."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from correspondence.addresses import tracking_address
from correspondence.incoming import decisions
from correspondence.models import Mail, MailStatus
from journal.models import Entry, Event
from onboarding.actions import casework
from onboarding.models import Application
from onboarding.steps import STATUS_QUERY
from partners.models import Partner
from tenancy.roles import Role
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.scenarios import mails
from tests.scenarios.browser import said, words
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
NOTE = "Aynı duyuru"
fill = import_module("correspondence.migrations.0009_wording").fill


def waits(text: str = UNKNOWN, number: int = 1) -> Mail:
    return arrives(text, subject=f"Konu {number}", to=tracking_address(at_iys().company).email)


def application_of(mail: Mail) -> Application:
    assert mail.company is not None
    return mail.company.applications.get()


def ticked(seat: Seat) -> list[str]:
    """The others."""
    page = seat.client.get(seat.url("change")).content.decode()
    return [each for each in re.findall(r'name="mails" value="([^"]+)"', page) if each != str(seat.mail.pk)]


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
    alike = [
        arrives(
            f"{each.company.trade_name} dosyası {place} numarayla rafa kondu.",
            to=tracking_address(each.company).email,
        )
        for place, each in enumerate((first, second), start=40)
    ]
    assert ticked(Seat(alike[0])) == [str(alike[1].pk)]


def offered(seat: Seat) -> list[tuple[str, str]]:
    """What may be done with them, in order; the first is what stands chosen unless another one is."""
    page = seat.client.get(seat.url("change")).content.decode().partition('id="similar-act"')[2]
    return re.findall(r'<option value="([^"]*)"( selected)?', page.partition("</select>")[0])


def test_what_is_done_with_them_is_what_was_read_else_chosen_by_hand() -> None:
    text = f"{mails.RECEIVED}\nBilinmeyen bir cümledir."
    read, same = waits(text), waits(text, 2)
    assert (read.kind, ticked(Seat(read))) == ("received", [str(same.pk)])
    assert offered(Seat(read))[0] == ("status_query:received", "")
    mail, other = waits(number=3), waits(number=4)
    assert offered(Seat(mail))[0] == ("", ""), "nothing is chosen for anybody"
    assert said(send(Seat(mail), other, act="")) == ["Ne yapılacağını seçin."]
    assert status(other) == MailStatus.PERSON


def test_mails_that_say_nothing_are_filed_together_whatever_their_words() -> None:
    mail, other = waits("Teşekkür ederiz."), waits("Saygılarımızla,", 2)
    waits(number=3)
    seat = Seat(mail)
    page = seat.page()
    assert "Bir şey bildirmeyen 1 e-posta daha karar bekliyor" in page
    assert "Bütün cümleleri zararsız: bir şey bildirmiyor." in page
    assert "Bilinen bir cümle bulunamadı" not in page
    assert ticked(seat) == [str(other.pk)]
    assert ("dosyala", " selected") in offered(seat)
    confirm(seat, other)
    assert status(other) == MailStatus.FILED


def test_what_somebody_has_decided_and_kept_is_not_decided_again_with_others() -> None:
    mail, kept = waits(), waits(number=2)
    Mail.objects.filter(pk=kept.pk).update(status=MailStatus.EARLY, kept_answer="{}")
    assert ticked(Seat(mail)) == []


class TestAnyNumber:
    """They are found by a key that stands on the row, and never read all into memory."""

    def others(self, number: int, wording: str) -> None:
        """So many newer mails that wait."""
        Mail.objects.bulk_create(
            Mail(
                mailbox="m",
                folder="INBOX",
                uid_validity=1,
                uid=f"{wording}-{each}",
                stored_name="-",
                sha256=f"{wording[:8]}-{each}",
                size=1,
                status=MailStatus.PERSON,
                wording=wording,
                company=None,
                partner=Partner.objects.get(),
            )
            for each in range(number)
        )

    def test_behind_any_number_of_others_they_are_found(self) -> None:
        mail, same = waits(), waits(number=2)
        self.others(600, "0" * 64)
        assert ticked(Seat(mail)) == [str(same.pk)]

    def test_of_many_the_oldest_are_offered_and_all_are_counted(self, django_assert_max_num_queries: Any) -> None:
        mail, same = waits(), waits(number=2)
        seat = Seat(mail)
        with CaptureQueriesContext(connection) as before:
            seat.page()
        self.others(70, mail.wording)
        with django_assert_max_num_queries(len(before)):
            page = seat.page()
        assert "Bu sözlerle 71 e-posta daha karar bekliyor En eski 50 tanesi aşağıda" in page
        assert len(ticked(seat)) == 50
        assert ticked(seat)[0] == str(same.pk)

    def test_a_mail_that_is_given_to_a_company_is_compared_without_that_companys_name(self) -> None:
        first, second = at_iys().company, at_iys().company
        mail = arrives(f"{first.trade_name} dosyası rafa kondu.", to=tracking_address(first).email)
        lost = arrives(f"{second.trade_name} dosyası rafa kondu.", to="kim@bilinmez.example")
        assert ticked(Seat(mail)) == []
        seat = Seat(lost)
        decisions.attach(mail=lost, company=second, by=seat.user)
        assert ticked(Seat(mail)) == [str(lost.pk)]
        decisions.detach(mail=lost, reason="Yanlış", by=seat.user)
        assert ticked(Seat(mail)) == []

    def test_those_of_before_are_given_their_key_by_the_migration_and_by_being_opened_again(self) -> None:
        mail, waiting, filed = waits(), waits(number=2), waits(number=3)
        decisions.file_away(mail=filed, note="–", by=Seat(filed).user)
        keys = set(Mail.objects.values_list("wording", flat=True))
        Mail.objects.update(wording="")
        fill(apps, None)
        assert {each.wording for each in Mail.objects.filter(pk__in=(mail.pk, waiting.pk))} == keys
        assert Mail.objects.get(pk=filed.pk).wording == ""
        decisions.reopen(mail=Mail.objects.get(pk=filed.pk), reason="–", by=Seat(filed).user)
        assert set(ticked(Seat(Mail.objects.get(pk=mail.pk)))) == {str(waiting.pk), str(filed.pk)}


def test_first_it_is_shown_what_becomes_of_each_and_nothing_is_done() -> None:
    mail, second, third = waits(), waits(number=2), waits(number=3)
    page = words(send(Seat(mail), second, third))
    assert "2 e-postadan 2 tanesi için: “Yapılacak bir şey yok, dosyala”. Henüz hiçbir şey yapılmadı." in page
    assert str(second.company) in page
    assert {status(each) for each in (mail, second, third)} == {MailStatus.PERSON}


def test_each_that_is_ticked_is_decided_by_itself_and_told_of() -> None:
    mail, second, third = waits(), waits(number=2), waits(number=3)
    told = said(confirm(Seat(mail), second))
    assert told == ["1 e-postaya karar verildi: dosyalandı."]
    assert [status(each) for each in (mail, second, third)] == ["person", "filed", "person"]
    entry = Entry.objects.get(event=Event.MAIL_HANDLED)
    assert (entry.company, NOTE in entry.text) == (second.company, True)


def test_the_mail_on_whose_page_one_stands_is_decided_with_them() -> None:
    mail, second = waits(), waits(number=2)
    seat = Seat(mail)
    page = seat.client.get(seat.url("change")).content.decode()
    own = re.search(r'value="([^"]+)" id="[^"]+" checked> Bu e-posta<', page)
    assert own is not None
    assert own[1] == str(mail.pk)
    preview = words(send(seat, mail, second))
    assert preview.index("Neden (her firmanın günlüğüne yazılır)") < preview.index("Konu 2"), "as elsewhere"
    assert said(confirm(seat, mail, second)) == ["2 e-postaya karar verildi: dosyalandı."]
    assert (status(mail), status(second)) == (MailStatus.FILED, MailStatus.FILED)


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
    assert "2 e-postadan 1 tanesi için" in page
    assert "Atlanır: göndereni doğrulanmadı" in page
    told = said(confirm(Seat(mail), second, third, act=hold))
    assert told[0] == "1 e-postaya karar verildi: uygulandı (2. adım: İYS düzeltme istedi)."
    assert f"{third.company} · Konu 3: yapılmadı" in told[1]
    assert len(told) == 2
    assert "yapılmadı — göndereni doğrulanmadı" in told[1]
    states = [application_of(each).records.get(step=STATUS_QUERY.key).state for each in (mail, second, third)]
    assert states == ["waiting", "changes_asked", "waiting"]
    assert [status(each) for each in (mail, second, third)] == ["person", "applied", "person"]


def test_a_company_reads_its_own_mails_words_and_supports_reason_stands_in_the_journal_alone() -> None:
    act = f"{STATUS_QUERY.key}:ask_changes"
    asks = "Noter onaylı sirküleri üç iş günü içinde iletmenizi bekliyoruz."
    mail, second = waits(f"{asks} Bilinmeyen bir cümledir."), waits(f"{asks} Bilinmeyen bir cümledir.", 2)
    wordless = waits(number=3)
    Mail.objects.filter(pk=wordless.pk).update(wording=mail.wording, sentences="", words="")
    page = words(send(Seat(mail), second, wordless, act=act))
    assert "Firmanın sayfasında bu neden değil, her e-postanın aşağıda yazan kendi sözleri görünür." in page
    assert "e-postadan okunamayan var (E-posta ne diyor?)" in page
    confirm(Seat(mail), second, wordless, act=act)
    application = application_of(second)
    [remark] = application.remarks.values_list("text", flat=True)
    assert asks in remark
    assert application.records.get(step=STATUS_QUERY.key).reason == remark
    assert NOTE not in remark
    assert NOTE in Entry.objects.get(event=Event.MAIL_HANDLED, company=second.company).text
    assert status(wordless) == MailStatus.PERSON


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
    assert f"Bu başvuruya {ayse} bakıyor; işlem yapılmadı" in told[1]
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
    assert said(confirm_blindly(seat, own, foreign)) == ["En az bir e-posta seçin."]
    assert (status(own), status(foreign)) == (MailStatus.PERSON, MailStatus.PERSON)


def confirm_blindly(seat: Seat, *others: Mail) -> Any:
    return send(seat, *others, note=NOTE, confirmed="1")


def test_who_may_not_decide_is_offered_nothing() -> None:
    mail, second = waits(), waits(number=2)
    seat = Seat(mail, colleague("view_mail"))
    assert ticked(seat) == []
    assert send(seat, second).status_code == 403
