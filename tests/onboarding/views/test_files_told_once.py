"""Which files may be chosen is said once for the papers of a list, and each field is described by it."""

import re

import pytest
from django.urls import reverse

from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_papers_of_a_dossier_share_one_hint() -> None:
    cast = Cast()
    cast.manual()
    cast.fill_in()
    page = cast.browsers["owner"].get(reverse("onboarding:pre_application")).content.decode()
    fields = re.findall(
        r'<input type="file"\s+name="file"\s+id="[^"]+"\s+accept="[^"]+"\s+aria-describedby="([^"]+)"', page
    )
    assert len(fields) > 1
    assert set(fields) == {"dosya-turleri"}
    assert page.count("Birden çok fotoğraf seçerseniz tek PDF yaparız") == 1
    assert page.count('id="dosya-turleri"') == 1
