"""Districts as they were called, or of which they were a part: on papers and in people's heads they live on.

Sources: laws 5747 (2008), 6360 (2012) and the later ones that renamed a district.
"""

import pytest

from identifiers import Refused, places, turkish

RENAMED = [
    ("İstanbul", "Eyüp", "Eyüpsultan"),  # 2017
    ("İstanbul", "Eminönü", "Fatih"),  # merged by law 5747
    ("Ankara", "Kazan", "Kahramankazan"),  # 2016
    ("Antalya", "Kale", "Demre"),  # 2005
    ("Aydın", "Yenihisar", "Didim"),  # 1997
    ("Erzurum", "Ilıca", "Aziziye"),
    ("Siirt", "Aydınlar", "Tillo"),  # 2013
    ("Denizli", "Akköy", "Pamukkale"),  # merged by law 6360
    ("Aydın", "Merkez", "Efeler"),  # law 6360, article 2
    ("Mardin", "Merkez", "Artuklu"),
    ("Muğla", "Merkez", "Menteşe"),
    ("Ordu", "Merkez", "Altınordu"),
    ("Tekirdağ", "Merkez", "Süleymanpaşa"),
    ("Trabzon", "Merkez", "Ortahisar"),
    ("Tekirdağ", "Marmara Ereğlisi", "Marmaraereğlisi"),
    ("Samsun", "Ondokuzmayıs", "19 Mayıs"),
]
# The old centre was divided: only the reader knows in which part the address lies.
DIVIDED = [
    ("Balıkesir", "Merkez", {"Altıeylül", "Karesi"}),
    ("Denizli", "Merkez", {"Merkezefendi", "Pamukkale"}),
    ("Hatay", "Merkez", {"Antakya", "Defne"}),
    ("Kahramanmaraş", "Merkez", {"Dulkadiroğlu", "Onikişubat"}),
    ("Manisa", "Merkez", {"Şehzadeler", "Yunusemre"}),
    ("Şanlıurfa", "Merkez", {"Eyyübiye", "Haliliye"}),
    ("Van", "Merkez", {"İpekyolu", "Tuşba"}),
]
UNCHANGED = [
    ("İstanbul", "Kadıköy"),
    ("İstanbul", "Fatih"),
    ("Ankara", "Ayaş"),
    ("Malatya", "Kale"),
    ("Denizli", "Kale"),
    ("Çorum", "Merkez"),
    ("Zonguldak", "Merkez"),
    ("Sakarya", "Adapazarı"),
]


@pytest.mark.parametrize(("province", "old", "new"), RENAMED)
def test_an_old_name_finds_its_new_one(province: str, old: str, new: str) -> None:
    assert new in places.PROVINCES[province]
    for written in (old, turkish.upper(old), turkish.lower(old), f" {old} "):
        assert places.clean(province, written) == (province, new)


@pytest.mark.parametrize(("province", "old", "new"), DIVIDED)
def test_a_centre_that_was_divided_names_its_parts(province: str, old: str, new: set[str]) -> None:
    assert new <= set(places.PROVINCES[province])
    with pytest.raises(Refused) as refusal:
        places.clean(province, old)
    assert [name for name in new if name not in str(refusal.value)] == []


@pytest.mark.parametrize(("province", "district"), UNCHANGED)
def test_a_name_that_is_still_there_stays(province: str, district: str) -> None:
    assert places.clean(province, district) == (province, district)


@pytest.mark.parametrize(
    ("province", "district"),
    [
        ("İzmir", "Eminönü"),
        ("Ankara", "Eyüp"),
        ("İstanbul", "Kazan"),
        ("İzmir", "Merkez"),
        ("Bursa", "Kale"),
        ("Aydın", "Akköy"),
    ],
)
def test_an_old_name_belongs_to_its_province_alone(province: str, district: str) -> None:
    with pytest.raises(Refused, match="adında bir ilçe yok"):
        places.clean(province, district)


@pytest.mark.parametrize(("old", "new"), [("Afyon", "Afyonkarahisar"), ("İçel", "Mersin")])
def test_a_provinces_old_name_finds_its_new_one(old: str, new: str) -> None:
    assert places.clean_province(old) == new
