"""Somebody of several companies: each page names the one it stands for, and does nothing in another."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.shortcuts import resolve_url
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from support.models import Question
from team.views.entering import OF_EVERY_COMPANY
from tenancy.access import for_company
from tenancy.models import Company, Invitation, Membership, User
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, UserFactory
from tests.tenancy.answers import Scene
from tests.tenancy.looking import of_the_company
from tests.tenancy.test_wall import rows

pytestmark = pytest.mark.django_db
PEOPLE, CHOOSE, BOARD = reverse("team:people"), reverse("team:choose"), reverse("onboarding:board")
DATA = reverse("onboarding:dossier_page", args=["firma"])
EMPTY = Scene(lambda _cast: None, {})


class Two:
    """One owner of two companies, with both in tabs of one browser."""

    def __init__(self) -> None:
        self.cast, self.other = Cast(code="710482"), Cast(code="820593")
        self.first, self.second = self.cast.company, self.other.company
        self.user: User = self.cast.people["owner"]
        MembershipFactory.create(user=self.user, company=self.second)
        self.client: Client = self.cast.browsers["owner"]

    def choose(self, company: Company, **more: str) -> Any:
        return self.client.post(CHOOSE, {"company": company.pk, **more})


@pytest.fixture
def two() -> Two:
    return Two()


def bar(answer: Any) -> str:
    page = re.search(r'<div class="company-bar">.*?</header>', answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page[0]).split()) if page else ""


class TestSwitcher:
    def test_with_one_company_its_name_stands_on_every_page(self) -> None:
        cast = Cast()
        client = cast.browsers["owner"]
        seen = 0
        for _name, path in of_the_company(cast, scene=EMPTY):
            answer = client.get(path)
            if answer.status_code == 200 and b"<header" in getattr(answer, "content", b""):
                seen += 1
                assert bar(answer) == f"Firma: {cast.company}", path
        assert seen > 10
        assert cast.company.trade_name in bar(client.get(reverse("account_email")))
        assert cast.company.trade_name in bar(client.get("/yok/"))

    def test_who_has_none_has_no_bar(self) -> None:
        assert bar(signed_in(UserFactory.create()).get(reverse("team:company_new"))) == ""
        assert bar(Client().get("/")) == ""

    def test_with_several_each_is_a_button_and_the_one_of_today_is_marked(self, two: Two) -> None:
        for chosen in (two.second, two.first):
            two.choose(chosen)
            page = two.client.get(PEOPLE).content.decode()
            for each in (two.first, two.second):
                assert f'value="{each.pk}"' in page
            marked = re.search(r'value="([^"]+)"\s+aria-current="true"', page)
            assert marked
            assert marked[1] == str(chosen.pk)

    def test_a_strangers_company_stands_in_no_menu(self, two: Two) -> None:
        foreign = MembershipFactory.create().company
        assert foreign.trade_name not in two.client.get(PEOPLE).content.decode()

    @pytest.mark.parametrize("name", sorted(OF_EVERY_COMPANY))
    def test_it_leads_to_the_same_kind_of_page(self, two: Two, name: str) -> None:
        page = two.client.get(reverse(name)).content.decode()
        assert f'name="next" value="{name}"' in page
        assert two.choose(two.second, next=name)["Location"] == reverse(name)
        assert bar(two.client.get(reverse(name))).startswith(f"Firma: {two.second} ")

    @pytest.mark.parametrize(
        "name", ["onboarding:document", "onboarding:withdraw", "admin:index", "//evil.example", ""]
    )
    def test_from_any_other_page_it_leads_to_the_board(self, two: Two, name: str) -> None:
        assert two.choose(two.second, next=name)["Location"] == BOARD

    def test_choosing_leaves_no_trace_in_a_journal(self, two: Two) -> None:
        before = rows()
        two.choose(two.second)
        assert rows() == before

    def test_who_left_works_for_the_other(self, two: Two) -> None:
        two.choose(two.second)
        Membership.objects.filter(user=two.user, company=two.second).delete()
        assert bar(two.client.get(PEOPLE)) == f"Firma: {two.first}"


class TestTwoTabs:
    """A page of one company is posted while another was chosen meanwhile."""

    def test_nothing_is_written_into_the_other_and_the_page_says_so(self, two: Two) -> None:
        two.choose(two.first)
        shown = Screen(two.client.get(PEOPLE))
        two.choose(two.second)
        before = rows()
        answer = two.client.post(PEOPLE, {**shown.fields, "email": "su@x.example", "role": "owner"})
        assert answer.status_code == 409
        page = Screen(answer)
        assert f"{two.first} · {two.first.tax_number} için açılmıştı" in page
        assert f"{two.second} firmasını seçtiniz" in page
        assert "Hiçbir şey kaydedilmedi" in page
        assert rows() == before
        # The way back to the company that was meant stands there, and the same page works again.
        assert two.choose(two.first)["Location"] == BOARD
        assert (
            two.client.post(PEOPLE, {**shown.fields, "email": "su@x.example", "role": "owner"}).status_code == 302
        )
        assert Invitation.objects.get().company == two.first

    @pytest.mark.parametrize(
        ("page", "target", "data"),
        [
            (DATA, DATA, {"district": "Konak"}),
            (DATA, "onboarding:withdraw", {"reason": "x"}),
            ("team:people", "support:ask", {"text": "Ne zaman?"}),
            ("team:notices", "team:notices", {"notices": "none"}),
            ("team:forwarding", "team:try_forward", {}),
        ],
    )
    def test_whatever_is_posted(self, two: Two, page: str, target: str, data: dict[str, str]) -> None:
        two.choose(two.first)
        fields = Screen(two.client.get(resolve_url(page))).fields
        assert fields["shown_for"] == str(two.first.pk)
        two.choose(two.second)
        before = rows()
        for headers in ({}, {"HX-Request": "true"}, {"X-Autosave": "1"}):
            answer = two.client.post(resolve_url(target), {**fields, **data}, headers=headers)
            assert answer.status_code == 409
        assert rows() == before

    def test_who_was_taken_out_of_the_company_writes_nothing_into_another(self, two: Two) -> None:
        two.choose(two.first)
        fields = Screen(two.client.get(PEOPLE)).fields
        Membership.objects.filter(user=two.user, company=two.first).delete()
        before = rows()
        answer = two.client.post(PEOPLE, {**fields, "email": "su@x.example", "role": "owner"})
        assert answer.status_code == 404
        assert two.first.trade_name not in words(answer)
        assert rows() == before

    def test_a_role_in_the_other_company_is_no_answer(self, two: Two) -> None:
        """Who is a viewer there is not told of a missing right but of the other company."""
        Membership.objects.filter(user=two.user, company=two.second).update(role=Role.VIEWER)
        two.choose(two.first)
        fields = Screen(two.client.get(DATA)).fields
        two.choose(two.second)
        assert two.client.post(DATA, fields).status_code == 409

    def test_what_a_page_asks_for_by_itself_brings_the_page_of_the_company_of_now(self, two: Two) -> None:
        two.choose(two.first)
        page = two.client.get(BOARD, follow=True).content.decode()
        named = re.search(r"hx-headers='\{\"X-Shown-For\": \"([^\"]+)\"\}'", page)
        assert named
        assert named[1] == str(two.first.pk)
        headers = {"X-Shown-For": named[1], "HX-Request": "true"}
        live = reverse("onboarding:board_live")
        assert two.client.get(live, headers=headers).status_code == 200
        two.choose(two.second)
        answer = two.client.get(live, headers=headers)
        assert (answer.status_code, answer["HX-Refresh"], answer.content) == (409, "true", b"")

    def test_a_question_from_the_old_tab_is_answered_with_a_word(self, two: Two) -> None:
        two.choose(two.first)
        fields = Screen(two.client.get(reverse("support:questions"))).fields
        two.choose(two.second)
        headers = {"HX-Request": "true"}
        two.client.post(reverse("support:ask"), {**fields, "text": "Ne zaman?"}, headers=headers)
        assert "başka bir firma için açılmıştı" in words(two.client.get(BOARD, follow=True))
        assert not Question.objects.exists()

    def test_logging_out_and_choosing_work_from_any_tab(self, two: Two) -> None:
        two.choose(two.first)
        fields = Screen(two.client.get(PEOPLE)).fields
        two.choose(two.second)
        assert two.client.post(CHOOSE, {**fields, "company": two.first.pk}).status_code == 302
        two.choose(two.second)
        assert two.client.post(reverse("account_logout"), fields).status_code == 302


def test_every_form_that_posts_on_a_companys_page_names_the_company() -> None:
    """Whatever template it comes from: the field rides with the token against forgery."""
    cast = Cast()
    forms = 0
    for _name, path in of_the_company(cast, scene=EMPTY):
        answer = cast.browsers["owner"].get(path)
        if answer.streaming or answer.status_code != 200:
            continue
        for form in re.findall(r'<form[^>]*method="post".*?</form>', answer.content.decode(), re.DOTALL):
            forms += 1
            assert f'name="shown_for" value="{cast.company.pk}"' in form, path
    assert forms > 40


def test_a_page_of_no_company_names_none() -> None:
    page = signed_in(UserFactory.create()).get(reverse("team:company_new")).content.decode()
    assert "csrfmiddlewaretoken" in page
    assert "shown_for" not in page
    assert "shown_for" not in get_template("404.html").render()


class TestLinksOfLetters:
    """A letter's link names its company: whoever works for another one is asked, and looking changes nothing."""

    def path(self, company: Company) -> str:
        return for_company(reverse("onboarding:status_query"), company)

    def test_the_link_leads_on_for_the_company_that_is_worked_for(self, two: Two) -> None:
        two.choose(two.first)
        answer = two.client.get(for_company(BOARD, two.first))
        assert answer.status_code == 200
        assert str(two.first) in bar(answer)

    def test_for_another_own_company_one_button_leads_to_the_same_page_of_it(self, two: Two) -> None:
        two.choose(two.first)
        path = self.path(two.second)
        answer = two.client.get(path)
        page = Screen(answer)
        assert answer.status_code == 409
        assert f"{two.second} · {two.second.tax_number} ile devam et" in page.buttons, "two may have one title"
        assert two.client.session["company"] == str(two.first.pk)
        assert page.fields["linked"] == path
        answer = two.choose(two.second, linked=page.fields["linked"])
        assert answer["Location"] == path
        assert str(two.second) in bar(two.client.get(path))

    def test_a_strangers_company_is_not_found(self, two: Two) -> None:
        answer = two.client.get(self.path(Cast(code="930604").company))
        assert answer.status_code == 404
        assert "ekibinde olmadığınız" in Screen(answer)

    @pytest.mark.parametrize("linked", ["https://kotu.example/", "//kotu.example", "/\\kotu.example", "kotu"])
    def test_the_button_leads_nowhere_else(self, two: Two, linked: str) -> None:
        assert two.choose(two.second, linked=linked)["Location"] == BOARD

    def test_through_the_log_in_and_back_to_it(self, two: Two) -> None:
        path = self.path(two.first)
        answer = Client().get(path)
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [path]
