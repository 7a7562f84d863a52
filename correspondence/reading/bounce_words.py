"""Delivery reports in words alone: what they say happened, and to whom. PURE.

As Exim, qmail, Courier, Postfix without its machine part, Exchange, Gmail, Yandex, Mail.ru, Zoho and Amazon SES
write them, in English, Turkish, German and Russian. All phrases are looked for in `plain` text.
"""

import re

from correspondence.reading.bounces import ADDRESS, DELAYED, DELIVERED, EXPIRED, FAILED, MAX_RECIPIENTS, RELAYED
from correspondence.reading.phrases import plain

MAX_WORDS = 20_000  # characters of a report; what follows is the letter
_EXPIRED = (
    "in the queue too long", "queue for too long", "queued too long", "too long in the queue", "retry timeout",
    "retry time not reached for any host after a long", "message expired", "has expired",
    "delivery time expired", "delivery expired", "message timed out", "delivery timed out",
    "exceeded the maximum", "maximum queue lifetime", "no longer be retried", "not going to try again",
    "will not try again", "stopped trying", "4.4.7", "suresi doldu", "suresi asildi", "vazgecildi",
    "artik denenmeyecek", "cok uzun suredir", "zu lange in der warteschlange", "zeituberschreitung",
    "слишком долго", "истек срок", "истекло время", "прекращены",
)  # fmt: skip
_DELAYED = (
    "delayed", "delay notification", "not yet been delivered", "not been delivered yet", "not yet delivered",
    "delivery attempts will continue", "will continue to try", "will continue to attempt",
    "continue to be attempted", "continue trying", "will keep trying", "keep trying", "will be retried",
    "will retry", "will try again", "still trying", "warning only", "do not need to resend",
    "no action is required", "no need to resend", "delivery incomplete", "message still undelivered",
    "could not send message for past", "gecik", "henuz teslim", "henuz iletil", "henuz ulas", "denemeye devam",
    "denenmeye devam", "denemeler devam", "denemeler sur", "tekrar denenecek", "yeniden denenecek",
    "denemeyi surdur", "teslimat tamamlanmadi", "islem yapmaniza gerek", "yeniden gondermeniz gerek",
    "yeniden gondermenize gerek", "verzoger", "noch nicht zugestellt", "weitere zustellversuche",
    "weiterhin versucht", "erneut versucht", "задерж", "отложен", "еще не достав", "ещё не достав",
    "пока не достав", "попытки доставки будут", "продолжит попытки", "будут продолжены", "повторные попытки",
)  # fmt: skip
_RELAYED = (
    "relayed", "no delivery notification was sent", "aktarildi:", "gecirildi:", "ancak teslim bildirimi gonder",
    "weitergeleitet:", "ретранслировано",
)  # fmt: skip
_DELIVERED = (
    "successfully delivered", "successful mail delivery", "was delivered to", "has been delivered",
    "delivered:", "delivery status notification (success)", "has been successfully", "teslim edildi",
    "basariyla teslim", "basariyla iletil", "zugestellt:", "erfolgreich zugestellt", "успешно доставлен",
    "доставлено:",
)  # fmt: skip
_FAILED = (
    "undeliver", "not deliver", "not be deliver", "wasnt deliver", "couldnt be deliver", "cant be deliver",
    "cannot be deliver", "unable to deliver", "able to deliver your", "delivery failed", "delivery failure",
    "delivery has failed", "failed to deliver", "failed delivery", "delivery problem",
    "delivery status notification (failure)", "delivery notification: failed", "failure notice",
    "returned mail", "returning message", "returned to sender", "message returned", "did not reach",
    "permanent error", "permanent fatal", "permanent failure", "fatal error", "user unknown", "unknown user",
    "no such user", "no such recipient", "recipient not found", "address not found", "address rejected",
    "recipient rejected", "recipient unknown", "mailbox unavailable", "mailbox not found", "mailbox full",
    "mailbox is full", "over quota", "does not exist", "doesnt exist", "invalid recipient", "host unknown",
    "domain not found", "error occurred while trying to deliver", "message blocked", "was rejected",
    "failed address", "failed recipient", "teslim edileme", "teslim edilmedi", "teslim edilmemistir",
    "iletileme", "iletilmedi", "ulastirilama", "ulasamadi", "ulasmadi", "gonderileme", "geri dondu",
    "geri cevrildi", "iade edildi", "adres bulunamadi", "kullanici bulunamadi", "posta kutusu bulunamadi",
    "alici bulunamadi", "posta kutusu dolu", "kutusu doldu", "teslimat basarisiz", "teslim hatasi",
    "teslimat hatasi", "kalici hata", "reddedildi", "unzustellbar", "nicht zugestellt", "nicht zustellbar",
    "zustellung fehlgeschlagen", "fehler bei der zustellung", "недоставлен", "не доставлен",
    "не удалось доставить", "не может быть достав", "не было достав", "невозможно доставить", "не существует",
    "ошибка доставки", "возвращено",
)  # fmt: skip
# A reason that is no delay, though the attempts came to their end.
_FOR_GOOD = ("user unknown", "unknown user", "no such user", "mailbox is full", "mailbox full", "kutusu dolu")
# After these the letter itself, or its headers, are shown.
_THE_LETTER = re.compile(
    r"^[ \t>*]{0,20}(?:-{1,60} ?)?(?:this is a copy of (?:the|your)|below this line is a copy|original message"
    r"|the body of the message|headers? of the original|message header|undelivered message headers"
    r"|(?:özgün|orijinal) ileti|ursprüngliche nachricht|(?:исходн|оригинал)\w{0,6} (?:сообщени|письм)"
    r"|(?:return-path|received|message-id|dkim-signature|mime-version|x-portal-letter) ?:)",
    re.IGNORECASE | re.MULTILINE,
)
# Some first show the letter's headers and then say whom it did not reach.
_NAMED_FROM_HERE = re.compile(
    r"(?:did not reach|not be delivered to|delivered to) the following|following address(?:es|\(es\)) failed"
    r"|aşağıdaki alıcı\w* ulaş|folgende\w* empfänger nicht erreicht",
    re.IGNORECASE,
)
_NOBODY = ("postmaster@", "mailer-daemon@", "hostmaster@", "abuse@")


def action(subject: str, text: str) -> str:
    """What happened, or empty when the words do not say. In doubt the mildest: a delay moves nothing."""
    words = plain(f"{subject}\n{explanation(text)}")
    for found, phrases in (
        (EXPIRED, _EXPIRED),
        (DELAYED, _DELAYED),
        (FAILED, _FAILED),
        (RELAYED, _RELAYED),
        (DELIVERED, _DELIVERED),
    ):
        if any(phrase in words for phrase in phrases):
            return FAILED if found is EXPIRED and any(each in words for each in _FOR_GOOD) else found
    return ""


def explanation(text: str) -> str:
    """The report's own words, without the letter that it shows."""
    text = text[:MAX_WORDS]
    letter = _THE_LETTER.search(text)
    return text[: letter.start()] if letter else text


def recipients(text: str, *, known: frozenset[str]) -> tuple[str, ...]:
    """The addresses in the report's own words, in lower case; `known` are those of the report itself and its
    sender, whose whole domain is the letter's own."""
    named = _NAMED_FROM_HERE.search(text[:MAX_WORDS])
    told = explanation(text[named.end() :] if named else text)
    found = (address.lower().rstrip(".") for address in ADDRESS.findall(told))
    domains = {address.rpartition("@")[2] for address in known}
    whom = (
        address
        for address in found
        if not address.startswith(_NOBODY) and address.rpartition("@")[2] not in domains and "=" not in address
    )
    return tuple(dict.fromkeys(whom))[:MAX_RECIPIENTS]
