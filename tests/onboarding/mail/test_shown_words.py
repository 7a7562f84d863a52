"""Whatever form a mail's words come in: support, the company and the evidence pack see them."""

import base64

import pytest
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.models import Mail
from correspondence.reading import smime
from onboarding.evidence_pack.contents import messages
from onboarding.models import Application
from tests.correspondence.reading import wrapping
from tests.correspondence.reading.test_forms import ATTACHED, HTML, PLAIN, WORDS, several
from tests.onboarding.admin.test_mails import Seat, stored
from tests.scenarios.browser import signed_in, words
from tests.scenarios.ladder import at_iys, owner_of

pytestmark = pytest.mark.django_db
QUOTED = f"Content-Type: text/plain; charset=utf-8\n\n24.11.2026 14:05 tarihinde Ada yazdı:\n> {WORDS}"
WINMAIL = wrapping.winmail(wrapping.attribute(1, wrapping.BODY, WORDS.encode("windows-1254")))


def coded(kind: str, payload: bytes) -> str:
    head = f"Content-Type: application/{kind}\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(payload).decode()


FORMS = {
    "alternative": several("alternative", PLAIN, HTML),
    "HTML alone": HTML,
    "HTML, its plain form empty": several("alternative", "Content-Type: text/plain\n\n \n", HTML),
    "attached": several("mixed", "\n", ATTACHED),
    "quoted": QUOTED,
    "forwarded": f"Content-Type: text/plain; charset=utf-8\n\n--- İletilen ileti ---\nKonu: x\n\n{WORDS}",
    "winmail.dat": coded("ms-tnef; name=winmail.dat", WINMAIL),
    "S/MIME": coded("pkcs7-mime; name=smime.p7m", wrapping.signed(PLAIN.encode())),
}


def arrives(application: Application, body: str) -> Mail:
    to = tracking_address(application.company).email
    head = f"From: biri@saldirgan.example\nTo: {to}\nSubject: Konu\nMessage-ID: <x@b.example>\n"
    return stored(f"{head}{body}".encode())


@pytest.mark.parametrize("form", FORMS)
def test_its_words_are_seen_by_support_the_company_and_in_the_evidence_pack(form: str) -> None:
    application = at_iys()
    mail = arrives(application, FORMS[form])
    owner = owner_of(application).user
    assert owner is not None
    page = signed_in(owner).get(reverse("onboarding:mail", args=[mail.pk]))
    assert WORDS in Seat(mail).page()
    assert WORDS in words(page)
    assert [WORDS in each.text for each in messages(application) if each.who == "Gelen"] == [True]


def test_an_encrypted_mail_says_so_on_every_page() -> None:
    application = at_iys()
    mail = arrives(application, coded("pkcs7-mime", wrapping.enveloped()))
    assert smime.ENCRYPTED in Seat(mail).page()
    assert [each.text for each in messages(application) if each.who == "Gelen"] == [smime.ENCRYPTED]
