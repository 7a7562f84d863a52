"""Merging two companies on support's pages: the numbers, the preview, the button, giving back, and the wall.

| what is done | what comes |
|---|---|
| no right · another partner's company · one's own company | 403 · 404 · 403, of either company |
| number of nobody, of another partner, none | 422, the same sentence for both |
| found | the preview; nothing has changed |
| not confirmed, no reason | 422, what was typed stands there |
| something changed meanwhile | 409, the new preview, what was typed stands there |
| pressed twice | one merge; the second press shows it |
| pressed with another's preview, or that of another pair | 409 |
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from brands.models import Brand
from correspondence.models import Letter, LetterStatus
from onboarding.first_data import GROUPS
from onboarding.models import CompanyMerge
from partners.models import Partner
from tenancy.models import Company, PastMembership
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory, open_application
from tests.scenarios.ladder import Ladder
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db
MERGE = tuple(name.partition(".")[2] for name in GROUPS["Firma birleştirme"])
WHY = "VKN'de bir hane yanlış"


class Merger:
    def __init__(self) -> None:
        self.stays: Company = CompanyFactory.create(trade_name="Mavi Deniz Turizm A.Ş.")
        self.goes: Company = CompanyFactory.create(trade_name="Mavi Deniz Turizm", partner=self.stays.partner)
        for company in (self.stays, self.goes):
            MembershipFactory.create(company=company)
        self.user = colleague(*MERGE, *REVIEW, partner=self.stays.partner)
        self.client: Client = signed_in(self.user)

    def asks(self, number: str, role: str = "stays", company: Company | None = None) -> Any:
        path = f"{reverse('admin:onboarding_companymerge_add')}?firma={(company or self.stays).pk}"
        return self.client.post(path, {"number": number, "role": role})

    def path(self, goes: Company | None = None, stays: Company | None = None) -> str:
        args = [(goes or self.goes).pk, (stays or self.stays).pk]
        return reverse("admin:onboarding_companymerge_preview", args=args)

    def shown(self) -> Screen:
        return Screen(self.client.get(self.path()))

    def press(self, screen: Screen, **data: str) -> Any:
        fields = {**screen.fields, "same": "on", "reason": WHY, **data}
        return self.client.post(self.path(), fields)


@pytest.fixture
def merger() -> Merger:
    return Merger()


def test_from_the_number_to_the_shell_and_back(merger: Merger) -> None:
    page = Screen(merger.client.get(reverse("admin:tenancy_company_change", args=[merger.stays.pk])))
    assert "Başka bir firmayla birleştir…" in page.words
    asked = merger.asks(merger.goes.tax_number)
    assert asked["Location"] == merger.path()
    swapped = merger.asks(merger.goes.tax_number, role="goes")
    assert swapped["Location"] == merger.path(merger.stays, merger.goes)
    screen = merger.shown()
    assert "Mavi Deniz Turizm" in screen.words
    assert "Taşınacaklar" in screen.words
    assert not CompanyMerge.objects.exists()
    done = merger.press(screen)
    made = CompanyMerge.objects.get()
    assert (done.status_code, made.by, made.reason) == (302, merger.user, WHY)
    shell = Screen(merger.client.get(reverse("admin:tenancy_company_change", args=[merger.goes.pk])))
    assert "Bu kayıt kapandı" in shell.words
    assert "birleştir…" not in shell.words
    merge_page = words(merger.client.get(reverse("admin:onboarding_companymerge_change", args=[made.pk])))
    assert "Birleştirmeyi geri al…" in merge_page
    undo = reverse("admin:onboarding_companymerge_undo", args=[made.pk])
    assert merger.client.post(undo, {"reason": ""}).status_code == 422
    assert merger.client.post(undo, {"reason": "Aynı firma değilmiş"}).status_code == 302
    made.refresh_from_db()
    assert made.undone_by == merger.user
    again = words(merger.client.post(undo, {"reason": "Bir daha"}, follow=True))
    assert "zaten geri alındı" in again


def test_a_number_of_nobody_and_of_another_partner_is_answered_alike(merger: Merger) -> None:
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    foreign = CompanyFactory.create(partner=elsewhere)
    answers = [merger.asks(number) for number in (foreign.tax_number, "1111111111")]
    assert {answer.status_code for answer in answers} == {422}
    assert {"Bu numarayla bir firma yok" in words(answer) for answer in answers} == {True}
    assert merger.asks("").status_code == 422
    assert merger.asks(f" {merger.goes.tax_number[:3]} {merger.goes.tax_number[3:]}").status_code == 302


def test_what_was_typed_stays_when_something_is_missing_or_has_changed(merger: Merger) -> None:
    screen = merger.shown()
    refused = merger.client.post(merger.path(), {**screen.fields, "reason": WHY})
    assert (refused.status_code, WHY in Screen(refused).fields["reason"]) == (422, True)
    Brand.objects.create(company=merger.goes, name="Mavi Koy")
    changed = merger.press(screen)
    assert changed.status_code == 409
    assert (Screen(changed).fields["reason"], "Mavi Koy" in words(changed)) == (WHY, True)
    assert not CompanyMerge.objects.exists()
    assert merger.press(Screen(changed)).status_code == 302


def test_a_second_press_shows_the_first(merger: Merger) -> None:
    screen = merger.shown()
    first, second = merger.press(screen), merger.press(screen)
    assert CompanyMerge.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_what_another_person_was_shown_does_nothing(merger: Merger) -> None:
    screen = merger.shown()
    another = signed_in(colleague(*MERGE, partner=merger.stays.partner))
    pressed = another.post(merger.path(), {**screen.fields, "same": "on", "reason": WHY})
    assert pressed.status_code == 409
    swapped = merger.client.post(
        merger.path(merger.stays, merger.goes), {**screen.fields, "same": "on", "reason": WHY}
    )
    assert swapped.status_code == 409
    assert not CompanyMerge.objects.exists()


def test_what_stops_it_stands_in_place_of_the_button(merger: Merger) -> None:
    Ladder(open_application(merger.goes)).manual().at_iys()
    Letter.objects.update(status=LetterStatus.SENT)
    screen = merger.shown()
    assert "Birleştirilemez" in screen.words
    assert "reason" not in screen.fields
    assert merger.press(screen).status_code == 409
    assert not CompanyMerge.objects.exists()


def test_neither_without_the_right_nor_over_the_wall_nor_in_ones_own_company(merger: Merger) -> None:
    made = merger.press(merger.shown())
    assert made.status_code == 302
    undo = reverse("admin:onboarding_companymerge_undo", args=[CompanyMerge.objects.get().pk])
    third = CompanyFactory.create(partner=merger.stays.partner)
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    paths = [undo, merger.path(merger.stays, third), merger.path(third, merger.stays)]
    paths.append(f"{reverse('admin:onboarding_companymerge_add')}?firma={merger.stays.pk}")
    reviewer = signed_in(colleague(*REVIEW, partner=merger.stays.partner))
    stranger = signed_in(colleague(*MERGE, partner=elsewhere))
    for path in paths:
        for ask in ("get", "post"):
            assert getattr(reviewer, ask)(path).status_code == 403, path
            assert getattr(stranger, ask)(path).status_code == 404, path
    for company in (merger.stays, merger.goes):
        own = colleague(*MERGE, partner=merger.stays.partner)
        PastMembership.objects.create(user=own, company=company, role=Role.VIEWER)
        assert signed_in(own).get(undo).status_code == 403
    own = colleague(*MERGE, partner=merger.stays.partner)
    PastMembership.objects.create(user=own, company=third, role=Role.VIEWER)
    for path in paths[1:3]:
        assert signed_in(own).get(path).status_code == 403


def test_a_shell_is_not_changed_and_not_looked_at(merger: Merger) -> None:
    merger.press(merger.shown())
    looking = f"{reverse('admin:tenancy_companylook_add')}?firma={merger.goes.pk}"
    assert merger.client.get(looking).status_code == 404
    boss = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    change = reverse("admin:tenancy_company_change", args=[merger.goes.pk])
    assert boss.post(change, {"trade_name": "Başka"}).status_code == 403
    merger.goes.refresh_from_db()
    assert merger.goes.trade_name == "Mavi Deniz Turizm"
