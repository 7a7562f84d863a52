import pytest

from identifiers import Refused, former_places, places, turkish


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


@pytest.mark.parametrize(
    ("province", "district", "now"),
    [
        ("İstanbul", "Eminönü", ("İstanbul", "Fatih")),
        ("istanbul", "EMİNÖNÜ", ("İstanbul", "Fatih")),
        ("İstanbul", "Eyüp", ("İstanbul", "Eyüpsultan")),
        ("Ankara", "Kazan", ("Ankara", "Kahramankazan")),
        ("Erzurum", "ılıca", ("Erzurum", "Aziziye")),
        ("Denizli", "Akköy", ("Denizli", "Pamukkale")),
        ("Siirt", "Aydınlar", ("Siirt", "Tillo")),
        ("Antalya", "Kale", ("Antalya", "Demre")),
        ("Aydın", "Merkez", ("Aydın", "Efeler")),
        ("Muğla", "MERKEZ", ("Muğla", "Menteşe")),
        ("Tekirdağ", "merkez", ("Tekirdağ", "Süleymanpaşa")),
        ("Trabzon", "Merkez", ("Trabzon", "Ortahisar")),
        ("Ordu", "Merkez", ("Ordu", "Altınordu")),
        ("Mardin", "Merkez", ("Mardin", "Artuklu")),
        ("İçel", "Tarsus", ("Mersin", "Tarsus")),
        ("Afyon", "Sincanlı", ("Afyonkarahisar", "Sinanpaşa")),
        ("Samsun", "Ondokuz Mayıs", ("Samsun", "19 Mayıs")),
        ("Antep", "sahinbey", ("Gaziantep", "Şahinbey")),
        ("Maraş", "Elbistan", ("Kahramanmaraş", "Elbistan")),
        ("Urfa", "siverek", ("Şanlıurfa", "Siverek")),
        ("Çorum", "ÇORUM", ("Çorum", "Merkez")),
        ("Kutahya", "Kütahya Merkez", ("Kütahya", "Merkez")),
        ("Zonguldak", "Karadeniz Ereğli", ("Zonguldak", "Ereğli")),
    ],
)
def test_a_former_name_finds_the_place_of_today(province: str, district: str, now: tuple[str, str]) -> None:
    assert places.clean(province, district) == now


@pytest.mark.parametrize(
    ("province", "now"),
    [
        ("Denizli", "Merkezefendi, Pamukkale"),
        ("Balıkesir", "Altıeylül, Karesi"),
        ("Van", "Edremit, İpekyolu, Tuşba"),
        ("Şanlıurfa", "Eyyübiye, Haliliye, Karaköprü"),
        ("Antalya", "Aksu, Döşemealtı, Kepez, Konyaaltı, Muratpaşa"),
    ],
)
def test_a_centre_that_became_several_districts_names_them(province: str, now: str) -> None:
    with pytest.raises(Refused, match=f"yerine yenileri kuruldu: {now}"):
        places.clean(province, "Merkez")


def test_a_district_of_today_is_never_taken_for_a_former_one() -> None:
    """Denizli has a Kale of today, Yalova a centre; Kazan is a district of no other province."""
    assert places.clean("Denizli", "Kale") == ("Denizli", "Kale")
    assert places.clean("Yalova", "Merkez") == ("Yalova", "Merkez")
    with pytest.raises(Refused, match="adında bir ilçe yok; listeden seçin"):
        places.clean("İzmir", "Kazan")
    with pytest.raises(Refused, match="adında bir ilçe yok; listeden seçin"):
        places.clean("İzmir", "Eminönü")


def test_former_names_lead_to_what_there_is_and_are_no_names_of_today() -> None:
    for former, province in former_places.PROVINCES.items():
        assert former not in places.PROVINCES
        assert province in places.PROVINCES
    for province, names in former_places.DISTRICTS.items():
        for former, districts in names.items():
            assert former not in places.PROVINCES[province]
            assert set(districts) <= set(places.PROVINCES[province])


@pytest.mark.parametrize(
    ("province", "written", "district"),
    [
        ("İstanbul", "Kâğıthane", "Kağıthane"),
        ("Tekirdağ", "Marmara Ereğlisi", "Marmaraereğlisi"),
        ("Bursa", "Mustafa Kemal Paşa", "Mustafakemalpaşa"),
        ("Hakkâri", "Yüksekova", "Yüksekova"),
    ],
)
def test_accents_and_spaces_make_no_other_place(province: str, written: str, district: str) -> None:
    assert places.clean(province, written)[1] == district


def test_every_district_is_found_in_the_list_by_plain_letters_and_what_it_was_called() -> None:
    for province, districts in places.PROVINCES.items():
        found = places.found_by(province)
        assert tuple(found) == districts
        assert all(words.isascii() for words in found.values())
    assert places.found_by("Ankara")["Kahramankazan"].split() == ["kahramankazan", "kazan"]
    assert "eyup" in places.found_by("İstanbul")["Eyüpsultan"].split()
    assert places.found_by("Atlantis") == {}
