"""Two mails are alike by what nobody understood in them, whatever firm and numbers they name."""

from correspondence.reading.wording import key

FIRM, OTHER = "Mavi Deniz Turizm A.Ş.", "Kuzey Yapı Ltd. Şti."
TEXT = "dosyası {} numarayla rafa kondu."


def test_numbers_marks_letters_of_another_case_and_the_firm_make_no_difference() -> None:
    one = key([f"{FIRM} {TEXT.format(40)}", "Bilginize!"], FIRM)
    other = key(["BİLGİNİZE", f"{OTHER} {TEXT.format('4-1')}"], OTHER)
    assert one == other
    assert len(one) == 64


def test_other_words_and_other_firms_do() -> None:
    said = key([f"{FIRM} {TEXT}"], FIRM)
    assert len({said, key([f"{FIRM} {TEXT}"], OTHER), key([f"{FIRM} {TEXT}", "Bilginize"], FIRM)}) == 3


def test_where_all_was_understood_there_is_none() -> None:
    assert key([], FIRM) == key(["123 – 456"], FIRM) == ""
