"""The table of reminders in the admin, and marks and pauses on an application's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from journal.models import Entry, Event
from onboarding.actor import SYSTEM
from onboarding.attention import marks
from onboarding.models import Application, Attention, ReminderMute, ReminderRule
from onboarding.reminders import sending
from onboarding.steps import PACKAGE_CONTRACT, STATUS_QUERY
from partners.models import Partner
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import Support, colleague
from tests.scenarios.waits import business_days_later, iys_silent

pytestmark = pytest.mark.django_db
RULES = "admin:onboarding_reminderrule_"
FIELDS = {
    "name": "Teklif gecikti",
    "waits_for": "iys",
    "place": "package_contract:requested",
    "to": "iys",
    "after": "4",
    "every": "2",
    "at_most": "3",
    "escalate_after": "12",
    "escalate_to": "staff",
    "active": "on",
}


def ops() -> Any:
    return signed_in(UserFactory.create(is_staff=True, is_superuser=True))


def add(**changes: str) -> Any:
    return ops().post(reverse(RULES + "add"), {**FIELDS, **changes})


# Rules.


def test_the_list_tells_each_rule_in_a_sentence() -> None:
    page = words(ops().get(reverse(RULES + "changelist")))
    for sentence in (
        "Sıra herhangi bir adımda 3 iş günü boyunca firmada kalırsa firmaya yazılır; sonra 3 iş gününde bir, "
        "toplam en çok 5 kez. 20 iş günü dolunca destek ekibinin sırasında işaretlenir.",
        "İYS 4. adımda “İYS'nin teklifi bekleniyor” durumunda 3 iş günü içinde yanıt vermezse İYS'ye aynı "
        "yazışmada nazikçe sorulur",
        "Kargolama sırası gelen taahhütnamenin kargosu 3 iş günü içinde bildirilmezse firmaya yazılır",
    ):
        assert sentence in page


def test_a_rule_is_written_and_counts_at_once() -> None:
    ReminderRule.objects.filter(step="package_contract").delete()
    assert add().status_code == 302
    rule = ReminderRule.objects.get(name="Teklif gecikti")
    assert (rule.step, rule.state, rule.escalate_after) == ("package_contract", "requested", 12)
    page = ops().get(reverse(RULES + "change", args=[rule.pk]))
    assert rule.sentence in words(page)
    assert '<option value="package_contract:requested" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Bu bekleyiş için kullanımda olan bir kural zaten var."),
        ({"place": "package_contract:offered"}, "Bu durumda sıra, beklendiğini söylediğiniz tarafta değil."),
        ({"to": "company"}, "Hatırlatma ya beklenen tarafa ya da destek ekibine gider."),
        ({"waits_for": "cargo", "to": "company"}, "Kargo adımlardan bağımsızdır"),
        ({"after": "0"}, "1"),
        ({"every": "400"}, "250"),
    ],
    ids=["a second one", "not İYS's turn", "not who is waited for", "cargo", "too soon", "too seldom"],
)
def test_a_rule_that_makes_no_sense_is_refused(typed: dict[str, str], sentence: str) -> None:
    answer = add(**typed)
    assert answer.status_code == 200
    assert ReminderRule.objects.count() == 5
    errors = answer.context["adminform"].form.errors
    assert any(sentence in error for each in errors.values() for error in each)


def test_a_rule_that_only_escalates_says_so() -> None:
    rule = ReminderRule(waits_for="iys", to="staff", after=1, every=1, at_most=0, escalate_after=8)
    assert rule.sentence == (
        "İYS herhangi bir adımda 8 iş günü içinde yanıt vermezse destek ekibinin sırasında işaretlenir."
    )


def test_rules_are_for_who_may_edit_them() -> None:
    support = signed_in(colleague("view_application"))
    assert support.get(reverse(RULES + "changelist")).status_code == 403
    seeing = signed_in(colleague("add_reminderrule", "change_reminderrule", "view_reminderrule"))
    assert seeing.get(reverse(RULES + "changelist")).status_code == 200
    assert seeing.get(reverse(RULES + "add")).status_code == 403, "they hold for every partner"
    owner = open_application().company.members.get()
    assert signed_in(owner).get(reverse(RULES + "changelist")).status_code == 302


# Marks.


def test_a_silent_iys_stands_in_supports_queue_with_the_reason() -> None:
    application = iys_silent()
    for days in (5, 10, 15):
        sending.send_due(now=business_days_later(days))
    page = words(signed_in(colleague("view_queueitem")).get(reverse("admin:onboarding_queueitem_changelist")))
    assert application.reference in page
    assert "Uzun süredir bekliyor: 15 iş günüdür İYS'nin yanıtı bekleniyor." in page


def test_a_mark_is_settled_with_a_note_and_leaves_the_queue() -> None:
    support = Support(at_iys())
    marks.mark_by_hand(application=support.application, step=STATUS_QUERY, text="İYS'yi arayın", actor=SYSTEM)
    mark = Attention.objects.get()
    assert said(support.send("settle_mark", mark.pk, note=" ")) == ["Ne yapıldığını yazın."]
    assert said(support.send("settle_mark", mark.pk, note="Aradık, yarın yazacaklar"))[-1] == "İşaret kapatıldı."
    mark.refresh_from_db()
    assert (mark.settled_by, mark.note) == (support.user, "Aradık, yarın yazacaklar")
    assert support.record(STATUS_QUERY).flagged_at is None
    assert said(support.send("settle_mark", mark.pk, note="Yine"))[-1] == "Bu işareti az önce başka biri kapattı."
    assert "Kapanan işaretler (1)" in support.page()


def test_support_puts_a_mark_by_hand() -> None:
    support = Support(at_iys())
    refused = support.send("add_mark", step="status_query", text="")
    assert refused.status_code == 422
    support.send("add_mark", step="package_contract", text="Faturayı sormuşlar")
    mark = Attention.objects.get()
    assert (mark.record.step, mark.raised_by, mark.text) == (
        "package_contract",
        support.user,
        "Faturayı sormuşlar",
    )
    assert "Faturayı sormuşlar" in support.page()
    assert Entry.objects.get(event=Event.ATTENTION).actor == support.user


def test_the_packages_last_day_is_written_down() -> None:
    support = Support(at_iys())
    assert support.send("package_end", ends_on="yarın").status_code == 422
    support.send("package_end", ends_on="2027-03-01")
    assert str(Application.objects.get(pk=support.application.pk).package_ends_on) == "2027-03-01"
    assert "Paketin son günü: 1 Mart 2027" in support.page()
    assert 'value="2027-03-01"' in support.open("package_end").content.decode()


# Pauses.


def test_support_mutes_a_company_with_a_reason_and_an_end_and_starts_again() -> None:
    support = Support(at_iys())
    for typed in (
        {"reason": "", "until": "2099-01-01"},
        {"reason": "İzin", "until": ""},
        {"reason": "İzin", "until": "2020-01-01"},
    ):
        assert support.send("mute", **typed).status_code == 422
    assert not ReminderMute.objects.exists()
    until = timezone.localdate() + timedelta(days=9)
    support.send("mute", reason="Genel müdür izinde", until=until.isoformat())
    page = support.page()
    assert "gününe kadar ara verildi: Genel müdür izinde" in page
    assert "Hatırlatmaları yeniden başlat" in page
    support.send("unmute")
    assert "ara verildi" not in support.page().split("Günlük")[0]
    assert [entry.actor for entry in Entry.objects.filter(event=Event.REMINDERS_MUTED)] == [
        support.user,
        support.user,
    ]


@pytest.mark.parametrize("name", ["add_mark", "mute", "unmute", "package_end"])
def test_only_who_reviews_may_and_only_their_own_partners_companies(name: str) -> None:
    application = at_iys()
    assert Support(application, "view_application").send(name).status_code == 403
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    stranger = colleague("review_application", "view_application", partner=elsewhere)
    assert Support(application, user=stranger).send(name).status_code == 404


def test_a_mark_of_another_application_is_not_found() -> None:
    support, other = Support(at_iys()), open_application(CompanyFactory.create())
    marks.mark_by_hand(application=other, step=PACKAGE_CONTRACT, text="Başka firma", actor=SYSTEM)
    assert support.send("settle_mark", Attention.objects.get().pk, note="x").status_code == 404
