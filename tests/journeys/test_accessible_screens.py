"""Public screens, those of a company in every state that looks different, those of an account: axe finds nothing.

Each is looked at on a telephone in light and on a desk in the dark, so that both widths and both themes are tried.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from brands.models import Brand
from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from support import asking
from tests.journeys.seat import session_of
from tests.journeys.stage import Watched, chromium
from tests.onboarding.test_evidence_pack import Finished
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db(transaction=True)
STEP = "/basvuru/adim/{}/"
# How much of the page jumped while it came (web.dev/cls), in shares of the window, and what; after a press it may.
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  const what = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
      sum += each.value;
      what.push(...each.sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 80)));
    }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([sum, what.join(" | ")]), 150);
})"""
PUBLIC = (
    *("/", "/basvuru-durumu/", "/hesap/login/", "/hesap/signup/", "/hesap/password/reset/"),
    *("/aydinlatma-metni/", "/rehber/", "/rehber/on-basvuru/", "/tasarim/"),
)
OF_THE_ACCOUNT = ("", "email/", "password/change/", "dogrulama/", "oturumlar/", "verilerim/", "logout/")
OF_THE_TEAM = ("ekip", "bildirimler", "yonlendirme", "gonderim-hesabi")


def screens(folder: Path) -> Iterator[tuple[Cast, str]]:
    """Owners and what they open, each with a company in the state that is meant."""
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Açılmıyor"), ("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    question = asking.ask(company=cast.company, by=cast.people["owner"], text="Ne zaman biter?", page="/")
    asking.answer(question=question, by=UserFactory.create(is_staff=True), text="Yarın")
    for path in (
        "/basvuru/",
        STEP.format(1),
        "/basvuru/adim/1/bilgiler/iletisim/",
        "/yardim/",
        f"/yardim/{question.pk}/",
    ):
        yield cast, path
    for name in OF_THE_TEAM:
        yield cast, f"/firma/{name}/"
    for name in OF_THE_ACCOUNT:
        yield cast, f"/hesap/{name}"

    cast = Cast()
    for name in ("Mavi Deniz", "Outlet"):
        Brand.objects.create(company=cast.company, name=name)
    cast.at_iys()
    named = [{"name": "MAVİ DENİZ", "code": "710482"}, {"name": "Deniz Outlet", "code": "710497"}]
    cast.codes_read(brands=named)
    for path in ("/basvuru/", STEP.format(2), STEP.format(3), "/basvuru-durumu/sonuc/"):
        yield cast, path

    ready = Cast(code="710500")
    ready.ready()
    for path in ("/basvuru/yol/?situation=new&has_mersis=evet&signing=paper", "/basvuru/adim/1/gozden-gecir/"):
        yield ready, path

    choosing, assigning = Cast(code="710501"), Cast(code="710502")
    choosing.chosen()
    assigning.preparing()
    assigning.form_handed_in()
    for path in (STEP.format(4), "/basvuru/adim/4/sec/"):
        yield choosing, path
    for path in (STEP.format(4), STEP.format(5), "/basvuru/adim/5/gozden-gecir/"):
        yield assigning, path

    cast = Finished(folder, "710499")
    for code in ("0710500", "0710501"):
        Brand.objects.create(company=cast.company, name=f"{code[-1]}{'Ş' * 119}", code=code)
    for path in ("/basvuru/", "/basvuru/ozet/", STEP.format(6), "/basvuru/yazismalar/", "/basvuru/belgeler/"):
        yield cast, path


@override_settings(DEBUG=True)  # for the page of all components
def test_nothing_on_a_screen_shuts_anybody_out(site: LiveServer, tmp_path: Path) -> None:
    walk: list[tuple[str | None, str]] = [(None, path) for path in PUBLIC]
    # Before the browser: its own loop runs in this thread, where Django refuses to reach the database.
    walk += [(session_of(cast.people["owner"]), path) for cast, path in screens(tmp_path)]
    with chromium() as launched:
        person = Watched(launched, site.url, width=390)
        for session, path in walk:
            person.context.clear_cookies()
            if session:
                person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
            # As a plain telephone does: what scripts add after the first picture is seen to come.
            slowed = person.context.new_cdp_session(person.page)
            slowed.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            answer = person.page.goto(site.url + path)
            assert answer is not None
            assert answer.status == 200, path
            assert person.page.url == site.url + path
            # A button whose icon is painted before its word moves a hair; nobody sees that.
            jumped, what = person.page.evaluate(SHIFTED)
            if jumped > 0.001:
                person.complaints.append(f"{path} jumps while it comes: {jumped:.4f} {what}")
            slowed.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            slowed.detach()
            person.accessible()
            person.page.emulate_media(color_scheme="dark")
            person.page.set_viewport_size({"width": 1280, "height": 900})
            person.accessible()
            person.page.emulate_media(color_scheme="light")
            person.page.set_viewport_size({"width": 390, "height": 900})
        assert "\n".join(person.complaints) == ""
