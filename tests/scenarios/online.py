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
from onboarding.actions.pre_application import channel, e_signature, online, submission
from onboarding.actor import Actor
from onboarding.dossier import papers, undertaking
from onboarding.models import ChannelChoices, DocumentKind
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import SOUND, Authority, Kind
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import IDENTITY, STAFF, rung
from tests.scenarios.papers import blank_pdf, upload
from verification import codes
from verification.models import OneTimeCode, Purpose

SIGNATORY = "Ada Yalın"
MERSIS_OF = "0{}00001"
BRAND = {"name": "Lodos", "message_recipients": "3200", "message_identifiers": "lodos\nLODOS"}
ZEROS = {
    f"{channel}_{what}": "0" for channel in ("message", "call", "email") for what in ("sent", "added", "refused")
}
CORPORATE_EMAIL = "bilgi@mavideniz.example"
TYPED = {
    "signatory_email": "ada@mavideniz.example",
    "signatory_mobile": "0555 010 20 30",
    "website": "mavideniz.example",
    "contact_phone": "0232 555 01 01",
}
# The same as the forms keep it, with what is chosen.
KEPT = {
    "signatory_name": SIGNATORY,
    "signatory_email": "ada@mavideniz.example",
    "signatory_mobile": "+905550102030",
    "website": "https://mavideniz.example",
    "contact_phone": "+902325550101",
    "province": "İzmir",
    "district": "Bornova",
}


class Online(Cast):
    """`trust` is the portal's folder of believed authorities; `authority` is in it."""

    def __init__(self, authority: Authority, trust: Path, **more: Any) -> None:
        super().__init__(**more)
        self.authority = authority
        (trust / "root.pem").write_bytes(authority.root.pem)
        self.settings = override_settings(TRUST_DIR=trust, SMS_URL="", REGISTRY_URL="")
        self.by_signature()

    @rung
    def by_signature(self) -> None:
        channel.choose(application=self.now(), channel=ChannelChoices.ONLINE, actor=self.owner)

    @property
    def here(self) -> str:
        return self.state(PRE_APPLICATION)

    def newest_code(self) -> str:
        return OneTimeCode.objects.latest("pk").code

    def here_and_now(self) -> dict[str, Any]:
        """What every verb of step 1 wants to know."""
        version = self.record(PRE_APPLICATION).version
        return {"application": self.now(), "actor": self.owner, "expected_version": version}

    @rung
    def verify_email(self) -> None:
        codes.send(
            company=self.company,
            application_id=self.now().pk,
            purpose=Purpose.EMAIL,
            target=CORPORATE_EMAIL,
            by=self.owner.user,
        )
        online.confirm_email(email=CORPORATE_EMAIL, code=self.newest_code(), **self.here_and_now())

    @rung
    def query(self) -> None:
        """No registry is configured: the form opens empty."""
        self.verify_email()
        mersis = MERSIS_OF.format(self.company.tax_number)
        online.query(mersis_number=mersis, identity=IDENTITY, **self.here_and_now())

    @rung
    def fill(self) -> None:
        self.query()
        submission.fill_in(application=self.now(), values=KEPT, complete=True, actor=self.owner)
        online.finish_form(**self.here_and_now())

    def fill_on_screen(self) -> Screen:
        """As somebody does whose telephone may have to be proved."""
        self.query()
        self.write(signatory_name=SIGNATORY, province="İzmir", district="Bornova", **TYPED)
        return self.open("mobile_code")

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

    @rung
    def all_signed(self, kind: Kind = SOUND) -> None:
        """Signed by all, not submitted yet."""
        self.fill()
        self.hand_in_signed(kind)

    @rung
    def review_online(self, kind: Kind = SOUND) -> None:
        """Signed and submitted: support's turn."""
        self.all_signed(kind)
        self.submit()

    @rung
    def pre_approved(self) -> None:
        """Support has looked whether the certificate was revoked, and passed the pre-application on."""
        self.review_online()
        check = undertaking.current_check(self.now())
        assert check is not None
        staff = Actor(Party.STAFF, UserFactory.create(is_staff=True))
        e_signature.confirm_by_hand(check=check, application=self.now(), note="Telefonla", actor=staff)
        online.approve(application=self.now(), actor=STAFF, expected_version=self.record(PRE_APPLICATION).version)

    @rung
    def entering(self) -> None:
        """The information entry is open."""
        self.pre_approved()

    def give(self) -> None:
        """A brand with its paper, and last year's figures."""
        self.send("add_brand", certificate=upload(blank_pdf(), "tescil.pdf"), **BRAND)
        self.send("figures", **{**ZEROS, "message_sent": "48000"})

    def complete(self) -> Screen:
        self.give()
        return self.press("info_entry", "complete", correct="on")

    @rung
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
