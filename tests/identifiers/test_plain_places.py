"""Provinces and districts are found as people type them where a keyboard has no Turkish letters."""

import unicodedata

import pytest

from identifiers import Refused, places

PLAIN = str.maketrans("çğıöşüÇĞİÖŞÜâîû", "cgiosuCGIOSUaiu")


@pytest.mark.parametrize(
    ("province", "district", "meant"),
    [
        ("Ankara", "cankaya", ("Ankara", "Çankaya")),
        ("Istanbul", "Kadikoy", ("İstanbul", "Kadıköy")),
        ("istanbul", "USKUDAR", ("İstanbul", "Üsküdar")),
        ("Urfa", "haliliye", ("Şanlıurfa", "Haliliye")),
        ("Sanliurfa", "Eyyubiye", ("Şanlıurfa", "Eyyübiye")),
        ("İstanbul", "Eyup", ("İstanbul", "Eyüpsultan")),
        ("Ankara", "KAZAN", ("Ankara", "Kahramankazan")),
        ("Canakkale", "Gokceada", ("Çanakkale", "Gökçeada")),
        ("Izmir", "Odemis", ("İzmir", "Ödemiş")),
        ("Ş. Urfa", "Eyyübiye", ("Şanlıurfa", "Eyyübiye")),
        ("K.MARAS", "Onikişubat", ("Kahramanmaraş", "Onikişubat")),
        ("G.Antep", "Şahinbey", ("Gaziantep", "Şahinbey")),
        ("Bursa", "M. Kemalpaşa", ("Bursa", "Mustafakemalpaşa")),
        ("Tekirdağ", "M.Ereglisi", ("Tekirdağ", "Marmaraereğlisi")),
        ("Ankara/", "Çankaya,", ("Ankara", "Çankaya")),
        ("Istanbul", unicodedata.normalize("NFD", "Kadıköy"), ("İstanbul", "Kadıköy")),
    ],
)
def test_what_is_meant_is_found(province: str, district: str, meant: tuple[str, str]) -> None:
    assert places.clean(province, district) == meant


def test_no_two_places_become_one() -> None:
    """Each name of today is found by itself and by its plain letters, and is that place alone."""
    for province, districts in places.PROVINCES.items():
        assert len({places._key(each) for each in districts}) == len(districts)
        for district in districts:
            assert places.clean(province.translate(PLAIN), district.translate(PLAIN)) == (province, district)


@pytest.mark.parametrize("district", ["cankay", "Kadıköy", "", "…"])
def test_what_is_no_district_of_the_province_is_refused(district: str) -> None:
    with pytest.raises(Refused):
        places.clean("Ankara", district)
