"""İYS's mail that the company brings itself, forwarded or as a file: it pre-fills, asks, and moves nothing."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from correspondence.incoming import decisions
from correspondence.incoming.fetching import raw_of
from correspondence.models import Letter, Mail, MailStatus
from correspondence.outgoing.outbox import body_of
from jobs import tasks
from onboarding.mail import triage
from onboarding.steps import CODE_RECEIPT, STATUS_QUERY
from tests.scenarios import mails
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, UserFactory
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
QUESTION = "Getirdiğiniz e-postadaki kodlar doğru mu?"
FROM_IYS = mails.mail(text=mails.APPROVED, subject="Başvurunuz onaylandı", verdict=None)


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.company.trade_name = "Mavi Deniz Turizm A.Ş."
    found.company.save()
    return found


def forwards(cast: Cast, folder: Path, role: str = "editor", **more: str) -> Mail:
    """A member passes İYS's mail on to the tracking address, from a mailbox that its own server vouches for."""
    passed_on = (
        "Bize geldi, bilginize.\n\n---------- Forwarded message ---------\nKimden: İYS <onkayit@iys.org.tr>\n"
        f"Konu: Başvurunuz onaylandı\n\n{mails.APPROVED}"
    )
    sender = {
        "sender": cast.people[role].email,
        "domain": "mavideniz.example",
        "subject": "İlt: Başvurunuz onaylandı",
    }
    return cast.arrives(folder, passed_on, **{**sender, **more})


def uploads(cast: Cast, payload: bytes, role: str = "editor", step: str = "code_receipt") -> Screen:
    file = SimpleUploadedFile("onay.eml", payload, content_type="message/rfc822")
    return cast.send("upload_mail", role=role, file=file, step=step)


def test_a_forwarded_approval_is_put_before_the_company_and_moves_nothing(cast: Cast, tmp_path: Path) -> None:
    cast.codes_wanted()
    mail = forwards(cast, tmp_path)
    assert (mail.status, mail.status_why) == (
        MailStatus.PERSON,
        "Firmanın getirdiği kodlar: onaylaması bekleniyor.",
    )
    assert (cast.state(CODE_RECEIPT), cast.now().iys_code) == ("waiting", "")
    page = cast.open("code_receipt")
    assert QUESTION in page
    assert "İYSKod 710482 Mavi Deniz 710482 Mavi Deniz Outlet 710497" in page
    assert "Evet, bu kodları kullan" in page.buttons
    assert "Evet, bu kodları kullan" not in cast.open("code_receipt", role="viewer").buttons


def test_who_forwarded_it_is_asked_by_mail_once(cast: Cast, tmp_path: Path) -> None:
    cast.codes_wanted()
    mail = forwards(cast, tmp_path)
    letter = Letter.objects.get(idempotency_key=f"codes_to_confirm:{mail.pk}")
    assert letter.to == [cast.people["editor"].email]
    text = body_of(letter).text
    for words in ("İYSKod: 710482", "Mavi Deniz Outlet: 710497", reverse("onboarding:code_receipt")):
        assert words in text


def test_what_came_from_the_corporate_address_asks_everybody_who_may_confirm(cast: Cast, tmp_path: Path) -> None:
    cast.codes_wanted()
    mail = forwards(cast, tmp_path, sender=cast.company.corporate_email)
    letter = Letter.objects.get(idempotency_key=f"codes_to_confirm:{mail.pk}")
    assert set(letter.to) == {cast.people["owner"].email, cast.people["editor"].email}


def test_its_codes_are_used_by_one_click_and_confirmed_by_another(cast: Cast, tmp_path: Path) -> None:
    cast.codes_wanted()
    mail = forwards(cast, tmp_path)
    page = cast.press("code_receipt", "use_mail", mail.pk, role="editor")
    assert "Kodlarınız geldi, bir bakıp onaylayın" in page
    assert "Firmanın ilettiği İYS e-postası" in page
    assert QUESTION not in page
    reading = cast.application.code_readings.get()
    assert (reading.source, reading.typed_by, reading.mail) == ("forwarded", cast.people["editor"], mail)
    mail.refresh_from_db()
    assert mail.status == MailStatus.APPLIED
    assert "Kodlarınız onaylandı." in cast.press("code_receipt", "confirm_codes")
    assert cast.now().iys_code == "710482"


def test_a_mail_that_only_claims_to_be_a_members_is_no_proposal(cast: Cast, tmp_path: Path) -> None:
    cast.codes_wanted()
    forwards(cast, tmp_path, verdict="fail")
    assert QUESTION not in cast.open("code_receipt")
    assert not Letter.objects.filter(idempotency_key__startswith="codes_to_confirm").exists()


def test_while_iys_has_not_approved_support_is_asked_and_the_codes_wait(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    mail = forwards(cast, tmp_path)
    assert "destek ekibi bakacak" in mail.status_why
    assert cast.state(STATUS_QUERY) == "waiting"
    assert "onay e-postası destek ekibinde" in cast.open("status_query")
    assert QUESTION not in cast.open("code_receipt")
    Support(cast.now()).send(
        "answer",
        "status_query",
        "approve",
        note="Telefonla doğrulandı",
        expected_version=cast.record(STATUS_QUERY).version,
    )
    assert QUESTION in cast.open("code_receipt")


def test_an_uploaded_mail_is_kept_raw_read_and_shown_in_the_thread(cast: Cast) -> None:
    cast.codes_wanted()
    page = uploads(cast, FROM_IYS)
    assert "E-postadaki kodları okuduk. Doğruysa kullanın." in page
    assert QUESTION in page
    mail = Mail.objects.get()
    assert raw_of(mail) == FROM_IYS
    assert (mail.sender_authentication, mail.company) == ("company", cast.company)
    assert mail.sender_authentication_why == f"{cast.people['editor']} oturumu açıkken yükledi."
    assert "Başvurunuz onaylandı" in cast.open("thread").links
    assert "Başvurunuz onaylandı" in page.links, "in the step's own thread too"
    assert not Letter.objects.filter(idempotency_key__startswith="codes_to_confirm").exists(), (
        "who uploads is here already"
    )
    cast.press("code_receipt", "use_mail", mail.pk)
    assert cast.application.code_readings.get().source == "uploaded"


def test_the_same_file_again_is_the_same_mail_and_another_company_has_its_own(cast: Cast) -> None:
    cast.codes_wanted()
    uploads(cast, FROM_IYS)
    uploads(cast, FROM_IYS)
    assert Mail.objects.count() == 1
    other = Cast()
    other.codes_wanted()
    uploads(other, FROM_IYS)
    assert set(Mail.objects.values_list("company", flat=True)) == {cast.company.pk, other.company.pk}


def test_what_had_come_by_itself_is_filed(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    came = cast.arrives(tmp_path, mails.APPROVED, subject="Başvurunuz onaylandı")
    assert cast.state(CODE_RECEIPT) == "read"
    page = uploads(cast, raw_of(came))
    assert "Aynı e-posta başka bir posta kutusuna da gelmişti." in page
    assert cast.application.code_readings.count() == 1


def test_an_uploaded_mail_never_moves_step_2(cast: Cast) -> None:
    cast.at_iys()
    page = uploads(cast, mails.mail(text=mails.RECEIVED, verdict="pass"), step="status_query")
    assert "kendiliğinden uygulanmaz, destek ekibi bakacak" in page
    assert (cast.state(STATUS_QUERY), cast.now().iys_application_number) == ("waiting", "")


def no_mail() -> bytes:
    message = EmailMessage()
    message.set_content("Merhaba")
    return message.as_bytes(policy=SMTP)


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"%PDF-1.4\n%binary", "Bu dosya bir e-posta değil."),
        (no_mail(), "Bu dosya bir e-posta değil."),
        (b"\x00\xff" * 100, "Bu dosya bir e-posta değil."),
    ],
)
def test_what_is_no_mail_is_refused(cast: Cast, payload: bytes, sentence: str) -> None:
    cast.codes_wanted()
    page = uploads(cast, payload)
    assert sentence in page
    assert "Kodları kendim yazacağım" in page.links, "back on the page it came from"
    assert not Mail.objects.exists()


def test_no_file_and_a_large_one_are_refused(cast: Cast) -> None:
    cast.codes_wanted()
    assert "Önce bir dosya seçin." in cast.send("upload_mail", step="code_receipt")
    with override_settings(UPLOAD_MAX_BYTES=100):
        assert "MB'tan büyük" in uploads(cast, FROM_IYS)
    assert not Mail.objects.exists()


def test_our_own_letter_is_not_an_answer(cast: Cast) -> None:
    cast.codes_wanted()
    own = Letter.objects.filter(audience="iys").latest("created_at")
    page = uploads(cast, mails.mail(text=mails.APPROVED, message_id=own.message_id))
    assert "Bu, portalın kendi gönderdiği mektup." in page


def test_a_viewer_brings_nothing_and_another_companys_mail_is_not_there(cast: Cast) -> None:
    cast.codes_wanted()
    assert uploads(cast, FROM_IYS, role="viewer").status == 403
    assert "E-postayı yükle" not in cast.open("code_receipt", role="viewer").buttons
    other = Cast()
    other.codes_wanted()
    uploads(other, FROM_IYS)
    foreign = Mail.objects.get(company=other.company)
    assert cast.send("use_mail", foreign.pk).status == 404


def test_a_mail_that_support_has_decided_about_is_used_no_more(cast: Cast) -> None:
    cast.codes_wanted()
    uploads(cast, FROM_IYS)
    mail = Mail.objects.get()
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.FILED)
    page = cast.press("code_receipt", "use_mail", mail.pk)
    assert "Bu e-postadaki kodlar artık onay beklemiyor." in page
    assert cast.state(CODE_RECEIPT) == "waiting"


def test_what_the_company_brought_is_filed_once_its_codes_are_confirmed_otherwise(cast: Cast) -> None:
    cast.codes_wanted()
    uploads(cast, FROM_IYS)
    cast.press("type_codes", "type_codes", iys_code="710482", name_1="Mavi Deniz", code_1="710482")
    assert QUESTION in cast.open("code_receipt")
    cast.press("code_receipt", "confirm_codes")
    assert cast.state(CODE_RECEIPT) == "confirmed"
    mail = Mail.objects.get()
    assert (mail.status, mail.status_why) == (MailStatus.FILED, "Kodlar onaylandı; bu e-postaya gerek kalmadı.")
    assert QUESTION not in cast.open("code_receipt")


def test_support_takes_back_what_the_company_used(cast: Cast) -> None:
    cast.codes_wanted()
    uploads(cast, FROM_IYS)
    mail = Mail.objects.get()
    cast.press("code_receipt", "use_mail", mail.pk)
    mail.refresh_from_db()
    triage.take_back(mail=mail, reason="Başka firmanın e-postası", by=UserFactory.create(is_staff=True))
    assert cast.state(CODE_RECEIPT) == "waiting"
    assert not cast.application.code_readings.exists()
    assert QUESTION in cast.open("code_receipt"), "it waits for a decision again"


def test_the_correspondence_page_takes_mails_too(cast: Cast) -> None:
    cast.codes_wanted()
    assert "E-postayı yükle" in cast.open("thread").buttons
    assert "E-postayı yükle" not in cast.open("thread", role="viewer").buttons
    page = uploads(cast, b"Merhaba", step="")
    assert "Bu dosya bir e-posta değil." in page
    assert "Firmanız adına gönderilen mektuplar ve gelen yanıtlar." in page


def test_a_file_s_headers_verify_nobody_whoever_it_is_given_to_later(cast: Cast) -> None:
    """Whoever uploads a file may have written a verdict of our server's into it."""
    cast.codes_wanted()
    uploads(cast, mails.mail(text=mails.APPROVED, subject="Başvurunuz onaylandı"))
    mail = Mail.objects.get()
    by = UserFactory.create(is_staff=True)
    decisions.detach(mail=mail, reason="Yanlış firma", by=by)
    decisions.attach(mail=mail, company=cast.company, by=by)
    assert mail.sender_authentication == "company"
    decisions.detach(mail=mail, reason="Yanlış firma", by=by)
    decisions.attach(mail=mail, company=CompanyFactory.create(), by=by)
    assert mail.sender_authentication == "unverified"


def test_a_broken_file_that_is_read_again_stays_the_company_s_word(cast: Cast) -> None:
    cast.codes_wanted()
    uploads(cast, mails.mail(text=mails.APPROVED, subject="Başvurunuz onaylandı"))
    Mail.objects.update(status=MailStatus.BROKEN, kind="unknown")
    call_command("reread")
    tasks.fetch()
    mail = Mail.objects.get()
    assert (mail.sender_authentication, mail.company, mail.status) == ("company", cast.company, MailStatus.PERSON)
    assert cast.state(CODE_RECEIPT) == "waiting"
