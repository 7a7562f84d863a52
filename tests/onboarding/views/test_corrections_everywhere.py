"""Corrections on every channel: whatever can be asked for is listed by its name, leads to where it is changed, and
holds the dossier back until it was changed or answered; support read the answers."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.dossier import content
from onboarding.evidence_pack.contents import history
from onboarding.machine import Step
from onboarding.models import Remark
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from sandbox.authority import Authority
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn, vkn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import BRAND, ZEROS, Online
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
NUMBER = vkn(731)
ANOTHER = {
    "signatory_identity": tckn(31),
    "signatory_name": "Deniz Yalın",
    "signatory_email": "deniz@mavideniz.example",
    "signatory_mobile": "0555 010 20 31",
    "trade_name": "Mavi Deniz Yelken Anonim Şirketi",
    "mersis_number": f"0{NUMBER}00002",
    "tax_number": NUMBER,
    "tax_office": "Karşıyaka",
    "website": "https://yelken.example",
    "contact_phone": "0232 555 01 02",
    "province": "Muğla",
    "district": "Bodrum",
    "address": "Yalı Caddesi No: 3",
    "kep_address": "mavideniz@hs01.kep.tr",
}
# What is typed together: the one is checked against the other.
WITH = {"tax_number": ("mersis_number",), "province": ("district",)}
Change = Callable[[Cast], object]


def written(*names: str) -> Change:
    return lambda cast: cast.write(**{name: ANOTHER[name] for name in names})


def uploaded(kind: str, pages: int) -> Change:
    def inner(cast: Cast) -> None:
        if kind == "undertaking":
            cast.downloads()
        cast.send("upload", kind, file=upload(blank_pdf(pages), f"{kind}.pdf"))

    return inner


def signed(cast: Cast) -> object:
    assert isinstance(cast, Online)
    form = cast.now().application_form
    paper = cast.signed(name=form.signatory_name, identity=form.signatory_identity)
    for each in cast.now().co_signatories.all():
        paper = cast.signed(name=each.name, identity=each.identity, pdf=paper)
    return cast.send("sign", file=upload(paper, "imzali.pdf"))


def evidence(**typed: str) -> Change:
    def change(cast: Cast) -> object:
        return cast.press("evidence", "evidence", draft="1", **typed)

    return change


CHANGES: Mapping[str, Change] = {
    **{name: written(name, *WITH.get(name, ())) for name in ANOTHER},
    **{kind: uploaded(kind, 5) for kind in ("signature_circular", "trade_registry_gazette", "tax_plate")},
    **{kind: uploaded(kind, 6) for kind in ("identity_card", "chamber_certificate")},
    "together": lambda cast: cast.press("co_signatories", "co_signatories", name="Su Er", identity=tckn(32)),
    # Printed and signed with all the rest: the last ones.
    "undertaking": uploaded("undertaking", 7),
    "undertaking_signed": signed,
}
BRANDS: Mapping[str, Change] = {
    "brand_names": lambda cast: cast.press("brand_names", "brand_names", name="Poyraz"),
    "entry": lambda cast: cast.send(
        "edit_brand", cast.company.brands.get().pk, **{**BRAND, "message_recipients": "4100"}
    ),
    "applied": evidence(brands="Mavi Deniz, 711157\nPoyraz, 711158"),
}
OF_ENTRY = {"brands": BRANDS["entry"], "statistics": lambda cast: cast.send("figures", **ZEROS)}
OF_EVIDENCE: Mapping[str, Change] = {
    "iys_application_number": evidence(iys_application_number="MX3ZB5JB"),
    "iys_code": evidence(iys_code="711158", brands="Mavi Deniz, 711158"),
    "brands": BRANDS["applied"],
    "evidence": lambda cast: cast.press(
        "evidence", "evidence", draft="1", file=upload(blank_pdf(4), "onay-tam.pdf")
    ),
}


class Asked:
    """A company of which everything is asked that can be. `keys`: of what, with their labels."""

    step: Step = PRE_APPLICATION
    page = "pre_application"
    sent: tuple[str, ...] = ("submitted",)
    changes: Mapping[str, Change] = {"brands": BRANDS["brand_names"], **CHANGES}

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.bring()
        cast.application = cast.now()
        record = cast.record(self.step)
        self.labels = dict(content.remarkable(cast.now().application_form, self.step.key, record.state))
        remarks = [(key, self.text(key)) for key in self.labels]
        submission.ask_changes(application=cast.now(), step=self.step, remarks=remarks, actor=STAFF)

    def text(self, key: str) -> str:
        return f"Lütfen bakın: {list(self.labels).index(key) + 1}. istek"

    def bring(self) -> None:
        self.cast.submitted()

    def send(self) -> Screen:
        return self.cast.press("review", "submit")

    def open(self) -> Screen:
        return self.cast.open(self.page)

    @property
    def is_sent(self) -> bool:
        return self.cast.state(self.step) in self.sent

    def listed(self, badge: str, key: str) -> str:
        return f"{badge} {self.labels[key]}: {self.text(key)}"


class ManualWithoutMersis(Asked):
    def bring(self) -> None:
        self.cast.company.mersis_number = ""
        self.cast.company.save()
        self.cast.fill_in()
        form = self.cast.now().application_form
        form.has_mersis = False
        form.save()
        self.cast.hand_in("tax_plate", "identity_card", "signature_circular", "undertaking")
        self.cast.submit()


class ManualAtIys(Asked):
    step, sent = STATUS_QUERY, ("re_review",)

    def bring(self) -> None:
        self.cast.at_iys()
        self.cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Eksikler var")


class OnlineReturned(Asked):
    sent = ("reviewing",)

    def bring(self) -> None:
        assert isinstance(self.cast, Online)
        self.cast.review_online()


class OnlineEntry(Asked):
    page, sent, changes = "info_entry", ("final_review",), OF_ENTRY

    def bring(self) -> None:
        assert isinstance(self.cast, Online)
        self.cast.entered()

    def send(self) -> Screen:
        return self.cast.press("info_entry", "complete", correct="on")


class OnlineAtIys(Asked):
    step, sent, changes = STATUS_QUERY, ("re_review",), {**OF_ENTRY, **CHANGES}

    def bring(self) -> None:
        assert isinstance(self.cast, Online)
        self.cast.entered()
        self.cast.move(PRE_APPLICATION, "approve")
        self.cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
        self.cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Eksikler var")


class Applied(Asked):
    page, sent, changes = "evidence", ("evidence_review",), OF_EVIDENCE

    def bring(self) -> None:
        self.cast.send("channel", channel="applied")
        given = {"iys_application_number": "MX3ZB5JA", "iys_code": "711157", "brands": "Mavi Deniz, 711157"}
        self.cast.press("evidence", "evidence", file=upload(blank_pdf(), "onay.pdf"), **given)
        assert self.cast.state(PRE_APPLICATION) == "evidence_review"

    def send(self) -> Screen:
        return self.cast.press("evidence", "evidence")


WAYS = (Asked, ManualWithoutMersis, ManualAtIys, OnlineReturned, OnlineEntry, OnlineAtIys, Applied)


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def asked(request: pytest.FixtureRequest, authority: Authority, trust: Path) -> Iterator[Asked]:
    way = request.param
    if not way.__name__.startswith("Online"):
        yield way(Cast(kep_address="mavi@hs01.kep.tr"))
        return
    online = Online(authority, trust)
    with online.settings:
        yield way(online)


def in_order(asked: Asked) -> list[str]:
    """As a person would: what is signed is signed when all the rest is as it should be."""
    return sorted(asked.labels, key=list(asked.changes).index)


def test_each_item_is_listed_by_its_name_and_sent_only_when_it_was_changed(asked: Asked) -> None:
    keys = in_order(asked)
    assert len(keys) > 1
    page = asked.open()
    assert [key for key in keys if asked.listed("Bekliyor", key) not in page] == []
    for key in keys[:-1]:
        asked.changes[key](asked.cast)
    page = asked.open()
    assert [key for key in keys[:-1] if asked.listed("Düzeltildi", key) not in page] == []
    asked.send()
    assert not asked.is_sent, f"before {keys[-1]} was touched"
    asked.changes[keys[-1]](asked.cast)
    asked.send()
    assert asked.is_sent
    assert not Remark.objects.filter(settled_at=None).exists()


def test_each_item_may_be_answered_instead_and_support_read_it(asked: Asked) -> None:
    remarks = list(Remark.objects.filter(settled_at=None).exclude(by_iys=True))
    assert len(remarks) == len(asked.labels)
    for number, remark in enumerate(remarks):
        if number == len(remarks) - 1:
            asked.send()
            assert not asked.is_sent, f"before {remark.field} was answered"
        asked.cast.answer("answer_remark", remark.pk, answer=f"Olduğu gibi kalsın, {number}")
    page = asked.open()
    assert [key for key in asked.labels if asked.listed("Yanıtlandı", key) not in page] == []
    asked.send()
    assert asked.is_sent
    page_of_support = Support(asked.cast.now()).page()
    for number, remark in enumerate(remarks):
        assert f"Olduğu gibi kalsın, {number}" in page_of_support, remark.field
        assert f"{asked.labels[remark.field]} {remark.text}" in page_of_support
    pack: Any = history(asked.cast.now())
    packed = {text: (label, answer) for label, _remark, text, answer in pack["remarks"]}
    for number, remark in enumerate(remarks):
        assert packed[remark.text] == (asked.labels[remark.field], f"Olduğu gibi kalsın, {number}")


def test_each_item_leads_to_where_it_is_changed(asked: Asked) -> None:
    """By its name; where it leads stands on the page that comes."""
    page = asked.open()
    for key, label in asked.labels.items():
        path, _hash, place = page.links[label].partition("#")
        browser = asked.cast.browsers["owner"]
        answer = browser.get(path or reverse(f"onboarding:{asked.page}"), follow=True)
        assert answer.status_code == 200
        assert not place or f'id="{place}"' in answer.content.decode(), (key, page.links[label])


def test_no_remark_is_said_twice_on_a_screen(asked: Asked) -> None:
    for name in ("board", asked.page, asked.step.key):
        said = asked.cast.open(name).words.partition("Yazışmalar")[0]
        for key, label in asked.labels.items():
            assert said.count(asked.text(key)) <= 1, f"{name}: {label}"
    board = asked.cast.open("board").words
    assert [label for key, label in asked.labels.items() if f"{label}: {asked.text(key)}" not in board] == []


def test_what_was_asked_of_a_channel_that_is_left_is_asked_no_more() -> None:
    left = Applied(Cast()).cast
    left.send("channel", channel="manual")
    assert not Remark.objects.filter(settled_at=None).exists()
    assert "Lütfen bakın" not in left.open("board").words.partition("Yazışmalar")[0]


def test_a_page_of_the_data_asks_the_database_nothing_twice() -> None:
    """However many pages and corrections there are, of each of which it says whether it is done."""
    cast = Asked(Cast()).cast
    cast.browsers.open_all()
    with CaptureQueriesContext(connection) as queries:
        cast.open("dossier_page", "firma")
    times = Counter(each["sql"] for each in queries)
    assert [sql for sql in times if times[sql] > 1] == []
