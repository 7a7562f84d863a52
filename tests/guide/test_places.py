"""From every screen one link leads to the place of the guide that speaks of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guide.pages import guide
from guide.places import PLACES
from tests.scenarios.cast import Cast
from tests.tenancy.answers import Page
from tests.tenancy.table import MANUAL
from tests.tenancy.table_online import ONLINE
from tests.tenancy.test_wall import urls

# Of the guide itself, of support's own pages, and Django's.
APART = ("guide:", "admin:")
# What shows no screen of its own: it only sends on, answers a script, gives a file, or is a part of another page.
NEEDING_NONE = {
    # sends on, and shows nothing itself
    *(
        "onboarding:remove_co_signatory",
        "onboarding:revoke_hand_off",
        "onboarding:edit_form",
        "onboarding:dossier",
        "onboarding:renew_link",
    ),
    *("onboarding:remove_brand", "onboarding:continued", "onboarding:use_mail", "onboarding:package_move"),
    *("onboarding:unclaim_payment", "onboarding:own_package"),
    "onboarding:reconciliation",
    "onboarding:use_iyss_codes",
    *("onboarding:assignment_move", "team:try_forward", "team:test_account", "team:remove_account"),
    *("team:renew_invitation", "team:revoke_invitation", "support:ask", "support:seen"),
    *("privacy:ask_for_copy", "mfa_login_webauthn"),
    # is a part of a page, or answers a script
    *("onboarding:board_live", "onboarding:pack_progress", "onboarding:step_live", "onboarding:districts"),
    *("onboarding:keep_draft",),
    *("onboarding:drop_draft", "team:forward_state", "team:account_state", "privacy:copy"),
    # for whoever builds the portal
    "components",
    # the guide for support
    "support_guide",
    # a file
    "onboarding:document_page",
    *("onboarding:pack_file", "onboarding:document", "onboarding:draft_picture", "onboarding:draft_mail"),
    *("privacy:download", "mfa_download_recovery_codes", "logo", "colour", "security_txt"),
}


def screens() -> set[str]:
    return {name for name, _pattern in urls() if not name.startswith(APART)}


def test_every_screen_has_its_place_or_needs_none() -> None:
    assert PLACES.keys() | NEEDING_NONE == screens()
    assert PLACES.keys() & NEEDING_NONE == set()


def test_what_shows_a_page_is_a_screen() -> None:
    """By the tables of the wall, which say what each URL answers."""
    scenes = {**MANUAL, **ONLINE}.values()
    answers = [
        (name, answer) for scene in scenes for name, url in scene.urls.items() for answer in (url.get, url.post)
    ]
    pages = {name for name, answer in answers if isinstance(answer, Page) and "/_" not in f"/{answer.template}"}
    assert len(pages) > 40
    assert pages - {"onboarding:board_live"} <= PLACES.keys()


@pytest.mark.parametrize("screen", PLACES)
def test_every_place_is_there(screen: str) -> None:
    _page, section = guide().place(PLACES[screen])
    assert section.text or section.level == 1


@pytest.mark.django_db
def test_the_link_stands_once_on_a_screen_and_leads_to_its_heading() -> None:
    cast = Cast()
    cast.at_iys()
    owner, visitor = cast.browsers["owner"], Client()
    for client, screen, words in (
        (owner, "onboarding:board", "Yardım"),
        (owner, "onboarding:status_query", "Bu adım için yardım"),
        (owner, "team:people", "Yardım"),
        (owner, "accounts:mine", "Yardım"),
        (owner, "support:questions", "Yardım"),
        (visitor, "account_login", "Yardım"),
        (visitor, "start", "Yardım"),
    ):
        shown = client.get(reverse(screen)).content.decode()
        (link,) = re.findall(r'<a href="(/rehber/[^"]+|/rehber/)" target="_blank">([^<]+)<', shown)
        assert link[1] == words, screen
        path, _hash, anchor = link[0].partition("#")
        assert f'id="{anchor}"' in Client().get(path).content.decode() if anchor else True


@pytest.mark.django_db
def test_a_page_of_which_the_guide_does_not_speak_shows_no_link() -> None:
    for path in ("/rehber/", "/gibt-es-nicht/"):
        assert 'target="_blank"' not in Client().get(path).content.decode()
