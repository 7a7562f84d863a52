"""Rules that staff add: tried on their example and on what is stored; stored mails read again by them."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from correspondence.models.reading_rule import ReadingRule
from django.core.management import call_command
from django.urls import reverse

from correspondence.models import Mail, MailStatus
from onboarding.steps import PACKAGE_CONTRACT, STATUS_QUERY
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory, UserFactory
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
ADD = reverse("admin:correspondence_readingrule_add")
NEW_WORDS = "MX3ZB5JA no'lu dosyanız kayıt altına girmiştir; başvuru numaranız MX3ZB5JA."
RULE = {
    "name": "kayıt altında",
    "kind": "received",
    "any_of": "dosyanız * kayıt altına gir*",
    "none_of": "",
    "example": NEW_WORDS,
    "active": "on",
}


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


def add(cast: Cast, **values: str) -> Any:
    client = signed_in(colleague(*CORRESPONDENCE, partner=cast.company.partner))
    return client.post(ADD, {**RULE, **values})


def reread(*options: str) -> str:
    out = StringIO()
    call_command("reread", *options, stdout=out)
    return out.getvalue()


def test_a_mail_that_no_rule_knew_is_applied_once_there_is_one(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, NEW_WORDS)
    assert mail.status == MailStatus.PERSON
    answer = add(ours)
    assert any("1 tanesinin okunuşu değişir" in each for each in said(answer))
    assert "1 e-posta başka okunacaktı" in reread("--dry-run")
    assert ours.state(STATUS_QUERY) == "waiting"
    assert "1 e-posta başka okundu." in reread()
    mail.refresh_from_db()
    assert (mail.status, mail.rule, ours.state(STATUS_QUERY)) == (MailStatus.APPLIED, "kayıt altında", "received")
    assert ours.now().iys_application_number == "MX3ZB5JA"
    assert ReadingRule.objects.get().created_by is not None


def test_the_next_mail_is_read_by_the_new_rule(ours: Cast, tmp_path: Path) -> None:
    add(ours)
    assert ours.arrives(tmp_path, NEW_WORDS).status == MailStatus.APPLIED


def test_a_rule_out_of_use_reads_nothing(ours: Cast, tmp_path: Path) -> None:
    add(ours, active="")
    assert ours.arrives(tmp_path, NEW_WORDS).status == MailStatus.PERSON


def test_a_rule_gives_no_trust(ours: Cast, tmp_path: Path) -> None:
    add(ours)
    mail = ours.arrives(tmp_path, NEW_WORDS, verdict="fail")
    assert (mail.status, ours.state(STATUS_QUERY)) == (MailStatus.PERSON, "waiting")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"example": "Merhaba"}, "Kural bu örneği yakalamıyor"),
        ({"none_of": "kayıt altına girmiştir"}, "Kural bu örneği yakalamıyor"),
        ({"example": "Dosyanız bugün kayıt altına girmiştir."}, "başvuru numarası bulunamadı"),
        ({"kind": "offer", "example": f"{NEW_WORDS} Talebiniz reddedilmiştir."}, "önce “ret” kuralı okuyor"),
        (
            {"any_of": "ödemeniz alınmıştır", "kind": "payment_received", "example": "Ödemeniz alınmıştır."},
            "zaten",
        ),
        ({"any_of": "evet"}, "çok kısa"),
        ({"any_of": "* dosyanız kayıtta"}, "yıldızla başlayamaz"),
        ({"any_of": "dosya*nız kayıtta"}, "sözcüğün sonunda"),
        ({"any_of": "a* b* c* d* dosyalar*"}, "en çok 4 yıldız"),
        ({"any_of": "dosyanız " * 20}, "çok uzun"),
        ({"any_of": "dosyanız kayıtta\n" * 21}, "En çok 20 söz"),
    ],
)
def test_a_rule_that_would_not_do_is_refused_with_what_was_typed(
    ours: Cast, values: dict[str, str], sentence: str
) -> None:
    answer = add(ours, **values)
    assert sentence in words(answer)
    assert values.get("any_of", RULE["any_of"]).strip() in answer.content.decode().replace("&#x27;", "'")
    assert not ReadingRule.objects.exists()


def test_a_rule_can_be_tried_without_being_saved(ours: Cast, tmp_path: Path) -> None:
    ours.arrives(tmp_path, NEW_WORDS)
    page = words(add(ours, _try="1"))
    assert "Deneme, kaydedilmedi." in page
    assert "1 tanesinin okunuşu değişir" in page
    assert not ReadingRule.objects.exists()


def test_what_was_applied_stays_applied(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, NEW_WORDS)
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.APPLIED)
    add(ours)
    assert "yapılmış olan değişmez" in reread("--status", "applied")
    mail.refresh_from_db()
    assert (mail.status, mail.kind, ours.state(STATUS_QUERY)) == (MailStatus.APPLIED, "unknown", "waiting")


def test_a_mail_that_came_too_soon_waits_on_under_its_new_reading(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, "Bedeliniz hesabımıza geçti.")
    paid = {
        "kind": "payment_received",
        "any_of": "bedeliniz hesabımıza geçti",
        "example": "Bedeliniz hesabımıza geçti.",
    }
    add(ours, **paid)
    reread()
    mail.refresh_from_db()
    assert (mail.status, mail.step_key) == (MailStatus.EARLY, PACKAGE_CONTRACT.key)


def test_the_form_is_filled_from_the_mail_that_no_rule_knew(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, f"{NEW_WORDS} TCKN 10000000146")
    client = signed_in(colleague(*CORRESPONDENCE, partner=ours.company.partner))
    page = words(client.get(f"{ADD}?mail={mail.pk}"))
    assert "kayıt altına girmiştir" in page
    assert "10000000146" not in page


def test_anothers_partner_sees_neither_the_mail_nor_the_rule(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, NEW_WORDS)
    add(ours)
    stranger = signed_in(colleague(*CORRESPONDENCE, partner=PartnerFactory.create(is_default=False)))
    assert "kayıt altına" not in words(stranger.get(f"{ADD}?mail={mail.pk}"))
    rule = ReadingRule.objects.get()
    path = reverse("admin:correspondence_readingrule_change", args=[rule.pk])
    assert stranger.get(path).status_code == 404
    assert signed_in(UserFactory.create(is_staff=True, is_superuser=True)).get(path).status_code == 200


@pytest.mark.parametrize("superuser", [True, False])
def test_a_rule_s_example_is_walled_as_its_mail_is(ours: Cast, superuser: bool) -> None:
    """Also from a superuser of another partner, and from staff who belong to none."""
    add(ours)
    partner = PartnerFactory.create(is_default=False) if superuser else None
    ReadingRule.objects.update(created_by=None if partner is None else ReadingRule.objects.get().created_by)
    stranger = colleague(*CORRESPONDENCE)
    stranger.is_superuser, stranger.partner = superuser, partner
    stranger.save()
    path = reverse("admin:correspondence_readingrule_change", args=[ReadingRule.objects.get().pk])
    assert signed_in(stranger).get(path).status_code == 404
