"""A person is given everything that names her, and can be made nobody; what the law has kept names nobody then."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing import outbox
from onboarding.gate import Route
from onboarding.models import Application
from privacy import erasing, persons, requests
from privacy.models import DataKind, Erasure, PersonRequest
from tenancy.memberships import invite
from tenancy.models import Company, Membership, PastMembership, User
from tenancy.roles import Role
from tests.privacy.test_erasing import everything, stored
from tests.scenarios.browser import Screen, said, signed_in, with_session, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PASSWORD, CompanyFactory, MembershipFactory, UserFactory, open_application

pytestmark = pytest.mark.django_db
PAGE, ASK, DOWNLOAD, LEAVE = (reverse(f"privacy:{name}") for name in ("mine", "ask_for_copy", "download", "leave"))


def opened(payload: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(payload)) as packed:
        assert packed.namelist() == ["OKUYUN.txt", "bilgiler.json"]
        told: dict[str, Any] = json.loads(packed.read("bilgiler.json"))
    return told


def taken(browser: Client) -> bytes:
    """Asked for on the page, made by a worker, and downloaded from the page."""
    browser.post(ASK)
    assert "Hazırlanıyor." in words(browser.get(PAGE))
    assert requests.fulfil() == 1
    assert "Hazır." in words(browser.get(PAGE))
    answer: Any = browser.post(DOWNLOAD)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''verilerim-")
    return b"".join(answer.streaming_content)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """What is done when the transaction ends, done when the block does."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.submitted()
    return cast


class TestExport:
    def test_it_holds_what_names_the_person_and_nothing_of_others(self, cast: Cast) -> None:
        owner, editor = cast.people["owner"], cast.people["editor"]
        EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
        outbox.post_account(to=owner.email, from_name="P", body=outbox.Body("Şifreniz değişti", "x"))
        stranger = Cast(code="998877")
        stranger.submitted()
        told = opened(taken(cast.browsers["owner"]))
        assert told["hesap"]["e-posta"] == owner.email
        assert "Şifreniz değişti" in [each["subject"] for each in told["size gönderilen mektuplar"]]
        text = json.dumps(told, ensure_ascii=False)
        assert cast.company.trade_name in text
        assert "Başvuruyu gönder" in text, "what she did stands in it"
        for foreign in (
            editor.email,
            editor.full_name,
            stranger.company.trade_name,
            stranger.people["owner"].email,
        ):
            assert foreign not in text
        form = cast.now().application_form
        for hidden in (owner.password, form.signatory_identity, form.signatory_name, form.signatory_mobile):
            assert hidden not in text

    def test_the_signatory_is_given_what_was_written_of_her(self, cast: Cast) -> None:
        form = cast.now().application_form
        signatory = UserFactory.create(email=form.signatory_email)
        told = opened(persons.export(signatory))
        assert form.signatory_identity in json.dumps(told["imza yetkilisi olduğunuz başvurular"])

    def test_a_copy_is_the_persons_own_and_is_made_once_for_each_wish(self, committed: Any) -> None:
        ayla, berk = (MembershipFactory.create(role=Role.VIEWER).user for _person in range(2))
        mine, his = signed_in(ayla), signed_in(berk)
        for _click in range(2):
            mine.post(ASK)
        assert requests.fulfil() == 1
        assert requests.fulfil() == 0
        assert his.post(DOWNLOAD)["Location"] == PAGE
        assert "Verilerimin kopyasını hazırla" in words(his.get(PAGE))
        (letter,) = Letter.objects.filter(subject="Verilerinizin kopyası hazır")
        assert letter.to == [ayla.email]
        before = stored()
        with committed(execute=True):
            mine.post(ASK)
        assert stored() == before - {name for name in before if name.startswith("persons/")}
        assert requests.fulfil() == 1
        assert Letter.objects.filter(subject="Verilerinizin kopyası hazır").count() == 2

    def test_it_goes_after_a_week(self, committed: Any) -> None:
        user = MembershipFactory.create(role=Role.VIEWER).user
        requests.ask_for_copy(user)
        requests.fulfil()
        assert [name for name in stored() if name.startswith("persons/")]
        PersonRequest.objects.update(done_at=timezone.now() - timedelta(days=8))
        with committed(execute=True):
            erasing.run()
        assert not PersonRequest.objects.exists()
        assert not [name for name in stored() if name.startswith("persons/")]

    def test_ops_write_it_for_who_asks_by_letter(self, cast: Cast, tmp_path: Path) -> None:
        file = tmp_path / "kisi.zip"
        call_command("export_person", cast.people["owner"].email, file)
        assert file.stat().st_mode & 0o777 == 0o600
        assert opened(file.read_bytes())["hesap"]["e-posta"] == cast.people["owner"].email
        with pytest.raises(CommandError, match="No account"):
            call_command("export_person", "yok@kuzey.example", tmp_path / "b.zip")


class TestErasing:
    def test_nothing_names_the_person_any_more_but_what_she_did_for_the_company_stays(self, cast: Cast) -> None:
        editor = cast.people["editor"]
        editor.full_name, editor.email = "Sude Ilgaz", "sude.ilgaz@mavideniz.example"
        editor.save()
        EmailAddress.objects.create(user=editor, email=editor.email, primary=True, verified=True)
        outbox.post_account(to=editor.email, from_name="P", body=outbox.Body("Şifreniz", "x"))
        entries = cast.company.journal.count()
        answer = cast.browsers["editor"].post(LEAVE, {"email": editor.email.upper()})
        assert answer["Location"] == reverse("start")
        assert cast.browsers["editor"].get(PAGE).status_code == 302, "signed out at once"
        assert not Membership.objects.filter(user=editor).exists(), "and out of the team"
        assert requests.fulfil() == 1
        own = {table for table, row in everything() if "sude.ilgaz@" in row or "Sude Ilgaz" in row}
        assert own <= {"journal.Entry"}, "what a company did is the company's record"
        editor.refresh_from_db()
        assert (editor.is_active, editor.full_name, editor.has_usable_password()) == (
            False,
            "Silinmiş kişi",
            False,
        )
        assert cast.company.journal.count() == entries
        entry = Erasure.objects.get()
        assert (entry.kind, entry.subject) == (DataKind.PERSON, str(editor.pk))
        assert not PersonRequest.objects.exists()
        assert not Letter.objects.filter(to__icontains="sude.ilgaz").exclude(company=cast.company).exists()

    def test_the_only_owner_hands_over_first(self, cast: Cast) -> None:
        owner = cast.people["owner"]
        assert "email" not in Screen(cast.browsers["owner"].get(PAGE)).fields, "said before anything is typed"
        answer = cast.browsers["owner"].post(LEAVE, {"email": owner.email})
        assert answer.status_code == 409
        page = Screen(answer)
        assert "Hesabınız şimdilik silinemez" in page
        assert page.links["sahipliği devredin"].startswith(reverse("team:hand_over"))
        assert "Hesabımı sil" not in page.buttons
        owner.refresh_from_db()
        assert owner.is_active
        Membership.objects.filter(user=cast.people["editor"]).update(role=Role.OWNER)
        assert cast.browsers["owner"].post(LEAVE, {"email": owner.email}).status_code == 302

    def test_who_is_alone_reads_of_each_company_how_to_get_out_before_the_password(self) -> None:
        user = MembershipFactory.create(role=Role.OWNER).user
        alone, finished = (MembershipFactory.create(user=user, role=Role.OWNER).company for _each in range(2))
        open_application(alone, Route.FULL)
        open_application(finished, Route.EXEMPT)
        Application.objects.filter(company=finished).update(finished_at=timezone.now())
        answer = with_session(user).post(LEAVE, {"email": user.email})
        assert answer.status_code == 409
        page = Screen(answer)
        assert alone.trade_name in page
        assert finished.trade_name in page
        assert "sahipliği devredin" not in page.links, "there is nobody"
        at = {f"?firma={company.pk}": company for company in (alone, finished)}
        assert [page.links["başvuruyu geri çekin"].removeprefix(reverse("onboarding:withdraw"))] == list(at)[:1]
        asked = page.links["destek ekibine yazın"]
        assert asked == f"{reverse('support:questions')}?firma={finished.pk}&konu=ayrilma"
        client = signed_in(user)
        client.post(reverse("team:choose"), {"company": finished.pk})
        assert "Firmada benden başka kimse yok" in client.get(asked).content.decode()

    def test_what_is_kept_of_support_is_not_told_to_companies(self) -> None:
        of_support = DataKind.STAFF_FIGURES.label
        assert of_support not in words(signed_in(UserFactory.create()).get(PAGE))
        staff = UserFactory.create(is_staff=True)
        assert of_support in words(signed_in(staff).get(PAGE))

    def test_who_founded_a_company_and_began_nothing_may_go(self) -> None:
        user = MembershipFactory.create(role=Role.OWNER).user
        assert signed_in(user).post(LEAVE, {"email": user.email}).status_code == 302
        assert Company.objects.exists(), "it goes when its own time is over"

    def test_who_leaves_so_leaves_as_from_the_teams_page(self, cast: Cast) -> None:
        """An invitation of a former owner lets nobody in, and who was here once never decides on it as support."""
        owner, second = cast.people["owner"], MembershipFactory.create(company=cast.company, role=Role.OWNER).user
        invitation = invite(company=cast.company, email="su@kuzey.example", role="editor", by=owner)
        persons.erase(owner)
        invitation.refresh_from_db()
        assert invitation.revoked_at is not None
        assert PastMembership.objects.get(user=owner).company == cast.company
        with pytest.raises(persons.CannotBeErased, match="Tek sahibi olduğunuz"):
            persons.erase(second)
        assert Membership.objects.filter(user=second).exists()

    def test_nobody_leaves_others_without_an_owner_though_nothing_is_under_way(self) -> None:
        owner = MembershipFactory.create(role=Role.OWNER)
        MembershipFactory.create(company=owner.company, role=Role.EDITOR)
        with pytest.raises(persons.CannotBeErased, match="Tek sahibi olduğunuz"):
            persons.erase(owner.user)

    def test_whoever_holds_a_session_alone_neither_takes_the_data_nor_erases(self) -> None:
        user = MembershipFactory.create(role=Role.VIEWER).user
        client = with_session(user)
        for path, data in ((DOWNLOAD, {}), (LEAVE, {"email": user.email})):
            answer = client.post(path, data)
            assert answer.status_code == 302
            assert reverse("account_reauthenticate") in answer["Location"]
        assert User.objects.get(pk=user.pk).is_active

    def test_who_proves_it_comes_back_to_the_page_and_downloads_there(self) -> None:
        """A file in answer to the password would leave the page that asks for it standing."""
        user = MembershipFactory.create(role=Role.VIEWER).user
        client = with_session(user)
        requests.ask_for_copy(user)
        requests.fulfil()
        asked = client.post(DOWNLOAD)["Location"]
        answer = client.post(asked, {"password": PASSWORD})
        assert answer["Location"] == f"{PAGE}?dogrulandi"
        page = Screen(client.get(answer["Location"]))
        assert "Siz olduğunuzu doğruladık" in page
        assert "Verilerimi indir" in page.buttons
        assert client.post(DOWNLOAD)["Content-Type"] == "application/zip"
        assert "Siz olduğunuzu doğruladık" not in Screen(client.get(PAGE))

    def test_what_was_typed_to_erase_goes_on_after_the_password(self) -> None:
        user = MembershipFactory.create(role=Role.VIEWER).user
        client = with_session(user)
        asked = client.post(LEAVE, {"email": user.email})["Location"]
        assert client.post(asked, {"password": PASSWORD}, follow=True).status_code == 200
        assert not User.objects.get(pk=user.pk).is_active

    def test_another_address_erases_nothing_and_stays_in_the_field(self) -> None:
        user = MembershipFactory.create(role=Role.VIEWER).user
        answer = signed_in(user).post(LEAVE, {"email": "baska@kuzey.example"})
        assert answer.status_code == 422
        assert "baska@kuzey.example" in answer.content.decode()
        assert User.objects.get(pk=user.pk).is_active

    def test_staff_do_not_erase_themselves(self) -> None:
        user = UserFactory.create(is_staff=True)
        answer = signed_in(user).post(LEAVE, {"email": user.email})
        assert answer.status_code == 422
        assert "yöneticiniz" in words(answer)

    def test_ops_do_it_for_who_asks_by_letter(self) -> None:
        user = UserFactory.create()
        call_command("erase_person", user.email, reason="Dilekçe, 26.11.2026")
        assert Erasure.objects.get().why == "Dilekçe, 26.11.2026"
        owner = Cast()
        with pytest.raises(CommandError, match="Tek sahibi olduğunuz"):
            call_command("erase_person", owner.people["owner"].email, reason="x")


def test_the_page_says_how_long_what_is_kept_and_why(cast: Cast) -> None:
    page = words(cast.browsers["viewer"].get(PAGE))
    assert "Doğrulama kodları kod istendikten 7 gün sonra silinir" in page
    assert "Hesap ve ekip e-postaları gönderildikten 90 gün sonra silinir" in page
    assert "Hiç gönderilmemiş başvurular ve firmaları son hareketten 2 yıl sonra silinir" in page
    assert "Başvurusu sona ermiş firmalar son hareketten 10 yıl sonra silinir" in page
    assert "Kişisel verilerin işlenmesi aydınlatma metni" in page
    assert words(signed_in(UserFactory.create()).get(PAGE))
    assert Client().get(PAGE).status_code == 302
    assert said(signed_in(MembershipFactory.create(company=CompanyFactory.create()).user).get(PAGE)) == []
