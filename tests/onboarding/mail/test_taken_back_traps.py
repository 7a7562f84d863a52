"""Traps on mails: what was applied by hand and is taken back leaves nothing behind, and what İYS threatens with
asks for nothing."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from correspondence.models import MailStatus, TaughtSentence
from onboarding.dossier.suggestions import suggest
from onboarding.mail import pipeline, teaching
from onboarding.steps import STATUS_QUERY
from tests.onboarding.admin.test_desk_traps_2 import application_of, of_company
from tests.onboarding.admin.test_mails import QUEUE, UNKNOWN, Seat
from tests.onboarding.admin.test_similar_mails import offered, ticked
from tests.onboarding.mail.test_teaching import CLAIM, reread, row
from tests.scenarios import mails
from tests.scenarios.browser import said

pytestmark = pytest.mark.django_db
HALF = f"{mails.RECEIVED}\nBilinmeyen bir cümledir."
TAUGHT = "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır."
READ = ("kind", "rule", "words", "understood", "doubt", "sentences", "wording", "extracted")
BY_HAND: dict[str, dict[str, str]] = {
    "approve": {"iys_code": "710999", "brands": "Kiraz Çiçeği, 710998"},
    "received": {"iys_application_number": "KT8QW2LM"},
    "ask_changes": {},
    "refuse": {},
}
MEANINGS = ("unknown", "received", "approved", "changes_asked", "refused")
TRACES = re.compile("710999|710998|Kiraz|KT8QW2LM|Yanlışlıkla")


def state(seat: Seat) -> tuple[str, str, str]:
    application = application_of(seat)
    at = application.records.get(step=STATUS_QUERY.key).state
    return seat.now().status, at, application.iys_application_number


def reading(seat: Seat) -> list[Any]:
    """As it is kept, as it is proposed on the page, and under which meanings it is listed."""
    mail, path = seat.now(), f"{QUEUE}?is=hepsi&kind="
    listed = [kind for kind in MEANINGS if str(mail.pk) in seat.client.get(path + kind).content.decode()]
    proposed = re.findall(r"adım: ([^().]+) \(okunan\)", seat.page())
    return [*(getattr(mail, name) for name in READ), listed, proposed]


def decided(seat: Seat, move: str) -> None:
    seat.classify(STATUS_QUERY.key, move, **BY_HAND[move], note="Yanlışlıkla böyle yazıldı")
    assert seat.now().status == MailStatus.APPLIED


def taken_back(seat: Seat) -> None:
    assert said(seat.act("geri-al", "Yanlış"))[-1:] == ["Yanıt geri alındı."]
    pipeline.process_new()
    pipeline.apply_due()
    assert state(seat) == (MailStatus.PERSON, "waiting", "")


@pytest.mark.parametrize(("text", "move"), [
    *((UNKNOWN, move) for move in BY_HAND), (HALF, "approve"), (HALF, "ask_changes"), ("Teşekkürler.", "refuse"),
    (mails.RECEIVED, "approve"), (mails.RECEIVED, "received"), (mails.APPROVED, "ask_changes"),
])  # fmt: skip
def test_what_was_taken_back_leaves_the_mail_as_it_was_read(text: str, move: str) -> None:
    seat, other = of_company(text), of_company(text)
    before = reading(seat)[:-1]
    for each in (seat, other):
        if each.now().status == MailStatus.APPLIED:  # by itself
            taken_back(each)
    alike, proposed = (ticked(other), offered(seat), offered(other)), reading(seat)[-1]
    for _twice in range(2):
        decided(seat, move)
        taken_back(seat)
        assert reading(seat) == [*before, proposed]
        assert (ticked(other), offered(seat), offered(other)) == alike
        assert not TRACES.search(f"{reading(seat)}{seat.page().partition('Geçmiş')[0]}")


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_it_is_read_by_what_is_taught_today_and_moves_nothing_by_itself(when: str) -> None:
    seat, other = of_company(TAUGHT), of_company(TAUGHT.replace("MX3ZB5JA", "KT8QW2LM"))

    def teach() -> None:
        assert seat.mail not in teaching.teach(row(other.mail, other.user, CLAIM, "received"), by=other.user)

    if when == "before":
        teaching.teach(row(other.mail, other.user, CLAIM, "received"), by=other.user)
        taken_back(seat)
    decided(seat, "approve")
    if when == "meanwhile":
        teach()
    taken_back(seat)
    for _twice in range(2):
        mail = seat.now()
        assert (mail.kind, mail.understood, mail.extracted["application_number"]) == ("received", True, "MX3ZB5JA")
        assert reading(seat)[-1] == ["İYS başvuruyu aldı"]
        assert state(seat) == (MailStatus.PERSON, "waiting", "")
        reread()


def test_who_teaches_its_sentence_afterwards_moves_it_and_has_been_told() -> None:
    """By a person's deed, whose page names the mails that will move."""
    seat, other = of_company(TAUGHT), of_company(TAUGHT.replace("MX3ZB5JA", "KT8QW2LM"))
    decided(seat, "approve")
    taken_back(seat)
    assert seat.mail in teaching.teach(row(other.mail, other.user, CLAIM, "received"), by=other.user)
    assert state(seat)[:2] == (MailStatus.APPLIED, "received")


def test_a_sentence_that_is_out_of_use_by_then_is_not_read_by() -> None:
    seat = of_company(TAUGHT)
    before = reading(seat)
    taught = row(seat.mail, seat.user, CLAIM, "received")
    assert teaching.teach(taught, by=seat.user) == [seat.mail]
    taken_back(seat)
    decided(seat, "approve")
    TaughtSentence.objects.update(active=False)
    taught.refresh_from_db()
    teaching.save(taught, by=seat.user)
    taken_back(seat)
    assert reading(seat) == before


@pytest.mark.parametrize("text", [mails.RECEIVED, HALF])
def test_given_to_another_company_it_moves_nothing_there_either(text: str) -> None:
    seat, other = of_company(text), of_company()
    if seat.now().status == MailStatus.PERSON:
        decided(seat, "received")
    taken_back(seat)
    seat.act("ayir", "Başka firmanın")
    seat.attach(application_of(other))
    pipeline.process_new()
    pipeline.apply_due()
    reread()
    assert (seat.now().company, state(seat)) == (other.now().company, (MailStatus.PERSON, "waiting", ""))


@pytest.mark.parametrize("text", [UNKNOWN, HALF])
@pytest.mark.parametrize("left", [None, b"", b"cut"])
def test_of_a_mail_whose_file_is_gone_or_damaged_nothing_of_the_decision_stays(
    text: str, left: bytes | None
) -> None:
    seat, other = of_company(text), of_company(text)
    decided(seat, "approve")
    path = Path(storages["private"].path(seat.mail.stored_name))
    whole = path.read_bytes()
    path.unlink() if left is None else path.write_bytes(whole[:-20] if left else b"")
    taken_back(seat)
    mail = seat.now()
    assert not TRACES.search(str([getattr(mail, name) for name in (*READ, "status_why")]))
    assert (mail.kind, mail.understood) == ("unknown", False)
    assert ("status_query:approve", " selected") not in offered(other)


# What is threatened with.
CIRCULAR = "İmza sirkülerinin noter onaylı hâlini iletmenizi rica ederiz"
THREATS = [
    "aksi halde iptal edilir", "Aksi takdirde kapanır", "AKSİ HALDE İPTAL EDİLİR", "AKSI HALDE kapanır",
    "Aksi hâlde biter", "Aksi\u00a0halde biter", "Aksi\thalde biter",
]  # fmt: skip
NAMING = ["aksi halde web siteniz silinir", "Aksi durumda adresiniz ve markanız silinir"]
KEYS = ["website", "address", "brands", "signature_circular", "undertaking", "tax_plate"]


def told(text: str) -> list[tuple[str, str]]:
    return [(each.key, " ".join(each.remark.split())) for each in suggest(text, KEYS)]


@pytest.mark.parametrize("threat", [*THREATS, *NAMING])
def test_a_threat_is_passed_on_with_what_is_asked_for(threat: str) -> None:
    for between in ("; ", ". ", ".\n", ";\n\n"):
        assert dict(told(f"{CIRCULAR}{between}{threat}."))["signature_circular"] == (
            f"{CIRCULAR}{between.strip()} {' '.join(threat.split())}."
        )
    assert dict(told(f"{threat}. {CIRCULAR}."))["signature_circular"].endswith(f"{CIRCULAR}.")
    long = dict(told(f"{CIRCULAR} {'ve ' * 320}; {threat}. {threat}."))["signature_circular"]
    assert 900 < len(long) <= 1000


@pytest.mark.parametrize("threat", NAMING)
@pytest.mark.parametrize("before", ["", "Eksik belge bulunmaktadır. ", f"{CIRCULAR}; "])
def test_what_a_threat_names_is_not_asked_for(before: str, threat: str) -> None:
    for after in ("", f" {CIRCULAR}."):
        asked = {key for key, _remark in told(f"{before}{threat}.{after}")}
        assert asked == ({"signature_circular"} if CIRCULAR in before + after else set())


def test_several_threats_stay_and_other_words_are_clauses_of_their_own() -> None:
    assert "iptal" in told(f"{CIRCULAR}. Aksi halde bekler. Aksi durumda iptal edilir.")[0][1]
    for word in ("Aksine, ", "Aksilik olmasın, ", "Aksaray'daki "):
        found = dict(told(f"{CIRCULAR}. {word}web siteniz açılmıyor."))
        assert set(found) == {"website", "signature_circular"}, word
        assert "web" not in found["signature_circular"]
