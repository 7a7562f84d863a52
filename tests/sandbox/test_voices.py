"""What the desk's voices say, without a process: one word for word, the others otherwise, one only no."""

import json
import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from correspondence.reading.classification import read
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import content, envelope
from sandbox.answers import Answer, written
from sandbox.behaviour import Behaviour
from sandbox.desk import BY_HAND
from sandbox.voices import FOLDER, VOICES, Wording, wordings

FACTS = {
    "trade_name": "Mavi Deniz & Oğulları A.Ş.",
    "number": "ABCD2345",
    "code": "710482",
    "package": "İLETİ-5",
    "partner": "Kıyı İletişim",
    "view_url": "http://sandbox.example/teklif/1",
    "pay_url": "http://sandbox.example/odeme/1",
}
BRANDS = {"Mavi Deniz": "710482", "Mavi Deniz Outlet": "710497"}
BYE = "Saygılarımızla,\nİleti Yönetim Sistemi A.Ş.\n"
# Kind of answer → what the guide's voice says, word for word.
GUIDE = {
    "received": "Sayın Yetkili,\n\nABCD2345 no'lu başvurunuz alınmıştır. Hesap yöneticilerimiz başvurunuzu "
    "inceleyecektir.\n\nBaşvuru numaranızın yer aldığı bu e-postayı lütfen saklayınız.\n\n",
    "system_receipt": "Sayın Mavi Deniz & Oğulları A.Ş.,\n\nABCD2345 no'lu başvurunuz alınmıştır. Hesap "
    "yöneticilerimiz başvurunuzu inceleyecektir.\n\nBaşvuru numaranızın yer aldığı bu e-postayı lütfen "
    "saklayınız.\n\n",
    "changes": "Sayın Yetkili,\n\nBaşvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır: Web sitesi adresi "
    "açılmıyor; imza sirkülerinin son sayfası okunmuyor, tekrar yüklemenizi rica ederiz.\n\n",
    "approved": "Başvurunuz onaylanmıştır.\n\nHizmet sağlayıcı:\nMavi Deniz & Oğulları A.Ş.\n\nBaşvuru No: "
    "ABCD2345\n\nİYS Numaranız: 710482\n\nMarkalarınız:\n\nMavi Deniz\nİYS Numarası: 710482\n\nMavi Deniz Outlet\n"
    "İYS Numarası: 710497\n\n",
    "refused": "Sayın Yetkili,\n\nBaşvurunuz reddedilmiştir: Belgeler uygun bulunmamıştır.\n\n",
    "offer": "Sayın Yetkili,\n\nTeklifimizi ekte bilgilerinize sunarız. Teklifi çevrimiçi görüntülemek ve ödeme "
    "yapmak için buraya tıklayınız: http://sandbox.example/teklif/1\n\nÖdeme yapmak için tıklayınız: "
    "http://sandbox.example/odeme/1\n\nTeklifi incelemek için tıklayınız: http://sandbox.example/teklif/1\n\n",
    "not_understood": "Sayın Yetkili,\n\nTalebiniz işleme alınamamıştır. Lütfen teklif talebi şablonunu "
    "kullanınız.\n\n",
    "paid": "Sayın Yetkili,\n\nÖdemeniz alınmıştır. İLETİ-5 paketiniz tanımlanmıştır.\n\n",
    "payment_failed": "Sayın Yetkili,\n\nÖdemeniz alınamamıştır: Kartınızın limiti bu işlem için yeterli "
    "değildir.\n\n",
    "assigned": "Sayın Yetkili,\n\nKıyı İletişim için iş ortağı atamanız tamamlanmıştır.\n\n",
    "assignment_refused": "Sayın Yetkili,\n\nİş ortağı atama talebiniz reddedilmiştir: Formdaki imza, imza "
    "sirkülerindeki imzayla uyuşmamaktadır.\n\n",
}
FILES = sorted(path.stem for path in FOLDER.glob("*.txt"))
STRANGE = ("unknown", "second")
# What each kind of answer cannot do without, whatever its words.
TELLS = {
    "received": ("trade_name", "number"),
    "system_receipt": ("trade_name", "number"),
    "changes": ("number", "remark"),
    "approved": ("trade_name", "number", "code", "brand", "brand_code"),
    "refused": ("number", "remark"),
    "offer": ("trade_name", "package", "view_url", "pay_url"),
    "not_understood": (),
    "paid": ("code", "package"),
    "payment_failed": ("code", "package", "remark"),
    "assigned": ("partner", "code"),
    "assignment_refused": ("partner", "code", "remark"),
}
# Endings of a verb that tells what was done or is done, and of the same verb when it was not.
TOLD = re.compile(
    r"\b[a-zçğıöşü]\w*(?:m[ıiuü]ş(?:t[ıiuü]r)?|[dt][ıiuü]|[ıiuü]yor\w*|[ae]cakt[ıi]r|[ae]cekt[ıi]r)\b"
)
NEGATED = re.compile(r"\w+(?:m[ae](?:m[ıi]ş(?:t[ıi]r)?|d[ıi]|y[ae]c[ae]kt[ıi]r)|m[ıiuü]yor\w*)\b")


def answer(wording: Wording, remark: str = "") -> Answer:
    return written(wording, {**FACTS, "remark": remark or wording.remark}, BRANDS)


def sentences(file: str, kind: str) -> set[str]:
    """A mail's own sentences, with their blanks; who greets and who signs is left out."""
    body = wordings(file)[kind].text.split("\n\n")
    return {each.strip() for words in body for each in re.split(r"(?<=[.:])\s+", words) if len(each) > 30}


def mail(of: Answer) -> bytes:
    message = EmailMessage()
    message["From"] = "onkayit@iys.org.tr"
    message["Subject"] = of.subject
    message.set_content(of.text)
    return message.as_bytes()


def every(*files: str) -> list[tuple[str, str]]:
    return [(file, kind) for file in files for kind in GUIDE]


def test_every_file_has_every_kind_of_answer() -> None:
    by_hand = {name for buttons in BY_HAND.values() for name, _label in buttons}
    assert set(GUIDE) == by_hand | {"system_receipt"}
    assert {file for voice in VOICES.values() for file in voice.files} == set(FILES)
    for file in FILES:
        assert set(wordings(file)) == set(GUIDE), file
        assert (FOLDER / f"{file}.txt").read_text().count("===") == len(GUIDE), file


@pytest.mark.parametrize("kind", GUIDE)
def test_the_guides_voice_is_word_for_word_the_guides(kind: str) -> None:
    assert answer(wordings("guide")[kind]).text == GUIDE[kind] + BYE


@pytest.mark.parametrize(("file", "kind"), every(*STRANGE))
def test_a_strange_voice_says_the_same_in_words_of_its_own(file: str, kind: str) -> None:
    wording = wordings(file)[kind]
    blanks = set(re.findall(r"\{(\w+)\}", wording.text))
    assert blanks >= set(TELLS[kind])
    for other in set(FILES) - {file}:
        assert not sentences(file, kind) & sentences(other, kind)
    assert sentences(file, kind)


@pytest.mark.parametrize(("file", "kind"), every(*STRANGE))
def test_no_rule_that_is_shipped_understands_a_strange_voice(file: str, kind: str) -> None:
    raw = mail(answer(wordings(file)[kind]))
    assert read(envelope(raw), content(raw)).kind is Kind.UNKNOWN


@pytest.mark.parametrize("kind", GUIDE)
def test_the_polite_voice_says_no_and_names_the_number_or_the_code(kind: str) -> None:
    of = answer(wordings("polite")[kind])
    assert FACTS["number"] in of.text or FACTS["code"] in of.text
    told = [found.group() for found in TOLD.finditer(of.text)]
    assert [word for word in told if NEGATED.fullmatch(word) is None] == [], "something was done after all"
    assert told, "nothing is refused"
    assert of.pdf is None


def test_what_was_done_is_told_from_what_was_not() -> None:
    """So that the test before this one can fail."""
    for words in GUIDE["approved"], GUIDE["paid"], GUIDE["assigned"], GUIDE["received"], "onaylandı", "alındı":
        assert any(NEGATED.fullmatch(found.group()) is None for found in TOLD.finditer(words)), words


def test_the_changing_voice_takes_turns() -> None:
    voice = VOICES["changing"]
    said = [voice.wording("received", said=number).text for number in range(4)]
    assert said[0] == said[2] != said[1] == said[3]


@pytest.mark.parametrize(("file", "kind"), every(*FILES))
def test_text_and_html_say_the_same(file: str, kind: str) -> None:
    of = answer(wordings(file)[kind], remark="Ölçü < 3 & {kaşe}")
    message = EmailMessage()
    message.set_content(of.html, subtype="html")
    assert "{" not in of.text.replace("{kaşe}", "")
    told = content(message.as_bytes())
    lines = re.sub(r":? ?https?://\S+", "", of.text).split()
    assert [word.rstrip(".") for word in told.text.split()] == [word.rstrip(".") for word in lines]
    hrefs = [link.href for link in told.links]
    assert hrefs == re.findall(r"https?://\S+", of.text)


def test_an_offer_is_attached_where_the_words_lead_to_one() -> None:
    pdf = answer(wordings("second")["offer"]).pdf
    assert pdf is not None
    assert pdf[1].startswith(b"%PDF-")
    assert answer(wordings("second")["paid"]).pdf is None


def test_a_voice_is_kept_and_one_that_there_is_not_is_refused(tmp_path: Path) -> None:
    Behaviour.of({"voice": "polite"}).save(tmp_path)
    assert Behaviour.load(tmp_path).voice == "polite"
    (tmp_path / "behaviour.json").write_text(json.dumps({"mode": "hand"}))
    assert Behaviour.load(tmp_path).voice == "guide"
    with pytest.raises(ValueError, match="voice is one of guide, unknown, changing, polite, not 'kaba'"):
        Behaviour.of({"voice": "kaba"})
