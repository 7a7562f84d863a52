"""Papers and packs with identity numbers: who opens them, that each look is in the journal, and that an editor can
prepare what has to be signed."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from documents import looks
from documents.models import Document
from documents.storage import read
from journal.models import Entry, Event
from onboarding.actions.pre_application import co_signatories, submission
from onboarding.dossier import papers
from onboarding.models import DocumentKind
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority
from tests.documents.pdf_text import pages
from tests.scenarios.browser import words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import IDENTITY
from tests.scenarios.online import SIGNATORY, Online
from tests.scenarios.papers import upload
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support
from tests.tenancy import scenes

pytestmark = pytest.mark.django_db
WHY: dict[str, Any] = {"number": "signatory_identity", "why": "compare"}


def opens(cast: Cast, role: str, document: Document) -> int:
    status: int = cast.browsers[role].get(reverse("onboarding:document", args=[document.pk])).status_code
    return status


def handed_in(kind: str = "signature_circular") -> tuple[Cast, Document]:
    cast = Cast()
    cast.fill_in()
    cast.hand_in(kind)
    return cast, cast.company.documents.get(kind=kind)


def opened(cast: Cast) -> list[Entry]:
    return list(Entry.objects.filter(company=cast.company, event=Event.PAPER_OPENED))


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_who_is_no_owner_gets_a_sentence_and_no_link(role: str) -> None:
    cast, document = handed_in()
    answer = cast.browsers[role].get(reverse("onboarding:document", args=[document.pk]))
    assert answer.status_code == 403
    assert "Kimlik numarası içerebilen belgeleri yalnızca firma sahibi (yönetici) açabilir." in words(answer)
    page = cast.open("documents", role=role)
    assert "Kimlik numarası içerebilir; yalnızca firma sahibi (yönetici) açabilir" in page
    assert str(document.pk) not in " ".join(page.links.values())
    assert opened(cast) == []


def test_a_look_is_in_the_journal_and_a_second_glance_is_the_same_look(monkeypatch: pytest.MonkeyPatch) -> None:
    cast, document = handed_in()
    for _time in range(3):
        assert opens(cast, "owner", document) == 200
    (entry,) = opened(cast)
    assert (entry.actor, entry.application_id) == (cast.people["owner"], cast.application.pk)
    assert entry.text == "Belge açıldı: İmza sirküleri, signature_circular.pdf"
    later = timezone.now() + looks.ONE_LOOK
    monkeypatch.setattr(timezone, "now", lambda: later)
    opens(cast, "owner", document)
    assert len(opened(cast)) == 2


def test_each_person_and_each_paper_is_a_look_of_its_own() -> None:
    cast, _document = handed_in()
    cast.hand_in("undertaking", page_count=2)
    support = Support(cast.now(), *REVIEW)
    for each in cast.company.documents.all():
        opens(cast, "owner", each)
        support.open("document", each.pk)
    assert {(each.actor, each.data["file"]) for each in opened(cast)} == {
        (user, str(each.pk))
        for user in (cast.people["owner"], support.user)
        for each in cast.company.documents.all()
    }


def test_the_undertaking_is_masked_so_that_an_editor_prepares_it() -> None:
    number = tckn(31)
    cast = Cast(tax_number=number, mersis_number=f"{number}00018")
    cast.fill_in()
    paper = papers.render(cast.now(), DocumentKind.UNDERTAKING_BLANK)
    assert paper is not None
    text = "".join(pages(read(paper)))
    assert f"*******{IDENTITY[-4:]}" in text
    assert f"*******{number[-4:]}00018" in text
    assert IDENTITY not in text
    assert number not in text
    for role in ("editor", "viewer"):
        assert opens(cast, role, paper) == 200
    cast.write(website="https://baska.example")
    assert opens(cast, "editor", paper) == 403, "what was prepared before is not masked in every version"


def test_an_editor_hands_on_what_some_have_signed(tmp_path: Path) -> None:
    """The certificate in it holds a number; without it the next one could not sign."""
    authority = Authority.new()
    (tmp_path / "root.pem").write_bytes(authority.root.pem)
    with override_settings(TRUST_DIR=tmp_path, SMS_URL="", REGISTRY_URL=""):
        online = Online(authority, tmp_path)
        online.fill()
        co_signatories.add(application=online.now(), name="Ece Yalın", identity=tckn(8), actor=online.owner)
        online.send("sign", file=upload(online.signed(name=SIGNATORY), "imzali.pdf"), role="editor")
        partly = online.company.documents.get(kind=DocumentKind.UNDERTAKING_PARTLY)
        assert opens(online, "editor", partly) == 200
        assert opens(online, "viewer", partly) == 403
        assert [each.actor for each in opened(online)] == [online.people["editor"]]


def test_a_sole_traders_papers_about_the_company_are_for_owners_too() -> None:
    number = tckn(32)
    company, person = Cast(), Cast(code="820593", tax_number=number, mersis_number=f"{number}00018")
    for cast, status in ((company, 200), (person, 403)):
        scenes.form_ready(cast)
        form = cast.company.documents.get(kind=DocumentKind.ASSIGNMENT_FORM)
        assert opens(cast, "editor", form) == status


def test_the_originals_of_a_pack_are_for_owners_and_its_history_for_all() -> None:
    cast = Cast()
    scenes.packed(cast)
    for role, kind, status in (
        ("owner", "zip", 200), ("editor", "zip", 403), ("viewer", "zip", 403), ("viewer", "pdf", 200),
    ):  # fmt: skip
        answer: Any = cast.browsers[role].get(reverse("onboarding:pack_file", args=[kind]))
        assert answer.status_code == status, (role, kind)
        if (role, kind) == ("owner", "zip"):
            inside = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
            assert any(name.endswith(".eml") for name in inside.namelist())
    assert "yalnızca firma sahibi (yönetici) indirebilir" in cast.open("summary", role="viewer")


def test_looking_at_papers_makes_no_pack_out_of_date() -> None:
    cast = Cast()
    scenes.packed(cast)
    assert opens(cast, "owner", cast.company.documents.all()[0]) == 200
    assert cast.browsers["owner"].get(reverse("onboarding:pack_file", args=["zip"])).status_code == 200


def test_who_only_writes_letters_opens_no_paper_that_goes_with_them() -> None:
    cast = Cast()
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    letter = cast.company.letters.get(audience="iys")
    path = reverse(
        "admin:correspondence_letter_attachment", args=[letter.pk, letter.attachments.order_by("pk")[0].pk]
    )
    assert Support(cast.now(), *CORRESPONDENCE).client.get(path).status_code == 403
    assert opened(cast) == []
    reviewer = Support(cast.now(), *CORRESPONDENCE, "review_application")
    assert reviewer.client.get(path).status_code == 200
    assert [each.actor for each in opened(cast)] == [reviewer.user]


# The number itself, on the company's own page.


def test_an_owner_sees_a_number_for_a_reason() -> None:
    cast = Cast()
    cast.ready()
    assert "Kimlik numarasını göster…" in cast.open("review").links
    answer = cast.answer("identity", **WHY)
    assert IDENTITY in words(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(event=Event.IDENTITY_SHOWN)
    assert (entry.actor, entry.party) == (cast.people["owner"], "company")
    assert IDENTITY not in cast.open("identity").words
    for role in ("editor", "viewer"):
        assert "Kimlik numarasını göster…" not in cast.open("review", role=role).links
        assert cast.answer("identity", role=role, **WHY).status_code == 403


def test_a_passport_is_masked_in_the_letter_that_is_approved() -> None:
    cast = Cast()
    cast.ready()
    values = {"signatory_foreign": True, "signatory_identity": "U7654321"}
    submission.fill_in(application=cast.now(), values=values, complete=True, actor=cast.owner)
    co_signatories.add(application=cast.now(), name="John Doe", identity="TR5551234", actor=cast.owner)
    cast.hand_in("undertaking", page_count=2)
    page = cast.open("review")
    assert "U7654321" not in page
    assert "TR5551234" not in page
    assert "****4321" in page
    cast.submit()
    cast.move(PRE_APPLICATION, "approve")
    letter = cast.company.letters.get(audience="iys")
    assert "U7654321" not in cast.open("letter", letter.pk)
