"""The progress in words: each page of a step's way says which part of how many it is."""

import re

import pytest
from django.conf import settings

from onboarding.models import StepRecord
from onboarding.overview.progress import progress
from onboarding.steps import STEPS
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


def words(cast: Cast, path: str) -> str:
    found = progress(cast.now(), f"/basvuru/{path}")
    return f"{found.number}/{found.total} · {found.title}" if found else ""


def put(cast: Cast, step: str, state: str) -> None:
    StepRecord.objects.filter(application=cast.application, step=step).update(state=state)


def on(cast: Cast, channel: str, state: str) -> None:
    form = cast.now().application_form
    form.channel = channel
    form.save()
    put(cast, "pre_application", state)


@pytest.mark.parametrize(
    ("channel", "state", "path", "said"),
    [
        ("manual", "draft", "adim/1/mersis/", "1/5 · Başvuru yolu"),
        ("manual", "draft", "adim/1/bilgiler/", "2/5 · Başvuru bilgileri"),
        ("manual", "draft", "adim/1/bilgiler/iletisim/", "2/5 · Başvuru bilgileri"),
        ("manual", "draft", "adim/1/", "3/5 · Belge yükleme"),
        ("manual", "draft", "adim/1/gozden-gecir/", "4/5 · Gözden geçirme"),
        ("manual", "submitted", "adim/1/", "5/5 · İnceleme"),
        ("manual", "sent", "adim/1/", "5/5 · Tamamlandı"),
        ("online", "email_code", "adim/1/e-posta/", "1/8 · E-posta Doğrulama"),
        ("online", "query", "adim/1/sorgu/", "2/8 · Sorgulama"),
        ("online", "form", "adim/1/bilgiler/", "3/8 · Ön Başvuru Formu"),
        ("online", "form", "adim/1/telefon/", "3/8 · Ön Başvuru Formu"),
        ("online", "signing", "adim/1/imza/", "4/8 · Belge Yükleme"),
        ("online", "signing", "adim/1/gozden-gecir/", "5/8 · Onaylama"),
        ("online", "reviewing", "adim/1/", "6/8 · İnceleme"),
        ("online", "info_entry", "adim/1/bilgi-girisi/", "7/8 · Bilgi girişi"),
        ("online", "info_entry", "adim/1/istatistik/", "7/8 · Bilgi girişi"),
        ("online", "final_review", "adim/1/", "8/8 · Son kontrol"),
        ("online", "sending", "adim/1/", "8/8 · Son kontrol"),
        ("online", "returned", "adim/1/imza/", "6/8 · Düzeltme"),
        ("manual", "changes_asked", "adim/1/bilgiler/", "5/5 · Düzeltme"),
        ("applied", "evidence", "adim/1/basvurulmus/", "2/3 · Başvurunuzu bildirin"),
    ],
)
def test_of_step_1_by_channel_and_page(channel: str, state: str, path: str, said: str) -> None:
    cast = Cast()
    on(cast, channel, state)
    assert words(cast, path) == said


def test_nobody_who_goes_on_reads_less_than_before() -> None:
    """Online, from the first page to the letter to İYS, by the pages that come one after the other."""
    cast, read = Cast(), []
    for state, path in (
        ("email_code", "e-posta/"),
        ("query", "sorgu/"),
        ("form", "bilgiler/"),
        ("form", "telefon/"),
        ("signing", "imza/"),
        ("signing", "gozden-gecir/"),
        ("reviewing", ""),
        ("returned", "imza/"),
        ("reviewing", ""),
        ("info_entry", "bilgi-girisi/"),
        ("final_review", ""),
        ("sending", ""),
        ("sent", ""),
    ):
        on(cast, "online", state)
        found = progress(cast.now(), f"/basvuru/adim/1/{path}")
        assert found is not None
        read.append(found.gone)
    assert read == sorted(read)
    assert read[0] == 0
    assert read[-2] < read[-1] == 1, "the bar is full where the step is done, and not before"


@pytest.mark.parametrize(
    ("step", "state", "path", "said"),
    [
        ("status_query", "correcting", "adim/2/", "2/3 · Düzeltme"),
        # What İYS wants corrected is written on the pages of step 1, which is done.
        ("status_query", "correcting", "adim/1/bilgiler/iletisim/", "2/3 · Düzeltme"),
        ("status_query", "correcting", "adim/1/imza/", "2/3 · Düzeltme"),
        ("status_query", "changes_asked", "adim/2/", "2/3 · İYS'nin incelemesi"),
        ("code_receipt", "read", "adim/3/", "2/2 · Kodların onaylanması"),
        ("package_contract", "choosing", "adim/4/sec/", "1/5 · Paket seçimi"),
        ("package_contract", "offered", "adim/4/sozlesme/", "3/5 · Teklif ve sözleşme"),
        ("package_contract", "offered", "belgeler/bilgiler/sales_contract/", "3/5 · Teklif ve sözleşme"),
        ("package_contract", "accepted", "adim/4/", "4/5 · Ödeme"),
        ("partner_assignment", "preparing", "adim/5/", "1/4 · Atama formu"),
        ("partner_assignment", "preparing", "adim/5/gozden-gecir/", "2/4 · Gözden geçirme"),
        ("partner_assignment", "sent", "adim/5/", "4/4 · İYS'nin yanıtı"),
        ("partner_assignment", "panel", "adim/5/", "1/2 · İYS panelinde atama"),
        ("partner_assignment", "claimed", "adim/5/", "2/2 · Doğrulama"),
    ],
)
def test_of_the_later_steps(step: str, state: str, path: str, said: str) -> None:
    cast = Cast()
    put(cast, step, state)
    assert words(cast, path) == said


@pytest.mark.parametrize("path", ["", "yazismalar/", "belgeler/", "yol/", "adim/9/", "adim/x/"])
def test_a_page_of_no_step_has_none(path: str) -> None:
    assert words(Cast(), path) == ""


def test_each_state_of_each_step_has_a_place() -> None:
    """A state that a table of parts forgets must not fall out of its row."""
    cast = Cast()
    for channel in ("manual", "online", "applied"):
        for step in STEPS:
            for state in step.turns:
                on(cast, channel, state if step.key == "pre_application" else "sent")
                put(cast, step.key, state)
                found = progress(cast.now(), f"/basvuru/adim/{step.number}/")
                assert found is not None
                assert 1 <= found.number <= found.total, (channel, step.key, state)


def test_the_words_stand_on_the_pages() -> None:
    cast = Cast()
    assert "Adım 1/6 · Başvuru bilgileri" in cast.send("mersis_question", has_mersis="evet")
    cast.fill_in()
    assert "Adım 1/6 · Belge yükleme" in cast.open("pre_application")
    assert "Adım 1/6 · Gözden geçirme" in cast.open("review")


@pytest.mark.parametrize(("state", "page"), [("evidence", "evidence"), ("evidence_review", "pre_application")])
def test_whoever_has_applied_already_is_shown_one_way_and_not_the_guides_too(state: str, page: str) -> None:
    """The four stages of the guide were passed at İYS's own site; beside the three parts they said otherwise."""
    cast = Cast()
    on(cast, "applied", state)
    shown = cast.open(page)
    assert "Adım 1/6 · " in shown
    assert [words for words in ("/3", "Bilgi Girişi") if words in shown] == []


# Each count of a company's screens has a word of its own, so that none is taken for another:
# "adım" the six steps, "soru" those that find the way, "tur" the rounds of corrections.
def test_no_heading_of_a_screen_counts_without_saying_what() -> None:
    """What is numbered beside "Adım 1/6" without a word would be read as a step."""
    bare = re.compile(
        r"<(h[1-6]|legend|summary|strong)[^>]*>\s*(\d+|\{\{[^}]*(number|counter)[^}]*\}\})[./](?! (adım|soru|tur))"
    )
    pages = [page for page in (settings.BASE_DIR / "templates").rglob("*.html") if "admin" not in page.parts]
    counting = {page.name: found[0] for page in pages if (found := bare.search(page.read_text()))}
    assert counting == {}
