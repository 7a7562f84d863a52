import pytest

from identifiers import Refused, places, turkish


def test_all_provinces_and_districts_are_there() -> None:
    assert len(places.PROVINCES) == 81
    assert sum(map(len, places.PROVINCES.values())) == 973
    assert {"Bornova", "Çiğli"} <= set(places.PROVINCES["İzmir"])


def test_provinces_stand_in_the_order_of_the_turkish_alphabet() -> None:
    alphabet = "abcçdefgğhıijklmnoöprsştuüvyz"
    names = [[alphabet.index(letter) for letter in turkish.lower(name)] for name in places.PROVINCES]
    assert names == sorted(names)


def test_every_place_is_found_however_it_is_cased() -> None:
    for province, districts in places.PROVINCES.items():
        for district in districts:
            assert places.clean(turkish.upper(province), turkish.lower(district)) == (province, district)


@pytest.mark.parametrize(
    ("province", "district", "says"),
    [
        ("İzmir", "Kadıköy", "İzmir ilinde “Kadıköy” adında bir ilçe yok"),
        ("Atlantis", "Merkez", "“Atlantis” adında bir il yok"),
        ("", "", "adında bir il yok"),
        ("İzmir", "", "adında bir ilçe yok"),
    ],
)
def test_a_district_belongs_to_its_province(province: str, district: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        places.clean(province, district)
