"""What people are shown of a mail, and which mails they are never spared."""

from pathlib import Path

import pytest
from django.urls import reverse

from correspondence.models import MailStatus
from journal.models import Entry, Event
from onboarding.overview import threads
from tests.scenarios import mails
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory, tckn

pytestmark = pytest.mark.django_db
IDENTITY = tckn(7)
REPLIED = {"Auto_Submitted": "auto-replied"}
MAILS = "/destek/correspondence/mail/"


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


@pytest.mark.parametrize("verdict", ["pass", None])
def test_a_person_of_the_company_is_heard_whatever_the_headers_call_the_mail(
    ours: Cast, tmp_path: Path, verdict: str | None
) -> None:
    sender = ours.people["owner"].email
    wish = "Merhaba, başvurumuzu iptal ettirmek istiyoruz."
    domain = sender.rpartition("@")[2]
    mail = ours.arrives(tmp_path, wish, sender=sender, domain=domain, verdict=verdict, **REPLIED)
    assert mail.status == MailStatus.PERSON
    assert "iptal ettirmek" in mail.status_why
    away = ours.arrives(tmp_path, "Yıllık izindeyim.", sender=sender, domain=domain, verdict=verdict, **REPLIED)
    assert away.status == MailStatus.FILED


def test_a_mail_with_other_words_is_another_one_though_its_sender_calls_it_by_the_same_id(
    ours: Cast, tmp_path: Path
) -> None:
    same = {"message_id": "<hep-ayni@iys.org.tr>"}
    ours.arrives(tmp_path, "Telefonunuz nedir?", **same)
    assert ours.arrives(tmp_path, "Adresiniz nedir?", **same).status == MailStatus.PERSON
    again = ours.arrives(tmp_path, "Adresiniz nedir?\n\n-- \nListeden çıkmak için tıklayın.", **same)
    assert again.status == MailStatus.FILED


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (f"{IDENTITY} kimlik numaralı yetkili için bizi arayınız.", REPLIED),
        (f"Başvurunuz reddedilmiştir: {IDENTITY} kimlik numarası hatalıdır.", {}),
        (f"{IDENTITY} numaralı KUMSAL TEKSTİL A.Ş. başvurunuz alınmıştır.", {}),
    ],
)
def test_no_identity_number_stands_on_a_mails_row_its_page_or_in_the_journal(
    ours: Cast, tmp_path: Path, text: str, more: dict[str, str]
) -> None:
    mail = ours.arrives(tmp_path, text, subject=f"{IDENTITY} hakkında", **more)
    shown = [mail.subject, mail.status_why, mail.doubt, mail.words, str(mail.extracted)]
    shown += Entry.objects.filter(company=ours.company, event=Event.MAIL_READ).values_list("text", flat=True)
    support = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    form = reverse("admin:correspondence_mail_classify", args=[mail.pk, "status_query", "received"])
    for path in ("", f"{mail.pk}/change/", form.removeprefix(MAILS)):
        shown.append(words(support.get(f"{MAILS}{path}?is=hepsi", follow=True)))
    assert not [each for each in shown if IDENTITY in each]
    assert IDENTITY[-4:] in mail.subject


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Sayın Kumsal Tekstil Ticaret A.Ş.,\n\nMX3ZB5JA no'lu başvurunuz alınmıştır.", {}),
        (mails.RECEIVED, {"in_reply_to": ""}),
    ],
)
def test_what_is_perhaps_about_another_firm_is_no_news_on_the_board(
    ours: Cast, tmp_path: Path, text: str, more: dict[str, str]
) -> None:
    mail = ours.arrives(tmp_path, text, **more)
    assert (mail.status, mail.understood) == (MailStatus.PERSON, True)
    told = [item.detail for item in threads.thread(ours.now()) if item.mail_id == str(mail.pk)]
    assert told == ["Destek ekibini bekliyor"]
