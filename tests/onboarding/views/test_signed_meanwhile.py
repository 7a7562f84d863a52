"""Several sign one paper, from several places at once: what comes lacks no signature that is there already."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from documents.storage import read
from onboarding.actions.pre_application import submission
from onboarding.dossier import e_signed, papers, signature_checks
from onboarding.models import Application, CoSignatory, DocumentKind, HandOff
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.onboarding.views.test_signed_by_link import by_link, newest_link
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import SIGNATORY, Online
from tests.scenarios.papers import upload

pytestmark = pytest.mark.django_db
EGE, SU = ("Ege Yalın", tckn(8)), ("Su Yalın", tckn(9))
FRESH = "Güncel dosyayı indir"


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Online]:
    """Two sign the undertaking together."""
    company = Online(authority, trust)
    with company.settings:
        company.fill()
        company.send("co_signatories", name=EGE[0], identity=EGE[1])
        company.paper()
        yield company


def link_to(cast: Cast, email: str) -> str:
    cast.send("hand_off", email=email)
    return newest_link()


def of(cast: Online, name: str, identity: str, pdf: bytes = b"") -> bytes:
    return cast.signed(name=name, identity=identity, pdf=pdf)


def there(application: Application) -> bytes:
    """What has come back so far."""
    found = e_signed.to_sign(application, e_signed.UNDERTAKING)
    assert found is not None
    return read(found)


def test_of_two_links_the_second_brings_the_first_ones_signature_as_well(cast: Online) -> None:
    first, second = link_to(cast, "ege@baska.example"), link_to(cast, "ada@baska.example")
    eges = of(cast, *EGE)
    assert "Taahhütname alındı" in by_link(first, eges)
    page = by_link(second, cast.signed())
    assert page.status == 422
    assert f"{EGE[0]} bu arada imzaladı" in page
    assert "henüz imzalamamış" not in page, "who has signed is not asked for a signature"
    assert there(cast.now()) == eges
    current = Client().get(page.links[FRESH])
    assert current.content == eges
    assert "Taahhütname alındı" in by_link(second, cast.signed(pdf=current.content))
    assert "Her şey hazır" in cast.open("board")


def test_of_three_who_sign_together_exactly_those_are_named_who_lack(cast: Online) -> None:
    cast.send("co_signatories", name=SU[0], identity=SU[1])
    cast.paper()
    two = of(cast, *EGE, cast.signed())
    cast.send("sign", file=upload(two))
    page = cast.send("sign", file=upload(of(cast, *SU, cast.signed())))
    assert (page.status, f"{EGE[0]} bu arada imzaladı" in page) == (422, True)
    page = cast.send("sign", file=upload(of(cast, *SU)))
    assert f"{SIGNATORY} ve {EGE[0]} bu arada imzaladı" in page
    assert there(cast.now()) == two
    assert "kabul edildi" in cast.send("sign", file=upload(of(cast, *SU, two)))


def test_a_file_without_a_new_signature_leaves_the_link_open(cast: Online) -> None:
    first, second = link_to(cast, "ege@baska.example"), link_to(cast, "ada@baska.example")
    eges = of(cast, *EGE)
    by_link(first, eges)
    for brought, says in ((eges, "yeni bir imza yok"), (read(cast.paper()), "imzalanmamış")):
        page = by_link(second, brought)
        assert (page.status, says in page) == (422, True)
        assert there(cast.now()) == eges
    assert HandOff.objects.get(email="ada@baska.example").used_at is None


def test_a_file_that_was_signed_twice_by_one_person_counts_once(cast: Online) -> None:
    twice = cast.signed(pdf=cast.signed())
    assert "İmza denetlendi ve alındı" in cast.send("sign", file=upload(twice))
    assert f"{EGE[0]}: imzası bekleniyor" in cast.open("sign")
    assert "kabul edildi" in cast.send("sign", file=upload(of(cast, *EGE, cast.signed())))


def test_the_companys_own_upload_is_refused_too_with_the_file_that_is_there(cast: Online) -> None:
    eges = of(cast, *EGE)
    by_link(link_to(cast, "ege@baska.example"), eges)
    answer = cast.browsers["editor"].post(
        reverse("onboarding:sign"), {"file": upload(cast.signed())}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert answer.status_code == 422
    assert f"{EGE[0]} bu arada imzaladı" in answer.json()["details"]
    assert FRESH in answer.json()["details"]
    page = cast.send("sign", role="editor", file=upload(cast.signed()))
    current = cast.browsers["editor"].get(page.links[FRESH], follow=True)
    assert current.content == eges


def test_a_file_that_was_checked_while_another_came_is_weighed_against_that_one(
    cast: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checking takes a while, and asks over the network."""
    made, eges = signature_checks.made, of(cast, *EGE)
    cast.open("sign", role="editor")  # nobody signs in within another's request

    def slowly(*args: object) -> object:
        monkeypatch.setattr(signature_checks, "made", made)
        cast.send("sign", role="editor", file=upload(eges))
        return made(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(signature_checks, "made", slowly)
    page = cast.send("sign", file=upload(cast.signed()))
    assert f"{EGE[0]} bu arada imzaladı" in page
    assert there(cast.now()) == eges


def test_who_signs_no_more_is_not_asked_for(cast: Online) -> None:
    cast.send("sign", file=upload(of(cast, *EGE)))
    cast.send("remove_co_signatory", cast.now().co_signatories.get().pk)
    cast.send("co_signatories", name=SU[0], identity=SU[1])
    assert "İmza denetlendi ve alındı" in cast.send("sign", file=upload(cast.signed()))
    assert f"{SU[0]}: imzası bekleniyor" in cast.open("sign")


def test_a_late_file_takes_nothing_from_a_paper_that_all_have_signed(cast: Online) -> None:
    late = link_to(cast, "ege@baska.example")
    cast.send("sign", file=upload(of(cast, *EGE, cast.signed())))
    page = by_link(late, of(cast, *EGE))
    assert (page.status, "herkes imzaladı" in page) == (422, True)
    assert FRESH not in page.links
    assert "Her şey hazır" in cast.open("board")


def test_a_signature_that_support_asks_for_anew_may_come_one_by_one(cast: Online) -> None:
    cast.send("sign", file=upload(of(cast, *EGE, cast.signed())))
    cast.submit()
    remarks = [(DocumentKind.UNDERTAKING_SIGNED, "Sertifika iptal edilmiş")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    anew = cast.signed()
    assert "İmza denetlendi ve alındı" in cast.send("sign", file=upload(anew))
    assert there(cast.now()) == anew
    assert "kabul edildi" in cast.send("sign", file=upload(of(cast, *EGE, anew)))


def test_the_assignment_form_of_step_5_loses_no_signature_either(authority: Authority, trust: Path) -> None:
    with override_settings(TRUST_DIR=trust):
        cast = Cast()
        cast.preparing()
        CoSignatory.objects.create(application=cast.application, name=EGE[0], identity=EGE[1])
        issued = papers.render(cast.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
        assert issued is not None
        eges, adas = (authority.sign(read(issued), authority.issue(*who)) for who in (EGE, (SIGNATORY, tckn(7))))
        cast.send("hand_off_assignment", email="ege@baska.example", channels=["message", "email"])
        assert "Atama formu alındı" in by_link(newest_link(), eges)
        page: Screen = cast.send("sign_assignment", role="editor", file=upload(adas))
        assert (page.status, f"{EGE[0]} bu arada imzaladı" in page) == (422, True)
        current = cast.browsers["editor"].get(page.links[FRESH], follow=True)
        assert current.content == eges
