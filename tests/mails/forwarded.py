"""Forwards and quotations as mail programs write them, in HTML too: what was passed on is read, and moves nothing."""

from typing import Any

from tests.mails.make import BYE, IYS, MEMBER, NUMBER_A, Corpus, passed
from tests.mails.ordinary import APPROVED, CODES
from tests.mails.quoted import ADA, AGO, MEMBERS, NOT_OURS, OFFICE, RULE, STRANGERS, TIED, marked
from tests.mails.shapes import PLAIN, html, multipart
from tests.mails.tone import RECEIVED

DATE = "24 Kasım 2026 Salı 14:05"
# What stands above the words passed on; what some programs write below them.
FORWARDS = {
    "yahoo": f"----- İletilmiş Mesaj ----- Kimden: {OFFICE}Kime: {ADA}Gönderilen: {DATE}:00 GMT+3Konu: Başvurunuz\n",
    "yahoo-lines": f"   ----- İletilmiş Mesaj -----\nKimden: {OFFICE}\nKime: {ADA}\nGönderilen: {DATE}:00 GMT+3\n"
    "Konu: Başvurunuz\n\n",
    "yahoo-english": f"----- Forwarded Message ----- From: {OFFICE}To: {ADA}Sent: Tuesday, November 24, 2026 at 02:05:00 "
    "PM GMT+3Subject: Başvurunuz\n",
    "thunderbird": f"-------- İletilen İleti --------\nKonu: \tBaşvurunuz\nTarih: \tTue, 24 Nov 2026 14:05:00 +0300\n"
    f"Gönderen: \t{OFFICE}\nAlıcı: \t{MEMBER}\n\n\n\n",
    "thunderbird-english": "-------- Forwarded Message --------\nSubject: \tBaşvurunuz\nDate: \tTue, 24 Nov 2026 14:05:00 "
    f"+0300\nFrom: \t{OFFICE}\nTo: \t{MEMBER}\n\n\n\n",
    "sogo": f"-------- Orjinal İleti --------\nKonu: Başvurunuz\nTarih: {DATE}\nGönderen: {OFFICE}\nAlıcı: {MEMBER}\n\n\n",
    "snappymail": f"-------- Yönlendirilmiş İleti -------\nKimden: {OFFICE}\nKime: {MEMBER}\nGönder: {DATE}\n"
    "Konu: Başvurunuz\n\n",
    "k-9": f"-------- Özgün İleti --------\nKimden: {OFFICE}\nGönderilme: 24 Kasım 2026 14:05:00 GMT+03:00\nKime: {MEMBER}\n"
    "Konu: Başvurunuz\n\n",
    "roundcube": f"-------- Özgün ileti --------\nKonu: Başvurunuz\nTarih: 24-11-2026 14:05\nGönderici: {OFFICE}\n"
    f"Alıcı: {MEMBER}\n\n",
    "roundcube-english": f"-------- Original Message --------\nSubject: Başvurunuz\nDate: 2026-11-24 14:05\nFrom: {OFFICE}\n"
    f"To: {MEMBER}\n\n",
    "samsung": f"-------- Orijinal mesaj --------\nGönderen: {OFFICE} \nTarih: 24.11.2026  14:05  (GMT+03:00) \n"
    f"Alıcı: {MEMBER} \nKonu: Başvurunuz \n\n",
    "zoho": f"============ Forwarded message ============\nFrom: {OFFICE}\nTo: <{MEMBER}>\nDate: Tue, 24 Nov 2026 14:05:00 "
    "+0300\nSubject: Başvurunuz\n============ Forwarded message ============\n\n",
    "yandex": f'-------- İletilen mesaj --------\n24.11.2026, 14:05, "İYS Ön Kayıt" <{IYS}>:\n\n',
    "yandex-russian": f'-------- Пересылаемое сообщение --------\n24.11.2026, 14:05, "İYS Ön Kayıt" <{IYS}>:\n\n',
    "mail-ru": f"-------- Пересылаемое сообщение --------\nОт кого: {OFFICE}\nКому: {MEMBER}\nДата: Вторник, 24 ноября "
    "2026, 14:05 +03:00\nТема: Başvurunuz\n\n",
    "proton": f"------- Forwarded Message -------\nFrom: {OFFICE}\nDate: On Tuesday, November 24th, 2026 at 2:05 PM\n"
    f"Subject: Başvurunuz\nTo: {MEMBER}\n\n",
    "notes": f"----- Forwarded by Ada Yalın/Mavi on 24.11.2026 14:05 -----\n\nFrom:\t{OFFICE}\nTo:\t{MEMBER}\n"
    "Date:\t24.11.2026 14:05\nSubject:\tBaşvurunuz\n\n\n",
    "outlook-new": f"Kimden: {OFFICE}\nTarih: Salı, 24 Kasım 2026 14:05\nKime: {ADA}\nKonu: Başvurunuz\n\n",
    "outlook-web": f"{RULE}Kimden: {OFFICE}\nGönderildi: {DATE}\nKime: {ADA}\nKonu: Başvurunuz\n\n",
    "gmail-turkish-labels": f"---------- Forwarded message ---------\nKimden: {OFFICE}\nDate: 24 Kas 2026 Sal, 14:05\n"
    f"Subject: Başvurunuz\nTo: {ADA}\n\n\n",
    "horde": f"----- {IYS} tarafından yönlendirilen ileti -----\n    Tarih: Tue, 24 Nov 2026 14:05:00 +0300\n    Kimden: "
    f"{OFFICE}\n     Konu: Başvurunuz\n     Kime: {MEMBER}\n\n",
}
PAGE = "".join(f"<p>{line}</p>" for line in APPROVED.splitlines() if line)
HEAD = (
    f"<b>Kimden:</b> İYS Ön Kayıt &lt;{IYS}&gt;<br><b>Gönderildi:</b> {DATE}<br><b>Kime:</b> Ada Yalın &lt;{MEMBER}&gt;"
    "<br><b>Konu:</b> Başvurunuz<br>"
)
OLD = "".join(f"<p>{line}</p>" for line in AGO.splitlines() if line)
ASKED = HEAD.replace("İYS Ön Kayıt", "Ada Yalın").replace(IYS, MEMBER)
ASKED_BY = f"Ada Yalın &lt;<a href='mailto:{MEMBER}'>{MEMBER}</a>&gt;"
# {0} are the words quoted or passed on, {1} the head above them.
FRAMES = {
    "outlook": '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
    "{1}</p></div><div>{0}</div>",
    "outlook-web": '<div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block;width:98%"><div '
    'id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{1}</font><div>&nbsp;</div></div><div>{0}</div>',
    "outlook-phone": '<hr style="display:inline-block;width:98%"><div id="mail-editor-reference-message-container">'
    "<div>{1}</div>{0}</div>",
    "samsung": '<div style="font-size:100%;color:#000000"><div>-------- Orijinal mesaj --------</div><div>{1}</div>'
    "<div><br></div></div>{0}",
}
QUOTES = {
    "gmail": '<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{1}, 24 Kas 2026 Sal, '
    '14:05 tarihinde şunu yazdı:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{0}</blockquote></div>',
    "apple": '<br><div><blockquote type="cite"><div>{1} şunları yazdı (24 Kas 2026 14:05):</div><br><div>{0}</div>'
    "</blockquote></div>",
    "thunderbird": '<div class="moz-cite-prefix">24.11.2026 14:05 tarihinde Ada Yalın yazdı:<br></div><blockquote '
    'type="cite" cite="mid:x@y">{0}</blockquote>',
    "yahoo": '<div id="ydpx" class="yahoo_quoted"><div style="font-size:13px"><div>24 Kasım 2026 Salı 14:05:00 GMT+3 '
    "tarihinde {1} şunu yazdı:</div><div><br></div><div>{0}</div></div></div>",
    "yandex": '<div>24.11.2026, 14:05, "Ada Yalın" &lt;ada@mavideniz.example&gt;:</div><blockquote>{0}</blockquote>',
    "zoho": '<div class="zmail_extra_hr"></div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- 24 Kas 2026 Sal '
    "14:05:00 +0300 tarihinde <b>{1}</b> şunu yazdı ----</div><blockquote>{0}</blockquote></div>",
    "proton": '<div class="protonmail_quote">On Tuesday, November 24th, 2026 at 2:05 PM, {1} wrote:<br><blockquote '
    'class="protonmail_quote" type="cite">{0}</blockquote></div>',
    "roundcube": '<p id="reply-intro">24-11-2026 14:05, Ada Yalın yazmış:</p><blockquote type="cite" style="padding:0 0.4em">'
    "<div>{0}</div></blockquote>",
}


def add_to(corpus: Corpus) -> None:
    own = "Bilginize sunarım."
    told: dict[str, Any] = {
        "kind": "approved",
        "extracted": CODES,
        "forwarded": True,
        "dangerous": True,
        "outcome": "person",
        "says": [own],
        "says_not": ["onaylanmıştır", "710497", "İYS Ön Kayıt"],
        "shows": ["Hizmet sağlayıcı", "710497"],
    }
    member = {**told, **MEMBERS}
    for name, begins in FORWARDS.items():
        title = "Fwd: Başvurunuz" if "english" in name or name == "k-9" else "İlt: Başvurunuz"
        corpus.add(f"forwarded-{name}", f"{own}\n\n{begins}{APPROVED}", title=title, **member)
    for name, frame in FRAMES.items():
        mime, body = html(f"<p>{own}</p>{frame.format(PAGE, HEAD)}")
        corpus.add(f"forwarded-html-{name}", body, mime=mime, title="İlt: Başvurunuz", **member)
    gmail = (
        f'<div dir="ltr">{own}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded '
        f'message ---------<br>Gönderen: <strong class="gmail_sendername">İYS Ön Kayıt</strong> <span>&lt;{IYS}&gt;</span>'
        f"<br>Date: 24 Kas 2026 Sal, 14:05<br>Subject: Başvurunuz<br>To: &lt;{MEMBER}&gt;<br></div><br>{PAGE}</div></div>"
    )
    apple = (
        f'<div>{own}</div><blockquote type="cite"><div>İletilen ileti başlangıcı:</div><br><div><b>Kimden: </b>İYS Ön '
        f"Kayıt</div><div><b>Konu: </b>Başvurunuz</div><div><b>Tarih: </b>24 Kasım 2026</div><br>{PAGE}</blockquote>"
    )
    bird = (
        f'<p>{own}</p><div class="moz-forward-container">-------- İletilen İleti --------<table class="moz-email-headers-'
        f'table"><tr><th>Konu: </th><td>Başvurunuz</td></tr><tr><th>Tarih: </th><td>24 Nov 2026</td></tr><tr><th>Gönderen: '
        f"</th><td>İYS Ön Kayıt &lt;{IYS}&gt;</td></tr><tr><th>Alıcı: </th><td>{MEMBER}</td></tr></table><br>{PAGE}</div>"
    )
    for name, page in {"gmail": gmail, "apple": apple, "thunderbird": bird}.items():
        mime, body = html(page)
        corpus.add(f"forwarded-html-{name}", body, mime=mime, title="Fwd: Başvurunuz", **member)
    _more_forwards(corpus, own, member)
    _quotations(corpus)


def _more_forwards(corpus: Corpus, own: str, member: dict[str, Any]) -> None:
    begins = f"----- Forwarded message from {IYS} -----\n    Date: Tue, 24 Nov 2026 14:05:00 +0300\n    From: {OFFICE}\n\n"
    ended = f"{own}\n\n{begins}{APPROVED}\n----- End forwarded message -----\n"
    corpus.add("forwarded-with-an-end", ended, title="Fwd: Başvurunuz", **member)
    head = f"Kimden: {OFFICE}\nKonu: Başvurunuz\nTarih: 24 Kasım 2026 14:05:00 TRT\nKime: {MEMBER}\n\n"
    marks = f"{own}\n\nİletilen ileti başlangıcı:\n\n{marked(head + APPROVED)}"
    corpus.add("forwarded-apple-marked", marks, title="İlt: Başvurunuz", **member)
    nested = f"{own}\n\n{FORWARDS['outlook-web']}Bilgi için.\n\n{FORWARDS['thunderbird']}{APPROVED}"
    corpus.add("forwarded-nested", nested, title="İlt: İlt: Başvurunuz", **member)
    answered = (
        f"{own}\n\n{FORWARDS['outlook-new']}{APPROVED}\n\nKimden: {ADA}\nTarih: 23 Kasım 2026\nKime: {OFFICE}\n"
    )
    corpus.add("forwarded-thread", f"{answered}Konu: Ön başvuru\n\n{AGO}", title="İlt: Ynt: Ön başvuru", **member)
    stranger: dict[str, Any] = {**member, **STRANGERS}
    corpus.add("forwarded-by-a-stranger", f"{own}\n\n{FORWARDS['yahoo']}{APPROVED}", title="Fwd: Onay", **stranger)
    corpus.add("forwarded-untitled", f"{own}\n\n{FORWARDS['thunderbird']}{APPROVED}", title="Bilgi", **member)
    corpus.add(
        "forwarded-by-iys",
        f"{own}\n\n{FORWARDS['thunderbird']}{APPROVED}",
        title="Fwd: Başvurunuz",
        extra=TIED,
        **{**member, "sender": IYS, "results": passed(), "sender_authentication": "verified"},
    )
    inner = f"From: {OFFICE}\nTo: {MEMBER}\nSubject: Başvurunuz\n{passed()}Message-ID: <ic@iys.org.tr>\nMIME-Version: 1.0\n"
    alternative, both = multipart((PLAIN, APPROVED), html(PAGE), kind="alternative")
    both = both.replace(b"sinir", b"icerde")
    whole = f"{inner}{alternative.replace('sinir', 'icerde')}\n".encode() + both
    named = (
        'Content-Type: message/rfc822; name="Başvurunuz.eml"\nContent-Disposition: attachment; filename="b.eml"\n'
    )
    bare = "Content-Type: message/rfc822\n"
    generic = (
        'Content-Type: application/octet-stream; name="b.eml"\nContent-Disposition: attachment; filename="b.eml"\n'
    )
    # Some programs name a mail by its file's ending alone.
    for name, head in {"named": named, "bare": bare, "generic": generic}.items():
        mime, body = multipart((PLAIN, own), (head, whole))
        corpus.add(f"forwarded-attached-{name}", body, mime=mime, title="İlt: Başvurunuz", **member)
    middle = (
        f"From: {ADA}\nTo: baska@mavideniz.example\nSubject: Fwd: x\n{PLAIN}\n{FORWARDS['thunderbird']}{APPROVED}"
    )
    mime, body = multipart((PLAIN, own), (bare, middle))
    corpus.add("forwarded-attached-nested", body, mime=mime, title="İlt: Başvurunuz", **member)
    # A stranger's own mail with İYS's name in the attached head is a forward like any other.
    mime, body = multipart((PLAIN, own), (named, whole))
    corpus.add("forwarded-attached-by-a-stranger", body, mime=mime, title="Fwd: Onay", **stranger)


def _quotations(corpus: Corpus) -> None:
    told: dict[str, Any] = {
        "kind": "received",
        "outcome": "moves",
        "extra": TIED,
        "extracted": {"application_number": NUMBER_A},
        "title": "Ynt: Ön başvuru",
        "says": [RECEIVED],
        "says_not": NOT_OURS,
        "shows": [RECEIVED],
    }
    answer = f"<p>Sayın Yetkili,</p><p>{RECEIVED}</p><p>Saygılarımızla,<br>İleti Yönetim Sistemi A.Ş.</p>"
    for name, frame in {**FRAMES, **QUOTES}.items():
        head = ASKED if name in FRAMES else ASKED_BY
        quoted = frame.format(OLD, head)
        mime, body = html(f"<html><body>{answer}{quoted}</body></html>")
        corpus.add(f"quoted-html-{name}", body, mime=mime, **told)
    mime, body = html(f"<html><body>{QUOTES['thunderbird'].format(OLD, '')}{answer}</body></html>")
    corpus.add("quoted-html-below", body, mime=mime, **told)
    plain = f"Sayın Yetkili,\n\n{RECEIVED}{BYE}\n24.11.2026 14:05 tarihinde Ada Yalın yazdı:\n> Mektubumuzu ekte bulun.\n"
    page = f"<html><body>{answer}{QUOTES['thunderbird'].format(OLD, '')}</body></html>"
    mime, both = multipart((PLAIN, plain), html(page), kind="alternative")
    corpus.add("quoted-html-alternative", both, mime=mime, **told)
    # An approval in the quotation of a firm's HTML answer.
    own = "Teşekkür ederiz, bilginiz olsun."
    for name in ("gmail", "yahoo", "outlook-web"):
        frame = {**FRAMES, **QUOTES}[name]
        mime, body = html(f"<div>{own}</div>{frame.format(PAGE, HEAD if name in FRAMES else 'İYS')}")
        corpus.add(
            f"quoted-html-approval-{name}",
            body,
            mime=mime,
            title="Ynt: Başvurunuz",
            dangerous=True,
            outcome="person",
            says=[own],
            says_not=["onaylanmıştır", "710497"],
            **MEMBERS,
        )
