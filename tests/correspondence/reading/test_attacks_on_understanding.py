"""Bad news in good words, and what turns the words beside it: none of `attacks_on_understanding.txt` acts."""

import re
from pathlib import Path

import pytest

from correspondence.reading.classification import read_words
from correspondence.reading.known import shipped
from correspondence.reading.parsing import Content, content, envelope
from correspondence.reading.plain_text import PlainText
from correspondence.reading.result import Reading
from correspondence.reading.sentence_patterns import SentencePattern
from tests.scenarios.mails import mail
from tests.scenarios.work import MANY, keeps_busy

TEXT = Path(__file__).with_name("attacks_on_understanding.txt").read_text(encoding="utf-8")
ATTACKS = {
    name.strip(): [line.replace(" // ", "\n") for line in lines.splitlines() if line]
    for name, lines in re.findall(r"^== (.+)\n((?:(?!==).*\n)*)", TEXT, flags=re.MULTILINE)
}
CLAIMS = {
    "received": "MX3ZB5JA no'lu başvurunuz alınmıştır.",
    "approved": "Hizmet sağlayıcı: MAVİ DENİZ TURİZM ANONİM ŞİRKETİ\nİYS Numaranız: 710482",
    "offer": "Teklifimizi ekte bilgilerinize sunarız.",
    "payment_received": "Ödemeniz alınmıştır.",
    "assignment_confirmed": "Kıyı İletişim için iş ortağı atamanız tamamlanmıştır.",
    "continue_link": "https://basvuru.example/1\nAşağıdaki bağlantıyla başvurunuza devam edebilirsiniz.",
}
BEFORE = (
    "[ ] ", "( ) ", "☐ ", "❌ ", "Henüz ", "Eğer ", "Sanılanın aksine ", "Umarız ", "Hayır, ", "Belki ", "Keşke ",
    "Kara Orman Gıda A.Ş. adına ", "Test: ", "Şablon:\n", "Durum: BEKLEMEDE\n", "İptal:\n", "Deneme\n", "? ",
)  # fmt: skip
AFTER = (
    " değildir", "\ndeğildir", " - değildir", " / iptal", " (iptal)", " mı?", "\nmı", " ?", "?", " 🚫", " ❌",
    " [ ]", "\u200bmamıştır", "\u00admamıştır", "\u202emamıştır", "\tsayılmaz", "\u2003sayılmaz",
    "\n- geçersizdir", "; ise", " gibi", ", şartıyla", " • iptal", " — HAYIR", ": yanlış", " olduğunda", "\u0336",
    "…mı", " diye yazmıştık",
)  # fmt: skip
BEGINNINGS = ("Sayın ", "Hizmet sağlayıcı: ", "Marka kodu ", "Bu e-posta gizli ", "için iş ortağı atamanız ")
NO_MOVE = {"unknown"}


def reading(text: str, *, alternative: str = "", subject: str = "Ynt: Başvurunuz") -> Reading:
    raw = mail(text=text, subject=subject)
    body = content(raw)
    if alternative:
        body = Content(**{name: getattr(body, name) for name in Content.__slots__} | {"alternative": alternative})
    return read_words(envelope(raw), body)


def acts(found: Reading) -> bool:
    return not found.doubt and found.kind not in NO_MOVE


@pytest.mark.parametrize("kind", CLAIMS)
def test_the_claims_alone_are_understood(kind: str) -> None:
    found = reading(f"Sayın Yetkili,\n\n{CLAIMS[kind]}\n\nSaygılarımızla\nDeniz Kaya")
    assert (found.kind, found.doubt) == (kind, "")


@pytest.mark.parametrize("words", ATTACKS["beside"])
def test_what_turns_a_claim_is_not_harmless(words: str) -> None:
    for claim in CLAIMS.values():
        assert not acts(reading(f"Sayın Yetkili,\n\n{claim}\n{words}\n\nSaygılarımızla")), claim
        assert not acts(reading(f"{words}\n{claim}")), claim


@pytest.mark.parametrize("words", ATTACKS["below a closing"])
def test_a_postscript_is_no_signature(words: str) -> None:
    for claim in CLAIMS.values():
        assert not acts(reading(f"{claim}\n\nSaygılarımızla\n{words}"))
        assert not acts(reading(f"{claim}\n\nİyi çalışmalar\nDeniz Kaya\nHesap Yöneticisi\n{words}"))


@pytest.mark.parametrize("name", ATTACKS["name"])
def test_no_status_hides_in_a_name(name: str) -> None:
    approved = "Başvurunuz onaylanmıştır.\nİYS Numaranız: 710482\n"
    for text in (
        f"{approved}Markalarınız:\n{name}\nİYS Numarası: 710497",
        f"{approved}Marka | Marka Kodu\n{name} | 710497",
        f"Başvurunuz onaylanmıştır.\nHizmet sağlayıcı: {name}\nİYS Numaranız: 710482",
        f"{name} için iş ortağı atamanız tamamlanmıştır.",
        f"Sayın {name},\nÖdemeniz alınmıştır.",
        f"Ödemeniz alınmıştır.\nSaygılarımızla\n{name}",
    ):
        assert not acts(reading(text)), text


@pytest.mark.parametrize("subject", ATTACKS["subject"])
def test_a_subject_may_say_the_contrary(subject: str) -> None:
    for claim in CLAIMS.values():
        assert not acts(reading(claim, subject=subject))


@pytest.mark.parametrize("text", ATTACKS["mail"])
def test_a_mail_that_says_two_things_or_asks_does_not_act(text: str) -> None:
    assert not acts(reading(text))
    assert not acts(reading(text.replace(". ", ".\n")))


@pytest.mark.parametrize("text", ATTACKS["not that bad"])
def test_bad_news_is_not_taken_from_what_is_none(text: str) -> None:
    assert not acts(reading(text))


@pytest.mark.parametrize("kind", CLAIMS)
def test_what_stands_directly_before_or_behind_a_claim_is_said_too(kind: str) -> None:
    claim = CLAIMS[kind].removesuffix(".")
    for words in BEFORE:
        first, last = CLAIMS[kind].rpartition("\n")[::2]
        assert not acts(reading(f"{words}{CLAIMS[kind]}")), words
        assert not acts(reading(f"{first}\n{words}{last}")), words
    for words in AFTER:
        assert not acts(reading(f"{claim}{words}")), words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("payment_received", "Lütfen kart bilgilerinizi kontrol ederek tekrar deneyiniz."),
        ("payment_received", "Lütfen bankanızla görüşünüz."),
        ("payment_received", "Ödeme yapmak için buraya tıklayınız."),
        ("payment_received", "Tutar: 0,00 TL"),
        ("offer", "Ödemeniz için teşekkür ederiz."),
        ("approved", "Başvurunuz en kısa sürede incelenecektir."),
        ("approved", "Eksik belge olması halinde sizinle iletişime geçilecektir."),
        ("continue_link", "İnceleme sonucunda bilgilendirileceksiniz."),
        ("assignment_confirmed", "Değerlendirme sonucu tarafınıza bildirilecektir."),
    ],
)
def test_what_is_harmless_beside_one_claim_turns_another(claim: str, words: str) -> None:
    assert not acts(reading(f"{CLAIMS[claim]}\n{words}"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ödemeniz alınmıştır.", "Ödemeniz alınamamıştır."),
        ("Ödemeniz alınmıştır.", "Ödemeniz alınmıştır. Ancak eksiktir."),
        ("Ödemeniz alınmıştır.", "Sayın Yetkili,"),
        ("100 TL tutarındaki ödemeniz alınmıştır.", "900 TL tutarındaki ödemeniz alınmıştır."),
        ("İLETİ-5 paketiniz tanımlanmıştır.", "İLETİ-25 paketiniz tanımlanmıştır."),
        (CLAIMS["approved"], CLAIMS["approved"].replace("710482", "710483")),
        (CLAIMS["received"], CLAIMS["received"].replace("MX3ZB5JA", "MX3ZB5JB")),
        (CLAIMS["assignment_confirmed"], "Dalga İletişim için iş ortağı atamanız tamamlanmıştır."),
    ],
)
def test_both_forms_of_a_mail_say_the_same(one: str, other: str) -> None:
    assert not acts(reading(one, alternative=other))
    assert not acts(reading(other, alternative=one))


@pytest.mark.parametrize(
    "filler", ["A ", "- ", "1 ", "a@", "\n- A", "A - 1234\n", "A.Ş. ", "\u2003", "\u3000", "(1) ", "~"]
)
def test_long_near_matches_take_no_time(filler: str) -> None:
    def ten_mails() -> None:
        for words in BEGINNINGS:
            reading((words + filler * (100_000 // len(filler)))[:100_000])
            reading(((words + filler * 40) * 1000)[:100_000])

    assert not keeps_busy(ten_mails, 10 * MANY)


def test_each_known_sentence_fails_fast_on_its_own_beginning() -> None:
    for each in shipped():
        text = PlainText.of(f"{each.pattern.literal} A. b - 1234, " * 300)

        def match(pattern: SentencePattern = each.pattern, text: PlainText = text) -> None:
            for at in range(0, 200, 7):
                pattern.match(text, at)

        assert not keeps_busy(match), each.pattern.source


def test_of_too_many_sentences_the_rest_is_not_understood() -> None:
    assert acts(reading(CLAIMS["payment_received"] + "\nTeşekkürler." * 150))
    assert not acts(reading(CLAIMS["payment_received"] + "\nTeşekkürler." * 250))
