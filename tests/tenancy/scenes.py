"""The scenes of the wall: how a company comes so far, and what it types there."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from brands.models import Brand
from correspondence.models import Audience
from correspondence.outgoing import sending_accounts
from correspondence.outgoing.outbox import Address, Body, post
from documents import storage
from onboarding import tasks
from onboarding.actions import package_contract, signing_links, vouching
from onboarding.actions.pre_application import channel, co_signatories, submission
from onboarding.actor import IYS, SYSTEM
from onboarding.codes import confirmation
from onboarding.dossier import e_signed, papers
from onboarding.evidence_pack import building
from onboarding.machine import Step
from onboarding.mail import uploads
from onboarding.models import ChannelChoices, CodeSource, DocumentKind
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from support import asking
from team import people
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, tckn
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, upload
from tests.tenancy.answers import Fields
from verification.models import OneTimeCode, SmsChoice


def on(page: str, *args: object, **typed: object) -> Callable[[Cast], Fields]:
    """What stands in the fields of the owner's page, and what is typed there."""
    return lambda cast: {**cast.open(page, *args).fields, **typed}


def file(name: str = "tarama.pdf", payload: bytes = b"", **typed: object) -> Callable[[Cast], Fields]:
    return lambda cast: {"file": upload(payload or blank_pdf(), name), **typed}


def version(step: Step, **typed: object) -> Callable[[Cast], Fields]:
    return lambda cast: {"expected_version": cast.record(step).version, **typed}


# Scenes: how a company comes so far.


def written_to(cast: Cast) -> None:
    """With a letter, a mail, a question, brands and somebody who signs too; handed in, so with documents."""
    cast.ready()
    Brand.objects.create(company=cast.company, name=f"Gizli marka {cast.code}")
    co_signatories.add(application=cast.now(), name=f"Gizli {cast.code}", identity=tckn(8), actor=cast.owner)
    cast.hand_in("undertaking", page_count=2)
    scan = cast.company.documents.current().get(kind="undertaking")
    vouching.vouch(application=cast.now(), kind=scan.kind, pk=scan.pk, actor=cast.owner)
    post(
        company=cast.company,
        idempotency_key=f"wall:{cast.code}",
        body=Body(f"Gizli konu {cast.code}", "Gizli metin"),
        address=Address(Audience.IYS, ["onkayit@iys.org.tr"], application_id=cast.application.pk),
    )
    for each in cast.people.values():
        SmsChoice.objects.create(person=each, number="+905550102030", verified_at=timezone.now())
    uploads.upload(company=cast.company, payload=approval(cast), by=cast.people["owner"])
    asking.ask(company=cast.company, by=cast.people["owner"], text=f"Gizli soru {cast.code}", page="/")
    sending_accounts.set_up(
        company=cast.company,
        by=cast.people["owner"],
        host="127.0.0.1",
        port=9,
        security="none",
        user_name=f"gizli{cast.code}",
        password="gizli",
    )


def approval(cast: Cast) -> bytes:
    return mails.mail(text=mails.APPROVED.replace("710482", cast.code), message_id=f"<{cast.code}@iys.org.tr>")


def owned_by_two(cast: Cast) -> None:
    """Either owner may leave; and somebody is invited."""
    MembershipFactory.create(company=cast.company)
    people.invite(
        company=cast.company, email=f"gizli{cast.code}@mavideniz.example", role="viewer", by=cast.people["owner"]
    )


def invited(cast: Cast) -> tuple[object, ...]:
    return (cast.company.invitations.get().pk,)


def continuing(cast: Cast) -> None:
    cast.at_iys()
    cast.move(STATUS_QUERY, "continue_link", IYS)


def brought(cast: Cast) -> None:
    """The company has brought a mail with codes."""
    cast.codes_wanted()
    for each in cast.people.values():
        SmsChoice.objects.create(person=each, number="+905550102030", verified_at=timezone.now())
    uploads.upload(company=cast.company, payload=approval(cast), by=cast.people["owner"])


def read(cast: Cast) -> None:
    cast.at_iys()
    cast.codes_read()


def contradicted(cast: Cast) -> None:
    """The company has typed another code than İYS wrote."""
    read(cast)
    brands = [{"name": "Mavi Deniz", "code": "710999"}]
    confirmation.keep_reading(
        application=cast.application,
        extracted={"iys_code": "710999", "brands": brands},
        mail=None,
        source=CodeSource.TYPED,
        typed_by=cast.people["editor"],
    )


def differing(cast: Cast) -> None:
    """İYS does not know one of the brands."""
    Brand.objects.create(company=cast.company, name="Mavi Deniz")
    Brand.objects.create(company=cast.company, name=f"Gizli marka {cast.code}")
    read(cast)


def own_mail(cast: Cast) -> None:
    cast.chosen()
    cast.move(PACKAGE_CONTRACT, "use_own_mail", cast.owner)


def form_ready(cast: Cast) -> None:
    cast.preparing()
    cast.form_handed_in()


def paid(cast: Cast) -> None:
    cast.accepted()
    package_contract.claim_payment(
        application=cast.now(),
        paid_on=timezone.localdate(),
        reference="TR-1",
        receipt=None,
        filename="",
        actor=cast.owner,
        expected_version=cast.record(PACKAGE_CONTRACT).version,
    )


def in_panel(cast: Cast) -> None:
    cast.preparing()
    cast.move(PARTNER_ASSIGNMENT, "use_panel", cast.owner)


def packed(cast: Cast) -> None:
    """With its evidence pack."""
    cast.finished()
    building.ask(application=cast.now(), actor=cast.owner)
    tasks.build_pack(str(cast.application.pk))


def reopened(cast: Cast) -> None:
    """The first step was done anew behind the codes."""
    read(cast)
    cast.move(PRE_APPLICATION, "reopen", reason="Unvan değişti")
    cast.submit()
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)


def withdrawn(cast: Cast) -> None:
    cast.submitted()
    cast.press("withdraw", "withdraw", reason="Vazgeçtik")


def remarked(cast: Cast) -> None:
    """Support has asked for a correction."""
    cast.submitted()
    submission.ask_changes(
        application=cast.now(), step=PRE_APPLICATION, remarks=[("website", "Açılmıyor")], actor=STAFF
    )


def lacking(cast: Cast) -> None:
    """The offer is here, and the contract would have an empty line."""
    cast.offered()
    cast.company.address = ""
    cast.company.save(update_fields=["address"])


def applied(cast: Cast) -> None:
    """Says that it has applied at İYS's own site."""
    channel.choose(application=cast.now(), channel=ChannelChoices.APPLIED, actor=cast.owner)


def to_sign_by_link(online: Online) -> None:
    online.fill()
    online.paper()
    signing_links.send(
        application=online.now(),
        paper=e_signed.UNDERTAKING,
        email=f"gizli{online.code}@mavideniz.example",
        actor=online.owner,
    )


def link_grown_old(online: Online) -> None:
    """The link to the information entry came a while ago, and ran out."""
    online.pre_approved()
    before = timezone.now() - timedelta(days=1)
    online.now().continue_links.update(created_at=before, expires_at=before)


def signing_the_form(online: Online) -> None:
    """Step 5, with a certificate at hand."""
    online.manual()
    online.preparing()
    papers.render(online.now(), DocumentKind.ASSIGNMENT_TO_SIGN)


def with_code(online: Online) -> None:
    online.send("email_code", email="bilgi@mavideniz.example")


def proving_the_mobile(online: Online) -> None:
    online.fill_on_screen()
    online.send("resend_code", "mobile")


def given(online: Online) -> None:
    online.entering()
    online.give()


# What is typed there.


def difference(cast: Cast) -> Fields:
    reading = confirmation.latest_reading(cast.application)
    assert reading is not None
    return {"reading": reading.pk, "kind": "missing", "name": f"Gizli marka {cast.code}", "answer": "keep"}


def code_typed(page: str) -> Callable[[Cast], Fields]:
    """The newest code that was sent to the company."""
    return lambda cast: {
        **cast.open(page).fields,
        "code": OneTimeCode.objects.filter(company=cast.company).latest("pk").code,
    }


def signed_paper(online: Cast) -> Fields:
    assert isinstance(online, Online)
    return {"file": upload(online.signed(), "imzali.pdf")}


def signed_form(online: Cast) -> Fields:
    assert isinstance(online, Online)
    form = papers.render(online.now(), DocumentKind.ASSIGNMENT_TO_SIGN)
    assert form is not None
    return {"file": upload(online.signed(pdf=storage.read(form)), "imzali.pdf")}
