"""What is handed in is receipted by mail on every channel; so is the end, in words that are true for the way."""

from collections.abc import Callable

import pytest

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from onboarding.gate import Route
from onboarding.models import DeclarationKind
from onboarding.steps import PANEL_SETTINGS
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db


def manual(cast: Cast) -> None:
    cast.submitted()


def applied(cast: Cast) -> None:
    cast.send("channel", channel="applied")
    shown = {**cast.open("evidence").fields, "iys_application_number": "MX3ZB5JA"}
    cast.send("evidence", **shown, file=upload(blank_pdf(), "onay.pdf"))


def assignment(cast: Cast) -> None:
    cast.preparing()
    cast.form_handed_in()
    cast.press("review_assignment", "review_assignment")


@pytest.mark.parametrize("hand_in", [manual, applied, assignment])
def test_what_was_handed_in_is_receipted(hand_in: Callable[[Cast], None]) -> None:
    cast = Cast()
    hand_in(cast)
    letter = Letter.objects.filter(audience=Audience.COMPANY, subject__contains="aldık (").latest("created_at")
    assert cast.people["owner"].email in letter.to
    body = body_of(letter)
    for said in (body.text, body.html):
        assert cast.application.reference in said
        assert "inceliyor" in said
        assert "Sonra ne olacak?" in said
        assert "/basvuru/" in said, "and leads back"


def declare(cast: Cast, kind: str) -> None:
    cast.press("panel_settings", "panel_settings", kind=kind, correct="on", exemption_basis="Dernek 34-1")


@pytest.mark.parametrize(
    ("route", "kind"), [(Route.EXEMPT, DeclarationKind.EXEMPT), (Route.SELF_MANAGED, DeclarationKind.SELF_MANAGED)]
)
def test_a_declaration_alone_is_no_registration(route: Route, kind: DeclarationKind) -> None:
    cast = Cast(route)
    declare(cast, kind)
    assert cast.state(PANEL_SETTINGS) == "saved"
    for page in ("board", "panel_settings", "summary"):
        shown = cast.open(page)
        assert "Beyanınız kaydedildi" in shown
        assert "kaydınız tamamlandı" not in shown
    letter = Letter.objects.get(audience=Audience.COMPANY)
    assert letter.subject == "Beyanınız kaydedildi"
    assert "kayıt yapılmadı" in body_of(letter).text
    declare(cast, kind)
    assert Letter.objects.filter(audience=Audience.COMPANY).count() == 1


def test_the_end_of_the_six_steps_is_told_by_mail() -> None:
    cast = Cast()
    cast.finished()
    assert "İYS kaydınız tamamlandı; iki işiniz kaldı" in cast.open("board")
    letter = Letter.objects.filter(audience=Audience.COMPANY).latest("created_at")
    assert letter.subject == "İYS kaydınız tamamlandı"
    assert cast.code in body_of(letter).text
    assert "Mutabakat Yönetimi" in body_of(letter).text
    assert "/basvuru/ozet/" in body_of(letter).text
