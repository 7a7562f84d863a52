"""A number of another firm stops where it is typed: a choice for the company, a mark for support, and no firm
becomes another."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from onboarding.models import Attention, AttentionKind
from tenancy.models import Company
from tests.onboarding.attention.test_marks import queue
from tests.registry.test_lookup import registry, says
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn, vkn
from tests.scenarios.ladder import IDENTITY
from tests.scenarios.online import Online

pytestmark = pytest.mark.django_db
OTHER = vkn(902)
KNOWN_OF_A_FIRM = ("trade_name", "tax_number", "mersis_number", "tax_office", "province", "district", "address")
SAYS = {
    "signatory_matches": True,
    "trade_name": "Öteki Kıyı Gıda Limited Şirketi",
    "tax_office": "Kadıköy",
    "province": "İstanbul",
    "district": "Kadıköy",
    "address": "Öteki Sokak No: 1",
    "signatory_name": "Öteki Kişi",
}


@pytest.fixture
def manual() -> Cast:
    cast = Cast()
    cast.manual()
    cast.send("mersis_question", has_mersis="evet")
    return cast


def known(cast: Cast) -> dict[str, object]:
    return dict(Company.objects.filter(pk=cast.company.pk).values(*KNOWN_OF_A_FIRM).get())


def typed(cast: Cast, **data: str) -> Screen:
    return cast.write(**data)


def query(cast: Cast, mersis: str, status: int = 200, **more: object) -> Screen:
    with registry(says(status, {**SAYS, **more})):
        return cast.press("query", "query", mersis_number=mersis, identity=IDENTITY)


Typing = Callable[[Cast], Screen]
ASKED_ABOUT: dict[str, Typing] = {
    "the registry says whose it is": lambda cast: query(cast, f"{IDENTITY}00001", tax_number=OTHER),
    "the number says it by itself": lambda cast: query(cast, f"0{OTHER}00001", tax_number=OTHER),
    "the registry is away": lambda cast: query(cast, f"0{OTHER}00001", 503),
}
WRITTEN: dict[str, Typing] = {
    "tax number": lambda cast: typed(cast, tax_number=OTHER),
    "a person's tax number": lambda cast: typed(cast, tax_number=tckn(77)),
    "MERSİS number": lambda cast: typed(cast, mersis_number=f"0{OTHER}00001"),
}


def stopped(cast: Cast, type_it: Typing) -> Attention:
    """What is shown and kept of it, and that a second time is the same mark."""
    before = known(cast)
    page = type_it(cast)
    assert page.status == 422
    assert "Bu numara başka bir firmaya ait görünüyor" in page
    ways = {"Numarayı yanlış yazdım", "Bu, başka bir firmam", "İkisi de değil, bize yazmak istiyorum"}
    assert ways <= set(page.links)
    assert page.links["Bu, başka bir firmam"] == reverse("team:company_new")
    assert page.links["Numarayı yanlış yazdım"].startswith("#id_")
    assert known(cast) == before
    type_it(cast)
    mark = Attention.objects.get()
    assert (mark.kind, mark.settled_at) == (AttentionKind.OTHER_FIRM, None)
    assert "Başka bir firmanın numarası yazıldı" in queue()
    # Who typed it was told on the spot.
    assert "Başka bir firmanın numarası yazıldı" not in cast.open("board")
    return mark


@pytest.mark.parametrize("way", ASKED_ABOUT)
def test_a_query_for_another_firm_stops(online: Online, way: str) -> None:
    mark = stopped(online, ASKED_ABOUT[way])
    assert OTHER in mark.text
    assert online.here == "query"
    assert {answer.outcome for answer in online.now().registry_answers.all()} == {"other_firm"}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_form_with_another_firms_number_stops(manual: Cast, way: str) -> None:
    mark = stopped(manual, WRITTEN[way])
    assert manual.company.tax_number in mark.text
    assert tckn(77) not in mark.text, "a person's number is masked for support too"
    assert manual.state(mark.record.definition) == "draft"


@pytest.mark.parametrize("field", ["tax_number", "mersis_number"])
def test_a_slip_of_the_finger_is_no_other_firm(manual: Cast, field: str) -> None:
    slip = OTHER[:-1] + str((int(OTHER[-1]) + 1) % 10)
    page = typed(manual, **{field: slip if field == "tax_number" else f"0{slip}00001"})
    assert page.status == 422
    assert "başka bir firmaya ait" not in page
    assert not Attention.objects.exists()


def test_the_own_numbers_go_on(online: Online) -> None:
    page = query(online, f"0{online.company.tax_number}00001", tax_number=online.company.tax_number)
    assert page.status == 200
    assert online.here == "form"
    assert not Attention.objects.exists()


def test_who_corrects_a_query_leaves_support_nothing_to_ask(online: Online) -> None:
    stopped(online, ASKED_ABOUT["the number says it by itself"])
    query(online, f"0{online.company.tax_number}00001", tax_number=online.company.tax_number)
    assert Attention.objects.get().note == "Firma ardından kendi numarasını yazdı."
    assert "Başka bir firmanın numarası yazıldı" not in queue()


def test_who_corrects_a_form_leaves_support_nothing_to_ask(manual: Cast) -> None:
    mark = stopped(manual, WRITTEN["MERSİS number"])
    typed(manual, mersis_number=f"0{manual.company.tax_number}00001")
    mark.refresh_from_db()
    assert mark.settled_at is not None
    assert "Başka bir firmanın numarası yazıldı" not in queue()
