"""Where people's data are collected the disclosure text stands, and that it stood there is kept (KVKK 10)."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.forms import EmailField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.disclosure import FIELD, NEWER, Discloses, in_force
from documents.models import PARTNER, DisclosureShown, LegalKind, LegalText, Place
from identifiers import email, passport, phone, tckn
from onboarding.forms.fields import SecretField
from onboarding.models import ApplicationForm, CoSignatory, HandOff, RegistryAnswer, SignatureCheck
from partners.models import Partner
from privacy import erasing
from privacy.models import DataKind, RetentionRule
from privacy.persons import erase, export
from sandbox.authority import Authority
from tenancy.fields import CleanField, PersonNameField
from tenancy.fields import EmailField as OurEmailField
from tenancy.memberships import invite
from tenancy.models import Company, Membership, User
from tests.privacy.test_persons import opened
from tests.scenarios import factories
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, UserFactory
from tests.scenarios.online import MERSIS_OF, Online
from tests.scenarios.papers import upload
from tests.tenancy.test_names import forms_of_companies

pytestmark = pytest.mark.django_db
# Forms that ask for what names a person, and why the text does not stand beside them.
ELSEWHERE = {
    "accounts.forms.AddEmailForm": "the person has met the text at sign-up",
    "accounts.forms.ResetPasswordForm": "asks for an address that is known here, and keeps none",
    "team.forms.SmsNumberForm": "the person has met the text at sign-up",
    "team.forms.InvitationForm": "who is invited meets the text at the invitation's link",
    "team.forms.AddingForm": "support types the address of an account that is here",
    "onboarding.forms.online.CorporateEmailForm": "a company's own mailbox, no person's",
    "onboarding.forms.online.HandOffForm": "who signs meets the text at the signing link",
    "onboarding.forms.status_query.StatusForm": "asks for an address that is known here, and keeps none",
    "onboarding.forms.dossier.DossierForm": "as support types it, from what the company handed in",
    "onboarding.forms.paper_data.PaperDataForm": "who types here has met the text at sign-up",
    "onboarding.forms.package_contract.CountsForm": "a company's own mailbox, no person's",
    "privacy.forms.LeaveForm": "the own address, compared",
}
REFUSED = {Place.SIGN_UP: 200}  # django-allauth's own answer to what is wrong
PERSONAL = {email.clean, tckn.clean, passport.clean, phone.clean}


def asks_for_a_person(field: Any) -> bool:
    named = isinstance(field, EmailField | OurEmailField | PersonNameField | SecretField)
    # A cleaner may stand there with a part of what it is told: `partial(phone.clean, mobile=True)`.
    return named or (isinstance(field, CleanField) and getattr(field.cleaner, "func", field.cleaner) in PERSONAL)


def test_every_form_that_asks_for_a_person_shows_the_text_or_says_why_not() -> None:
    asking = {
        name: form
        for name, form in forms_of_companies()
        if any(
            asks_for_a_person(field) or field_name in ("login", "identity", "email")
            for field_name, field in form.base_fields.items()  # type: ignore[attr-defined]
        )
    }
    silent = {name for name, form in asking.items() if not issubclass(form, Discloses)}
    assert silent == set(ELSEWHERE)
    showing = [form.place for _name, form in forms_of_companies() if issubclass(form, Discloses)]
    assert set(showing) == set(Place)


@dataclass
class Door:
    """One place: who comes there with what, and what is there when it was kept."""

    client: Client
    path: str
    typed: dict[str, Any]
    kept: Callable[[], bool]
    row: dict[str, Any]
    shows: str = ""  # what stands in a field of the page that comes back

    def page(self) -> Screen:
        return Screen(self.client.get(self.path))

    def send(self, **more: Any) -> Any:
        return self.client.post(self.path, {**self.page().fields, **self.typed, **more})


def sign_up(passkey: str = "") -> Door:
    typed = {"full_name": "Su Yeni", "email": "su@kuzey.example"}
    if not passkey:
        typed["password1"] = "kuzey-isigi-2026"
    path = reverse(f"account_signup{passkey}")
    there = User.objects.filter(email=typed["email"])
    return Door(Client(), path, typed, there.exists, {"user__email": typed["email"], "company": None}, "Su Yeni")


def invited(user: User | None, cast: Cast) -> Door:
    to = user.email if user else "su@kuzey.example"
    invitation = invite(company=cast.company, email=to, role="editor", by=cast.people["owner"])
    path = reverse("team:join", args=[invitation.pk])
    row = {"company": cast.company, "about": invitation.pk, "user": user, "address": "" if user else to}
    if user is not None:
        return Door(signed_in(user), path, {}, Membership.objects.filter(user=user).exists, row)
    client = Client()
    return Door(client, path, {"door": "signup"}, lambda: "invited" in client.session, row)


def founding() -> Door:
    factories.PartnerFactory.create()
    user = UserFactory.create()
    typed = {"trade_name": "Bora Turizm Anonim Şirketi", "tax_number": factories.vkn(77)}
    there = Company.objects.filter(trade_name=typed["trade_name"])
    return Door(signed_in(user), reverse("team:company_new"), typed, there.exists, {"user": user}, "Bora Turizm")


def dossier(cast: Cast) -> Door:
    cast.send("mersis_question", has_mersis="hayir")
    typed = {"signatory_name": "Ada Yalın", "signatory_identity": factories.tckn(12)}
    return Door(
        cast.browsers["editor"],
        reverse("onboarding:dossier_page", args=["imza-yetkilisi"]),
        typed,
        ApplicationForm.objects.filter(signatory_name="Ada Yalın").exists,
        {"user": cast.people["editor"], "company": cast.company},
        "Ada Yalın",
    )


def co_signatories(cast: Cast) -> Door:
    return Door(
        cast.browsers["editor"],
        reverse("onboarding:co_signatories"),
        {"name": "Ege Yalın", "identity": factories.tckn(9)},
        CoSignatory.objects.exists,
        {"user": cast.people["editor"], "company": cast.company},
        "Ege Yalın",
    )


def registry_query(online: Online) -> Door:
    online.verify_email()
    number = MERSIS_OF.format(online.company.tax_number)
    return Door(
        online.browsers["owner"],
        reverse("onboarding:query"),
        {"mersis_number": number, "identity": factories.tckn(12)},
        RegistryAnswer.objects.exists,
        {"user": online.people["owner"], "company": online.company},
        number,
    )


def signing_link(online: Online) -> Door:
    online.fill()
    signed = online.signed()
    online.press("sign", "hand_off", email="su@kuzey.example")
    link = HandOff.objects.get()
    return Door(
        Client(),
        reverse("onboarding:sign_by_link", args=[link.pk]),
        {"file": upload(signed, "imzali.pdf")},
        SignatureCheck.objects.exists,
        {"company": online.company, "address": "su@kuzey.example", "about": link.pk, "user": None},
    )


DOORS: dict[str, tuple[Place, Callable[..., Door]]] = {
    "sign-up": (Place.SIGN_UP, lambda _: sign_up()),
    "sign-up by passkey": (Place.SIGN_UP, lambda _: sign_up("_by_passkey")),
    "invitation, a stranger": (Place.INVITATION, lambda new: invited(None, new())),
    "invitation, an account": (Place.INVITATION, lambda new: invited(UserFactory.create(), new())),
    "founding": (Place.COMPANY, lambda _: founding()),
    "dossier": (Place.DOSSIER, lambda new: dossier(new())),
    "co-signatories": (Place.CO_SIGNATORIES, lambda new: co_signatories(new())),
    "registry query": (Place.REGISTRY_QUERY, lambda new: registry_query(new(online=True))),
    "signing link": (Place.SIGNING_LINK, lambda new: signing_link(new(online=True))),
}


@pytest.fixture
def new(authority: Authority, trust: Path) -> Iterator[Callable[..., Cast]]:
    """A company, of the partner whose portal this is."""
    trusting = []

    def begin(*, online: bool = False) -> Cast:
        cast = Online(authority, trust) if online else Cast()
        if isinstance(cast, Online):
            trusting.append(cast.settings)
            cast.settings.enable()
        return cast

    yield begin
    for each in trusting:
        each.disable()


def publish(version: int = 1, valid_from: date = date(2026, 2, 3)) -> LegalText:
    LegalText.objects.filter(kind=LegalKind.DISCLOSURE, is_sample=True).delete()
    return LegalText.objects.create(
        kind=LegalKind.DISCLOSURE,
        version=version,
        valid_from=valid_from,
        title="Aydınlatma metni",
        body=f"Veri sorumlusu {PARTNER}.\n\nBu metnin {version}. sürümüdür.",
    )


@pytest.fixture(params=DOORS)
def at(request: pytest.FixtureRequest, new: Callable[..., Cast]) -> tuple[Place, Door]:
    place, make = DOORS[request.param]
    door = make(new)
    DisclosureShown.objects.all().delete()  # of the way here
    return place, door


def test_it_stands_folded_on_the_page_and_what_stood_there_is_written_down_once(at: tuple[Place, Door]) -> None:
    place, door = at
    text = publish()
    page = door.page()
    assert "aydınlatma metni (3 Şubat 2026)" in page
    assert "Bu metnin 1. sürümüdür." in page
    assert not [name for name in page.fields if "consent" in name or "onay" in name], "it asks for no consent"
    assert not DisclosureShown.objects.exists(), "who looks changes nothing"
    door.send()
    assert door.kept()
    row = DisclosureShown.objects.get(text=text, place=place, **door.row)
    said = text.naming(row.partner.legal_name if row.partner else "portalı işleten kuruluş")
    assert row.sha256 == hashlib.sha256(said.encode()).hexdigest()
    assert timezone.now() - row.shown_at < timedelta(minutes=5)


def test_a_newer_version_brings_the_page_again_with_what_was_typed(at: tuple[Place, Door]) -> None:
    place, door = at
    first = publish()
    shown = door.page().fields[FIELD]
    second = publish(2, date(2026, 2, 4))
    answer = door.send(**{FIELD: shown})
    assert answer.status_code == REFUSED.get(place, 422)
    page = Screen(answer)
    assert NEWER in page
    assert "Bu metnin 2. sürümüdür." in page
    assert "Bu metnin 1. sürümüdür." not in page
    assert not door.shows or any(door.shows in value for value in page.fields.values())
    keeps = place is Place.DOSSIER  # a draft, since the identity number never goes back into a page
    assert door.kept() is keeps
    assert [row.text for row in DisclosureShown.objects.all()] == [first] * keeps
    if "file" in door.typed:
        door.typed["file"].seek(0)
    door.client.post(door.path, {**page.fields, **door.typed})
    assert door.kept()
    assert DisclosureShown.objects.filter(text=second, place=place, **door.row).count() == 1


@pytest.mark.parametrize("proof", ["", "none", "spoilt", "another place"])
def test_nothing_is_kept_of_a_page_that_did_not_show_it(at: tuple[Place, Door], proof: str) -> None:
    place, door = at
    publish()
    other = next(each for each in Place if each is not place)
    text = in_force(None)
    assert text is not None
    sent = {"": "", "none": "x", "spoilt": text.stands_at(place)[:-1], "another place": text.stands_at(other)}
    answer = door.send(**{FIELD: sent[proof]})
    assert answer.status_code == REFUSED.get(place, 422)
    assert not door.kept()
    assert not DisclosureShown.objects.exists()


def test_while_none_is_published_forms_work_and_say_nothing(at: tuple[Place, Door]) -> None:
    _place, door = at
    LegalText.objects.filter(kind=LegalKind.DISCLOSURE).delete()
    page = door.page()
    assert FIELD not in page.fields
    assert "ydınlatma" not in page.words
    door.send()
    assert door.kept()
    assert not DisclosureShown.objects.exists()


class TestDrafts:
    """The form of step 1 is kept while it is typed."""

    def test_a_draft_is_data_too_and_is_written_down_once(self) -> None:
        cast = Cast()
        door = dossier(cast)
        fields = door.page().fields
        for name in ("Ada", "Ada Y", "Ada Yalın"):
            typed = {**fields, "signatory_name": name}
            answer = cast.saves_itself("imza-yetkilisi", role="editor", **typed)
            assert "signatory_name" not in answer.json()["errors"]
        assert DisclosureShown.objects.filter(place=Place.DOSSIER).count() == 1
        assert door.kept()

    def test_one_without_the_text_keeps_nothing(self) -> None:
        cast = Cast()
        door = dossier(cast)
        fields = {**door.page().fields, FIELD: "", "signatory_name": "Ada Yalın"}
        assert NEWER in cast.saves_itself("imza-yetkilisi", role="editor", **fields).json()["said"]
        assert not door.kept()


class TestThePublicPage:
    def test_everybody_reads_it_in_the_partners_name(self) -> None:
        cast = Cast()
        publish()
        for client in (Client(), cast.browsers["viewer"]):
            page = words(client.get(reverse("disclosure")))
            assert "Bu metnin 1. sürümüdür." in page
            assert "Sürüm 1, 3 Şubat 2026" in page
        assert f"Veri sorumlusu {cast.company.partner.legal_name}." in page

    def test_the_front_page_leads_there_once_there_is_one(self) -> None:
        link = "Kişisel verileriniz için aydınlatma metni"
        assert link not in Screen(Client().get("/")).links
        publish()
        assert Screen(Client().get("/")).links[link] == reverse("disclosure")

    def test_there_is_none_while_nothing_is_published(self) -> None:
        assert Client().get(reverse("disclosure")).status_code == 404


class TestWhatBecomesOfIt:
    @pytest.fixture
    def row(self) -> DisclosureShown:
        door = sign_up()
        publish()
        door.send()
        return DisclosureShown.objects.get()

    def test_the_person_is_given_it(self, row: DisclosureShown) -> None:
        assert row.user is not None
        told = opened(export(row.user))["gösterilen aydınlatma metni (kişi)"]
        assert told[0]["metin"] == "Aydınlatma metni (1)"

    def test_one_who_has_no_account_is_forgotten_by_address_and_the_proof_stays(self) -> None:
        cast = Cast()
        door = invited(None, cast)
        door.send()
        person = UserFactory.create(email="su@kuzey.example")
        erase(person)
        assert DisclosureShown.objects.get().address == ""
        assert DisclosureShown.objects.get().company == cast.company

    def test_it_goes_when_nothing_can_be_asked_of_it_any_more(self, row: DisclosureShown) -> None:
        rule = RetentionRule.objects.get(kind=DataKind.DISCLOSURES)
        RetentionRule.objects.exclude(pk=rule.pk).update(active=False)
        erasing.run(row.shown_at + rule.age - timedelta(days=1))
        assert DisclosureShown.objects.exists()
        erasing.run(row.shown_at + rule.age + timedelta(days=1))
        assert not DisclosureShown.objects.exists()

    def test_a_proof_of_one_installation_is_none_elsewhere(self) -> None:
        forged = signing.dumps([Place.SIGN_UP, publish().pk, "0" * 64, None], key="another key")
        door = sign_up()
        door.send(**{FIELD: forged})
        assert not door.kept()


def test_staff_of_a_partner_see_theirs_alone_and_change_none() -> None:
    cast = Cast()
    co_signatories(cast).send()
    row = DisclosureShown.objects.get()
    path = reverse("admin:documents_disclosureshown_change", args=[row.pk])
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    ops, other = (
        signed_in(UserFactory.create(is_staff=True, is_superuser=True, partner=partner))
        for partner in (cast.company.partner, elsewhere)
    )
    assert (ops.get(path).status_code, other.get(path).status_code) == (200, 404)
    assert ops.post(path, {"address": "x@kuzey.example"}).status_code == 403
    own = MembershipFactory.create(company=cast.company, user=UserFactory.create(is_staff=True, is_superuser=True))
    assert signed_in(own.user).get(path).status_code == 403, "nobody of support looks at the own company's"
