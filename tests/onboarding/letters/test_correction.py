"""The letter of a correction says of each thing what became of it, and claims nothing that was not done."""

import pytest

from correspondence.models import Audience, Letter
from correspondence.outgoing.bodies import body_of
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.letters import drafts
from onboarding.models import Remark
from onboarding.steps import STATUS_QUERY
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
WEBSITE, CIRCULAR = "Web Sitesi", "İmza sirküleri"
ANSWER = "Site açılıyor, yeniden deneyin."


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    cast.at_iys()
    asks(cast, ("signature_circular", "Okunmuyor"), ("website", "Açılmıyor"))
    return cast


def asks(cast: Cast, *remarks: tuple[str, str]) -> None:
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="Eksikler var")
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)


def answer(cast: Cast, text: str = ANSWER) -> None:
    remark = Remark.objects.filter(settled_at=None).get(field="website")
    cast.answer("answer_remark", remark.pk, answer=text)


def letter(cast: Cast) -> str:
    """The words that went to İYS."""
    cast.move(STATUS_QUERY, "send_correction")
    found = Letter.objects.filter(audience=Audience.IYS).latest("created_at")
    words = body_of(found)
    for said in replies(words.text):
        label, _colon, rest = said.partition(": ")
        assert label in words.html
        assert rest in words.html
    return words.text


def replies(text: str) -> list[str]:
    listed = text.partition("İstediğiniz düzeltmeler:\n")[2].partition("\n\n")[0]
    return [line.removeprefix("- ") for line in listed.splitlines()]


def test_what_was_changed_and_what_was_answered_are_told_apart(cast: Cast) -> None:
    cast.send("upload", "signature_circular", file=upload(blank_pdf(5), "yeni.pdf"))
    answer(cast)
    wanted = [f"{CIRCULAR}: Düzeltildi.", f"{WEBSITE}: Değiştirilmedi. Açıklamamız: {ANSWER}"]
    record = submission.open_record(cast.now())
    assert record is not None
    approved = submission.letter_to_approve(cast.now(), record)
    assert approved is not None
    assert replies(approved.body.text) == wanted
    assert ANSWER in cast.open("review")
    cast.press("review", "submit")
    sent = letter(cast)
    assert replies(sent) == wanted
    assert "düzeltmeler yapılmıştır" not in sent


def test_what_support_sent_back_is_said_once_and_by_what_iys_has(cast: Cast) -> None:
    cast.send("upload", "signature_circular", file=upload(blank_pdf(5), "yeni.pdf"))
    answer(cast, "Bakarız")
    cast.press("review", "submit")
    again = [("website", "Daha açık yazın")]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=again, actor=STAFF)
    answer(cast)
    cast.press("review", "submit")
    sent = letter(cast)
    assert replies(sent) == [f"{CIRCULAR}: Düzeltildi.", f"{WEBSITE}: Değiştirilmedi. Açıklamamız: {ANSWER}"]
    assert "Daha açık yazın" not in sent


def test_each_round_has_its_own_answers(cast: Cast) -> None:
    cast.submit()
    cast.move(STATUS_QUERY, "send_correction")
    cast.move(STATUS_QUERY, "letter_sent", SYSTEM)
    Remark.objects.create(application=cast.now(), step=STATUS_QUERY.key, text="Adres", by_iys=True, round=2)
    asks(cast, ("address", "Kapı numarası yok"))
    cast.write(address="Yalı Caddesi No: 3 Kat: 2")
    cast.submit()
    said = [
        "İletişim Adresi: Düzeltildi.",
        "Kaşeli ve imzalı taahhütname: Değişen bilgilerle yeniden imzalandı.",
    ]
    assert replies(letter(cast)) == said, "which carries the address, though nobody asked for it"
    assert replies(drafts.pre_application_to_iys(cast.now(), STATUS_QUERY, "").body.text) == said
