"""What a mail may do is asked anew when it acts: its case, its time and its sentences may have changed."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from correspondence.incoming import decisions
from correspondence.models import Letter, LetterStatus, Mail, MailStatus, TaughtSentence
from documents.encrypted import StoreAway
from onboarding import applications
from onboarding.actor import SYSTEM
from onboarding.gate import Route
from onboarding.mail import pipeline, teaching, uploads
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from partners.models import Partner
from tenancy.models import User
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
CLAIM = "Dosyanız {numara} sayıyla deftere yazılmıştır"
WORDS = "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır."
ASSIGNED = "Aracınız sisteme işlenmiştir"


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    Letter.objects.filter(company=cast.company, audience="iys").update(status=LetterStatus.SENT)
    return cast


@pytest.fixture
def support(ours: Cast) -> User:
    return colleague(*CORRESPONDENCE, partner=ours.company.partner)


def teach(mail: Mail, by: User, text: str, kind: str) -> None:
    teaching.teach(TaughtSentence(text=text, kind=kind, mail=mail, partner=by.partner, taught_by=by), by=by)
    mail.refresh_from_db()


def begins_anew(cast: Cast) -> None:
    applications.change_route(application=cast.now(), route=Route.EXEMPT, actor=SYSTEM, closes=True)


def test_an_answer_to_a_closed_application_that_is_understood_later_moves_nothing_of_the_next(
    ours: Cast, support: User, tmp_path: Path
) -> None:
    former = Letter.objects.filter(company=ours.company, audience="iys").latest("created_at").message_id
    begins_anew(ours)
    mail = ours.arrives(tmp_path, f"{ASSIGNED}.", in_reply_to=former)
    teach(mail, support, ASSIGNED, "assignment_confirmed")
    assert mail.status == MailStatus.PERSON
    assert "hiçbir mektubunu yanıtlamıyor" in mail.status_why


def test_a_title_in_a_mail_from_before_the_application_does_not_tie_it(
    ours: Cast, support: User, tmp_path: Path
) -> None:
    mail = ours.arrives(tmp_path, f"Sayın {ours.company.trade_name},\n\n{ASSIGNED}.", in_reply_to="")
    begins_anew(ours)
    teach(mail, support, ASSIGNED, "assignment_confirmed")
    assert mail.status == MailStatus.PERSON
    assert "hiçbir mektubunu yanıtlamıyor" in mail.status_why


@pytest.mark.parametrize(
    ("changed", "found"),
    [({"active": False}, (MailStatus.PERSON, "waiting")), ({"kind": "refused"}, (MailStatus.APPLIED, "refused"))],
)
def test_a_mail_that_came_too_soon_moves_by_what_its_sentences_say_then(
    support: User, tmp_path: Path, changed: dict[str, object], found: tuple[str, str]
) -> None:
    cast = Cast(code="710499", partner=support.partner)
    cast.submitted()
    sentence = TaughtSentence.objects.create(text=CLAIM, kind="received")
    mail = cast.arrives(tmp_path, f"Sayın {cast.company.trade_name},\n\n{WORDS}", in_reply_to="")
    assert (mail.status, mail.kind) == (MailStatus.EARLY, "received")
    for name, value in changed.items():
        setattr(sentence, name, value)
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    teaching.save(sentence, by=colleague(*CORRESPONDENCE, "teach_for_all", partner=elsewhere))
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    pipeline.apply_due()
    mail.refresh_from_db()
    assert (mail.status, cast.state(STATUS_QUERY)) == found


def test_what_names_the_number_of_a_closed_application_is_not_about_the_one_after_it(
    ours: Cast, tmp_path: Path
) -> None:
    Application.objects.filter(pk=ours.now().pk).update(iys_application_number="MX3ZB5JA")
    begins_anew(ours)
    text = f"Sayın {ours.company.trade_name},\n\n{mails.RECEIVED}"
    mail = ours.arrives(tmp_path, text, in_reply_to="")
    assert mail.status == MailStatus.PERSON
    assert "başvurunun numarası" in mail.status_why


def test_a_file_that_could_not_be_read_is_left_to_no_poller(
    ours: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_mail: Mail) -> None:
        raise StoreAway

    forged = mails.mail(text=mails.RECEIVED, in_reply_to=mails.asked(ours.company))
    monkeypatch.setattr(uploads, "parse", away)
    with pytest.raises(StoreAway):
        uploads.upload(company=ours.company, payload=forged, by=ours.people["owner"])
    assert not Mail.objects.exists()
    monkeypatch.undo()
    uploads.upload(company=ours.company, payload=forged, by=ours.people["owner"])
    Mail.objects.update(status=MailStatus.NEW)  # as a process that died has left it
    pipeline.process_new()
    pipeline.apply_due()
    mail = Mail.objects.get()
    assert (mail.status, mail.sender_authentication) == (MailStatus.PERSON, "unverified")
    assert ours.state(STATUS_QUERY) == "waiting"


def test_a_broken_mail_that_is_read_again_stays_with_the_company_that_people_gave_it_to(
    ours: Cast, support: User, tmp_path: Path
) -> None:
    mail = ours.arrives(tmp_path, mails.RECEIVED, to="portal@kiyi.example", in_reply_to="")
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.BROKEN, kind="")
    mail.refresh_from_db()
    decisions.attach(mail=mail, company=ours.company, by=support)
    call_command("reread", stdout=StringIO())
    pipeline.process_new()
    mail.refresh_from_db()
    assert (mail.company, mail.status, mail.kind) == (ours.company, MailStatus.PERSON, "received")
    assert ours.state(STATUS_QUERY) == "waiting"
