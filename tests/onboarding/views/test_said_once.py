"""A page on which one waits says each thing once: what it is, who has it, what comes next, where we write."""

import pytest

from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db

LANDING = "Başvurunuzu aldık."


def test_that_the_application_has_arrived_is_said_once() -> None:
    cast = Cast()
    cast.ready()
    page = cast.press("review", "submit")
    assert page.words.count("aldık") == 1
    assert LANDING in page
    assert "Başvurunuz alındı" not in page


def test_when_the_undertaking_is_sent_is_said_by_its_card_alone() -> None:
    cast = Cast()
    cast.submitted()
    page = cast.open("pre_application")
    assert page.words.count("zamanını e-postayla yazarız") == 1
    assert page.words.count("kargola") == 2, "its heading and its sentence"


def test_that_one_is_written_to_is_said_in_its_own_place() -> None:
    cast = Cast()
    cast.submitted()
    assert cast.open("pre_application").words.count("size yazarız") == 0
    assert cast.open("pre_application").words.count("adresinize yazarız") == 1
    cast = Cast()
    cast.form_sent()
    page = cast.open("partner_assignment")
    assert "haber vereceğiz" not in page
    assert page.words.count("adresinize yazarız") == 1
    assert page.words.count("Yanıt gel") == 0
