"""The desk as a process: in which voice it writes, what ties a mail to its letter, and what it reports as lost."""

from email import message_from_bytes, policy

import httpx
import pytest

from correspondence.incoming.authentication import SenderAuthentication, authenticate
from correspondence.reading.classification import read
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import content, envelope
from sandbox.postoffice import text_of
from sandbox.voices import VOICES
from tests.sandbox.process import TRACKING, Sandbox
from tests.scenarios.mails import REQUEST
from tests.scenarios.papers import blank_pdf

TITLE = "Mavi Deniz Turizm A.Ş."
LETTER = f"Sayın Yetkili,\n\nTicaret Unvanı: {TITLE}\n\nMarkalar:\n- Mavi Deniz: Mesaj 3200 alıcı\n"
SIGNED_ONLINE = f"{LETTER}\nTaahhütname nitelikli elektronik imzayla imzalanmıştır.\n"
ASSIGNMENT = f"Ticaret Unvanı: {TITLE}\nİş Ortağı: Kıyı İletişim\n"
SENDER = "b-7-abcdef@takip.portal.example"


def words(raw: bytes) -> str:
    return text_of(message_from_bytes(raw, policy=policy.default))


def count(sandbox: Sandbox, number: int) -> None:
    sandbox.until(lambda: len(sandbox.raws()) == number)


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        ("guide", ("no'lu başvurunuz alınmıştır", "Başvurunuz onaylanmıştır.")),
        ("unknown", ("kayıt defterimize işlenmiştir", "hizmet sağlayıcı kaydı açılmıştır")),
        ("polite", ("işleme alınamamıştır", "olumlu sonuçlanamamıştır")),
    ],
)
def test_the_desk_writes_in_the_voice_that_its_page_was_told(
    sandbox: Sandbox, voice: str, said: tuple[str, str]
) -> None:
    httpx.post(f"{sandbox.web}/", data={"mode": "now", "voice": voice})
    page = httpx.get(f"{sandbox.web}/").text
    assert f'value="{voice}" checked' in page
    assert all(each.label in page and each.purpose in page for each in VOICES.values())
    sandbox.send("onkayit@iys.org.tr", LETTER)
    count(sandbox, 2)
    for raw, sentence in zip(sandbox.raws(), said, strict=True):
        assert sentence in " ".join(words(raw).split())
        assert envelope(raw).in_reply_to == "<1@takip.portal.example>"


def test_a_voice_that_changes_goes_on_changing_after_a_restart(sandbox: Sandbox) -> None:
    sandbox.behave(mode="hand", voice="changing")
    for number in (1, 2, 3):
        sandbox.send("onkayit@iys.org.tr", LETTER, number=number)
        sandbox.press("received")
        count(sandbox, number)
        sandbox.stop()
        sandbox.start()
    first, second, third = (words(raw) for raw in sandbox.raws())
    assert first == third
    assert "evrak numarasıyla" in first
    assert "sayılı dosya açılmıştır" in second


def test_an_approval_names_title_number_and_code(sandbox: Sandbox) -> None:
    sandbox.send("onkayit@iys.org.tr", LETTER)
    sandbox.says(Kind.RECEIVED, Kind.APPROVED)
    receipt, approval = (read(envelope(raw), content(raw)).extracted for raw in sandbox.raws())
    assert receipt.application_number == approval.application_number != ""
    assert approval.trade_name == TITLE
    assert approval.iys_code == approval.brands[0].code != ""


def test_the_receipt_of_an_online_application_answers_no_letter_and_names_the_company(sandbox: Sandbox) -> None:
    sandbox.send("onkayit@iys.org.tr", SIGNED_ONLINE)
    sandbox.says(Kind.RECEIVED, Kind.APPROVED)
    receipt, approval = sandbox.raws()
    head = envelope(receipt)
    assert (head.in_reply_to, head.references) == ("", ())
    assert TRACKING in head.recipients
    assert TITLE in words(receipt)
    assert "bildirim@iys.org.tr" in receipt.decode()
    found = authenticate(
        head, authserv_id="mx.portal.example", iys_domains=frozenset({"iys.org.tr"}), members=frozenset()
    )
    assert found.sender_authentication is SenderAuthentication.VERIFIED
    assert envelope(approval).in_reply_to == "<1@takip.portal.example>"


def test_an_assignment_is_answered_in_its_own_thread(sandbox: Sandbox) -> None:
    sandbox.send("onkayit@iys.org.tr", LETTER)
    count(sandbox, 2)
    sandbox.send("isortagim@iys.org.tr", ASSIGNMENT, number=2, pdf=blank_pdf())
    count(sandbox, 3)
    assert envelope(sandbox.raws()[2]).in_reply_to == "<2@takip.portal.example>"


def test_a_reminder_that_names_no_company_is_known_by_who_wrote_it(sandbox: Sandbox) -> None:
    sandbox.behave(mode="hand")
    sandbox.send("onkayit@iys.org.tr", LETTER)
    sandbox.press("received")
    sandbox.send("onkayit@iys.org.tr", "Başvurumuz ne durumda?", number=2)
    sandbox.press("approved")
    sandbox.says(Kind.RECEIVED, Kind.APPROVED)
    receipt, approval = (read(envelope(raw), content(raw)).extracted for raw in sandbox.raws())
    assert receipt.application_number == approval.application_number
    assert approval.trade_name == TITLE


def test_a_lost_letter_is_reported_to_the_envelopes_sender(sandbox: Sandbox) -> None:
    sandbox.behave(mode="hand")
    sandbox.send("satis@iys.org.tr", REQUEST, envelope_sender=SENDER)
    assert SENDER in httpx.get(f"{sandbox.web}/").text
    sandbox.press("undelivered")
    sandbox.says(Kind.BOUNCE)
    raw = sandbox.raws()[0]
    head, report = envelope(raw), content(raw).report
    assert SENDER in head.recipients
    assert b"Return-Path: <>\r\n" in raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert report is not None
    assert (report.action, report.status) == ("failed", "5.1.1")
    assert report.recipients == ("satis@iys.org.tr",)
    assert report.message_ids == ("<1@takip.portal.example>",)
    assert "teslim edilemedi raporu" in httpx.get(f"{sandbox.web}/").text


def test_a_report_is_reported_to_nobody(sandbox: Sandbox) -> None:
    sandbox.behave(mode="hand")
    sandbox.send("satis@iys.org.tr", REQUEST, envelope_sender="<>")
    assert "Teslim edilemedi bildir" not in httpx.get(f"{sandbox.web}/").text
    sandbox.press("undelivered")
    assert sandbox.raws() == []
    assert "verilen yanıtlar" not in httpx.get(f"{sandbox.web}/").text
