"""A letter as it goes on the line: headers, text and HTML, attachments; every line short and plain ASCII."""

from collections.abc import Iterable
from email.charset import QP, Charset
from email.header import Header, decode_header, make_header
from email.message import Message
from email.mime.application import MIMEApplication
from email.utils import format_datetime, quote
from urllib.parse import quote as percent

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.db.models import prefetch_related_objects

from correspondence.models import Letter, LetterAttachment, with_documents
from correspondence.outgoing.bodies import Wiped, Words, body_of, to_send
from documents.storage import read

WORD = 60  # characters of an encoded word; RFC 2047, 2 allows 75, and the header's name comes before it
NAME_PIECE = 60  # characters of a file name in one parameter (RFC 2231, 3)


class Unsendable(Exception):
    """The letter cannot be put together as it was approved."""


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it goes on the line, attachments included.

    Raises Unsendable when an attached document is no longer the one that was approved, or its secret is gone.
    """
    try:
        return _whole(letter, to_send(letter))
    except Wiped as error:
        raise Unsendable("Mektuptaki kod ya da bağlantı silindi; yenisi istenmeli.") from error


def _whole(letter: Letter, words: Words) -> EmailMultiAlternatives:
    message = _bare(letter, words)
    for attachment in _attachments(letter):
        message.attach(_attached(attachment))
    return message


def copy_of(letter: Letter) -> bytes:
    """The letter for the archive, dated when it went; in the place of an erased document a line says so."""
    message = _bare(letter, body_of(letter))
    message.extra_headers["Date"] = format_datetime(letter.sent_at or letter.created_at)
    for attachment in _attachments(letter):
        erased_at = attachment.document.erased_at
        if erased_at is None:
            message.attach(_attached(attachment))
        else:
            gone = f"{attachment.filename}: silindi ({erased_at:%d.%m.%Y}), SHA-256 {attachment.sha256}\n"
            message.attach(f"{attachment.filename}.txt", gone, "text/plain")
    return message.message().as_bytes()


def _attachments(letter: Letter) -> Iterable[LetterAttachment]:
    """In their order, with their documents; whoever has many letters fetches them for all (`with_documents`)."""
    prefetch_related_objects([letter], with_documents())
    return letter.attachments.all()


def _bare(letter: Letter, words: Words) -> EmailMultiAlternatives:
    """The letter without what is attached to it."""
    # The second name survives a list server that gives every mail a Message-ID of its own.
    headers = {"Message-ID": letter.message_id, "X-Portal-Letter": str(letter.pk)}
    if letter.in_reply_to:
        headers |= {"In-Reply-To": letter.in_reply_to, "References": letter.references}
    if letter.audience != "iys":
        headers["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's machine should answer this
    message = EmailMultiAlternatives(
        subject=_encoded(words.subject),
        body=words.text,
        from_email=f"{_phrase(letter.from_name)} <{letter.from_email}>",
        to=letter.to,
        cc=letter.cc,
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    # Quoted-printable: 8-bit text and lines of any length pass through every server unchanged (RFC 5322, 2.1.1).
    message.encoding = _utf8()
    if words.html:
        message.attach_alternative(words.html, "text/html")
    return message


def on_the_line(letter: Letter) -> bytes:
    """What is handed to the mail server. Raises Unsendable as `message_of` does."""
    message: Message = message_of(letter).message()
    return message.as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def address_on_the_line(address: str) -> str:
    """As a mail server takes it. Raises Unsendable for what is no address."""
    try:
        return sanitize_address(address, "utf-8")
    except ValueError as error:  # UnicodeError is one
        raise Unsendable(f"“{address[:100]}” bir e-posta adresi değil.") from error


def headers_of(letter: Letter) -> list[tuple[str, str]]:
    """The headers in the order in which they go, for people to read: without secrets, and without a date for what
    has not gone."""
    whole = _whole(letter, body_of(letter))
    if letter.sent_at:
        whole.extra_headers["Date"] = format_datetime(letter.sent_at)
    message: Message = whole.message()
    return [(name, _readable(value)) for name, value in message.items() if name != "Date" or letter.sent_at]


def _readable(value: str) -> str:
    return str(make_header(decode_header(" ".join(value.split()))))


def _encoded(text: str) -> str:
    """Words of a header, in pieces of RFC 2047 where they are not plain; short, so that none is folded off."""
    line = " ".join(text.split())
    if line.isascii() and "=?" not in line:
        return line
    return " ".join(Header(line, "utf-8", maxlinelen=WORD).encode().split())


def _phrase(name: str) -> str:
    words = _encoded(name)
    return words if words.startswith("=?") else f'"{quote(words)}"'


def _utf8() -> Charset:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset


def _attached(attachment: LetterAttachment) -> MIMEApplication:
    document = attachment.document
    if document.sha256 != attachment.sha256:
        raise Unsendable(f"Ek mektup hazırlandıktan sonra değişti: {attachment.filename}")
    part = MIMEApplication(read(document))
    part.replace_header("Content-Type", document.content_type)
    part["Content-Disposition"] = "attachment" + "".join(
        f";\r\n {each}" for each in _parameters(attachment.filename)
    )
    return part


def _parameters(filename: str) -> list[str]:
    """The file name as parameters, in as many pieces as keep the lines short (RFC 2231, 3 and 4)."""
    if filename.isascii() and len(filename) <= NAME_PIECE and filename.isprintable():
        return [f'filename="{quote(filename)}"']
    pieces = [""]
    for character in filename:
        shown = percent(character, safe="")
        if len(pieces[-1]) + len(shown) > NAME_PIECE:
            pieces.append("")
        pieces[-1] += shown
    if len(pieces) == 1:
        return [f"filename*=utf-8''{pieces[0]}"]
    starts = ["utf-8''", *[""] * (len(pieces) - 1)]
    return [
        f"filename*{number}*={start}{piece}"
        for number, (start, piece) in enumerate(zip(starts, pieces, strict=True))
    ]
