"""A mail that is believed moves a step only if something ties it to that very application; else a person looks."""

from pathlib import Path
from typing import Any

import pytest

from correspondence.addresses import signed_address, tracking_address
from correspondence.models import Letter, LetterStatus, Mail, MailStatus, TaughtSentence
from onboarding import applications
from onboarding.actor import SYSTEM
from onboarding.gate import Route
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from tests.scenarios import mails
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory

pytestmark = pytest.mark.django_db
NEW = {"in_reply_to": ""}


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


def letter_of(cast: Cast) -> Letter:
    return Letter.objects.filter(company=cast.company, audience="iys").latest("created_at")


def test_the_answer_to_a_letter_is_tied_to_it(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, mails.RECEIVED)
    assert (mail.status, ours.state(STATUS_QUERY)) == (MailStatus.APPLIED, "received")
    assert "mektubumuzu yanıtlıyor" in mail.tied_why


def test_so_is_what_came_to_its_own_return_address(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, mails.RECEIVED, to=signed_address(letter_of(ours).pk), **NEW)
    assert (mail.status, ours.state(STATUS_QUERY)) == (MailStatus.APPLIED, "received")
    assert "kendi dönüş adresine" in mail.tied_why


def test_and_what_names_its_title_at_its_address(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, f"Sayın {ours.company.trade_name},\n\n{mails.RECEIVED}", **NEW)
    assert (mail.status, ours.state(STATUS_QUERY)) == (MailStatus.APPLIED, "received")
    assert ours.company.trade_name in mail.tied_why


def test_and_what_names_its_number(ours: Cast, tmp_path: Path) -> None:
    Application.objects.filter(company=ours.company).update(iys_application_number="MX3ZB5JA")
    mail = ours.arrives(tmp_path, mails.RECEIVED, to="portal@kiyi.example", **NEW)
    assert (mail.status, ours.state(STATUS_QUERY)) == (MailStatus.APPLIED, "received")
    assert "MX3ZB5JA" in mail.tied_why


@pytest.mark.parametrize("text", [mails.RECEIVED, mails.PAID, mails.ASSIGNED])
def test_what_answers_nothing_and_names_nobody_is_for_people_with_the_proposal(
    ours: Cast, tmp_path: Path, text: str
) -> None:
    mail = ours.arrives(tmp_path, text, **NEW)
    assert (mail.status, ours.state(STATUS_QUERY)) == (MailStatus.PERSON, "waiting")
    assert "hiçbir mektubunu yanıtlamıyor" in mail.status_why
    assert mail.kind != "unknown"
    page = words(signed_in(UserFactory.create(is_staff=True, is_superuser=True)).get(
        f"/destek/correspondence/mail/{mail.pk}/change/", follow=True
    ))  # fmt: skip
    assert "Neye bağlı" in page


@pytest.mark.parametrize("named", ["Euromsg", "Liman Mesaj A.Ş.", "Kıyı Medya"])
def test_an_assignment_to_another_partner_is_for_people(ours: Cast, tmp_path: Path, named: str) -> None:
    mail = ours.arrives(tmp_path, f"{named} için iş ortağı atamanız tamamlanmıştır.")
    assert mail.understood
    assert mail.status == MailStatus.PERSON
    assert named in mail.status_why


@pytest.mark.parametrize("named", ["Kıyı İletişim", "KIYI İLETİŞİM", "Kıyı İletişim Hizmetleri A.Ş."])
def test_an_assignment_to_the_partner_waits_for_its_step(ours: Cast, tmp_path: Path, named: str) -> None:
    mail = ours.arrives(tmp_path, f"{named} için iş ortağı atamanız tamamlanmıştır.")
    assert mail.status == MailStatus.EARLY


def test_a_name_in_a_taught_sentence_is_held_against_the_companys(ours: Cast, tmp_path: Path) -> None:
    """A name without a legal form is told from another firm's as well."""
    TaughtSentence.objects.create(
        partner=ours.company.partner,
        text="{unvan} için dosya {numara} sayıyla deftere işlenmiştir",
        kind="received",
    )
    theirs = ours.arrives(tmp_path, "Elif Karaçam için dosya MX3ZB5JA sayıyla deftere işlenmiştir.")
    assert (theirs.understood, theirs.status) == (True, MailStatus.PERSON)
    assert "Elif Karaçam" in theirs.status_why
    mine = ours.arrives(tmp_path, f"{ours.company.trade_name} için dosya MX3ZB5JA sayıyla deftere işlenmiştir.")
    assert mine.status == MailStatus.APPLIED


def names_the_others(ours: Cast, other: Cast) -> dict[str, Any]:
    return {"text": mails.RECEIVED.replace("MX3ZB5JA", "QT7KD2WP")}


def names_the_others_in_both_forms(ours: Cast, other: Cast) -> dict[str, Any]:
    text = mails.RECEIVED.replace("MX3ZB5JA", "QT7KD2WP")
    return {"text": text, "html": f"<p>{text}</p>"}


def names_the_others_code(ours: Cast, other: Cast) -> dict[str, Any]:
    return {"text": f"{mails.RECEIVED} İYS Kodu: 820593"}


def names_the_others_title(ours: Cast, other: Cast) -> dict[str, Any]:
    return {"text": f"{mails.RECEIVED}\n{other.company.trade_name}"}


def came_to_the_others_return_address(ours: Cast, other: Cast) -> dict[str, Any]:
    both = f"{tracking_address(ours.company).email}, {signed_address(letter_of(other).pk)}"
    return {"text": mails.RECEIVED, "to": both}


def answers_the_other(ours: Cast, other: Cast) -> dict[str, Any]:
    return {"text": mails.RECEIVED, "in_reply_to": letter_of(other).message_id}


CROSSING = [
    names_the_others,
    names_the_others_in_both_forms,
    names_the_others_code,
    names_the_others_title,
    came_to_the_others_return_address,
    answers_the_other,
]


@pytest.mark.parametrize("crossing", CROSSING)
@pytest.mark.parametrize("closed", [False, True], ids=["live", "closed"])
def test_what_is_about_another_company_is_for_people(
    ours: Cast, tmp_path: Path, crossing: Any, *, closed: bool
) -> None:
    other = Cast()
    other.at_iys()
    named = Application.objects.filter(company=other.company)
    named.update(iys_application_number="QT7KD2WP", iys_code="820593")
    if closed:
        applications.change_route(application=other.now(), route=Route.EXEMPT, actor=SYSTEM, closes=True)
    mail = ours.arrives(tmp_path, **crossing(ours, other))
    assert mail.status == MailStatus.PERSON
    assert (ours.state(STATUS_QUERY), other.record(STATUS_QUERY).state) == ("waiting", "waiting")
    assert Application.objects.get(pk=ours.application.pk).iys_application_number == ""


def test_an_answer_to_an_application_that_was_closed_moves_nothing_of_the_one_after_it(
    ours: Cast, tmp_path: Path
) -> None:
    former = letter_of(ours).message_id
    Letter.objects.filter(message_id=former).update(status=LetterStatus.SENT)
    applications.change_route(application=ours.now(), route=Route.EXEMPT, actor=SYSTEM, closes=True)
    mail = ours.arrives(tmp_path, mails.ASSIGNED, in_reply_to=former)
    assert mail.status == MailStatus.PERSON
    assert "hiçbir mektubunu yanıtlamıyor" in mail.status_why


def test_what_the_sender_only_quotes_ties_nothing(ours: Cast, tmp_path: Path) -> None:
    quoted = f"{mails.RECEIVED}\n\n24.11.2026 14:05 tarihinde Deniz yazdı:\n> {ours.company.trade_name}\n"
    assert ours.arrives(tmp_path, quoted, **NEW).status == MailStatus.PERSON


def test_a_mail_that_people_give_to_a_company_is_tied_to_nothing_by_that(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, mails.RECEIVED, to="portal@kiyi.example", **NEW)
    assert (mail.company, Mail.objects.get(pk=mail.pk).tied_why) == (None, "")
    assert ours.state(PRE_APPLICATION) == "sent"
