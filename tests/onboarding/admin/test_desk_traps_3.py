"""Traps for support's desk once more: marked cases in the queue, and where a mail's links lead."""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from correspondence.addresses import tracking_address
from finding import renewing
from onboarding import applications
from onboarding.actions import casework
from onboarding.admin.forms import MailAnswerForm
from onboarding.attention import marks
from onboarding.gate import Route
from onboarding.models import Application, Attention, SavedFilter
from onboarding.steps import PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from partners.models import Partner
from tests.health.test_findings import start_page
from tests.onboarding.admin.test_desk_traps import links, marked, part
from tests.onboarding.admin.test_mails import Seat, arrives
from tests.onboarding.admin.test_next_case import LIST_IS_DONE, NEXT
from tests.onboarding.admin.test_queue import QUEUE, queue, waits
from tests.onboarding.admin.test_saved_filters import FILTERS
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, MembershipFactory, open_application
from tests.scenarios.ladder import STAFF, at_iys, owner_of, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
MARKED = "?isaret=var"


# Marked cases.


def mark(application: Application, text: str = "Arayın") -> Application:
    marks.mark_by_hand(application=application, step=PRE_APPLICATION, text=text, actor=STAFF)
    return application


def settle(application: Application) -> Application:
    for each in Attention.objects.filter(record__application=application, settled_at=None):
        marks.settle(mark=each, note="Aradık", actor=STAFF)
    return application


def theirs() -> Application:
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    return submitted(CompanyFactory.create(partner=elsewhere))


def listed(user: Any, query: str) -> set[str]:
    return set(queue(user, query))


def tabs(user: Any, query: str) -> dict[str, int]:
    source = part(signed_in(user).get(QUEUE + query).content.decode(), "tabs")
    found = [re.fullmatch(r"(.+?) (\d+)\+?", text) for _each, text in links(source)]
    return {each[1]: int(each[2]) for each in found if each}


def test_only_what_has_an_open_mark_is_listed_whosever_turn_it_is() -> None:
    there = [mark(waits(submitted(), 9)), marked(), mark(open_application()), marked(None)]
    mark(there[0], "Bir daha arayın")
    twice = settle(mark(waits(submitted(), 3)))
    there.append(mark(twice, "Yeniden arayın"))
    waits(submitted(), 8), at_iys(), settle(mark(submitted())), mark(theirs())
    user = colleague(*REVIEW, partner=there[0].company.partner)
    found = queue(user, MARKED)
    assert sorted(found) == sorted(each.reference for each in there)
    assert tabs(user, MARKED)["Hepsi"] == len(there)
    settle(there[1])
    assert there[1].reference not in queue(user, MARKED)
    for each in there:
        settle(each)
    assert queue(user, MARKED) == []


def test_it_goes_together_with_tabs_and_other_filters() -> None:
    mine, held, free, asleep, unmarked = (waits(submitted(), days) for days in (9, 7, 5, 3, 2))
    turn, user, other = marked(), colleague(*REVIEW), colleague(*REVIEW)
    for each in (mine, held, free, asleep):
        mark(each)
    held.records.filter(step="pre_application").update(held=True)
    for each, whose in ((mine, user), (unmarked, user), (held, other)):
        casework.give(application=each, to=whose, by=user)
    casework.snooze(application=asleep, until=None, event="company", note="", by=user)
    renewing.renew_marked()
    for tab, cases in {
        "bende": [mine], "ekibimde": [held], "kimsede": [free, turn], "ertelenmis": [asleep],
        "": [mine, held, free, turn],
    }.items():  # fmt: skip
        query = f"{MARKED}&kimde={tab}" if tab else MARKED
        assert listed(user, query) == {each.reference for each in cases}, tab
    count = tabs(user, MARKED)
    names = ("Hepsi", "Bende", "Ekibimde", "Kimsede değil", "Ertelenmiş")
    assert [count[name] for name in names] == [4, 1, 1, 2, 1]
    assert [tabs(user, "")[name] for name in names] == [5, 2, 1, 2, 1]
    assert listed(user, f"{MARKED}&held__exact=1") == {held.reference}
    assert tabs(user, f"{MARKED}&held__exact=1")["Hepsi"] == 1
    assert listed(user, f"{MARKED}&held__exact=0&kimde=bende") == {mine.reference}
    assert listed(user, f"{MARKED}&q={free.reference}") == {free.reference}
    assert listed(user, f"{MARKED}&q={unmarked.reference}") == set()
    source = part(signed_in(user).get(f"{QUEUE}{MARKED}&held__exact=0").content.decode(), "tabs")
    hrefs = {text.split(" ")[0]: each["href"] for each, text in links(source)}
    assert all("isaret=var" in each and "held__exact=0" in each for each in hrefs.values())
    assert listed(user, html.unescape(hrefs["Bende"])) == {mine.reference}


def test_the_filter_stands_beside_the_list_under_its_name() -> None:
    user = colleague(*REVIEW, partner=mark(submitted()).company.partner)
    for query in ("", MARKED):
        page = signed_in(user).get(QUEUE + query).content.decode()
        assert "Dikkat işareti" in page
        assert any("isaret=var" in each.get("href", "") for each, _text in links(page))


ODD = ["yok", "", "VAR", " var", "var%00", "%00", "%FF", "1", "9" * 4000, "%22%3E%3Cscript%3Ealert(1)", "var,yok",
       "var&isaret=yok", "yok&isaret=var", "'%20OR%201=1"]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_another_value_does_no_harm(odd: str) -> None:
    marked_one, other, user = mark(waits(submitted(), 9)), waits(submitted(), 5), colleague(*REVIEW)
    client = signed_in(user)
    answer = client.get(f"{QUEUE}?isaret={odd}", follow=True)
    page = answer.content.decode()
    assert (answer.status_code, marked_one.reference in page) == (200, True)
    assert "<script>alert" not in page
    assert ("isaret=var" in f"isaret={odd}".split("&")) or other.reference in page
    for raw in (quote(f"isaret={odd}"), f"isaret={odd}"):
        case = client.get(Support(marked_one, user=user).url("change") + f"?sira={raw}")
        assert (case.status_code, "<script>alert" in case.content.decode()) == (200, False)


def following(support: Support, query: str = "") -> tuple[str, str]:
    """The next case's number and address."""
    source = support.client.get(support.url("change") + query).content.decode()
    found = NEXT.search(source)
    return (found[2], html.unescape(found[1])) if found else ("", "")


def at(support: Support, application: Application) -> Support:
    other = Support(application, user=support.user)
    other.client = support.client
    return other


def test_n_goes_on_among_marked_cases_and_then_by_the_whole_queue() -> None:
    first, plain, second, _other = (waits(submitted(), days) for days in (9, 7, 5, 1))
    turn = marked()
    for each in (first, second, mark(theirs())):
        mark(each)
    support = Support(first)
    source = support.client.get(QUEUE + MARKED).content.decode()
    [address] = [each["href"] for each, text in links(source) if text == first.reference]
    assert support.client.get(address).status_code == 200
    met, here = [], support
    for _each in range(4):
        reference, address = following(here)
        met.append(reference)
        here = at(support, Application.objects.get(reference=reference))
        assert LIST_IS_DONE not in words(support.client.get(address))
    assert met == [second.reference, turn.reference, first.reference, second.reference]
    following(support, f"?sira={quote('isaret=var')}")
    support.press(PRE_APPLICATION, "reject", "Yetki belgesi yok")
    assert following(support)[0] in (second.reference, turn.reference), "also after a decision"
    for each in (second, turn):
        settle(each)
    page = words(support.client.get(support.url("change") + f"?sira={quote('isaret=var')}"))
    assert LIST_IS_DONE in page
    assert following(support)[0] == plain.reference


LINE: dict[str, tuple[Callable[[], Application], bool]] = {
    "support's turn": (lambda: mark(submitted()), True),
    "İYS's turn": (marked, True),
    "the company's turn": (lambda: mark(open_application()), True),
    "finished": (lambda: marked(None), True),
    "on hold": (lambda: held(mark(submitted())), True),
    "marked twice": (lambda: mark(mark(submitted()), "Bir daha"), True),
    "settled": (lambda: settle(mark(submitted())), False),
    "another partner's": (lambda: mark(theirs()), False),
    "closed": (lambda: replaced(marked(None)), False),
}


def replaced(application: Application) -> Application:
    applications.change_route(
        application=application, route=Route.EXEMPT, actor=owner_of(application), closes=True
    )
    application.refresh_from_db()
    assert application.closed_at is not None
    return application


def held(application: Application) -> Application:
    application.records.filter(step="pre_application").update(held=True)
    return application


@pytest.mark.parametrize("which", LINE)
def test_the_line_of_the_start_page_leads_to_as_many_cases(which: str) -> None:
    make, is_there = LINE[which]
    base, case = marked(), make()
    user = colleague(*REVIEW, partner=base.company.partner)
    assert f"{1 + is_there} başvuruda dikkat işareti var" in start_page(user)
    source = signed_in(user).get(reverse("admin:index")).content.decode()
    [address] = {
        each["href"] for each, text in links(source) if "dikkat işareti" in text.lower() and "?" in each["href"]
    }
    assert address == QUEUE + MARKED
    assert listed(user, MARKED) == {base.reference} | ({case.reference} if is_there else set())
    assert tabs(user, MARKED)["Hepsi"] == 1 + is_there


def test_ones_own_company_and_the_line() -> None:
    base, own = marked(), mark(submitted())
    user = colleague(*REVIEW, partner=base.company.partner)
    MembershipFactory.create(user=user, company=own.company)
    told = re.search(r"(\d+) başvuruda dikkat işareti", start_page(user))
    assert told is not None
    assert int(told[1]) == tabs(user, MARKED)["Hepsi"] == len(queue(user, MARKED))


@pytest.mark.parametrize("query", ["isaret=var", "isaret=var&kimde=kimsede", "isaret=var&held__exact=0"])
def test_a_saved_filter_keeps_it(query: str) -> None:
    there, _other = mark(submitted()), submitted()
    user = colleague(*REVIEW, partner=there.company.partner)
    assert "Bu süzgecin adı" in words(signed_in(user).get(f"{QUEUE}?{query}"))
    signed_in(user).post(FILTERS, {"query": query, "name": "İşaretliler"})
    saved = SavedFilter.objects.get()
    assert sorted(saved.query.split("&")) == sorted(query.split("&"))
    hrefs = [
        each["href"] for each, text in links(signed_in(user).get(QUEUE).content.decode()) if text == "İşaretliler"
    ]
    assert [queue(user, each) for each in hrefs] == [[there.reference]]


# Where a mail's links lead.
TOLD = "iys.org.tr değil, {} sitesine gider."
LEADS = [
    ("https://iys.org.tr", ""), ("https://IYS.ORG.TR/1", ""), ("https://teklif.iys.org.tr:8443/1", ""),
    ("https://a.b.iys.org.tr./1", ""), ("https://kim@iys.org.tr/1", ""),
    ("http://iys.org.tr:80?x=//kotu.example", ""), ("https://iys.org.tr@kotu.example/1", "kotu.example"),
    ("https://iys.org.tr:443@kotu.example/1", "kotu.example"),
    ("https://iys.org.tr%2F@kotu.example/1", "kotu.example"), ("https://KOTU.Example/iys.org.tr", "kotu.example"),
    ("https://kotu.example:8443/1", "kotu.example"), ("https://kotu.example./1", "kotu.example."),
    ("https://kotu.example?.iys.org.tr", "kotu.example"), ("https://kotu.example#.iys.org.tr", "kotu.example"),
    ("https://kotu.example#@iys.org.tr/", "kotu.example"), ("https://kotu.example\\@iys.org.tr/", "kotu.example"),
    ("https://iys.org.tr.kotu.example/", "iys.org.tr.kotu.example"), ("https://iys-org.tr/", "iys-org.tr"),
    ("https://sahteiys.org.tr/", "sahteiys.org.tr"), ("https://org.tr/", "org.tr"),
    ("https://iys.org/", "iys.org"),
    ("https://xn--ys-mia.org.tr/1", "xn--ys-mia.org.tr"), ("https://xn--iys-x.iys.org.tr/", ""),
    ("https://[2001:db8::1]:8443/iys.org.tr", "2001:db8::1"), ("https://192.0.2.7/", "192.0.2.7"),
]  # fmt: skip
MALFORMED = [
    "https://[1", "https://[]", "https://[::1", "https://[iys.org.tr]/", "https://iys.org.tr:port/1", "https://",
    "https://iys.org.tr:99999999/", "//", "yok", "https://kotu.example／.iys.org.tr/",
    "https://ko\ttu.example/", "http://.", "https://..iys.org.tr/", "https://" + "a" * 4000, "javascript:alert(1)",
    "https:///kotu.example/1",
]  # fmt: skip
FIELDS = {"view_url": "offer", "pay_url": "offer", "continue_url": "continue_link"}


def help_of(link: str, name: str) -> str:
    step = STATUS_QUERY if name == "continue_url" else PACKAGE_CONTRACT
    form = MailAnswerForm(initial={name: link}, move=FIELDS[name], step=step.key, verified=True)
    return str(form.fields[name].help_text)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(("link", "host"), LEADS)
def test_a_link_that_leads_elsewhere_says_to_which_host(link: str, host: str, name: str) -> None:
    text = help_of(link, name)
    assert ("sitesine gider" in text) == bool(host)
    assert not host or TOLD.format(host) in text.replace("[", "").replace("]", "")


@pytest.mark.parametrize("link", MALFORMED)
@pytest.mark.parametrize("name", FIELDS)
def test_what_is_no_address_is_no_error(link: str, name: str) -> None:
    assert not re.search(r"\biys\.org\.tr sitesine gider", help_of(link, name))


def before(link: str, step: str) -> tuple[Seat, str, str]:
    cast = Cast()
    cast.asked() if step == "offer" else cast.at_iys()
    text = f"Merhabalar.\nÖdeme için: {link}\n" if step == "offer" else f"Lütfen şuradan ilerleyiniz.\n{link}\n"
    seat = Seat(arrives(text, to=tracking_address(cast.company).email), colleague(*REVIEW, *CORRESPONDENCE))
    where = ("package_contract", "offer") if step == "offer" else ("status_query", "continue_link")
    return seat, *where


@pytest.mark.parametrize("step", ["offer", "continue_link"])
@pytest.mark.parametrize(("link", "host"), [
    ("https://iys.org.tr/b/1", ""), ("https://Kotu.Example:8443/b/1", "kotu.example"),
    ("https://iys.org.tr@kotu.example/b/1", "kotu.example"),
])  # fmt: skip
@pytest.mark.parametrize("is_changed", [False, True])
def test_it_is_said_on_the_page_and_of_what_stands_there_as_it_comes_back(
    step: str, link: str, host: str, *, is_changed: bool
) -> None:
    seat, *where = before(link, step)
    name, path = "pay_url" if step == "offer" else "continue_url", seat.url("classify", *where)
    answer = seat.client.get(path)
    if is_changed:
        link, host = ("https://iys.org.tr/b/2", "") if host else ("https://baska.example/b/1", "baska.example")
        answer = seat.client.post(path, {name: link, "view_url": link, "note": ""})
        assert answer.status_code == 422
    assert ("sitesine gider" in words(answer)) == bool(host)
    assert not host or TOLD.format(host) in words(answer)


@pytest.mark.parametrize("odd", ["https://<img src=x>.kotu.example/1", 'https://"><b>x</b>.kotu.example/1'])
def test_nothing_in_a_host_gets_out_of_the_page(odd: str) -> None:
    cast = Cast()
    cast.asked()
    text = f'<p>Merhabalar.</p><a href="{html.escape(odd)}">Ödeme için</a>'
    mail = arrives("Merhabalar.", html=text, to=tracking_address(cast.company).email)
    seat = Seat(mail, colleague(*REVIEW, *CORRESPONDENCE))
    path = seat.url("classify", "package_contract", "offer")
    for answer in (seat.client.get(path), seat.client.post(path, {"pay_url": odd, "note": ""})):
        assert answer.status_code in (200, 422)
        assert not re.search("<img src=x|<b>x</b>", answer.content.decode())
