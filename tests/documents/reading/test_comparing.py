"""Which values a Turkish reader takes for the same: no warning over nothing, no difference missed."""

import pytest

from documents.reading.comparing import same

SAME = [
    ("trade_name", "MAVİ DENİZ TURİZM VE TİCARET LİMİTED ŞİRKETİ", "Mavi Deniz Turizm ve Tic. Ltd. Şti."),
    ("tax_office", "ŞİŞLİ", "Şişli Vergi Dairesi"),
    ("tax_office", "ŞİŞLİ VERGİ DAİRESİ MÜDÜRLÜĞÜ", "Şişli VD"),
    ("address", "CUMHURİYET MAH. SİLAHŞÖR CAD. NO: 12", "Cumhuriyet Mahallesi Silahşör Caddesi No:12"),
    ("address", "SİLAHŞÖR CAD. NO: 12 İÇ KAPI NO: 4", "Silahşör Cd. 12/4"),
    ("address", "1453/2 SK. B BLOK NO: 12/A", "1453/2 Sokak, B Bl. No 12 A"),
    ("province", "İstanbul", "İSTANBUL"),
    ("district", "Ondokuzmayıs", "ONDOKUZ MAYIS"),
]
DIFFERENT = [
    ("trade_name", "MAVİ DENİZ TURİZM LİMİTED ŞİRKETİ", "Mavi Deniz Turizm Anonim Şirketi"),
    ("trade_name", "MAVİ DENİZ TURİZM A.Ş.", "Mavi Deniz Gıda A.Ş."),
    ("tax_office", "ŞİŞLİ", "Şile"),
    ("address", "SİLAHŞÖR CAD. NO: 12", "Silahşör Cad. No: 21"),
    ("address", "SİLAHŞÖR CAD. NO: 12", "Silahşör Sok. No: 12"),
    ("address", "SİLAHŞÖR CAD. NO: 12 KAT: 3", "Silahşör Cad. No: 12 Daire: 3"),
    ("address", "SİLAHŞÖR CAD. NO: 12/4", "Silahşör Cad. No: 4/12"),
    ("tax_number", "1234567890", "1234567891"),
]


@pytest.mark.parametrize(("field", "one", "other"), SAME)
def test_the_same_in_other_words(field: str, one: str, other: str) -> None:
    assert same(field, one, other)
    assert same(field, other, one)


@pytest.mark.parametrize(("field", "one", "other"), DIFFERENT)
def test_something_else(field: str, one: str, other: str) -> None:
    assert not same(field, one, other)
    assert not same(field, other, one)
