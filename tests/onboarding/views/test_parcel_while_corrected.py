"""Whether the undertaking's original is to be sent while İYS's corrections are made and looked at."""

import pytest

from onboarding.actions.pre_application import remarks as answers
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.dossier import parcel_due
from onboarding.dossier.parcel_due import When
from onboarding.steps import STATUS_QUERY
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db
LATER, NOW = "Taahhütnamenin aslını sonra kargolayın", "Taahhütnamenin aslını kargolayın"


def asked(*fields: str) -> Cast:
    cast = Cast()
    cast.at_iys()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Düzeltin")
    remarks = [(field, "Düzeltin") for field in fields]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)
    return cast


@pytest.mark.parametrize("field", ["website", "signatory_name", "together", "undertaking", ""])
def test_nobody_sends_what_the_correction_may_make_void(field: str) -> None:
    cast = asked(field)
    for page in ("board", "pre_application"):
        assert "Henüz göndermediyseniz bekleyin" in cast.open(
            page
        ) or "Önce taahhütnameyi yeniden imzalayıp" in cast.open(page)
    board = cast.open("board")
    assert LATER in board
    assert "İYS'ye gönderin, sonra" not in board


def test_what_is_not_printed_on_it_does_not_keep_it() -> None:
    assert NOW in asked("signature_circular").open("board")


def test_until_the_correction_was_looked_at_support_is_not_said_to_read_iyss_answer() -> None:
    cast = asked("website", "signature_circular")
    cast.write(website="https://yeni.example")
    assert parcel_due.when(cast.now()) is When.AFTER_THE_CORRECTION
    cast.downloads()
    cast.hand_in("undertaking", page_count=3)
    assert parcel_due.when(cast.now()) is When.AFTER_THE_LOOK
    cast.submit()
    page = cast.open("status_query")
    assert "destek ekibimiz düzeltmenize bakıyor" in cast.open("board")
    assert "yanıtına" not in page
    cast.move(STATUS_QUERY, "send_correction")
    cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    assert NOW in cast.open("board")


def test_an_answer_that_it_is_right_may_still_be_another_one_until_it_is_sent() -> None:
    cast = asked("website")
    remark = cast.now().remarks.get(settled_at=None)
    answers.answer(application=cast.now(), remark=remark, text="Doğru", actor=cast.owner)
    assert LATER in cast.open("board")
