"""What ties a mail to one application by its words, and what speaks of another."""

import pytest

from correspondence.incoming.ties import Names, named, of_another

OURS = Names("MX3ZB5JA", "710482", "Mavi Deniz Turizm ve Ticaret Anonim Şirketi")
NEW = Names("", "", OURS.title)
OTHERS = ["Kıyı İletişim Hizmetleri A.Ş.", "İleti Yönetim Sistemi A.Ş."]


@pytest.mark.parametrize(
    "words",
    [
        "MX3ZB5JA no'lu başvurunuz alınmıştır.",
        "Başvuru Numarası: MX3ZB5JA",
        "mx3zb5ja no'lu başvurunuz",
        "Ynt: Ön başvuru (MX3ZB5JA)",
        "İYS Kodu: 710482",
        "710482 İYS koduna sahip firmamız",
        "710482",
    ],
)
def test_its_number_and_its_code_tie_wherever_they_stand(words: str) -> None:
    assert named(words, OURS, at_tracking_address=False)


@pytest.mark.parametrize(
    "words",
    [
        "Ödemeniz alınmıştır.",
        "AMX3ZB5JA",
        "MX3ZB5JA9",
        "Tutar: 710482,50 TL",
        "Tutar: 1.710482",
        "0-710482-1",
        "https://iys.example/710482",
        "Mavi Deniz Turizm ve Ticaret Anonim Şirketi",
        "",
    ],
)
def test_nothing_else_ties(words: str) -> None:
    assert not named(words, OURS, at_tracking_address=False)


@pytest.mark.parametrize(
    "words",
    [
        "MAVİ DENİZ TURİZM VE TİCARET ANONİM ŞİRKETİ",
        "Sayın Mavi Deniz Turizm ve Ticaret A.Ş.,",
        "mavi deniz turizm tic. a.ş. için atama",
        "MAVI DENIZ TURIZM VE TICARET ANONIM SIRKETI'nin".replace("SIRKETI'nin", "ŞİRKETİ'nin"),
    ],
)
def test_a_title_ties_at_the_companys_own_address_alone(words: str) -> None:
    assert named(words, NEW, at_tracking_address=True)
    assert not named(words, NEW, at_tracking_address=False)


def test_a_short_code_ties_only_where_it_is_called_one() -> None:
    short = Names("", "7104", "x")
    assert named("İYS Kodu: 7104", short, at_tracking_address=False)
    assert not named("7104 adet", short, at_tracking_address=False)


@pytest.mark.parametrize(
    "words",
    [
        "QT7KD2WP no'lu başvurunuz alınmıştır.",
        "İYS Numaranız: 820593",
        "Hizmet sağlayıcı: Kırmızı Kaya Gıda Limited Şirketi",
        "Kırmızı Kaya Gıda Ltd. Şti. için iş ortağı atamanız tamamlanmıştır.",
        "Mavi Deniz Turizm ve Ticaret A.Ş. ve Kırmızı Kaya Gıda Ltd. Şti.",
        "Deniz Turizm ve Tic. A.Ş. için ödeme alındı.",
    ],
)
def test_what_names_another_is_told(words: str) -> None:
    assert of_another(words, OURS, OTHERS)


@pytest.mark.parametrize(
    "words",
    [
        "MX3ZB5JA no'lu başvurunuz alınmıştır.",
        "Mavi Deniz Turizm ve Ticaret A.Ş. için ödeme alındı.",
        "Kaya gibi sağlam.",
        "Kıyı İletişim Hizmetleri A.Ş. için iş ortağı atamanız tamamlanmıştır.",
        "Saygılarımızla,\nİleti Yönetim Sistemi A.Ş.",
        "Sayın Mavi Deniz Turizm ve Tic. A.Ş. yetkilisi,",
        "Ödemeniz alınmıştır.",
    ],
)
def test_what_names_us_or_nobody_is_nobody_elses(words: str) -> None:
    assert not of_another(words, OURS, OTHERS)


def test_the_first_number_is_no_other_ones() -> None:
    assert not of_another("MX3ZB5JA no'lu başvurunuz alınmıştır.", NEW, OTHERS)
