"""Codes and links that let somebody in: the addressee gets them, nothing that the portal keeps has them."""

import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import allauth
import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import adapter
from correspondence.incoming.copies import is_copy
from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import control, delivery, outbox
from correspondence.outgoing.bodies import body_of, to_send
from correspondence.outgoing.message import headers_of, on_the_line
from correspondence.reading.parsing import envelope
from documents.encrypted import FIRST_LINE
from identifiers import Refused
from identifiers.masking import masked
from onboarding.models import HandOff
from sandbox.authority import Authority
from tenancy.models import Company
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.scenarios.online import Online
from tests.scenarios.smtp_server import Server, running
from tests.scenarios.support import CORRESPONDENCE, colleague
from tests.tenancy.scenes import to_sign_by_link
from verification import codes
from verification.models import OneTimeCode, Purpose

pytestmark = pytest.mark.django_db
LINK = "https://portal.example/imza/gizli-anahtar/"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def companies(tmp_path: Path) -> Iterator[tuple[Online, Online]]:
    authority = Authority.new()
    found = Online(authority, tmp_path, code="710482"), Online(authority, tmp_path, code="820593")
    with found[0].settings:
        yield found


def post(company: Company | None = None, **more: Any) -> Letter:
    company = company or CompanyFactory.create()
    shown = outbox.Body("Bağlantınız", f"Buyurun: {outbox.hidden(['url'])['url']}", "<a href='x'>Buyurun</a>")
    body = outbox.with_secrets(shown=shown, sent=outbox.Body("Bağlantınız", f"Buyurun: {LINK}", LINK), **more)
    address = outbox.Address(Audience.COMPANY, ["ada@mavideniz.example"])
    return outbox.post(company=company, idempotency_key=str(uuid4()), body=body, address=address)


def opened(text: str) -> str:
    """A value of the database as who has the keys reads it: the test must not pass because of these alone."""
    try:
        data = Fernet(settings.FIELD_KEYS[0]).decrypt(text.encode())
        with suppress(zlib.error):
            data = zlib.decompress(data)
        return data.decode()
    except (InvalidToken, UnicodeDecodeError):
        return text


def everything_kept() -> str:
    """All rows of all tables and all files, in clear."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found += [opened(str(value)) for row in cursor.fetchall() for value in row]
    root = Path(storages["private"].path("."))
    for path in root.rglob("*"):
        if path.is_file():
            assert path.read_bytes().startswith(FIRST_LINE)
            with storages["private"].open(str(path.relative_to(root))) as stored:
                found.append(stored.read().decode(errors="replace"))
    return "\n".join(found)


def text_of(raw: bytes) -> str:
    part = BytesParser(policy=policy.default).parsebytes(raw).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_nothing_that_was_mailed_and_lets_somebody_in_is_found_afterwards(
    server: Server, caplog: pytest.LogCaptureFixture, companies: tuple[Online, Online]
) -> None:
    caplog.set_level(logging.INFO)
    address = f"ada-{uuid4().hex[:8]}@yenifirma.example"
    visitor, member = Client(), MembershipFactory.create(role="owner")
    to_sign_by_link(companies[0])
    companies[1].pre_approved()
    codes.send(
        company=member.company, application_id=uuid4(), purpose=Purpose.EMAIL, target=address, by=None
    )  # fmt: skip
    signed_in(member.user).post(reverse("team:people"), {"email": "davetli@mavideniz.example", "role": "editor"})
    Client().post(reverse("account_reset_password"), {"email": member.user.email})
    door = reverse("account_signup")
    typed_in = {"full_name": "Ada Yalın", "email": address, "password1": "kuzey-isigi-2026"}
    visitor.post(door, {**Screen(visitor.get(door)).fields, **typed_in})
    delivery.deliver()

    secrets = {}
    for raw in server.mails:
        text = text_of(raw)
        for kind, pattern in (
            ("code", r"^(\d{6})$"),
            ("signing", r"/imza/(\S+)/"),
            ("continue", r"/devam/(\S+)/"),
            ("invitation", r"/davet/(\S+)/"),
            ("reset", r"/password/reset/key/(\S+)/"),
        ):
            for number, value in enumerate(re.findall(pattern, text, re.MULTILINE)):
                secrets[f"{kind} {number} of {text.partition(':')[0]}"] = value
    assert len([each for each in secrets if each.startswith("code")]) >= 2, "of the sign-up and of the mailbox"
    assert {each.split()[0] for each in secrets} == {"code", "signing", "continue", "invitation", "reset"}

    typed = next(value for name, value in secrets.items() if name.endswith("yazın") and name.startswith("code"))
    visitor.post(reverse("account_email_verification_sent"), {"code": typed})
    one_time = OneTimeCode.objects.get(target=address)
    codes.confirm(
        application_id=one_time.application_id, purpose=Purpose.EMAIL, target=address, code=one_time.code
    )
    kept = everything_kept() + caplog.text
    assert "(kod gizlendi)" in kept
    assert "(bağlantı gizlendi)" in kept
    left = {name: value for name, value in secrets.items() if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", kept)}
    assert left == {}


def test_a_row_does_not_give_the_link_to_it(companies: tuple[Online, Online]) -> None:
    to_sign_by_link(companies[0])
    link = HandOff.objects.get()
    for guess in (str(link.pk), link.pk.hex, f"{link.pk.hex}-{'A' * 43}"):
        assert Client().get(f"/basvuru/imza/{guess}/").status_code == 404
    of_another_kind = reverse("team:join", args=[link.pk]).rsplit("/", 2)[1]
    right = reverse("onboarding:sign_by_link", args=[link.pk])
    assert Client().get(right.replace(right.rsplit("/", 2)[1], of_another_kind)).status_code == 404
    assert Client().get(right).status_code == 200


def test_the_addressee_gets_the_link_and_who_looks_on_a_placeholder(server: Server) -> None:
    letter = post()
    assert LINK not in body_of(letter).text + body_of(letter).html
    assert LINK not in str(headers_of(letter))
    delivery.deliver()
    (raw,) = server.mails
    assert text_of(raw).strip() == f"Buyurun: {LINK}"
    letter.refresh_from_db()
    assert (letter.status, letter.sealed_words) == (LetterStatus.SENT, "")
    assert body_of(letter).text == "Buyurun: (bağlantı gizlendi)"


def test_a_letter_that_is_tried_again_says_the_same_under_the_same_message_id(server: Server) -> None:
    letter = post()
    server.answer = "451 later"
    delivery.deliver()
    server.answer = "hang up"
    Letter.objects.update(due_at=timezone.now())
    delivery.deliver()
    server.answer = "250 OK"
    Letter.objects.update(due_at=timezone.now())
    delivery.deliver()
    first, second = server.mails
    assert text_of(first) == text_of(second)
    assert letter.message_id.encode() in first
    assert letter.message_id.encode() in second
    letter.refresh_from_db()
    assert letter.sealed_words == ""


@pytest.mark.parametrize(
    "end", ["sent", "refused", "cancelled", "cancelled while held", "outdated", "outdated while held"]
)
def test_however_a_letter_ends_its_secret_is_wiped(server: Server, end: str) -> None:
    support = UserFactory.create(is_staff=True, is_superuser=True)
    letter = post(until=timezone.now() + timedelta(minutes=5))
    if "held" in end:
        control.hold(letter=letter, reason="bekle", by=support)
        letter.refresh_from_db()
        assert letter.sealed_words, "it may still go"
    if end == "refused":
        server.answer = "550 no"
    if end.startswith("cancelled"):
        control.cancel(letter=letter, reason="dur", by=support)
    if end.startswith("outdated"):
        Letter.objects.update(sealed_until=timezone.now())
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.sealed_words == ""
    assert len(server.mails) == (end == "sent")
    assert LINK not in everything_kept()
    if letter.status == LetterStatus.FAILED:
        with pytest.raises(control.NotNow, match="yenisi istenmeli"):
            control.retry(letter=letter, by=support)


def test_a_letter_without_its_secret_goes_to_nobody(server: Server) -> None:
    letter = post()
    Letter.objects.update(sealed_words="")
    delivery.deliver()
    letter.refresh_from_db()
    assert (letter.status, server.mails) == (LetterStatus.FAILED, [])


def test_support_does_not_see_letters_to_accounts() -> None:
    company = CompanyFactory.create()
    codes.send(company=company, application_id=uuid4(), purpose=Purpose.EMAIL, target="a@b.example", by=None)
    letter = Letter.objects.get()
    assert letter.audience == Audience.ACCOUNT
    support = signed_in(colleague(*CORRESPONDENCE, partner=company.partner))
    assert support.get(reverse("admin:correspondence_letter_change", args=[letter.pk])).status_code == 404
    assert str(letter.pk) not in support.get(reverse("admin:correspondence_letter_changelist")).content.decode()


@pytest.mark.parametrize("way", ["used", "tried too often", "too old", "replaced"])
def test_a_code_is_kept_no_longer_than_it_opens_something(way: str) -> None:
    company, subject = CompanyFactory.create(), uuid4()
    code = codes.send(
        company=company, application_id=subject, purpose=Purpose.EMAIL, target="a@b.example", by=None
    )
    match way:
        case "used":
            codes.confirm(application_id=subject, purpose=Purpose.EMAIL, target="a@b.example", code=code.code)
        case "tried too often":
            OneTimeCode.objects.update(attempts=settings.CODE_ATTEMPTS - 1)
            with pytest.raises(Refused):
                codes.confirm(application_id=subject, purpose=Purpose.EMAIL, target="a@b.example", code="x")
        case "too old":
            OneTimeCode.objects.update(expires_at=timezone.now())
            codes.wipe_outdated()
        case "replaced":
            OneTimeCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
            codes.send(
                company=company, application_id=subject, purpose=Purpose.EMAIL, target="a@b.example", by=None
            )
    assert OneTimeCode.objects.get(pk=code.pk).code == ""


HARMLESS = {
    "email", "user_display", "username", "site_name", "site_domain", "signup_url", "provider", "from_email",
    "to_email", "deleted_email", "ip", "timestamp", "user_agent", "partner", "portal_url", "code_url", "login_url",
}  # fmt: skip


def test_what_letters_of_accounts_are_made_of_is_known_to_be_secret_or_not() -> None:
    """A value that a newer django-allauth puts into its letters has to be put on one of the two sides."""
    folders = [Path(allauth.__file__).parent, Path(settings.BASE_DIR) / "templates" / "account"]
    used = {
        name
        for folder in folders
        for path in folder.rglob("email/*.*")
        for name in re.findall(r"\{\{\s*(\w+)", path.read_text())
    }
    assert {"code", "password_reset_url"} <= used
    assert used - adapter.SECRETS <= HARMLESS


def test_a_copy_is_known_by_what_stands_around_the_secret(server: Server) -> None:
    letter = post()
    raw = on_the_line(letter)
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.is_wiped
    assert is_copy(envelope(raw), raw, letter)
    other = raw.replace(b"Buyurun: ", b"Buyrun: ")
    assert other != raw
    assert not is_copy(envelope(other), other, letter)


@pytest.mark.parametrize("which", ["of the mailbox", "of the account"])
def test_a_code_stands_first_in_its_subject_and_in_no_subject_that_is_kept(server: Server, which: str) -> None:
    """On a telephone it is read from the notification."""
    company = CompanyFactory.create()
    if which == "of the mailbox":
        codes.send(company=company, application_id=uuid4(), purpose=Purpose.EMAIL, target="a@b.example", by=None)
    else:
        visitor, door = Client(), reverse("account_signup")
        typed_in = {"full_name": "Ada Yalın", "email": "a@b.example", "password1": "kuzey-isigi-2026"}
        visitor.post(door, {**Screen(visitor.get(door)).fields, **typed_in})
    letter = Letter.objects.get()
    found = re.fullmatch(r"(\d{6}) doğrulama kodunuz", to_send(letter).subject)
    assert found is not None
    assert re.search(rf"^{found[1]}$", to_send(letter).text, re.MULTILINE)
    shown = [letter.subject, body_of(letter).subject, dict(headers_of(letter))["Subject"]]
    assert shown == ["(kod gizlendi) doğrulama kodunuz"] * 3
    raw = on_the_line(letter)
    delivery.deliver()
    letter.refresh_from_db()
    assert envelope(server.mails[0]).subject == found[0]
    assert is_copy(envelope(raw), raw, letter), "also when it comes back"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("İlt: 482913 doğrulama kodunuz", "İlt: (gizlendi) doğrulama kodunuz"),
        (
            "adresinizi doğrulamak için kodunuz:\n> \n> 482913\n",
            "adresinizi doğrulamak için kodunuz:\n> \n> (gizlendi)\n",
        ),
        (
            "adresinizi doğrulamak için bu kodu yazın: 012345.",
            "adresinizi doğrulamak için bu kodu yazın: (gizlendi).",
        ),
        ("İYS kodunuz: 710482", "İYS kodunuz: 710482"),
        ("1482913 doğrulama kodunuz", "1482913 doğrulama kodunuz"),
    ],
)
def test_a_code_of_ours_that_is_forwarded_is_not_shown(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_link_that_somebody_quotes_is_not_shown() -> None:
    path = reverse("onboarding:sign_by_link", args=[uuid4()])
    quoted = f"> Aşağıdaki bağlantıdan: https://portal.example{path}\nİmzaladım."
    assert masked(quoted) == "> Aşağıdaki bağlantıdan: https://portal.example/basvuru/imza/(gizlendi)/\nİmzaladım."
