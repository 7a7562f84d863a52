"""The words of a mail are there whatever its form, and each form once."""

import base64
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from correspondence.incoming.matching import clues
from correspondence.reading.forms import ONLY_IN_THE_OTHER
from correspondence.reading.parsing import Content, content, envelope
from tests.scenarios.mails import CHANGES, RECEIVED, mail

WORDS = "MX3ZB5JA no'lu başvurunuz alınmıştır."
PLAIN = f"Content-Type: text/plain; charset=utf-8\n\n{WORDS}"
HTML = f"Content-Type: text/html; charset=utf-8\n\n<p>{WORDS}</p>"
PICTURE = "Content-Type: image/png\nContent-ID: <a>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="
SIGNATURE = (
    'Content-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Transfer-Encoding: base64\n\nMAA='
)


def several(kind: str, *parts: str, boundary: str = "") -> str:
    mark = boundary or f"sinir-{kind}-{len(''.join(parts))}"
    body = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{body}--{mark}--\n'


def read(part: str) -> Content:
    return content(f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n{part}".encode().replace(b"\n", b"\r\n"))


NESTED = {
    "alternative": several("alternative", PLAIN, HTML),
    "HTML first": several("alternative", HTML, PLAIN),
    "in mixed": several("mixed", several("alternative", PLAIN, HTML), PICTURE),
    "with pictures": several("alternative", PLAIN, several("related", HTML, PICTURE)),
    "in related": several("related", several("alternative", PLAIN, HTML), PICTURE),
    "apple, with a file": several("alternative", PLAIN, several("mixed", HTML, PICTURE)),
    "signed": several("signed", several("alternative", PLAIN, HTML), SIGNATURE),
    "signed, in mixed": several("mixed", several("signed", several("alternative", PLAIN, HTML), SIGNATURE)),
    "within one another": several("alternative", several("alternative", PLAIN, HTML)),
    "three deep": several("mixed", several("related", several("alternative", PLAIN, several("related", HTML)))),
}


@pytest.mark.parametrize("name", NESTED)
def test_each_form_is_said_once(name: str) -> None:
    found = read(NESTED[name])
    assert (found.text, found.alternative, found.full_text) == (WORDS, WORDS, WORDS)


@pytest.mark.parametrize("name", ["plain", "HTML"])
def test_a_form_alone_is_the_text(name: str) -> None:
    found = read(several("alternative", {"plain": PLAIN, "HTML": HTML}[name]))
    assert (found.text, found.alternative, found.full_text) == (WORDS, "", WORDS)


@pytest.mark.parametrize(
    "filler",
    [
        "",
        " \n\u00a0\n",
        "Bu e-posta HTML biçimindedir.",
        "E-posta programınız HTML görüntülemeyi desteklemiyor.",
        "Bu iletiyi görüntülemek için HTML destekleyen bir e-posta programı kullanın.",
        "Your e-mail program does not support HTML. Please open it in your browser: https://iys.example/1?a=b",
        "This is a multi-part message in MIME format.",
        "Bu e-postayı düzgün görüntüleyemiyorsanız: https://iys.example/posta/1",
        "If you cannot view this e-mail: https://iys.example/posta/1",
        "Bu mesajı tarayıcınızda görüntüleyin:\nhttps://iys.example/posta/1",
    ],
)
def test_a_plain_form_that_says_nothing_gives_way(filler: str) -> None:
    found = read(several("alternative", f"Content-Type: text/plain; charset=utf-8\n\n{filler}", HTML))
    assert (found.text, found.alternative) == (WORDS, "")
    assert found.full_text.startswith(WORDS)


def test_a_plain_form_that_also_mentions_html_is_a_form() -> None:
    plain = "Content-Type: text/plain; charset=utf-8\n\nBu e-posta HTML biçimindedir. Başvurunuz reddedilmiştir."
    assert "reddedilmiştir" in read(several("alternative", plain, HTML)).text


def test_forms_that_say_different_things_are_both_shown_and_matched() -> None:
    other = (
        "Content-Type: text/html; charset=utf-8\n\n<p>QT7KD2WP no'lu başvurunuz alınmıştır.</p><p>Teşekkürler.</p>"
    )
    raw = f"Subject: x\n{several('alternative', PLAIN, other)}".encode()
    found = content(raw)
    assert (found.text, found.alternative.split("\n")[0]) == (WORDS, "QT7KD2WP no'lu başvurunuz alınmıştır.")
    assert found.full_text.startswith(f"{WORDS}\n\n{ONLY_IN_THE_OTHER}\nQT7KD2WP")
    assert clues(envelope(raw), found, tracking_domain="takip.example").numbers == {"MX3ZB5JA", "QT7KD2WP"}


def test_a_third_form_is_shown_as_well() -> None:
    third = "Content-Type: text/enriched; charset=utf-8\n\n<bold>Başka</bold> sözler."
    found = read(several("alternative", PLAIN, third, HTML))
    assert (found.text, found.alternative) == (WORDS, WORDS)
    assert "Başka sözler." in found.full_text


@pytest.mark.parametrize("text", [RECEIVED, CHANGES])
def test_what_a_program_composes_is_read_as_written(text: str) -> None:
    html = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    found = content(mail(text=text, html=html))
    assert found.text == found.full_text == text.strip()


def test_words_around_an_alternative_belong_to_both_forms() -> None:
    foot = "Content-Type: text/plain; charset=utf-8\n\nListe: duyuru"
    found = read(several("mixed", several("alternative", PLAIN, HTML), foot))
    assert found.text == found.alternative == found.full_text == f"{WORDS}\nListe: duyuru"


def test_hidden_words_are_read_and_shown() -> None:
    for style in ("display:none", "font-size:0", "color:#fff;background:#fff", "height:0;overflow:hidden"):
        html = f"Content-Type: text/html; charset=utf-8\n\n<p>{WORDS}</p><div style='{style}'>Gizli.</div>"
        assert read(html).text == read(html).full_text == f"{WORDS}\n\nGizli."


@pytest.mark.parametrize("part", [PLAIN, HTML], ids=["plain", "HTML"])
def test_a_text_that_is_shown_within_is_the_text_when_there_is_no_other(part: str) -> None:
    file = _named(part, "inline")
    alone, beside = read(several("mixed", file)), read(several("mixed", "\n\nMerhaba.", file))
    assert (alone.text, alone.full_text) == (WORDS, WORDS)
    assert beside.text == beside.full_text == "Merhaba."
    assert [each.filename for each in (*alone.attachments, *beside.attachments)] == ["ATT00001.txt"] * 2


def test_a_text_that_has_to_be_opened_is_shown_but_nobody_wrote_it_here() -> None:
    found = read(several("mixed", _named(PLAIN, "attachment")))
    assert (found.text, found.full_text.endswith(WORDS)) == ("", True)


def _named(part: str, disposition: str) -> str:
    return part.replace("\n\n", f'\nContent-Disposition: {disposition}; filename="ATT00001.txt"\n\n', 1)


@pytest.mark.parametrize("kind", ["text/markdown", "text/x-unheard-of", "application/xhtml+xml"])
def test_texts_of_rare_types_are_words(kind: str) -> None:
    assert read(f"Content-Type: {kind}; charset=utf-8\n\n{WORDS}").text == WORDS


@pytest.mark.parametrize("kind", ["text/calendar", "text/vcard", "text/csv"])
def test_data_for_programs_is_no_text(kind: str) -> None:
    found = read(several("mixed", PLAIN, f"Content-Type: {kind}; charset=utf-8\n\nBEGIN"))
    assert (found.text, len(found.attachments)) == (WORDS, 1)


def coded(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


PADDED = "Başvurunuz alınmıştır.\n"
ENCODED = {
    "spaces behind a soft line end": ("quoted-printable", "Ba=C5=9Fvurunuz al=C4=B1=  \nnm=C4=B1=C5=9Ft=C4=B1r."),
    "base64 with padding within": ("base64", f"{coded('Başvur')}\n{coded('unuz alınmıştır.')}"),
    "base64 with a list's foot": ("base64", f"{coded(PADDED)}\n_____\nListe: duyuru, kapat!"),
    "base64 cut short": ("base64", coded(PADDED).rstrip("=")),
}


@pytest.mark.parametrize("name", ENCODED)
def test_what_happens_to_encodings_on_the_way_is_undone(name: str) -> None:
    encoding, body = ENCODED[name]
    head = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}"
    assert read(f"{head}\n\n{body}").text == "Başvurunuz alınmıştır."


def test_carriage_returns_alone_end_lines_too() -> None:
    raw = f"From: a@b.example\rSubject: Onay\r{PLAIN}\rSon.".replace("\n", "\r").encode()
    assert (envelope(raw).subject, content(raw).text) == ("Onay", f"{WORDS}\nSon.")


ATTACHED = f"Content-Type: message/rfc822\n\nFrom: onkayit@iys.org.tr\nSubject: Onay\n{PLAIN}\n\n> Eski sözler."


@pytest.mark.parametrize(
    "part",
    [
        several("mixed", "\n", ATTACHED),
        several("mixed", several("related", ATTACHED)),
        several("signed", several("mixed", "\n", ATTACHED), SIGNATURE),
        several("mixed", "\n", f"Content-Type: message/rfc822\n\nSubject: İlt\n{several('mixed', ATTACHED)}"),
        ATTACHED,
        several("digest", ATTACHED),
    ],
    ids=["mixed", "nested", "signed", "in an attached mail", "alone", "digest"],
)
def test_an_attached_mail_is_passed_on(part: str) -> None:
    found = read(part)
    assert (found.text, found.forwarded) == ("", WORDS)
    assert "Eski sözler." in found.full_text
    assert "Konu: Onay" in found.full_text


def test_a_mail_that_is_attached_as_a_file_of_bytes_is_passed_on() -> None:
    file = ATTACHED.replace("message/rfc822", 'application/octet-stream; name="onay.eml"', 1)
    found = read(several("mixed", "\n\nEkte.", file))
    assert (found.text, found.forwarded) == ("Ekte.", WORDS)
    assert [each.filename for each in found.attachments] == ["onay.eml"]


def test_of_two_attached_mails_none_is_meant_but_both_are_shown() -> None:
    found = read(several("mixed", PLAIN, ATTACHED, ATTACHED.replace("MX3ZB5JA", "QT7KD2WP")))
    assert (found.text, found.forwarded) == (WORDS, "")
    assert "QT7KD2WP" in found.full_text


def test_flowed_lines_are_one_sentence() -> None:
    words = "Başvurunuz \nincelenmiş ve \nalınmıştır.\n> Eski \n> sözler.\n\n -- yazı.\n-- \nAda"
    found = read(f"Content-Type: text/plain; charset=utf-8; format=flowed\n\n{words}")
    assert found.text == "Başvurunuz incelenmiş ve alınmıştır.\n\n-- yazı.\n-- \nAda"
    assert "> Eski sözler." in found.full_text


def test_flowed_lines_may_say_that_their_space_is_none() -> None:
    head = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"
    assert read(f"{head}\n\nBaş \nvurunuz  \nalındı.").text == "Başvurunuz alındı."


def test_enriched_text_shows_its_words_alone() -> None:
    words = "<bold>Başvurunuz</bold>\n<color><param>red</param>alınmıştır.</color>\n\n2 << 3"
    assert read(f"Content-Type: text/enriched; charset=utf-8\n\n{words}").text == "Başvurunuz alınmıştır.\n2 < 3"


BROKEN = {
    "no closing line": several("mixed", PLAIN)
    .replace("--sinir-mixed", "--sinir-mixed", 1)
    .rpartition("--sinir")[0],
    "no boundary named": several("mixed", PLAIN).replace("; boundary=", "; x-boundary=", 1),
    "another boundary named": several("mixed", PLAIN).replace('boundary="sinir', 'boundary="yok', 1),
    "boundary on a line that was folded wrongly": several("mixed", PLAIN).replace("; boundary", ";\nboundary", 1),
    "no content type": several("mixed", PLAIN).partition("\n")[2],
    "a part without a head": several("mixed", WORDS),
    "a part without a blank line": several("mixed", f"{WORDS}\n\nSon."),
    "the same boundary within": several("mixed", several("alternative", PLAIN, HTML, boundary="b"), boundary="b"),
    "without ends, within": several("mixed", several("alternative", PLAIN, HTML)[:-20], PICTURE),
    "spaces behind": several("mixed", PLAIN)
    .replace("\n\n--sinir", "\n\n--sinir")
    .replace("\nContent", "  \nContent", 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_words_are_found_between_broken_boundaries(name: str) -> None:
    found = read(BROKEN[name])
    assert found.text.startswith(WORDS)
    assert found.full_text.count("alınmıştır") == 1
    assert "sinir" not in found.full_text


def test_what_follows_a_nested_part_with_the_same_boundary_is_kept() -> None:
    inner = several("alternative", PLAIN, HTML, boundary="b")
    file = 'Content-Type: application/pdf; name="teklif.pdf"\n\n%PDF-1.4'
    found = read(several("mixed", inner, file, boundary="b"))
    assert (found.text, found.alternative) == (WORDS, WORDS)
    assert [each.filename for each in found.attachments] == ["teklif.pdf"]


def test_a_mail_as_this_language_composes_it_is_read_back() -> None:
    message = EmailMessage()
    message.set_content(WORDS)
    message.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="İmza.pdf")
    found = content(message.as_bytes(policy=SMTP))
    assert (found.text, [each.filename for each in found.attachments]) == (WORDS, ["İmza.pdf"])
