"""What delivery reports say in words alone, in four languages: what happened, and to whom."""

import pytest

from correspondence.reading import bounce_words
from correspondence.reading.bounces import DELAYED, DELIVERED, EXPIRED, FAILED, RELAYED

IYS = "onkayit@iys.org.tr"
KNOWN = frozenset({"b-abc@takip.portal.example", "mailer-daemon@mx.portal.example"})
SAID = {
    "Gmail waits, in Turkish": (
        "Delivery Status Notification (Delay)",
        f"** Teslimat tamamlanmadı **\n\nİletinizi {IYS} adresine teslim ederken geçici bir sorun oluştu. Gmail "
        "46 saat boyunca yeniden denemeye devam edecektir. İşlemin kalıcı olarak başarısız olması durumunda "
        "bilgilendirileceksiniz.",
        DELAYED,
    ),
    "Gmail waits": (
        "Delivery Status Notification (Delay)",
        f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {IYS}. Gmail will "
        "retry for 46 more hours. You'll be notified if the delivery fails permanently.",
        DELAYED,
    ),
    "a full mailbox is tried again": (
        "Delayed Mail (still being retried)",
        f"Your message could not be delivered for 4 hours.\nIt will be retried.\n\n<{IYS}>: mailbox full",
        DELAYED,
    ),
    "Exchange, in Turkish": ("Teslim edilemedi: Ön başvuru", f"İletiniz {IYS} adresine teslim edilemedi.", FAILED),
    "Exchange waits": ("Delivery delayed:Ön başvuru", f"You don't need to do anything.\n{IYS}", DELAYED),
    "qmail gives up on a server": (
        "failure notice",
        "I'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; "
        f"I've given up. Sorry it didn't work out.\n\n<{IYS}>:\nRemote host said: 550 no\nGiving up on 192.0.2.1.",
        FAILED,
    ),
    "qmail gives up in time": (
        "failure notice",
        f"<{IYS}>:\nI'm not going to try again; this message has been in the queue too long.",
        EXPIRED,
    ),
    "expired, in Turkish": ("Posta", f"{IYS} adresine 5 gün boyunca iletilemedi, süresi doldu.", EXPIRED),
    "Russian": ("Недоставленное сообщение", f"Ваше письмо не было доставлено: {IYS}", FAILED),
    "Russian, waits": ("Доставка задержана", f"Письмо ещё не доставлено: {IYS}", DELAYED),
    "German": ("Unzustellbar", f"Ihre Nachricht an {IYS} konnte nicht zugestellt werden.", FAILED),
    "German, waits": ("Zustellung verzögert", f"Die Nachricht wurde noch nicht zugestellt: {IYS}", DELAYED),
    "delivered": ("Delivered: x", f"Your message was delivered to the following recipients:\n{IYS}", DELIVERED),
    "passed on": (
        "Relayed: Ön başvuru",
        f"Delivery to these recipients is complete, but no delivery notification was sent by the server:\n{IYS}",
        RELAYED,
    ),
    "Old Exchange": (
        "Undeliverable: Ön başvuru",
        "Your message\n\n  To: iys@kiyi.example\n  Subject: x\n\ndid not reach the following recipient(s):\n\n"
        f"{IYS} on Tue, 24 Nov 2026",
        FAILED,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "text", "action"), SAID.values(), ids=SAID)
def test_what_happened_and_to_whom(subject: str, text: str, action: str) -> None:
    assert bounce_words.action(subject, text) == action
    assert bounce_words.recipients(text, known=KNOWN) == (IYS,)


def test_whom_the_returned_letter_was_for_is_not_whom_it_failed_for() -> None:
    text = f"<iys@kiyi.example>: mailbox full\n\n--- Below this line is a copy of the message.\n\nTo: {IYS}\n"
    assert bounce_words.recipients(text, known=KNOWN) == ("iys@kiyi.example",)


def test_the_mail_system_and_the_sender_are_no_recipients() -> None:
    text = "Please contact postmaster@iys.org.tr. From: t-aaa@takip.portal.example, via mx@mx.portal.example."
    assert bounce_words.recipients(text, known=KNOWN) == ()


def test_words_that_say_nothing_of_the_kind_are_no_report() -> None:
    assert bounce_words.action("Başvurunuz hakkında", "Merhaba, sirküleri bekliyoruz.") == ""
