"""Trade titles: shortened they are one firm's, and no two firms are one."""

import pytest

from identifiers import title_words, turkish

WHOLE = "Mavi İnşaat Taahhüt Gıda Nakliye Sanayi ve Ticaret Limited Şirketi"


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("MAVİ İNŞ. TAAH. GIDA NAK. SAN. VE TİC. LTD. ŞTİ.", WHOLE),
        ("MAVİ İNŞ.TAAH.GIDA NAK.SAN.VE TİC.LTD.ŞTİ.", WHOLE),
        ("MAVİ İNŞ TAAH GIDA NAK SAN VE TİC LTD ŞTİ", WHOLE),
        ("MAVI INS. TAAH. GIDA NAK. SAN. VE TIC. LTD. STI.", WHOLE),
        ("Mavi İnşaat Taahhüt Gıda Nak. San. & Tic. Ltd. Şti.", WHOLE),
        ("MAVİ İNŞAAT TAAH.GIDA NAKLİYE SANAYİİ VE TİCARETİ LİMİTED ŞTİ.", WHOLE),
        ("Mavi İnş. Taah. Gıda Nakliye San. Tic. Ltd.", WHOLE),
        ("\u200eMAVİ İNŞ. TAAH. GIDA NAK. SAN. VE TİC. LTD. ŞTİ.\u200f", WHOLE),
        ("KUZEY TUR. OTEL. SEY. ACENT. A.Ş.", "Kuzey Turizm Otelcilik Seyahat Acentesi Anonim Şirketi"),
        ("KUZEY TEKS. KONF. İTH. İHR. PAZ. A. Ş.", "Kuzey Tekstil Konfeksiyon İthalat İhracat Pazarlama AŞ"),
        ("Kuzey Müh. Mim. Müş. Dan. Ltd. Şti.", "Kuzey Mühendislik Mimarlık Müşavirlik Danışmanlık Ltd. Şti."),
        ("KUZEY ELEK. ELEKT. MAK. OTOM. A.Ş.", "Kuzey Elektrik Elektronik Makina Otomotiv Anonim Şirketi"),
        ("Kuzey Mak. A.Ş.", "Kuzey Makine A.Ş."),
        ("KUZEY EĞT. SAĞ. HİZM. LTD. ŞTİ.", "Kuzey Eğitim Sağlık Hizmetleri Limited Şirketi"),
        ("KUZEY BİL. YAZ. TEKN. A.Ş.", "Kuzey Bilişim Yazılım Teknolojileri A.Ş."),
        ("KUZEY KUY. MÜC. DIŞ TİC. LTD. ŞTİ.", "Kuzey Kuyumculuk Müc. Dış Ticaret Limited Şirketi"),
        ("KUZEY LOJ. TAŞ. DEP. A.Ş.", "Kuzey Lojistik Taşımacılık Depolama Anonim Şirketi"),
        ("KUZEY PETR. ÜRN. LTD. ŞTİ.", "Kuzey Petrol Ürünleri Limited Şirketi"),
        ("Kuzey Hayv. Tar. Ürt. Koop.", "Kuzey Hayvancılık Tarım Üretim Kooperatifi"),
        ("S.S. Kuzey Tarım Koop.", "Sınırlı Sorumlu Kuzey Tarım Kooperatifi"),
        ("Kuzey Gemi Koll. Şti.", "Kuzey Gemi Kollektif Şirketi"),
        ("Kuzey Gemi Kom. Şti.", "Kuzey Gemi Komandit Şirketi"),
        ("Kuzey Hold. A.Ş.", "KUZEY HOLDİNG ANONİM ŞİRKETİ"),
        ("Kuzey T.A.Ş.", "Kuzey Türk Anonim Şirketi"),
        ("Kuzey A.O.", "Kuzey Anonim Ortaklığı"),
        ("KUZEY GAYR. YAT. A.Ş.", "Kuzey Gayrimenkul Yatırım A.Ş."),
        ("Kuzey Mob. Orm. Ürün. San. A.Ş.", "Kuzey Mobilya Orman Ürünleri Sanayi A.Ş."),
        ("Kuzey Amb. Plas. Kim. San. A.Ş.", "Kuzey Ambalaj Plastik Kimya Sanayi A.Ş."),
        ("Kuzey Mat. Yay. Rek. Org. Ltd. Şti.", "Kuzey Matbaacılık Yayıncılık Reklam Organizasyon Ltd. Şti."),
    ],
)
def test_a_shortened_title_is_the_same_firms(short: str, whole: str) -> None:
    assert turkish.akin(short, whole)
    assert turkish.akin(whole, short)
    assert turkish.same(short, whole)
    assert turkish.same(whole, short)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mavi Deniz Turizm A.Ş.", "Mavi Deniz Turizm Sanayi ve Ticaret A.Ş."),
        ("Mavi Deniz Tur. Tic. Ltd. Şti.", "Mavi Deniz Turizm Sanayi ve Ticaret Limited Şirketi"),
        ("Mavi Deniz Turizm", "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ"),
        ("Mavi Deniz Turizm A.Ş.", "Mavi Deniz Turizm 2 A.Ş."),
        ("Mavi Deniz", "MAVİ DENİZ TURİZM SAN. VE TİC. A.Ş."),
        ("MAVİ DENİZ TURİZM OTELCİLİK SAN", "Mavi Deniz Turizm Otelcilik Sanayi ve Ticaret A.Ş."),
    ],
)
def test_words_that_say_little_may_be_left_out_of_a_firms_title(one: str, other: str) -> None:
    assert turkish.akin(one, other)
    assert turkish.akin(other, one)
    assert not turkish.same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # another name
        ("Mavi İnşaat Ltd. Şti.", "Kara İnşaat Ltd. Şti."),
        ("Mavi Deniz Turizm A.Ş.", "Mavi Göl Turizm A.Ş."),
        ("Mavi Deniz Turizm A.Ş.", "Mavi Turizm A.Ş."),
        ("Deniz Turizm A.Ş.", "Mavi Deniz Turizm A.Ş."),
        ("Mavi Deniz Turizm A.Ş.", "Mavi Deniz Yıldızı Turizm A.Ş."),
        ("Ak İnş. San. ve Tic. Ltd. Şti.", "Aksu İnş. San. ve Tic. Ltd. Şti."),
        ("Çam İnşaat A.Ş.", "Cam İnşaat A.Ş."),
        # a name is not shortened
        ("Mav. Turizm A.Ş.", "Mavi Turizm A.Ş."),
        ("Mavi Kar. Turizm A.Ş.", "Mavi Karanfil Turizm A.Ş."),
        ("M. Turizm A.Ş.", "Mavi Turizm A.Ş."),
        # another business
        ("Mavi Deniz Turizm A.Ş.", "Mavi Deniz Gıda A.Ş."),
        ("Mavi Elektrik A.Ş.", "Mavi Elektronik A.Ş."),
        ("Mavi Nakliye Ltd. Şti.", "Mavi Nakliyat Ltd. Şti."),
        ("Mavi Makine A.Ş.", "Mavi Market A.Ş."),
        ("Mavi İth. A.Ş.", "Mavi İhr. A.Ş."),
        ("Mavi Tur. A.Ş.", "Mavi Tekstil A.Ş."),
        ("Mavi Deniz A.Ş.", "Mavi Deniz Turizm A.Ş."),
        ("Mavi Turizm ve Gıda A.Ş.", "Mavi Gıda ve Turizm A.Ş."),
        # sister companies
        ("Mavi Sanayi A.Ş.", "Mavi Ticaret A.Ş."),
        ("Mavi Sanayi ve Ticaret A.Ş.", "Mavi Pazarlama A.Ş."),
        ("Mavi Ticaret A.Ş.", "Mavi Dış Ticaret A.Ş."),
        ("Mavi Holding A.Ş.", "Mavi A.Ş."),
        ("Mavi", "Mavi Holding A.Ş."),
        ("Mavi Vakfı", "Mavi Vakfı İktisadi İşletmesi"),
        ("Mavi Turizm 1 A.Ş.", "Mavi Turizm 2 A.Ş."),
        # another kind of company
        ("Mavi Deniz Turizm A.Ş.", "Mavi Deniz Turizm Ltd. Şti."),
        ("Mavi Deniz Turizm AŞ", "Mavi Deniz Turizm Koop."),
        ("Mavi Kom. Şti.", "Mavi Koll. Şti."),
        ("A.Ş.", "Mavi A.Ş."),
    ],
)
def test_two_firms_are_never_one(one: str, other: str) -> None:
    assert not turkish.akin(one, other)
    assert not turkish.akin(other, one)
    assert not turkish.same(one, other)


def test_every_word_of_the_business_is_told_from_every_other() -> None:
    """As whole words in whole titles, and each as the title's own first word."""
    assert not title_words.BUSINESS & set(title_words.SPELLINGS)
    words = sorted(title_words.BUSINESS - title_words.FILLING)
    titles = [f"Mavi {word} A.Ş." for word in words] + [f"{word} Turizm A.Ş." for word in words]
    for at, one in enumerate(titles):
        assert turkish.akin(one, one)
        assert not [other for other in titles[at + 1 :] if turkish.akin(one, other)], one


def test_any_beginning_of_a_word_of_the_business_stands_for_it_with_a_dot() -> None:
    for word in title_words.BUSINESS:
        beginnings = {word[:length] for length in range(2, len(word))} - set(title_words.SHORT_KINDS)
        for each in beginnings:
            assert turkish.akin(f"Mavi {each}. A.Ş.", f"Mavi {word} A.Ş."), each
