"""`manage.py check_live`: one sentence for each thing, asked of real servers on loopback."""

import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import override_settings

from correspondence.models import Mail, MailStatus
from correspondence.preflight import checks, dns_records
from documents import samples
from tests.correspondence.dns_server import Records, knowing
from tests.scenarios import smtp_server
from tests.scenarios.factories import PartnerFactory
from tests.scenarios.mails import mail

pytestmark = pytest.mark.django_db
DOMAIN = "takip.portal.example"
SOUND: Records = {
    (DOMAIN, "MX"): ["10 mx.portal.example."],
    (DOMAIN, "TXT"): ['"v=spf1 mx -all"'],
    (f"s1._domainkey.{DOMAIN}", "TXT"): ['"v=DKIM1; p=MIIB"'],
    (f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=reject"'],
}


class Run:
    """What one run of the command says and how it ends."""

    def __init__(self, *words: str) -> None:
        out = io.StringIO()
        try:
            call_command("check_live", *words, stdout=out)
            self.status = 0
        except CommandError as error:
            self.status, self.summary = error.returncode, str(error)
        self.lines = out.getvalue().splitlines()

    def line(self, words: str) -> str:
        return next(line for line in self.lines if words in line)


@contextmanager
def servers(records: Records = SOUND, **settings: Any) -> Iterator[smtp_server.Server]:
    with knowing(records) as name_server, smtp_server.running() as smtp:
        with override_settings(DNS_SERVER=name_server, DKIM_SELECTORS=["s1"], **settings):
            yield smtp


def received(raw: bytes) -> None:
    Mail.objects.create(
        mailbox="m", folder="f", uid_validity=1, uid=str(uuid4()), sha256=uuid4().hex, size=len(raw),
        stored_name=storages["private"].save(f"mails/{uuid4()}.eml", ContentFile(raw)), status=MailStatus.FILED,
    )  # fmt: skip


@pytest.mark.usefixtures("dovecot")
def test_all_that_can_be_in_order_is_said_to_be() -> None:
    received(mail(text="x"))
    with servers():
        run = Run()
    for words in (
        f"{DOMAIN} takes mail at 10 mx.portal.example.",
        f"{DOMAIN} has an SPF record: v=spf1 mx -all",
        f"{DOMAIN} has its DKIM keys: s1.",
        "policy reject",
        "reached, no log-in asked for.",
        "INBOX): reached.",
        "AUTHSERV_ID mx.portal.example stands in received mails.",
    ):
        assert run.line(words).startswith("[ok]"), words


def test_what_stands_in_the_way_is_said_in_sandbox_mode_too_and_the_status_is_1() -> None:
    samples.load()
    PartnerFactory.create(copy_address="", name="Kıyı", is_default=False)
    with servers():
        run = Run()
    assert run.status == 1
    for words in (
        "MAIL_MODE is 'sandbox'",
        "is a sample.",
        "The partner 'Kıyı' has no copy (cc) address.",
        "No partner is marked as the default one.",
    ):
        assert run.line(words).startswith("[missing]"), words


def test_a_silent_name_server_and_an_empty_inbox_could_not_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    # As silent as in life, only that we wait for it less long.
    monkeypatch.setattr(checks, "asker", partial(dns_records.asker, seconds=3.0))
    with servers({(DOMAIN, "TXT"): ["deaf"], (f"_dmarc.{DOMAIN}", "TXT"): ['"v=DMARC1; p=none"']}):
        run = Run()
    assert run.line("SPF of").startswith("[unasked]")
    assert run.line("AUTHSERV_ID").startswith("[unasked]")
    assert run.line("no MX record").startswith("[missing]")


@pytest.mark.usefixtures("dovecot")
def test_servers_that_refuse_are_named_and_their_words_are_not_repeated() -> None:
    url = re.sub(r":[^:@]+@", ":yanlis@", os.environ["MAILBOX_URLS"], count=1)
    with servers(MAILBOX_URLS=[url], EMAIL_PORT=1):
        run = Run()
    assert run.line("SMTP server").startswith("[missing] SMTP server")
    assert re.fullmatch(r"\[missing\] Mailbox imap:\S+ \(INBOX\): Refused\.", run.line("Mailbox imap"))
    assert "yanlis" not in " ".join(run.lines)


def test_another_server_s_word_on_top_is_told_by_its_name() -> None:
    received(mail(text="x", authserv_id="mx.baska.example"))
    with servers():
        run = Run()
    assert run.line("AUTHSERV_ID").endswith("is topmost in no received mail; there is mx.baska.example.")


def test_a_round_trip_goes_to_where_answers_come_and_to_where_reports_come(tmp_path: Path) -> None:
    box = tmp_path / "box"
    with servers(MAILBOX_URLS=[f"maildir://{box}"]) as smtp:
        Run()
        assert smtp.mails == [], "nothing is sent without --send"
        stop = threading.Event()
        carrier = threading.Thread(target=_carry, args=(smtp, box, stop))
        carrier.start()
        try:
            run = Run("--send", "--wait", "60")
        finally:
            stop.set()
            carrier.join()
        assert len(smtp.mails) == 2
    assert re.search(r"\[ok\]\s+Round trip: t-[a-z0-9]{20}@", run.line("Round trip: t-"))
    assert re.search(r"\[ok\]\s+Round trip: b-[a-z2-7]{26}-[a-z2-7]{16}@", run.line("Round trip: b-"))
    assert set(Mail.objects.values_list("status", flat=True)) == {MailStatus.FILED}


def _carry(smtp: smtp_server.Server, box: Path, stop: threading.Event) -> None:
    """What the mail server between SMTP and the mailbox does."""
    for folder in ("tmp", "new", "cur"):
        (box / folder).mkdir(parents=True, exist_ok=True)
    carried = 0
    while not stop.wait(0.05):
        for raw in smtp.mails[carried:]:
            carried += 1
            (box / "tmp" / f"{carried}.host").write_bytes(raw)
            (box / "tmp" / f"{carried}.host").rename(box / "new" / f"{carried}.host")


MICROSOFT = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=iys.org.tr; dkim=pass\r\n"
    " header.d=iys.org.tr;dmarc=pass action=none header.from=iys.org.tr;compauth=pass reason=100\r\n"
)
YANDEX = "Authentication-Results: mxfront12.mail.yandex.net; spf=pass smtp.mail=a@iys.org.tr; dkim=pass\r\n"
WITHOUT_DMARC = "Authentication-Results: mx.portal.example; spf=pass smtp.mailfrom=iys.org.tr\r\n"


@pytest.mark.parametrize(
    ("results", "said"),
    [
        (MICROSOFT, "can never be believed: Microsoft 365"),
        (YANDEX, "can never be believed: Yandex"),
        (WITHOUT_DMARC, "without a result of DMARC or DKIM"),
    ],
    ids=["Microsoft 365", "Yandex", "SPF alone"],
)
def test_results_that_can_never_be_believed_are_told_with_what_to_do(results: str, said: str) -> None:
    received(results.encode() + mail(text="x", verdict=None))
    with servers():
        line = Run().line("uthentication-Results" if "never" in said else "AUTHSERV_ID")
    assert line.startswith("[missing]")
    assert said in line


def test_a_from_of_another_domain_than_the_envelope_sender_is_told() -> None:
    with servers(DEFAULT_FROM_EMAIL="portal@kiyi.example"):
        assert Run().line("does not align").startswith("[missing]")
    with servers(DEFAULT_FROM_EMAIL="portal@portal.example"):
        assert Run().line("SPF can align").startswith("[ok]")


@pytest.mark.usefixtures("dovecot")
def test_a_mail_that_does_not_come_is_missed() -> None:
    with servers(MAILBOX_URLS=[os.environ["MAILBOX_URLS"]]):
        run = Run("--send", "--wait", "0")
    assert run.line("Round trip").startswith("[missing]")
    assert "came into no mailbox within 0 s." in run.line("Round trip")
