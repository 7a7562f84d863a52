"""From one case to the next in the order of the queue, without the list in between."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding.actions import casework
from onboarding.actor import SYSTEM
from onboarding.attention import marks
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION
from partners.models import Partner
from tenancy.roles import Role
from tests.onboarding.admin.test_queue import waits
from tests.scenarios.browser import words
from tests.scenarios.factories import CompanyFactory, MembershipFactory
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db

LIST_IS_DONE = "Süzdüğünüz listede başka başvuru yok; sıranın tamamı sürüyor."


@pytest.fixture
def three() -> list[Application]:
    """From who waits longest."""
    return [waits(submitted(), days) for days in (9, 5, 2)]


NEXT = re.compile(r'data-key="n"\s+href="([^"]+)"[^>]*>\s*Sıradaki: (P-[A-Z0-9]+)')


def next_of(support: Support) -> str:
    """The reference that the link to the next case names, or an empty string."""
    page = support.open().content.decode()
    found = NEXT.search(page)
    if found is None:
        assert "Sırada başka başvuru yok." in page
        return ""
    link, reference = found.groups()
    named = Application.objects.get(reference=reference)
    assert link.partition("?")[0] == reverse("admin:onboarding_application_change", args=[named.pk])
    return reference


def test_the_next_one_has_waited_longest_after_this_one(three: list[Application]) -> None:
    first, second, third = three
    user = colleague(*REVIEW)
    assert next_of(Support(first, user=user)) == second.reference
    assert next_of(Support(second, user=user)) == third.reference
    assert next_of(Support(third, user=user)) == first.reference, "behind the last comes the first again"


def test_a_case_that_was_left_undecided_does_not_come_back_at_once(three: list[Application]) -> None:
    _left, second, third = three
    support = Support(second, user=colleague(*REVIEW))
    support.press(PRE_APPLICATION, "reject", "Yetki belgesi yok")
    assert next_of(support) == third.reference


def test_asking_for_corrections_leads_on_as_well(three: list[Application]) -> None:
    _left, second, third = three
    support = Support(second, user=colleague(*REVIEW))
    version = support.record(PRE_APPLICATION).version
    answer = support.send("ask_changes", PRE_APPLICATION.key, website="Açılmıyor", expected_version=version)
    assert support.state(PRE_APPLICATION) == "changes_asked", words(answer)
    assert next_of(support) == third.reference


def test_who_waits_since_the_same_moment_is_not_left_out() -> None:
    since, user = timezone.now(), colleague(*REVIEW)
    waiting = [submitted() for _each in range(3)]
    for each in waiting:
        each.records.filter(step="pre_application").update(since=since)
    met, at = set(), waiting[0]
    for _each in waiting:
        met.add(at.reference)
        at = Application.objects.get(reference=next_of(Support(at, user=user)))
    assert met == {each.reference for each in waiting}
    assert at == waiting[0]


def test_another_partners_and_ones_own_companies_are_passed_over(three: list[Application]) -> None:
    first, own, third = three
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    waits(submitted(CompanyFactory.create(partner=elsewhere)), 7)
    user = colleague(*REVIEW)
    MembershipFactory.create(user=user, company=own.company, role=Role.EDITOR)
    assert next_of(Support(first, user=user)) == third.reference


def test_nothing_else_waits() -> None:
    application = submitted()
    at_iys()
    assert next_of(Support(application, user=colleague(*REVIEW))) == ""


def test_who_only_looks_is_told_the_next_one_too(three: list[Application]) -> None:
    first, second, _third = three
    support = Support(first, user=colleague("view_application", "view_queueitem"))
    assert next_of(support) == second.reference
    assert support.buttons() == set()


class TestListOneCameFrom:
    def come(self, support: Support, query: str) -> None:
        """By the link of the first row of the list that is filtered so."""
        page = support.client.get(reverse("admin:onboarding_queueitem_changelist") + query).content.decode()
        link = re.search(r'<a href="([^"]+)">' + support.application.reference, page)
        assert link is not None
        support.client.get(html.unescape(link[1]))

    def go_on(self, support: Support) -> Support:
        """By the link to the next case, in the same browser."""
        found = NEXT.search(support.open().content.decode())
        assert found is not None
        support.client.get(html.unescape(found[1]))
        return self.elsewhere(support, Application.objects.get(reference=found[2]))

    def elsewhere(self, support: Support, application: Application) -> Support:
        """Another case in the same browser, by its bare address."""
        other = Support(application, user=support.user)
        other.client = support.client
        return other

    def mark(self, *cases: Application) -> None:
        for each in cases:
            each.records.filter(step="pre_application").update(held=True)

    def test_the_next_one_is_of_that_list_also_after_a_decision(self, three: list[Application]) -> None:
        first, second, third = three
        fourth = waits(submitted(), 1)
        self.mark(second)
        support = Support(first, user=colleague(*REVIEW))
        self.come(support, "?held__exact=0")
        assert next_of(support) == third.reference
        support.press(PRE_APPLICATION, "reject", "Yetki belgesi yok")
        assert next_of(support) == third.reference
        assert next_of(self.go_on(support)) == fourth.reference

    def test_of_what_is_marked_comes_what_is_marked(self, three: list[Application]) -> None:
        first, second, third = three
        for each in (first, third):
            marks.mark_by_hand(application=each, step=PRE_APPLICATION, text="Arayın", actor=SYSTEM)
        support = Support(first, user=colleague(*REVIEW))
        assert next_of(support) == second.reference
        self.come(support, "?isaret=var")
        assert next_of(support) == third.reference

    def test_a_case_from_elsewhere_goes_by_the_whole_queue_and_the_list_stays_with_its_own(
        self, three: list[Application]
    ) -> None:
        first, second, third = three
        fourth = waits(submitted(), 1)
        self.mark(second)
        support = Support(third, user=colleague(*REVIEW))
        self.come(support, "?held__exact=0")
        found = self.elsewhere(support, first)
        assert next_of(found) == second.reference
        found.press(PRE_APPLICATION, "reject", "Yetki belgesi yok")
        assert next_of(found) == second.reference
        assert next_of(self.go_on(found)) == third.reference
        assert next_of(support) == fourth.reference
        assert next_of(self.go_on(support)) == third.reference

    def test_once_it_is_empty_that_is_said_and_the_whole_queue_goes_on(self, three: list[Application]) -> None:
        first, second, third = three
        self.mark(first)
        support = Support(first, user=colleague(*REVIEW))
        self.come(support, "")
        assert LIST_IS_DONE not in words(support.open())
        path = reverse("admin:onboarding_application_change", args=[first.pk])
        assert LIST_IS_DONE in words(support.client.get(path + "?sira=held__exact%3D1"))
        assert LIST_IS_DONE in words(support.open()), "also after a decision"
        assert next_of(support) == second.reference
        on = self.go_on(support)
        assert LIST_IS_DONE not in words(on.open())
        assert next_of(on) == third.reference

    def test_the_whole_queue_takes_the_place_of_a_list(self, three: list[Application]) -> None:
        first, second, third = three
        self.mark(second)
        support = Support(first, user=colleague(*REVIEW))
        self.come(support, "?held__exact=0")
        assert next_of(support) == third.reference
        self.come(support, "")
        assert next_of(support) == second.reference

    def test_a_tab_is_a_list_too_and_odd_words_are_none(self, three: list[Application]) -> None:
        first, second, third = three
        user = colleague(*REVIEW)
        casework.give(application=first, to=user, by=user)
        casework.give(application=third, to=user, by=user)
        support = Support(first, user=user)
        self.come(support, "?kimde=bende")
        assert next_of(support) == third.reference
        path = reverse("admin:onboarding_application_change", args=[first.pk])
        page = support.client.get(path + "?sira=step__exact%3Dyok%26kimde%3Dx")
        assert LIST_IS_DONE in words(page)
        assert second.reference in words(page)


class TestPapers:
    """What is to be decided on is open from the start; elsewhere nobody looks who does not mean to."""

    def opened(self, support: Support) -> int:
        return len(re.findall(r"<details[^>]*data-paper[^>]* open>", support.open().content.decode()))

    def test_the_first_paper_is_open_while_one_has_to_decide(self) -> None:
        support = Support(submitted())
        assert self.opened(support) == 1
        support.press(PRE_APPLICATION, "reject", "Yetki belgesi yok")
        assert self.opened(support) == 0

    def test_not_for_who_only_looks(self) -> None:
        assert self.opened(Support(submitted(), "view_application")) == 0


def test_a_decision_and_its_opposite_stand_apart() -> None:
    """Approving asks for no reason; rejecting and holding each ask in a place of their own."""
    support = Support(submitted())
    page = support.open().content.decode()
    apart = re.findall(r"<details class=\"apart.*?</details>", page, re.DOTALL)
    inside = {name for each in apart for name in re.findall(r'value="pre_application:(\w+)"', each)}
    assert inside == {"reject", "hold"}
    assert len(apart) == 2
    assert all(re.search(r"<textarea name=\"reason\"[^>]*required", each) for each in apart)
    assert support.buttons() == {f"pre_application:{name}" for name in ("approve", "reject", "hold")}
    assert "Firmaya da yazılır" in next(each for each in apart if "reject" in each)
    support.press(PRE_APPLICATION, "hold", "Telefon bekleniyor")
    assert support.buttons() == {f"pre_application:{name}" for name in ("approve", "reject", "resume")}
