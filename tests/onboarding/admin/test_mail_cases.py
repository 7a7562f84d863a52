"""The mail desk asks who has the case: two of support never decide on one, be it on its page or on a mail's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.incoming import decisions
from correspondence.models import Mail, MailStatus
from onboarding.actions import casework
from onboarding.models import Application, CaseHolder, MailHolder
from onboarding.models.casework import LEASE
from onboarding.steps import STATUS_QUERY
from tenancy.models import User
from tests.onboarding.admin.test_mails import QUEUE, UNKNOWN, VOUCHED, Seat, arrives
from tests.scenarios.browser import said, words
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return at_iys()


@pytest.fixture
def ayse() -> User:
    user = colleague(*REVIEW, *CORRESPONDENCE)
    user.full_name = "Ayşe Kaya"
    user.save()
    return user


@pytest.fixture
def seat(application: Application) -> Seat:
    return Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))


def holder(application: Application) -> User | None:
    found = CaseHolder.objects.in_force(timezone.now()).filter(application=application).first()
    return found.holder if found else None


def test_the_page_of_a_mail_says_who_has_its_case_and_takes_it_by_its_own_post(
    application: Application, seat: Seat, ayse: User
) -> None:
    page = seat.client.get(seat.url("change")).content.decode()
    assert f'data-take="{Support(application).url("take")}"' in page
    assert holder(application) is None, "looking takes nothing"
    casework.take(application=application, user=ayse)
    page = seat.client.get(seat.url("change")).content.decode()
    assert "Ayşe Kaya bakıyor" in page
    assert "data-take=" not in page


def test_the_list_says_who_is_at_each_and_for_how_many_business_days_it_has_waited(
    application: Application, seat: Seat, ayse: User, django_assert_max_num_queries: Any
) -> None:
    lost = arrives(UNKNOWN, subject="Sahipsiz", to="kim@bilinmez.example")
    Mail.objects.update(received_at=timezone.now() - timedelta(days=14))
    assert words(seat.client.get(QUEUE)).count("10 iş günü –") == 2
    casework.take(application=application, user=ayse)
    casework.take_mail(mail=lost, user=ayse)
    with CaptureQueriesContext(connection) as before:
        assert words(seat.client.get(QUEUE)).count("10 iş günü Ayşe Kaya") == 2
    more = arrives(UNKNOWN, to=tracking_address(at_iys().company).email)
    casework.take(application=more.company.applications.get(), user=seat.user)  # type: ignore[union-attr]
    with django_assert_max_num_queries(len(before)):
        assert str(seat.user) in words(seat.client.get(QUEUE)).partition("iş günü")[2]


def test_who_only_looked_at_a_mail_of_nobodys_lets_go_of_it(ayse: User) -> None:
    lost = Seat(arrives(UNKNOWN, to="kim@bilinmez.example"))
    lost.client.post(lost.url("take"))
    assert MailHolder.objects.get().holder == lost.user
    assert lost.client.post(lost.url("take"), {"let_go": "1"}).status_code == 204
    assert not MailHolder.objects.exists()
    casework.take_mail(mail=lost.mail, user=ayse)
    lost.client.post(lost.url("take"), {"let_go": "1"})
    assert MailHolder.objects.get().holder == ayse, "a colleague's stays hers"


def test_where_the_application_stands_is_said_before_any_answer_is_chosen(
    application: Application, seat: Seat
) -> None:
    assert f"başvurunun sayfası · {application.stands_at}" in seat.page()
    assert "2. Başvuru durumu" in application.stands_at


def test_a_mail_that_was_given_to_a_company_leads_to_its_application(application: Application) -> None:
    lost = Seat(arrives(UNKNOWN, to="kim@bilinmez.example"))
    lost.attach(application)
    page = lost.client.get(lost.url("change")).content.decode()
    lead = re.search(r'<a href="([^"]+)">[^<]* — başvurunun sayfası</a>', page)
    assert lead is not None
    assert lead[1] == Support(application).url("change")


def test_what_was_decided_early_takes_the_case_no_more(application: Application, seat: Seat) -> None:
    Support(application, user=seat.user).send("take")
    seat.classify("partner_assignment", "confirm", note="Atandı", **VOUCHED)
    assert seat.now().kept_answer
    assert holder(application) is None
    assert "data-take=" not in seat.client.get(seat.url("change")).content.decode()


def test_what_leaves_something_for_support_leads_to_the_case(application: Application) -> None:
    may_review = colleague(*REVIEW, *CORRESPONDENCE)
    page = Support(application).url("change")
    for user, move, leads in (
        (colleague(*CORRESPONDENCE), "received", None),
        (may_review, "ask_changes", f"{page}#duzeltmeler"),  # and from there to the next mail
    ):
        each = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email), user)
        answer = each.classify(STATUS_QUERY.key, move, note="Web sitesi açılmıyor")
        assert each.now().status == MailStatus.APPLIED
        assert re.sub(r"\?[^#]*", "", answer.url) == (leads or each.url("change"))


def test_a_mail_is_not_applied_beside_a_colleague_and_what_was_typed_goes_on(
    application: Application, seat: Seat, ayse: User
) -> None:
    casework.take(application=application, user=ayse)
    refused = seat.classify(STATUS_QUERY.key, "received", application_number="MX3ZB5JA", note="Alındı", **VOUCHED)
    assert refused.status_code == 409
    assert "Bu başvuruya Ayşe Kaya bakıyor; işlem yapılmadı." in words(refused)
    assert seat.now().status == MailStatus.PERSON
    fields = dict(
        re.findall(r'<input type="hidden" name="(?!csrf|shown)([^"]+)" value="([^"]*)"', refused.content.decode())
    )
    assert (fields["application_number"], fields["note"]) == ("MX3ZB5JA", "Alındı")
    path = seat.url("classify", STATUS_QUERY.key, "received")
    seat.client.post(path, {**fields, **VOUCHED, "take_over": "1"})
    assert seat.now().status == MailStatus.APPLIED
    assert holder(application) is None, "who took it over for this decision has done with it"


def test_no_act_about_a_mail_is_done_beside_a_colleague(application: Application, seat: Seat, ayse: User) -> None:
    casework.give(application=application, to=ayse, by=ayse)
    refused = seat.act("dosyala", "Bilgi e-postası")
    assert refused.status_code == 409
    assert 'value="Bilgi e-postası"' in refused.content.decode()
    assert seat.now().status == MailStatus.PERSON


def test_a_decision_about_a_mail_ends_what_was_taken_by_opening_it(application: Application, seat: Seat) -> None:
    Support(application, user=seat.user).send("take")
    assert holder(application) == seat.user
    seat.act("dosyala")
    assert (seat.now().status, holder(application)) == (MailStatus.FILED, None)


def test_a_decision_that_was_refused_ends_nothing(
    application: Application, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail was decided about between the look at it and the lock."""

    def overtaken(**_asked: object) -> None:
        raise decisions.Outdated

    monkeypatch.setattr(decisions, "file_away", overtaken)
    seat.act("dosyala")
    assert holder(application) == seat.user


def test_who_decides_on_a_mail_has_the_case_before_whoever_decides_on_its_page(
    application: Application, seat: Seat, ayse: User
) -> None:
    Support(application, user=seat.user).send("take")
    other = Support(application, user=ayse)
    assert other.press(STATUS_QUERY, "hold", "Bekliyor").status_code == 409


class TestMailsOfNoCompany:
    """They have no case that could be taken, so the mail itself is: two never decide about one."""

    @pytest.fixture
    def seat(self) -> Seat:
        return Seat(arrives(UNKNOWN, to="kim@bilinmez.example"))

    @pytest.fixture
    def other(self, seat: Seat, ayse: User) -> Seat:
        return Seat(seat.mail, ayse)

    def shown(self, seat: Seat) -> str:
        return str(seat.client.get(seat.url("change")).content.decode())

    def take(self, seat: Seat) -> Any:
        return seat.client.post(seat.url("take"))

    def test_its_page_takes_it_by_its_own_post_and_says_who_is_at_it(self, seat: Seat, other: Seat) -> None:
        assert f'data-take="{seat.url("take")}"' in self.shown(seat)
        assert not MailHolder.objects.exists(), "looking takes nothing"
        assert self.take(other).status_code == 204
        assert "E-posta: Ayşe Kaya bakıyor" in seat.page()
        assert "data-take=" not in self.shown(seat)
        assert "E-posta: Sizde" in other.page()
        refused = self.take(seat)
        assert (refused.status_code, refused.json()) == (409, {"holder": "Ayşe Kaya"})

    def test_it_is_given_to_no_company_beside_a_colleague_but_taken_over(
        self, application: Application, seat: Seat, other: Seat
    ) -> None:
        self.take(other)
        refused = seat.attach(application)
        assert refused.status_code == 409
        assert "E-postaya bir başkası bakıyor" in words(refused)
        assert "Bu e-postaya Ayşe Kaya bakıyor; işlem yapılmadı." in words(refused)
        assert seat.now().company is None
        typed = {"company": application.company_id, "take_over": "1"}
        assert f'name="company" value="{application.company_id}"' in refused.content.decode()
        seat.client.post(seat.url("attach"), typed)
        assert seat.now().company == application.company
        assert not MailHolder.objects.exists(), "decided"

    def test_nor_filed(self, seat: Seat, other: Seat) -> None:
        self.take(other)
        assert seat.act("dosyala").status_code == 409
        assert seat.now().status == MailStatus.PERSON
        other.act("dosyala")
        assert other.now().status == MailStatus.FILED
        assert not MailHolder.objects.exists()

    def test_nor_decided_together_with_others(self, seat: Seat, other: Seat) -> None:
        alike = arrives(UNKNOWN, to="kim@bilinmez.example")
        self.take(Seat(alike, other.user))
        asked = {"act": "dosyala", "mails": [alike.pk], "note": "Duyuru", "confirmed": "1"}
        [told] = said(seat.client.post(seat.url("together"), asked))
        assert "Bu e-postaya Ayşe Kaya bakıyor" in told
        assert Mail.objects.get(pk=alike.pk).status == MailStatus.PERSON

    def test_who_went_away_has_it_for_half_an_hour(
        self, application: Application, seat: Seat, other: Seat
    ) -> None:
        self.take(other)
        MailHolder.objects.update(touched_at=timezone.now() - LEASE)
        assert "E-posta: Kimsede değil" in seat.page()
        seat.attach(application)
        assert seat.now().company == application.company

    def test_what_has_a_case_or_is_decided_is_not_taken_so(self, application: Application, seat: Seat) -> None:
        seat.act("dosyala")
        case = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
        assert [self.take(each).status_code for each in (seat, case)] == [302, 302]
        assert not MailHolder.objects.exists()
