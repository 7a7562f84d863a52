"""Corrections asked for on the case's own page: which fields and documents have the button, and what is sent."""

import json
import re

import pytest

from onboarding.models import Application, KeptPhrase, PhraseUse, Remark
from onboarding.steps import PRE_APPLICATION
from tests.onboarding.admin.test_corrections import told
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import CORRESPONDENCE, Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return submitted()


def asked_here(support: Support) -> dict[str, str]:
    """The keys that have the button, each with where it leads without script."""
    page = support.open().content.decode()
    return dict(re.findall(r'data-ask="([^"]+)" data-label="[^"]+" href="([^"]+)"', page))


def test_every_field_and_document_of_the_list_has_its_button_and_leads_to_its_field_there(
    application: Application,
) -> None:
    support = Support(application)
    listed = support.open("ask_changes", PRE_APPLICATION.key).content.decode()
    fields = set(re.findall(r'<input type="text" name="([^"]+)"', listed))
    found = asked_here(support)
    assert set(found) == fields
    assert {"trade_name", "signature_circular", "brands", "together"} <= set(found)
    path = support.url("ask_changes", PRE_APPLICATION.key)
    assert found["trade_name"] == f"{path}#id_trade_name"
    assert 'id="id_trade_name"' in listed


def test_what_the_bar_sends_is_asked_for_in_one_go(application: Application) -> None:
    support = Support(application)
    page = support.open().content.decode()
    bar = re.search(r'<form method="post" id="corrections".*?</form>', page, re.DOTALL)
    assert bar
    assert f'action="{support.url("ask_changes", PRE_APPLICATION.key)}" hidden' in bar[0]
    version = re.search(r'name="expected_version" value="(\d+)"', bar[0])
    assert version
    support.send(
        "ask_changes",
        PRE_APPLICATION.key,
        expected_version=version[1],
        trade_name="Unvan sicildeki gibi olmalı",
        open_trade_name="on",
        signature_circular="Okunmuyor",
        open_signature_circular="on",
        keep="on",
    )
    assert support.state(PRE_APPLICATION) == "changes_asked"
    remarks = set(Remark.objects.values_list("field", "text"))
    assert remarks == {("trade_name", "Unvan sicildeki gibi olmalı"), ("signature_circular", "Okunmuyor")}
    assert KeptPhrase.objects.filter(use=PhraseUse.CHANGES).count() == 2
    assert asked_here(support) == {}, "once it is with the company there is nothing to be asked for"


def test_kept_phrases_are_offered_while_one_types(application: Application) -> None:
    KeptPhrase.objects.create(
        partner=application.company.partner, use=PhraseUse.CHANGES, text="Belgeniz okunmuyor."
    )
    KeptPhrase.objects.create(partner=application.company.partner, use=PhraseUse.REJECT, text="Firma kapanmış.")
    page = Support(application).open().content.decode()
    [offered] = re.findall(r'<datalist id="kept-phrases">(.*?)</datalist>', page, re.DOTALL)
    assert re.findall(r'value="([^"]*)"', offered) == ["Belgeniz okunmuyor."]


def test_iyss_words_are_the_reason_to_begin_with() -> None:
    support = Support(at_iys())
    told(support, "Web sitesi adresi açılmıyor.")
    page = support.open().content.decode()
    [suggested] = re.findall(r'<script id="suggested-remarks" type="application/json">(.*?)</script>', page)
    assert json.loads(suggested) == {"website": "Web sitesi adresi açılmıyor."}


def test_who_may_not_review_has_no_such_button(application: Application) -> None:
    assert asked_here(Support(application, *CORRESPONDENCE)) == {}


def test_a_closed_step_has_none() -> None:
    assert asked_here(Support(at_iys())) == {}
