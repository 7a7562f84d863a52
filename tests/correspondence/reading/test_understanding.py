"""A text is understood wholly, or it is not: sentences, claims, and what goes together."""

import pytest

from correspondence.reading.kinds import Kind
from correspondence.reading.known import FILE, Known, shipped
from correspondence.reading.sentence_patterns import compiled
from correspondence.reading.understanding import MAX_SENTENCES, Meaning, understand

CLAIM, HARMLESS, UNKNOWN = Meaning.CLAIM, Meaning.HARMLESS, Meaning.UNKNOWN
RECEIVED = "MX3ZB5JA no'lu başvurunuz alınmıştır."


def meanings(text: str, *taught: Known) -> list[Meaning]:
    return [each.meaning for each in understand(text, taught).sentences]


def test_a_mail_of_the_guide_is_understood() -> None:
    said = understand(f"Sayın Yetkili,\n\n{RECEIVED}\nSaygılarımızla,\nElif Karaçam")
    assert [each.meaning for each in said.sentences] == [HARMLESS, CLAIM, HARMLESS, HARMLESS]
    assert (said.wholly, said.kind, said.fields.application_number) == (True, Kind.RECEIVED, "MX3ZB5JA")


@pytest.mark.parametrize("strange", ["Ancak bir sorun var.", "Bu bir denemedir!", "Başvurunuz askıya alınmıştır"])
@pytest.mark.parametrize("order", [1, -1])
def test_one_unknown_sentence_anywhere_and_it_is_not(strange: str, order: int) -> None:
    said = understand("\n".join([RECEIVED, strange][::order]))
    assert UNKNOWN in [each.meaning for each in said.sentences]
    assert not said.wholly
    assert said.kind is Kind.RECEIVED, "what was recognised is still suggested"


def test_a_sentence_goes_on_where_more_is_said() -> None:
    assert meanings("Başvurunuz alınmıştır ancak eksikler vardır.") == [UNKNOWN]
    assert meanings("Başvurunuz alınmıştır. Ancak eksikler vardır.") == [CLAIM, UNKNOWN]


def test_a_titles_number_in_brackets_beside_it_is_of_the_same_sentence() -> None:
    about = "Köprü Yazılım Sanayi ve Ticaret A.Ş. (9497329233) dosyası hakkında bilgi rica ederiz."
    assert [each.text for each in understand(about).sentences] == [about]
    assert meanings("Dosyanız kıpırdamıyor. (Bu bir denemedir)") == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{RECEIVED} Ödemeniz alınmıştır.", None),
        ("Başvurunuz onaylanmıştır. Başvurunuz reddedilmiştir.", None),
        ("Başvurunuz onaylanmıştır. İYS Numaranız: 710482", Kind.APPROVED),
        ("Başvurunuz onaylanmıştır. Başvurunuza devam etmek için buraya tıklayınız.", Kind.CONTINUE_LINK),
        ("Sayın Yetkili,", None),
        ("", None),
    ],
)
def test_claims_that_do_not_go_together_are_none(text: str, kind: Kind | None) -> None:
    said = understand(text)
    assert (said.kind, said.wholly) == (kind, kind is not None)


def test_two_numbers_in_one_mail_speak_of_two_cases() -> None:
    said = understand("MX3ZB5JA no'lu başvurunuz alınmıştır. KT8QW2LM no'lu başvurunuz alınmıştır.")
    assert (said.kind, said.wholly, said.fields.application_number) == (Kind.RECEIVED, False, "")


def test_what_was_taught_is_known_beside_what_is_shipped() -> None:
    text = "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır. Görüşmelerde bunu söyleyin."
    claim = Known(compiled("Dosyanız {numara} sayıyla deftere yazılmıştır"), Kind.RECEIVED, taught=7)
    harmless = Known(compiled("Görüşmelerde bunu söyleyin"), taught=8)
    assert meanings(text) == [UNKNOWN, UNKNOWN]
    assert meanings(text, claim) == [CLAIM, UNKNOWN]
    said = understand(text, [claim, harmless])
    assert (said.wholly, said.kind, said.fields.application_number) == (True, Kind.RECEIVED, "MX3ZB5JA")
    assert [each.taught for each in said.sentences] == [7, 8]


def test_a_claim_is_never_passed_over_as_harmless() -> None:
    harmless = Known(compiled("başvurunuz reddedilmiştir"))
    assert meanings("Başvurunuz reddedilmiştir.", harmless) == [CLAIM]


def test_every_shipped_sentence_of_fixed_words_fits_itself() -> None:
    tried = 0
    for known in shipped():
        if set(known.pattern.source) & set("[]{}()|") or " : " in known.pattern.source:
            continue
        tried += 1
        said = understand(known.pattern.source)
        assert [each.meaning for each in said.sentences] == [HARMLESS if known.kind is None else CLAIM], known
    assert tried > 5


def test_no_shipped_sentence_stands_there_twice() -> None:
    sources = [known.pattern.source for known in shipped()]
    assert len(sources) == len(set(sources))
    assert FILE.read_text().count("\n== ") > 10


@pytest.mark.parametrize(
    "text", ["Başvurunuz " * 20_000, "a. " * 50_000, "\n" * 100_000, "sayın {kişi} " * 20_000]
)
def test_a_long_text_is_read_in_few_sentences(text: str) -> None:
    said = understand(text)
    assert len(said.sentences) <= MAX_SENTENCES + 1
    assert not said.wholly
