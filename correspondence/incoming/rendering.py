"""A stranger's mail as people may look at it: an allow-list of tags, nothing fetched, nothing that acts."""

import base64
import hashlib
from itertools import islice

import nh3

from correspondence.reading.mime import parts
from correspondence.reading.parsing import MAX_PARTS
from identifiers.masking import masked

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "div", "dl", "dt",
    "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre", "s", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
# A browser's rules for what is left open take quadratic time and memory: a mail of 60 kB can ask for 1.6 GB.
MOST_TAGS = 2_000
CUT = "<hr><p>Bu e-postanın görünümü çok uzun; buraya kadarı gösteriliyor.</p>"
# A link says where it leads, so that nobody has to follow it to find out.
STYLE = (
    "body{font:15px/1.5 Arial,Helvetica,sans-serif;color:#14213d;margin:12px;overflow-wrap:anywhere}"
    "table{border-collapse:collapse}td,th{border:1px solid #dde1ea;padding:4px 6px;vertical-align:top}"
    "blockquote{border-left:3px solid #dde1ea;margin-left:0;padding-left:12px;color:#454f66}"
    "a{color:#094a8c;pointer-events:none}a::after{content:' [' attr(href) ']';font-size:13px;color:#454f66}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# Shown in a frame of our own pages alone; nothing is loaded, run, sent or opened from it.
POLICY = (
    f"sandbox; default-src 'none'; style-src 'sha256-{STYLE_HASH}'; frame-ancestors 'self'; form-action 'none'"
)


def html_of(raw: bytes) -> str:
    """The mail's HTML parts as they came; empty when it has none or cannot be parsed."""
    bodies = (part for part in islice(parts(raw), MAX_PARTS) if part.kind == "text/html")
    return "\n<hr>\n".join(part.text for part in bodies if part.disposition != "attachment")


def page(html: str, known: frozenset[str] = frozenset()) -> str:
    """A whole document of what the allow-list leaves of the first MOST_TAGS tags, identity numbers masked; `known`
    are those of the company whose mail it is."""
    shown = "<".join(html.split("<", MOST_TAGS + 1)[: MOST_TAGS + 1])
    clean = nh3.clean(
        shown,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style", "title", "noscript", "template", "svg", "math"},
    )
    return (
        '<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8"><title>E-posta</title>'
        f"<style>{STYLE}</style></head><body>{masked(clean, known)}{CUT if shown != html else ''}</body></html>"
    )
