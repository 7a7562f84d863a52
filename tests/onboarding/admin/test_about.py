"""What a decision is about stands beside it, above the data and the papers, and nowhere else on the page."""

import html
import re
from datetime import date

import pytest

from onboarding.actions import package_contract
from onboarding.actions.pre_application import submission
from onboarding.codes import confirmation
from onboarding.models import Application
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from tests.onboarding.admin.test_corrections import told
from tests.onboarding.admin.test_evidence import support as reported_application
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF, Ladder, at_iys, submitted
from tests.scenarios.papers import sound_pdf
from tests.scenarios.support import REVIEW, Support

pytestmark = pytest.mark.django_db
reported = reported_application  # the same case
DATA, STEPS = "<h2>Başvuru bilgileri", "<h2>Altı adım"


def source_of(application: Application, *permissions: str) -> str:
    answer = Support(Application.objects.get(pk=application.pk), *permissions).open()
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("&#x27;", "'")


def above(source: str) -> str:
    """What stands between the decision and the data, as people read it."""
    part = source[source.index('id="karar"') : source.index(DATA)].replace("<wbr>", "")
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def opened(source: str) -> list[str]:
    return re.findall(r'data-name="([^"]+)" open>', source)


class TestCorrections:
    def test_what_had_been_asked_stands_with_the_answer_and_with_what_changed(self) -> None:
        application = submitted()
        asked = [("website", "Site açılmıyor"), ("address", "Kapı numarası eksik"), ("undertaking", "Okunmuyor")]
        submission.ask_changes(application=application, step=PRE_APPLICATION, remarks=asked, actor=STAFF)
        company = application.company
        before = company.address
        company.address = "Ege Caddesi No: 14"
        company.save()
        Ladder(application).submit()
        shown = above(source_of(application))
        assert f"Kapı numarası eksik değiştirildi {before} → Ege Caddesi No: 14" in shown
        answered = f"Firmanın yanıtı: Baktık, doğru yanıtlandı Firmanın yazdığı: {company.website}"
        assert f"Site açılmıyor {answered}" in shown

    def test_what_was_asked_before_is_folded_beneath(self) -> None:
        application = submitted()
        for words in ("Site açılmıyor", "Site hâlâ açılmıyor"):
            submission.ask_changes(
                application=application, step=PRE_APPLICATION, remarks=[("website", words)], actor=STAFF
            )
            Ladder(application).submit()
        source = source_of(application)
        shown = above(source)
        assert shown.index("Site hâlâ açılmıyor") < shown.index("Öncekiler") < shown.index("Site açılmıyor")
        assert source[: source.index("<h2>Günlük")].count("Site hâlâ açılmıyor") == 1

    def test_what_iys_names_and_nobody_asked_for_is_named(self) -> None:
        support = Support(at_iys())
        told(support, "Web sitesi adresi açılmıyor. İmza sirkülerinin son sayfası okunmuyor.")
        shown = above(source_of(support.application))
        assert "İYS'nin istediği: “Web sitesi adresi açılmıyor. İmza sirkülerinin son sayfası okunmuyor.”" in shown
        assert "Web Sitesi Web sitesi adresi açılmıyor. İYS'nin sözünde geçiyor" in shown
        submission.ask_changes(
            application=support.application, step=STATUS_QUERY, remarks=[("website", "Açılmıyor")], actor=STAFF
        )
        Ladder(support.application).submit()
        points = support.open().context["corrections"].points
        assert [(each.label, each.is_asked) for each in points] == [
            ("Web Sitesi", True),
            ("İmza sirküleri", False),
        ]
        words = support.open().context["asking"].words
        assert words["signature_circular"] == "İmza sirkülerinin son sayfası okunmuyor."
        shown = above(source_of(support.application))
        assert "İYS'nin sözünde geçiyor, firmadan istenmedi. değiştirilmedi" in shown
        # Whoever sends it to İYS is told once more.
        assert questions(support.open().content.decode()) == [
            f"{support.application.company}: “Düzeltmeyi İYS'ye gönder”. İYS'nin istedikleri arasında "
            "değişmeyen var: İmza sirküleri; firmadan istenmedi. Mektup hemen yola çıkar, geri alınamaz."
        ]

    def test_what_was_asked_for_and_came_back_otherwise_is_not_named_in_the_question(self) -> None:
        support = Support(at_iys())
        told(support, "Web sitesi adresi açılmıyor.")
        submission.ask_changes(
            application=support.application, step=STATUS_QUERY, remarks=[("website", "Açılmıyor")], actor=STAFF
        )
        Ladder(support.application).submit()
        assert questions(support.open().content.decode()) == [
            f"{support.application.company}: “Düzeltmeyi İYS'ye gönder”. Mektup hemen yola çıkar, geri alınamaz."
        ]

    def test_where_there_is_nothing_to_decide_they_stand_below(self) -> None:
        application = submitted()
        submission.ask_changes(
            application=application, step=PRE_APPLICATION, remarks=[("website", "Site açılmıyor")], actor=STAFF
        )
        source = source_of(application)
        assert "Site açılmıyor" not in above(source).partition("Destek ekibinin notu")[0]
        assert source.index(STEPS) < source.index("<h2>İstenen düzeltmeler")
        # Beside the data it reads what it has asked for, not the company's order.
        data = source[source.index(DATA) : source.index("<h2>Belgeler")]
        assert "“Web Sitesi”: Site açılmıyor" in data
        assert "Düzeltin ya da" not in data


def questions(source: str) -> list[str]:
    """What is asked before a letter goes by a decision of step 2."""
    return [html.unescape(each) for each in re.findall(r'data-confirm="([^"]*gönder[^"]*)"', source)]


class TestPayment:
    def paid(self, *, receipt: bool) -> Application:
        cast = Cast()
        cast.accepted()
        package_contract.claim_payment(
            application=cast.application,
            paid_on=date(2026, 3, 5),
            reference="HAVALE-77",
            receipt=sound_pdf() if receipt else None,
            filename="dekont.pdf",
            actor=cast.owner,
            expected_version=cast.record(PACKAGE_CONTRACT).version,
        )
        return cast.now()

    def test_day_reference_package_numbers_and_receipt_stand_beside_the_decision(self) -> None:
        source = source_of(self.paid(receipt=True))
        shown = above(source)
        for words in (
            "5 Mart 2026 · HAVALE-77",
            "Paket İLETİ-5",
            "Mesaj 3.200 · Arama 0 · E-posta 4.100",
            "Ödenecek tutar İYS'nin teklifinde yazar.",
            "Ödeme dekontu dekont.pdf",
        ):
            assert words in shown
        assert opened(source) == ["dekont.pdf"]
        assert source.count("HAVALE-77") == 1
        assert source.count('data-name="dekont.pdf"') == 1

    def test_the_offer_in_which_the_sum_stands_is_beside_the_receipt(self) -> None:
        source = source_of(self.paid(receipt=True))
        payment = source[source.index("<h2>Ödeme bildirimi") : source.index("<h2>Ödeme dekontu")]
        assert re.search(r'<a href="https://teklif\.example/1" [^>]*>Teklifi İYS\'de aç</a>', payment)

    def test_what_one_has_seen_oneself_is_not_called_as_what_iys_said(self) -> None:
        source = source_of(self.paid(receipt=True))
        names = [each.strip() for each in re.findall(r">([^<>]*(?:alınamadı|göremedik)…)<", source)]
        assert names == ["İYS yanıtı: Ödeme alınamadı…", "Ödemeyi göremedik…"]
        assert "göremediyseniz “Ödemeyi göremedik…” deyin" in above(source)

    def test_without_a_receipt_no_other_paper_takes_its_place(self) -> None:
        source = source_of(self.paid(receipt=False))
        assert opened(source) == []
        assert "Firma dekont yüklemedi." in above(source)

    def test_once_it_is_confirmed_it_stands_below(self) -> None:
        application = self.paid(receipt=True)
        Support(application).press(PACKAGE_CONTRACT, "confirm")
        source = source_of(application)
        assert source.index(STEPS) < source.index("HAVALE-77")
        assert source.count('data-name="dekont.pdf"') == 1


def test_codes_with_their_differences_stand_beside_the_decision() -> None:
    cast = Cast()
    cast.at_iys()
    cast.codes_read()
    cast.move(CODE_RECEIPT, "dispute", cast.owner, "Bu kod bizim değil")
    source = source_of(cast.now())
    shown = above(source)
    assert "İYSKod 710482 İYS'deki marka BrandKod Mavi Deniz (ana marka) 710482" in shown
    assert "Firmanın notu: Bu kod bizim değil" in shown
    assert "Sizin markanız" not in source
    assert source.count("<h2>Kodlar (") == 1
    assert opened(source) == []
    assert confirmation.latest_reading(cast.now()) is not None


class TestReported:
    def test_number_paper_and_both_ways_to_accept_stand_beside_the_decision(self, reported: Support) -> None:
        source = source_of(reported.application)
        shown = above(source)
        for words in ("MX3ZB5JA", "e-Devlet ile başvurduk", "Kabul et: İYS başvuruyu onaylamış", "onay.pdf"):
            assert words in shown
        assert opened(source) == ["onay.pdf"]
        assert source.count('data-name="onay.pdf"') == 1
        assert source.count("İYS ön başvuru numarası</th>") == 1
        assert 'data-ask="iys_application_number"' in source[: source.index(DATA)]

    def test_what_is_not_in_the_portal_is_not_called_lacking(self, reported: Support) -> None:
        source = source_of(reported.application)
        assert "Başvuru bilgileri henüz tamamlanmadı." not in source
        data = source[source.index(DATA) : source.index("<h2>Belgeler")]
        assert reported.application.company.trade_name in data.replace("&amp;", "&")
        assert "–" not in data


def test_a_paper_of_the_dossier_is_open_while_the_dossier_is_decided_on() -> None:
    application = submitted()
    assert len(opened(source_of(application, *REVIEW))) == 1


def test_what_papers_say_stands_beside_the_dossier_and_below_where_another_step_is_decided() -> None:
    cast = Cast()
    cast.submitted()
    assert "<h2>Belgelerden okunan" in source_of(cast.now())
    assert "Belgelerden okunan" in above(source_of(cast.now()))
    cast = Cast()
    cast.at_iys()
    cast.codes_read()
    cast.move(CODE_RECEIPT, "dispute", cast.owner, "Bu kod bizim değil")
    source = source_of(cast.now())
    assert source.index(STEPS) < source.index("<h2>Belgelerden okunan")


def test_the_paper_that_was_asked_for_is_open_and_its_former_edition_folded_away() -> None:
    ladder = Ladder(submitted())
    asked = [("signature_circular", "İkinci sayfa okunmuyor"), ("address", "Kapı numarası eksik")]
    submission.ask_changes(application=ladder.application, step=PRE_APPLICATION, remarks=asked, actor=STAFF)
    ladder.hand_in("signature_circular", page_count=2)
    ladder.company.address = "Ege Caddesi No: 14"
    ladder.company.save()
    ladder.submit()  # the undertaking is signed anew after it
    source = source_of(ladder.application, *REVIEW)
    of_circular = ladder.company.documents.of_kind("signature_circular")
    circular, former = of_circular.get(replaced_by=None), of_circular.exclude(replaced_by=None).get()
    assert opened(source) == [circular.name]
    assert re.search(rf'id="belge-{circular.pk}"(?:(?!</li>).)*data-paper[^>]* open>', source, re.DOTALL)
    corrections = source[source.index('id="duzeltmeler"') : source.index(DATA)]
    assert f'<a href="#belge-{circular.pk}">{circular.name}</a>' in corrections
    folded = source.index("Yerine yenisi gelen belgeler")
    current = [source.index(f'id="belge-{each.pk}"') for each in ladder.company.documents.filter(replaced_by=None)]
    assert max(current) < folded < source.index(f'id="belge-{former.pk}"')
