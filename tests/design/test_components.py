"""The page of all components: where DEBUG is on alone, whole, made of what the real pages are made of."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from design.icons import PATHS

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
# Frame, or parts of parts that another one shows.
ELSEWHERE = {
    "progress.html": "shown by its tag, on the page of a step",
    "menu.html": "part of the frame of every page, so of this one",
    "disclosure.html": "included by its tag where a text is published",
    "disclosure_text.html": "a legal text, shown by disclosure.html",
    "printed_head.html": "on paper alone",
    "preview.html": "shows a stored document",
}
COMPANY_PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if not {"admin", "pdf", "letters", "email"} & set(path.relative_to(TEMPLATES).parts)
]
# What tells a company nothing: digests, versions of texts, hosts, the address that mails are tracked by.
TECHNICAL = re.compile(
    r"SHA-?256|sha256 \}\}|text_version\.version|(?:text|version)\.version \}\}|[Mm]etin sürümü|ip_address"
    r"|\bsmtp\.|STARTTLS"
    r"|account\.host|\{\{ tracking \}\}|tracking_address\.email|address\.cc|letter\.cc|sender_authentication"
)
# Where somebody has to write the address into a mail of their own.
TO_COPY = TEMPLATES / "onboarding" / "package_contract" / "own_mail.html"
FOLDED = re.compile(r"<details\b(?:(?!<details\b).)*?</details>", re.DOTALL)


def opened(query: str = "") -> str:
    with override_settings(DEBUG=True):
        answer = Client().get(f"/tasarim/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def page() -> str:
    return opened()


def test_without_debug_there_is_no_such_page() -> None:
    assert Client().get("/tasarim/").status_code == 404


@pytest.mark.parametrize(
    ("query", "media"),
    [("", "screen and (prefers-color-scheme: dark)"), ("?tema=koyu", "all"), ("?tema=acik", "not all")],
)
def test_it_shows_either_theme_on_demand(query: str, media: str) -> None:
    assert f'media="{media}"' in opened(query)


def test_every_partial_stands_on_it_and_none_is_copied() -> None:
    used = set()
    waiting = [TEMPLATES / "design" / "components.html"]
    while waiting:
        for name in re.findall(r'\{% include "([^"]+)"', waiting.pop().read_text()):
            if name not in used:
                used.add(name)
                waiting.append(TEMPLATES / name)
    partials = {path.name for path in (TEMPLATES / "_partials").glob("*.html")}
    assert partials - {name.removeprefix("_partials/") for name in used} == set(ELSEWHERE)


def test_every_variant_of_a_component_stands_on_it(page: str) -> None:
    css = (ROOT / "static" / "css" / "portal.css").read_text()
    found = set(re.findall(r"\.((?:button|badge|callout|stages__stage|rail__step|card|thread__who)--[a-z]+)", css))
    shown = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', page))))
    assert len(found) > 12
    assert found - shown - {"card--narrow"} == set()


def test_icons_are_drawn_in_one_place(page: str) -> None:
    """Every one is used, and no template brings a picture of its own."""
    texts = {path: path.read_text() for path in COMPANY_PAGES}
    assert [path.name for path, text in texts.items() if "<svg" in text] == []
    used = {name for text in texts.values() for name in re.findall(r'\{% icon "([a-z-]+)" %\}', text)}
    assert used == set(PATHS)
    assert page.count('<svg class="icon"') >= len(PATHS)


def test_nothing_on_it_is_styled_or_scripted_in_place(page: str) -> None:
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:", page) == []


@pytest.mark.parametrize("path", COMPANY_PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_what_is_technical_is_behind_details(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text())
    # What a form sends along is not shown.
    text = re.sub(r"<input type=\"hidden\"[^>]*>|<(?:img|link)[^>]*>", "", text)
    while FOLDED.search(text):
        text = FOLDED.sub("", text)
    assert TECHNICAL.findall(text) == (["{{ tracking }}"] if path == TO_COPY else [])
