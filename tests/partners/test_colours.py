"""Whatever colour a partner wants, words in it and on it can be read, in light and in dark (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Audience
from correspondence.outgoing.bodies import to_send
from identifiers import Refused
from partners import colours
from partners.models import Partner
from tests.scenarios.browser import signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory, UserFactory

CSS = Path(__file__).parents[2] / "static" / "css"
WANTED = (
    "#0b5cad", "#000000", "#ffffff", "#808080", "#ffd400", "#ffff00", "#00ff00", "#00ffff", "#ff00ff", "#0000ff",
    "#ff0000", "#e30613", "#ff6a00", "#00a651", "#7b2cbf", "#123456", "#fedcba", "#010203", "#777777", "#fffffe",
    "#f7f7f7", "#111111", "#ffcc00", "#7a7a7a", "#767676", "#757575", "#39ff14", "#ff6600", "#f00000", "#ee0000",
    "#e60000", "#000080", "#25d366", "#1da1f2", "#ff69b4", "#8b4513", "#336699", "#0f766e", "#c0c0c0",
)  # fmt: skip
# What stands on what; words have to reach 4.5, shapes 3.
WORDS_IN_LIGHT = ("ink", "ink-soft", "ink-faint", "brand-dark", "ok", "warn", "bad", "violet")
# A link of a step's last page stands on the green that says done, one of a message on its own.
GROUNDS = ("paper", "ground", "sunken", "ok-wash", "warn-wash", "bad-wash", "violet-wash")
OWN_GROUND = {"ok": "ok-wash", "warn": "warn-wash", "bad": "bad-wash", "violet": "violet-wash"}


def tokens(name: str) -> dict[str, str]:
    """The colours of a stylesheet's :root, as they are without a partner's own."""
    found = re.findall(r"--([a-z-]+): (?:var\(--own-[a-z-]+, )?(#[0-9a-f]{6})\)?;", (CSS / name).read_text())
    return dict(found)


LIGHT = tokens("portal.css")
DARK = {**LIGHT, **tokens("dark.css")}


@pytest.mark.parametrize("wanted", WANTED)
def test_every_colour_is_readable_in_both_themes(wanted: str) -> None:
    made = colours.palette(wanted)
    for name in ("fill", "pressed", "dark_fill", "dark_pressed"):
        assert colours.contrast(made[name], colours.WHITE) >= 4.5, name
    for under in (*(LIGHT[name] for name in GROUNDS), made["wash"]):
        assert colours.contrast(made["text"], under) >= 4.5, under
    for under in (*(DARK[name] for name in GROUNDS), made["dark_wash"]):
        assert colours.contrast(made["dark_text"], under) >= 4.5, under
    for theme, fill in ((LIGHT, made["fill"]), (DARK, made["dark_fill"])):
        for under in ("paper", "ground"):
            assert colours.contrast(fill, theme[under]) >= 3, under
    for theme, wash in ((LIGHT, made["wash"]), (DARK, made["dark_wash"])):
        assert colours.contrast(theme["ink"], wash) >= 4.5
        assert colours.contrast(theme["ink-soft"], wash) >= 4.5


def test_a_readable_colour_stays_as_it_is_and_others_keep_their_hue() -> None:
    assert colours.palette("#0b5cad")["fill"] == "#0b5cad"
    assert colours.palette("#ffd400")["dark_text"] == "#ffd400"
    red, green, blue = colours.channels(colours.palette("#00a651")["fill"])
    assert green > max(red, blue)


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert colours.contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_tokens_of_both_themes_are_readable_without_a_partners_colour(theme: dict[str, str]) -> None:
    for name in WORDS_IN_LIGHT:
        for under in ("paper", "ground", "sunken", OWN_GROUND.get(name, "brand-wash")):
            assert colours.contrast(theme[name], theme[under]) >= 4.5, f"{name} on {under}"
    for name in ("brand", "brand-strong", "ok-fill"):
        assert colours.contrast(theme[name], theme["on-fill"]) >= 4.5, name
    for name in ("brand", "line-strong", "ok", "bad", "warn"):
        assert colours.contrast(theme[name], theme["paper"]) >= 3, name


def test_what_is_computed_here_and_what_the_stylesheets_have_is_the_same() -> None:
    assert tuple(LIGHT[name] for name in colours.SURFACES) == colours.LIGHT_SURFACES
    assert tuple(DARK[name] for name in colours.SURFACES) == colours.DARK_SURFACES
    own = colours.palette(colours.DEFAULT)
    names = {"brand": "fill", "brand-strong": "pressed", "brand-dark": "text", "brand-wash": "wash"}
    for token, name in names.items():
        assert (LIGHT[token], DARK[token]) == (own[name], own[f"dark_{name}"]), token


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("#0b5cad", "#0b5cad"),
        (" 0B5CAD ", "#0b5cad"),
        ("#E30613\n", "#e30613"),
        ("#E30", "#ee3300"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_colour_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert colours.read(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "mavi",
        "blue",
        "#12345",
        "#0b5cadff",
        "rgb(1,2,3)",
        "#0b5cag",
        "#٠١٢٣٤٥",
        "#0b5cad;}",
        "##0b5cad",
        "＃e30613",
        "#ｅ30613",
        "#e3061380",
        "#e3061",
        "#e306133",
        "#E3O613",
        "#E3 06 13",
        "PANTONE 485 C",
        "rgba(227,6,19,.5)",
        "#e30613; background:url(https://x.example/a)",
        "#e30613</style><script>alert(1)</script>",
    ],
)
def test_what_is_no_colour_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="#0b5cad"):
        colours.read(typed)


@pytest.mark.django_db
class TestOnThePortal:
    def save(self, colour: str) -> tuple[Partner, str]:
        ops = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
        partner = Partner.objects.filter(name="Liman").first() or PartnerFactory.create(name="Liman")
        data = {"name": "Liman", "legal_name": "Liman A.Ş.", "colour": colour, "is_default": "on"}
        data["_continue"] = "1"
        answer = ops.post(reverse("admin:partners_partner_change", args=[partner.pk]), data, follow=True)
        partner.refresh_from_db()
        return partner, words(answer)

    def test_staff_set_it_and_are_told_what_is_wrong(self) -> None:
        assert self.save("E30613")[0].colour == "#e30613"
        partner, said = self.save("kırmızı")
        assert "Renk, # ile altı haneden oluşur" in said
        assert partner.colour == "#e30613"
        assert self.save("")[0].colour == ""

    def test_staff_see_what_becomes_of_it(self) -> None:
        _partner, said = self.save("#ffff00")
        made = colours.palette("#ffff00")
        assert f"Düğme {made['fill']}, bağlantı {made['text']}; koyu görünümde düğme {made['dark_fill']}" in said
        used = set(re.findall(r'fill="(#[0-9a-f]{6})"', colours.sample(made)))
        expected = {made[name] for name in ("fill", "text", "dark_fill", "dark_text")}
        assert used == {colours.WHITE, colours.DARK_SURFACES[0], *expected}

    def test_every_page_wears_it_from_a_stylesheet_that_is_kept_for_good(self) -> None:
        partner = PartnerFactory.create(colour="#ffd400")
        cast = Cast(partner=partner)
        page = cast.browsers["owner"].get(reverse("onboarding:board")).content.decode()
        assert f'<link rel="stylesheet" href="{partner.stylesheet_url}">' in page
        assert " style=" not in page
        sheet = Client().get(partner.stylesheet_url)
        assert sheet["Content-Type"] == "text/css; charset=utf-8"
        assert "immutable" in sheet["Cache-Control"]
        assert "--own-fill:#8c7500" in sheet.content.decode()

    def test_another_address_has_none(self) -> None:
        digest = colours.digest("#ffd400")
        for digits, wrong in (("ffd400", "0" * 12), ("ffd401", digest)):
            assert Client().get(reverse("colour", args=[digits, wrong])).status_code == 404

    def test_without_a_colour_nothing_more_is_fetched(self) -> None:
        cast = Cast(partner=PartnerFactory.create())
        page = cast.browsers["owner"].get(reverse("onboarding:board")).content.decode()
        assert page.count('rel="stylesheet"') == 2
        assert "/renk/" not in page

    def test_letters_to_the_company_wear_it_and_letters_in_its_own_name_do_not(self) -> None:
        cast = Cast(partner=PartnerFactory.create(colour="#ffd400"))
        cast.at_iys()
        letters = list(cast.company.letters.all())
        assert {Audience.IYS, Audience.COMPANY} <= {letter.audience for letter in letters}
        fill = colours.palette("#ffd400")["fill"]
        for letter in letters:
            html = to_send(letter).html
            assert 'content="light dark"' in html
            if letter.audience == Audience.IYS:
                assert fill not in html
                assert "#ffd400" not in html
            elif letter.audience == Audience.COMPANY:
                assert f"background:{fill}" in html
                assert "a { color: #ffd400 !important; }" in html
