"""Numbers and names as people really type them, on the screens that ask for them."""

import pytest

from identifiers import iys
from onboarding.models import PackageChoice
from tests.onboarding.views.test_package import counts
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
TOO_MANY = "Bu sayı çok büyük: en çok 100.000.000 yazabilirsiniz."


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.choosing()
    return cast


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 8 000 ", 8_000),
        ("8\u00a0000", 8_000),
        ("8.000", 8_000),
        ("08000", 8_000),
        ("0", 0),
        ("100.000.000", 10**8),
    ],
)
def test_what_is_meant_is_kept(cast: Cast, typed: str, kept: int) -> None:
    cast.send("choose_package", **counts(email=typed))
    assert PackageChoice.objects.get(application=cast.application).email_addresses == kept


@pytest.mark.parametrize("typed", ["1000000000000", "1.000.000.000.000", "9" * 30, "100000001"])
def test_more_than_there_are_people_is_said_as_a_sentence(cast: Cast, typed: str) -> None:
    page = cast.send("choose_package", **counts(1, 0, typed))
    assert page.status == 422
    assert TOO_MANY in page
    assert page.fields["email_addresses"] == typed
    assert not PackageChoice.objects.exists()


@pytest.mark.parametrize("typed", ["8,5", "-1", "٨٠٠٠", "8.00", "²", "1_000", "1" * 31])
def test_what_is_no_number_is_asked_for_again(cast: Cast, typed: str) -> None:
    page = cast.send("choose_package", **counts(1, 0, typed))
    assert page.status == 422
    assert "Yalnızca rakamla bir sayı yazın" in page
    assert page.fields["email_addresses"] == typed


@pytest.mark.parametrize(
    ("typed", "name"),
    [("IŞIL ISIRGAN", "IŞIL ISIRGAN"), ("İnci Çiğ Köfte", "İnci Çiğ Köfte"), ("ığdır süt", "Iğdır Süt")],
)
def test_a_name_keeps_its_dots(typed: str, name: str) -> None:
    cast = Cast()
    cast.write(signatory_name=typed, signatory_email="ada@mavideniz.example", signatory_mobile="0555 010 20 30")
    assert cast.now().application_form.signatory_name == name


@pytest.mark.parametrize(
    ("province", "district", "kept"),
    [
        ("ISPARTA", "merkez", ("Isparta", "Merkez")),
        ("IZMIR", "BORNOVA", ("İzmir", "Bornova")),
        ("ızmır", "bornova ", ("İzmir", "Bornova")),
        ("I\u0307ZMI\u0307R", "Bornova", ("İzmir", "Bornova")),
        ("istanbul", "eyup", ("İstanbul", "Eyüpsultan")),
        ("Iğdır", "IĞDIR", ("Iğdır", "Merkez")),
        ("Ş.Urfa", "HALILIYE", ("Şanlıurfa", "Haliliye")),
    ],
)
def test_a_place_is_found_however_its_letters_are_cased(
    province: str, district: str, kept: tuple[str, str]
) -> None:
    cast = Cast()
    cast.write(province=province, district=district)
    cast.company.refresh_from_db()
    assert (cast.company.province, cast.company.district) == kept


@pytest.mark.parametrize("typed", ["710 482", "710.482", " 710482", "７１０４８２"])
def test_an_iys_code_is_read_as_it_is_copied(typed: str) -> None:
    assert iys.clean_code(typed) == "710482"
