"""Whoever presses the same button again and again is told when it goes on; an honest long day meets no limit."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.models import Letter
from documents.models import Document
from limits.table import DEFAULTS
from onboarding.models import HandOff
from sandbox.authority import Authority
from tenancy.models import Company, Invitation, JoinRequest, User
from tests.scenarios.browser import Screen, said, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, vkn
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
WHEN = re.compile(r"(Bugün|Yarın) \d\d:\d\d'(den|dan|ten|tan) sonra yeniden deneyebilirsiniz\.")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def online(authority: Authority, trust: Path) -> Iterator[Online]:
    with override_settings(TRUST_DIR=trust, SMS_URL="", REGISTRY_URL="", CODE_RESEND_SECONDS=0):
        yield Online(authority, trust)


def until_refused(press: Callable[[int], Any], most: int = 100) -> tuple[int, Any]:
    """How many went through, and the first answer that did not."""
    for number in range(most):
        answer = press(number)
        if answer.status_code in (429, 422) or any(WHEN.search(each) for each in said(answer)):
            return number, answer
    pytest.fail(f"{most} went through")


def told(answer: Any) -> str:
    """The sentence that says when it goes on, on the page or in a message."""
    words = " ".join([Screen(answer).words if answer.content else "", *said(answer)])
    found = WHEN.search(words)
    assert found, words
    return words


def invite(cast: Cast, email: str) -> Any:
    return cast.browsers["owner"].post(reverse("team:people"), {"email": email, "role": "viewer"})


def test_invitations(cast: Cast) -> None:
    def press(number: int) -> Any:
        return invite(cast, f"kisi{number}@baska.example")

    passed, answer = until_refused(press)
    assert (passed, answer.status_code) == (DEFAULTS["invitations.company.hour"], 429)
    assert "Kısa sürede çok sayıda davet gönderildi." in told(answer)
    assert Screen(answer).fields["email"] == f"kisi{passed}@baska.example"
    assert Invitation.objects.count() == passed


def test_a_stranger_is_not_mailed_by_many_companies_in_turn() -> None:
    with override_settings(QUOTAS={**DEFAULTS, "invitations.target.day": 2}):
        statuses = [invite(Cast(code=f"71048{number}"), "ada@baska.example").status_code for number in range(3)]
    assert statuses == [302, 302, 429]


def test_signing_links(online: Online) -> None:
    online.fill()
    online.paper()
    passed, answer = until_refused(lambda number: online.answer("hand_off", email=f"imza{number}@baska.example"))
    assert passed == DEFAULTS["links.company.hour"]
    told(answer)
    assert HandOff.objects.count() == passed


def test_uploads_of_a_program(cast: Cast) -> None:
    """Forty in two seconds were all kept; what is refused is not."""
    cast.ready()
    before = Document.objects.count()

    def press(number: int) -> Any:
        return cast.answer("upload", "signature_circular", file=upload(blank_pdf(number % 50 + 2), "tarama.pdf"))

    passed, answer = until_refused(press)
    assert passed <= DEFAULTS["uploads.company.minute"]
    assert "Kısa sürede çok sayıda dosya yüklendi." in told(answer)
    assert Document.objects.count() - before == passed


def test_uploads_are_measured_by_their_size_too(cast: Cast) -> None:
    cast.ready()
    paper = blank_pdf()
    with override_settings(QUOTAS={**DEFAULTS, "upload_bytes.company.day": len(paper) + 10}):
        first = cast.answer("upload", "signature_circular", file=upload(paper, "tarama.pdf"))
        assert first.status_code == 302
        second = cast.browsers["owner"].post(
            reverse("onboarding:upload", args=["signature_circular"]),
            {"file": upload(paper, "tarama.pdf")},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
    assert second.status_code == 422
    assert WHEN.search(second.json()["error"])


def test_a_signing_link_has_a_measure_of_its_own_and_leaves_the_company_its(online: Online) -> None:
    online.fill()
    online.paper()
    online.answer("hand_off", email="imza@baska.example")
    path = reverse("onboarding:sign_by_link", args=[HandOff.objects.get().pk])
    stranger = Client(REMOTE_ADDR="192.0.2.9")
    shown = Screen(stranger.get(path)).fields
    answers = [
        Screen(stranger.post(path, {**shown, "file": upload(blank_pdf(), "imzasiz.pdf")}))
        for _time in range(DEFAULTS["link_uploads.target.hour"] + 1)
    ]
    assert [bool(WHEN.search(page.words)) for page in answers] == [False] * (len(answers) - 1) + [True]
    mine = Screen(online.answer("sign", file=upload(blank_pdf(), "imzasiz.pdf")))
    assert not WHEN.search(mine.words)


def test_new_companies_and_tax_numbers_of_others() -> None:
    PartnerFactory.create(is_default=True)
    known = [CompanyFactory.create() for _time in range(3)]
    client = signed_in(UserFactory.create())

    def press(number: int) -> Any:
        tax_number = known[number].tax_number if number < len(known) else vkn(500 + number)
        return client.post(reverse("team:company_new"), {"trade_name": "Kuzey A.Ş.", "tax_number": tax_number})

    passed, answer = until_refused(press)
    assert (passed, answer.status_code) == (DEFAULTS["new_companies.person.hour"], 429)
    assert "Kısa sürede çok sayıda firma açıldı." in told(answer)
    assert Screen(answer).fields["trade_name"] == "Kuzey A.Ş."
    assert Company.objects.count() + JoinRequest.objects.count() == passed + len(known)


def sign_up(number: int, client: Client) -> Any:
    data = {"full_name": "Ada Yalın", "email": f"ada{number}@baska.example", "password1": "kuzey-isigi-2026"}
    return client.post(reverse("account_signup"), data)


def test_sign_ups_from_one_address() -> None:
    """The address counts, not the browser; another one goes on."""
    PartnerFactory.create(is_default=True)
    answers = [sign_up(number, Client(REMOTE_ADDR="192.0.2.7")) for number in range(20)]
    passed = [answer for answer in answers if answer.status_code == 302]
    assert len(passed) == DEFAULTS["sign_ups.address.minute"]
    assert User.objects.count() == len(passed)
    page = Screen(answers[-1])
    assert WHEN.search(page.words)
    assert page.fields["email"] == "ada19@baska.example"
    assert sign_up(99, Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_mails_to_renew_a_password(known: bool) -> None:
    """The same for an address with an account and for one without."""
    PartnerFactory.create(is_default=True)
    if known:
        UserFactory.create(email="ada@baska.example")
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(
            reverse("account_reset_password"), {"email": "ada@baska.example"}
        )
        for number in range(DEFAULTS["resets.target.hour"] + 1)
    ]
    assert [answer.status_code for answer in answers] == [302] * (len(answers) - 1) + [200]
    assert WHEN.search(Screen(answers[-1]).words)


@override_settings(ACCOUNT_RATE_LIMITS=False)
def test_whoever_signs_up_again_and_again_does_not_mail_a_stranger_all_day() -> None:
    """From as many addresses, and as patiently, as one likes; the page says when it goes on."""
    PartnerFactory.create(is_default=True)
    data = {"full_name": "Ada Yalın", "email": "ada@baska.example", "password1": "kuzey-isigi-2026"}
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(reverse("account_signup"), data)
        for number in range(DEFAULTS["account_mails.target.hour"] + 1)
    ]
    assert [answer.status_code for answer in answers] == [302] * (len(answers) - 1) + [429]
    assert WHEN.search(Screen(answers[-1]).words)
    assert Letter.objects.filter(to=["ada@baska.example"]).count() == len(answers) - 1


@pytest.mark.parametrize("known", [True, False])
@override_settings(ACCOUNT_RATE_LIMITS=False)
def test_whoever_signs_up_in_anothers_name_uses_up_no_reset(known: bool) -> None:
    """The owner gets the letter that lets in again, however many others came to this mailbox before."""
    PartnerFactory.create(is_default=True)
    if known:
        UserFactory.create(email="ada@baska.example")
    data = {"full_name": "Ege Yalın", "email": "ada@baska.example", "password1": "kuzey-isigi-2026"}
    for number in range(DEFAULTS["account_mails.target.hour"] + 1):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(reverse("account_signup"), data)
    before = Letter.objects.filter(to=["ada@baska.example"]).count()
    owner = Client(REMOTE_ADDR="192.0.2.200")
    asked = owner.post(reverse("account_reset_password"), {"email": "ada@baska.example"})
    assert asked.status_code == 302
    assert Letter.objects.filter(to=["ada@baska.example"]).count() == before + 1


def test_codes_to_one_mailbox_whoever_asks() -> None:
    with override_settings(QUOTAS={**DEFAULTS, "codes.target.day": 1}, CODE_RESEND_SECONDS=0):
        casts = [Cast(code=f"71048{number}") for number in range(2)]
        for each in casts:
            each.send("channel", channel="online")
        pages = [each.send("email_code", email="bilgi@mavideniz.example") for each in casts]
    assert not WHEN.search(pages[0].words)
    assert WHEN.search(pages[1].words)


def test_trials_of_forwarding(cast: Cast) -> None:
    cast.company.corporate_email = "bilgi@baska.example"
    cast.company.save()
    passed, answer = until_refused(lambda _number: cast.browsers["owner"].post(reverse("team:try_forward")))
    assert passed <= DEFAULTS["trials.company.hour"]
    told(answer)


def test_a_long_honest_day_meets_no_limit() -> None:
    """An agency behind one address brings eight companies, each with its people and papers, in one sitting."""
    partner = PartnerFactory.create(is_default=True)
    client = signed_in(UserFactory.create())
    for number in range(8):
        data = {"trade_name": f"Firma {number} A.Ş.", "tax_number": vkn(700 + number)}
        assert client.post(reverse("team:company_new"), data).status_code == 200
        for person in range(6):
            invited = {"email": f"kisi{person}@firma{number}.example", "role": "editor"}
            assert client.post(reverse("team:people"), invited).status_code == 302
    assert Company.objects.filter(partner=partner).count() == 8
    assert Invitation.objects.count() == 48
