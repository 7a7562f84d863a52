"""Every page of a person's account, on a telephone, among the real servers: its button is pressed, and does it.

Each page is looked at on the way (tests/journeys/telephone.py): axe finds nothing, nothing runs over the edge, no
word of django-allauth's own pages stands there, no markup shows, no field and no button is without the portal's
looks. A page under /hesap/ that this walk does not open, or a button that it does not press, fails it.
"""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from launch.stack import Stack
from tests.journeys.stage import chromium, portal
from tests.journeys.telephone import Telephone, add_keys, page_names

DEFNE, NEW, ADA = "defne@kuzey.example", "defne.poyraz@kuzey.example", "ada@kuzey.example"
FIRST, SECOND, THIRD = "lodos-ve-poyraz-61", "keten-ve-ibrisim-72", "bakir-ve-kalay-83"
# A page of its own has no words: the first answers the scripts, the second is a file.
NO_PAGES = {"mfa_login_webauthn", "mfa_download_recovery_codes"}


def of(verb: str, what: str) -> re.Pattern[str]:
    """A button whose object is said to those who do not see where it stands."""
    return re.compile(rf"^{verb}\s*: {re.escape(what)}$")


class Walk:
    """What one person does with her account, one thing after another; each leaves her signed in."""

    def __init__(self, her: Telephone) -> None:
        self.her = her
        self.email, self.password, self.secret = DEFNE, FIRST, ""
        self.codes: list[str] = []

    def types_password(self, password: str) -> None:
        self.her.open("/hesap/login/")
        self.her.fill(login=self.email, password=password)
        self.her.press("Giriş yap")

    def proves_it(self) -> None:
        """What matters asks again who it is, once in a while."""
        self.her.asserts("Siz olduğunuzu doğrulayın")
        self.her.fill(password=self.password)
        self.her.press("Doğrula")

    def is_in(self) -> None:
        self.her.open("/hesap/")
        self.her.asserts("Hesabım", self.email)

    def is_out(self) -> None:
        """The same as `leaves`, which walks it on the pages, without drawing them again."""
        her = self.her
        token = her.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        answer = her.context.request.post(
            f"{her.base}/hesap/logout/", form={"csrfmiddlewaretoken": token}, max_redirects=0
        )
        assert answer.status == 302

    def leaves(self) -> None:
        self.her.open("/hesap/logout/")
        self.her.press("Çıkış yap")
        self.her.says("Çıkış yaptınız.")
        self.her.page.goto(f"{self.her.base}/hesap/")
        assert urlsplit(self.her.page.url).path == "/hesap/login/"

    def signs_up(self) -> None:
        her = self.her
        her.open("/hesap/signup/")
        her.fill(full_name="Defne Poyraz", email="yanlis@kuzey.example", password1="kısa")
        her.press("Hesap aç")
        her.asserts("düzeltmeniz gerekiyor", "En az 10 karakter")
        assert her.page.input_value("[name=full_name]") == "Defne Poyraz"
        assert her.page.input_value("[name=email]") == "yanlis@kuzey.example"
        assert her.page.input_value("[name=password1]") == ""
        her.fill(password1=self.password)
        her.press("Hesap aç")
        her.asserts("yanlis@kuzey.example")
        her.press("Başka bir e-posta adresiyle kaydol")
        her.fill(full_name="Defne Poyraz", email=self.email, password1=self.password)
        her.press("Hesap aç")
        first = her.code_by_mail(self.email)
        her.type_code("000000" if first != "000000" else "111111")
        her.asserts("Kod doğru değil")
        time.sleep(10)  # seconds between two codes
        her.press("Kodu yeniden gönder")
        her.type_code(her.code_by_mail(self.email))
        her.says("Firmanızı ekleyin")

    def changes_her_name(self) -> None:
        her = self.her
        her.press("Hesabım")
        her.asserts("Bir firmaya bağlı değilsiniz.", "Kapalı")
        her.fill(full_name=" ")
        her.press("Adı kaydet")
        her.asserts("1 yeri düzeltmeniz gerekiyor")
        her.fill(full_name="Defne Poyraz Yıldız")
        her.press("Adı kaydet")
        her.says("Adınız kaydedildi.")
        assert her.page.input_value("[name=full_name]") == "Defne Poyraz Yıldız"

    def has_no_passkey_yet(self) -> None:
        self.her.open("/hesap/login/")
        self.her.page.get_by_role("button", name="Geçiş anahtarıyla gir").click()
        self.her.says("bu hesap için cihazınızda anahtar yok")

    def mistypes_her_password(self) -> None:
        self.types_password(SECOND)
        self.her.asserts("E-posta adresi ya da şifre doğru değil.")
        assert self.her.page.input_value("[name=login]") == self.email
        assert self.her.page.input_value("[name=password]") == ""
        self.her.fill(password=self.password)
        self.her.press("Giriş yap")
        self.is_in()

    def forgets_her_password(self) -> None:
        her = self.her
        her.open("/hesap/login/")
        her.press("Şifrenizi mi unuttunuz?")
        her.fill(email="defne@")
        her.press("Bağlantı gönder")
        her.asserts("düzeltmeniz gerekiyor")
        assert her.page.input_value("[name=email]") == "defne@"
        her.fill(email="kimse@kuzey.example")
        her.press("Bağlantı gönder")
        her.says("E-postanızı kontrol edin")
        assert her.mail("kimse@kuzey.example", r"^(http\S+)$").endswith("/hesap/signup/")
        her.press("Yeniden gönder")
        her.fill(email=self.email)
        her.press("Bağlantı gönder")
        link = her.mail(self.email, r"^(http\S+/password/reset/key/\S+)$")
        her.open(urlsplit(link).path)
        her.fill(password1=SECOND, password2=THIRD)
        her.press("Şifreyi kaydet")
        her.asserts("düzeltmeniz gerekiyor")
        her.fill(password1=SECOND, password2=SECOND)
        her.press("Şifreyi kaydet")
        her.says("Şifreniz yenilendi")
        self.password = SECOND
        her.press("Giriş yapın")
        her.open(urlsplit(link).path)
        her.says("Bu bağlantı artık geçmiyor")
        her.press("Yeni bağlantı iste")
        her.press("Giriş sayfasına dön")
        self.types_password(SECOND)
        self.is_in()

    def changes_her_password(self) -> None:
        her = self.her
        her.press(of("Değiştir", "şifre"))
        her.fill(oldpassword=FIRST, password1=THIRD, password2=THIRD)
        her.press("Şifreyi değiştir")
        her.asserts("Şimdiki şifreniz doğru değil.")
        her.fill(oldpassword=SECOND, password1=THIRD, password2=THIRD)
        her.press("Şifreyi değiştir")
        her.says("Şifreniz değişti.")
        self.password = THIRD
        self.is_out()
        self.types_password(THIRD)
        self.is_in()

    def changes_her_address(self) -> None:
        her = self.her
        her.press(of("Değiştir", "e-posta"))
        her.fill(email=self.email)
        her.page.locator("[name=email]:not([type=hidden])").fill(self.email)
        her.press("Ekle ve kod gönder")
        her.asserts("Bu adres hesabınızda zaten var.")
        her.page.locator("[name=email]:not([type=hidden])").fill(NEW)
        her.press("Ekle ve kod gönder")
        self.proves_it()
        her.asserts(NEW)
        code = her.code_by_mail(NEW)
        her.fill(code="12")
        her.press("Doğrula")
        her.asserts("Kod doğru değil")
        her.type_code(code)
        her.says(f"{NEW} adresini doğruladınız.")
        her.press(of("Ana adres yap", NEW))
        her.says("Ana adresiniz değişti.")
        old, self.email = self.email, NEW
        her.page.get_by_text("Kaldır", exact=False).first.click()
        her.accessible()
        her.press("Evet, kaldır")
        her.says(f"{old} adresi kaldırıldı.")
        self.is_out()
        self.types_password(self.password)
        self.is_in()

    def sets_an_app_up(self) -> None:
        her = self.her
        her.press(of("Kur", "doğrulama uygulaması"))
        self.proves_it()
        her.page.get_by_text("Karekodu okutamıyorum").click()
        her.accessible()
        self.secret = her.page.inner_text("#totp-key").replace(" ", "")
        her.fill(code="000000")
        her.press("Kodu doğrula ve aç")
        her.asserts("Doğrulanamadı.")
        her.fill(code=her.code_of_app(self.secret))
        her.press("Kodu doğrula ve aç")
        her.says("Kurtarma kodlarınız")
        self.keeps_codes()
        her.press("Kodları sakladım")
        her.asserts("Açık", "10 kodunuz kaldı")

    def keeps_codes(self) -> None:
        self.codes = self.her.page.inner_text("#recovery-codes").split()
        assert len(set(self.codes)) == 10
        with self.her.page.expect_download() as file:
            self.her.page.get_by_role("link", name="İndir").click()
        text = file.value.path().read_text()
        assert "kurtarma kodları" in text
        assert all(code in text for code in self.codes)

    def comes_in_with_the_app(self) -> None:
        her = self.her
        self.is_out()
        self.types_password(self.password)
        her.says("Girişin ikinci adımı")
        her.press("Girişten vazgeç")
        self.types_password(self.password)
        self.types_code("000000")
        her.asserts("Doğrulanamadı.")
        self.types_code(her.code_of_app(self.secret))
        self.is_in()

    def types_code(self, code: str) -> None:
        """With the last digit it goes on."""
        with self.her.page.expect_navigation():
            self.her.fill(code=code)

    def comes_in_without_her_telephone(self) -> None:
        her = self.her
        self.is_out()
        self.types_password(self.password)
        her.press("Telefonum yanımda değil")
        her.press("Geri dön")
        her.press("Telefonum yanımda değil")
        her.fill(code="00000000")
        her.press("Giriş yap")
        her.asserts("Kurtarma kodlarınızdan birini yazın", "Doğrulanamadı.")
        her.fill(code=self.codes[0])
        her.press("Giriş yap")
        self.is_in()
        her.asserts("9 kodunuz kaldı")

    def makes_new_codes(self) -> None:
        her = self.her
        old = self.codes
        her.press(of("Göster", "kurtarma kodları"))
        self.proves_it()
        her.press("Yeni kodlar üret")
        her.asserts("elinizdeki 9 kod artık geçmez")
        her.press("Yeni kodlar üret")
        self.keeps_codes()
        assert not set(old) & set(self.codes)
        her.press("Kodları sakladım")

    def adds_a_passkey(self) -> None:
        her = self.her
        her.press(of("Ekle", "geçiş anahtarı"))
        her.press("Vazgeç")
        her.open("/hesap/dogrulama/webauthn/")
        her.asserts("Henüz anahtarınız yok.")
        her.press("Anahtar ekle")
        assert her.page.get_by_label("Bu anahtarla şifre yazmadan gireyim").is_checked()
        her.press("Anahtarı oluştur")
        her.says("Geçiş anahtarı eklendi.")
        her.press(of("Yönet", "geçiş anahtarları"))
        name = her.page.inner_text("main li strong")
        her.press(of("Adını değiştir", name))
        her.fill(name="")
        her.press("Kaydet")
        her.asserts("düzeltmeniz gerekiyor")
        her.fill(name="Telefonum")
        her.press("Kaydet")
        her.asserts("Telefonum")

    def comes_in_with_the_passkey(self) -> None:
        her = self.her
        self.is_out()
        her.open("/hesap/login/")
        her.press("Geçiş anahtarıyla gir")
        self.is_in()
        self.is_out()
        self.types_password(self.password)
        self.sends_a_broken_key()
        her.asserts("Geçiş anahtarı: Doğrulanamadı.")
        her.press("Geçiş anahtarını kullan")
        self.is_in()

    def sends_a_broken_key(self) -> None:
        """As a script of the page would that goes wrong."""
        with self.her.page.expect_navigation():
            self.her.page.locator("#id_credential").evaluate(
                """field => { field.value = '{"id": "x"}'; field.form.submit(); }"""
            )
        self.her.accessible()

    def proves_who_she_is(self) -> None:
        """In each of the three ways, coming from one to the next."""
        her = self.her
        her.open("/hesap/reauthenticate/?next=/hesap/email/")
        her.fill(password=FIRST)
        her.press("Doğrula")
        her.asserts("Şifre doğru değil.")
        her.fill(password=self.password)
        her.press("Doğrula")
        her.says("E-posta adresleriniz")
        her.open("/hesap/reauthenticate/?next=/hesap/email/")
        her.press("Uygulamadaki kodu ya da bir kurtarma kodu yazın")
        her.fill(code="000000")
        her.press("Doğrula")
        her.asserts("Doğrulanamadı.")
        her.fill(code=her.code_of_app(self.secret))
        her.press("Doğrula")
        her.says("E-posta adresleriniz")
        her.open("/hesap/reauthenticate/?next=/hesap/email/")
        her.press("Geçiş anahtarınızı kullanın")
        self.sends_a_broken_key()
        her.asserts("Siz olduğunuzu doğrulayın", "Doğrulanamadı.")
        her.press("Geçiş anahtarını kullan")
        her.says("E-posta adresleriniz")

    def ends_other_sessions(self, other: Telephone) -> None:
        her = self.her
        twin = Walk(other)
        twin.email, twin.password = self.email, self.password
        twin.types_password(self.password)
        other.press("Telefonum yanımda değil")
        other.fill(code=self.codes[0])
        other.press("Giriş yap")
        twin.is_in()
        her.open("/hesap/")
        her.asserts("Bütün oturumlar (2)", "Bu cihaz")
        her.press("Bütün oturumlar (2)")
        her.press("Diğer tüm oturumları kapat")
        her.says("Diğer oturumlar kapatıldı.")
        her.asserts("Başka açık oturumunuz yok.")
        self.is_in()
        other.page.goto(f"{other.base}/hesap/")
        assert urlsplit(other.page.url).path == "/hesap/login/"

    def takes_everything_away(self) -> None:
        her = self.her
        her.press(of("Yönet", "geçiş anahtarları"))
        her.press(of("Kaldır", "Telefonum"))
        her.press("Evet, kaldır")
        her.says("Geçiş anahtarı kaldırıldı.")
        her.open("/hesap/dogrulama/")
        her.press(of("Kaldır", "doğrulama uygulaması"))
        her.press("Evet, kaldır")
        her.says("Doğrulama uygulaması kaldırıldı.")
        her.asserts("Kapalı")
        self.is_out()
        self.types_password(self.password)
        self.is_in()
        self.leaves()


class Without(Walk):
    """Somebody who signs up with a passkey."""

    def signs_up(self) -> None:
        her = self.her
        self.email = ADA
        her.open("/hesap/signup/")
        her.press("Şifre yerine geçiş anahtarıyla kaydolun")
        her.fill(full_name="", email=ADA)
        her.press("Devam et")
        her.asserts("düzeltmeniz gerekiyor")
        assert her.page.input_value("[name=email]") == ADA
        her.fill(full_name="Ada Yalın")
        her.press("Devam et")
        her.type_code(her.code_by_mail(ADA))
        her.says("Geçiş anahtarınızı oluşturun")
        her.press("Anahtarı oluştur")
        her.says("Firmanızı ekleyin")
        self.is_in()

    def sets_a_password(self) -> None:
        her = self.her
        her.asserts("Şifreniz yok")
        her.press(of("Belirle", "şifre"))
        her.fill(password1=SECOND, password2=FIRST)
        her.press("Şifreyi kaydet")
        her.press("Geçiş anahtarını kullan")
        her.asserts("düzeltmeniz gerekiyor")
        her.fill(password1=SECOND, password2=SECOND)
        her.press("Şifreyi kaydet")
        her.says("Şifreniz kaydedildi.")
        her.asserts("Şifreniz var.")


def walk(stack: Stack, tmp_path: Path) -> None:
    with chromium() as launched:
        her, other = Telephone(launched, stack), Telephone(launched, stack, width=1280)
        add_keys(her)
        defne = Walk(her)
        defne.signs_up()
        defne.changes_her_name()
        defne.leaves()
        defne.has_no_passkey_yet()
        defne.mistypes_her_password()
        defne.is_out()
        defne.forgets_her_password()
        defne.changes_her_password()
        defne.changes_her_address()
        defne.sets_an_app_up()
        defne.comes_in_with_the_app()
        defne.comes_in_without_her_telephone()
        defne.makes_new_codes()
        defne.adds_a_passkey()
        defne.comes_in_with_the_passkey()
        defne.proves_who_she_is()
        defne.ends_other_sessions(other)
        defne.takes_everything_away()
        ada = Without(her)
        ada.signs_up()
        ada.sets_a_password()
        her.open("/hesap/inactive/")
        her.press("Başka bir hesapla girin")
        missed = [f"never opened: {name}" for name in page_names() - her.opened - NO_PAGES]
        missed += [f"never pressed: {name} {button}" for name, button in her.offered - her.pressed]
        assert "\n".join([*her.complaints, *other.complaints, *sorted(missed)]) == ""


def test_each_page_of_the_account_does_what_its_button_says(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack:
        walk(stack, tmp_path)
