"""The automatic forward from a company's mailbox to its tracking address: tried with a mail of our own."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from correspondence import addresses
from correspondence.incoming.fetching import raw_of
from correspondence.models import Mail, MailStatus, TrackingAddress
from correspondence.reading.parsing import envelope
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from team.letters import post_address_changed, post_forward_test
from team.models import ForwardTest
from tenancy.models import Company, User

AGAIN_AFTER = timedelta(seconds=60)
# A mail that comes back later than this says nothing about the forward of today.
WATCHED_FOR = timedelta(days=2)


class NoCorporateAddress(Exception):
    """There is no address yet from which mail could be forwarded."""


def start(*, company: Company, by: User) -> ForwardTest:
    """Mails a test to the corporate address. A second press within a minute is the same test."""
    if not company.corporate_email:
        raise NoCorporateAddress
    now = timezone.now()
    with transaction.atomic():
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        last = company.forward_tests.first()
        if last is not None and now - last.asked_at < AGAIN_AFTER:
            return last
        test = ForwardTest.objects.create(
            company=company,
            address=addresses.tracking_address(company),
            sent_to=company.corporate_email,
            asked_by=by,
            asked_at=now,
        )
        test.letter = post_forward_test(test)
        test.save(update_fields=["letter"])
    return test


def proof(company: Company) -> ForwardTest | None:
    """The last test that came back to the address in use."""
    current = company.forward_tests.filter(address__retired_at=None).exclude(returned_at=None)
    return current.order_by("-returned_at").first()


def settle() -> int:
    """Looks for tests that came back; returns how many. Their mails are filed: nobody has to decide them.

    A forward that keeps the mail as it is keeps its Message-ID; one that writes a new mail keeps the mark
    in its subject. Either has to have come to the very address that was tested.
    """
    found = 0
    since = timezone.now() - WATCHED_FOR
    open_tests = ForwardTest.objects.filter(returned_at=None, asked_at__gte=since, address__retired_at=None)
    for test in open_tests.select_related("company", "address", "letter"):
        known = Q(subject__contains=test.mark)
        if test.letter is not None:
            known |= Q(message_id=test.letter.message_id)
        for mail in Mail.objects.filter(known, received_at__gte=test.asked_at).exclude(status=MailStatus.NEW):
            if test.address.email in envelope(raw_of(mail)).recipients:
                found += _came_back(test, mail)
                break
    return found


def _came_back(test: ForwardTest, mail: Mail) -> bool:
    with transaction.atomic():
        if not ForwardTest.objects.filter(pk=test.pk, returned_at=None).update(returned_at=timezone.now()):
            return False
        Mail.objects.filter(pk=mail.pk).update(
            company=test.company,
            status=MailStatus.FILED,
            status_why="Yönlendirme denemesi geri geldi: otomatik yönlendirme çalışıyor.",
        )
        write(
            company=test.company,
            event=Event.MAIL_READ,
            text=f"Otomatik yönlendirme çalışıyor: {test.sent_to}",
            party=Party.SYSTEM,
            data={"mail": str(mail.pk)},
        )
    return True


def change_address(*, company: Company, reason: str, by: User) -> TrackingAddress:
    """A new tracking address; the company is told, since its automatic forward leads to the old one."""
    with transaction.atomic():
        fresh = addresses.rotate(company=company, reason=reason, by=by)
        post_address_changed(company, fresh)
    return fresh
