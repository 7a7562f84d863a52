"""A partner's colour, made readable in light and in dark (WCAG 2.2: relative luminance, contrast). PURE."""

import colorsys
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache

from identifiers import Refused

# What the portal wears where a partner has no colour.
DEFAULT = "#0b5cad"
WHITE = "#ffffff"
# On what the colour stands, as static/css/portal.css and static/css/dark.css have it.
SURFACES = ("paper", "ground", "sunken", "ok-wash", "warn-wash", "bad-wash", "violet-wash")
LIGHT_SURFACES = ("#ffffff", "#f6f8fb", "#eef1f6", "#e6f5ed", "#fdf2dc", "#fdeceb", "#f0e8f9")
DARK_SURFACES = ("#171d29", "#0f141d", "#1f2735", "#12291f", "#2d2412", "#361b1c", "#2a2140")
TEXT = 4.5  # WCAG 2.2, 1.4.3
SHAPE = 3.0  # WCAG 2.2, 1.4.11
STEPS = 512


def read(typed: str) -> str:
    """The colour as #rrggbb; empty for none. Raises Refused."""
    found = re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", typed.strip().lower())
    if not typed.strip():
        return ""
    if found is None:
        raise Refused("Renk, # ile altı haneden oluşur; rakamlar ve a–f harfleri: #0b5cad gibi.")
    digits = found[1] if len(found[1]) == 6 else "".join(each * 2 for each in found[1])
    return f"#{digits}"


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def written(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(each * 255):02x}" for each in (red, green, blue))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it for sRGB."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    parts = zip(channels(colour), channels(ground), strict=True)
    red, green, blue = (mine * share + under * (1 - share) for mine, under in parts)
    return written(red, green, blue)


def nearest(colour: str, fits: Callable[[str], bool]) -> str:
    """The colour itself if it fits, else the darker or lighter one of its hue that fits and is closest to it."""
    if fits(colour):
        return colour
    hue, wanted, saturation = colorsys.rgb_to_hls(*channels(colour))
    fitting = [
        (abs(step / STEPS - wanted), shade)
        for step in range(STEPS + 1)
        if fits(shade := written(*colorsys.hls_to_rgb(hue, step / STEPS, saturation)))
    ]
    return min(fitting)[1]


@cache
def palette(colour: str) -> Mapping[str, str]:
    """What portal.css and dark.css take: what is filled, pressed, written, and laid under words."""
    wash = mixed(colour, WHITE, 0.09)
    fill = nearest(colour, lambda shade: contrast(shade, WHITE) >= TEXT)
    text = nearest(colour, lambda shade: all(contrast(shade, under) >= TEXT for under in (*LIGHT_SURFACES, wash)))
    dark_fill = nearest(
        colour,
        lambda shade: (
            contrast(shade, WHITE) >= TEXT and all(contrast(shade, under) >= SHAPE for under in DARK_SURFACES[:2])
        ),
    )
    dark_wash = mixed(dark_fill, DARK_SURFACES[0], 0.2)
    dark_text = nearest(
        colour, lambda shade: all(contrast(shade, under) >= TEXT for under in (*DARK_SURFACES, dark_wash))
    )
    return {
        "fill": fill,
        "pressed": mixed(fill, "#000000", 0.82),
        "text": text,
        "wash": wash,
        "dark_fill": dark_fill,
        "dark_pressed": mixed(dark_fill, "#000000", 0.82),
        "dark_text": dark_text,
        "dark_wash": dark_wash,
    }


def stylesheet(colour: str) -> str:
    values = ";".join(f"--own-{name.replace('_', '-')}:{value}" for name, value in palette(colour).items())
    return f":root{{{values}}}"


def sample(made: Mapping[str, str]) -> str:
    """A button and a link in either theme, as an SVG."""
    themes = ((0, LIGHT_SURFACES[0], ""), (48, DARK_SURFACES[0], "dark_"))
    rows = "".join(
        f'<rect y="{top}" width="320" height="48" fill="{paper}"/>'
        f'<rect x="12" y="{top + 8}" width="120" height="32" rx="6" fill="{made[theme + "fill"]}"/>'
        f'<text x="72" y="{top + 29}" text-anchor="middle" fill="{WHITE}">Düğme</text>'
        f'<text x="160" y="{top + 29}" text-decoration="underline" fill="{made[theme + "text"]}">Bağlantı</text>'
        for top, paper, theme in themes
    )
    font = 'font-family="sans-serif" font-size="15"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="96" {font}>{rows}</svg>'


def digest(colour: str) -> str:
    """Stands in the address of the stylesheet, which browsers keep for good."""
    return hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:12]
