"""Writes the corpus anew: `python -m tests.mails.make`. Each mail is NAME.eml, what is expected of it NAME.json.

The world of the corpus: companies A and B with their tracking addresses, A's address that is no longer in use,
a letter to İYS of each, the signed envelope sender of A's letter, their numbers at İYS, and one member of A.
All of it is invented.

What is expected, beside `kind` (None: any), `sender_authentication`, `owner`, `forwarded`, `extracted` and
`dangerous` (it moves nothing by itself): `outcome` is "moves" (a machine moves the step), "person" (a person
decides) or "filed" (nobody has to look), or a list of those where more than one is right; `report` is what a
delivery report says (see `report_parts`).
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DOMAIN = "takip.portal.example"
OURS = "mx.portal.example"
TOKEN_A, TOKEN_B, OLD_TOKEN_A = "a" * 20, "b" * 20, "r" * 20
TO_A, TO_B, TO_OLD_A = (f"t-{token}@{DOMAIN}" for token in (TOKEN_A, TOKEN_B, OLD_TOKEN_A))
ENVELOPE_A = f"b-{'l' * 26}-{'m' * 16}@{DOMAIN}"
LETTER_A, LETTER_B = f"<mektup-a@{DOMAIN}>", f"<mektup-b@{DOMAIN}>"
NUMBER_A, NUMBER_B = "MX3ZB5JA", "QT7KD2WP"
CODE_A, CODE_B = "710482", "820593"
MEMBER = "ada@mavideniz.example"
IYS = "onkayit@iys.org.tr"
STRANGER = "kim@saldirgan.example"
BYE = "\n\nSaygılarımızla,\nİleti Yönetim Sistemi A.Ş.\n"

Expected = dict[str, Any]


def passed(domain: str = "iys.org.tr", server: str = OURS) -> str:
    return f"Authentication-Results: {server}; dmarc=pass header.from={domain}\n"


class Corpus:
    def __init__(self) -> None:
        self.mails: dict[str, tuple[bytes, Expected]] = {}

    def add(
        self,
        name: str,
        words: str | bytes,
        *,
        kind: str | None = "unknown",
        sender_authentication: str = "verified",
        owner: str | None = "A",
        sender: str | None = IYS,
        to: str = TO_A,
        title: str = "Başvurunuz hakkında",
        results: str | None = None,
        extra: str = "",
        mime: str = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
        **expected: Any,
    ) -> None:
        """`results` are the lines above the mail's own headers; `extra` further headers below."""
        top = passed() if results is None else results
        head = f"{top}From: {sender}\n" if sender is not None else top
        head += f"To: {to}\nSubject: {title}\nDate: Tue, 24 Nov 2026 14:05:00 +0300\n"
        head += f"Message-ID: <{name}@iys.org.tr>\n{extra}MIME-Version: 1.0\n{mime}\n"
        body = words.encode() if isinstance(words, str) else words
        raw = head.encode("utf-8", "surrogateescape").replace(b"\n", b"\r\n") + body.replace(b"\n", b"\r\n")
        self.raw(name, raw, kind=kind, sender_authentication=sender_authentication, owner=owner, **expected)

    def raw(self, name: str, raw: bytes, **expected: Any) -> None:
        assert name not in self.mails, name
        self.mails[name] = (raw, {"dangerous": False, "forwarded": False, "extracted": {}, **expected})

    def danger(self, name: str, words: str | bytes, **more: Any) -> None:
        """A mail that must move nothing; who it is taken for and what it says is told by `more`."""
        self.add(
            name, words, **{"sender_authentication": "unverified", "kind": "approved", "dangerous": True, **more}
        )


def corpus() -> Corpus:
    """All families together."""
    from tests.mails import forgeries, machines, no_reports, ordinary, reports, results, shapes

    message_group = Corpus()
    for family in (ordinary, shapes, machines, reports, no_reports, forgeries, results):
        family.add_to(message_group)
    return message_group


def write(message_group: Corpus) -> None:
    for kind in ("*.eml", "*.json"):
        for old in FOLDER.glob(kind):
            old.unlink()
    for name, (raw, expected) in message_group.mails.items():
        (FOLDER / f"{name}.eml").write_bytes(raw)
        written = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(written + "\n")


if __name__ == "__main__":
    write(corpus())
