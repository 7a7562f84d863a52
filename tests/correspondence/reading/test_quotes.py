"""What programs put around the words that they quote or pass on, in plain text."""

import pytest

from correspondence.reading.quotes import split

OLD = "Eski sözler burada durur."
NEW = "Yeni sözlerimiz budur."
# Program and language, and what it writes above the quotation.
ATTRIBUTIONS = {
    "gmail, turkish": "24 Kas 2026 Sal, 14:05 tarihinde İYS Ön Kayıt <onkayit@iys.org.tr> şunu yazdı:",
    "gmail, broken": "24 Kas 2026 Sal, 14:05 tarihinde İYS Ön Kayıt Birimi\n<onkayit@iys.org.tr> şunu\nyazdı:",
    "gmail, english": "On Tue, Nov 24, 2026 at 2:05 PM İYS Ön Kayıt <onkayit@iys.org.tr> wrote:",
    "gmail, english, broken": "On Tue, Nov 24, 2026 at 2:05 PM İYS Ön Kayıt Birimi\n<onkayit@iys.org.tr> wrote:",
    "gmail, old": "2026-11-24 14:05 GMT+03:00 İYS Ön Kayıt <onkayit@iys.org.tr>:",
    "apple, turkish": "İYS Ön Kayıt <onkayit@iys.org.tr> şunları yazdı (24 Kas 2026 14:05):",
    "iphone, turkish": "24 Kas 2026 tarihinde, saat 14:05’te İYS Ön Kayıt <onkayit@iys.org.tr> şunları yazdı:",
    "apple, english": "On 24 Nov 2026, at 14:05, İYS Ön Kayıt <onkayit@iys.org.tr> wrote:",
    "thunderbird, turkish": "24.11.2026 14:05 tarihinde İYS Ön Kayıt yazdı:",
    "thunderbird, english": "On 11/24/26 14:05, İYS Ön Kayıt wrote:",
    "k-9, turkish": '24 Kasım 2026 14:05:00 GMT+03:00 tarihinde "İYS" <onkayit@iys.org.tr> şunları yazdı:',
    "k-9, english": 'On 24 November 2026 14:05:00 GMT+03:00, "İYS" <onkayit@iys.org.tr> wrote:',
    "roundcube, turkish": "24-11-2026 14:05, İYS Ön Kayıt yazmış:",
    "roundcube, english": "On 2026-11-24 14:05, İYS Ön Kayıt wrote:",
    "horde, english": "Quoting İYS Ön Kayıt <onkayit@iys.org.tr>:",
    "horde, turkish": "Alıntı İYS Ön Kayıt <onkayit@iys.org.tr>:",
    "zoho, english": "---- On Tue, 24 Nov 2026 14:05:00 +0300 İYS <onkayit@iys.org.tr> wrote ----",
    "zoho, turkish": "---- Sal, 24 Kas 2026 14:05:00 +0300 tarihinde İYS <onkayit@iys.org.tr> şunu yazdı ----",
    "sogo, english": "On Tuesday, November 24, 2026 14:05 +03, İYS Ön Kayıt <onkayit@iys.org.tr> wrote:",
    "sogo, turkish": "Salı, Kasım 24, 2026 14:05 +03 tarihinde, İYS <onkayit@iys.org.tr> şöyle yazdı:",
    "snappymail": "On 24 November 2026 at 14:05, İYS <onkayit@iys.org.tr> wrote:",
    "yahoo, turkish": "24 Kasım 2026 Salı 14:05:00 GMT+3 tarihinde İYS <onkayit@iys.org.tr> şunu yazdı:",
    "yahoo, english": "On Tuesday, November 24, 2026 at 02:05:00 PM GMT+3, İYS <onkayit@iys.org.tr> wrote:",
    "yandex": '24.11.2026, 14:05, "İYS Ön Kayıt" <onkayit@iys.org.tr>:',
    "mail.ru": "Tuesday, November 24, 2026 2:05 PM +03:00 from İYS Ön Kayıt <onkayit@iys.org.tr>:",
    "proton": "On Tuesday, November 24th, 2026 at 14:05, İYS <onkayit@iys.org.tr> wrote:",
    "outlook for mac, old": 'On 24.11.2026 14:05, "İYS Ön Kayıt" <onkayit@iys.org.tr> wrote:',
    "notes": "İYS Ön Kayıt ---24.11.2026 14:05:00---Ön başvurunuz",
}
SENDER, DAY, TO, TITLE = "İYS Ön Kayıt <onkayit@iys.org.tr>", "24 Kasım 2026 Salı 14:05", "Ada Yalın", "Ön başvuru"


def headers(labels: str, *, between: str = "\n", gap: str = " ", around: str = "") -> str:
    """As the labels, sender, day, recipient and subject in the program's own order, ask for it."""
    values = {"s": SENDER, "d": DAY, "t": TO, "c": "Can Ak", "x": TITLE}
    lines = (label.partition("=") for label in labels.split())
    return between.join(f"{around}{name.replace('_', ' ')}:{around}{gap}{values[of]}" for name, _is, of in lines)


TURKISH, ENGLISH = "Kimden=s Gönderildi=d Kime=t Konu=x", "From=s Sent=d To=t Subject=x"
DATED, DATED_ENGLISH = "Kimden=s Tarih=d Kime=t Konu=x", "From=s Date=d To=t Subject=x"
# Header blocks, which say no end of what they quote.
BLOCKS = {
    "outlook, turkish": headers(TURKISH),
    "outlook, with copies": headers("Kimden=s Gönderildi=d Kime=t Bilgi=c Konu=x"),
    "outlook, a long list": headers("Kimden=s Gönderildi=d Kime=t Konu=x").replace(TO, f"{TO};\nCan Ak;\nCem Su"),
    "outlook, old": headers("Kimden=s Gönderilme_Tarihi=d Kime=t Konu=x"),
    "outlook, english": headers(ENGLISH),
    "outlook on the web": f"{'_' * 32}\n{headers('Gönderen=s Gönderildi=d Kime=t Konu=x')}",
    "outlook for mac": headers(DATED),
    "outlook, bold": headers(TURKISH, around="*"),
    "özgün ileti": f"-----Özgün İleti-----\n{headers('Kimden=s Gönderilen=d Kime=t Konu=x')}",
    "original message": f"-----Original Message-----\n{headers(ENGLISH)}",
    "samsung, turkish": f"-------- Orijinal mesaj --------\n{headers('Kimden=s Tarih=d Alıcı=t Konu=x')}",
    "samsung, english": f"-------- Original message --------\n{headers(DATED_ENGLISH)}",
    "notes": headers("From=s To=t Date=d Subject=x", gap="\t"),
    "a table": headers(TURKISH, between="\n\n", gap="\n\n"),
}
ZOHO = f"{'=' * 12} Forwarded message {'=' * 12}"
FORWARDS = {
    "gmail": "---------- Forwarded message ---------\n" + headers("Gönderen=s Date=d Subject=x To=t"),
    "gmail, turkish": "---------- Yönlendirilen ileti ----------\n" + headers("Kimden=s Tarih=d Konu=x Alıcı=t"),
    "apple, turkish": "İletilen ileti başlangıcı:\n\n" + headers("Kimden=s Konu=x Tarih=d Kime=t"),
    "apple, english": "Begin forwarded message:\n\n" + headers("From=s Subject=x Date=d To=t"),
    "thunderbird, turkish": "-------- İletilmiş İleti --------\n" + headers("Konu=x Tarih=d Kimden=s", gap=" \t"),
    "thunderbird, english": "-------- Forwarded Message --------\n"
    + headers("Subject=x Date=d From=s", gap=" \t"),
    "zoho": f"{ZOHO}\n{headers(DATED_ENGLISH)}\n{ZOHO}",
    "yahoo": "----- İletilmiş Mesaj -----\n" + headers("Kimden=s Kime=t Gönderilen=d Konu=x"),
    "yahoo, one line": "   ----- İletilmiş Mesaj ----- "
    + headers("Kimden=s Kime=t Gönderilen=d Konu=x", between=""),
    "yahoo, english, one line": "----- Forwarded Message ----- "
    + headers("From=s To=t Sent=d Subject=x", between=""),
    "snappymail": "-------- Yönlendirilmiş mesaj -------\n" + headers("Kimden=s Kime=t Tarih=d Konu=x"),
    "mail.ru, russian": "-------- Пересылаемое сообщение --------\n" + headers("От_кого=s Кому=t Дата=d Тема=x"),
    "mail.ru": "-------- Forwarded message --------\n" + headers("From=s To=t Date=d Subject=x"),
    "notes": "----- Forwarded by Ada Yalin/Firma on 24.11.2026 14:20 -----\n\n" + headers(DATED_ENGLISH, gap="\t"),
    "notes, turkish": "----- Ada Yalın/Firma tarafından 24.11.2026 14:20 iletildi -----\n\n" + headers(DATED),
    "horde": f"----- Forwarded message from {SENDER} -----\n"
    + headers("Date=d From=s Subject=x", between="\n    "),
}


def own_words(text: str) -> str:
    return split(text).own


def marked(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


@pytest.mark.parametrize("name", ATTRIBUTIONS)
@pytest.mark.parametrize("quotation", [marked(OLD), f"\n{marked(OLD)}", OLD], ids=["marked", "a gap", "bare"])
def test_an_attribution_and_its_quotation_are_cut(name: str, quotation: str) -> None:
    assert own_words(f"{NEW}\n\n{ATTRIBUTIONS[name]}\n{quotation}") == NEW


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_answer_below_a_marked_quotation_is_read(name: str) -> None:
    assert own_words(f"{ATTRIBUTIONS[name]}\n{marked(OLD)}\n\n{NEW}") == NEW


@pytest.mark.parametrize("name", BLOCKS)
def test_below_a_block_of_headers_everything_is_quoted(name: str) -> None:
    assert own_words(f"{NEW}\n\n{BLOCKS[name]}\n\n{OLD}\n\nBu da eskiden kalma.") == NEW


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_a_forward_when_the_subject_says_so(name: str) -> None:
    words = split(f"{NEW}\n\n{BLOCKS[name]}\n\n{OLD}", forward=True)
    assert (words.own, words.forwarded) == (NEW, OLD)


@pytest.mark.parametrize("name", FORWARDS)
def test_a_forward_is_told_from_own_words(name: str) -> None:
    words = split(
        f"Bilginize.\n\n{FORWARDS[name]}\n{'' if 'one line' in name else chr(10)}{OLD}\n\nİkinci paragraf."
    )
    assert (words.own, words.forwarded) == ("Bilginize.", f"{OLD}\n\nİkinci paragraf.")


@pytest.mark.parametrize("name", FORWARDS)
def test_a_marked_forward_ends_where_its_marks_end(name: str) -> None:
    words = split(f"{marked(FORWARDS[name] + chr(10) + chr(10) + OLD)}\n\nBilginize.")
    assert (words.own, words.forwarded) == ("Bilginize.", OLD)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("-------- Yönlendirilen mesaj --------", "-------- Yönlendirilen mesajın sonu --------"),
        ("-------- Forwarded message --------", "-------- End of forwarded message --------"),
        ("-------- Пересылаемое сообщение --------", "-------- Конец пересылаемого сообщения --------"),
        ("----- Forwarded message from a@b.example -----", "----- End forwarded message -----"),
    ],
)
def test_a_forward_that_says_its_end_ends_there(begins: str, ends: str) -> None:
    words = split(f'{begins}\n24.11.2026, 14:05, "İYS" <onkayit@iys.org.tr>:\n\n{OLD}\n{ends}\n\nBilginize.')
    assert words.own == "Bilginize."
    assert OLD in words.forwarded or not words.forwarded


def test_answers_between_quotations_are_read_in_their_order() -> None:
    text = (
        f"{ATTRIBUTIONS['thunderbird, turkish']}\n> Numaranız nedir?\n\nMX3ZB5JA.\n\n> Ne zaman?\n> Nerede?\n\n"
        "Yarın.\n\n-- \nAda"
    )
    assert own_words(text).split() == ["MX3ZB5JA.", "Yarın.", "--", "Ada"]


def test_a_quotation_in_a_quotation_ends_with_it() -> None:
    assert (
        own_words(f"{NEW}\n> {ATTRIBUTIONS['gmail, turkish']}\n>> {OLD}\n> Tamam.\nSon söz.")
        == f"{NEW}\n\nSon söz."
    )


@pytest.mark.parametrize(
    "line", ["Ada Yalın", "Ancak ödemeniz reddedildi", "24.11.2026 tarihli ödemeniz reddedildi"]
)
@pytest.mark.parametrize("name", [name for name in ATTRIBUTIONS if "broken" not in name])
def test_a_line_right_above_an_attribution_is_own(name: str, line: str) -> None:
    assert own_words(f"{NEW}\n{line}\n{ATTRIBUTIONS[name]}\n> {OLD}") == f"{NEW}\n{line}"


@pytest.mark.parametrize(
    "text",
    [
        "Konu: başvurumuz hakkında bilgi rica ederiz.",
        "Sayı: 2026/11\nTarih: 24.11.2026\nKonu: Ödemeniz\n\nÖdemeniz alınmıştır.",
        "Tarih: 24.11.2026\nKime: Mavi Deniz\nKonu: Ödemeniz\n\nÖdemeniz alınmıştır.",
        "Ödemeniz alınmıştır.\n____________________\nİleti Yönetim Sistemi A.Ş.",
        "Kimden: belli değil.\nBaşvurunuz alınmıştır.",
        "Başvurunuz 24.11.2026 tarihinde alınmıştır:\nMX3ZB5JA",
        "Saat 14:05 için not: temsilcimiz size yazdı.\nBaşvurunuz alınmıştır.",
        "---------- Ödeme bilgileri ----------\nÖdemeniz alınmıştır.",
    ],
)
def test_what_only_looks_like_a_quotation_is_own(text: str) -> None:
    assert own_words(text) == text


def test_forwards_within_forwards_come_to_an_end() -> None:
    assert OLD in split(f"{FORWARDS['gmail']}\n\n" * 200 + OLD).forwarded
