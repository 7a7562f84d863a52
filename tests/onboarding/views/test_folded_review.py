"""The review in a round of corrections: what was not asked for is folded away, for whoever looks."""

import re

import pytest
from django.urls import reverse

from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from tests.scenarios.browser import shown
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db


def asked(*remarks: tuple[str, str]) -> Cast:
    cast = Cast()
    cast.submitted()
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    return cast


def halves(cast: Cast, name: str, role: str = "owner") -> tuple[str, str]:
    """What a page shows at once, and what is folded in it."""
    page = cast.browsers[role].get(reverse(f"onboarding:{name}")).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    folded = re.findall(r"<details.*?</details>", main, re.DOTALL)
    return shown(re.sub(r"<details.*?</details>", " ", main, flags=re.DOTALL)), shown(" ".join(folded))


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_what_was_asked_for_is_open_and_the_rest_is_folded(role: str) -> None:
    cast = asked(("website", "Açılmıyor"), ("signature_circular", "Okunmuyor"))
    open_, folded = halves(cast, "review", role)
    for words in ("Web Sitesi", "İmza sirküleri"):
        assert words in open_, words
    for words in ("Ticaret Unvanı", "Vergi Dairesi", "KEP Adresi"):
        assert words in folded, words
        assert words not in open_, words
    assert "Düzeltilmesi istenmeyen bilgiler (16)" in folded


def test_everything_is_open_where_all_may_be_changed() -> None:
    cast = Cast()
    cast.ready()
    open_, folded = halves(cast, "review")
    for words in ("Web Sitesi", "Ticaret Unvanı", "İmza sirküleri", "KEP Adresi"):
        assert words in open_, words
    assert "Düzeltilmesi istenmeyen" not in folded
    assert open_.index("KEP Adresi") < open_.index("Kurumsal E-Posta"), "as where it is filled in"
    assert "Marka adları Yazılmadı" in open_


def test_once_all_is_corrected_the_page_begins_with_what_is_left() -> None:
    cast = asked(("website", "Açılmıyor"))
    open_, _folded = halves(cast, "pre_application")
    assert "Düzeltmeniz istendi" in open_
    assert "İstenenlerin hepsi" not in open_
    remark = cast.now().remarks.get()
    cast.send("answer_remark", remark.pk, answer="Adres doğru, dün açılmamış.")
    for role, head in (("owner", "gözden geçirip gönderin"), ("editor", "gönderilmesi bekleniyor")):
        open_, _folded = halves(cast, "pre_application", role)
        assert f"Her şey hazır, {head} Gözden geçir" in open_, role
        assert "İstenenlerin hepsi düzeltildi ya da yanıtlandı" in open_
        for words in ("Düzeltmeniz istendi", "Aşağıda yazanları düzeltin", "Düzeltilecekler"):
            assert words not in open_, (role, words)


def test_what_is_left_besides_the_corrections_is_not_called_one() -> None:
    cast = asked(("website", "Açılmıyor"))
    cast.write(website="https://yeni.example")
    open_, _folded = halves(cast, "pre_application")
    assert "İstenenler tamam; geriye aşağıda kalan iş var." in open_
    assert "Aşağıda yazanları düzeltin" not in open_
    assert "yeniden imzala" in open_
