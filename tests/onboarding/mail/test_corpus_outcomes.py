"""The mails of the corpus that say what becomes of them, taken in and applied in the corpus's own world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from correspondence.addresses import signed_address
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from onboarding.models import StepRecord
from partners.models import Partner
from tenancy.models import Company
from tests.correspondence.reading.test_mail_corpus import NAMES, expected_of
from tests.mails import make
from tests.onboarding.mail.test_forged_mails import at_iys
from tests.scenarios.factories import MembershipFactory, UserFactory
from tests.scenarios.mailbox import Maildir

pytestmark = pytest.mark.django_db
TOLD = [name for name in NAMES if "outcome" in expected_of(name)]
BECAME = {
    # What concerns a later step is applied when that opens.
    "moves": {MailStatus.APPLIED, MailStatus.EARLY},
    "person": {MailStatus.PERSON},
    "filed": {MailStatus.FILED},
}
Standing = list[tuple[str, str, int]]


def standing() -> Standing:
    return list(StepRecord.objects.order_by("pk").values_list("state", "turn", "version"))


@pytest.fixture
def letter() -> Letter:
    """A's letter to İYS, which İYS has not answered; B's beside it."""
    ours = at_iys(make.TOKEN_A, make.LETTER_A, make.NUMBER_A, make.CODE_A)
    Company.objects.filter(pk=ours.company.pk).update(trade_name="MAVİ DENİZ TURİZM ANONİM ŞİRKETİ")
    # The partner whom the corpus' assignments name, by the name it goes by and by its title.
    Partner.objects.filter(pk=ours.company.partner_id).update(name="Euromsg")
    MembershipFactory.create(company=ours.company, user=UserFactory.create(email=make.MEMBER))
    at_iys(make.TOKEN_B, make.LETTER_B, make.NUMBER_B, make.CODE_B)
    letter = Letter.objects.get(message_id=make.LETTER_A)
    Letter.objects.filter(pk=letter.pk).update(status=LetterStatus.SENT)
    return letter


def taken(folder: Path, letter: Letter) -> Iterator[tuple[str, Mail, bool]]:
    """Each mail by itself, in the same world: (name, what became of it, whether a step moved)."""
    before = standing()
    for name in TOLD:
        raw = (make.FOLDER / f"{name}.eml").read_bytes()
        raw = raw.replace(make.ENVELOPE_A.encode(), signed_address(letter.pk).encode())
        raw = raw.replace(make.ENVELOPE_A.upper().encode(), signed_address(letter.pk).upper().encode())
        with transaction.atomic():
            mail = Maildir(folder / name).brings(raw)
            yield name, mail, standing() != before
            transaction.set_rollback(True)


def test_each_becomes_what_the_corpus_says(tmp_path: Path, letter: Letter) -> None:
    assert len(TOLD) > 200
    wrong = []
    for name, mail, moved in taken(tmp_path, letter):
        outcome = expected_of(name)["outcome"]
        wanted = [outcome] if isinstance(outcome, str) else outcome
        expected = {status for each in wanted for status in BECAME[each]}
        if mail.status not in expected or moved != (mail.status == MailStatus.APPLIED):
            wrong.append((name, wanted, str(mail.status), moved, mail.status_why, mail.sender_authentication_why))
    assert not wrong, "\n".join(map(str, wrong))
