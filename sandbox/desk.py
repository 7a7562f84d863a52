"""İYS's desk: reads the letters to the three addresses and answers them, once each, over SMTP."""

import json
import logging
import re
import secrets
import smtplib
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any

from sandbox import undelivered
from sandbox.answers import Answer, Facts, written
from sandbox.behaviour import Behaviour
from sandbox.config import Config
from sandbox.postoffice import text_of
from sandbox.smtp import MailServer
from sandbox.voices import VOICES

logger = logging.getLogger(__name__)
REQUEST = re.compile(
    r"(?P<name>.+?), (?P<code>\d{4,15}) İYS koduna sahip firmamız adına İLETİ (?P<package>\S+) paketi teklifini "
    r"(?P<email>\S+@\S+) e-posta adresine iletilmesini rica ederiz\."
)
# "(2/3)" at the end of a subject: more documents to a letter that is answered already.
FURTHER_PART = re.compile(r"\((?!1/)\d+/\d+\)$")
# What the portal's letter says of an undertaking that was signed online, as on İYS's own site.
ONLINE = "nitelikli elektronik imzayla imzalanmıştır"
SYSTEM = "bildirim@iys.org.tr"
# What a person may answer by hand, by desk: (name of the answer, on the button).
BY_HAND = {
    "application": (
        ("received", "Alındı"),
        ("changes", "Düzeltme iste"),
        ("approved", "Onayla, kodları gönder"),
        ("refused", "Reddet"),
    ),
    "sales": (
        ("offer", "Teklif gönder"),
        ("paid", "Ödeme alındı de"),
        ("payment_failed", "Ödeme alınamadı de"),
        ("not_understood", "Anlaşılmadı de"),
    ),
    "assignment": (("assigned", "Atamayı onayla"), ("assignment_refused", "Atamayı reddet")),
}
# What became of a letter, as the desk's page says it.
DONE = {
    "received": "alındı",
    "changes": "düzeltme istendi",
    "approved": "onaylandı",
    "refused": "reddedildi",
    "offer": "teklif gönderildi",
    "paid": "ödeme alındı",
    "payment_failed": "ödeme alınamadı",
    "not_understood": "anlaşılmadı",
    "assigned": "atandı",
    "assignment_refused": "atama reddedildi",
    "garbage": "bozuk ve sahte e-postalar",
    "undelivered": "teslim edilemedi raporu",
}
State = dict[str, Any]


class Desk:
    def __init__(self, config: Config, server: MailServer) -> None:
        self.config = config
        self.server = server
        self.path = config.root / "desk.json"
        self.lock = threading.RLock()
        self.state: State = (
            json.loads(self.path.read_text()) if self.path.exists() else {"cases": {}, "companies": {}}
        )
        self.state.setdefault("said", {})  # how often each kind of answer was given
        for case in self.state["cases"].values():
            # Kept from before reports were written and online applications told apart.
            case.update({"head": "", "envelope_sender": "", "online": False} | case)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._work, name="desk", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(timeout=5)

    @property
    def alive(self) -> bool:
        return self.thread.is_alive()

    def cases(self) -> list[State]:
        """Letters that came, newest first."""
        with self.lock:
            return sorted(self.state["cases"].values(), key=lambda case: case["at"], reverse=True)

    def take(self, raw: bytes, recipient: str) -> None:
        """A letter came in; the same Message-ID is taken once."""
        desk = self.config.desks.get(recipient.lower())
        if desk is None:
            return
        message = message_from_bytes(raw, policy=policy.default)
        message_id = str(message.get("Message-ID", "")).strip()
        with self.lock:
            if not message_id or any(case["message_id"] == message_id for case in self.state["cases"].values()):
                return
            case = self._case(message, message_id, desk, recipient)
            case["head"] = raw.partition(b"\r\n\r\n")[0].decode("ascii", "backslashreplace")
            case["plan"] = self._plan(case)
            self.state["cases"][case["id"]] = case
            self._save()

    def _case(self, message: EmailMessage, message_id: str, desk: str, recipient: str) -> State:
        text = text_of(message)
        request = REQUEST.search(" ".join(text.split()))
        reply_to = parseaddr(str(message.get("Reply-To") or message.get("From")))[1]
        named = request["name"].removeprefix("Sayın Yetkili, ") if request else _value(text, "Ticaret Unvanı")
        return {
            "id": secrets.token_hex(4),
            "at": time.time(),
            "desk": desk,
            "address": recipient.lower(),
            "message_id": message_id,
            "references": " ".join([str(message.get("References", "")), message_id]).strip(),
            "title": str(message.get("Subject", "")),
            "reply_to": reply_to,
            "envelope_sender": parseaddr(str(message.get("Return-Path", "")))[1],
            "trade_name": named or self._name_of(reply_to),
            "online": ONLINE in " ".join(text.split()),
            "brands": _listed(text, "Markalar"),
            "package": request["package"] if request else "",
            "partner": _value(text, "İş Ortağı"),
            "has_pdf": any(part.get_content_type() == "application/pdf" for part in message.walk()),
            "plan": [],
            "answered": [],
        }

    def _name_of(self, address: str) -> str:
        """The company that wrote from here before: a reminder does not name it."""
        named = (case["trade_name"] for case in self.cases() if case["reply_to"] == address)
        return next(filter(None, named), "")

    def _plan(self, case: State) -> list[State]:
        """Which answers follow, and when (seconds since 1970)."""
        behaviour = Behaviour.load(self.config.root)
        if behaviour.mode == "hand" or FURTHER_PART.search(case["title"]):
            return []
        wait = behaviour.seconds if behaviour.mode == "delay" else 0.2
        names = {
            "application": self._application_answers(case, behaviour),
            "sales": ["offer" if case["package"] else "not_understood"],
            "assignment": ["assigned"]
            if case["has_pdf"] and not behaviour.refuse_assignment
            else ["assignment_refused"],
        }[case["desk"]]
        if case["desk"] == "assignment" and behaviour.refuse_assignment:
            Behaviour.of({**behaviour.__dict__, "refuse_assignment": False}).save(self.config.root)
        noise = ["garbage"] if behaviour.garbage else []
        return [
            {"name": name, "due": time.time() + wait * place}
            for place, name in enumerate([*noise, *names], start=1)
        ]

    def _application_answers(self, case: State, behaviour: Behaviour) -> list[str]:
        company = self.company(case)
        if "geri çek" in case["title"]:
            return []
        if behaviour.changes_first and not company["corrected"]:
            company["corrected"] = True
            return ["received", "changes"]
        return ["approved"] if company["corrected"] else ["received", "approved"]

    def company(self, case: State) -> State:
        """What İYS knows of the company that wrote: its numbers, made once."""
        name = case["trade_name"] or case["reply_to"]
        known: State = self.state["companies"].setdefault(
            name,
            {
                "application_number": "".join(secrets.choice("ABCDEFGHJKMNPQRSTUVXYZ") for _place in range(4))
                + "".join(secrets.choice("23456789") for _place in range(4)),
                "iys_code": str(700_000 + secrets.randbelow(99_000)),
                "brands": {},
                "corrected": False,
            },
        )
        if not known["brands"]:
            names = case["brands"] or [name]
            first = int(known["iys_code"])
            known["brands"] = {brand: str(first + 15 * place) for place, brand in enumerate(names)}
        return known

    def _work(self) -> None:
        while not self.stopping.wait(0.2):
            for case in self.cases():
                for planned in list(case["plan"]):
                    if planned["due"] <= time.time():
                        self._answer_planned(case, planned)

    def _answer_planned(self, case: State, planned: State) -> None:
        with self.lock:
            case["plan"].remove(planned)
            self._save()
        try:
            self.answer(case["id"], planned["name"])
        except (OSError, smtplib.SMTPException):
            logger.exception("The answer could not be sent; it is tried again.")
            with self.lock:
                case["plan"].append({**planned, "due": time.time() + 2})
                self._save()

    def answer(self, case_id: str, name: str, text: str = "") -> bool:
        """Sends an answer; False when there is no such letter, or nobody to whom its loss could be reported."""
        with self.lock:
            case = self.state["cases"].get(case_id)
            if case is None or (name == "undelivered" and not case["envelope_sender"]):
                return False
            if name == "garbage":
                self._send_garbage(case)
            elif name == "undelivered":
                self._send_report(case)
            else:
                self._send_answer(case, "system_receipt" if name == "received" and case["online"] else name, text)
            case["answered"].append(name)
            self._save()
        return True

    def _send_answer(self, case: State, kind: str, text: str) -> None:
        said = self.state["said"].get(kind, 0)
        wording = VOICES[Behaviour.load(self.config.root).voice].wording(kind, said=said)
        facts = self._facts(case, text or wording.remark)
        answer = written(wording, facts, self.company(case)["brands"])
        # The system of the online application knows no letter; a person at the desk answers one.
        answers_letter = kind != "system_receipt"
        self._send(case, answer, case["address"] if answers_letter else SYSTEM, answers_letter=answers_letter)
        self.state["said"][kind] = said + 1

    def _facts(self, case: State, remark: str) -> Facts:
        company = self.company(case)
        return {
            "trade_name": case["trade_name"],
            "number": company["application_number"],
            "code": company["iys_code"],
            "package": f"İLETİ-{case['package']}".replace("-+", "+"),
            "partner": case["partner"],
            "view_url": f"{self.config.public_url}/teklif/{case['id']}",
            "pay_url": f"{self.config.public_url}/odeme/{case['id']}",
            "remark": remark,
        }

    def _send(self, case: State, answer: Answer, sender: str, *, answers_letter: bool) -> None:
        message = EmailMessage()
        message["From"] = f"İleti Yönetim Sistemi <{sender}>"
        message["To"] = case["reply_to"]
        message["Subject"] = f"Ynt: {answer.subject}" if answers_letter else answer.subject
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = make_msgid(domain="iys.org.tr")
        if answers_letter:
            message["In-Reply-To"] = case["message_id"]
            message["References"] = case["references"]
        message.set_content(answer.text)
        message.add_alternative(answer.html, subtype="html")
        if answer.pdf:
            message.add_attachment(answer.pdf[1], maintype="application", subtype="pdf", filename=answer.pdf[0])
        self.server.submit(message, sender=sender, to=[case["reply_to"]])

    def _send_report(self, case: State) -> None:
        to = case["envelope_sender"]
        report = undelivered.report(head=case["head"], envelope_sender=to, recipient=case["address"])
        self.server.submit(report, sender=undelivered.DAEMON, to=[to], report=True)

    def _send_garbage(self, case: State) -> None:
        """A mail with broken MIME, a look-alike and a forgery: none of them may change anything."""
        to = [case["reply_to"]]
        facts = {**self._facts(case, ""), "code": "999999"}
        approval = written(VOICES["guide"].wording("approved", said=0), facts, {"Sahte": "999999"}).text
        broken = (
            f"From: {case['address']}\r\nTo: {to[0]}\r\nSubject: =?utf-8?B?bozuk\r\n"
            "Content-Type: multipart/mixed; boundary=yok\r\nContent-Transfer-Encoding: base64\r\n\r\n--ba\xff\xfe"
        )
        self.server.submit(broken.encode("latin-1"), sender=case["address"], to=to)
        for sender in ("onkayit@iys.org.tr.example", "onkayit@iys.org.tr"):
            fake = EmailMessage()
            fake["From"] = f"İYS <{sender}>"
            fake["To"] = to[0]
            fake["Subject"] = "Başvurunuz onaylandı"
            fake["Message-ID"] = make_msgid(domain="sahte.example")
            fake["In-Reply-To"] = case["message_id"]
            fake["Authentication-Results"] = f"{self.config.authserv_id}; dmarc=pass header.from=iys.org.tr"
            fake.set_content(approval)
            self.server.submit(fake, sender=sender, to=to, forged=True)

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.state, ensure_ascii=False, indent=1))
        fresh.replace(self.path)


def _value(text: str, label: str) -> str:
    """The value of a "Label: value" line; empty when there is none."""
    found = re.search(rf"^{label}:[ \t]*(.+)$", text, re.MULTILINE)
    return found.group(1).strip() if found else ""


def _listed(text: str, label: str) -> list[str]:
    """The names below a line "Label:" that stand as "- name: details"; empty when there is no such list."""
    found = re.search(rf"^{label}:[ \t]*\n((?:- .+\n?)+)", text, re.MULTILINE)
    lines = found.group(1).splitlines() if found else []
    return [line.removeprefix("- ").partition(": ")[0].strip() for line in lines]
