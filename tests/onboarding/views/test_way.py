"""The way through the screens: found by three answers, and never asked for twice."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import escape

from correspondence.models import Letter, LetterStatus
from correspondence.outgoing.bodies import to_send
from documents import samples
from onboarding.actions.pre_application import online, submission
from onboarding.forms.dossier import DossierForm
from onboarding.forms.online import EvidenceForm
from onboarding.gate import Route
from onboarding.models import Application
from onboarding.steps import CODE_RECEIPT, PRE_APPLICATION
from onboarding.ways import Way
from team.forms import CompanyForm
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.cast import Cast
from tests.scenarios.factories import CompanyFactory, MembershipFactory
from tests.scenarios.ladder import PAPERS, STAFF
from tests.scenarios.papers import blank_pdf, upload

pytestmark = pytest.mark.django_db
NEW_ON_PAPER = "?situation=new&has_mersis=evet&signing=paper"


@pytest.fixture
def newcomer() -> Client:
    """The owner of a company without an application, in a browser."""
    samples.load()
    return signed_in(MembershipFactory.create(company=CompanyFactory.create()).user)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (NEW_ON_PAPER, ("Manuel başvuru (belgelerle)", "Ticaret sicil gazetesi", "kargoyla")),
        ("?situation=new&has_mersis=hayir&signing=electronic", ("Manuel başvuru (belgelerle)", "Vergi levhası")),
        ("?situation=new&has_mersis=evet&signing=electronic", ("Çevrim içi başvuru", "Gmail", "E-imza gerekir")),
        ("?situation=new&has_mersis=evet&signing=foreign", ("Manuel başvuru (belgelerle)", "yabancı uyruklu")),
        ("?situation=applied", ("yeniden başvurmanız gerekmez",)),
        # What was ticked before the first answer was changed decides nothing.
        ("?situation=exempt&has_mersis=evet&signing=electronic", ("bir kez beyan eder",)),
    ],
)
def test_the_answers_lead_to_a_way_with_its_reason_and_what_it_needs(
    newcomer: Client, answers: str, said: tuple[str, ...]
) -> None:
    page = Screen(newcomer.get("/basvuru/yol/" + answers))
    assert "Bu yolla başla" in page.buttons
    for words in said:
        assert words in page
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("title", "answered"),
    [
        ("Mavi Deniz Turizm A.Ş.", True),
        ("KUZEY IŞIĞI GIDA LTD.ŞTİ.", True),
        ("S.S. Bağ Evleri Yapı Kooperatifi", True),
        ("Poyraz Danışmanlık Defne Yıldız", False),
        ("Lodos Yardımlaşma Derneği", False),
    ],
)
def test_a_title_that_says_what_the_company_is_in_law_answers_for_mersis(title: str, answered: bool) -> None:
    company = CompanyFactory.create(trade_name=title)
    page = Screen(signed_in(MembershipFactory.create(company=company).user).get("/basvuru/yol/"))
    assert ("has_mersis" in page.fields) is answered
    assert ("Unvanınıza bakıp işaretledik" in page) is answered
    assert ("Bu yolla başla" in page.buttons) is title.endswith("Derneği"), "what is not asked is not decided"


@pytest.mark.parametrize("answers", ["", "?situation=new", "?situation=new&has_mersis=evet", "?situation=bogus"])
def test_nothing_is_proposed_and_nobody_is_blamed_while_she_still_answers(newcomer: Client, answers: str) -> None:
    page = Screen(newcomer.get("/basvuru/yol/" + answers))
    assert "Bu yolla başla" not in page.buttons
    assert "düzeltmeniz gerekiyor" not in page


def test_without_script_what_was_left_out_is_named(newcomer: Client) -> None:
    page = Screen(newcomer.get("/basvuru/yol/?situation=new&signing=paper&goster=1"))
    assert "1 yeri düzeltmeniz gerekiyor" in page
    assert "MERSİS numaranız var mı? Bir seçenek işaretleyin." in page


def test_whoever_has_answered_is_not_asked_again_and_lands_on_the_form(newcomer: Client) -> None:
    shown = newcomer.get("/basvuru/yol/" + NEW_ON_PAPER).content.decode()
    proposed = shown.split('id="proposal"')[1].split("<details")[0]
    taken = dict(re.findall(r'<input type="hidden" name="(route|channel|has_mersis)" value="(\w+)">', proposed))
    assert taken == {"route": "full", "channel": "manual", "has_mersis": "evet"}
    answer = newcomer.post("/basvuru/yol/", taken, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/basvuru/adim/1/bilgiler/")
    form = Application.objects.get().application_form
    assert (form.channel, form.has_mersis, form.complete) == ("manual", True, False)


@pytest.mark.parametrize(
    ("way", "lands"),
    [
        (Way.ONLINE, "/basvuru/adim/1/e-posta/"),
        (Way.MANUAL, "/basvuru/adim/1/mersis/"),
        (Way.APPLIED, "/basvuru/adim/1/basvurulmus/"),
        (Way.EXEMPT, "/basvuru/adim/6/"),
        (Way.SELF_MANAGED, "/basvuru/adim/6/"),
    ],
)
def test_every_way_can_be_chosen_by_hand_and_leads_straight_on(newcomer: Client, way: Way, lands: str) -> None:
    taken = {"route": way.route.value, "channel": way.channel}
    answer = newcomer.post("/basvuru/yol/", taken, follow=True)
    assert answer.redirect_chain[-1][0] == lands


@pytest.mark.parametrize("taken", [{}, {"route": "full", "channel": "fax"}, {"route": "nowhere"}])
def test_what_is_no_way_opens_nothing(newcomer: Client, taken: dict[str, str]) -> None:
    page = Screen(newcomer.post("/basvuru/yol/", taken, follow=True))
    assert "Yollardan birini seçin." in page
    assert not Application.objects.exists()


def test_a_way_that_can_no_longer_be_taken_says_so_and_changes_nothing() -> None:
    cast = Cast()
    cast.submitted()
    page = cast.send("route", route="full", channel="online")
    assert "başvuru yolu artık değiştirilemez" in page
    assert cast.now().application_form.channel == "manual"


def test_who_may_not_close_the_application_reads_so_before_the_questions() -> None:
    cast = Cast()
    cast.at_iys()
    Letter.objects.filter(audience="iys").update(status=LetterStatus.SENT)
    said = f"bunu yalnızca firma sahibi {cast.people['owner']} yapabilir"
    for role, reads in (("editor", True), ("owner", False)):
        page = cast.open("route", role=role).words
        assert (said in page) == reads, role
        assert "başlama düğmesi" not in page
        if reads:
            assert page.index(said) < page.index("MERSİS")


def test_another_answer_about_mersis_opens_the_form_again() -> None:
    """The papers follow the answer: what was complete for the other one is not for this one."""
    cast = Cast()
    cast.fill_in()
    cast.send("route", route="full", channel="manual", has_mersis="hayir")
    form = cast.now().application_form
    assert (form.has_mersis, form.complete) == (False, False)


# Check answers


def ready() -> Cast:
    cast = Cast()
    cast.ready()
    return cast


def changes(page: Screen) -> dict[str, str]:
    return {text.partition(": ")[2]: href for text, href in page.links.items() if text.startswith("Değiştir: ")}


def test_each_answer_is_shown_with_the_way_to_change_it() -> None:
    cast = ready()
    page = cast.open("review")
    rows = changes(page)
    assert {
        "Ticaret Unvanı",
        "Vergi Dairesi",
        "Kurumsal E-Posta",
        "KEP Adresi",
        "MERSİS numaranız var mı?",
    } <= set(rows)
    assert {"Başvuru yolu", "İmza sirküleri", "Kaşeli ve imzalı taahhütname"} <= set(rows)
    assert rows["Web Sitesi"] == "/basvuru/adim/1/bilgiler/iletisim/?geri=gozden-gecir#id_website"
    assert cast.company.corporate_email in page


def test_what_is_changed_from_the_review_leads_back_to_it() -> None:
    cast = ready()
    path = "/basvuru/adim/1/bilgiler/iletisim/?geri=gozden-gecir"
    owner = cast.browsers["owner"]
    shown = Screen(owner.get(path)).fields
    answer = owner.post(path, {**shown, "website": "https://yeni.example"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/basvuru/adim/1/gozden-gecir/"
    assert "https://yeni.example" in Screen(answer)
    wrong = owner.post(path, {**shown, "website": "mavideniz"})
    assert wrong.status_code == 422


def test_a_viewer_is_offered_no_change() -> None:
    assert changes(ready().open("review", role="viewer")) == {}


def test_the_letter_is_folded_where_the_page_has_said_it_all() -> None:
    cast = ready()
    html = cast.browsers["owner"].get("/basvuru/adim/1/gozden-gecir/").content.decode()
    sheet = html.split('class="letter-sheet"')[1]
    assert sheet.index("onkayit@iys.org.tr") < sheet.index("<details>") < sheet.index("<pre>")


# Straight on


def test_after_each_post_one_lands_on_the_next_screen() -> None:
    cast = Cast()
    cast.at_iys()
    cast.codes_read()
    answer = cast.answer("confirm_codes", expected_version=str(cast.record(CODE_RECEIPT).version))
    assert answer["Location"] == "/basvuru/adim/4/sec/"


def test_the_boards_button_leads_to_the_very_screen() -> None:
    cast = Cast()
    assert cast.open("board").links["Devam et"] == "/basvuru/adim/1/mersis/"
    cast.send("mersis_question", has_mersis="evet")
    assert cast.open("board").links["Devam et"] == "/basvuru/adim/1/bilgiler/"
    cast.fill_in()
    assert cast.open("board").links["Devam et"] == "/basvuru/adim/1/"
    cast.hand_in(*PAPERS)
    assert cast.open("board").links["Devam et"] == "/basvuru/adim/1/gozden-gecir/"


def test_who_may_only_look_is_led_to_the_steps_page() -> None:
    assert ready().open("board", role="viewer").links["Ayrıntıları gör"] == "/basvuru/adim/1/"


def test_the_boards_order_and_name() -> None:
    """On a phone the page goes down as it is written: what to do, the six steps, then the correspondence."""
    cast = Cast()
    main = cast.browsers["owner"].get("/basvuru/").content.decode().split("<main")[1]
    assert main.index('class="board__next"') < main.index('aria-label="Altı adım"') < main.index("<h2>Yazışmalar")
    assert main.index(str(escape(cast.company))) < main.index("<h1>")


# Letters


def test_letters_link_to_the_step_they_speak_of_for_the_company_they_are_about() -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Açılmıyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    letter = Letter.objects.filter(idempotency_key__startswith="turn:").latest("created_at")
    path = f"/basvuru/adim/1/?firma={cast.company.pk}"
    assert path in to_send(letter).text
    assert path in to_send(letter).html
    assert "Açılmıyor" in Screen(cast.browsers["owner"].get(path))


def test_no_letter_leads_into_a_company_without_naming_it() -> None:
    """Whoever belongs to several would land in the wrong one. What stands in no company: an account, the admin."""
    folder = Path(__file__).parents[3] / "templates" / "letters"
    bare = re.compile(r'{% url "(?:onboarding:\w+|support:\w+|team:(?!notices|join)\w+)"')
    assert [each.name for each in folder.rglob("*.*") if bare.search(each.read_text(encoding="utf-8"))] == []


def test_the_last_paper_leads_to_the_review_and_an_optional_one_is_waited_for() -> None:
    cast = Cast()
    cast.fill_in()
    cast.hand_in(*PAPERS[:-1])
    answer = cast.answer("upload", PAPERS[-1], file=upload(blank_pdf()))
    assert answer["Location"] == "/basvuru/adim/1/gozden-gecir/"
    other = Cast()
    other.fill_in()
    other.send("route", route="full", channel="manual", has_mersis="hayir")
    form = other.now().application_form
    form.complete = True
    form.save()
    other.hand_in("tax_plate", "identity_card", "signature_circular")
    # The certificate of the chamber may still come.
    assert other.answer("upload", "undertaking", file=upload(blank_pdf()))["Location"] == "/basvuru/adim/1/"


def primaries(cast: Cast, path: str) -> int:
    main = cast.browsers["owner"].get(path, follow=True).content.decode().split("<main")[1].split("</main>")[0]
    return main.count('class="button"') + main.count('class="button "')


def test_a_page_has_one_thing_to_do() -> None:
    """One primary button a page; everything else is quiet."""
    new, full, choosing, preparing = Cast(), Cast(code="710483"), Cast(code="710484"), Cast(code="710485")
    new.fill_in()
    full.ready()
    choosing.chosen()
    preparing.preparing()
    step = "/basvuru/adim/{}"
    seen = {
        (cast.company.pk, path): primaries(cast, path)
        for cast, path in (
            (new, "/basvuru/"),
            (new, step.format("1/")),
            (new, step.format("1/kanal/")),
            (new, step.format("1/kargo/")),
            (full, step.format("1/")),
            (full, step.format("1/gozden-gecir/")),
            (choosing, step.format("4/")),
            (preparing, step.format("5/")),
        )
    }
    assert seen == dict.fromkeys(seen, 1)
    preparing.form_handed_in()
    for path in (step.format("5/"), step.format("5/gozden-gecir/")):
        assert primaries(preparing, path) == 1, path


@pytest.mark.parametrize(
    ("situation", "name"),
    [
        ("applied", "İYS'ye zaten başvurdum / İYSKodum var"),
        ("exempt", "İYS'den muaf bir kuruluşuz (STK, dernek)"),
        ("self_managed", "İYS süreçlerini kendimiz yöneteceğiz"),
    ],
)
def test_a_way_has_one_name_as_answer_as_proposal_and_in_the_list(situation: str, name: str) -> None:
    page = Cast().open("route", query=f"?situation={situation}")
    assert page.words.count(name) >= 3


def test_no_way_of_signing_is_offered_that_the_portal_does_not_lead_through() -> None:
    """The guide asks for the e-signature's token; nothing says how to sign with a telephone."""
    page = Cast().open("route")
    assert "imzalayacak herkesin e-imzası var" in page
    assert "mobil" not in page


@pytest.mark.parametrize(
    ("route", "channel", "title", "situation"),
    [
        (Route.FULL, "manual", "Manuel başvuru (belgelerle)", "new"),
        (Route.FULL, "applied", "İYS'ye zaten başvurdum / İYSKodum var", "applied"),
        (Route.SELF_MANAGED, "", "İYS süreçlerini kendimiz yöneteceğiz", "self_managed"),
    ],
)
def test_whoever_looks_for_another_way_reads_which_one_is_gone(
    route: Route, channel: str, title: str, situation: str
) -> None:
    cast = Cast(route)
    form = cast.now().application_form
    form.channel = channel
    form.save()
    page = cast.open("route")
    assert f"Şimdiki yolunuz: {title}" in page
    assert page.fields["situation"] == situation


def test_hints_of_two_sentences_end_as_sentences_do() -> None:
    for form in (DossierForm, CompanyForm, EvidenceForm):
        for name, field in form.base_fields.items():
            hint = str(field.help_text)
            is_whole = ". " not in hint or "Örneğin" in hint or hint.endswith(".")
            assert is_whole, (form, name)
    for name in ("corporate_email", "mersis_number"):
        assert online.why_fixed(name).endswith(".")
