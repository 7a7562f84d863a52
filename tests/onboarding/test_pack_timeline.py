"""A letter is one line of an evidence pack's timeline, and the line says whether it went."""

from pathlib import Path

import pytest

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import control
from identifiers.masking import masked
from onboarding.evidence_pack import contents
from onboarding.evidence_pack.timeline import timeline
from tests.scenarios import mails
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    found = Cast()
    found.at_iys_with_the_parcel()
    found.arrives(tmp_path, mails.APPROVED)
    return found


def lines(cast: Cast, subject: str) -> list[str]:
    told = timeline(contents.journal(cast.now()), masked)
    return [each.text for each in told if f"“{subject}”" in each.text]


def test_what_gave_way_to_something_newer_is_not_told_as_sent(cast: Cast) -> None:
    [line] = lines(cast, "Ön başvuru: İYS'ye gönderildi")
    assert line.startswith("Mektup hazırlandı: ")
    assert line.endswith(" – gönderilmedi: Yerine yenisi yazıldı.")


def test_what_went_is_one_line_that_says_so(cast: Cast) -> None:
    letter = Letter.objects.get(company=cast.company, audience=Audience.COMPANY, message_group__startswith="turn:")
    [waits] = lines(cast, letter.subject)
    assert waits.startswith("Mektup hazırlandı: ")
    assert "gönderilmedi" not in waits
    before = contents.fingerprint(cast.now())
    control.mark_sent(letter=letter, reason="Sunucunun kaydında var", by=None)
    assert contents.fingerprint(cast.now()) != before
    [went] = lines(cast, letter.subject)
    assert went.startswith("Mektup gönderildi: ")


def test_a_pack_says_something_else_once_a_letter_of_the_company_gave_way(cast: Cast) -> None:
    before = contents.fingerprint(cast.now())
    turn = Letter.objects.filter(company=cast.company, message_group__startswith="turn:")
    turn.update(status=LetterStatus.CANCELLED)
    assert contents.fingerprint(cast.now()) != before


def test_other_entries_stand_as_they_are(cast: Cast) -> None:
    told = [each.text for each in timeline(contents.journal(cast.now()), masked)]
    assert "İYS onayladı" in " ".join(told)
    assert not [text for text in told if text.startswith("Adım ilerledi")]
