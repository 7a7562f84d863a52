"""What live mail needs: the findings, and that neither web nor worker starts while there are any."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from documents import samples
from documents.models import LegalKind, LegalText
from launch.ports import free_port
from onboarding.checks import live_mail
from partners.models import Partner
from sandbox.authority import Authority
from tests.scenarios.factories import PartnerFactory
from tests.servers.redis import Own, own

ROOT = Path(__file__).parents[2]
WEB = [sys.executable, "-m", "gunicorn", "iysportal.wsgi", "--no-control-socket"]
WORKER = [sys.executable, "-m", "celery", "-A", "iysportal", "worker", "--pool", "solo", "--loglevel", "INFO"]
PATIENCE = 60.0  # seconds until a process has answered or ended


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trust folder with an authority of its own name."""
    folder = tmp_path_factory.mktemp("trust")
    (folder / "root.pem").write_bytes(Authority.new("Kıyı Sertifika").root.pem)
    return folder


@pytest.fixture(autouse=True)
def trusting(authorities: Path) -> Iterator[None]:
    with override_settings(TRUST_DIR=authorities):
        yield


def real_texts() -> None:
    for kind in LegalKind:
        LegalText.objects.create(
            kind=kind,
            version=2,
            valid_from=timezone.localdate(),
            title=str(kind.label),
            body="Hukukça onaylı metin",
        )


def sentences() -> list[str]:
    with override_settings(MAIL_MODE="live"):
        return [str(each.msg) for each in live_mail()]


@pytest.mark.django_db
class TestFindings:
    def test_nothing_is_asked_for_in_sandbox_mode(self) -> None:
        assert live_mail() == []

    def test_a_fresh_installation_hears_of_every_text_and_of_the_partner(self) -> None:
        assert sentences() == [
            *(f"No legal text of the kind '{kind}' is in force." for kind in LegalKind),
            "No partner is marked as the default one.",
        ]

    def test_samples_are_named_by_kind_and_version(self) -> None:
        PartnerFactory.create()
        samples.load()
        assert sentences() == [
            f"The legal text of the kind '{kind}' that is in force, version 1, is a sample." for kind in LegalKind
        ]

    def test_one_sample_among_real_texts_is_found(self) -> None:
        PartnerFactory.create()
        samples.load()
        real_texts()
        LegalText.objects.filter(kind=LegalKind.DISCLOSURE, version=2).delete()
        assert sentences() == ["The legal text of the kind 'disclosure' that is in force, version 1, is a sample."]

    def test_a_real_text_of_tomorrow_does_not_count_today(self) -> None:
        PartnerFactory.create()
        real_texts()
        LegalText.objects.filter(kind=LegalKind.UNDERTAKING).update(
            valid_from=timezone.localdate() + timedelta(days=1)
        )
        assert sentences() == ["No legal text of the kind 'undertaking' is in force."]

    def test_a_sample_that_a_real_text_replaced_is_no_obstacle(self) -> None:
        PartnerFactory.create()
        samples.load()
        real_texts()
        assert sentences() == []

    def test_every_partner_without_a_copy_address_is_named(self) -> None:
        real_texts()
        PartnerFactory.create()
        Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.", host_name="liman.example")
        assert sentences() == ["The partner 'Liman Mesaj' has no copy (cc) address."]

    def test_there_has_to_be_a_default_partner(self) -> None:
        real_texts()
        PartnerFactory.create(is_default=False)
        assert sentences() == ["No partner is marked as the default one."]

    def test_an_empty_trust_folder_would_believe_nobody(self, tmp_path: Path) -> None:
        self.all_there()
        with override_settings(TRUST_DIR=tmp_path):
            assert sentences() == ["No certificate authority lies in TRUST_DIR: no e-signature would be believed."]

    def test_the_sandbox_signs_for_anybody_and_is_not_to_be_believed(
        self, tmp_path: Path, authorities: Path
    ) -> None:
        self.all_there()
        (tmp_path / "real.pem").write_bytes((authorities / "root.pem").read_bytes())
        (tmp_path / "renamed.pem").write_bytes(Authority.kept_in(tmp_path / "kept").root.pem)
        with override_settings(TRUST_DIR=tmp_path):
            assert sentences() == ["The sandbox's own certificate authority lies in TRUST_DIR."]

    def test_a_file_that_is_no_certificate_is_named(self, tmp_path: Path) -> None:
        self.all_there()
        (tmp_path / "kok.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n")
        with override_settings(TRUST_DIR=tmp_path):
            assert len(sentences()) == 1
            assert sentences()[0].startswith("TRUST_DIR: kok.pem is not a certificate")

    def all_there(self) -> None:
        PartnerFactory.create()
        real_texts()

    def test_check_deploy_fails_with_the_sentences(self) -> None:
        real_texts()
        with override_settings(MAIL_MODE="live"), pytest.raises(SystemCheckError) as failure:
            call_command("check", deploy=True, tags=["live_mail"])
        assert "(onboarding.E003) No partner is marked as the default one." in str(failure.value)

    def test_other_commands_check_nothing_of_it(self) -> None:
        with override_settings(MAIL_MODE="live"):
            call_command("migrate", verbosity=0, stdout=StringIO())
            call_command("check", databases=["default"], stdout=StringIO())


def environment(tmp_path: Path, **more: str) -> Mapping[str, str]:
    """The suite's servers with this test's database, in live mode, and a broker of its worker's own."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}")),
        "BROKER_URL": own(Own.COMMANDS),
        "VAR_DIR": str(tmp_path),
        "MAIL_MODE": "live",
        "TRUST_DIR": str(settings.TRUST_DIR),
        **more,
    }


def start(command: list[str], tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command that is expected to end by itself."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(tmp_path, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@contextmanager
def running(command: list[str], tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(tmp_path), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield process, log
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.mark.django_db(transaction=True)
class TestStart:
    @pytest.mark.parametrize("command", [[*WEB, "--bind", "127.0.0.1:0"], WORKER], ids=["web", "worker"])
    def test_neither_starts_while_a_sample_is_in_force(self, tmp_path: Path, command: list[str]) -> None:
        Partner.objects.create(name="Kıyı İletişim", legal_name="Kıyı A.Ş.", is_default=True)
        real_texts()
        LegalText.objects.filter(kind=LegalKind.SALES_CONTRACT).update(is_sample=True)
        ended = start(command, tmp_path)
        assert ended.returncode != 0
        assert "MAIL_MODE is 'live', but live mail may not start:" in ended.stderr
        # gunicorn writes the trace into its log and to stderr.
        assert {line for line in ended.stderr.splitlines() if line.startswith("  - ")} == {
            "  - The legal text of the kind 'sales_contract' that is in force, version 2, is a sample.",
            "  - The partner 'Kıyı İletişim' has no copy (cc) address.",
        }

    @pytest.mark.parametrize("command", [[*WEB, "--bind", "127.0.0.1:0"], WORKER], ids=["web", "worker"])
    def test_neither_starts_when_the_database_cannot_be_asked(self, tmp_path: Path, command: list[str]) -> None:
        nowhere = f"postgres://portal@127.0.0.1:{free_port()}/portal"
        ended = start(command, tmp_path, DATABASE_URL=nowhere)
        assert ended.returncode != 0
        assert "\n  - The database cannot be asked whether live mail may start: " in ended.stderr

    def test_what_makes_it_ready_can_be_done_before(self, tmp_path: Path) -> None:
        manage = [sys.executable, "manage.py"]
        assert start([*manage, "migrate"], tmp_path).returncode == 0
        person = {"DJANGO_SUPERUSER_PASSWORD": "mavi-deniz-2026", "DJANGO_SUPERUSER_FULL_NAME": "İlke İşletim"}
        made = start(
            [*manage, "createsuperuser", "--noinput", "--email", "isletim@kiyi.example"], tmp_path, **person
        )
        assert made.returncode == 0, made.stderr
        fixture = tmp_path / "texts.json"
        fixture.write_text(
            '[{"model": "documents.legaltext", "fields": {"kind": "disclosure", "version": 1, '
            f'"valid_from": "{date(2026, 1, 1)}", "title": "Aydınlatma", "body": "Metin"}}}}]'
        )
        assert start([*manage, "loaddata", str(fixture)], tmp_path).returncode == 0
        assert LegalText.objects.get().title == "Aydınlatma"

    def test_web_answers_once_all_is_there(self, tmp_path: Path) -> None:
        PartnerFactory.create()
        real_texts()
        port = free_port()
        with running([*WEB, "--bind", f"127.0.0.1:{port}"], tmp_path) as (process, log):
            deadline = time.monotonic() + PATIENCE
            while True:
                assert process.poll() is None, log.read_text()
                try:
                    answer = httpx.get(f"http://localhost:{port}/destek/", timeout=PATIENCE)
                    break
                except httpx.ConnectError:
                    assert time.monotonic() < deadline, log.read_text()
                    time.sleep(0.05)
        assert answer.status_code == 302

    def test_the_worker_is_ready_once_all_is_there(self, tmp_path: Path) -> None:
        PartnerFactory.create()
        real_texts()
        with running(WORKER, tmp_path) as (process, log):
            deadline = time.monotonic() + PATIENCE
            while " ready." not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.05)
