"""A button exactly for each move that support may make now, and what pressing it does."""

import re

import pytest
from django.urls import reverse

from correspondence.models import Audience, Letter
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions.staff_moves import WITH_REMARKS, has_button, make
from onboarding.actor import SYSTEM, Actor, NotAllowed
from onboarding.machine import State, Step
from onboarding.models import Application
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
    STEPS,
)
from onboarding.transitions import perform
from tests.scenarios.browser import said, words
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
STAFF = Actor(Party.STAFF)
FASTER = (
    "Bu adım az önce değişti: başka bir sekmede siz ya da başka biri işlem yaptı. Sayfa güncel durumu gösteriyor."
)
STATES = [(step, state) for step in STEPS for state in step.states]


def standing(step: Step, state: State) -> Application:
    """An application in which every step before this one is done and this one stands in that state."""
    application = open_application()
    for each in STEPS[: step.number - 1]:
        application.records.filter(step=each.key).update(state=next(iter(each.done)), turn="")
    turn = step.turns.get(state)
    application.records.filter(step=step.key).update(state=state, turn=turn.value if turn else "")
    return Application.objects.get(pk=application.pk)


class TestButtons:
    """Against lists written by hand: the tables are not asked what the tables say."""

    def test_while_the_company_writes(self) -> None:
        support = Support(open_application())
        assert support.buttons() == {"pre_application:hold"}
        assert support.links("ask_changes") == support.links("answer") == set()

    def test_in_review(self) -> None:
        support = Support(submitted())
        assert support.buttons() == {"pre_application:approve", "pre_application:reject", "pre_application:hold"}
        assert support.links("ask_changes") == {"pre_application"}
        assert support.links("answer") == set()

    def test_on_hold(self) -> None:
        application = open_application()
        perform(
            application=application, step=PRE_APPLICATION, move="hold", actor=STAFF, reason="Telefon bekleniyor"
        )
        support = Support(application)
        assert support.buttons() == {"pre_application:resume"}
        assert "(beklemede)" in support.page()
        assert "Beklemede: Telefon bekleniyor" in support.page()

    def test_when_the_letter_could_not_be_sent(self) -> None:
        application = submitted()
        perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
        perform(
            application=application,
            step=PRE_APPLICATION,
            move="letter_failed",
            actor=SYSTEM,
            reason="550 no such user",
        )
        support = Support(application)
        assert support.buttons() == {"pre_application:send_again", "pre_application:hold"}
        assert support.links("ask_changes") == {"pre_application"}
        assert "Gönderilememe nedeni: Böyle bir e-posta adresi yok. Adres İYS'nindir" in support.page()
        assert "Böyle bir e-posta adresi yok." in words(
            support.client.get(reverse("admin:onboarding_queueitem_changelist"))
        )

    def test_while_iys_has_it_its_answers_are_offered(self) -> None:
        support = Support(at_iys())
        assert support.buttons() == {"pre_application:reopen", "status_query:hold"}
        assert support.links("ask_changes") == set()
        assert support.links("answer") == {
            f"status_query/{name}" for name in ("received", "ask_changes", "continue_link", "approve", "refuse")
        }

    def test_when_a_finished_step_has_become_stale(self) -> None:
        application = at_iys()
        perform(application=application, step=STATUS_QUERY, move="approve", actor=Actor(Party.IYS))
        perform(application=application, step=PRE_APPLICATION, move="reopen", actor=STAFF, reason="Unvan değişti")
        assert Support(application).buttons() == {"pre_application:hold"}
        perform(application=application, step=PRE_APPLICATION, move="submit", actor=Actor(Party.COMPANY))
        perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
        perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
        assert Support(application).buttons() == {
            "pre_application:reopen",
            "status_query:confirm_stale",
            "status_query:redo",
        }


def keys_of(step: Step, state: str) -> dict[str, str]:
    """What the keys lead to on the page of a case that stands there, by its words."""
    source = Support(standing(step, step.state(state))).open().content.decode()
    found = [(key, said_.strip()) for key, said_ in re.findall(r'data-key="([ae])"[^>]*>([^<]+)<', source)]
    assert len(set(found)) == len(dict(found)), "a key leads to one place, or to the first of its kind"
    return dict(found)


@pytest.mark.parametrize(
    ("step", "state", "keys"),
    [
        (PRE_APPLICATION, "submitted", {"a": "Onayla ve İYS'ye gönder", "e": "Düzeltme iste"}),
        (STATUS_QUERY, "changes_asked", {"e": "Düzeltme iste"}),
        (STATUS_QUERY, "refused", {"e": "Yeniden başvuruya aç…"}),
        (CODE_RECEIPT, "differences", {"a": "Farkları çözdüm…"}),
        (PACKAGE_CONTRACT, "paid_claimed", {"a": "Ödemeyi doğrula", "e": "Ödemeyi göremedik…"}),
        (PARTNER_ASSIGNMENT, "form_review", {"a": "Onayla ve İYS'ye gönder", "e": "Formu geri gönder…"}),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_the_keys_lead_on_and_back_to_the_company(step: Step, state: str, keys: dict[str, str]) -> None:
    assert {key: said_.replace("&#x27;", "'") for key, said_ in keys_of(step, state).items()} == keys


@pytest.mark.parametrize(("step", "state"), STATES, ids=[f"{step.key}-{state}" for step, state in STATES])
def test_what_has_no_button_cannot_be_done_by_hand_either(step: Step, state: State) -> None:
    """Whatever is sent without its button changes nothing, neither in this step nor in a locked one."""
    support = Support(standing(step, state))
    page = support.open().content.decode()
    offered = set(re.findall(r'name="move"\s+value="([^"]+)"', page))
    versions = {record.step: record.version for record in support.application.records.all()}
    rows = [
        *((step, row.name) for row in step.moves),
        *((each, each.moves[0].name) for each in STEPS if each is not step),
    ]
    refused = [(each, move) for each, move in rows if f"{each.key}:{move}" not in offered]
    bare = [(each, move) for each, move in refused if has_button(each, move)]
    for each, move in bare:
        with pytest.raises(NotAllowed):
            make(
                application=support.application,
                step=each,
                move=move,
                actor=STAFF,
                reason="Elle denendi",
                expected_version=versions[each.key],
            )
    # The page hands on what is sent as it is; once of what has a button elsewhere, once of what has none anywhere.
    for each, move in [*bare[-1:], *[row for row in refused if row not in bare][-1:]]:
        answer = support.press(each, move, reason="Elle denendi")
        assert not [each for each in said(answer) if each.startswith("Yapıldı.")], move
    assert {record.step: record.version for record in support.application.records.all()} == versions
    assert not Letter.objects.exists()


def test_what_is_on_hold_says_so_before_it_goes_on() -> None:
    application = submitted()
    Support(application).press(PRE_APPLICATION, "hold", "Telefon bekleniyor")
    source = Support(application).open().content.decode().replace("&#x27;", "'")
    assert "Başvuru beklemede (Telefon bekleniyor)." in source
    green = re.findall(r'class="button forward"[^>]*>([^<]+)<', source)
    assert green == ["Onayla ve İYS'ye gönder"]


def test_what_was_done_about_codes_is_asked_in_its_own_words() -> None:
    support = Support(standing(CODE_RECEIPT, CODE_RECEIPT.state("differences")))
    assert "Ne yaptınız? Firma kendi sayfasında okur ve kodları bir kez daha onaylar." in support.page()
    source = support.open().content.decode()
    assert source.index("Farkları çözdüm…") < source.index("İYS yanıtı: Kodlar okundu…")


class TestPressing:
    def test_approval_moves_the_step_and_posts_the_letter(self) -> None:
        support = Support(submitted())
        answer = support.press(PRE_APPLICATION, "approve")
        assert answer["Location"] == support.url("change")
        assert said(answer) == ["Yapıldı. Ön başvuru: Başvuru mektubu İYS'ye gidiyor"]
        assert support.state(PRE_APPLICATION) == "sending"
        letter = Letter.objects.get(audience=Audience.IYS)
        assert (letter.to, letter.cc, letter.attachments.count()) == (
            ["onkayit@iys.org.tr"],
            ["iys@kiyi.example"],
            3,
        )
        entry = Entry.objects.filter(event=Event.MOVED).latest("pk")
        assert (entry.actor, entry.party) == (support.user, Party.STAFF)

    @pytest.mark.parametrize("reason", ["", "   "], ids=["none", "spaces"])
    def test_a_reason_is_required_where_the_table_says_so(self, reason: str) -> None:
        support = Support(submitted())
        assert "Reddet… Neden? Firmaya da yazılır." in support.page()
        assert "Beklemeye al… Neden? Firma kendi sayfasında okur." in support.page()
        answer = support.press(PRE_APPLICATION, "reject", reason=reason)
        assert said(answer) == ["Bu işlem için bir neden yazmalısınız."]
        assert (support.state(PRE_APPLICATION), support.record(PRE_APPLICATION).version) == ("submitted", 1)

    def test_no_move_that_requires_a_reason_happens_without_one(self) -> None:
        for step, state in STATES:
            for row in step.allowed(standing(step, state).standings()[step.key], by=Party.STAFF):
                if row.reason_required and row.target is not None and row.name not in WITH_REMARKS:
                    support = Support(standing(step, state))
                    answer = support.press(step, row.name)
                    assert said(answer) == ["Bu işlem için bir neden yazmalısınız."], row.name
                    assert support.state(step) == state

    def test_the_reason_reaches_the_company_the_record_and_the_journal(self) -> None:
        support = Support(submitted())
        support.press(PRE_APPLICATION, "reject", reason="İmza yetkisi sona ermiş")
        application = Application.objects.get(pk=support.application.pk)
        assert (application.closing, application.closing_reason) == ("rejected", "İmza yetkisi sona ermiş")
        assert support.record(PRE_APPLICATION).reason == "İmza yetkisi sona ermiş"
        assert Entry.objects.filter(
            event=Event.MOVED, text="Ön başvuru: Reddet — İmza yetkisi sona ermiş"
        ).exists()
        letter = Letter.objects.filter(audience=Audience.COMPANY).latest("created_at")
        assert letter.to == [application.company.members.get().email]

    def test_a_page_that_is_out_of_date_is_told_so(self) -> None:
        application = submitted()
        mine, colleagues = Support(application), Support(application)
        expected_version = mine.record(PRE_APPLICATION).version
        colleagues.press(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")
        answer = mine.press(PRE_APPLICATION, "reject", reason="Yetki yok", expected_version=expected_version)
        assert (answer.status_code, said(answer)) == (409, [f"{FASTER} Yazdıklarınız duruyor."])
        assert (mine.state(PRE_APPLICATION), mine.record(PRE_APPLICATION).held) == ("submitted", True)
        # The reason stands in its place again, and is sent from there.
        place = re.search(
            r'<details class="apart ends"[^>]* open>.*?</details>', answer.content.decode(), re.DOTALL
        )
        assert place is not None
        assert "required>Yetki yok</textarea>" in place[0]
        version = re.search(r'name="expected_version" value="(\d+)"', place[0])
        assert version is not None
        mine.press(PRE_APPLICATION, "reject", reason="Yetki yok", expected_version=int(version[1]))
        assert mine.state(PRE_APPLICATION) == "rejected"

    def test_a_reason_whose_move_is_gone_is_to_be_read(self) -> None:
        support = Support(submitted())
        support.press(PRE_APPLICATION, "reject", reason="İmza yetkisi sona ermiş")
        answer = support.press(PRE_APPLICATION, "reject", reason="Yetki <yok>", expected_version=1)
        assert answer.status_code == 409
        assert "gerekiyorsa buradan alın: Neden Yetki <yok>" in words(answer)

    @pytest.mark.parametrize("expected_version", ["", "abc", "-1", "99"])
    def test_a_version_that_nobody_saw_is_refused(self, expected_version: str) -> None:
        support = Support(submitted())
        answer = support.send("move", move="pre_application:approve", expected_version=expected_version)
        assert said(answer) == [FASTER]
        assert support.state(PRE_APPLICATION) == "submitted"

    @pytest.mark.parametrize(
        "move", ["", "approve", "pre_application:", "yok:approve", "pre_application:yok", ":"]
    )
    def test_a_move_that_no_table_has_changes_nothing(self, move: str) -> None:
        support = Support(submitted())
        answer = support.send("move", move=move, expected_version=1)
        assert (answer.status_code, answer["Location"]) == (302, support.url("change"))
        assert support.record(PRE_APPLICATION).version == 1

    def test_following_a_link_to_it_changes_nothing(self) -> None:
        support = Support(submitted())
        answer = support.client.get(support.url("move") + "?move=pre_application:approve&expected_version=1")
        assert answer["Location"] == support.url("change")
        assert support.state(PRE_APPLICATION) == "submitted"

    def test_holding_and_resuming_gives_the_turn_to_support_and_back(self) -> None:
        support = Support(open_application())
        answer = support.press(PRE_APPLICATION, "hold", reason="Telefon bekleniyor")
        assert said(answer) == ["Yapıldı. Ön başvuru: beklemede"]
        assert support.record(PRE_APPLICATION).turn == Party.STAFF
        support.press(PRE_APPLICATION, "resume")
        assert support.record(PRE_APPLICATION).turn == Party.COMPANY
