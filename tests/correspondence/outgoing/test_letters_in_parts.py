"""Letters that are too large for one mail, over a real SMTP line, and what the steps make of them."""

import random
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from correspondence.outgoing import delivery, outbox
from documents.models import Document, Origin
from documents.storage import store
from journal.parties import Party
from onboarding.actor import Actor
from onboarding.dossier import content
from onboarding.letters import drafts
from onboarding.mail import outcomes
from onboarding.models import Application, DocumentKind
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from tenancy.roles import Role
from tests.scenarios.factories import open_application, tckn
from tests.scenarios.smtp_server import Server, running

pytestmark = pytest.mark.django_db
OWNER, STAFF = Actor(Party.COMPANY, role=Role.OWNER), Actor(Party.STAFF)
KINDS = (DocumentKind.SIGNATURE_CIRCULAR, DocumentKind.TRADE_REGISTRY_GAZETTE, DocumentKind.UNDERTAKING)
NAMES = [
    "imza-sirkuleri-mavi-deniz.pdf",
    "ticaret-sicil-gazetesi-mavi-deniz.pdf",
    "kaseli-ve-imzali-taahhutname-mavi-deniz.pdf",
]
SIZE = 300_000  # bytes of a document; one and no more goes into a letter of LIMIT
LIMIT = 800_000


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found, override_settings(LETTER_MAX_BYTES=LIMIT):
        yield found


@pytest.fixture
def application() -> Application:
    """An application with three documents, which staff are just looking at."""
    found = open_application()
    form = found.application_form
    form.has_mersis, form.complete = True, True
    form.signatory_identity, form.signatory_name = tckn(7), "Defne Poyraz"
    form.signatory_email, form.signatory_mobile = "defne@mavideniz.example", "+905325550101"
    form.save()
    for seed, kind in enumerate(KINDS):
        hand_in(found, kind, seed)
    perform(application=found, step=PRE_APPLICATION, move="submit", actor=OWNER)
    # The company's receipt went before.
    Letter.objects.exclude(audience="iys").update(status=LetterStatus.SENT)
    return found


def hand_in(
    application: Application, kind: DocumentKind, seed: int, size: int = SIZE, filename: str = ""
) -> Document:
    return store(
        company=application.company,
        kind=kind,
        payload=b"%PDF-1.7" + random.Random(seed).randbytes(size - 8),
        filename=filename or f"{kind.label}.pdf",
        content_type="application/pdf",
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )


def move(application: Application, name: str) -> None:
    reason = "son sayfa okunmuyor" if name == "return_failed" else ""
    perform(application=application, step=PRE_APPLICATION, move=name, actor=STAFF, reason=reason)


def work() -> None:
    """What a worker does when it is notified, with no wait between two attempts."""
    Letter.objects.update(due_at=timezone.now())
    delivery.deliver()
    outcomes.handle_outcomes()


def state(application: Application) -> str:
    return application.records.get(step=PRE_APPLICATION.key).state


def attached(message: EmailMessage) -> list[str]:
    return [str(part.get_filename()) for part in message.iter_attachments()]


def to_iys() -> list[Letter]:
    return list(Letter.objects.filter(audience="iys").order_by("part"))


def test_what_fits_is_one_letter_as_ever(server: Server, application: Application) -> None:
    with override_settings(LETTER_MAX_BYTES=15 * 1024 * 1024):
        move(application, "approve")
        work()
    (message,) = server.messages
    assert not str(message["Subject"]).endswith(")")
    assert len(attached(message)) == 3
    assert state(application) == "sent"


def test_a_letter_that_is_too_large_goes_in_parts_none_of_which_is(
    server: Server, application: Application
) -> None:
    move(application, "approve")
    work()
    assert [title[-5:] for title in server.titles] == ["(1/3)", "(2/3)", "(3/3)"]
    assert [attached(message) for message in server.messages] == [[name] for name in NAMES]
    assert all(len(raw) <= LIMIT for raw in server.mails)
    assert state(application) == "sent"


def test_the_first_part_says_what_comes_in_which_and_the_others_point_to_it(
    server: Server, application: Application
) -> None:
    move(application, "approve")
    work()
    first, *others = server.messages
    text = first.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    for number, kind in enumerate(KINDS, start=1):
        assert f"{number}. e-posta: {kind.label}" in text
    for other in others:
        assert other["In-Reply-To"] == first["Message-ID"]
        assert first["Message-ID"] in other["References"].split()
        text = " ".join(other.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]
        assert application.reference in text
        assert str(first["Subject"]).removesuffix(" (1/3)").strip() in text
        assert "1. e-postadadır" in text
        assert application.application_form.signatory_identity not in text


def test_the_parts_are_what_the_owner_saw(server: Server, application: Application) -> None:
    draft = drafts.pre_application_to_iys(application, PRE_APPLICATION, "")
    move(application, "approve")
    assert [outbox.body_of(letter) for letter in to_iys()] == [draft.body, *draft.further]


def test_scans_of_one_name_can_be_told_apart(server: Server, application: Application) -> None:
    for seed, kind in enumerate(KINDS, start=20):
        hand_in(application, kind, seed, size=1000, filename="tarama.pdf")
    move(application, "approve")
    work()
    (message,) = server.messages
    assert attached(message) == NAMES
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert f"{KINDS[1].label} ({NAMES[1]})" in text


def test_the_step_waits_for_every_part(server: Server, application: Application) -> None:
    server.answers["(3/3)"] = "451 later"
    move(application, "approve")
    work()
    assert (len(server.mails), state(application)) == (2, "sending")
    server.answers.clear()
    work()
    assert (len(server.mails), state(application)) == (3, "sent")


def test_no_part_goes_before_the_one_that_it_follows(server: Server, application: Application) -> None:
    server.answers["(1/3)"] = "451 later"
    move(application, "approve")
    work()
    assert server.mails == []
    server.answers.clear()
    work()
    assert [title[-5:] for title in server.titles] == ["(1/3)", "(2/3)", "(3/3)"]


def test_one_part_refused_for_good_is_the_letter_refused(server: Server, application: Application) -> None:
    server.answers["(2/3)"] = "550 policy"
    move(application, "approve")
    work()
    record = application.records.get(step=PRE_APPLICATION.key)
    assert (record.state, record.turn, record.reason) == ("send_failed", Party.STAFF, "550 policy")
    assert [letter.status for letter in to_iys()] == ["sent", "failed", "failed"]
    work()
    assert len(server.mails) == 1


def test_sending_again_goes_on_from_the_part_that_was_refused(server: Server, application: Application) -> None:
    server.answers["(2/3)"] = "550 policy"
    move(application, "approve")
    work()
    names = [letter.message_id for letter in to_iys()]
    server.answers.clear()
    move(application, "send_again")
    work()
    assert [title[-5:] for title in server.titles] == ["(1/3)", "(2/3)", "(3/3)"]
    assert [message["Message-ID"] for message in server.messages] == names
    assert state(application) == "sent"


def test_sending_again_and_again_ends_well(server: Server, application: Application) -> None:
    server.answers["(2/3)"] = "550 policy"
    move(application, "approve")
    work()
    for _turn in range(3):
        move(application, "send_again")
        work()
        assert state(application) == "send_failed"
    server.answers.clear()
    move(application, "send_again")
    work()
    assert (len(server.mails), len(to_iys()), state(application)) == (3, 3, "sent")


def test_what_was_changed_meanwhile_goes_as_a_new_letter(server: Server, application: Application) -> None:
    server.answers["(2/3)"] = "550 policy"
    move(application, "approve")
    work()
    server.answers.clear()
    move(application, "return_failed")
    fresh = hand_in(application, KINDS[1], seed=99)
    perform(application=application, step=PRE_APPLICATION, move="submit", actor=OWNER)
    move(application, "approve")
    work()
    marks = [title[-5:] for title in server.titles if title.endswith("/3)")]
    assert marks == ["(1/3)", "(1/3)", "(2/3)", "(3/3)"]
    sent = Letter.objects.filter(status=LetterStatus.SENT, attachments__document=fresh)
    assert sent.count() == 1
    assert state(application) == "sent"


def test_one_cause_is_one_letter_also_in_parts(server: Server, application: Application) -> None:
    draft = drafts.pre_application_to_iys(application, PRE_APPLICATION, "")
    wanted = {
        "company": application.company,
        "idempotency_key": "once",
        "body": draft.body,
        "address": draft.address,
    }
    first = outbox.post(**wanted, further=draft.further)  # type: ignore[arg-type]
    assert outbox.post(**wanted, further=draft.further) == first  # type: ignore[arg-type]
    assert [letter.idempotency_key for letter in to_iys()] == ["once:1", "once:2", "once:3"]


def test_a_part_without_its_words_is_not_posted(application: Application) -> None:
    with override_settings(LETTER_MAX_BYTES=LIMIT):
        draft = replace(drafts.pre_application_to_iys(application, PRE_APPLICATION, ""), further=())
        with pytest.raises(ValueError, match="longer"):
            outbox.post(company=application.company, idempotency_key="one", body=draft.body, address=draft.address)


def missing(application: Application) -> list[str]:
    form = application.application_form
    return content.missing(form, content.needs(form))


def test_documents_that_are_many_stand_in_nobodys_way(application: Application) -> None:
    with override_settings(LETTER_MAX_BYTES=LIMIT):
        assert missing(application) == []


def test_a_document_that_fits_into_no_letter_is_refused_before_submitting(application: Application) -> None:
    hand_in(application, KINDS[0], seed=5, size=LIMIT)
    with override_settings(LETTER_MAX_BYTES=LIMIT):
        (sentence,) = missing(application)
    assert "bir e-postaya sığmıyor" in sentence
    assert str(KINDS[0].label) in sentence
    assert settings.LETTER_MAX_BYTES > LIMIT
    assert missing(application) == []
