"""Traps for support's desk: waits, trails, marks, hidden numbers, warnings, what comes next and what is found."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from correspondence.addresses import tracking_address
from correspondence.incoming import decisions
from finding import renewing
from onboarding.actions import casework
from onboarding.actions.pre_application import co_signatories
from onboarding.attention import marks
from onboarding.machine import Step
from onboarding.models import Application, Attention, DayException, DayKind
from onboarding.steps import PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from partners.models import Partner
from tests.finding.test_page import PAGE, SEES
from tests.onboarding.admin.test_answers import record
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.onboarding.admin.test_queue import QUEUE, queue, waits
from tests.scenarios.browser import said, shown, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, open_application, tckn
from tests.scenarios.ladder import IDENTITY, STAFF, at_iys, filled_in, owner_of, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
ALL = reverse("admin:onboarding_application_changelist")
CLOSE, BACK, CALL, SHOW = "İşareti kapat…", "İnceleme sırası", "İYS'yi arayın", "Numarayı göster…"
OWN, TITLE = "Mavi Deniz Turizm Anonim Şirketi", "Kuzey Işığı Gıda Anonim Şirketi"
LONG = f"""<script>alert(1)</script> <b>ığ</b> & "şç" {"ğ" * 200}"""
TYPED = ["71620999", "7162", "iyskod 7162 0999", "88120999", "BrandKod 8812 0999"]
MINE = f"?sira={quote('kimde=bende')}"
BOTH = "Outlet, 710497\nYeni, 710999"
NAMED = [
    "VKN {1.company.tax_number}", "MERSİS {1.company.mersis_number}", "{1.reference}", "MX3ZB5JA", "İYSKod 820593",
    "KUZEY IŞIĞI GIDA ANONİM ŞİRKETİ", "Kuzey Işığı\nGıda A.Ş.", TITLE, "Ynt: {1.reference}",
]  # fmt: skip
HARMLESS = [
    OWN, "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ", "{0.reference} {0.company.tax_number}", "{0.company.mersis_number}",
    "Kıyı İletişim Hizmetleri A.Ş., Kıyı İletişim", "İleti Yönetim Sistemi A.Ş. (İYS)", "Takip 9982059347",
]  # fmt: skip


def links(source: str) -> list[tuple[dict[str, str], str]]:
    found = re.findall(r"<a\b([^>]*)>(.*?)</a>", source, re.DOTALL)
    named = [(re.findall(r'([\w-]+)="([^"]*)"', head), shown(text)) for head, text in found]
    return [({name: shown(value) for name, value in pairs}, text) for pairs, text in named]


def opened(support: Support, query: str = "") -> str:
    answer = support.client.get(support.url("change") + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(source: str, name: str) -> str:
    head = re.search(rf'<(\w+)[^>]*\b(?:id|class)="(?:[^"]* )?{name}[ "]', source)
    assert head, f"there is no {name}"
    rest, tag = source[head.start() :], head[1]
    ends = [rest[: each.end()] for each in re.finditer(f"</{tag}>", rest)]
    return next(each for place, each in enumerate(ends, 1) if len(re.findall(rf"<{tag}\b", each)) == place)


def trail(source: str) -> dict[str, str]:
    return {text: each.get("href", "") for each, text in links(part(source, "breadcrumbs"))}


def box(support: Support) -> str:
    return part(opened(support), "karar")


def marked(step: Step | None = STATUS_QUERY, text: str = CALL, of: Application | None = None) -> Application:
    """On that step; None: in a case in which all is done."""
    if step is None:
        cast = Cast()
        cast.finished()
        of = cast.now()
    of = of or at_iys()
    marks.mark_by_hand(application=of, step=step or PACKAGE_CONTRACT, text=text, actor=STAFF)
    return of


def closed(application: Application) -> Application:
    Application.objects.filter(pk=application.pk).update(closed_at="2026-01-01T00:00Z", closing="replaced")
    return application


def to_liman(application: Application) -> None:
    application.company.partner = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    application.company.save()


def waited(support: Support) -> str:
    rows = support.client.get(QUEUE).content.decode().split("<tr")
    [row] = [shown(each) for each in rows if support.application.reference in each]
    return str(re.findall(r"(?<!\d)\d+ iş günü\b|\bbugün\b", row)[0])


@pytest.mark.parametrize("row", [  # since, now, a day off, a day that is worked, how many business days
    ("11-03T09:00", "11-25T09:00", "", "", "16"), ("11-21T09:00", "11-25T09:00", "", "", "3"),
    ("10-27T09:00", "10-30T09:00", "", "", "1"), ("11-24T20:30", "11-24T21:30", "", "", "1"),
    ("11-20T09:00", "11-25T09:00", "11-24", "", "2"), ("11-20T09:00", "11-25T09:00", "", "11-21", "4"),
    ("10-27T09:00", "10-30T09:00", "", "10-29", "2"),
])  # fmt: skip
def test_a_case_counts_days_as_the_list_does(monkeypatch: pytest.MonkeyPatch, row: tuple[str, ...]) -> None:
    since, now, off, working, due = row
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(f"2026-{now}+00:00"))
    for day in filter(None, (off, working)):
        kind = DayKind.OFF if day == off else DayKind.WORKING
        DayException.objects.create(day=date.fromisoformat(f"2026-{day}"), kind=kind, reason="İdari izin")
    support = Support(submitted())
    support.application.records.update(since=datetime.fromisoformat(f"2026-{since}+00:00"))
    assert waited(support) == f"{due} iş günü"
    assert due in re.findall(r"(?<!\d)(\d+) iş günü\b", support.page())


def test_on_the_day_itself_it_says_today_and_a_marked_case_counts_as_in_the_list() -> None:
    support, other = Support(waits(submitted(), 0)), Support(marked())
    page = support.page()
    assert (waited(support), re.search(r"\b0 iş günü", page)) == ("bugün", None)
    waits(support.application, 30)
    assert len(re.findall(r"\bbugün\b", page)) > len(re.findall(r"\bbugün\b", support.page()))
    other.application.records.update(since=timezone.now() - timedelta(days=30))
    assert waited(other) in other.page()


@pytest.mark.parametrize(
    "make", [submitted, marked, lambda: marked(None), open_application, at_iys, lambda: closed(at_iys())]
)
def test_the_trail_leads_back_to_the_queue_as_it_was_filtered(make: Callable[[], Application]) -> None:
    """Else to all applications: from a case that is not there, and for who may not see it."""
    support = Support(make())
    reader = Support(support.application, "view_application")
    is_there = make is submitted or Attention.objects.exists()
    for listed in (f"kimde=kimsede&q={quote('Güneş & Oğlu')}&held__exact=1", "kimde=gecikmis", ""):
        query = f"?sira={quote(listed)}"
        for each in [reader] if is_there else [reader, support]:
            found = trail(opened(each, query))
            assert (BACK in found, ALL in found.values(), QUEUE in str(found)) == (False, True, False)
        if is_there:
            page = opened(support, query)
            back = urlsplit(trail(page)[BACK])
            assert shown(part(page, "breadcrumbs")).startswith(f"Giriş › {BACK} ›")
            assert (back.scheme, back.netloc, back.path) == ("", "", QUEUE)
            assert sorted(parse_qsl(back.query)) == sorted(parse_qsl(listed))


def test_nothing_in_the_address_gets_out_of_the_link_or_leads_elsewhere() -> None:
    odd = [
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%22%20onclick%3D%22alert(1)", "%2F%2Fkotu.example%2F",
        "https%3A%2F%2Fkotu.example", "javascript%3Aalert(1)", "..%2Fhesap%2F", "%40kotu.example", "%23x", "%zz%",
        "%5C%5Ckotu.example", "%0D%0AX%3A%201", "%FF%FE", "%E2%80%AEk", "kimde%253Dbende", "k%3D" + "x" * 4000,
    ]  # fmt: skip
    support = Support(submitted())
    for raw in odd:
        page = opened(support, f"?sira={raw}")
        back = urlsplit(trail(page)[BACK])
        assert (back.scheme, back.netloc, back.path) == ("", "", QUEUE), raw
        assert not re.search(r'<script>alert|<a\b[^>]*\son\w+="', page), raw
        hrefs = [each.get("href", "") for each, _text in links(page)]
        assert not [each for each in hrefs if re.match(r"\s*javascript:|[^?]*kotu\.example", each)], raw


@pytest.mark.parametrize(("step", "text"), [
    (STATUS_QUERY, CALL), (PRE_APPLICATION, CALL), (PACKAGE_CONTRACT, CALL), (None, CALL), (STATUS_QUERY, LONG),
])  # fmt: skip
def test_an_open_mark_stands_in_the_box_whatever_its_step_and_words(step: Step | None, text: str) -> None:
    support = Support(marked(step, text))
    assert (text in shown(box(support)), CLOSE in shown(box(support))) == (True, True)
    assert support.url("settle_mark", Attention.objects.get().pk) in box(support)


def test_it_is_for_who_may_review_and_stays_until_it_is_said_what_was_done() -> None:
    support, path = Support(marked()), ("settle_mark", Attention.objects.get().pk)
    for note in ({}, {"note": ""}, {"note": "  \r\n\t\u00a0"}):
        assert said(support.send(*path, **note)) == ["Ne yapıldığını yazın."]
        assert CALL in shown(box(support))
    for rights in (("view_application", "view_queueitem"), CORRESPONDENCE):
        other = Support(support.application, *rights)
        assert (other.url(*path) in opened(other), CLOSE in other.page()) == (False, False)
        assert other.send(*path, note="Aradık").status_code == 403


def test_a_marked_case_is_worked_on_put_off_and_taken_like_any_in_the_queue() -> None:
    support = Support(marked())
    here, found = [support.application.reference], box(support)
    for each in ("status_query:hold", support.url("answer", "status_query", "received"), "Ertele…"):
        assert each in shown(found) + found
    assert support.url("snooze") in found
    assert f'data-take="{support.url("take")}"' in opened(support)
    assert (support.send("take").status_code, queue(support.user, "?kimde=bende")) == (204, here)
    support.send("snooze", event="company", until="", note="")
    assert (queue(support.user), queue(support.user, "?kimde=ertelenmis")) == ([], here)


def test_two_marks_both_stand_there_and_a_closed_one_brings_nothing_more() -> None:
    support = Support(marked(PRE_APPLICATION, "Kargo gecikti", marked()))
    for each in (CALL, "Kargo gecikti", "pre_application:reopen", "status_query:hold"):
        assert each in shown(box(support)) + box(support)
    for mark in Attention.objects.all():
        support.send("settle_mark", mark.pk, note="Aradık")
        assert support.url("settle_mark", mark.pk) not in opened(support)
        assert mark.text not in shown(box(support))
    assert not re.search(f"{CLOSE}|Ertele…", shown(box(support)))
    assert ("data-take=" in opened(support), BACK in trail(opened(support))) == (False, False)


def chosen(page: str) -> list[str]:
    found = [each for each in re.findall(r"<input[^>]*>", page) if 'name="number"' in each]
    return [re.findall(r'value="([^"]*)"', each)[0] for each in found if re.search(r"\bchecked\b", each)]


def test_beside_each_hidden_number_a_link_leads_to_the_form_that_has_it_chosen() -> None:
    application = filled_in(CompanyFactory.create(tax_number=tckn(30), mersis_number=f"{tckn(30)}00018"))
    for name, number in (("Ece Yalın", tckn(8)), ("John Doe", "TR5551234")):
        co_signatories.add(application=application, name=name, identity=number, actor=owner_of(application))
    numbers = [IDENTITY, tckn(30), f"{tckn(30)}00018", tckn(8), "TR5551234"]
    support = Support(application)
    page, told = opened(support), list[str]()
    assert re.search(rf"\*{{3}}{IDENTITY[-4:]}.{{0,60}}?{SHOW}", shown(page))
    assert not [number for number in numbers if number in page]
    for href in [each["href"] for each, text in links(page) if SHOW in text]:
        form = support.client.get(href).content.decode()
        [number] = chosen(form)
        assert 'name="why"' in form
        answer = words(support.send("identity", number=number, why="compare"))
        told += [each for each in numbers if re.search(rf"(?<!\w){each}(?!\w)", answer)]
    assert set(told) == set(numbers)


def test_another_word_in_the_address_of_that_form_chooses_none() -> None:
    support = Support(filled_in())
    [href] = {each["href"] for each, text in links(opened(support)) if SHOW in text}
    for word in ("", "merak", "trade_name", "%22%3E%3Cscript%3Ealert(1)", "%FF", "x" * 3000):
        answer = support.client.get(f"{href.rpartition('=')[0]}={word}")
        assert (answer.status_code, chosen(answer.content.decode())) == (200, ["signatory_identity"]), word
        assert not re.search(rf"<script>alert|{IDENTITY}", answer.content.decode()), word
    reader = Support(support.application, *CORRESPONDENCE)
    assert (SHOW in opened(reader), reader.client.get(href).status_code) == (False, 403)


@pytest.mark.parametrize(("texts", "other"), [(NAMED, "ours"), (NAMED[5:8], "theirs"),  # numbers the wall hides
    (HARMLESS, TITLE), ([OWN], "Deniz Turizm Anonim Şirketi"), ([OWN], OWN),
])  # fmt: skip
def test_what_names_another_company_is_warned_of_before_the_form(texts: list[str], other: str) -> None:
    is_named = other in ("ours", "theirs")
    mine, its = (at_iys(CompanyFactory.create(trade_name=each)) for each in (OWN, TITLE if is_named else other))
    Application.objects.filter(pk=its.pk).update(iys_application_number="MX3ZB5JA", iys_code="820593")
    if other == "theirs":
        to_liman(its)
    renewing.renew_marked()

    def is_warned(text: str) -> bool:
        subject, body = (text, UNKNOWN) if text.startswith("Ynt") else ("Başvurunuz", f"{text} hakkında yazın.")
        seat = Seat(arrives(body, subject=subject, to=tracking_address(mine.company).email))
        if seat.mail.company is None:
            decisions.attach(mail=seat.mail, company=mine.company, by=seat.user)
        page = seat.client.get(seat.url("classify", "status_query", "received")).content.decode()
        assert 'name="note"' in page
        return "Dikkat:" in page.partition('name="note"')[0]

    assert [text for text in texts if is_warned(text.format(mine, its)) is not is_named] == []


@pytest.mark.parametrize(("whose", "iys_code", "brands", "named"), [
    ("ours", " 710 482 ", "", "710482"), ("ours", "710999", "Outlet, 710497", "710497"),
    ("ours", "710482", BOTH, "710482 710497"), ("theirs", "710482", BOTH, "710482 710497"),
    ("ours", "710999", "Yeni, 710998", ""), ("own", "710482", BOTH, ""), ("closed", "710482", BOTH, ""),
])  # fmt: skip
def test_codes_of_another_live_application_are_named(whose: str, iys_code: str, brands: str, named: str) -> None:
    other, late = Cast(trade_name=TITLE), Cast()
    late.codes_wanted()
    if whose == "own":
        Application.objects.filter(pk=late.application.pk).update(iys_code="710482")
    else:
        other.choosing()
    Brand.objects.create(company=(late if whose == "own" else other).company, name="Outlet", code="710497")
    if whose in ("theirs", "closed"):
        (to_liman if whose == "theirs" else closed)(other.application)
    support = Support(late.now())
    told = " ".join(said(record(support, "read", "code_receipt", iys_code=iys_code, brands=brands)))
    found = re.findall(r"Firma bu kodları onaylayamaz: (.+) başka bir firmanın kaydında\.", told)
    assert set(re.findall(r"\d+", " ".join(found))) == set(named.split())
    assert whose != "theirs" or TITLE not in told + support.page()


def test_the_next_case_is_of_the_list_only_from_which_one_came() -> None:
    first, second, third = (waits(submitted(), days) for days in (9, 5, 2))
    support = Support(first, user=colleague(*REVIEW))

    def after(query: str, support: Support = support) -> tuple[str, str, bool]:
        page = opened(support, query)
        [href, *_same] = [urlsplit(each["href"]) for each, _text in links(page) if each.get("data-key") == "n"]
        return href.path, href.query, "başka başvuru" in shown(page.partition('data-key="n"')[0])

    casework.give(application=first, to=support.user, by=support.user)
    assert after(MINE)[::2] == (Support(second).url("change"), True)
    casework.give(application=third, to=support.user, by=support.user)
    support.client.get(f"{QUEUE}?kimde=bende")  # in another window
    for query, due in ((MINE, third), ("?sira=", second)):
        assert after(query)[::2] == (Support(due).url("change"), False)
    assert after(f"?{after(MINE)[1]}", Support(third, user=support.user))[0] == support.url("change")


def test_codes_that_wait_for_the_company_are_found_by_its_own_partner_until_the_end() -> None:
    ours, theirs = Cast(), Cast()

    def found(cast: Cast, application: Application) -> list[str]:
        client, case = signed_in(colleague(*SEES, partner=cast.company.partner)), f"{ALL}{application.pk}/"
        answers = {text: client.get(PAGE, {"q": text}) for text in TYPED}
        return [text for text, each in answers.items() if case in f"{each.headers}{each.content.decode()}"]

    for cast in (ours, theirs):
        cast.at_iys()
        cast.codes_read(iys_code="71620999", brands=[{"name": "Çiğdem Öykü", "code": "88120999"}])
    to_liman(theirs.application)
    renewing.renew_marked()
    for cast, other in ((ours, theirs), (theirs, ours)):
        assert [found(cast, each.application) for each in (cast, other)] == [TYPED, []]
    closed(ours.application)
    later = open_application(ours.company)
    renewing.renew_marked()
    assert [found(ours, each) for each in (ours.application, later)] == [[], []]
