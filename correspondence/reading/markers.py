"""The lines with which mail programs begin what they quote or pass on, in Turkish and English; Mail.ru's and
Yandex's in Russian, too. PURE.

All patterns read folded lines: case is gone, all four i's are one, white space is single.
"""

import re
from collections.abc import Sequence

LONGEST = 400  # characters of an attribution
MOST_LINES = 3  # over which programs break it
_FROM = "kimden|gönderen|gönderici|from|sender|от кого|от"
_OTHERS = (
    "gönderil(?:me|di|en|enler)(?: tarihi| zamani)?|gönder(?:im|me) tarihi|tarih|kime|alici(?:lar)?|bilgi|gizli"
    "|konu|ekler|yanit(?:lama)? adresi|önem|öncelik|sent|date|to|cc|bcc|subject|reply-to|attachments|importance"
    "|кому|копия|дата|тема"
)
_LABEL = re.compile(rf"[*_|]{{0,2}}(?:(?P<sender>{_FROM})|{_OTHERS})[*_]{{0,2}} ?:[*_]{{0,2}} ?(?P<value>.*)")
_RUN = r"[-=_]{2,30}"
_MESSAGE = r"(?:message|mail|mesaj|ileti|e-?posta|сообщени)\w{0,6}"
_PASSED_ON = r"(?:forwarded|iletilen|iletilmiş|yönlendirilen|yönlendirilmiş|aktarilan|пересылаемое)"
_WROTE = r"(?:yazdi|yazmiş|yaziyor|wrote|writes|пишет|писала?)"
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(?:19|20)\d\d\b")
_WHEN = re.compile(rf"{_DATE.pattern}|\b\d{{1,2}}[:.]\d{{2}}\b|şun(?:u|lari)|şöyle|<[^<>]{{1,100}}@")
_VERB_AT_END = re.compile(rf"(?:{_RUN} ?)?.{{1,{LONGEST}}}\b{_WROTE}(?: \(.{{0,80}}\))? ?(?::|:? ?{_RUN})$")
_REPLIES = (
    # Roundcube, Horde: Ada wrote on 24.11.2026: / Quoting Ada <adres>: / Alıntı Ada <adres>:
    re.compile(rf".{{1,200}} {_WROTE} (?:on|at) .{{1,80}}:$"),
    re.compile(r"(?:quoting|alinti|alintilanan|alinti yapilan) .{1,200}:$"),
    # Yandex, Mail.ru, old Gmail: 24.11.2026, 14:05, "Ad" <adres>:
    re.compile(r"(?:\d{1,2}\.\d{1,2}\.\d{4}\b|.{0,40}\b(?:19|20)\d\d\b).{0,200}<[^<>]{3,120}> ?:$"),
    # HCL Notes: Ad ---24.11.2026 14:05:00---Konu
    re.compile(r".{1,80} ?---\d{1,2}[./]\d{1,2}[./]\d{4} \d{1,2}:\d{2}.{0,12}---"),
)
_BEGINS = re.compile(r"\d|on |quoting |alinti |-{2,}|pazar|sali |çarşamba|perşembe|cuma")
_IS_WHOLE = re.compile(rf"^(?:quoting|alinti)|{_DATE.pattern}")
_ORIGINAL = re.compile(rf"{_RUN} ?(?:özgün|orijinal|original|asil|исходное) {_MESSAGE} ?{_RUN}")
_FORWARDS = (
    re.compile(rf"{_RUN} ?{_PASSED_ON} {_MESSAGE}(?: from .{{1,200}}?)? ?{_RUN}"),
    re.compile(rf"{_RUN} ?forwarded by .{{1,250}}"),
    re.compile(rf"{_RUN} ?.{{1,200}}\btarafindan .{{0,80}}(?:ileti|yönlendiri)l(?:en|di|miş).{{0,40}}$"),
    re.compile(
        rf"(?:begin forwarded message|{_PASSED_ON} {_MESSAGE} başlangici|başlangiç, {_PASSED_ON} {_MESSAGE}) ?:$"
    ),
)
_FORWARD_ENDS = re.compile(
    rf"{_RUN} ?(?:end (?:of )?forwarded {_MESSAGE}|конец пересылаемого|{_PASSED_ON} {_MESSAGE} ?sonu\b)"
)
_RULE = re.compile(r"_{10,}$|-{10,}$")
_FORWARD_SUBJECT = re.compile(r"(?:(?:ynt|re|yan) ?: ?)*(?:fwd?|ilt|ynl|iletilen|yönlendirilen|iletildi) ?:")
_MOST_HEADER_LINES = 60


def is_forward_subject(folded: str) -> bool:
    return bool(_FORWARD_SUBJECT.match(folded))


def is_forward(line: str) -> bool:
    return any(pattern.match(line) for pattern in _FORWARDS) and not ends_forward(line)


def ends_forward(line: str) -> bool:
    return bool(_FORWARD_ENDS.match(line))


def is_head_of_forward(lines: Sequence[str]) -> bool:
    """A marker with its headers, and nothing else."""
    return is_forward(lines[0]) and 1 + labelled(lines, 1)[0] == len(lines)


def attribution(lines: Sequence[str], at: int) -> int:
    """How many lines from here say who wrote what is quoted below; 0: none."""
    joined = lines[at]
    begins = _BEGINS.match(joined) or _is_open(joined)
    for taken in range(1, MOST_LINES + 1):
        if len(joined) > LONGEST or not joined:
            return 0
        if _is_attribution(joined):
            return taken
        below = lines[at + taken] if at + taken < len(lines) else ""
        # Own words stand above one that is whole by itself: they must not be taken for its beginning.
        is_whole = _IS_WHOLE.search(below) and not _is_open(below) and _is_attribution(below)
        if not below or below[0] == ">" or joined[-1] in ".!?" or is_whole or not begins:
            return 0
        joined = f"{joined} {below}"
    return 0


def _is_attribution(line: str) -> bool:
    if not line.endswith((":", "-", "=")) and "---" not in line:
        return False
    return bool((_VERB_AT_END.match(line) and _WHEN.search(line)) or any(each.match(line) for each in _REPLIES))


def _is_open(line: str) -> bool:
    """Whether an address or a quoted name goes on in another line."""
    return line.count("<") != line.count(">") or line.count('"') % 2 == 1


def names_a_writer(line: str) -> bool:
    """Says who wrote, but not when: an attribution only when a quotation follows."""
    return bool(_VERB_AT_END.match(line)) and line.endswith(":")


def is_divider(line: str) -> bool:
    """A forward's, or Outlook's "-----Özgün İleti-----"; also with the headers behind it on the same line."""
    return is_forward(line) or bool(_ORIGINAL.match(line))


def header_lines(lines: Sequence[str], at: int) -> int:
    """How many lines from here are the headers of a mail as Outlook copies them: at least three and its sender;
    a rule may stand above. 0: none."""
    start = at
    if _RULE.match(lines[at]):
        start = _next(lines, at + 1)
    taken, roles, has_sender = labelled(lines, start)
    return start + taken - at if has_sender and roles >= 3 else 0


def labelled(lines: Sequence[str], at: int) -> tuple[int, int, bool]:
    """The lines from here that are labels with their values, how many labels, and whether the sender is among
    them. A table's values stand below their labels."""
    place = end = at
    count, has_sender, below = 0, False, False
    while place < len(lines) and place - at < _MOST_HEADER_LINES:
        label = _LABEL.match(lines[place])
        if label is None:
            if not (count and lines[place - 1].endswith((",", ";"))):  # a long list of recipients
                break
        else:
            count, has_sender = count + 1, has_sender or bool(label["sender"])
            value = _next(lines, place + 1)
            if not label["value"] and value < len(lines) and not _LABEL.match(lines[value]):
                following = _next(lines, value + 1)
                below = below or (following < len(lines) and bool(_LABEL.match(lines[following])))
                place = value if below else place
        end = place + 1
        following = _next(lines, end)
        place = following if following < len(lines) and _LABEL.match(lines[following]) else end
    return end - at, count, has_sender


def _next(lines: Sequence[str], at: int) -> int:
    """The next line that is not empty, at most a few lines on."""
    for place in range(at, min(at + 4, len(lines))):
        if lines[place]:
            return place
    return len(lines)
