"""Whose mails a taught sentence holds for."""

import logging

import pytest

from correspondence.incoming import taught
from correspondence.models import Mail, TaughtSentence
from correspondence.reading.kinds import Kind
from partners.models import Partner
from tests.scenarios.factories import CompanyFactory, PartnerFactory

pytestmark = pytest.mark.django_db
TEXT = "Dosyanız {numara} sayıyla deftere yazılmıştır"


@pytest.fixture
def ours() -> Partner:
    return PartnerFactory.create()


@pytest.fixture
def theirs() -> Partner:
    return Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")


def of(partner: Partner, *, matched: bool = True) -> Mail:
    """A mail of a company of the partner's, or one that came into its mailbox and is nobody's yet."""
    return Mail(company=CompanyFactory.create(partner=partner)) if matched else Mail(partner=partner)


def known(mail: Mail) -> list[str]:
    return [each.pattern.source for each in taught.active().of(mail)]


def test_what_a_partner_taught_reaches_its_own_mails_alone(ours: Partner, theirs: Partner) -> None:
    row = TaughtSentence.objects.create(partner=ours, text=TEXT, kind="received")
    for matched in (True, False):
        assert known(of(ours, matched=matched)) == [TEXT]
        assert known(of(theirs, matched=matched)) == []
    assert known(Mail()) == []
    (found,) = taught.active().of(of(ours))
    assert (found.kind, found.taught) == (Kind.RECEIVED, row.pk)


def test_a_mail_of_a_company_is_its_partners_whoever_s_mailbox_it_came_into(
    ours: Partner, theirs: Partner
) -> None:
    TaughtSentence.objects.create(partner=ours, text=TEXT)
    TaughtSentence.objects.create(partner=theirs, text="Başka bir cümledir bu")
    strayed = Mail(company=CompanyFactory.create(partner=ours), partner=theirs)
    assert known(strayed) == [TEXT]


def test_what_was_taught_for_all_reaches_every_mail(ours: Partner, theirs: Partner) -> None:
    TaughtSentence.objects.create(text=TEXT)
    for mail in (of(ours), of(theirs), of(ours, matched=False), Mail()):
        assert known(mail) == [TEXT]


def test_what_is_out_of_use_is_not_known(ours: Partner) -> None:
    TaughtSentence.objects.create(partner=ours, text=TEXT, active=False)
    assert known(of(ours)) == []


@pytest.mark.parametrize("broken", ["{olmayan} dosyanız yazıldı", "dosyanız) yazıldı", "(dosyanız yazıldı", ""])
def test_a_row_that_cannot_be_read_stops_no_other(
    ours: Partner, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    row = TaughtSentence.objects.create(partner=ours, text=broken)
    TaughtSentence.objects.create(partner=ours, text=TEXT)
    with caplog.at_level(logging.WARNING):
        assert known(of(ours)) == [TEXT]
    assert f"Taught sentence {row.pk} is not used" in caplog.text
