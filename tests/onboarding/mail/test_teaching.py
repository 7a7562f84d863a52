"""A person says once what a sentence means: its mail moves, and the next of that wording by itself."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail, MailStatus, TaughtSentence
from correspondence.reading.understanding import Meaning
from journal.models import Entry, Event
from onboarding.gate import Route
from onboarding.mail import teaching
from onboarding.steps import PACKAGE_CONTRACT, STATUS_QUERY
from partners.models import Partner
from tenancy.models import User
from tests.scenarios.cast import Cast
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
CLAIM = "Dosyanız {numara} sayıyla deftere yazılmıştır"
HARMLESS = "Görüşmelerimizde bu sayıyı söyleyiniz"
WORDS = "Dosyanız {} sayıyla deftere yazılmıştır. Görüşmelerimizde bu sayıyı söyleyiniz."
PAID = "Bedeliniz hesabımıza geçmiştir"


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


@pytest.fixture
def support(ours: Cast) -> User:
    return colleague(*CORRESPONDENCE, partner=ours.company.partner)


def another(code: str, **company: Partner) -> Cast:
    cast = Cast(Route.FULL, code=code, **company)
    cast.at_iys()
    return cast


def row(mail: Mail, by: User, text: str, kind: str = "") -> TaughtSentence:
    return TaughtSentence(text=text, kind=kind, mail=mail, partner=by.partner, taught_by=by)


def teach(
    mail: Mail, by: User, sentences: Sequence[tuple[str, str]] = ((CLAIM, "received"), (HARMLESS, ""))
) -> None:
    for text, kind in sentences:
        teaching.teach(row(mail, by, text, kind), by=by)


def reread(*options: str) -> str:
    out = StringIO()
    call_command("reread", *options, stdout=out)
    return out.getvalue()


def now(mail: Mail) -> tuple[str, str]:
    mail.refresh_from_db()
    return mail.status, mail.kind


def test_an_unknown_wording_is_for_a_person_and_then_known(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, WORDS.format("MX3ZB5JA"))
    assert (mail.status, mail.understood, ours.state(STATUS_QUERY)) == (MailStatus.PERSON, False, "waiting")
    assert [each.meaning for each in sentences_of(mail)] == [Meaning.UNKNOWN] * 2
    assert teaching.teach(row(mail, support, CLAIM, "received"), by=support) == []
    assert now(mail) == (MailStatus.PERSON, "received"), "one sentence is not known yet"
    assert [each.meaning for each in sentences_of(mail)] == [Meaning.CLAIM, Meaning.UNKNOWN]
    assert teaching.teach(row(mail, support, HARMLESS), by=support) == [mail]
    assert now(mail) == (MailStatus.APPLIED, "received")
    assert {each.taught for each in sentences_of(mail)} == set(TaughtSentence.objects.values_list("pk", flat=True))
    assert (ours.state(STATUS_QUERY), ours.now().iys_application_number) == ("received", "MX3ZB5JA")


def test_the_next_companys_mail_of_that_wording_moves_its_step(ours: Cast, support: User, tmp_path: Path) -> None:
    teach(ours.arrives(tmp_path, WORDS.format("MX3ZB5JA")), support)
    other = another("710499")
    mail = other.arrives(tmp_path, WORDS.format("KT8QW2LM"))
    assert (mail.status, mail.understood, other.state(STATUS_QUERY)) == (MailStatus.APPLIED, True, "received")
    assert other.now().iys_application_number == "KT8QW2LM"


def test_what_waits_already_moves_with_it(ours: Cast, support: User, tmp_path: Path) -> None:
    other = another("710499")
    waiting = other.arrives(tmp_path, WORDS.format("KT8QW2LM"))
    teach(ours.arrives(tmp_path, WORDS.format("MX3ZB5JA")), support)
    assert now(waiting) == (MailStatus.APPLIED, "received")
    assert other.state(STATUS_QUERY) == "received"


def test_another_partners_mail_is_not_read_by_it(ours: Cast, support: User, tmp_path: Path) -> None:
    stranger = another("710499", partner=Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş."))
    before = stranger.arrives(tmp_path, WORDS.format("KT8QW2LM"))
    teach(ours.arrives(tmp_path, WORDS.format("MX3ZB5JA")), support)
    after = stranger.arrives(tmp_path, WORDS.format("KT8QW2LM"))
    for mail in (before, after):
        assert now(mail) == (MailStatus.PERSON, "unknown")
    assert stranger.state(STATUS_QUERY) == "waiting"


def test_for_all_it_is_taught_by_who_may_alone(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, WORDS.format("MX3ZB5JA"))
    of_all = row(mail, support, CLAIM, "received")
    of_all.partner = None
    with pytest.raises(teaching.NotTaught, match="yetkiniz yok"):
        teaching.teach(of_all, by=support)
    assert not TaughtSentence.objects.exists()
    ops = colleague(*CORRESPONDENCE, "teach_for_all", partner=ours.company.partner)
    teaching.teach(of_all, by=ops)
    stranger = another("710499", partner=Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş."))
    assert stranger.arrives(tmp_path, WORDS.format("KT8QW2LM").split(". ")[0]).status == MailStatus.APPLIED


@pytest.mark.parametrize("verdict", ["fail", None])
def test_it_gives_no_trust(ours: Cast, support: User, tmp_path: Path, verdict: str | None) -> None:
    mail = ours.arrives(tmp_path, WORDS.format("MX3ZB5JA"), verdict=verdict)
    teach(mail, support)
    assert now(mail) == (MailStatus.PERSON, "received")
    assert ours.state(STATUS_QUERY) == "waiting"


def test_what_the_preview_says_is_what_then_happens(ours: Cast, support: User, tmp_path: Path) -> None:
    other = another("710499")
    found = {
        "moves": other.arrives(tmp_path, "Dosyanız KT8QW2LM sayıyla deftere yazılmıştır."),
        "half": ours.arrives(tmp_path, WORDS.format("MX3ZB5JA")),
        "forged": other.arrives(tmp_path, "Dosyanız KT8QW2LM sayıyla deftere yazılmıştır.", verdict="fail"),
        "apart": ours.arrives(tmp_path, "Bambaşka bir cümledir."),
    }
    filed = other.arrives(tmp_path, "Dosyanız KT8QW2LM sayıyla deftere yazılmıştır.", subject="Dosyalanan")
    Mail.objects.filter(pk=filed.pk).update(status=MailStatus.FILED)
    taught = row(found["half"], support, CLAIM, "received")
    preview = {each.mail.pk: each for each in teaching.preview(taught, by=support)}
    assert set(preview) == {found[name].pk for name in ("moves", "half", "forged")} | {filed.pk}
    assert not TaughtSentence.objects.exists()
    assert {name: teaching.outlook(preview[found[name].pk]) for name in ("moves", "half", "forged")} == {
        "moves": teaching.MOVES,
        "half": "Kararı yine bir kişi verir.",
        "forged": "Gönderen doğrulanmadı: kararı yine bir kişi verir.",
    }
    assert teaching.outlook(preview[filed.pk]) == "Karar verilmişti; değişmez."
    assert teaching.teach(taught, by=support) == [found["moves"]]
    for pk in set(preview) - {filed.pk}:
        mail = Mail.objects.get(pk=pk)
        assert (mail.kind, mail.understood) == (preview[pk].said.kind, not preview[pk].said.doubt)
    assert now(found["apart"]) == (MailStatus.PERSON, "unknown")
    assert now(filed) == (MailStatus.FILED, "unknown")


def test_a_harmless_sentence_alone_moves_nothing(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, f"{HARMLESS}.")
    teach(mail, support, [(HARMLESS, "")])
    assert now(mail) == (MailStatus.PERSON, "unknown")
    assert [each.meaning for each in sentences_of(mail)] == [Meaning.HARMLESS]


def test_a_harmless_sentence_beside_a_known_claim_lets_it_move(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, f"MX3ZB5JA no'lu başvurunuz alınmıştır. {HARMLESS}.")
    assert now(mail) == (MailStatus.PERSON, "received")
    teach(mail, support, [(HARMLESS, "")])
    assert now(mail) == (MailStatus.APPLIED, "received")


def test_out_of_use_the_next_mail_is_for_a_person_again(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, WORDS.format("MX3ZB5JA"))
    teach(mail, support)
    taught = TaughtSentence.objects.get(text=CLAIM)
    taught.active = False
    teaching.save(taught, by=support)
    assert now(mail) == (MailStatus.APPLIED, "received"), "what was applied stays applied"
    other = another("710499")
    assert other.arrives(tmp_path, WORDS.format("KT8QW2LM")).status == MailStatus.PERSON
    taught.active = True
    teaching.save(taught, by=support)
    assert other.state(STATUS_QUERY) == "received", "taken into use again, it reads what waits"


def test_the_same_sentence_is_taught_once(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, WORDS.format("MX3ZB5JA"))
    teach(mail, support, [(CLAIM, "received")])
    with pytest.raises(teaching.NotTaught, match="zaten öğretilmiş"):
        teach(mail, support, [(CLAIM, "refused")])
    assert TaughtSentence.objects.get().kind == "received"
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    theirs = colleague(*CORRESPONDENCE, partner=other)
    teaching.teach(TaughtSentence(text=CLAIM, kind="received", partner=other, taught_by=theirs), by=theirs)
    assert TaughtSentence.objects.count() == 2


def test_the_companys_journal_says_who_taught_what(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, WORDS.format("MX3ZB5JA"), subject="Kaydınız")
    teach(mail, support, [(CLAIM, "received")])
    entry = Entry.objects.get(event=Event.MAIL_HANDLED)
    assert (entry.actor, entry.company) == (support, ours.company)
    assert entry.text == "“Kaydınız”: bir cümlesi öğretildi — Başvuru alındı"
    assert entry.data == {"mail": str(mail.pk), "sentence": TaughtSentence.objects.get().pk}


def test_stored_mails_are_read_again_by_a_command(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır.")
    row(mail, support, CLAIM, "received").save()
    assert "1 e-posta başka okunacaktı" in reread("--dry-run")
    assert (now(mail), ours.state(STATUS_QUERY)) == ((MailStatus.PERSON, "unknown"), "waiting")
    assert "1 e-posta başka okundu." in reread()
    assert (now(mail), ours.state(STATUS_QUERY)) == ((MailStatus.APPLIED, "received"), "received")
    assert "0 e-posta başka okundu." in reread()


def test_what_was_applied_stays_applied(ours: Cast, support: User, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır.")
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.APPLIED)
    row(mail, support, CLAIM, "received").save()
    assert "yapılmış olan değişmez" in reread("--status", "applied")
    assert (now(mail), ours.state(STATUS_QUERY)) == ((MailStatus.APPLIED, "unknown"), "waiting")


def test_a_mail_that_came_too_soon_waits_on_under_its_new_reading(
    ours: Cast, support: User, tmp_path: Path
) -> None:
    mail = ours.arrives(tmp_path, f"{PAID}.")
    teach(mail, support, [(PAID, "payment_received")])
    assert (now(mail), mail.step_key) == ((MailStatus.EARLY, "payment_received"), PACKAGE_CONTRACT.key)


def test_a_mail_that_is_nobodys_is_given_to_a_company_first(ours: Cast, support: User) -> None:
    nobodys = Mail(status=MailStatus.PERSON)
    assert not teaching.may_teach(support, nobodys)
    nobodys.partner = ours.company.partner
    assert teaching.may_teach(support, nobodys)
    nobodys.status = MailStatus.APPLIED
    assert not teaching.may_teach(support, nobodys)
