"""The team on a phone: every button of Ekip, the invitation's page, and two companies in two tabs."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tenancy.models import Invitation, Membership
from tenancy.roles import Role
from tests.journeys.seat import apart, session_of
from tests.journeys.stage import Watched, chromium
from tests.scenarios.cast import Cast
from tests.scenarios.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
GUEST = "selin.yeniuye@cok-uzun-bir-alan-adi.mavideniz.example"
PICTURES = os.environ.get("TEAM_PICTURES")


class Phones:
    """Browsers of several people before one portal."""

    def __init__(self, site: LiveServer, stack: ExitStack) -> None:
        self.site, self.stack = site, stack
        self.all: list[Watched] = []

    @cached_property
    def launched(self) -> Browser:
        """Late: from then on this thread reaches the database through `apart` alone."""
        return self.stack.enter_context(chromium())

    def of(self, session: str = "", *, width: int = 390) -> Watched:
        person = Watched(self.launched, self.site.url, width=width)
        if session:
            person.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site.url}])
        self.all.append(person)
        return person


@pytest.fixture
def phones(site: LiveServer) -> Iterator[Phones]:
    with ExitStack() as stack:
        found = Phones(site, stack)
        yield found
        # A page that refuses somebody has a status that the console calls an error.
        said = [each for person in found.all for each in person.complaints if "status of 403" not in each]
        assert said == []


def of(button: str, address: str) -> re.Pattern[str]:
    """The name of a button that says of whom it speaks to screen readers alone."""
    return re.compile(rf"^{re.escape(button)}\s*: {re.escape(address)}$")


def picture(person: Watched, name: str) -> None:
    """For whoever changes a page and wants to look at it: TEAM_PICTURES names a folder."""
    if PICTURES:
        for width in (390, 1280):
            person.page.set_viewport_size({"width": width, "height": 900})
            person.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        person.page.set_viewport_size({"width": 390, "height": 844})


def test_every_button_of_the_team(phones: Phones) -> None:
    cast = Cast(trade_name="Işık ve Gölge Çevre Danışmanlık Turizm Otelcilik Gıda Sanayi Ticaret Ltd. Şti.")
    sessions = {role: session_of(user) for role, user in cast.people.items()}
    editor, viewer = cast.people["editor"], cast.people["viewer"]
    owner = phones.of(sessions["owner"])
    owner.open("/firma/ekip/")
    picture(owner, "ekip")

    # Inviting, sending again, taking back.
    owner.fill(email=GUEST)
    owner.tick(owner.page.locator("[name=role][value=viewer]"))
    owner.press("Davet gönder")
    owner.says(f"{GUEST} adresine davet gönderiliyor.")
    picture(owner, "ekip-davet")
    owner.press(of("Yeniden gönder", GUEST))
    owner.says("adresine davet gönderiliyor.")
    link = reverse("team:join", args=[apart(lambda: Invitation.objects.get().pk)])
    stranger = phones.of()
    stranger.open(link)
    stranger.says("sizi davet etti")
    picture(stranger, "davet-yabanci")
    stranger.press("Giriş yapıp katıl")
    stranger.page.go_back()
    stranger.press("Kaydolup katıl")
    stranger.says("sizi ekibine davet etti")
    picture(stranger, "davet-kayit")
    wrong = phones.of(sessions["viewer"])
    wrong.open(link)
    wrong.says("Bu davet başka bir adrese gönderildi")
    picture(wrong, "davet-baskasi")
    wrong.press("Hesap değiştir")
    wrong.says("sizi davet etti")
    guest = phones.of(apart(lambda: session_of(UserFactory.create(email=GUEST, full_name="Selin Yeniüye"))))
    guest.open("/firma/yeni/")
    guest.press("Daveti görün")
    picture(guest, "davet")
    guest.press("Ekibe katıl")
    guest.open("/firma/ekip/")
    picture(guest, "ekip-gorev")
    owner.fill(email="geri@mavideniz.example")
    owner.press("Davet gönder")
    owner.press(of("Geri al", "geri@mavideniz.example"))
    owner.says("bağlantısı geçersiz")

    # A role: more at once, less after a question.
    owner.press(of("Yetkisini değiştir", viewer.email))
    picture(owner, "yetki")
    owner.tick(owner.page.locator("[name=role][value=editor]"))
    owner.press("Kaydet")
    owner.says("artık Düzenleyen.")
    owner.press(of("Yetkisini değiştir", viewer.email))
    owner.press("Vazgeç")
    owner.press(of("Yetkisini değiştir", viewer.email))
    owner.tick(owner.page.locator("[name=role][value=viewer]"))
    owner.press("Kaydet")
    owner.says("artık daha az şey yapabilecek")
    picture(owner, "yetki-onay")
    owner.press("Yetkiyi değiştir")
    owner.says("artık Görüntüleyen.")

    # Out.
    owner.press(of("Çıkar", viewer.email))
    owner.says("artık göremeyecek")
    picture(owner, "cikar")
    owner.press("Ekipten çıkar")
    owner.says("ekipten çıkarıldı")
    owner.press("Ekipten ayrıl")
    owner.says("Firmanın en az bir sahibi olmalı")
    picture(owner, "ayril-tek")

    # Over to somebody else.
    owner.press("Sahipliği devret")
    owner.tick(owner.page.get_by_label(re.compile(re.escape(editor.email))))
    owner.tick(owner.page.get_by_label("Görüntüleyen olarak ekipte kalacağım"))
    picture(owner, "devret")
    owner.press("Devam et")
    owner.says("kişisine geçecek")
    picture(owner, "devret-onay")
    owner.press("Sahipliği devret")
    owner.says("kişisine devredildi")
    picture(owner, "ekip-goruntuleyen")
    assert apart(lambda: cast.company.memberships.get(user=editor).role) == Role.OWNER

    # The new owner finds what happened; the former one goes.
    heir = phones.of(sessions["editor"])
    heir.open("/firma/ekip/")
    heir.says("Sahiplik devredildi")
    picture(heir, "ekip-sonra")
    owner.press("Ekipten ayrıl")
    picture(owner, "ayril")
    owner.press("Ekipten ayrıl")
    owner.says("firmasının ekibinden ayrıldınız")
    assert apart(cast.company.memberships.count) == 2


def test_the_switcher_by_keyboard_and_without_script_and_two_tabs(phones: Phones) -> None:
    first, second = Cast(code="710482"), Cast(code="820593", trade_name="Kuzey Işığı Gıda Anonim Şirketi")
    user = first.people["owner"]
    MembershipFactory.create(user=user, company=second.company)
    session = session_of(user)
    person = phones.of(session)
    person.open("/firma/ekip/")
    person.page.locator(".switcher summary").focus()
    person.page.keyboard.press("Enter")
    person.page.get_by_role("button", name=str(second.company)).wait_for()
    person.accessible()
    picture(person, "secici")
    person.page.keyboard.press("Escape")
    assert not person.page.locator(".switcher[open]").count()
    person.page.keyboard.press("Enter")
    person.page.get_by_role("button", name=str(second.company)).focus()
    person.page.keyboard.press("Enter")
    person.says(f"Artık {second.company} için çalışıyorsunuz.")
    assert person.page.url.endswith("/firma/ekip/")

    # The list of places opens and closes by keyboard as well, and the frame leaves the screen to the page.
    menu, place = person.page.get_by_role("button", name="Menü"), person.page.get_by_role("link", name="Belgeler")
    assert not place.count()
    menu.focus()
    person.page.keyboard.press("Enter")
    place.wait_for()
    person.accessible()
    person.page.keyboard.press("Escape")
    assert not place.count()
    assert person.page.evaluate("document.querySelector('main').getBoundingClientRect().top") <= 96

    # Another tab goes back to the first company; this one writes nothing into it.
    tab = person.context.new_page()
    tab.goto(person.base + "/firma/sec/")
    tab.get_by_role("main").get_by_role("button", name=str(first.company)).click()
    tab.wait_for_load_state()
    person.fill(email="yanlis@mavideniz.example")
    person.press("Davet gönder")
    person.says("Hiçbir şey kaydedilmedi")
    picture(person, "baska-firma")
    assert apart(Invitation.objects.count) == 0
    person.press(f"{second.company} · {second.company.tax_number} ile devam et")
    assert str(second.company) in person.page.inner_text(".company-bar")

    # Without script the menu opens and chooses all the same.
    bare = phones.launched.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    bare.add_cookies([{"name": "sessionid", "value": session, "url": person.base}])
    page = bare.new_page()
    page.goto(person.base + "/firma/ekip/")
    page.locator(".switcher summary").click()
    page.locator(".switcher__menu").get_by_role("button", name=str(first.company)).click()
    page.wait_for_load_state()
    assert str(first.company) in page.inner_text(".company-bar")
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("link", name="Belgeler").click()
    page.wait_for_url("**/belgeler/")
    bare.close()
    assert apart(Membership.objects.filter(user=user).count) == 2


def test_founding_answers_with_one_page_and_goes_on(phones: Phones) -> None:
    Cast()
    session = session_of(UserFactory.create())
    person = phones.of(session)
    person.open("/firma/yeni/")
    person.fill(trade_name="Kuzey Işığı Gıda A.Ş.", tax_number="6140881534")
    person.press("Kaydet ve devam et")
    assert "/basvuru/" in person.page.url
    assert "Kuzey Işığı" in person.page.inner_text(".company-bar")
