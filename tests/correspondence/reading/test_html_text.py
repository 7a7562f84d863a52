"""What people see of HTML, and what programs mark in it as quoted or passed on."""

import pytest

from correspondence.reading.html_text import text_and_links
from correspondence.reading.quotes import Words, split

NEW, OLD = "Yeni sözlerimiz budur.", "Eski sözler burada durur."
WHO = "24 Kas 2026 Sal, 14:05 tarihinde İYS &lt;onkayit@iys.org.tr&gt; şunu yazdı:"
BELOW = "<div>Altta son söz.</div>"
BLOCK = (
    "<b>Kimden:</b> İYS<br><b>Gönderildi:</b> 24 Kasım 2026 14:05<br><b>Kime:</b> Ada<br><b>Konu:</b> Ön başvuru"
)
HEADERS = "Kimden: İYS &lt;a@iys.org.tr&gt;<br>Tarih: 24 Kas 2026<br>Konu: Onay<br>Kime: Ada"


def read(html: str, *, forward: bool = False) -> Words:
    return split(text_and_links(html)[0], forward=forward)


# Of a program whose wording nobody knows, the structure alone tells.
REPLIES = {
    "gmail": f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{WHO}<br></div>'
    f'<blockquote class="gmail_quote" style="margin:0"><div>{OLD}</div></blockquote></div>',
    "gmail, unknown language": '<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">X schrieb:</div>'
    f'<blockquote class="gmail_quote">{OLD}</blockquote></div>',
    "thunderbird": f'<div class="moz-cite-prefix">24.11.2026 14:05 tarihinde İYS yazdı:<br></div>'
    f'<blockquote type="cite" cite="mid:x"><p>{OLD}</p></blockquote>',
    "apple": f'<blockquote type="cite"><div>{WHO}</div><br><div>{OLD}</div></blockquote>',
    "roundcube": f'<p id="reply-intro">24-11-2026 14:05, İYS yazmış:</p><blockquote type="cite">{OLD}</blockquote>',
    "yahoo": f'<div id="yahoo_quoted_1" class="yahoo_quoted"><div>{WHO}</div><div><div>{OLD}</div></div></div>',
    "zoho": f'<div class="zmail_extra"><div>---- X schrieb ----</div><blockquote>{OLD}</blockquote></div>',
    "proton": f'<div class="protonmail_quote">{WHO}<br><blockquote type="cite">{OLD}</blockquote></div>',
    "yandex": f'<div>24.11.2026, 14:05, "İYS" &lt;a@iys.org.tr&gt;:</div><blockquote><div>{OLD}</div></blockquote>',
    "mail.ru": f"<div>Tuesday, November 24, 2026 from İYS &lt;a@iys.org.tr&gt;:<br>&nbsp;</div><blockquote>{OLD}</blockquote>",
    "outlook for telephones": f'<div class="ms-outlook-mobile-reference-message skipProofing">{BLOCK}<br>{OLD}</div>',
    "new outlook for mac": f'<div id="mail-editor-reference-message-container"><div>{BLOCK}</div><div>{OLD}</div></div>',
    "fairemail": f'<div fairemail="reference"><p>X schrieb</p><blockquote>{OLD}</blockquote></div>',
    "within others": f'<div><div class="yahoo_quoted"><div><div>{WHO}</div></div><div>{OLD}</div></div></div>',
}
# What follows belongs to the quotation, too: nothing says where it ends.
ENDLESS = {
    "outlook on the web": f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr">{BLOCK}</div><p>{OLD}</p>',
    "outlook on the web, unknown language": f'<hr><div id="divRplyFwdMsg">Von: İYS<br>An: Ada</div><p>{OLD}</p>',
    "outlook": f'<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">{BLOCK}</p></div><p>{OLD}</p>',
    "outlook, a paragraph each": f"<p>{BLOCK.replace('<br>', '</p><p>')}</p><p>{OLD}</p>",
    "zimbra": f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{BLOCK}</div><div>{OLD}</div>',
    "notes, a table": "<table>"
    + "".join(f"<tr><td>{row.replace('</b> ', '</b></td><td>')}</td></tr>" for row in BLOCK.split("<br>"))
    + f"</table><p>{OLD}</p>",
    "samsung": f"<div>-------- Orijinal mesaj --------</div><div>{BLOCK}</div><div>{OLD}</div>",
}
FORWARDS = {
    "gmail": '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
    f"{HEADERS}<br></div><br><div>{OLD}</div></div>",
    "gmail, not wrapped": f'<div class="gmail_attr">---------- Forwarded message ---------<br>{HEADERS}<br></div>{OLD}',
    "thunderbird": '<div class="moz-forward-container">-------- İletilmiş İleti --------<table>'
    + "".join(f"<tr><th>{row.replace(': ', ': </th><td>')}</td></tr>" for row in HEADERS.split("<br>"))
    + f"</table><p>{OLD}</p></div>",
    "apple": f"<blockquote type='cite'><div>İletilen ileti başlangıcı:</div><br><div>{HEADERS}</div><p>{OLD}</p></blockquote>",
    "yahoo": f'<div class="yahoo_quoted"><div>----- İletilmiş Mesaj -----</div><div>{HEADERS}</div><div>{OLD}</div></div>',
    "zoho": f'<div class="zmail_extra"><div>============ İletilen mesaj ============<br>{HEADERS}<br>'
    f"============ İletilen mesaj ============</div><div>{OLD}</div></div>",
    "outlook for mac": f"<div>-------- Forwarded message --------</div><p>{HEADERS}</p><p>{OLD}</p>",
}


@pytest.mark.parametrize("name", REPLIES)
def test_a_marked_quotation_is_cut_and_an_answer_below_is_read(name: str) -> None:
    assert read(f"<div>{NEW}</div><br>{REPLIES[name]}").own == NEW
    assert read(f"<div>{NEW}</div>{REPLIES[name]}{BELOW}").own == f"{NEW}\n\nAltta son söz."
    assert read(f"{REPLIES[name]}{BELOW}").own == "Altta son söz."


@pytest.mark.parametrize("name", ENDLESS)
def test_below_a_divider_everything_is_quoted(name: str) -> None:
    assert read(f"<div>{NEW}</div>{ENDLESS[name]}{BELOW}").own == NEW


@pytest.mark.parametrize("name", ENDLESS)
def test_below_a_divider_stands_the_forward_when_the_subject_says_so(name: str) -> None:
    words = read(f"<div>{NEW}</div>{ENDLESS[name]}", forward=True)
    assert words.own == NEW
    assert words.forwarded.endswith(OLD)


@pytest.mark.parametrize("name", FORWARDS)
def test_a_forward_is_told_from_own_words(name: str) -> None:
    words = read(f"<div>Bilginize.</div><br>{FORWARDS[name]}")
    assert (words.own, words.forwarded) == ("Bilginize.", OLD)


def test_answers_within_gmails_wrapper_are_read() -> None:
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">{WHO}</div><blockquote class="gmail_quote">Numara?</blockquote>'
        '<div>MX3ZB5JA</div><blockquote class="gmail_quote">Ne zaman?</blockquote><div>Yarın.</div></div>'
    )
    assert read(html).own.split() == ["MX3ZB5JA", "Yarın."]


def test_what_a_forwarded_mail_says_below_its_own_quotation_is_not_own() -> None:
    inner = f"{OLD}</p><blockquote>Daha eski.</blockquote><p>Onun sonu.</p>"
    words = read(FORWARDS["thunderbird"].replace(f"{OLD}</p>", inner))
    assert words.own == ""
    assert words.forwarded.split("\n")[0] == OLD


def test_a_wrapper_that_is_left_open_quotes_to_the_end_and_one_that_is_closed_twice_ends() -> None:
    assert read(f'{NEW}<div class="yahoo_quoted"><div>{OLD}').own == NEW
    assert read(f'{NEW}<div class="yahoo_quoted">{OLD}</div></div></div>Son.').own == f"{NEW}\n\nSon."


def test_preformatted_lines_stay_lines() -> None:
    for html in (
        f"<pre>{NEW}\n\n24.11.2026 14:05 tarihinde İYS yazdı:\n&gt; {OLD}\n\nSon.</pre>",
        f'<div class="pre" style="margin: 0; white-space: pre-wrap">{NEW}\n24.11.2026 14:05 tarihinde İYS yazdı:\n&gt; {OLD}\n'
        "Son.</div>",
    ):
        assert read(html).own == f"{NEW}\n\nSon."


@pytest.mark.parametrize(
    "head", ["<head><title>Başlık</title></head>", "<head><title>Başlık</title><style>p{}</style>"]
)
def test_a_head_that_is_never_closed_hides_nothing(head: str) -> None:
    assert text_and_links(f"<html>{head}<body><p>{NEW}</p></body></html>")[0] == NEW


@pytest.mark.parametrize(
    "piece", ["<blockquote>", '<div class="gmail_quote">', "<p id=reply-intro>", "<div>", "<pre>\n"]
)
def test_deep_nests_take_no_time(piece: str) -> None:
    assert text_and_links(piece * 20_000 + NEW)[0].endswith(NEW)
