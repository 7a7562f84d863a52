"""The bytes of a letter: what Outlook and Gmail need to show Turkish right, and what keeps a thread together."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.models import Audience, Letter, LetterStatus, Mail
from correspondence.outgoing import control, outbox
from correspondence.outgoing.message import on_the_line
from documents.models import Document, Origin
from documents.storage import store
from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db
TURKISH = "ĞÜŞİÖÇ ğüşıöç – “tırnak” €"
LONG = " ".join(["Çağdaş İğne Oyası Ürünleri Dış Ticaret ve Sanayi"] * 5)[:240]
printable = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=180
)


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create(trade_name=LONG)
    return found


def document(company: Company, name: str) -> Document:
    return store(
        company=company,
        kind=f"kind-{name[:20]}",
        payload=b"%PDF-1.4 " + name.encode(),
        filename=name,
        content_type="application/pdf",
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )


def letter(company: Company, *names: str, **more: object) -> Letter:
    values: dict[str, object] = {
        "title": f"Ön başvuru {TURKISH}",
        "text": f"{TURKISH}\n" + "uzun " * 400 + "\n",
        "html": f"<p>{TURKISH} " + "uzun&nbsp;" * 300 + "</p>",
        "audience": Audience.IYS,
        "application_id": None,
        **more,
    }
    return outbox.post(
        company=company,
        idempotency_key=f"cause:{uuid4()}",
        body=outbox.Body(str(values["title"]), str(values["text"]), str(values["html"])),
        address=outbox.Address(
            values["audience"],  # type: ignore[arg-type]
            ["onkayit@iys.org.tr"],
            cc=["iys@kiyi.example"],
            application_id=values["application_id"] if isinstance(values["application_id"], UUID) else None,
            attachments=[document(company, name) for name in names],
        ),
    )


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def lines(raw: bytes) -> Iterator[bytes]:
    assert raw.count(b"\n") == raw.count(b"\r\n")
    yield from raw.split(b"\r\n")


def plain(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_every_byte_is_ascii_and_every_line_is_short(company: Company) -> None:
    raw = on_the_line(letter(company, "Vergi levhası.pdf", "İmza sirküleri.pdf"))
    assert raw.isascii()
    assert max(map(len, lines(raw))) <= 78


def test_what_was_written_is_what_is_read(company: Company) -> None:
    posted = letter(company)
    message = read(on_the_line(posted))
    body = outbox.body_of(posted)
    assert message["Subject"] == body.subject
    assert plain(message, "plain").replace("\r\n", "\n") == body.text
    assert plain(message, "html").strip() == body.html.strip()
    # By RFC 2047, 6.2: the space between two encoded words is none. (Python's newer parser keeps it in names.)
    sender = str(make_header(decode_header(message_from_bytes(on_the_line(posted))["From"])))
    assert parseaddr(sender) == (LONG, posted.from_email)


def test_words_in_headers_are_encoded_in_pieces_that_mail_programs_take(company: Company) -> None:
    raw = on_the_line(letter(company))
    words = re.findall(rb"=\?[^?\s]+\?[^?\s]+\?[^?\s]*\?=", raw.split(b"\r\n\r\n")[0])
    assert len(words) > 2
    assert all(len(word) <= 75 for word in words)  # RFC 2047, 2
    assert all(word.lower().startswith(b"=?utf-8?") for word in words)


@pytest.mark.parametrize(
    "name", ["levha.pdf", 'a"b.pdf', "Vergi levhası (2026).pdf", "ş" * 180 + ".pdf", "a" * 180 + ".pdf", "%41.pdf"]
)
def test_a_file_keeps_its_name(company: Company, name: str) -> None:
    raw = on_the_line(letter(company, name))
    (part,) = read(raw).iter_attachments()
    assert part.get_filename() == name
    assert part.get_content_type() == "application/pdf"
    assert max(map(len, lines(raw))) <= 100


@given(name=printable)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_comes_through(company: Company, name: str) -> None:
    kept = document(company, name)
    posted = letter(company)
    posted.attachments.create(document=kept, filename=kept.name, sha256=kept.sha256)
    (part,) = read(on_the_line(posted)).iter_attachments()
    assert part.get_filename() == kept.name
    posted.delete()


@pytest.mark.parametrize(
    "name",
    ['Mavi "Deniz" A.Ş.', "Deniz\\", "Deniz <a@b.example>", "Deniz, Oğulları", "=?utf-8?q?x?=", "a@b.example"],
)
def test_a_trade_name_is_a_name_and_nothing_else(company: Company, name: str) -> None:
    company.trade_name = name
    posted = letter(company)
    ((shown, address),) = getaddresses([str(read(on_the_line(posted))["From"])])
    assert address == posted.from_email
    assert shown == name


def test_the_message_id_is_ones_own_and_stays_over_retries(company: Company) -> None:
    posted, other = letter(company), letter(company)
    assert posted.message_id != other.message_id
    first = read(on_the_line(posted))["Message-ID"]
    Letter.objects.update(status=LetterStatus.FAILED)
    control.retry(letter=posted, by=UserFactory.create())
    posted.refresh_from_db()
    assert read(on_the_line(posted))["Message-ID"] == first == posted.message_id


def test_answers_come_to_the_address_that_cannot_be_guessed(company: Company) -> None:
    message = read(on_the_line(letter(company)))
    assert re.fullmatch(r"t-[a-z0-9]{20}@takip\.portal\.example", str(message["Reply-To"]))


def test_what_goes_to_people_says_that_a_machine_wrote_it(company: Company) -> None:
    assert read(on_the_line(letter(company)))["Auto-Submitted"] is None
    to_people = letter(company, audience=Audience.COMPANY)
    assert read(on_the_line(to_people))["Auto-Submitted"] == "auto-generated"


def test_a_letter_follows_the_thread_and_so_do_ids_of_any_length(company: Company) -> None:
    case = uuid4()
    first = letter(company, application_id=case)
    answered = f"<{'A1b2' * 30}@eur05.prod.outlook.example>"
    stored = storages["private"].save(f"mails/{uuid4()}.eml", ContentFile(b"Subject: x\r\n\r\nx"))
    Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid="1", stored_name=stored, sha256="0" * 64, size=1,
        company=company, application_id=case, from_email="onkayit@iys.org.tr", message_id=answered,
    )  # fmt: skip
    Letter.objects.filter(pk=first.pk).update(status=LetterStatus.SENT)
    second = letter(company, application_id=case, title="İkinci")
    message = read(on_the_line(second))
    assert str(message["In-Reply-To"]).strip() == answered
    assert str(message["References"]).split() == [first.message_id, answered]


def test_a_header_cannot_be_smuggled_in(company: Company) -> None:
    posted = letter(company)
    Letter.objects.filter(pk=posted.pk).update(from_name="Deniz\r\nBcc: x@y.example")
    posted.refresh_from_db()
    raw = on_the_line(posted)
    assert b"\r\nBcc:" not in raw
