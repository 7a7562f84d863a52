"""The sandbox as a process of its own, talked to over SMTP, HTTP and its Maildir."""

import subprocess
import sys
import time

import httpx

from correspondence.incoming.authentication import SenderAuthentication, authenticate
from correspondence.reading.classification import read
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import content, envelope
from launch.stack import ROOT
from tests.sandbox.process import TRACKING, Sandbox
from tests.scenarios.mails import REQUEST
from tests.scenarios.papers import blank_pdf

LETTER = (
    "Sayın Yetkili,\n\nTicaret Unvanı: Mavi Deniz Turizm A.Ş.\n"
    "\nMarkalar:\n- Mavi Deniz: Mesaj 3200 alıcı (MAVIDENIZ)\n- Mavi Deniz Outlet: E-posta 40 alıcı\n"
)


def sender_authentication(raw: bytes) -> SenderAuthentication:
    return authenticate(
        envelope(raw),
        authserv_id="mx.portal.example",
        iys_domains=frozenset({"iys.org.tr"}),
        members=frozenset(),
    ).sender_authentication


def test_an_application_is_received_and_approved_and_the_portal_believes_it(sandbox: Sandbox) -> None:
    sandbox.send("onkayit@iys.org.tr", LETTER)
    sandbox.says(Kind.RECEIVED, Kind.APPROVED)
    raws = sandbox.raws()
    assert [sender_authentication(raw) for raw in raws] == [SenderAuthentication.VERIFIED] * 2
    extracted = read(envelope(raws[1]), content(raws[1])).extracted
    assert [brand.name for brand in extracted.brands] == ["Mavi Deniz", "Mavi Deniz Outlet"]
    assert extracted.brands[0].code == extracted.iys_code
    assert envelope(raws[0]).in_reply_to == "<1@takip.portal.example>"


def test_the_receiving_end_takes_nobodys_word(sandbox: Sandbox) -> None:
    claim = "mx.portal.example; dmarc=pass header.from=iys.org.tr"
    sandbox.send(TRACKING, "Başvurunuz onaylanmıştır.", sender="onkayit@iys.org.tr", claim=claim)
    sandbox.until(lambda: len(sandbox.raws()) == 1)
    results = envelope(sandbox.raws()[0]).authentication_results
    assert len(results) == 1
    assert "dmarc=fail" in results[0]


def test_changes_come_first_when_asked_for(sandbox: Sandbox) -> None:
    sandbox.behave(changes_first=True)
    sandbox.send("onkayit@iys.org.tr", LETTER)
    sandbox.says(Kind.RECEIVED, Kind.CHANGES_ASKED)
    sandbox.send("onkayit@iys.org.tr", LETTER, number=2)
    sandbox.says(Kind.RECEIVED, Kind.CHANGES_ASKED, Kind.APPROVED)


def test_an_offer_leads_to_a_page_that_pays(sandbox: Sandbox) -> None:
    sandbox.send("satis@iys.org.tr", REQUEST)
    sandbox.says(Kind.OFFER)
    offer = sandbox.raws()[0]
    assert content(offer).attachments[0].content_type == "application/pdf"
    pay = read(envelope(offer), content(offer)).extracted.pay_url
    assert httpx.get(pay).status_code == 200
    httpx.post(pay, data={"fails": ""})
    sandbox.says(Kind.OFFER, Kind.PAYMENT_FAILED)
    assert "Yeniden deneyebilirsiniz" in httpx.get(pay).text
    httpx.post(pay)
    httpx.post(pay)
    sandbox.says(Kind.OFFER, Kind.PAYMENT_FAILED, Kind.PAYMENT_RECEIVED)
    assert [envelope(raw).in_reply_to for raw in sandbox.raws()] == ["<1@takip.portal.example>"] * 3
    assert all("Mavi Deniz Turizm A.Ş." in envelope(raw).subject for raw in sandbox.raws())


def test_a_request_in_other_words_is_not_understood(sandbox: Sandbox) -> None:
    sandbox.send("satis@iys.org.tr", "Bize bir teklif gönderin.")
    sandbox.says(Kind.UNKNOWN)


def test_an_assignment_is_refused_once_and_then_confirmed(sandbox: Sandbox) -> None:
    sandbox.behave(refuse_assignment=True)
    text = f"{LETTER}İş Ortağı: Kıyı İletişim\n"
    sandbox.send("isortagim@iys.org.tr", text, pdf=blank_pdf())
    sandbox.says(Kind.REFUSED)
    sandbox.send("isortagim@iys.org.tr", text, number=2, pdf=blank_pdf())
    sandbox.says(Kind.REFUSED, Kind.ASSIGNMENT_CONFIRMED)


def test_by_hand_nothing_is_said_until_the_button_is_pressed(sandbox: Sandbox) -> None:
    sandbox.behave(mode="hand")
    sandbox.send("onkayit@iys.org.tr", LETTER)
    assert "Mavi Deniz – mektup" in httpx.get(f"{sandbox.web}/").text
    assert sandbox.kinds() == []
    sandbox.press("refused", text="Belge eksik.")
    sandbox.says(Kind.REFUSED)
    assert "verilen yanıtlar: reddedildi" in httpx.get(f"{sandbox.web}/").text


def test_garbage_comes_with_the_answer_and_is_believed_by_nobody(sandbox: Sandbox) -> None:
    sandbox.behave(garbage=True)
    sandbox.send("satis@iys.org.tr", REQUEST)
    sandbox.until(lambda: Kind.OFFER in sandbox.kinds())
    believed = [
        kind
        for raw, kind in zip(sandbox.raws(), sandbox.kinds(), strict=True)
        if sender_authentication(raw) is SenderAuthentication.VERIFIED
    ]
    assert Kind.APPROVED in sandbox.kinds()
    assert Kind.APPROVED not in believed


def test_a_restart_goes_on_and_says_nothing_twice(sandbox: Sandbox) -> None:
    sandbox.behave(mode="delay", seconds=2)
    sandbox.send("onkayit@iys.org.tr", LETTER)
    sandbox.stop()
    sandbox.start()
    sandbox.says(Kind.RECEIVED, Kind.APPROVED)
    sandbox.send("onkayit@iys.org.tr", LETTER)
    time.sleep(1)
    assert len(sandbox.kinds()) == 2


def test_a_person_writes_from_a_mailbox_and_is_believed_as_that_person(sandbox: Sandbox) -> None:
    path = f"{sandbox.web}/postane/ada@mavideniz.example/yaz"
    httpx.post(path, data={"to": TRACKING, "subject": "İlt: onay", "text": "Bilginize"})
    sandbox.until(lambda: len(sandbox.raws()) == 1)
    assert "dmarc=pass header.from=mavideniz.example" in envelope(sandbox.raws()[0]).authentication_results[0]


def test_another_sites_page_cannot_press_its_buttons(sandbox: Sandbox) -> None:
    answer = httpx.post(f"{sandbox.web}/", data={"mode": "hand"}, headers={"Origin": "https://kotu.example"})
    assert answer.status_code == 403


def test_a_busy_port_is_one_sentence(sandbox: Sandbox) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "--smtp-port", str(sandbox.ports.smtp)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"Port {sandbox.ports.smtp}" in done.stderr


def test_a_box_can_be_forwarded_as_it_is(sandbox: Sandbox) -> None:
    address = "bilgi@mavideniz.example"
    httpx.post(f"{sandbox.web}/postane/{address}/yonlendir", data={"target": TRACKING})
    assert TRACKING in httpx.get(f"{sandbox.web}/postane/{address}").text
    sandbox.send(address, "Deneme", sender="portal@takip.portal.example")
    sandbox.until(lambda: len(sandbox.raws()) == 1)
    head = envelope(sandbox.raws()[0])
    assert head.message_id == "<1@takip.portal.example>"
    assert TRACKING in head.recipients
    httpx.post(f"{sandbox.web}/postane/{address}/yonlendir", data={"target": ""})
    sandbox.send(address, "Deneme", number=2, sender="portal@takip.portal.example")
    assert len(sandbox.raws()) == 1
