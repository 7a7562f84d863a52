"""SMS that a person, a gateway or a stranger makes odd: numbers, codes, queues, and what never goes by SMS."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from identifiers import Refused
from limits.table import DEFAULTS
from onboarding.actions.pre_application import online
from onboarding.steps import PRE_APPLICATION
from partners.models import Partner
from sandbox.authority import Authority
from tenancy.models import Membership
from tests.scenarios import mails
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import SIGNATORY, TYPED, Online
from tests.verification.test_codes import Gateway
from tests.verification.test_sms_notices import NUMBER, PAGE, asks_for_changes, chooses, news, press
from verification import codes, sms, sms_notices
from verification.models import BY_SMS, OneTimeCode, Purpose, SmsChoice, SmsDelivery, SmsNotice

pytestmark = pytest.mark.django_db


def aged(seconds: int) -> None:
    """As if every code had been asked for that long ago."""
    then = timezone.now() - timedelta(seconds=seconds)
    OneTimeCode.objects.update(created_at=then, expires_at=then + timedelta(seconds=300))


# What goes by SMS, and what never does.


def test_what_proves_a_mailbox_goes_to_the_mailbox_alone(cast: Cast, gateway: Gateway) -> None:
    """Whoever wants SMS gets no code of a mailbox by it: it would prove nothing of the mailbox."""
    chooses(cast)
    gateway.taken.clear()
    codes.send(
        company=cast.company,
        application_id=cast.application.pk,
        purpose=Purpose.EMAIL,
        target="bilgi@mavideniz.example",
        by=cast.people["owner"],
    )
    owner = cast.people["owner"]
    Client().post(reverse("account_reset_password"), {"email": owner.email})
    cast.browsers["owner"].post(reverse("account_email"), {"action_add": "", "email": "yeni@mavideniz.example"})
    assert sms.send_due() == sms_notices.send_due() == 0
    assert gateway.taken == []
    assert {purpose for purpose in Purpose if purpose not in BY_SMS} == {Purpose.EMAIL}


@pytest.mark.parametrize("given", ["0555 010 20 30", "0555 010 20 31"], ids=["the same", "another"])
def test_a_number_at_which_she_gets_sms_is_not_proved_twice(tmp_path: Path, gateway: Gateway, given: str) -> None:
    found = Online(Authority.new(), tmp_path)
    SmsChoice.objects.create(person=found.people["owner"], number=NUMBER, verified_at=timezone.now())
    with override_settings(TRUST_DIR=tmp_path, REGISTRY_URL=""):
        found.query()
        typed = {**TYPED, "signatory_mobile": given}
        found.write(signatory_name=SIGNATORY, province="İzmir", district="Bornova", **typed)
    same = given.endswith("30")
    assert online.mobile_is_confirmed(found.now()) is same
    assert found.here == ("signing" if same else "form")


def test_codes_that_wait_for_her_are_told_too(cast: Cast, gateway: Gateway, tmp_path: Path) -> None:
    """Forwarding İYS's mail gives nobody the turn; what it brings still waits for her click."""
    other = Cast(code="820593")
    other.codes_wanted()
    press(other, act="send", number="0555 010 20 33")
    press(other, act="confirm", code=OneTimeCode.objects.latest("pk").code)
    sender = other.people["owner"].email
    head = "---------- Forwarded message ---------\nFrom: İYS <onkayit@iys.org.tr>\nSubject: Onay\n\n"
    text = head + mails.APPROVED
    other.arrives(tmp_path, text, sender=sender, domain=sender.rpartition("@")[2], subject="İlt: Onay")
    assert sms_notices.send_due() == 1
    assert "İYSKod'unuz geldi, onayınızı bekliyor (3. adım)." in gateway.taken[-1]["text"]
    assert not re.search(r"\d{4,}", gateway.taken[-1]["text"]), "the codes themselves stay in the portal"


# The code on the page.


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}{1} ", "{0}-{1}", "{0}.{1}", "\u00a0{0}{1}"])
def test_a_code_is_taken_as_telephones_paste_it(cast: Cast, typed: str) -> None:
    press(cast, act="send", number="0555 010 20 30")
    code = OneTimeCode.objects.get()
    OneTimeCode.objects.update(code="012345")
    assert "Numaranız doğrulandı" in press(cast, act="confirm", code=typed.format("012", "345"))
    assert OneTimeCode.objects.get(pk=code.pk).code == ""


def test_the_field_brings_keys_of_digits_and_what_came_by_sms(cast: Cast) -> None:
    press(cast, act="send", number="0555 010 20 30")
    field = re.search(r'<input[^>]*name="code"[^>]*>', cast.browsers["owner"].get(PAGE).content.decode())
    assert field is not None
    assert 'inputmode="numeric"' in field[0]
    assert 'autocomplete="one-time-code"' in field[0]


def test_another_code_comes_after_a_minute_without_typing_the_number_again(cast: Cast) -> None:
    page = press(cast, act="send", number="0555 010 20 30")
    assert "Yeni kod gönder" in page.buttons
    assert re.search(r"Yeni kodu \d+ saniye sonra isteyebilirsiniz", page.words)
    soon = press(cast, act="again")
    assert (soon.status, "saniye sonra yenisini isteyebilirsiniz" in soon) == (422, True), soon.words
    assert "numarasına gelen kodu yazın" in soon
    for _again in range(3):
        aged(61)
        assert "bir kod gönderdik" in press(cast, act="again")
    aged(61)
    last = press(cast, act="again")
    assert (last.status, "Bir saat sonra" in last) == (422, True)
    assert "Yeni kod gönder" not in last.buttons
    assert {each.target for each in OneTimeCode.objects.all()} == {NUMBER}


def test_a_code_that_is_too_old_says_so_and_another_is_a_click_away(cast: Cast) -> None:
    press(cast, act="send", number="0555 010 20 30")
    aged(301)
    page = press(cast, act="confirm", code="123456")
    assert "Kodun süresi doldu" in page
    assert "Yeni kod gönder" in page.buttons
    assert not SmsChoice.objects.exists()


def test_of_several_codes_the_last_counts_and_the_page_says_so(cast: Cast) -> None:
    press(cast, act="send", number="0555 010 20 30")
    OneTimeCode.objects.update(code="111111")
    aged(61)
    press(cast, act="again")
    OneTimeCode.objects.exclude(code="").update(code="222222")
    assert "Yalnızca son gelen kod geçer." in press(cast, act="confirm", code="111111")
    assert "Numaranız doğrulandı" in press(cast, act="confirm", code="222222")
    assert press(cast, act="confirm", code="222222").status == 422, "and once"


def test_a_fifth_wrong_try_ends_the_code_and_nothing_is_on(cast: Cast) -> None:
    press(cast, act="send", number="0555 010 20 30")
    OneTimeCode.objects.update(code="111111")
    for _try in range(5):
        press(cast, act="confirm", code="000000")
    assert press(cast, act="confirm", code="111111").status == 422
    assert not SmsChoice.objects.exists()


def test_a_code_is_hers_alone(cast: Cast) -> None:
    press(cast, act="send", number="0555 010 20 30")
    code = OneTimeCode.objects.get().code
    assert press(cast, role="editor", act="confirm", code=code).status == 422
    assert not SmsChoice.objects.exists()


def test_a_code_that_no_gateway_took_uses_nothing_up(cast: Cast, gateway: Gateway) -> None:
    gateway.status = 500
    for _try in range(4):
        assert press(cast, act="send", number="0555 010 20 30").status == 200
        sms.send_due()
    assert "Kod gönderilemedi. Aşağıdan yeni bir kod isteyin." in Screen(cast.browsers["owner"].get(PAGE))
    gateway.status = 202
    press(cast, act="again")
    assert sms.send_due() == 1


# Numbers.


@pytest.mark.parametrize(
    "number",
    ["0212 555 12 34", "0850 333 33 38", "444 0 123", "0561 123 45 67", "0900 123 45 67", "+882 16 1234567",
     "+1 900 555 0123", "5,32123E+09", "0555 010 20"],
)  # fmt: skip
def test_what_is_no_mobile_number_here_gets_no_code(cast: Cast, number: str) -> None:
    assert press(cast, act="send", number=number).status == 422
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        (number, "+905321234567")
        for number in (
            *("0532 123 45 67", "532 123 45 67", "5321234567", "+90 532 123 45 67", "0090 532 123 45 67"),
            *("90 532 123 45 67", "905321234567", "0532.123.45.67", "0532-123-45-67", "(0532) 1234567"),
            *("0 (532) 123 45 67", "+90 (0) 532 123 45 67", "+90 0532 123 45 67", "0532\u00a0123 45 67"),
        )
    ]
    + [("0533 842 12 34", "+905338421234")],
)
def test_one_number_has_one_form(cast: Cast, number: str, stored: str) -> None:
    assert press(cast, act="send", number=number).status == 200
    assert OneTimeCode.objects.get().target == stored


def test_strangers_cannot_have_codes_sent_to_one_number_from_many_accounts() -> None:
    def ask(nth: int) -> None:
        person = UserFactory.create(email=f"kisi{nth}@kuzey.example")
        sms_notices.ask(person=person, company=CompanyFactory.create(), number=NUMBER, address=f"192.0.2.{nth}")

    with override_settings(CODE_RESEND_SECONDS=0):
        for nth in range(DEFAULTS["sms.target.day"]):
            ask(nth)
        with pytest.raises(Refused, match="Kısa sürede çok sayıda"):
            ask(99)


def test_one_address_cannot_have_codes_sent_to_many_numbers() -> None:
    def ask(nth: int) -> None:
        person = UserFactory.create(email=f"kisi{nth}@kuzey.example")
        company = CompanyFactory.create()
        sms_notices.ask(person=person, company=company, number=f"+90555010{nth:04}", address="192.0.2.7")

    with override_settings(CODE_RESEND_SECONDS=0):
        for nth in range(DEFAULTS["codes.address.minute"]):
            ask(nth)
        with pytest.raises(Refused, match="Kısa sürede çok sayıda"):
            ask(99)


def test_news_never_use_up_what_codes_need() -> None:
    assert {"sms.target.day", "sms_notices.target.day"} <= DEFAULTS.keys()
    company = CompanyFactory.create()
    with override_settings(SMS_URL="http://127.0.0.1:9/"):
        for nth in range(DEFAULTS["sms_notices.company.day"] + 5):
            sms_notices.post(company=company, idempotency_key=f"n{nth}", text="x")
        sms_notices.ask(person=UserFactory.create(), company=company, number=NUMBER, address=None)
    assert OneTimeCode.objects.get().target == NUMBER


# The queue.


def test_what_is_no_longer_true_is_not_sent(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    asks_for_changes(cast)
    cast.touch_all()
    cast.submit()
    assert cast.record(PRE_APPLICATION).turn == "staff"
    assert sms_notices.send_due() == 0
    assert news(gateway) == []
    cast.move(PRE_APPLICATION, "ask_changes", STAFF, reason="Hâlâ okunmuyor")
    assert sms_notices.send_due() == 1, "and the next turn is news again"


def test_a_telephone_that_two_share_gets_one(cast: Cast, gateway: Gateway) -> None:
    chooses(cast)
    aged(61)
    chooses(cast, role="editor")
    asks_for_changes(cast)
    assert sms_notices.send_due() == 1
    assert len(news(gateway)) == 1


def test_who_left_the_company_gets_no_more_of_it(cast: Cast, gateway: Gateway) -> None:
    chooses(cast, role="editor")
    asks_for_changes(cast)
    gateway.status = 500
    sms_notices.send_due()
    gateway.taken.clear()
    gateway.status = 202
    Membership.objects.filter(user=cast.people["editor"]).delete()
    SmsDelivery.objects.update(next_try_at=timezone.now())
    assert sms_notices.send_due() == 0
    assert gateway.taken == []


def test_another_number_takes_over_when_it_is_proved_and_not_before(cast: Cast, gateway: Gateway) -> None:
    """A digit that was mistyped must switch nothing off; the page says how to stop the old one at once."""
    chooses(cast)
    aged(61)
    page = press(cast, act="send", number="0555 010 20 39")
    assert "bu numara artık sizde değilse şimdi durdurun" in page
    asks_for_changes(cast)
    press(cast, act="confirm", code=OneTimeCode.objects.latest("pk").code)
    sms_notices.send_due()
    assert [each["to"] for each in gateway.taken if "sıra firmanızda" in each["text"]] == ["+905550102039"]


# What stands in an SMS.

LONG = "Çok Uzun Unvanlı “Şırınga” İletişim Hizmetleri Danışmanlık Pazarlama Sanayi ve Dış Ticaret " * 3


@pytest.mark.parametrize("name", ["Kıyı İletişim", LONG], ids=["usual", "long"])
def test_texts_name_the_partner_fit_two_parts_and_tell_strangers_nothing(
    cast: Cast, gateway: Gateway, name: str
) -> None:
    Partner.objects.update(name=name[:80])
    cast.company.partner.refresh_from_db()
    press(cast, act="send", number="0555 010 20 30")
    code = OneTimeCode.objects.get().code
    sms.send_due()
    press(cast, act="confirm", code=code)
    asks_for_changes(cast)
    sms_notices.send_due()
    texts = [each["text"] for each in gateway.taken]
    assert len(texts) == 2
    owner = cast.people["owner"]
    for text in texts:
        assert len(text) <= 70
        assert name[:12] in text
        for secret in ("http", cast.company.trade_name, cast.company.tax_number, owner.full_name, owner.email):
            assert secret not in text
    assert texts[0].startswith(f"{code} ")
    assert texts[0].endswith("doğrulama kodunuz. Kimseyle paylaşmayın.")
    assert code not in texts[1]


def test_each_partner_speaks_in_its_own_name(gateway: Gateway) -> None:
    other = CompanyFactory.create(
        partner=PartnerFactory.create(is_default=False, name="Öteki", host_name="o.example")
    )
    ours = CompanyFactory.create()
    for nth, company in enumerate((ours, other)):
        sms_notices.ask(person=UserFactory.create(), company=company, number=f"+9055501020{nth}0", address=None)
    sms.send_due()
    assert ["Öteki" in each["text"] for each in gateway.taken] == [False, True]


def test_an_sms_leads_nowhere_and_the_page_changes_nothing_when_opened(cast: Cast) -> None:
    press(cast, act="send", number="0555 010 20 30")
    before = list(OneTimeCode.objects.values()), SmsNotice.objects.count()
    signed_in(cast.people["owner"]).get(PAGE, {"act": "again"})
    assert (list(OneTimeCode.objects.values()), SmsNotice.objects.count()) == before


@pytest.mark.parametrize("purpose", sorted(BY_SMS))
def test_beside_a_code_stands_who_sends_it(purpose: Purpose) -> None:
    """Whose name is cut to two letters might be anybody."""
    name = "Kıyı İletişim A.Ş."
    assert name in sms.fitted("123456 ", name, sms.TELLS_OF[Purpose(purpose)])
