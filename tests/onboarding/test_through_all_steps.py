"""What every step has: early answers, holding, reopening, withdrawing and applying again, as people meet it."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from brands import registering
from brands.models import Channel
from brands.registering import Figures, Reached
from correspondence.models import Audience, Letter, LetterStatus, MailStatus
from onboarding.actions.pre_application import co_signatories
from onboarding.actor import SYSTEM
from onboarding.gate import Route
from onboarding.mail import pipeline
from onboarding.models import ChannelChoices, Package
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from tests.scenarios import mails
from tests.scenarios.browser import said
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.support import CORRESPONDENCE, REVIEW, Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def support_of(cast: Cast) -> Support:
    return Support(cast.now(), *REVIEW, *CORRESPONDENCE)


# Early mail.


def test_answers_that_come_too_soon_wait_in_order_and_each_is_applied_at_its_step(
    cast: Cast, tmp_path: Path
) -> None:
    title = "Mavi Deniz Turizm Anonim Şirketi"
    type(cast.company).objects.filter(pk=cast.company.pk).update(trade_name=title)
    for name in ("Mavi Deniz", "Mavi Deniz Outlet"):
        registering.save_brand(company=cast.company, brand=None, name=name, reached={})
    cast.submitted()
    early = [
        cast.arrives(tmp_path, f"Sayın {title},\n\n{mails.OFFER}", html=mails.OFFER_HTML),
        cast.arrives(tmp_path, f"Sayın {title},\n\n{mails.RECEIVED}"),
        cast.arrives(tmp_path, mails.APPROVED),
    ]
    assert {mail.status for mail in early} == {MailStatus.EARLY}
    assert cast.open("thread").words.count("Erken geldi, bekliyor") == 3
    assert cast.state(STATUS_QUERY) == "waiting"

    cast.move(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    pipeline.run()
    assert (cast.state(STATUS_QUERY), cast.state(CODE_RECEIPT)) == ("approved", "read")
    assert cast.now().iys_application_number == "MX3ZB5JA"

    cast.press("code_receipt", "confirm_codes")
    pipeline.run()
    assert cast.state(PACKAGE_CONTRACT) == "choosing", "an offer does not skip the choice"
    cast.move(PACKAGE_CONTRACT, "use_own_mail", cast.owner)
    pipeline.run()
    assert cast.state(PACKAGE_CONTRACT) == "offered", "the offer counts before the request was seen"
    for mail in early:
        mail.refresh_from_db()
    assert {mail.status for mail in early} == {MailStatus.APPLIED}


def test_the_approval_may_come_before_the_receipt(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    assert cast.arrives(tmp_path, mails.APPROVED).status == MailStatus.APPLIED
    assert cast.arrives(tmp_path, mails.RECEIVED).status == MailStatus.FILED
    assert (cast.state(STATUS_QUERY), cast.state(CODE_RECEIPT)) == ("approved", "read")


# Holding.


def test_a_held_step_tells_the_company_why_and_goes_on_where_it_was(cast: Cast) -> None:
    support = support_of(cast)
    support.press(PRE_APPLICATION, "hold")
    assert cast.record(PRE_APPLICATION).held is False, "holding needs a reason"
    support.press(PRE_APPLICATION, "hold", "İmza yetkisini ticaret sicilinden soruyoruz")
    page = cast.open("board")
    assert "Destek ekibi bu adımı beklemeye aldı" in page
    assert "İmza yetkisini ticaret sicilinden soruyoruz" in page
    cast.write(signatory_name="Başkası")
    assert cast.now().application_form.signatory_name != "Başkası"
    support.press(PRE_APPLICATION, "resume")
    assert "Sıra sizde" in cast.open("board")


# Reopening.


def test_support_confirms_or_has_redone_what_a_reopened_step_put_in_doubt(cast: Cast) -> None:
    cast.choosing()
    support = support_of(cast)
    support.press(PRE_APPLICATION, "reopen", "Unvan değişti")
    doubted = "1. adım bitince yeniden onaylanır (1. adım yeniden açıldı: Unvan değişti)"
    assert doubted in support.page()
    assert doubted in cast.open("board")
    assert "1. adım yeniden açıldı: Unvan değişti" in cast.record(STATUS_QUERY).mark_reason
    cast.press("review", "submit")
    support.press(PRE_APPLICATION, "approve")
    cast.move(PRE_APPLICATION, "letter_sent", SYSTEM)
    assert {"status_query:confirm_stale", "status_query:redo"} <= support.buttons()
    assert "1. adım yeniden açıldı: Unvan değişti" in cast.open("board")
    support.press(STATUS_QUERY, "confirm_stale")
    support.press(CODE_RECEIPT, "redo")
    assert (cast.state(STATUS_QUERY), cast.state(CODE_RECEIPT)) == ("approved", "waiting")
    assert not cast.record(STATUS_QUERY).stale
    assert cast.now().code_readings.count() == 1, "nothing is deleted"


@pytest.mark.parametrize("channel", [ChannelChoices.ONLINE, ChannelChoices.APPLIED])
def test_a_reopened_first_step_lets_the_channel_be_chosen_anew(cast: Cast, channel: ChannelChoices) -> None:
    cast.at_iys()
    type(cast.application.application_form).objects.filter(application=cast.application).update(channel=channel)
    cast.move(PRE_APPLICATION, "reopen", reason="İmza geçersiz")
    page = cast.open("pre_application")
    assert page.status == 200
    cast.send("channel", channel=ChannelChoices.MANUAL.value)
    assert cast.state(PRE_APPLICATION) == "draft"
    assert "Gözden geçir" in cast.open("pre_application")


# Withdrawing and applying again.


def everything_typed(cast: Cast) -> None:
    reached = {Channel.EMAIL: Reached(1_200, ("haber@mavideniz.example",))}
    registering.save_brand(company=cast.company, brand=None, name="Mavi Deniz", reached=reached)
    figures = {channel: Figures(sent=10, added=2, refused=1) for channel in Channel}
    registering.save_figures(company=cast.company, year=2025, figures=figures)
    co_signatories.add(application=cast.now(), name="Ege Yalın", identity=tckn(8), actor=cast.owner)


def test_who_withdraws_tells_iys_and_applies_again_without_typing_anything(cast: Cast) -> None:
    everything_typed(cast)
    cast.chosen()
    Letter.objects.filter(audience=Audience.IYS).update(status=LetterStatus.SENT)
    papers = set(cast.company.documents.current().values_list("kind", flat=True))
    assert cast.send("withdraw", reason="", expected_version=cast.record(PACKAGE_CONTRACT).version).status == 422
    page = cast.press("withdraw", "withdraw", reason="Başka iş ortağıyla gideceğiz")
    assert "Geri çekildi" in page
    assert "Başka iş ortağıyla gideceğiz" in page
    told = Letter.objects.filter(audience=Audience.IYS).latest("created_at")
    assert (told.subject, told.to) == (
        f"{cast.company.trade_name} – başvurunun geri çekilmesi", ["onkayit@iys.org.tr"],
    )  # fmt: skip

    first = cast.application
    cast.press("board", "apply_again")
    again = cast.application = cast.now()
    assert again.pk != first.pk
    assert (again.route, again.iys_code) == (Route.FULL, "")
    assert again.application_form.signatory_identity == tckn(7)
    assert [each.name for each in again.co_signatories.all()] == ["Ege Yalın"]
    assert again.package_choice.email_addresses == 4_100
    assert cast.company.brands.get(name="Mavi Deniz").reaches.get().recipients == 1_200
    assert cast.company.yearly_figures.filter(year=2025).count() == 3
    assert set(cast.company.documents.current().values_list("kind", flat=True)) == papers
    page = cast.press("review", "submit")
    assert cast.state(PRE_APPLICATION) == "submitted", page.words
    assert cast.open("board").status == 200


def test_a_package_that_is_not_offered_any_more_is_not_copied(cast: Cast) -> None:
    cast.chosen()
    Package.objects.update(valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    assert not Package.objects.offered(timezone.localdate()).exists()
    cast.press("withdraw", "withdraw", reason="Vazgeçtik")
    cast.press("board", "apply_again")
    assert not hasattr(cast.now(), "package_choice")


def test_another_channel_than_the_manual_one_is_asked_for_anew(cast: Cast) -> None:
    cast.send("channel", channel=ChannelChoices.ONLINE.value)
    assert cast.state(PRE_APPLICATION) == "email_code"
    cast.press("withdraw", "withdraw", reason="Vazgeçtik")
    cast.press("board", "apply_again")
    cast.application = cast.now()
    assert (cast.application.application_form.channel, cast.state(PRE_APPLICATION)) == ("", "draft")
    assert cast.open("pre_application").status == 200


def test_an_editor_does_not_withdraw_and_a_second_withdrawal_finds_nothing(cast: Cast) -> None:
    assert cast.send("withdraw", role="editor", reason="x").status == 403
    cast.press("withdraw", "withdraw", reason="Vazgeçtik")
    assert cast.send("withdraw", reason="Vazgeçtik", expected_version="0").status == 404


# The route.


def test_the_route_changes_in_place_before_and_anew_after_the_first_letter(cast: Cast) -> None:
    cast.send("route", route="exempt")
    assert cast.now().pk == cast.application.pk
    assert "tek iş var: beyanınız" in cast.open("board")
    cast.send("route", route="full")
    cast.at_iys()
    Letter.objects.filter(audience=Audience.IYS).update(status=LetterStatus.SENT)
    cast.send("route", route="self_managed", kapatir="1")
    assert cast.now().pk != cast.application.pk
    cast.application.refresh_from_db()
    assert cast.application.closing == "replaced"
    closed = Support(cast.application, *REVIEW)
    assert said(closed.press(STATUS_QUERY, "hold", "x"))[-1].startswith("Bu başvuru kapanmış")
