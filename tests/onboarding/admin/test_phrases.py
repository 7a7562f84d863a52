"""Sentences that support keeps for the next decision of the same kind."""

import re
from html import unescape

import pytest
from django.urls import reverse

from onboarding.models import KeptPhrase
from onboarding.steps import PRE_APPLICATION
from partners.models import Partner
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db
WHY = "İmza sirkülerinin “noter” sayfası eksik & okunmuyor."


def reject(support: Support, reason: str = WHY, **more: str) -> None:
    version = support.record(PRE_APPLICATION).version
    support.send("move", move="pre_application:reject", reason=reason, expected_version=version, **more)


def offered(support: Support) -> dict[str, str]:
    """The phrases on the page by their words, each with its address."""
    found = re.findall(r'<a href="([^"]*)" data-phrase>([^<]*)</a>', support.open().content.decode())
    return {unescape(text): unescape(href) for href, text in found}


def test_a_reason_is_kept_when_that_is_ticked_and_offered_for_the_next_one() -> None:
    first, second = Support(submitted()), Support(submitted())
    assert offered(second) == {}
    reject(first, keep="1")
    assert list(offered(second)) == [WHY]
    reject(second, keep="1")
    assert KeptPhrase.objects.count() == 1, "once"


def test_nothing_is_kept_unasked_or_of_a_refused_decision() -> None:
    reject(Support(submitted()))
    stale = Support(submitted())
    stale.send("move", move="pre_application:reject", reason=WHY, expected_version=99, keep="1")
    assert not KeptPhrase.objects.exists()


def test_without_script_the_phrase_stands_in_the_reason_to_be_edited() -> None:
    reject(Support(submitted()), keep="1")
    support = Support(submitted())
    page = support.client.get(support.url("change") + offered(support)[WHY].partition("#")[0])
    opened = re.search(r'<details class="apart ends"[^>]* open>.*?</details>', page.content.decode(), re.DOTALL)
    assert opened
    reason = re.search(r"<textarea[^>]*>(.*?)</textarea>", opened[0], re.DOTALL)
    assert reason
    assert unescape(reason[1]) == WHY


def test_each_kind_of_decision_has_its_own() -> None:
    support = Support(submitted())
    support.press(PRE_APPLICATION, "hold", "x")
    support.press(PRE_APPLICATION, "resume")
    version = support.record(PRE_APPLICATION).version
    support.send(
        "move", move="pre_application:hold", reason="Telefon bekleniyor", expected_version=version, keep="1"
    )
    page = Support(submitted()).open().content.decode()
    inside = {
        kind: "Telefon bekleniyor" in each
        for kind, each in re.findall(r'<details class="apart( ends)?"[^>]*>(.*?)</details>', page, re.DOTALL)
    }
    assert inside == {"": True, " ends": False}


def test_remarks_are_kept_too_and_proposed_while_one_writes() -> None:
    support = Support(submitted())
    version = support.record(PRE_APPLICATION).version
    support.send("ask_changes", "pre_application", website="Site açılmıyor", keep="on", expected_version=version)
    assert support.state(PRE_APPLICATION) == "changes_asked"
    page = Support(submitted()).open("ask_changes", "pre_application").content.decode()
    assert '<option value="Site açılmıyor"></option>' in page
    assert page.count('list="kept-phrases"') == 18


def test_another_partner_has_its_own_and_they_are_edited_by_support() -> None:
    support = Support(submitted())
    reject(support, keep="1")
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    theirs = submitted(CompanyFactory.create(partner=elsewhere))
    assert offered(Support(theirs)) == {}
    kept, listed = KeptPhrase.objects.get(), reverse("admin:onboarding_keptphrase_changelist")
    path = reverse("admin:onboarding_keptphrase_change", args=[kept.pk])
    assert WHY not in words(signed_in(colleague(*REVIEW, partner=elsewhere)).get(listed))
    support.client.post(path, {"use": "reject", "text": "Noter sayfası eksik."})
    assert list(offered(Support(submitted()))) == ["Noter sayfası eksik."]
    support.client.post(reverse("admin:onboarding_keptphrase_delete", args=[kept.pk]), {"post": "yes"})
    assert not KeptPhrase.objects.exists()
