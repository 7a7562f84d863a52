"""What is not believed looks so: to support on the mail's page, and to the company on its board."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from onboarding.models import Application
from onboarding.overview.threads import DISBELIEVED
from tests.onboarding.admin.test_mails import Seat, arrives
from tests.scenarios import mails
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
RED = "Bu e-postaya güvenmeyin."


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


def page(mail: Mail) -> str:
    assert mail.company is not None
    client = signed_in(colleague(*CORRESPONDENCE, partner=mail.company.partner))
    return client.get(reverse("admin:correspondence_mail_change", args=[mail.pk])).content.decode()


def buttons(shown: str) -> list[tuple[bool, str]]:
    """(whether it stands out, words) of each button that records an answer."""
    found = re.findall(r'<a class="button([^"]*)"\s+href="[^"]*/uygula/[^"]*"[^>]*>([^<]*)<', shown)
    return [("quiet" not in look, label.strip()) for look, label in found]


def outside_of_details(shown: str) -> str:
    return re.sub(r"<details.*?</details>", " ", shown, flags=re.DOTALL)


def test_a_forged_approval_says_why_it_is_not_believed(ours: Cast, tmp_path: Path) -> None:
    shown = page(ours.arrives(tmp_path, mails.APPROVED, verdict="fail"))
    assert '<p class="disbelieved" role="note">' in shown
    assert f"<strong>{RED}</strong>" in shown
    assert "iys.org.tr adına yazılmış ama posta sunucumuz doğrulamadı" in shown.split(RED)[1][:200]
    assert "İYSKod: " not in shown, "a code is not shown as a fact"
    assert "İYSKod olarak yazılan: “710482”" in shown
    assert (True, "2. adım: İYS onayladı (okunan)…") not in buttons(shown)
    assert buttons(shown)
    assert not any(stands_out for stands_out, _label in buttons(shown))
    assert "(okunan)" not in shown
    assert not buttons(outside_of_details(shown)), "an answer is recorded after a step of one's own"


def test_a_believed_mail_that_waits_shows_what_it_says_and_suggests_it(ours: Cast, tmp_path: Path) -> None:
    shown = page(ours.arrives(tmp_path, f"{mails.RECEIVED}\nBilinmeyen bir cümledir."))
    assert RED not in shown
    assert 'class="disbelieved"' not in shown
    assert "Ön başvuru numarası: MX3ZB5JA" in shown
    assert (True, "2. adım: İYS başvuruyu aldı (okunan)…") in buttons(shown)


def test_each_sentence_has_a_colour_and_a_word(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(
        tmp_path, "Sayın Yetkili,\nMX3ZB5JA no'lu başvurunuz alınmıştır.\nBilinmeyen bir cümledir."
    )
    shown = page(mail)
    found = re.findall(r'<li class="sentence (\w+)">.*?<strong>\s*(.*?)\s*</strong>', shown, re.DOTALL)
    assert found == [
        ("harmless", "– Zararsız"),
        ("claim", "✓ Bildiriyor: Başvuru alındı"),
        ("unknown", "? Bilinmiyor"),
    ]


@pytest.mark.parametrize(
    ("text", "verdict", "news"),
    [
        (mails.APPROVED, "fail", False),
        (mails.APPROVED, None, False),
        (mails.RECEIVED, "fail", False),
        (f"{mails.RECEIVED}\nBilinmeyen bir cümledir.", "pass", False),
        (mails.RECEIVED, "pass", True),
    ],
)
def test_only_what_is_believed_and_understood_is_news_on_the_board(
    ours: Cast, tmp_path: Path, text: str, verdict: str | None, news: bool
) -> None:
    mail = ours.arrives(tmp_path, text, verdict=verdict, subject="Başvurunuz onaylandı")
    for name in ("board", "thread", "status_query"):
        shown = ours.open(name).words
        assert ("MX3ZB5JA" in shown or "710482" in shown) is news, name
        assert (DISBELIEVED in shown) is (verdict != "pass"), name
        assert ("Başvurunuz onaylandı" in shown) is (verdict == "pass"), name
    itself = ours.open("mail", mail.pk)
    assert ("güvenmeyin" in itself) is (verdict != "pass")


def test_what_a_person_has_vouched_for_is_news(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, mails.RECEIVED, verdict="fail", subject="Başvurunuz alındı")
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.APPLIED)
    shown = ours.open("thread").words
    assert "Başvurunuz alındı" in shown
    assert "MX3ZB5JA" in shown
    assert DISBELIEVED not in shown
    assert RED not in page(Mail.objects.get(pk=mail.pk))
    assert words(ours.browsers["owner"].get(reverse("onboarding:mail", args=[mail.pk]))).count("güvenmeyin") == 0


def test_whoever_applies_by_hand_what_names_another_application_is_warned() -> None:
    mine, other = at_iys(), at_iys()
    Application.objects.filter(pk=other.pk).update(iys_application_number="MX3ZB5JA")
    mail = arrives(mails.RECEIVED, to=tracking_address(mine.company).email)
    seat = Seat(mail)
    seat.attach(mine)
    form = words(seat.client.get(seat.url("classify", "status_query", "received")))
    assert "Dikkat: E-postada başka bir firmanın ya da başvurunun numarası geçiyor." in form
    assert "Dikkat: E-postada başka bir firmanın" in seat.page(), "before a form is opened"
    Application.objects.filter(pk=other.pk).update(iys_application_number="")
    form = words(seat.client.get(seat.url("classify", "status_query", "received")))
    assert "Dikkat" not in form + seat.page()
