"""Step 6 on the screens: three exclusive declarations, on each of the three routes, and later ones."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from brands.models import Brand
from documents.models import LegalText
from onboarding.evidence_pack import contents
from onboarding.gate import Route
from onboarding.models import Attention, AttentionKind, Declaration
from onboarding.steps import PANEL_SETTINGS
from tenancy.requests import AUTOSAVE_HEADER
from tests.scenarios.browser import Screen
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db
FASTER = "Bu adım az önce değişti"
CORRECT = "Girilen bilgilerin doğruluğunu onaylar ve ispat yükümlülüğünün tarafıma ait olduğunu kabul ederim."


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.assigned()
    return found


def save(cast: Cast, role: str = "owner", **changes: str) -> Screen:
    return cast.press("panel_settings", "panel_settings", role=role, correct="on", **changes)


def field_of(brand: Brand) -> str:
    return f"code_{brand.pk}"


def of_brand(cast: Cast, changes: dict[str, str]) -> dict[str, str]:
    """`code` is the field of the company's first brand."""
    brand = cast.company.brands.order_by("pk").first()
    assert brand is not None
    return {field_of(brand) if name == "code" else name: value for name, value in changes.items()}


def test_the_form_comes_with_the_confirmed_codes(cast: Cast) -> None:
    page = cast.open("panel_settings")
    assert page.ticked == ["partner"]
    main = cast.company.brands.get()
    assert (page.fields["iys_code"], page.fields[field_of(main)]) == ("710482", "710482")
    assert f"BrandKod · {main.name} 710482" in page
    for words in (
        "Sivil toplum kuruluşu, dernek ve İleti Yönetim Sistemi (İYS) kapsamına girmeyen kurum/kuruluş olarak",
        "STK, dernek ve İYS'den muaf kurum/kuruluşların sistemi mevcut yapı ile kullanabilmesi için işaretlemesi "
        "gerekli alan.",
        "Evet, İYS üzerinde firmamızı (Kıyı İletişim Hizmetleri A.Ş.) entegratörüm olarak atadım.",
        "İYS'ye kayıt yaptırıp, kaydı onaylandıktan sonra İYSKodunu ve BrandKodunu alan kullanıcıların, bizi iş "
        "ortağı olarak ataması sonrasında firma adına İYS'ye verileri aktarıp, aktarılan verilerin güncel "
        "tutulabilmesi için girilmesi gereken bilgiler.",
        "Hayır, İYS veri aktarım süreçleri tarafımızca yönetilecek olup tüm sorumluluk firmamıza aittir.",
        "İYS sürecini farklı kanallar ile yürüteceğini beyan ettikten sonra, sistemi mevcut yapı ile "
        "kullanabilmesi için işaretlemesi gerekli alan.",
        CORRECT,
    ):
        assert words in page
    assert page.buttons == ["Kaydet"]
    assert "Temizle" in page.links


def test_the_box_is_required_and_what_was_typed_is_kept(cast: Cast) -> None:
    outlet = Brand.objects.create(company=cast.company, name="Outlet")
    typed = {f"code_{outlet.pk}": "710497", "change_reason": "Yeni marka"}
    page = cast.press("panel_settings", "panel_settings", **typed)
    assert page.status == 422
    assert "Kaydetmek için bilgilerin doğruluğunu onaylamalısınız." in page
    assert {name: page.fields[name] for name in typed} == typed
    assert not Declaration.objects.exists()


def test_the_box_is_ticked_anew_by_who_comes_back(cast: Cast) -> None:
    html = cast.browsers["owner"].get(reverse("onboarding:panel_settings")).content.decode()
    box = re.search(r'<input type="checkbox" name="correct"[^>]*>', html)
    assert box is not None
    assert "data-anew" in box[0]
    assert 'autocomplete="off"' in box[0]


def test_a_declaration_is_kept_with_words_version_person_and_address(cast: Cast) -> None:
    page = save(cast)
    assert "Beyanınız kaydedildi." in page
    assert "İYS kaydınız tamamlandı" in page
    kept = cast.application.declarations.get()
    assert (kept.kind, kept.iys_code, kept.brand_codes) == ("partner", "710482", ["710482"])
    assert (kept.declared_by, kept.ip_address) == (cast.people["owner"], "127.0.0.1")
    assert kept.text_version == LegalText.objects.in_force("declaration_partner")
    assert kept.text == (
        f"Evet, İYS üzerinde firmamızı (Kıyı İletişim Hizmetleri A.Ş.) entegratörüm olarak atadım.\n\n{CORRECT}"
    )
    assert f"Beyan eden {cast.people['owner'].full_name}" in page
    assert "Metin sürümü: 1" in page
    assert cast.now().finished_at is not None


def test_a_declaration_is_no_draft_that_a_page_saves_by_itself(cast: Cast) -> None:
    sent = {**cast.open("panel_settings").fields, "correct": "on"}
    answer = cast.browsers["owner"].post(
        reverse("onboarding:panel_settings"), sent, headers={AUTOSAVE_HEADER: "1"}
    )
    assert answer.status_code == 409
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("changes", [{"iys_code": "999999"}, {"code": "710499"}])
def test_changed_codes_need_a_reason(cast: Cast, changes: dict[str, str]) -> None:
    changes = of_brand(cast, changes)
    page = save(cast, **changes)
    assert page.status == 422
    assert "Onaylanmış kodları değiştirdiniz: nedenini yazın." in page
    assert {name: page.fields[name] for name in changes} == changes
    assert not Declaration.objects.exists()
    page = save(cast, **changes, change_reason="İYS telefonda düzeltti")
    assert "Kod değişikliğinin nedeni İYS telefonda düzeltti" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"iys_code": "MX3ZB5JA"}, "İYSKod: Bu, ön başvuru numaranıza benziyor; İYSKod değildir."),
        ({"iys_code": ""}, "İYSKod: İYSKod'unuzu yazın; 3. adımda onaylandı."),
        ({"code": ""}, "En az bir BrandKod yazın; 3. adımda onaylandı."),
        ({"code": "ABC1234"}, "Bu, ön başvuru numaranıza benziyor"),
        ({"kind": "nonsense"}, "Beyanınız: Geçerli bir seçenek"),
        ({"kind": ""}, "Beyanınız: Üç beyandan birini seçin."),
        ({"kind": "exempt"}, "Muafiyetin dayanağını yazın."),
    ],
)
def test_bad_input_gets_one_sentence_and_keeps_the_rest(
    cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    page = save(cast, **{"change_reason": "Düzeltme", **of_brand(cast, changes)})
    assert page.status == 422
    assert "1 yeri düzeltmeniz gerekiyor" in page
    assert sentence in page
    assert page.fields["change_reason"] == "Düzeltme"
    assert not Declaration.objects.exists()


def test_a_later_declaration_is_a_new_one_and_history_stays(cast: Cast) -> None:
    save(cast)
    outlet = Brand.objects.create(company=cast.company, name="Outlet")
    page = cast.open("panel_settings")
    assert "Beyanı değiştir" in page.links
    page = cast.open("panel_settings", query="?degistir=1")
    assert page.fields["iys_code"] == "710482"
    page = cast.send(
        "panel_settings",
        **{**page.fields, field_of(outlet): "710497", "change_reason": "İkinci marka", "correct": "on"},
    )
    assert "Beyanınız: İş ortağı atandı İYSKod 710482 BrandKod 710482, 710497" in page
    assert "Önceki beyan: İş ortağı atandı İYSKod 710482 BrandKod 710482 " in page
    assert cast.application.declarations.count() == 2
    assert cast.now().finished_at is not None


def test_a_late_declaration_is_told_so_and_loses_nothing(cast: Cast) -> None:
    shown = cast.open("panel_settings").fields
    typed = of_brand(cast, {"code": "710497", "change_reason": "Yeni"})
    save(cast)
    page = cast.send("panel_settings", **{**shown, "correct": "on", **typed})
    assert page.status == 422
    assert FASTER in page
    assert {name: page.fields[name] for name in typed} == typed
    assert cast.application.declarations.count() == 1


def test_the_owner_declares_the_others_read(cast: Cast) -> None:
    page = cast.open("panel_settings", role="editor")
    assert f"Firma sahibi {cast.people['owner']} beyanı kaydedecek." in page
    assert (page.buttons, page.fields) == ([], {})
    assert cast.answer("panel_settings", role="editor", kind="partner", correct="on").status_code == 403
    page = cast.open("panel_settings", role="viewer")
    assert (page.buttons, page.actions) == ([], [])
    cast.answer("panel_settings", role="viewer", kind="partner", correct="on", expected_version="0")
    assert not Declaration.objects.exists()
    save(cast)
    for role in ("editor", "viewer"):
        page = cast.open("panel_settings", role=role)
        assert "Beyanınız: İş ortağı atandı" in page
        assert "Beyanı değiştir" not in page.links


def test_without_a_text_in_force_nothing_is_declared(cast: Cast) -> None:
    LegalText.objects.filter(kind="declaration_partner").delete()
    assert "Beyan metni henüz yüklenmedi; destek ekibine haber verin." in save(cast)
    LegalText.objects.filter(kind="declaration_correctness").delete()
    assert "Beyan metni henüz yüklenmedi; destek ekibine haber verin." in cast.open("panel_settings")
    assert cast.state(PANEL_SETTINGS) == "form"


def test_an_exempt_organisation_goes_its_whole_way() -> None:
    cast = Cast(Route.EXEMPT)
    page = cast.open("board")
    assert "Sizin yolunuzda tek iş var: beyanınız. Sıra sizde İYS bilgilerinizi kaydedin" in page
    assert [words for words in ("6 adımdan", "6. adım", "Sizin yolunuzda gerekmiyor") if words in page] == []
    page = cast.open("package_contract")
    assert (page.status, "Bu adım sizin yolunuzda gerekmiyor" in page) == (409, True)
    page = cast.open("panel_settings")
    assert page.ticked == ["exempt"]
    assert "iys_code" not in page.fields
    assert "6. adım" not in page, "whoever has one thing to do is at no sixth of six"
    page = save(cast)
    assert "Muafiyetin dayanağını yazın." in page
    for said in ("x", "Dernek", "aaaaaaaaaaaa", "asd asd asd", "12", "000-000-000"):
        page = save(cast, exemption_basis=said)
        assert "neden muaf olduğunuzu yazın" in page, said
        assert page.fields["exemption_basis"] == said, "and nothing typed is lost"
    assert not cast.application.declarations.exists()
    page = save(cast, kind="partner")
    assert "1 yeri düzeltmeniz gerekiyor" in page
    assert "Bu beyan için önce İYS kaydı ve iş ortağı ataması tamamlanmalı." in page
    assert page.links["Yolunuzu değiştirin"] == reverse("onboarding:route")
    page = save(cast, exemption_basis="06-123-045")
    assert "Beyanınız kaydedildi" in page, "the number alone, as the field's hint says"
    assert "Muafiyetin dayanağı 06-123-045" in page
    kept = cast.application.declarations.get()
    assert (kept.kind, kept.iys_code, kept.brand_codes) == ("exempt", "", [])
    assert "Beyanınız kaydedildi" in cast.open("board", role="viewer")


def test_a_company_that_manages_itself_goes_its_whole_way() -> None:
    cast = Cast(Route.SELF_MANAGED)
    page = cast.open("panel_settings")
    assert page.ticked == ["self_managed"]
    page = cast.press("panel_settings", "panel_settings")
    assert "Kaydetmek için bilgilerin doğruluğunu onaylamalısınız." in page
    page = save(cast)
    assert "Beyanınız kaydedildi" in page
    kept = cast.application.declarations.get()
    assert kept.kind == "self_managed"
    assert kept.text.startswith("Hayır, İYS veri aktarım süreçleri tarafımızca yönetilecek")
    assert cast.now().finished_at is not None


@pytest.fixture
def outlet(cast: Cast) -> Brand:
    return Brand.objects.create(company=cast.company, name="Outlet", code="710497")


def test_each_brands_code_stands_beside_its_name_and_none_is_changed_by_itself(cast: Cast, outlet: Brand) -> None:
    page = cast.open("panel_settings")
    assert "BrandKod · Outlet 710497" in page
    assert page.fields[field_of(outlet)] == "710497"
    assert "Beyanınız kaydedildi." in save(cast)
    assert not Attention.objects.filter(kind=AttentionKind.CODE_CORRECTED).exists()


def test_a_code_that_is_corrected_is_the_code_from_then_on(cast: Cast, outlet: Brand) -> None:
    page = save(cast, **{field_of(outlet): "710498", "change_reason": "Yanlış okumuşuz"})
    assert "Beyanınız kaydedildi." in page
    outlet.refresh_from_db()
    assert outlet.code == "710498"
    for name in ("panel_settings", "summary"):
        shown = cast.open(name)
        assert "710498" in shown
        assert "710497" not in shown
    assert cast.open("panel_settings", query="?degistir=1").fields[field_of(outlet)] == "710498"
    brands = [(each.name, each.code) for each in contents.history(cast.now())["brands"]]  # type: ignore[attr-defined]
    assert ("Outlet", "710498") in brands
    [mark] = Attention.objects.filter(kind=AttentionKind.CODE_CORRECTED)
    assert mark.text == "Kod beyanda düzeltildi (Outlet: 710497 → 710498). Neden: Yanlış okumuşuz"
    assert "Kod beyanda düzeltildi" not in cast.open("board"), "which is support's to look at"


def test_the_iys_code_is_corrected_everywhere_too(cast: Cast) -> None:
    save(cast, iys_code="710555", change_reason="E-postada 710555 yazıyor")
    assert cast.now().iys_code == "710555"
    assert "710555" in cast.open("summary")


def test_codes_that_change_places_do_not_stumble_over_each_other(cast: Cast, outlet: Brand) -> None:
    main = cast.company.brands.exclude(pk=outlet.pk).get()
    typed = {field_of(outlet): main.code, field_of(main): outlet.code, "change_reason": "Yer değiştirmiş"}
    assert "Beyanınız kaydedildi." in save(cast, **typed)
    assert dict(cast.company.brands.values_list("pk", "code")) == {outlet.pk: main.code, main.pk: outlet.code}


def test_a_changed_code_asks_why_at_the_field_itself(cast: Cast, outlet: Brand) -> None:
    page = save(cast, **{field_of(outlet): "710498"})
    assert page.status == 422
    assert "Neden değiştirdiniz? Onaylanmış kodları değiştirdiniz: nedenini yazın." in page
    assert page.fields[field_of(outlet)] == "710498"
    assert "(isteğe bağlı)" not in page.words.partition("Neden değiştirdiniz?")[2][:40]
    outlet.refresh_from_db()
    assert outlet.code == "710497"


def test_one_code_for_two_brands_is_refused_at_the_second(cast: Cast, outlet: Brand) -> None:
    main = cast.company.brands.exclude(pk=outlet.pk).get()
    page = save(cast, **{field_of(outlet): main.code, "change_reason": "Aynı"})
    assert page.status == 422
    assert "her markanın kodu ayrıdır" in page


def test_a_code_of_another_company_is_refused_and_nothing_is_declared(cast: Cast, outlet: Brand) -> None:
    other = Cast(code="820593")
    other.assigned()
    page = save(cast, **{field_of(outlet): "820593", "change_reason": "Böyle yazıyor"})
    assert "başka bir kayıtta da geçiyor" in page
    assert other.company.trade_name not in page
    assert not cast.application.declarations.exists()
    outlet.refresh_from_db()
    assert outlet.code == "710497"


def test_whoever_changes_their_mind_declares_anew_and_history_stays(cast: Cast) -> None:
    save(cast)
    page = cast.open("panel_settings", query="?degistir=1")
    page = cast.send("panel_settings", **{**page.fields, "kind": "self_managed", "correct": "on"})
    assert "Beyanınız: Firma kendisi yönetecek" in page
    assert "Önceki beyan: İş ortağı atandı İYSKod 710482" in page
    kept = cast.application.declarations.first()
    assert kept is not None
    assert (kept.kind, kept.iys_code, kept.brand_codes) == ("self_managed", "", [])
    assert cast.now().route == "full", "the six steps stay done, and the way back is open"
    page = cast.open("panel_settings", query="?degistir=1")
    assert page.ticked == ["self_managed"]
    page = cast.send("panel_settings", **{**page.fields, "kind": "partner", "correct": "on"})
    assert "Beyanınız: İş ortağı atandı" in page
    assert cast.application.declarations.count() == 3


def test_an_exempt_organisation_may_manage_itself_later_and_the_other_way_round() -> None:
    cast = Cast(Route.EXEMPT)
    save(cast, exemption_basis="Dernek kütük no 35-012-345")
    page = cast.open("panel_settings", query="?degistir=1")
    assert page.fields["exemption_basis"] == "Dernek kütük no 35-012-345"
    page = cast.send("panel_settings", **{**page.fields, "kind": "self_managed", "correct": "on"})
    assert "Önceki beyan: Muaf kuruluş" in page
    assert (cast.now().pk, cast.now().route) == (cast.application.pk, "self_managed")
    assert cast.now().declarations.values_list("exemption_basis", flat=True)[0] == ""


def test_what_was_declared_before_another_application_is_still_shown() -> None:
    cast = Cast(Route.SELF_MANAGED)
    save(cast)
    cast.send("route", route="exempt", kapatir="1")
    assert cast.now().pk != cast.application.pk
    page = save(cast, exemption_basis="Vakıf senedi")
    assert "Beyanınız: Muaf kuruluş" in page
    assert "Önceki beyan: Firma kendisi yönetecek" in page


@pytest.mark.parametrize(
    "mixed",
    [
        {"kind": "exempt", "exemption_basis": ""},
        {"kind": "exempt", "exemption_basis": "Dernek", "iys_code": "710482"},
        {"kind": "partner", "iys_code": "", "brand_codes": ["710482"]},
        {"kind": "partner", "iys_code": "710482", "brand_codes": []},
        {"kind": "partner", "iys_code": "710482", "brand_codes": ["710482"], "exemption_basis": "Dernek"},
        {"kind": "self_managed", "brand_codes": ["710482"]},
        {"kind": "self_managed", "iys_code": "710482"},
    ],
)
def test_the_database_keeps_the_three_apart(mixed: dict[str, object]) -> None:
    cast = Cast(Route.EXEMPT)
    text = LegalText.objects.get(kind="declaration_exempt")
    rest = {
        "application": cast.application,
        "text_version": text,
        "text": "…",
        "declared_by": cast.people["owner"],
    }
    with pytest.raises(IntegrityError, match="a_declaration_is_one_of_three"), transaction.atomic():
        Declaration.objects.create(**{"iys_code": "", "brand_codes": [], "exemption_basis": "", **rest, **mixed})


def test_the_end_has_the_codes_to_copy_what_to_do_now_and_the_evidence(cast: Cast) -> None:
    save(cast)
    for name in ("panel_settings", "summary"):
        page = cast.open(name)
        assert page.words.count("İYS panelinde “Mutabakat Yönetimi”") == 1, "said once"
        assert "Yılda bir kez unvan, adres" in page
        source = cast.browsers["owner"].get(reverse(f"onboarding:{name}")).content.decode()
        assert re.search(r'<span class="final-code" id="code-iys">710482</span>', source)
        assert 'data-copy="#code-iys"' in source
        assert 'data-copy="#code-1"' in source, "each brand's code too"
    assert cast.open("summary").words.index("Kanıt dosyası Bütün süreç") < cast.open("summary").words.index(
        "Yapılanlar"
    ), "right there, not at the foot"


@pytest.mark.parametrize(
    ("route", "kind", "true", "more"),
    [
        ("exempt", "exempt", "İYS dışında olduğunuz kaydedildi", {"exemption_basis": "Dernekler Kanunu"}),
        ("self_managed", "self_managed", "kaydınız, veri aktarımı ve verilerin güncel tutulması", {}),
    ],
)
def test_whoever_only_declares_is_not_told_to_be_registered(
    route: str, kind: str, true: str, more: dict[str, str]
) -> None:
    cast = Cast(Route(route))
    cast.send("panel_settings", **{**cast.open("panel_settings").fields, "kind": kind, "correct": "on", **more})
    for name in ("panel_settings", "summary", "board"):
        page = cast.open(name)
        assert "Beyanınız kaydedildi" in page, name
        assert "Tebrikler" not in page
        assert "Mutabakat" not in page
        if name != "board":
            assert "Bu beyanla İYS'ye kayıt yapılmadı" in page
            assert true in page
        assert "final-code" not in cast.browsers["owner"].get(reverse(f"onboarding:{name}")).content.decode()


def test_clearing_the_form_empties_what_was_typed_and_keeps_what_step_3_brought(cast: Cast) -> None:
    save(cast)
    shown = cast.open("panel_settings", query="?degistir=1")
    assert shown.ticked == ["partner"]
    assert shown.links["Temizle"].endswith("?temizle=1")
    cleared = cast.open("panel_settings", query="?temizle=1")
    assert cleared.ticked == []
    assert (cleared.fields["iys_code"], cleared.fields["change_reason"]) == ("710482", "")


@pytest.mark.parametrize("route", [Route.EXEMPT, Route.SELF_MANAGED])
def test_what_cannot_be_declared_is_no_choice_but_a_way_there(route: Route) -> None:
    cast = Cast(route)
    html = cast.browsers["owner"].get(reverse("onboarding:panel_settings")).content.decode()
    offered = re.findall(r'name="kind"[^>]*value="(\w+)"', html)
    assert (offered[0], {*offered}) == (route.value, {"exempt", "self_managed"}), "what was chosen stands first"
    assert cast.open("panel_settings").links["Yolunuzu değiştirin"] == reverse("onboarding:route")


def test_codes_are_read_and_changed_only_by_who_wants_to(cast: Cast) -> None:
    """They come from step 3; empty fields about changing them make people change them."""
    html = cast.browsers["owner"].get(reverse("onboarding:panel_settings")).content.decode()
    shown = cast.open("panel_settings").words.partition("Kodlardan biri yanlış")[0]
    assert "İYSKod 710482" in shown
    assert f"BrandKod · {cast.company.brands.get().name} 710482" in shown
    assert re.search(r"<details class=\"details\">\s*<summary>Kodlardan biri yanlış", html)
    sent = {**cast.open("panel_settings").fields, "correct": "on", "iys_code": "999999"}
    refused = cast.browsers["owner"].post(reverse("onboarding:panel_settings"), sent).content.decode()
    assert re.search(r"<details class=\"details\" open>\s*<summary>Kodlardan biri yanlış", refused)


def test_the_sentence_about_the_partner_says_who_is_meant(cast: Cast) -> None:
    """The guide's words are the partner's: read by the company, “firmamız” would be herself."""
    page = cast.open("panel_settings")
    assert "Buradaki “firmamız” biziz, yani iş ortağınız." in page
