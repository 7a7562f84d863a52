"""`manage.py demo_data`: what the sandbox starts with."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings
from django.urls import reverse

from documents.models import LegalKind, LegalText
from onboarding.models import Package
from partners.models import IysContact, Partner
from tenancy.models import Company, Membership, User
from tenancy.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "mavi-deniz-2026"
MODELS = (User, Company, Membership, Partner, IysContact, Package, LegalText, Group)


def load() -> None:
    call_command("demo_data", stdout=StringIO())


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in MODELS}


def sign_in(email: str) -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_the_owner_signs_in_and_is_in_the_companys_team() -> None:
    load()
    page = sign_in("yonetici@mavideniz.example").get(reverse("team:people")).content.decode()
    assert "Mavi Deniz Turizm Anonim Şirketi" in page
    for email in ("yonetici@mavideniz.example", "duzenleyen@mavideniz.example", "izleyen@mavideniz.example"):
        assert email in page
    roles = dict(Membership.objects.values_list("user__email", "role"))
    assert roles == {
        "yonetici@mavideniz.example": Role.OWNER,
        "duzenleyen@mavideniz.example": Role.EDITOR,
        "izleyen@mavideniz.example": Role.VIEWER,
    }


def test_support_signs_in_and_sees_queue_letters_and_mails_but_no_settings() -> None:
    load()
    client = sign_in("destek@portal.example")
    for name in (
        "onboarding_queueitem",
        "onboarding_application",
        "correspondence_letter",
        "correspondence_mail",
        "journal_entry",
        "tenancy_joinrequest",
    ):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200, name
    for name in ("partners_partner", "tenancy_user", "documents_legaltext"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403, name


def test_ops_sign_in_and_may_edit_partners_texts_and_people() -> None:
    load()
    client = sign_in("isletim@portal.example")
    for name in ("partners_partner", "tenancy_user", "documents_legaltext", "onboarding_package"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200, name


def test_the_partner_is_the_guides_own_and_the_catalogue_has_its_six_packages() -> None:
    load()
    partner = Partner.objects.get()
    assert (partner.copy_address, partner.is_default) == ("iys@euromsg.com", True)
    limits = list(Package.objects.order_by("pk").values_list("name", "limit"))
    assert limits == [
        ("5", 5_000),
        ("25", 25_000),
        ("75", 75_000),
        ("150", 150_000),
        ("250", 250_000),
        ("+", None),
    ]
    assert LegalText.objects.filter(is_sample=True).count() == len(LegalKind)


def test_a_second_run_adds_nothing_and_takes_nothing_back() -> None:
    load()
    before = counts()
    Partner.objects.update(name="Kıyı İletişim", support_phone="0850 555 09 09")
    owner = User.objects.get(email="yonetici@mavideniz.example")
    owner.set_password("baska-bir-sifre-2026")
    owner.full_name = "Ada Deniz"
    owner.save()
    load()
    assert counts() == before
    partner, owner = Partner.objects.get(), User.objects.get(pk=owner.pk)
    assert (partner.name, partner.support_phone) == ("Kıyı İletişim", "0850 555 09 09")
    assert owner.full_name == "Ada Deniz"
    assert owner.check_password("baska-bir-sifre-2026")


def test_live_mode_refuses_it_and_nothing_is_written() -> None:
    with override_settings(MAIL_MODE="live"), pytest.raises(CommandError, match="MAIL_MODE is 'live'"):
        load()
    assert not any(counts().values())


def test_static_files_are_collected_once_and_anew_when_one_changes(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    sheet = tmp_path / "css" / "portal.css"
    call_command("demo_data", "--prepare")
    assert sheet.exists()
    sheet.unlink()
    call_command("demo_data", "--prepare")
    assert not sheet.exists(), "collected again although nothing had changed"
    (tmp_path / ".collected").write_text("what was there before")
    call_command("demo_data", "--prepare")
    assert sheet.exists()
