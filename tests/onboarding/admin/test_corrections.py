"""Support asks for corrections: exactly what is named opens to the company, and its people are told why."""

import re
from html import escape
from typing import Any

import pytest

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM, Actor, NotAllowed
from onboarding.dossier import corrections
from onboarding.mail import answers
from onboarding.models import Application, CoSignatory
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tests.scenarios.browser import said, words
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import Ladder, at_iys, owner_of, submitted
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
SITE, PAPER = "Web sitesi açılmıyor", "İkinci sayfa okunmuyor"


def ask(support: Support, step: str = "pre_application", **remarks: str) -> Any:
    page = support.open("ask_changes", step).content.decode()
    expected_version = re.search(r'name="expected_version" value="(\d+)"', page)
    assert expected_version, page
    return support.send("ask_changes", step, expected_version=expected_version[1], **remarks)


def test_each_field_and_document_can_be_remarked_on() -> None:
    support = Support(submitted())
    page = support.open("ask_changes", "pre_application").content.decode()
    fields = set(re.findall(r'<input type="text" name="(\w+)"', page))
    assert fields == {
        "signatory_identity",
        "signatory_name",
        "signatory_email",
        "signatory_mobile",
        "trade_name",
        "mersis_number",
        "tax_number",
        "tax_office",
        "website",
        "contact_phone",
        "province",
        "district",
        "address",
        "brands",
        "together",
        "signature_circular",
        "trade_registry_gazette",
        "undertaking",
    }


def test_what_stands_there_now_is_beside_each_and_the_button_says_what_it_does() -> None:
    application = submitted()
    page = Support(application).open("ask_changes", "pre_application").content.decode()
    company, form = application.company, application.application_form
    circular = company.documents.current().get(kind="signature_circular")
    for each in (company.website, form.signatory_name, company.address, circular.name):
        assert f"Şu an: {escape(each)}" in page, each
    assert form.signatory_identity not in page
    assert 'value="Düzeltmeyi iste"' in page
    assert f"Düzeltme iste: {company}" in words(Support(application).open("ask_changes", "pre_application"))
    assert re.findall(r'name="(\w+)"[^>]* autofocus', page) == ["signatory_identity"]


def test_a_module_without_a_row_is_not_shown() -> None:
    application = submitted()
    assert "Manuel başvuru Müşterek" not in Support(application).page()
    CoSignatory.objects.create(application=application, name="Ege Yalın", identity=tckn(8))
    assert "Manuel başvuru Müşterek imza yetkilisi Ege Yalın" in Support(application).page()


def test_what_is_named_opens_and_nothing_else() -> None:
    support = Support(submitted())
    answer = ask(support, website=SITE, signature_circular=PAPER)
    assert said(answer) == ["Düzeltme istendi; firmaya bildirildi."]
    assert (support.state(PRE_APPLICATION), support.record(PRE_APPLICATION).turn) == (
        "changes_asked",
        Party.COMPANY,
    )
    application = Application.objects.get(pk=support.application.pk)
    assert submission.open_fields(application) == frozenset({"website", "signature_circular"})
    owner = owner_of(application)
    values = {"website": "https://yeni.mavideniz.example", "tax_office": "Konak"}
    submission.fill_in(application=application, values=values, complete=True, actor=owner)
    application.company.refresh_from_db()
    assert (application.company.website, application.company.tax_office) == (
        "https://yeni.mavideniz.example",
        "Bornova",
    )


def test_the_company_is_told_every_remark() -> None:
    support = Support(submitted())
    ask(support, website=SITE, signature_circular=PAPER)
    letter = Letter.objects.filter(audience="company").latest("created_at")
    assert letter.to == [support.application.company.members.get().email]
    text = body_of(letter).text
    assert SITE in text
    assert PAPER in text


def test_a_request_that_names_nothing_is_refused() -> None:
    support = Support(submitted())
    answer = ask(support, website="   ")
    assert answer.status_code == 422
    assert "En az bir alan ya da belge için ne düzeltileceğini yazın." in words(answer)
    assert support.state(PRE_APPLICATION) == "submitted"
    assert not support.application.remarks.exists()


def given(answer: Any) -> dict[str, str]:
    """What stands in the box of corrections, by field."""
    found = re.findall(r'data-given="(\w+)">.*?name="\1" value="([^"]*)"', answer.content.decode(), re.DOTALL)
    return dict(found)


class TestChangedMeanwhile:
    """A colleague was faster: nothing is asked for, the page says so, and what was typed stands on it."""

    def test_what_can_still_be_asked_for_stands_in_its_fields(self) -> None:
        support = Support(submitted())
        support.press(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")
        remarks = {"website": SITE, "signature_circular": PAPER}
        answer = support.send("ask_changes", "pre_application", **remarks, keep="on", expected_version=1)
        assert answer.status_code == 409
        assert said(answer)[-1].startswith("Bu adım az önce değişti")
        assert said(answer)[-1].endswith("Yazdıklarınız duruyor.")
        assert (support.state(PRE_APPLICATION), support.application.remarks.count()) == ("submitted", 0)
        assert given(answer) == remarks
        page = answer.content.decode()
        assert '<input type="checkbox" name="keep" checked>' in page
        # The same once more, from this page, is asked for.
        form = page[page.index('id="corrections"') :]
        version = re.search(r'name="expected_version" value="(\d+)"', form)
        assert version is not None
        assert " hidden>" not in form[: form.index(">") + 1]
        support.press(PRE_APPLICATION, "resume", expected_version=int(version[1]))
        ask(support, **remarks)
        assert support.state(PRE_APPLICATION) == "changes_asked"

    def test_what_cannot_be_asked_for_any_more_is_to_be_read(self) -> None:
        support = Support(submitted())
        support.press(PRE_APPLICATION, "approve")
        answer = support.send("ask_changes", "pre_application", website=SITE, expected_version=1)
        assert answer.status_code == 409
        assert given(answer) == {}
        assert f"Bunların artık yeri yok; gerekiyorsa buradan alın: Web Sitesi {SITE}" in words(answer)

    def test_a_form_with_an_empty_place_loses_nothing_either(self) -> None:
        support = Support(submitted())
        support.press(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")
        answer = support.send(
            "ask_changes", "pre_application", website=SITE, address="x" * 1500, expected_version=1
        )
        assert given(answer) == {"website": SITE, "address": "x" * 1500}

    def test_what_was_suggested_and_not_ticked_does_not_come_back_as_asked_for(self) -> None:
        support = Support(at_iys())
        told(support, "Web sitesi adresi açılmıyor")
        typed = {"website": "Web sitesi adresi açılmıyor", "address": "Eksik"}
        answer = support.send("ask_changes", "status_query", **typed, expected_version=0)
        assert given(answer) == {"address": "Eksik"}

    def test_a_page_that_was_opened_has_nothing_of_it(self) -> None:
        page = Support(submitted()).open().content.decode()
        assert "data-given" not in page
        assert "Bunların artık yeri yok" not in page


def test_any_number_of_rounds() -> None:
    support = Support(submitted())
    for number, remark in enumerate((SITE, "Site hâlâ açılmıyor"), start=2):
        ask(support, website=remark)
        Ladder(support.application).submit()
        assert support.application.submissions.count() == number
    page = support.page()
    answered = "Firmanın yanıtı: Baktık, doğru"
    assert f"Web Sitesi {SITE} {answered} kapandı" in page
    assert f"Web Sitesi Site hâlâ açılmıyor {answered} yanıtlandı" in page
    assert "3. gönderim" in page


def test_while_the_company_writes_nothing_can_be_asked() -> None:
    support = Support(submitted())
    ask(support, website=SITE)
    answer = ask(support, address="Eksik")
    assert said(answer)[-1] == "Başvuru şu anda incelemede değil. Yazdıklarınız duruyor."
    assert [remark.text for remark in support.application.remarks.all()] == [SITE]


def test_iyss_own_words_give_way_to_what_support_makes_of_them() -> None:
    support = Support(at_iys())
    perform(
        application=support.application, step=STATUS_QUERY, move="ask_changes", actor=IYS, reason="Belgeler eksik"
    )
    ask(support, "status_query", undertaking=PAPER)
    assert (support.state(STATUS_QUERY), support.state(PRE_APPLICATION)) == ("correcting", "sent")
    application = Application.objects.get(pk=support.application.pk)
    assert submission.open_fields(application) == frozenset({"undertaking"})
    with pytest.raises(NotAllowed, match="değiştirilemez"):
        submission._require_open(application, "signature_circular")


def test_a_correction_that_is_not_enough_goes_back_and_a_good_one_goes_to_iys() -> None:
    support = Support(at_iys())
    perform(
        application=support.application, step=STATUS_QUERY, move="ask_changes", actor=IYS, reason="Site açılmıyor"
    )
    for _round in range(2):
        ask(support, "status_query", website=SITE)
        Ladder(support.application).submit()
    support.press(STATUS_QUERY, "send_correction")
    assert support.state(STATUS_QUERY) == "resending"
    assert Letter.objects.filter(audience="iys", step_key="status_query").count() == 1


def test_a_step_that_no_dossier_belongs_to_has_no_such_page() -> None:
    support = Support(submitted())
    assert support.open("ask_changes", "yok")["Location"] == support.url("change")
    answer = support.send("ask_changes", "panel_settings", website=SITE, expected_version=0)
    assert said(answer) == ["Başvuru şu anda incelemede değil. Yazdıklarınız duruyor."]
    assert given(answer) == {"website": SITE}


def told(support: Support, words: str) -> None:
    answers.take(
        application=support.application,
        step=STATUS_QUERY,
        move="ask_changes",
        extracted={},
        actor=IYS,
        reason=words,
    )


def test_what_iyss_words_are_about_is_suggested_ticked_and_with_its_sentence() -> None:
    support = Support(at_iys())
    told(support, "Web sitesi adresi açılmıyor; imza sirkülerinin son sayfası okunmuyor.")
    page = support.open("ask_changes", "status_query")
    form = page.context["form"]
    assert list(form.fields)[:4] == ["open_website", "website", "open_signature_circular", "signature_circular"]
    assert page.content.decode().count("checked") == 2
    assert form["website"].value() == "Web sitesi adresi açılmıyor"
    assert form["address"].value() == ""
    assert "işaretini kaldırdığınız firmadan istenmez" in words(page)


def test_support_opens_what_it_ticks_and_what_it_writes_itself() -> None:
    support = Support(at_iys())
    told(support, "Web sitesi adresi açılmıyor; imza sirkülerinin son sayfası okunmuyor.")
    typed = {"website": "Açılmıyor", "open_website": "on", "signature_circular": "Okunmuyor", "address": "Eksik"}
    ask(support, "status_query", **typed)
    application = Application.objects.get(pk=support.application.pk)
    assert submission.open_fields(application) == frozenset({"website", "address"})


def test_a_tick_without_a_sentence_is_refused_and_the_rest_is_kept() -> None:
    support = Support(at_iys())
    told(support, "Web sitesi açılmıyor")
    answer = ask(support, "status_query", open_website="on", website=" ", address="Eksik")
    assert answer.status_code == 422
    assert "Ne düzeltileceğini yazın ya da işareti kaldırın." in words(answer)
    assert answer.context["form"]["address"].value() == "Eksik"
    assert support.state(STATUS_QUERY) == "changes_asked"
    answer = ask(support, "status_query", website="Açılmıyor")
    assert "En az bir alan ya da belge için ne düzeltileceğini yazın." in words(answer)


def test_support_sees_each_round_with_iyss_words_and_what_became_of_them() -> None:
    support = Support(at_iys())
    for words_of_iys in ("Web sitesi açılmıyor", "Adres eksik"):
        told(support, words_of_iys)
        asked = corrections.suggestions(support.application, ["website", "address"])
        remarks = [(each.key, f"{each.remark} (destek)") for each in asked]
        submission.ask_changes(
            application=support.application, step=STATUS_QUERY, remarks=remarks, actor=Actor(Party.STAFF)
        )
        Ladder(support.application).submit()
        support.press(STATUS_QUERY, "send_correction")
        perform(application=support.application, step=STATUS_QUERY, move="letter_sent", actor=SYSTEM)
    second, first = corrections.rounds(Application.objects.get(pk=support.application.pk))
    assert (first.number, first.words, second.words) == (1, "Web sitesi açılmıyor", "Adres eksik")
    assert [(point.label, point.text) for point in second.points] == [("İletişim Adresi", "Adres eksik (destek)")]
    assert first.handed_in_at is not None
    page = support.page()
    assert "İYS'nin istediği: “Adres eksik” İletişim Adresi Adres eksik (destek)" in page
    assert page.index("Adres eksik (destek)") < page.index("1. tur")
    assert "2. tur" not in page
