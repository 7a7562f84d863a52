"""A company on the online channel, and the short ways through its sub-steps."""

import re
from pathlib import Path
from typing import Any

from django.test import override_settings

from correspondence.models import Letter
from correspondence.outgoing.bodies import body_of, to_send
from documents.models import Document
from documents.storage import read
from journal.parties import Party
from onboarding.actions.pre_application import channel, e_signature, online
from onboarding.actor import Actor
from onboarding.dossier import papers, undertaking
from onboarding.models import ChannelChoices, DocumentKind
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import SOUND, Authority, Kind
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import IDENTITY, STAFF
from tests.scenarios.papers import blank_pdf, upload
from verification.models import OneTimeCode

SIGNATORY = "Ada Yalın"
MERSIS_OF = "0{}00001"
BRAND = {"name": "Lodos", "message_recipients": "3200", "message_identifiers": "lodos\nLODOS"}
ZEROS = {
    f"{channel}_{what}": "0" for channel in ("message", "call", "email") for what in ("sent", "added", "refused")
}
TYPED = {
    "signatory_email": "ada@mavideniz.example",
    "signatory_mobile": "0555 010 20 30",
    "website": "mavideniz.example",
    "contact_phone": "0232 555 01 01",
}


class Online(Cast):
    """`trust` is the portal's folder of believed authorities; `authority` is in it."""

    def __init__(self, authority: Authority, trust: Path, **more: Any) -> None:
        super().__init__(**more)
        self.authority = authority
        (trust / "root.pem").write_bytes(authority.root.pem)
        self.settings = override_settings(TRUST_DIR=trust, SMS_URL="", REGISTRY_URL="")
        channel.choose(application=self.now(), channel=ChannelChoices.ONLINE, actor=self.owner)

    @property
    def here(self) -> str:
        return self.state(PRE_APPLICATION)

    def newest_code(self) -> str:
        return OneTimeCode.objects.latest("pk").code

    def verify_email(self) -> None:
        self.send("email_code", email="bilgi@mavideniz.example")
        self.press("email_code", "email_code", code=self.newest_code())

    def query(self) -> None:
        """No registry is configured: the form opens empty."""
        self.verify_email()
        mersis = MERSIS_OF.format(self.company.tax_number)
        self.press("query", "query", mersis_number=mersis, identity=IDENTITY)

    def fill(self) -> None:
        self.query()
        self.write(signatory_name=SIGNATORY, province="İzmir", district="Bornova", **TYPED)
        self.open("mobile_code")

    def paper(self) -> Document:
        """The undertaking to sign, as a worker renders it."""
        document = papers.render(self.now(), DocumentKind.UNDERTAKING_TO_SIGN)
        assert document is not None
        return document

    def signed(
        self, kind: Kind = SOUND, *, name: str = SIGNATORY, identity: str = IDENTITY, pdf: bytes = b""
    ) -> bytes:
        certificate = self.authority.issue(name, identity, kind)
        return self.authority.sign(pdf or read(self.paper()), certificate)

    def hand_in_signed(self, kind: Kind = SOUND, **more: Any) -> Any:
        return self.send("sign", file=upload(self.signed(kind, **more), "imzali.pdf"))

    def all_signed(self, kind: Kind = SOUND) -> None:
        """Signed by all, not submitted yet."""
        self.fill()
        self.hand_in_signed(kind)

    def review_online(self, kind: Kind = SOUND) -> None:
        """Signed and submitted: support's turn."""
        self.all_signed(kind)
        self.press("review", "submit")

    def pre_approved(self) -> None:
        """Support has looked whether the certificate was revoked, and passed the pre-application on."""
        self.review_online()
        check = undertaking.current_check(self.now())
        assert check is not None
        staff = Actor(Party.STAFF, UserFactory.create(is_staff=True))
        e_signature.confirm_by_hand(check=check, application=self.now(), note="Telefonla", actor=staff)
        online.approve(application=self.now(), actor=STAFF, expected_version=self.record(PRE_APPLICATION).version)

    def follow_link(self) -> None:
        """The mail's link to the information entry is opened, and its button pressed."""
        self.browsers["owner"].post(self.link_in("Başvuruya Devam Et:"))

    def entering(self) -> None:
        """The information entry is open."""
        self.pre_approved()
        self.follow_link()

    def give(self) -> None:
        """A brand with its paper, and last year's figures."""
        self.send("add_brand", certificate=upload(blank_pdf(), "tescil.pdf"), **BRAND)
        self.send("figures", **{**ZEROS, "message_sent": "48000"})

    def complete(self) -> Screen:
        self.follow_link()
        self.give()
        return self.press("info_entry", "complete", correct="on")

    def entered(self) -> None:
        """Brands and figures are given, the letter is approved: support's last look."""
        self.pre_approved()
        self.complete()

    def letter_with(self, words: str) -> Letter:
        return next(each for each in Letter.objects.order_by("-created_at") if words in body_of(each).text)

    def link_in(self, words: str) -> str:
        """The path of the link after these words in the newest letter that has them."""
        found = re.search(
            rf"{words}\S*\s+(?:http://[^/\s]+|https://[^/\s]+)(/\S+)", to_send(self.letter_with(words)).text
        )
        assert found is not None
        return found[1]
