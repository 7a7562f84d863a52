"""İYS's words to fields and documents of the dossier, as a Turkish reader takes them."""

import pytest

from onboarding.dossier.content import labels
from onboarding.dossier.suggestions import PATTERNS, suggest
from onboarding.models import ApplicationForm, ChannelChoices
from tests.scenarios.ladder import manual

PEOPLE = ["signatory_identity", "signatory_name", "signatory_email", "signatory_mobile"]
COMPANY = ["trade_name", "mersis_number", "tax_number", "tax_office", "website", "contact_phone"]
PLACE = ["province", "district", "address"]
PAPERS = ["brands", "statistics", "signature_circular", "trade_registry_gazette", "undertaking"]
MANUAL = [*PEOPLE, *COMPANY, *PLACE, *PAPERS]
WITHOUT_MERSIS = [*MANUAL, "tax_plate", "identity_card", "chamber_certificate"]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Web sitesi adresi açılmıyor", ["website"]),
        ("Siteniz yayında değil", ["website"]),
        ("İnternet adresinizi yazınız", ["website"]),
        ("Eksiklerinizi İYS web sitesinde görebilirsiniz", []),
        ("E-posta adresi hatalı", ["signatory_email"]),
        ("Adresiniz ticaret sicilindekiyle aynı değil", ["address"]),
        ("İl/ilçe bilgisi adresle uyuşmuyor", ["province", "district", "address"]),
        ("İLÇE BİLGİSİ EKSİK", ["district"]),
        ("ilgili bölümü doldurunuz", []),
        ("İmza sirkülerinin son sayfası okunmuyor", ["signature_circular"]),
        ("IMZA SIRKÜLERI EKSIK", ["signature_circular"]),
        ("Ticaret sicil gazetesi okunmuyor", ["trade_registry_gazette"]),
        ("Taahhütnamenin 2. sayfasında kaşe yok", ["undertaking"]),
        ("Vergi levhası güncel değil", ["tax_plate"]),
        ("Vergi dairesi ve vergi numarası hatalı", ["tax_number", "tax_office"]),
        ("VKN hatalı", ["tax_number"]),
        ("MERSİS no hatalı", ["mersis_number"]),
        ("Yetkilinin T.C. kimlik numarası hatalı", ["signatory_identity"]),
        ("Kimlik fotokopisi okunmuyor", ["identity_card"]),
        ("Yetkilinin adı soyadı eksik", ["signatory_name"]),
        ("Cep telefonu numarası hatalı", ["signatory_mobile"]),
        ("İletişim numarası eksik", ["contact_phone"]),
        ("Ticaret unvanı farklı", ["trade_name"]),
        ("Oda kayıt belgesi eksik", ["chamber_certificate"]),
        ("Marka tescil belgesi eksik", ["brands"]),
        ("Tescil belgesi okunmuyor", ["brands"]),
        ("Adresiniz ticaret siciline tescilli değil", ["address"]),
        ("KISA İSİM hatalı", ["brands"]),
        ("Gönderici adı marka ile uyuşmuyor", ["brands"]),
        ("Gönderici adresi hatalı", ["address"]),
        ("Markaların alıcı sayıları ve istatistiksel bilgiler eksik", ["brands", "statistics"]),
        ("Bir önceki yılın gönderim sayısı boş", ["statistics"]),
        ("Eksik belge bulunmaktadır", []),
        ("", []),
    ],
)
def test_words_and_what_they_are_about(words: str, keys: list[str]) -> None:
    found = [suggestion.key for suggestion in suggest(words, WITHOUT_MERSIS)]
    assert found == keys


def test_each_key_carries_its_own_sentence_in_the_order_of_the_dossier() -> None:
    text = (
        "Sayın Yetkili, Başvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır: imza sirkülerinin son sayfası "
        "okunmuyor, tekrar yüklemenizi rica ederiz; web sitesi adresi açılmıyor. Web sitesi firmanıza ait olmalı."
    )
    assert [(each.key, each.remark) for each in suggest(text, MANUAL)] == [
        ("website", "web sitesi adresi açılmıyor. Web sitesi firmanıza ait olmalı."),
        ("signature_circular", "imza sirkülerinin son sayfası okunmuyor, tekrar yüklemenizi rica ederiz"),
    ]


def test_only_what_this_company_gave_is_suggested() -> None:
    assert suggest("Vergi levhası ve taahhütname okunmuyor", ["undertaking_signed"])[0].key == "undertaking_signed"
    assert suggest("Vergi levhası okunmuyor", MANUAL) == ()


@pytest.mark.django_db
def test_the_patterns_name_nothing_that_the_dossier_does_not_have() -> None:
    form: ApplicationForm = manual().application_form
    known = set()
    for form.has_mersis in (True, False):
        for form.channel in (ChannelChoices.MANUAL, ChannelChoices.ONLINE):
            known |= set(labels(form))
    assert {key for key, _pattern in PATTERNS if key} <= known


@pytest.mark.parametrize(
    "threat", ["; aksi durumda başvuru iptal edilecektir.", ". Aksi takdirde başvurunuz kapatılır."]
)
def test_what_follows_if_it_is_not_done_is_passed_on_with_it(threat: str) -> None:
    wanted = "İmza sirkülerinin noter onaylı hâlini 3 iş günü içinde iletmenizi rica ederiz"
    [found] = suggest(f"{wanted}{threat} Web siteniz açılmıyor.", ["signature_circular"])
    assert found.remark == f"{wanted}{threat}"


def test_sentences_in_capitals_are_told_apart() -> None:
    found = suggest("İMZA SİRKÜLERİ EKSİK. WEB SİTESİ AÇILMIYOR.", ["signature_circular", "website"])
    assert [each.remark for each in found] == ["İMZA SİRKÜLERİ EKSİK.", "WEB SİTESİ AÇILMIYOR."]
