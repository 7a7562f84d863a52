"""Delivery reports as Exchange, Office 365, Google, Yandex, Mail.ru and Zoho write them."""

from tests.mails.make import ENVELOPE_A, IYS, LETTER_A, Corpus, passed
from tests.mails.report_parts import (
    COPY,
    DATE,
    EITHER,
    EMPTY,
    HEADERS,
    HTML,
    LETTER,
    LETTER_HEAD,
    LMTP,
    MIXED,
    NOTHING,
    PIPE,
    REPORT,
    STATUS,
    UTF_8,
    WHOLE,
    add,
    fields,
    parts,
    status,
)

LETTERS_TITLE = "=?utf-8?q?=C3=96n_ba=C5=9Fvuru?="
LATE = {"action": "delayed", "status": "4.4.7", "said": "400 4.4.7 Message delayed"}
NOT_FOUND = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found"
# The letter's head as Exchange quotes it under its words: its trace first, then what the portal wrote.
TRACE = (
    "Received: from AM0PR04MB0001.eurprd04.prod.outlook.com (2603:10a6:208:cc::14) by\n"
    f" DB7PR04MB0002.eurprd04.prod.outlook.com with Microsoft SMTP Server id 15.20.1.2; {DATE}\n"
    "Authentication-Results: spf=pass (sender IP is 192.0.2.30)\n smtp.mailfrom=takip.portal.example; dkim=pass\n"
)
ADMINS = (
    "Diagnostic information for administrators:\n\nGenerating server: AM0PR04MB0001.eurprd04.prod.outlook.com\n\n"
)


def exchange_words(
    first: str, address: str = IYS, said: str = NOT_FOUND, headers: str = TRACE + LETTER_HEAD
) -> str:
    under = f"Original message headers:\n\n{headers}" if headers else ""
    return f"{first}\n\n{address}<mailto:{address}>\n\n\n{ADMINS}{address}\nRemote Server returned '{said}'\n\n{under}"


def exchange_html(words: str) -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    above, marker, below = escaped.partition("Original message headers:")
    lines = "".join(f"<p>{line}</p>" for line in above.splitlines() if line)
    return (
        f"<html><body>{lines}"
        + (f"<p>{marker}</p><pre>{below.strip()}</pre>" if marker else "")
        + "</body></html>"
    )


def both(words: str) -> tuple[str, str]:
    inner = parts((UTF_8, words), (HTML, exchange_html(words)), boundary="ic")
    return ('Content-Type: multipart/alternative; differences=Content-Type;\n\tboundary="ic"', inner)


def add_to(corpus: Corpus) -> None:
    _exchange(corpus)
    _office(corpus)
    _google(corpus)
    _eastern(corpus)


def _exchange(corpus: Corpus) -> None:
    def head(title: str) -> str:
        return f"From: postmaster@posta.example\nSubject: {title}\nX-MS-Exchange-Message-Is-Ndr:\nContent-Language: en-US\nIn-Reply-To: {LETTER_A}\nReferences: {LETTER_A}\nAuto-Submitted: auto-replied\n{REPORT}"

    server, letter = "posta.example", (WHOLE, LETTER)
    failed = (STATUS, status(fields(said=NOT_FOUND, status="5.1.10"), server=server))
    words = exchange_words("Delivery has failed to these recipients or groups:")
    add(corpus, "exchange", head(f"Undeliverable: {LETTERS_TITLE}"), parts(both(words), failed, letter), top=LMTP)
    title = "=?utf-8?q?Teslim_Edilemedi=3A_=C3=96n_ba=C5=9Fvuru?="
    words = exchange_words("Bu alıcılara veya gruplara teslim edilemedi:")
    add(corpus, "exchange-turkish", head(title), parts(both(words), failed, letter), top=PIPE)
    # İYS's own server says so, and is believed.
    own = head(title).replace("postmaster@posta.example", "postmaster@iys.org.tr")
    add(
        corpus,
        "exchange-of-iys",
        own,
        parts(both(words), failed, letter),
        top=passed(),
        sender_authentication="verified",
    )
    title = "=?utf-8?q?Unzustellbar=3A_=C3=96n_ba=C5=9Fvuru?="
    words = exchange_words("Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:")
    add(corpus, "exchange-german", head(title), parts(both(words), failed, letter))
    words = exchange_words("Delivery is delayed to these recipients or groups:", said="400 4.4.7 Message delayed")
    late = (STATUS, status(fields(**LATE), server=server))
    add(
        corpus,
        "exchange-delayed",
        head(f"Delivery delayed: {LETTERS_TITLE}"),
        parts(both(words), late, (HEADERS, LETTER_HEAD)),
        action="delayed",
    )
    words = f"Delivery to these recipients or groups is complete, but no delivery notification was sent by the destination server:\n\n{IYS}"
    good = (STATUS, status(fields(action="relayed", status="2.0.0", said="250 2.0.0 OK"), server=server))
    add(
        corpus,
        "exchange-relayed",
        head(f"Relayed: {LETTERS_TITLE}"),
        parts(both(words), good, (HEADERS, LETTER_HEAD)),
        action="relayed",
    )
    words = f"Your message has been delivered to the following recipients:\n\n{IYS}"
    good = (STATUS, status(fields(action="delivered", status="2.0.0", said="250 2.0.0 OK"), server=server))
    add(
        corpus,
        "exchange-delivered",
        head(f"Delivered: {LETTERS_TITLE}"),
        parts(both(words), good, (HEADERS, LETTER_HEAD)),
        action="delivered",
    )
    full = "552 5.2.2 STOREDRV.Deliver; mailbox full. The following information should help"
    words = exchange_words("The following recipient's mailbox is full:", COPY, full)
    body = parts(both(words), (STATUS, status(fields(COPY, status="5.2.2", said=full))), letter)
    add(corpus, "exchange-copy-full", head(f"Undeliverable: {LETTERS_TITLE}"), body, recipients=(COPY,))
    words = exchange_words("Delivery has failed to these recipients or groups:") + exchange_words(
        "The message is delayed to:", COPY
    )
    body = parts(both(words), (STATUS, status(fields(COPY, **LATE), fields(said=NOT_FOUND))), letter)
    add(corpus, "exchange-mixed", head(f"Undeliverable: {LETTERS_TITLE}"), body)
    head_2003 = f"From: System Administrator <postmaster@posta.example>\nSubject: Undeliverable: {LETTERS_TITLE}\nX-Mailer: Internet Mail Service (5.5.2653.13)\nX-MS-Embedded-Report:\n{UTF_8}\n"
    words = f"Your message\n\n  To:      {IYS}\n  Cc:      {COPY}\n  Subject: Ön başvuru\n  Sent:    {DATE}\n\ndid not reach the following recipient(s):\n\n{IYS} on {DATE}\n    The recipient name is not recognized\n    MSEXCH:IMS:POSTA:ANA:SUNUCU 0 (000C05A6) Unknown Recipient\n"
    add(corpus, "exchange-2003", head_2003, words, letters=())
    words = words.replace(f"{IYS} on", f"{COPY} on")
    add(corpus, "exchange-2003-copy-alone", head_2003, words, recipients=(COPY,), letters=())


def _office(corpus: Corpus) -> None:
    def head(title: str, mime: str = REPORT) -> str:
        return f"From: Microsoft Outlook\n <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@posta.onmicrosoft.example>\nSubject: {title}\nX-MS-Exchange-Message-Is-Ndr:\nAuto-Submitted: auto-replied\n{mime}"

    failed, alone = (STATUS, status(fields(said=NOT_FOUND, status="5.1.10"))), f"MIME-Version: 1.0\n{HTML}\n"
    lost = f"Your message to {IYS} couldn't be delivered.\n\nonkayit wasn't found at iys.org.tr.\n\nposta  |  Office 365  |  onkayit\nAction Required  |    |  Recipient\nUnknown To address"
    english, title = exchange_words(lost), f"Undeliverable: {LETTERS_TITLE}"
    add(corpus, "office365", head(title), parts(both(english), failed, (HEADERS, TRACE + LETTER_HEAD)), top=LMTP)
    # HTML alone: the letter is known from the words under "Original message headers".
    add(corpus, "office365-html-alone", head(title, alone), exchange_html(english), outcome=EITHER)
    add(
        corpus,
        "office365-html-without-return-path",
        head(title, alone),
        exchange_html(english),
        top=NOTHING,
        outcome=EITHER,
    )
    add(
        corpus,
        "office365-two-forms",
        head(title, 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="sinir"\n'),
        parts((UTF_8, english), (HTML, exchange_html(english))),
        outcome=EITHER,
    )
    turkish = english.replace(
        f"Your message to {IYS} couldn't be delivered.", f"{IYS} adresine gönderdiğiniz ileti teslim edilemedi."
    ).replace("onkayit wasn't found at iys.org.tr.", "onkayit, iys.org.tr konumunda bulunamadı.")
    title = "=?utf-8?q?Teslim_edilemedi=3A_=C3=96n_ba=C5=9Fvuru?="
    add(corpus, "office365-turkish", head(title), parts(both(turkish), failed, (HEADERS, LETTER_HEAD)), top=PIPE)
    add(corpus, "office365-turkish-html-alone", head(title, alone), exchange_html(turkish), outcome=EITHER)
    late = exchange_words(
        f"Delivery is delayed to these recipients or groups:\n\n{IYS}\n\nThis message hasn't been delivered yet. Delivery will continue to be attempted."
    )
    add(
        corpus,
        "office365-delayed",
        head(f"Delivery delayed: {LETTERS_TITLE}"),
        parts(both(late), (STATUS, status(fields(**LATE))), (HEADERS, LETTER_HEAD)),
        action="delayed",
    )
    add(
        corpus,
        "office365-delayed-html-alone",
        head(f"Delivery delayed: {LETTERS_TITLE}", alone),
        exchange_html(late),
        action="delayed",
    )
    spam = "550 5.7.520 Message blocked because it contains content identified as spam. AS(4810)"
    words = exchange_words(
        f"Your message to {IYS} couldn't be delivered because it is suspected of being spam.", said=spam
    )
    add(
        corpus,
        "office365-spam",
        head(f"Undeliverable: {LETTERS_TITLE}"),
        parts(both(words), (STATUS, status(fields(status="5.7.520", said=spam))), (WHOLE, LETTER)),
    )
    words = exchange_words(
        lost.replace(IYS, COPY).replace("onkayit", "iys").replace("iys.org.tr", "kiyi.example"), COPY
    )
    add(
        corpus,
        "office365-copy-alone-html",
        head(f"Undeliverable: {LETTERS_TITLE}", alone),
        exchange_html(words),
        recipients=(COPY,),
    )


def _google(corpus: Corpus) -> None:
    top = EMPTY.replace(
        "none", "spf=none smtp.mailfrom=; dkim=pass header.d=googlemail.com; dmarc=pass header.from=googlemail.com"
    )

    def head(title: str, failed: str = IYS, mime: str = REPORT, key: str = "X-Failed-Recipients") -> str:
        return f"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: {title}\nAuto-Submitted: auto-replied\nReferences: {LETTER_A}\nIn-Reply-To: {LETTER_A}\n{key}: {failed}\n{mime}"

    def pictured(words: str) -> tuple[str, str]:
        html = (
            "<html><body><table><tr><td><img src='cid:icon.png'></td></tr>"
            + "".join(f"<tr><td>{line}</td></tr>" for line in words.splitlines() if line)
            + "</table></body></html>"
        )
        forms = parts((UTF_8, words), (HTML, html), boundary="bicim")
        picture = (
            "Content-Type: image/png; name=icon.png\nContent-ID: <icon.png>\nContent-Transfer-Encoding: base64",
            "iVBORw0KGgo=",
        )
        return 'Content-Type: multipart/related; boundary="ic"', parts(
            ('Content-Type: multipart/alternative; boundary="bicim"', forms), picture, boundary="ic"
        )

    failed, letter = (STATUS, status(fields(), server="googlemail.com")), (WHOLE, LETTER)
    title = "Delivery Status Notification (Failure)"
    words = f"** Address not found **\n\nYour message wasn't delivered to {IYS} because the address couldn't be found, or is unable to receive mail.\n\nThe response was:\n\n550 5.1.1 User unknown\n"
    add(corpus, "gmail", head(title), parts(pictured(words), failed, letter), top=top)
    words = f"** Adres bulunamadı **\n\nAdres bulunamadığı veya posta alamadığı için iletiniz {IYS} adresine teslim edilmedi.\n\nUzak sunucudan gelen yanıt:\n\n550 5.1.1 User unknown\n"
    add(corpus, "gmail-turkish", head(title), parts(pictured(words), failed, letter), top=LMTP)
    words = f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {IYS}. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n"
    delayed = fields(**LATE) + "Will-Retry-Until: Thu, 26 Nov 2026 12:05:00 -0800 (PST)\n"
    add(
        corpus,
        "gmail-delayed",
        head("Delivery Status Notification (Delay)", key="X-Failed-Recipients"),
        parts(pictured(words), (STATUS, status(delayed)), letter),
        top=top,
        action="delayed",
    )
    words = f"** Message blocked **\n\nYour message to {IYS} has been blocked. See technical details below for more information.\n\n550 5.7.1 Message rejected as spam\n"
    spam = (STATUS, status(fields(status="5.7.1", said="550 5.7.1 Message rejected as spam")))
    add(corpus, "gmail-blocked", head(title), parts(pictured(words), spam, letter), top=top)
    plain = f"MIME-Version: 1.0\n{UTF_8}\n"
    words = f"Delivery to the following recipient failed permanently:\n\n     {IYS}\n\nTechnical details of permanent failure: \n550 5.1.1 User unknown\n\n----- Original message -----\n\n{LETTER}"
    add(corpus, "gmail-old", head(title, mime=plain), words, top=PIPE)
    group = f"Hello {ENVELOPE_A},\n\nWe're writing to let you know that the group you tried to contact (iys) may not exist, or you may not have permission to post messages to the group.\n\nThanks,\n\nkiyi.example admins\n\n----- Original message -----\n\n{LETTER}"
    add(corpus, "google-groups-copy", head(title, COPY, plain), group, top=top, recipients=(COPY,))


def _eastern(corpus: Corpus) -> None:
    head = f"From: mailer-daemon@yandex.ru\nSubject: =?utf-8?b?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+0L7QsdGJ0LXQvdC40LU=?=\nAuto-Submitted: auto-replied\n{REPORT}"
    russian = "Это письмо отправлено почтовым сервером yandex.ru.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может\nбыть отправлено одному или нескольким адресатам. Причины указаны ниже.\n\n"
    words = f"{russian}<{IYS}>: host mail.iys.org.tr[192.0.2.25] said: 550 5.1.1 User unknown\n    (in reply to RCPT TO command)"
    machine = (STATUS, status(fields(), server="forward101.mail.yandex.net"))
    add(corpus, "yandex", head, parts((UTF_8, words), machine, (WHOLE, LETTER)), top=LMTP)
    words = (
        "Bu ileti yandex.com.tr posta sunucusu tarafından gönderildi.\n\nÜzgünüz, mektubunuz bir veya birkaç alıcıya gönderilemedi. Nedenleri aşağıdadır.\n\n"
        + words.removeprefix(russian)
    )
    add(corpus, "yandex-turkish", head, parts((UTF_8, words), machine, (HEADERS, LETTER_HEAD)), top=PIPE)
    head = f"X-Failed-Recipients: {IYS}\nX-Mailer-Daemon-Recipients: {IYS}\nAuto-Submitted: auto-replied\nFrom: mailer-daemon@corp.mail.ru\nSubject: =?UTF-8?B?0JLQsNGI0LUg0YHQvtC+0LHRidC10L3QuNC1INC90LUg0LTQvtGB0YLQsNCy0LvQtdC90L4=?=. Mail failure.\n{UTF_8}\n"
    said = f"  {IYS}\n    SMTP error from remote mail server after RCPT TO:<{IYS}>:\n    host mail.iys.org.tr [192.0.2.25]: 550 5.1.1 User unknown\n\n"
    words = f"Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n{said}Рекомендуем Вам проверить корректность указания адресов получателей.\n\n**********************\n\n"
    words += f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n{said}------ This is a copy of the message, including all the headers. ------\n\n{LETTER}"
    add(corpus, "mail-ru", head, words, top="Return-path: <>\n")
    head = f"From: mailer-daemon@mail.zoho.eu\nSubject: Undelivered Mail Returned to Sender\nUser-Agent: Zoho Mail\nX-Mailer: Zoho Mail\n{MIXED}"
    quoted = 'Content-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: quoted-printable'
    below = f"Received:from mail.zoho.eu by mx.zohomail.eu\n=09with SMTP id 1764000000000; {DATE}\nMessage-ID:<mektup-a=\n@takip.portal.example>\nFrom:Mavi Deniz\nTo:<{IYS}>\nSubject:=C3=96n ba=C5=9Fvuru"
    words = f"This message was created automatically by mail delivery software.\nA message that you sent could not be delivered to one or more of its recip=\nients. This is a permanent error.=20\n\n{IYS} Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 User=\n unknown\n\n\n{below}"
    add(corpus, "zoho", head, parts((quoted, words)), top=NOTHING)
    words = f"This message was created automatically by mail delivery system.\n\nTHIS IS A WARNING MESSAGE ONLY.\n\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\n----- The following addresses had fatal errors -----=20\n[Status: Error, Address: <{IYS}>, ResponseCode 421, , Host not reachable.]\n\nMessage will be retried for 4 more day(s)\n\n----- Transcript of session follows -----=20\n\n{below}"
    add(
        corpus,
        "zoho-delayed",
        head.replace("Undelivered Mail Returned to Sender", "Mail Delivery Status Notification (Delay)"),
        parts((quoted, words)),
        top=NOTHING,
        action="delayed",
    )
