"""Whoever has a paper to print and holds a telephone is told where to go on."""

import pytest

from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
ELSEWHERE = "Telefondan yazdıramıyorsanız bilgisayarda testserver adresine"


def test_the_undertaking_and_the_assignment_form_say_so() -> None:
    cast = Cast()
    cast.manual()
    cast.fill_in()
    assert ELSEWHERE in cast.open("pre_application")
    cast.preparing()
    assert ELSEWHERE in cast.open("partner_assignment")
