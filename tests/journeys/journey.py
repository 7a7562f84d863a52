"""A company's owner and support in two browsers, and what each does in the six steps."""

import re
import subprocess
import time
import zipfile
from pathlib import Path

import httpx
import pytest

from launch.company import DOCUMENTS, EMAIL, FIELDS, sheet, tax_plate
from launch.run import DEMO_PASSWORD
from launch.stack import Stack
from launch.walk import PASSWORD
from tests.journeys.stage import Watched
from tests.scenarios.browser import shown
from tests.scenarios.papers import blank_pdf

# What is answered on the way to each way.
ANSWERS = {
    "manual": {"situation": "new", "has_mersis": "evet", "signing": "paper"},
    "online": {"situation": "new", "has_mersis": "evet", "signing": "electronic"},
    "applied": {"situation": "applied"},
    "exempt": {"situation": "exempt"},
}
PATIENCE = 60.0  # seconds for one answer
# The evidence pack, and the button for another one: a letter of the end may go while the first is made.
ZIP, AGAIN = re.compile(r"^kanit-.*\.zip$"), "Yeniden hazırla"


class Journey:
    def __init__(self, stack: Stack, owner: Watched, support: Watched, scans: Path) -> None:
        self.stack, self.owner, self.support = stack, owner, support
        self.clicks_to_codes = 0
        self.scan = scans / "tarama.pdf"
        self.scan.write_bytes(sheet())

    def mails(self, address: str) -> list[str]:
        """The words of all that were sent there."""
        answer = httpx.get(f"{self.stack.sandbox_url}/api/mail", params={"address": address})
        return [mail["text"] for mail in answer.json()["mails"]]

    def newest_mail(self, address: str, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for text in self.mails(address):
                if found := re.search(pattern, text, re.MULTILINE):
                    return found[1]
            time.sleep(0.3)
        pytest.fail(f"no such mail for {address}")

    def until(self, path: str, words: str) -> None:
        """Asks for the owner's page until it says so, and looks at it then: drawing it each time costs most."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.owner.context.request.get(self.owner.base + path)
            if words in shown(answer.text()):
                self.owner.page.goto(self.owner.base + path)
                if words in self.owner.page.inner_text("main"):
                    self.owner.accessible()
                    return
            self.stack.check()
            time.sleep(0.3)
        self.owner.page.goto(self.owner.base + path)
        pytest.fail(f"{path} never said {words!r}:\n{self.owner.page.inner_text('main')}")

    def sign_up(self) -> None:
        self.owner.open("/")
        self.owner.press("Kaydolun")
        self.owner.fill(full_name="Defne Poyraz", email=EMAIL, password1="kısa")
        with self.owner.clicks.aside():
            self.owner.press("Hesap aç")
        assert "düzeltmeniz gerekiyor" in self.owner.page.inner_text("main")
        assert self.owner.page.input_value("[name=full_name]") == "Defne Poyraz"
        self.owner.fill(password1=PASSWORD)
        self.owner.press("Hesap aç")
        link = self.newest_mail(EMAIL, r"(\S+#\d{6})$")
        self.owner.follow(link.removeprefix(self.owner.base))
        self.owner.open("/firma/yeni/")
        self.found_company()
        self.owner.press("Kaydet ve devam et")

    def found_company(self) -> None:
        self.owner.fill(trade_name=FIELDS["trade_name"], tax_number=FIELDS["tax_number"])

    def answer(self, way: str, button: str = "Bu yolla başla") -> None:
        """At most three questions, and the way that they lead to."""
        for name, said in ANSWERS[way].items():
            box = self.owner.page.locator(f"[name={name}][value={said}]")
            if not box.is_checked():
                self.owner.tick(box)
        self.owner.page.get_by_role("button", name=button, exact=True).wait_for()
        self.owner.accessible()
        self.owner.press(button)

    def takes(self, paper: str) -> None:
        """Presses what gives out a paper, which is not printed here."""
        page = self.owner.page
        button = page.get_by_role("link", name=paper, exact=True).or_(
            page.get_by_role("button", name=paper, exact=True)
        )
        button.wait_for()
        self.owner.clicks.note(paper)

    def downloads(self, paper: str) -> None:
        page = self.owner.page
        address = page.get_by_role("link", name=paper, exact=True).get_attribute("href")
        while page.request.get(f"{self.owner.base}{address}").status == httpx.codes.ACCEPTED:
            page.wait_for_timeout(300)

    def pre_application(self) -> None:
        self.answer("manual")
        self.firm()
        # Website and address stand there already, those of the address that she signed up with; the firm is called
        # where she is.
        self.owner.press("Kaydet ve devam et")
        self.owner.press("İmza yetkilisi benim")
        assert self.owner.page.input_value("[name=signatory_name]") == FIELDS["signatory_name"]
        self.owner.fill(signatory_identity="12345678901", signatory_mobile=FIELDS["signatory_mobile"])
        with self.owner.clicks.aside():
            self.owner.press("Kaydet ve devam et")
        assert "bir rakam yanlış görünüyor" in self.owner.page.inner_text("main")
        assert self.owner.page.input_value("[name=signatory_mobile]") == FIELDS["signatory_mobile"]
        self.write("signatory_identity")
        self.takes("Taahhütnameyi indir")
        for pages, kind in enumerate(DOCUMENTS, start=3):
            row = self.owner.page.locator(f"#belge-{kind}")
            # Different papers: of one file that is handed in as several its page has something to say.
            scan = self.scan.with_name(f"{kind}.pdf")
            scan.write_bytes(blank_pdf(pages))
            self.owner.choose_file(row.locator(f"#file-{kind}"), scan)
            if kind != DOCUMENTS[-1]:
                row.get_by_text("Yüklendi", exact=True).wait_for()
        self.owner.page.wait_for_url("**/basvuru/adim/1/gozden-gecir/")
        self.owner.accessible()
        assert "onkayit@iys.org.tr" in self.owner.page.inner_text("main")
        assert FIELDS["signatory_identity"] not in self.owner.page.content()
        self.owner.press("Onaylıyorum, gönderin")
        self.until("/basvuru/", "Başvurunuz inceleniyor")

    def firm(self) -> None:
        self.write("mersis_number", "tax_office", "province", "district", "address")

    def write(self, *names: str) -> None:
        """What a page of the data asks for, and on to the next one."""
        # A district is chosen from the list of the province that was chosen before it.
        for name in sorted(names, key=lambda each: each == "district"):
            self.owner.fill(**{name: FIELDS[name]})
            if name == "province":
                self.owner.page.wait_for_function("() => !document.querySelector('.htmx-request')")
        self.owner.press("Kaydet ve devam et")

    def support_signs_in(self) -> None:
        self.support.page.goto(f"{self.support.base}/hesap/login/")
        self.support.fill(login="destek@portal.example", password=DEMO_PASSWORD)
        self.support.press("Giriş yap")

    def sign_anew(self) -> None:
        """The undertaking that was signed says what has changed since, so another one is handed in. It is the last
        thing that was missing: the review comes by itself."""
        self.downloads("Taahhütnameyi indir")
        row = self.owner.page.locator("#belge-undertaking")
        again = self.scan.with_name("taahhutname-yeni.pdf")
        again.write_bytes(blank_pdf(3))
        self.owner.choose_file(row.locator("#file-undertaking"), again)
        self.owner.page.wait_for_url("**/gozden-gecir/")

    def review(self) -> None:
        """Support asks for one correction, gets it, approves."""
        self.support_signs_in()
        with self.owner.clicks.aside():
            self._correct()
        self.press_move("Onayla ve İYS'ye gönder")

    def _correct(self) -> None:
        self.open_application()
        self.support.page.get_by_role("link", name="Düzeltme iste…").click()
        self.support.page.get_by_label("Web Sitesi").fill("Adres açılmıyor, güncel adresi yazın")
        self.support.page.get_by_role("button", name="Düzeltmeyi iste").click()
        self.until("/basvuru/adim/1/", "Adres açılmıyor")
        self.owner.press("Bilgileri değiştir")
        open_fields = self.owner.page.locator("form.card input:not([type=hidden])")
        assert open_fields.count() == 1, "more than the named field is open"
        self.owner.fill(website="https://www.kuzeyruzgari.example")
        self.owner.press("Kaydet ve devam et")
        self.sign_anew()
        self.owner.press("Onaylıyorum, gönderin")

    def open_application(self) -> None:
        self.support.page.goto(f"{self.support.base}/destek/onboarding/queueitem/")
        self.support.page.get_by_role("link", name=re.compile("^P-")).first.click()
        self.support.page.wait_for_load_state()

    def press_move(self, name: str) -> None:
        self.open_application()
        button = self.support.page.get_by_role("button", name=name)
        asks = button.evaluate("each => Boolean(each.form.dataset.confirm)")
        button.click()
        if asks:
            self.support.page.get_by_role("dialog", name="Onay").get_by_role("button", name=name).click()
        self.support.page.wait_for_load_state()
        assert self.support.page.locator(".messagelist .error").count() == 0

    def codes(self, told: str = "Kodlarınız geldi") -> None:
        self.until("/basvuru/adim/3/", told)
        self.clicks_to_codes = len(self.owner.clicks.made)
        self.owner.press("Doğru, onaylıyorum")
        assert self.owner.page.url.endswith("/basvuru/adim/4/sec/"), "the next step is not where one lands"

    def package(self) -> None:
        self.owner.fill(email_addresses="4100")
        self.letter_comes()
        main = self.owner.page.inner_text("main")
        assert "İYS koduna sahip firmamız adına İLETİ 5 paketi teklifini" in main
        self.owner.press("Onaylıyorum, portal göndersin")
        self.until("/basvuru/adim/4/", "İYS'nin teklifi geldi")
        self.contract_and_payment()

    def letter_comes(self) -> None:
        """Below the figures, as soon as they are whole."""
        self.owner.says("Nasıl istemek istersiniz?")

    def contract_and_payment(self) -> None:
        assert self.owner.page.get_by_role("button", name="Onayla", exact=True).is_disabled()
        self.owner.tick(self.owner.page.get_by_label("Yukarıda bulunan sözleşmeyi okudum ve onaylıyorum."))
        self.owner.press("Onayla")
        self.takes("Ödemeye git")
        link = self.owner.page.get_by_role("link", name="Ödemeye git").get_attribute("href")
        assert link is not None
        httpx.post(link)
        self.until("/basvuru/adim/4/", "paketiniz tanımlandı")

    def assignment(self) -> None:
        self.owner.open("/basvuru/adim/5/")
        assert "5.000'den azdır: 4.100" in self.owner.page.inner_text("main")
        self.hand_in_form()
        self.until("/basvuru/adim/5/", "İş ortağınız atandı")

    def hand_in_form(self) -> None:
        """Stamped, approved by the owner, sent on by support."""
        self.takes("Atama formunu indir")
        # A paper of its own: a file that is handed in as another one too is asked about.
        form = self.scan.with_name("atama.pdf")
        form.write_bytes(blank_pdf(2))
        self.owner.choose_file(self.owner.page.locator("#file-assignment"), form)
        self.owner.press("Onaylıyorum, gönderin")
        self.press_move("Onayla ve İYS'ye gönder")

    def settings(self) -> None:
        self.owner.open("/basvuru/adim/6/")
        with self.owner.clicks.aside():
            self.owner.press("Kaydet")
        assert "bilgilerin doğruluğunu onaylamalısınız" in self.owner.page.inner_text("main")
        self.owner.tick(self.owner.page.locator("[name=correct]"))
        self.owner.press("Kaydet")
        assert "İYS kaydınız tamamlandı" in self.owner.page.inner_text("main")

    def help(self) -> None:
        """A question from where one is, support's answer, and the mail that brings it."""
        self.owner.open("/basvuru/adim/6/")
        self.owner.page.get_by_text("Takıldınız mı? Destek isteyin").click()
        self.owner.page.get_by_label("Sorunuz").fill("Muaf olup olmadığımızı nereden öğreniriz?")
        self.owner.page.get_by_role("button", name="Destek ekibine gönder").click()
        self.owner.page.get_by_text("Sorunuz destek ekibine iletildi.").wait_for()
        self.owner.accessible()
        self.support.page.goto(f"{self.support.base}/destek/support/question/?durum=bekliyor")
        self.support.page.locator("#result_list tbody a").first.click()
        self.support.page.get_by_label("Yanıtınız").fill("Hukuk biriminize danışın.")
        self.support.page.get_by_role("button", name="Yanıtı gönder").click()
        self.support.page.get_by_text("Yanıt iletildi").wait_for()
        assert self.newest_mail(EMAIL, r"(Hukuk biriminize danışın\.)")
        self.owner.open("/basvuru/")
        self.owner.page.get_by_text("okunmamış yanıt").first.wait_for(state="attached")
        with self.owner.clicks.aside():
            self.owner.press(re.compile("^Destek"))
        assert "Hukuk biriminize danışın." in self.owner.page.inner_text("main")

    def summary(self, folder: Path) -> None:
        """The evidence pack appears on the page while one waits, and its manifest is true."""
        self.owner.open("/basvuru/ozet/")
        self.owner.page.get_by_role("button", name="Kanıt dosyasını hazırla").click()
        link = self.owner.page.get_by_role("link", name=ZIP)
        again = self.owner.page.get_by_role("button", name=AGAIN)
        link.or_(again).first.wait_for(timeout=PATIENCE * 1000)
        if again.count():
            again.click()
            link.wait_for(timeout=PATIENCE * 1000)
        self.owner.accessible()
        with self.owner.page.expect_download() as taken:
            link.click()
        with zipfile.ZipFile(taken.value.path()) as archive:
            archive.extractall(folder)
        (unpacked,) = folder.iterdir()
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=unpacked, check=True)
        assert len(list(unpacked.glob("mektuplar/*.eml"))) >= 3

    # -- Step 1 by the online channel ---------------------------------------------------------------------------

    def verify_email(self) -> None:
        self.answer("online")
        with self.owner.clicks.aside():
            self.owner.fill(email="firma@gmail.com")
            self.owner.press("Doğrula")
        assert "ücretsiz bir e-posta hizmeti" in self.owner.page.inner_text("main")
        # Her own address is verified already; another one is typed and gets a code.
        with self.owner.clicks.aside():
            self.owner.fill(email=FIELDS["corporate_email"])
        # The browser has done its little sum before the button is pressed.
        self.owner.page.get_by_text("Güvenlik denetimi tamamlandı.").wait_for(timeout=30_000)
        self.owner.press("Doğrula")
        self.owner.type_code("000000")
        assert "deneme hakkınız kaldı" in self.owner.page.inner_text("main")
        self.owner.type_code(self.newest_mail(FIELDS["corporate_email"], r"^(\d{6})$"))

    def query(self) -> None:
        self.owner.fill(mersis_number="0614088153400001", identity=FIELDS["signatory_identity"])
        with self.owner.clicks.aside():
            self.owner.press("Sorgula")
        assert "firmanızı eklerken yazdığınız vergi numarasına ait değil" in self.owner.page.inner_text("main")
        self.owner.fill(mersis_number=FIELDS["mersis_number"], identity=FIELDS["signatory_identity"])
        self.owner.press("Sorgula")
        self.owner.open("/basvuru/adim/1/bilgiler/firma/")
        assert self.owner.page.locator("[name=trade_name]").is_disabled()

    def form(self) -> None:
        self.owner.open("/basvuru/adim/1/bilgiler/")
        self.owner.press("Kaydet ve devam et")
        assert self.owner.page.input_value("[name=signatory_email]") == EMAIL, "she is who the registry names"
        self.write("signatory_mobile")
        self.owner.type_code(self.newest_sms())

    def newest_sms(self) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for message in httpx.get(f"{self.stack.sandbox_url}/api/sms").json()["messages"]:
                if found := re.search(r"\d{6}", str(message["text"])):
                    return found[0]
            time.sleep(0.3)
        pytest.fail("no SMS with a code")

    def downloaded(self) -> bytes:
        """The undertaking to sign, once a worker has rendered it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.owner.context.request.get(
                f"{self.owner.base}/basvuru/belgeler/hazirla/undertaking_to_sign/"
            )
            if answer.headers["content-type"] == "application/pdf":
                return answer.body()
            time.sleep(0.3)
        pytest.fail("the undertaking was never rendered")

    def signed(self, paper: bytes, name: str, identity: str) -> Path:
        """What the sandbox's test certificate makes of the paper."""
        answer = httpx.post(
            f"{self.stack.sandbox_url}/imza",
            data={"name": name, "identity": identity},
            files={"file": ("taahhutname.pdf", paper, "application/pdf")},
        )
        assert answer.headers["content-type"] == "application/pdf"
        file = self.scan.with_name("imzali.pdf")
        file.write_bytes(answer.content)
        return file

    def sign(self) -> None:
        paper = self.downloaded()
        self.owner.open("/basvuru/adim/1/imza/")
        self.takes("Kullanım Taahhütnamesi'ni İndir")
        with self.owner.clicks.aside():
            self.owner.choose_file(
                self.owner.page.locator("#file-signed"), self.signed(paper, "Ada Yalın", "50911784858")
            )
        self.owner.says("TCKN eşleşmiyor")
        mine = self.signed(paper, FIELDS["signatory_name"], FIELDS["signatory_identity"])
        self.owner.choose_file(self.owner.page.locator("#file-signed"), mine)
        self.owner.says("denetlendi ve kabul edildi")

    def submit_online(self) -> None:
        assert self.owner.page.url.endswith("/basvuru/adim/1/gozden-gecir/"), "the review is not where one lands"
        self.owner.press("Onaylıyorum, gönderin")
        self.until("/basvuru/", "Ön başvurunuz inceleniyor")
        self.support_signs_in()
        self.press_move("Ön başvuruyu onayla")

    def enter_information(self) -> None:
        link = self.newest_mail(EMAIL, r"Başvuruya Devam Et: (\S+)")
        self.owner.open(link.removeprefix(self.owner.base))
        assert self.owner.page.input_value("[name=name]") == FIELDS["trade_name"]
        # A brand of another name than the firm's, which has a certificate.
        with self.owner.clicks.aside():
            self.owner.fill(name="Lodos")
        self.owner.fill(message_recipients="3200", message_identifiers="LODOS")
        self.owner.press("Markayı kaydet")
        self.owner.says("Bu marka kayıtlı.")
        with self.owner.clicks.aside():
            self.owner.choose_file(self.owner.page.locator("[name=certificate]"), self.scan)
            self.owner.press("Markayı kaydet")
        self.owner.page.get_by_role("link", name="tescil belgesi").wait_for()
        self.owner.fill(message_sent="48000", message_added="1200", message_refused="35")
        self.owner.press("Kaydet")
        assert "LODOS" in self.owner.page.inner_text("main"), "the letter is not shown before it is approved"
        self.owner.tick(self.owner.page.locator("[name=correct]"))
        self.owner.press("Başvuruyu Tamamla")
        self.press_move("Onayla ve İYS'ye gönder")


class WithTaxPlate(Journey):
    """Whoever has a vergi levhası that carries text hands it in first, and looks through what was read."""

    def found_company(self) -> None:
        paper = self.scan.with_name("levha.pdf")
        paper.write_bytes(tax_plate())
        self.owner.choose_file(self.owner.page.locator("#id_tax_plate"), paper)
        self.owner.says("Vergi levhanızdan okuduk")
        assert self.owner.page.input_value("[name=tax_number]") == FIELDS["tax_number"]

    def firm(self) -> None:
        page = self.owner.page
        read = {name: page.input_value(f"[name={name}]") for name in ("tax_office", "province", "district")}
        assert read == {"tax_office": "BORNOVA", "province": "İzmir", "district": "Bornova"}
        self.write("mersis_number")
