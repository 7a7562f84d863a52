"""Four eyes: nobody of support decides on a company that they belong to, belonged to, or asked to join."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Mail, MailStatus
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actor import Actor, NotAllowed
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform, undo
from team import people
from tenancy.models import Company, JoinRequest, User
from tenancy.roles import Role
from tenancy.walls import own_companies
from tests.scenarios.browser import words
from tests.scenarios.camp import Camp
from tests.scenarios.factories import MembershipFactory
from tests.scenarios.support import colleague
from tests.tenancy.test_admin_wall import ACTS, DOCUMENT, MODELS, Staff
from tests.tenancy.test_wall import rows, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("camp")]
# Models whose rows belong to one company.
OF_A_COMPANY = (
    "onboarding_application", "onboarding_queueitem", "correspondence_letter", "correspondence_mail",
    "correspondence_trackingaddress", "journal_entry", "tenancy_joinrequest", "tenancy_membership",
    "support_question", "brands_brand",
)  # fmt: skip
OWN = "destek ekibinden başka biri vermeli"


def joined(company: Company, user: User) -> None:
    MembershipFactory.create(company=company, user=user, role=Role.VIEWER)


def left(company: Company, user: User) -> None:
    people.remove(membership=MembershipFactory.create(company=company, user=user), by=people.Doer(user))


def asked(company: Company, user: User) -> None:
    JoinRequest.objects.create(company=company, user=user, trade_name="Gizli", settled_at=timezone.now())


PARTS = (joined, left, asked)


@pytest.mark.parametrize("superuser", [False, True], ids=["support", "superuser"])
def test_nobody_of_support_has_to_do_with_a_company_of_their_own(staff: Staff, superuser: bool) -> None:
    """Each page and button of each row that belongs to the company, for who has every right otherwise.

    What makes the company theirs is one question for all pages, so the pages are shared out among the answers.
    """
    company = staff.cast.company
    who: User = staff.support if not superuser else User.objects.get(is_superuser=True)
    client, wrong, tried = staff.clients[2 if superuser else 0], [], 0
    pages = [
        reverse(f"admin:{kind}_{page}", args=[staff.row(kind)])
        for kind in (*OF_A_COMPANY, "tenancy_company")
        for page in ("change", "history", "delete")
    ]
    for name, (args, _due) in ACTS.items():
        kind = next(each for each in MODELS if name.startswith(f"{each}_"))
        pages += [reverse(f"admin:{name}", args=[staff.row(kind), *args])] if kind in OF_A_COMPANY else []
    pages += [reverse(f"admin:{DOCUMENT}", args=[staff.cast.application.pk, company.documents.all()[0].pk])]
    pages += [path for path, _due in staff.people_acts()]
    for number, part in enumerate(PARTS):
        with undone():
            part(company, who)
            before = rows()
            for path in pages[number :: len(PARTS)]:
                for got in (client.get(path), client.post(path, {"note": "x", "reason": "x", "email": who.email})):
                    tried += 1
                    told = f"{path} of who {part.__name__}"
                    wrong += [f"{told}: {got.status_code}"] if got.status_code not in (403, 422) else []
                    wrong += [f"{told}: nothing is said"] if superuser and OWN not in words(got) else []
            wrong += [f"changed: {row}" for row in rows() ^ before]
    assert tried > 100
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", PARTS)
def test_who_belongs_belonged_or_asked_meets_the_same_closed_door(
    staff: Staff, part: Callable[[Company, User], None]
) -> None:
    cast = staff.cast
    part(cast.company, staff.support)
    assert own_companies(staff.support).get() == cast.company
    for kind in ("onboarding_application", "correspondence_mail", "journal_entry"):
        path = reverse(f"admin:{kind}_change", args=[staff.row(kind)])
        assert staff.clients[0].get(path).status_code == 403


def test_no_move_is_made_by_support_in_a_company_of_their_own(staff: Staff) -> None:
    """Below all pages, whatever leads there: as support, and as witness of what İYS said."""
    cast, who = staff.cast, staff.support
    joined(cast.company, who)
    before = rows()
    for party in (Party.STAFF, Party.IYS):
        with pytest.raises(NotAllowed, match=OWN):
            perform(application=cast.application, step=PRE_APPLICATION, move="approve", actor=Actor(party, who))
    assert rows() == before
    entries = list(Entry.objects.filter(application_id=cast.application.pk, event=Event.MOVED))
    with pytest.raises(NotAllowed, match=OWN):
        undo(application=cast.application, entries=entries, actor=Actor(Party.STAFF, who), reason="x")
    cast.move(PRE_APPLICATION, "approve", Actor(Party.STAFF, colleague(partner=cast.company.partner)))


def test_a_mail_is_not_given_to_a_company_of_ones_own(staff: Staff) -> None:
    joined(staff.cast.company, staff.support)
    mail = Mail.objects.create(
        mailbox="m", folder="INBOX", uid_validity=1, uid="9", stored_name="x", sha256="9" * 64, size=1,
        partner=staff.cast.company.partner, status=MailStatus.PERSON,
    )  # fmt: skip
    path = reverse("admin:correspondence_mail_attach", args=[mail.pk])
    got = staff.clients[0].post(path, {"company": str(staff.cast.company.pk)})
    assert got.status_code == 403
    assert OWN in words(got)
    mail.refresh_from_db()
    assert mail.company is None


@pytest.fixture(scope="module")
def hired(camp: Camp) -> Callable[[], Staff]:
    return camp.reached(Staff)


@pytest.fixture
def staff(hired: Callable[[], Staff]) -> Staff:
    return hired()
