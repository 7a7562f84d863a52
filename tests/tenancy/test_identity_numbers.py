"""One rule for every identity number: no screen, paper, cookie, session, log or column has it in clear, but for
the places that this table names, where whoever looks is in the journal."""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from correspondence.models import Mail
from correspondence.outgoing.outbox import body_of
from documents.inspection import Inspected, inspect
from documents.rendering import html_to_pdf
from journal.models import Entry
from onboarding import tasks
from onboarding.actions.pre_application import co_signatories, submission
from onboarding.actor import SYSTEM
from onboarding.attention import marks
from onboarding.dossier import papers
from onboarding.evidence_pack import building
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from support import asking
from tenancy.roles import Role
from tests.scenarios import ladder, mails
from tests.scenarios.browser import signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory, tckn
from tests.scenarios.ladder import IDENTITY, STAFF
from tests.scenarios.mailbox import Maildir
from tests.scenarios.online import Online
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.tenancy import scenes
from tests.tenancy.answers import Scene
from tests.tenancy.identity_hunt import body, carried, dump, found, sessions, texts_of
from tests.tenancy.looking import of_anybody, of_support, of_the_company

pytestmark = pytest.mark.django_db

TRADER, TOGETHER, FORMER = tckn(21), tckn(8), tckn(22)
PASSPORT, PASSPORT_TOGETHER = "U7654321", "TR5551234"
NUMBERS = (IDENTITY, TRADER, TOGETHER, FORMER, PASSPORT, PASSPORT_TOGETHER)

# Who sees them where. Papers and packs as they were signed and scanned: the company's owners, and who reviews.
REVIEWERS = ("reviewer", "superuser")
PLACES = {
    ("owner", "onboarding:document"),
    ("owner", "onboarding:pack_file"),
    *(
        (who, f"admin:{name}")
        for who in REVIEWERS
        for name in (
            "onboarding_application_document",
            "onboarding_application_pack_file",
            "correspondence_letter_attachment",
            "correspondence_mail_attachment",
        )
    ),
}


@cache
def scan(pages: int = 1) -> Inspected:
    """What a company hands in shows its people's numbers."""
    payload = html_to_pdf(f"<h1>{pages}</h1><p>" + "</p><p>".join(NUMBERS) + "</p>")
    return inspect(payload, "tarama.pdf", max_bytes=10**7, max_pages=50)


@pytest.fixture(autouse=True)
def papers_with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "sound_pdf", lambda pages=1: scan(pages))


# How companies come so far.


def told(cast: Cast) -> None:
    """People write numbers wherever there is room for words."""
    cast.ready()
    text = f"TCKN {IDENTITY}, {TRADER[:3]} {TRADER[3:6]} {TRADER[6:9]} {TRADER[9:]} ve {TOGETHER}"
    for name, number in (("Ece Yalın", TOGETHER), ("John Doe", PASSPORT_TOGETHER)):
        co_signatories.add(application=cast.now(), name=name, identity=number, actor=cast.owner)
    cast.hand_in("undertaking", page_count=2)
    for kind in (DocumentKind.UNDERTAKING_BLANK, DocumentKind.ADDRESS_LABEL):
        assert papers.render(cast.now(), kind) is not None
    asking.ask(company=cast.company, by=cast.people["viewer"], text=text, page="/")
    marks.mark_by_hand(application=cast.now(), step=PRE_APPLICATION, text=text, actor=STAFF)
    cast.submit()
    remarks = [("signatory_identity", text), ("signature_circular", text)]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)


def corrected(cast: Cast) -> None:
    """Handed in a second time with other numbers, and with İYS, which quotes the letter back with its papers."""
    told(cast)
    values = {"signatory_identity": FORMER if cast.company.tax_office != "Yabancı" else PASSPORT}
    submission.fill_in(application=cast.now(), values=values, complete=True, actor=cast.owner)
    cast.hand_in("signature_circular", page_count=2)
    cast.submit()
    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    letter = cast.company.letters.filter(audience="iys").latest("created_at")
    # A passport number that is nobody's of this company is known by the word before it alone.
    alone = [each for each in NUMBERS if each != PASSPORT or cast.company.tax_office == "Yabancı"]
    told_back = f"{mails.RECEIVED}\nİmzaya Yetkili Kişi Pasaport No: {PASSPORT}\n" + "\n".join(alone)

    raw = mails.mail(
        text=f"{told_back}\n{body_of(letter).text}",
        html=f"<p>{IDENTITY}</p>{body_of(letter).html}",
        to=letter.reply_to,
        subject=f"{IDENTITY} hakkında",
        in_reply_to=letter.message_id,
        message_id="<geri@iys.org.tr>",
        pdf=scan().payload,
    )
    Maildir(Path(str(cast.folder))).brings(raw)  # type: ignore[attr-defined]
    assert Mail.objects.filter(company=cast.company).exists()


def packed(cast: Cast) -> None:
    cast.finished()
    building.ask(application=cast.now(), actor=cast.owner)
    tasks.build_pack(str(cast.application.pk))


def trader(begin: Callable[[Cast], None]) -> Callable[..., Cast]:
    """A sole trader: the tax number is a TCKN, and the MERSİS number begins with it."""

    def begun(authority: Authority, folder: Path) -> Cast:
        cast = Cast(tax_number=TRADER, mersis_number=f"{TRADER}00018")
        cast.folder = folder / "mails"  # type: ignore[attr-defined]
        begin(cast)
        return cast

    return begun


def foreign(authority: Authority, folder: Path) -> Cast:
    """Whose signatory has a passport."""
    cast = Cast(tax_office="Yabancı")
    cast.folder = folder / "mails"  # type: ignore[attr-defined]
    values = {"signatory_foreign": True, "signatory_identity": PASSPORT}
    fill_in = cast.fill_in

    def filled() -> None:
        fill_in()
        submission.fill_in(application=cast.now(), values=values, complete=True, actor=cast.owner)

    cast.fill_in = filled  # type: ignore[method-assign]
    corrected(cast)
    return cast


def online(authority: Authority, folder: Path) -> Cast:
    cast = Online(authority, folder)
    scenes.given(cast)
    return cast


CASES: Mapping[str, Callable[..., Cast]] = {
    "told": trader(told),
    "corrected": trader(corrected),
    "packed": trader(packed),
    "form ready": trader(scenes.form_ready),
    "foreign": foreign,
    "online": online,
}
# Cases that between them show every place of the table: a hunt that finds nothing anywhere would prove nothing.
SHOWN = {
    "packed": {each for each in PLACES if "attachment" not in each[1]},
    "foreign": {each for each in PLACES if "pack_file" not in each[1]},
}


def visits(cast: Cast) -> Iterator[tuple[str, Client, str, str]]:
    partner = cast.company.partner
    staff = {
        "reviewer": signed_in(colleague(*REVIEW, "view_letter", "view_mail", partner=partner)),
        "correspondent": signed_in(colleague(*CORRESPONDENCE, partner=partner)),
        "superuser": signed_in(UserFactory.create(is_staff=True, is_superuser=True)),
    }
    own = Scene(lambda _cast: None, {})
    for role in Role:
        # The pages of an account know no role.
        for name, path in (*of_the_company(cast, own), *(of_anybody() if role is Role.OWNER else ())):
            yield role.value, cast.browsers[role], name, path
        for document in cast.company.documents.values_list("pk", flat=True):
            yield role.value, cast.browsers[role], "onboarding:document", f"/basvuru/belgeler/{document}/"
        for kind in ("pdf", "zip"):
            yield role.value, cast.browsers[role], "onboarding:pack_file", f"/basvuru/ozet/kanit/{kind}/"
        for letter in cast.company.letters.exclude(audience="staff"):
            yield role.value, cast.browsers[role], "onboarding:letter", f"/basvuru/yazismalar/mektup/{letter.pk}/"
    for who, client in staff.items():
        yield from ((who, client, *each) for each in of_support(cast))


def test_every_place_of_the_table_is_shown_by_a_case() -> None:
    assert set().union(*SHOWN.values()) == PLACES


@pytest.mark.parametrize("case", CASES)
def test_no_place_but_those_of_the_table_has_a_number(
    case: str, authority: Authority, trust: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with override_settings(TRUST_DIR=trust, SMS_URL="", REGISTRY_URL=""):
        cast = CASES[case](authority, trust)
        wrong, names, shown, clients = set(), set(), set(), {}
        for who, client, name, path in visits(cast):
            got: Any = client.get(path)
            names.add(name)
            clients[who] = client
            for number in found(NUMBERS, path, repr(got.headers), *texts_of(body(got))):
                shown.add((who, name))
                if (who, name) not in PLACES:
                    wrong.add(f"{who} is shown {NUMBERS.index(number)} by {name}")
    assert len(names) > 150
    assert shown >= SHOWN.get(case, set())
    for who, client in clients.items():
        wrong |= {f"{who}'s cookies have {each}" for each in found(NUMBERS, *carried(client))}
    wrong |= {f"a session has {each}" for each in found(NUMBERS, *sessions())}
    wrong |= {f"the log has {each}" for each in found(NUMBERS, caplog.text)}
    wrong |= {f"{table} has {each}" for table, rows in dump().items() for each in found(NUMBERS, rows)}
    wrong |= {f"the journal has {each}" for each in found(NUMBERS, *(e.text for e in Entry.objects.all()))}
    assert not wrong, "\n".join(sorted(wrong))
