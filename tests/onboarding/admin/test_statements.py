"""How many statements support's page of a case takes: few, and none more for a longer history."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onboarding import applications
from onboarding.actions import casework, notes
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM, Actor
from onboarding.attention import marks
from onboarding.models import Attention
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from support import asking
from tenancy.models import User
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import PAPERS, STAFF, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support, colleague

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]
# What is said to the wall before a statement; the values in it, and how many of them.
WALL = re.compile(r"^(?:SET LOCAL [^;]*; )+")
VALUES = re.compile(r"'[^']*'|\b\d+\b")
SEVERAL = re.compile(r"\(\(?\?\)?(?:, \(?\?\)?)*\)")


class Case:
    """A company with support beside it: what goes on between them, over and over."""

    def __init__(self, folder: Path, code: str = Cast.code) -> None:
        self.folder = folder
        self.cast = Cast(code=code)
        self.support = Support(self.cast.application)
        _has_been_there_for_long(self.support.user)
        self.colleague = colleague(*REVIEW, *CORRESPONDENCE, partner=self.cast.company.partner)

    def talks(self) -> None:
        """Notes, a mark, a talk with the company, and a mail that waits for people."""
        cast, application, user = self.cast, self.cast.now(), self.support.user
        for by, to in ((user, self.colleague), (self.colleague, user)):
            notes.add(application=application, by=by, text="Bakar mısın?", key=uuid4(), people=[to])
        staff = Actor(STAFF.party, user)
        marks.mark_by_hand(application=application, step=PRE_APPLICATION, text="Kargo gecikti", actor=staff)
        for mark in Attention.objects.filter(record__application=application, settled_at=None):
            marks.settle(mark=mark, note="Geldi", actor=staff)
        question = asking.ask(company=cast.company, by=cast.people["owner"], text="Ne kadar sürer?", page="/")
        asking.answer(question=question, by=user, text="İki gün")
        asking.add(question=question, by=cast.people["editor"], text="Teşekkürler")
        cast.arrives(self.folder, "Bizi arayın lütfen.")

    def corrects(self) -> None:
        """A round of corrections, until support has the company's answer."""
        cast = self.cast
        cast.arrives(self.folder, mails.CHANGES)
        cast.application = application = cast.now()
        submission.ask_changes(
            application=application,
            step=STATUS_QUERY,
            remarks=[("website", "Açılmıyor"), *((kind, "Okunmuyor") for kind in PAPERS)],
            actor=Actor(STAFF.party, self.support.user),
            expected_version=cast.record(STATUS_QUERY).version,
        )
        cast.hand_in(*PAPERS)
        cast.submit()

    def goes_back_to_iys(self) -> None:
        self.cast.move(STATUS_QUERY, "send_correction")
        self.cast.move(STATUS_QUERY, "letter_sent", SYSTEM)

    def applies_again(self) -> None:
        cast = self.cast
        cast.move(STATUS_QUERY, "refuse", IYS, "Evrak eksik")
        cast.move(STATUS_QUERY, "offer_again", STAFF, "Yeniden denensin")
        cast.application = applications.apply_again(company=cast.company, actor=cast.owner)
        cast.manual()

    def opened(self) -> Counter[str]:
        """The statements of the page by their shapes; of a page that is not the session's first."""
        self.support.application = self.cast.now()
        self.support.open()
        with CaptureQueriesContext(connection) as queries:
            assert self.support.open().status_code == 200
        return Counter(_shape(query["sql"]) for query in queries)


def _has_been_there_for_long(user: User) -> None:
    user.second_factor_from = timezone.now() - timedelta(days=400)
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def _shape(statement: str) -> str:
    return SEVERAL.sub("(?)", VALUES.sub("?", WALL.sub("", statement)))


def in_review(case: Case, times: int) -> None:
    """Attempt after attempt, the last one with the company's answer to İYS."""
    for _time in range(times):
        case.cast.at_iys()
        case.corrects()
        case.talks()
        case.goes_back_to_iys()
        case.applies_again()
    case.cast.at_iys()
    for _time in range(times - 1):
        case.corrects()
        case.talks()
        case.goes_back_to_iys()
    case.corrects()
    case.talks()
    casework.take(application=case.cast.now(), user=case.support.user)


def at_the_end(case: Case, times: int) -> None:
    """All six steps done."""
    case.cast.finished()
    for _time in range(times):
        case.talks()


# The most statements that a page may take.
MOST: Mapping[Callable[[Case, int], None], int] = {in_review: 36, at_the_end: 40}


@pytest.mark.parametrize("history", MOST, ids=lambda history: history.__name__)
def test_a_case_takes_few_statements_however_long_its_history_is(
    history: Callable[[Case, int], None], tmp_path: Path
) -> None:
    short, long = Case(tmp_path), Case(tmp_path, "710499")
    history(short, 1)
    history(long, 3)
    submitted()  # the next case
    few, many = short.opened(), long.opened()
    assert many - few == Counter()
    assert {shape: times for shape, times in few.items() if times > 1} == {}
    assert few.total() <= MOST[history], "\n".join(few)
