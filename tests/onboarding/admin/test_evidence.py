"""Companies that had applied at İYS's own site: support believes their papers, or sends them back."""

import re
from typing import Any

import pytest
from django.urls import reverse

from journal.parties import Party
from onboarding.actions.pre_application import already_applied, channel, submission
from onboarding.actor import IYS
from onboarding.models import Application, ChannelChoices, DocumentKind
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tests.scenarios.browser import Screen, said, signed_in
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import owner_of
from tests.scenarios.papers import sound_pdf
from tests.scenarios.support import CORRESPONDENCE, Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def support() -> Support:
    """The company has given both numbers, one brand and a paper."""
    application = open_application()
    owner = owner_of(application)
    channel.choose(application=application, channel=ChannelChoices.APPLIED, actor=owner)
    application = Application.objects.get(pk=application.pk)
    submission.hand_in(
        application=application,
        kind=DocumentKind.EVIDENCE,
        inspected=sound_pdf(),
        filename="onay.pdf",
        actor=owner,
    )
    already_applied.hand_over(
        application=application,
        iys_application_number="MX3ZB5JA",
        iys_code="710482",
        brands=[{"name": "Mavi Deniz", "code": "710482"}],
        note="e-Devlet ile başvurduk",
        actor=owner,
        expected_version=application.records.get(step=PRE_APPLICATION.key).version,
    )
    return Support(Application.objects.get(pk=application.pk))


def accept(support: Support, approved: str) -> Any:
    return support.send(
        "accept_evidence", approved=approved, expected_version=support.record(PRE_APPLICATION).version
    )


def test_what_the_company_gave_is_on_the_page(support: Support) -> None:
    page = support.page()
    for shown in ("MX3ZB5JA", "710482", "Mavi Deniz: 710482", "e-Devlet ile başvurduk", "onay.pdf"):
        assert shown in page
    assert "Kabul et: İYS başvuruyu onaylamış" in page
    assert "Bildirime bakıp kabul et" in page
    assert "Başka belge yok." in page
    source = support.open().content.decode()
    # The key leads to the button itself, which says what it accepts.
    assert re.findall(r'data-key="a"[^>]*>([^<]+)<', source) == ["Kabul et: İYS başvuruyu onaylamış"]
    asked = f"{support.application.company}: ön başvuru numarası MX3ZB5JA, İYSKod 710482."
    assert f'data-confirm="{asked}"' in source.replace("&#x27;", "'")
    assert "pre_application" in support.links("ask_changes")
    assert "pre_application:return_evidence" not in support.buttons(), "a bare button names nothing"


def test_where_iys_has_approved_the_codes_wait_for_the_companys_click(support: Support) -> None:
    assert said(accept(support, "yes")) == ["Bildirim kabul edildi."]
    states = (support.state(PRE_APPLICATION), support.state(STATUS_QUERY), support.state(CODE_RECEIPT))
    assert states == ("accepted", "approved", "read")
    assert support.record(CODE_RECEIPT).turn == Party.COMPANY
    assert support.application.code_readings.get().iys_code == "710482"


def test_codes_that_the_company_declared_are_not_said_to_be_iyss_word(support: Support) -> None:
    """She typed them herself an hour ago; İYS told support nothing."""
    accept(support, "yes")
    owner = support.application.company.memberships.get(role="owner").user
    page = Screen(signed_in(owner).get(reverse("onboarding:code_receipt")))
    assert "bildirirken siz yazdınız; destek ekibimiz yüklediğiniz belgeye bakıp" in page
    assert "Yazdığınız kodlar kabul edildi, bir bakıp onaylayın" in page
    assert "Kodlarınız geldi" not in page
    assert "söylediği" not in page


def test_where_iys_is_still_looking_step_2_waits_for_it(support: Support) -> None:
    accept(support, "no")
    assert (support.state(PRE_APPLICATION), support.state(STATUS_QUERY)) == ("accepted", "received")
    assert support.record(STATUS_QUERY).turn == Party.IYS
    assert Application.objects.get(pk=support.application.pk).iys_application_number == "MX3ZB5JA"


def test_what_is_not_enough_goes_back_by_its_name(support: Support) -> None:
    asked = support.open("ask_changes", "pre_application").context["form"].fields
    assert list(asked) == ["iys_application_number", "iys_code", "brands", "evidence", "keep"]
    version = support.record(PRE_APPLICATION).version
    support.send("ask_changes", "pre_application", evidence="Belgede numara okunmuyor", expected_version=version)
    assert (support.state(PRE_APPLICATION), support.record(PRE_APPLICATION).turn) == ("evidence", Party.COMPANY)
    assert support.record(PRE_APPLICATION).reason == "Belgede numara okunmuyor"


def test_a_page_that_is_out_of_date_accepts_nothing(support: Support) -> None:
    expected_version = support.record(PRE_APPLICATION).version
    support.press(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")
    answer = support.send("accept_evidence", approved="yes", expected_version=expected_version)
    assert said(answer)[-1].startswith("Bu adım az önce değişti")
    assert support.state(PRE_APPLICATION) == "evidence_review"
    assert "Kabul et" not in support.page()


def test_it_takes_the_right_to_review_and_a_click(support: Support) -> None:
    colleague = Support(support.application, *CORRESPONDENCE)
    assert accept(colleague, "yes").status_code == 403
    assert "Kabul et" not in colleague.page()
    assert support.open("accept_evidence")["Location"] == support.url("change")
    assert support.state(PRE_APPLICATION) == "evidence_review"


@pytest.fixture
def corrected(support: Support) -> Support:
    """İYS, which is still looking at the application, wants something changed."""
    accept(support, "no")
    reason = "Web sitesi adresinizi düzeltmeniz gerekmektedir"
    perform(application=support.application, step=STATUS_QUERY, move="ask_changes", actor=IYS, reason=reason)
    return support


def test_what_iys_wants_changed_is_changed_where_the_dossier_is(corrected: Support) -> None:
    corrected.press(STATUS_QUERY, "correct_at_iys", reason="Web sitesi adresini İYS'nin sitesinde düzeltin")
    assert (corrected.state(STATUS_QUERY), corrected.record(STATUS_QUERY).turn) == ("continue_link", Party.COMPANY)
    owner = signed_in(corrected.application.company.memberships.get().user)
    page = Screen(owner.get(reverse("onboarding:status_query"), follow=True))
    assert "İYS'nin sitesinde istenenleri tamamladıktan sonra buraya dönün." in page
    assert "Web sitesi adresini İYS'nin sitesinde düzeltin" in page
    owner.post(reverse("onboarding:continued"), page.fields)
    assert (corrected.state(STATUS_QUERY), corrected.record(STATUS_QUERY).turn) == ("received", Party.IYS)


def test_a_dossier_that_is_not_in_the_portal_is_not_opened(corrected: Support) -> None:
    answer = corrected.send(
        "ask_changes",
        "status_query",
        evidence="Okunmuyor",
        expected_version=corrected.record(STATUS_QUERY).version,
    )
    assert said(answer)[-1].startswith("Firma İYS'nin sitesinde başvurdu")
    assert corrected.state(STATUS_QUERY) == "changes_asked"
