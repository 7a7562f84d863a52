"""Text that is no HTML: flowed (RFC 3676) and enriched (RFC 1896). PURE."""

import re

_COMMAND = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,60})>")
_SIGNATURE = "-- "


def flowed(text: str, *, delete_space: bool) -> str:
    """Lines that a program broke are one again. A quotation of another depth never is the same paragraph."""
    paragraphs: list[str] = []
    pieces: list[str] = []
    depth = 0

    def end_paragraph() -> None:
        if pieces:
            paragraphs.append(("> " * min(depth, 5) if depth else "") + "".join(pieces))
            pieces.clear()

    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.lstrip(">")
        quoted = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if quoted != depth or bare == _SIGNATURE:
            end_paragraph()
            depth = quoted
        soft = bare.endswith(" ") and bare != _SIGNATURE
        pieces.append(bare[:-1] if soft and delete_space else bare)
        if not soft:
            end_paragraph()
    end_paragraph()
    return "\n".join(paragraphs)


def enriched(text: str) -> str:
    """A single line end is a space; <param> holds what is no words; "<<" is a "<"."""
    lines = re.sub(r"\n+", lambda found: " " if len(found.group()) == 1 else found.group()[1:], _tidy(text))
    shown: list[str] = []
    at = parameters = 0
    for found in _COMMAND.finditer(lines):
        closes, name = found.groups()
        if not parameters:
            shown.append(lines[at : found.start()])
        if name.lower() == "param":
            parameters = 0 if closes else 1
        at = found.end()
    if not parameters:
        shown.append(lines[at:])
    return "".join(shown).replace("<<", "<")


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n")
