"""Every mail of tests/mails is read as its maker says; none of the dangerous ones may move anything."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from correspondence.incoming import ties
from correspondence.incoming.authentication import SenderAuthentication, Verdict, authenticate
from correspondence.incoming.matching import Clues, Owners, clues, decide
from correspondence.reading.bounces import Report
from correspondence.reading.classification import read
from correspondence.reading.kinds import Kind
from correspondence.reading.machines import report_of
from correspondence.reading.parsing import Content, Envelope, content, envelope
from correspondence.reading.result import Reading
from tests.mails import make
from tests.mails.make import FOLDER, OLD_TOKEN_A, TOKEN_A, TOKEN_B

NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))
IYS_DOMAINS = frozenset({"iys.org.tr"})
MOVES_BY_IYS = frozenset(Kind) - {Kind.UNKNOWN, Kind.AUTO_REPLY, Kind.BOUNCE, Kind.PACKAGE_REQUEST}
TOKENS, OLD_TOKENS = {TOKEN_A: "A", TOKEN_B: "B"}, {OLD_TOKEN_A: "A"}
LETTERS = {make.LETTER_A: "A", make.LETTER_B: "B"}
NUMBERS = {make.NUMBER_A: "A", make.CODE_A: "A", make.NUMBER_B: "B", make.CODE_B: "B"}
THEIRS = {
    "A": ties.Names(make.NUMBER_A, make.CODE_A, "MAVİ DENİZ TURİZM ANONİM ŞİRKETİ"),
    "B": ties.Names(make.NUMBER_B, make.CODE_B, "KIRMIZI KAYA GIDA LİMİTED ŞİRKETİ"),
}
# Who may be named in any mail: İYS, and the partner.
NEUTRAL = ("İleti Yönetim Sistemi A.Ş.", "Kıyı İletişim Hizmetleri A.Ş.")
MEMBERS = {"A": frozenset({make.MEMBER})}


class Taken:
    """What the portal makes of a mail of the corpus, in the corpus's own world."""

    def __init__(self, raw: bytes) -> None:
        head, body = envelope(raw), content(raw)
        found = clues(head, body, tracking_domain=make.DOMAIN)
        owners = Owners(
            by_token=frozenset(TOKENS[token] for token in found.tokens & TOKENS.keys()),
            by_old_token=frozenset(OLD_TOKENS[token] for token in found.tokens & OLD_TOKENS.keys()),
            by_thread=frozenset(LETTERS[key] for key in self._letters(head, body, found) if key in LETTERS),
            by_number=frozenset(NUMBERS[number] for number in found.numbers & NUMBERS.keys()),
        )
        self.head, self.body, self.report = head, body, report_of(head, body)
        self.words = ties.words_of(head, body)
        before = self._authenticate(frozenset())
        self.owner = decide(
            owners, authenticated=before.sender_authentication is SenderAuthentication.VERIFIED
        ).key
        self.verdict: Verdict = self._authenticate(MEMBERS.get(self.owner or "", frozenset()))
        self.reading: Reading = read(head, body)

    def _letters(self, head: Envelope, body: Content, found: Clues) -> tuple[str, ...]:
        """Those that it answers, came back to the address of, or reports about."""
        addressed = (make.LETTER_A,) if make.ENVELOPE_A in head.recipients else ()
        bounced = read(head, body).extracted.bounced_ids
        return (*found.message_ids, *addressed, *bounced)

    def _authenticate(self, members: frozenset[str]) -> Verdict:
        return authenticate(self.head, authserv_id=make.OURS, iys_domains=IYS_DOMAINS, members=members)

    @property
    def tied(self) -> bool:
        """Whether it answers a letter of its owner's, or came back to it, or names what only the owner has."""
        if self.owner is None or ties.of_another(self.words, THEIRS[self.owner], NEUTRAL):
            return False
        found = clues(self.head, self.body, tracking_domain=make.DOMAIN)
        answers = any(LETTERS.get(key) == self.owner for key in found.message_ids)
        at_tracking = any(TOKENS.get(token) == self.owner for token in found.tokens)
        named = ties.named(self.words, THEIRS[self.owner], at_tracking_address=at_tracking)
        return answers or make.ENVELOPE_A in self.head.recipients or bool(named)

    @property
    def acts(self) -> bool:
        """Whether a step may move by this mail alone."""
        if self.owner is None or self.reading.forwarded or self.reading.doubt or not self.tied:
            return False
        if self.verdict.sender_authentication is SenderAuthentication.COMPANY:
            return self.reading.kind is Kind.PACKAGE_REQUEST
        return (
            self.verdict.sender_authentication is SenderAuthentication.VERIFIED
            and self.reading.kind in MOVES_BY_IYS
        )


def expected_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return found


def test_the_corpus_is_large_and_whole() -> None:
    assert len(NAMES) >= 150
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_taken_for_what_it_is(name: str) -> None:
    expected = expected_of(name)
    taken = Taken((FOLDER / f"{name}.eml").read_bytes())
    if expected["kind"] is not None:
        assert expected["kind"] in (None, taken.reading.kind), taken.reading
    assert taken.verdict.sender_authentication == expected["sender_authentication"], taken.verdict.why
    assert taken.owner == expected["owner"]
    assert taken.reading.forwarded == expected["forwarded"]
    told = json.loads(json.dumps(asdict(taken.reading.extracted)))
    assert {key: told[key] for key in expected["extracted"]} == expected["extracted"]
    if "report" in expected:
        _says(taken.report, expected["report"])
    if "text" in expected:
        assert taken.body.text == expected["text"]
    if "subject" in expected:
        assert taken.head.subject == expected["subject"]
    assert not (expected["dangerous"] and taken.acts)
    if expected.get("outcome") == "moves" and taken.reading.kind is not Kind.BOUNCE:
        assert taken.acts, taken.reading.doubt


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_keeps_its_words_its_links_and_its_attachments(name: str) -> None:
    expected = expected_of(name)
    body = content((FOLDER / f"{name}.eml").read_bytes())
    assert [words for words in expected.get("says", ()) if words not in body.text] == [], body.text
    assert [words for words in expected.get("says_not", ()) if words in body.text] == [], body.text
    assert [words for words in expected.get("shows", ()) if words not in body.full_text] == [], body.full_text
    hrefs = {link.href for link in body.links}
    assert [href for href in expected.get("links", ()) if href not in hrefs] == [], hrefs
    filenames = [attachment.filename for attachment in body.attachments]
    assert [file for file in expected.get("attachments", ()) if file not in filenames] == [], filenames


def has_words(expected: dict[str, Any]) -> bool:
    """What a mail is taken for is read out of words; `shows: []` tells of a mail that has none."""
    told = [*expected.get("says", ()), *expected.get("shows", ())]
    return bool(told) or ("shows" not in expected and expected["kind"] not in (None, "unknown"))


def test_no_mail_that_has_words_comes_out_without_text() -> None:
    speaking = [name for name in NAMES if has_words(expected_of(name))]
    silent = [name for name in speaking if not content((FOLDER / f"{name}.eml").read_bytes()).full_text.strip()]
    assert len(speaking) >= 500
    assert silent == []


def _says(report: Report | None, told: dict[str, Any]) -> None:
    assert report is not None
    if "action" in told:
        assert report.action in ([told["action"]] if isinstance(told["action"], str) else told["action"])
    if "recipients" in told:
        assert set(report.recipients) == set(told["recipients"])
    if "letters" in told:
        assert set(report.message_ids) == set(told["letters"])


def test_the_files_are_what_their_maker_writes() -> None:
    made = make.corpus().mails
    assert sorted(made) == NAMES
    for name, (raw, expected) in made.items():
        assert (FOLDER / f"{name}.eml").read_bytes() == raw
        assert expected_of(name) == json.loads(json.dumps(expected))
