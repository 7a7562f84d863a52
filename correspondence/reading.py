"""What a mail says: rules as data, Turkish-aware, each reading with its reason. PURE.

The wording is İYS's as the guide shows it. The real subjects are not known, so no rule hangs on one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from correspondence.html_text import Link
from correspondence.parsing import Content, Envelope
from identifiers.turkish import fold


class Kind(StrEnum):
    RECEIVED = "received"
    CHANGES_ASKED = "changes_asked"
    CONTINUE_LINK = "continue_link"
    APPROVED = "approved"
    OFFER = "offer"
    PAYMENT_RECEIVED = "payment_received"
    PAYMENT_FAILED = "payment_failed"
    ASSIGNMENT_CONFIRMED = "assignment_confirmed"
    REFUSED = "refused"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    PACKAGE_REQUEST = "package_request"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BrandCode:
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read out; empty where the mail does not say."""

    application_number: str = ""
    trade_name: str = ""
    iys_code: str = ""
    brands: tuple[BrandCode, ...] = ()
    view_url: str = ""
    pay_url: str = ""
    continue_url: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`rule` names the rule that fired and `words` the words that made it fire."""

    kind: Kind
    facts: Facts
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when one of `any_of` is in the folded text and none of `none_of` is. `needs` names a fact
    without which the words alone mean nothing."""

    name: str
    kind: Kind
    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()
    needs: str = ""


# Refusal comes before approval: "onaylanmamıştır" must never be read as a yes. The texts are folded
# (case gone, ı and i are one), so are the patterns.
REFUSALS = (
    r"\breddedilmiştir\b",
    r"\bonaylanmamiştir\b",
    r"\buygun bulunmamiştir\b",
    r"\bkabul edilmemiştir\b",
)
RULES = (
    Rule(
        "ödeme alınamadı",
        Kind.PAYMENT_FAILED,
        (r"ödeme\w* (?:alinamamiştir|gerçekleştirilememiştir|başarisiz)",),
    ),
    Rule("ret", Kind.REFUSED, REFUSALS),
    Rule(
        "düzeltme isteği",
        Kind.CHANGES_ASKED,
        (r"düzeltilmesi gereken", r"düzeltmeniz gerek", r"eksik (?:bilgi|belge)", r"tekrar yüklemeniz"),
    ),
    Rule("onay ve kodlar", Kind.APPROVED, (r"iys numaraniz\s*:?\s*\d{4,15}",), needs="iys_code"),
    Rule("ödeme alındı", Kind.PAYMENT_RECEIVED, (r"ödemeniz alinmiştir", r"paketiniz tanimlanmiştir")),
    Rule("teklif", Kind.OFFER, (r"teklifimizi ekte", r"teklifi (?:çevrimiçi )?(?:görüntüle|incele)")),
    Rule(
        "atama tamamlandı",
        Kind.ASSIGNMENT_CONFIRMED,
        (r"iş ortaği atama\w* (?:tamamlanmiştir|yapilmiştir|onaylanmiştir)",),
    ),
    Rule(
        "başvuru alındı",
        Kind.RECEIVED,
        (r"no'?lu başvurunuz alinmiştir", r"no’lu başvurunuz alinmiştir"),
        needs="application_number",
    ),
    Rule("devam bağlantısı", Kind.CONTINUE_LINK, (r"başvurunuza devam edebilirsiniz",), needs="continue_url"),
    Rule(
        "teklif isteği",
        Kind.PACKAGE_REQUEST,
        (r"iys koduna sahip firmamiz adina ileti .{1,20} paketi teklifini",),
    ),
)
_AUTO = frozenset({"auto-replied", "auto-generated", "auto-notified"})
_AUTO_WORDS = re.compile(r"^(?:otomatik yanit|automatic reply|ofis dişinda|out of office)", re.IGNORECASE)
_RECEIVED_NUMBER = re.compile(r"\b([A-Z0-9]{4,20})\s+no['’]?lu\s+başvuru", re.IGNORECASE)
_TRADE_NAME = re.compile(r"Hizmet sağlayıcı\s*:\s*(?P<name>[^\n/]+?)\s*(?=/|\n|$)", re.IGNORECASE)
_IYS_CODE = re.compile(r"İYS Numaranız\s*:?\s*\n?\s*(\d{4,15})\b", re.IGNORECASE)
_BRAND = re.compile(r"(?P<name>[^\n/:]+?)\s*[/\n]\s*İYS Numarası\s*:?\s*\n?\s*(?P<code>\d{4,15})\b", re.IGNORECASE)


def read(head: Envelope, body: Content) -> Reading:
    """Automatic mails first; then what the sender wrote anew, and last what was quoted or forwarded."""
    machine = _machine(head)
    if machine is not None:
        return machine
    for text in (body.text, body.full_text):
        reading = _by_rules(text, body.links)
        if reading is not None:
            return reading
    return Reading(Kind.UNKNOWN, Facts(), "", "")


def _machine(head: Envelope) -> Reading | None:
    if head.content_type == "multipart/report" or head.report_type == "delivery-status":
        return Reading(Kind.BOUNCE, Facts(), "teslim raporu (RFC 3464)", head.content_type)
    sender = head.senders[0].email if head.senders else ""
    if head.return_path == "" and sender.startswith(("mailer-daemon@", "postmaster@")):
        return Reading(Kind.BOUNCE, Facts(), "boş dönüş yolu", sender)
    if head.auto_submitted in _AUTO or head.precedence in ("auto_reply", "bulk", "junk"):
        return Reading(
            Kind.AUTO_REPLY, Facts(), "otomatik yanıt (RFC 3834)", head.auto_submitted or head.precedence
        )
    if _AUTO_WORDS.match(fold(head.subject)):
        return Reading(Kind.AUTO_REPLY, Facts(), "otomatik yanıt konusu", head.subject)
    return None


def _by_rules(text: str, links: tuple[Link, ...]) -> Reading | None:
    folded = fold(text)
    facts = _facts(text, links)
    for rule in RULES:
        if any(re.search(pattern, folded) for pattern in rule.none_of):
            continue
        hit = next(filter(None, (re.search(pattern, folded) for pattern in rule.any_of)), None)
        if hit is None or (rule.needs and not getattr(facts, rule.needs)):
            continue
        return Reading(rule.kind, _for(rule.kind, facts, text), rule.name, _as_written(hit.group(), text))
    return None


def _as_written(words: str, text: str) -> str:
    """The line of the mail in which the folded words stand, for people; the words themselves over two lines."""
    return next((line.strip() for line in text.splitlines() if words in fold(line)), words)


def _for(kind: Kind, facts: Facts, text: str) -> Facts:
    """Only what this kind of mail is asked for; a quoted code in a refusal is no code."""
    return {
        Kind.RECEIVED: Facts(application_number=facts.application_number),
        Kind.APPROVED: Facts(
            application_number=facts.application_number,
            trade_name=facts.trade_name,
            iys_code=facts.iys_code,
            brands=facts.brands,
        ),
        Kind.OFFER: Facts(view_url=facts.view_url, pay_url=facts.pay_url),
        Kind.CONTINUE_LINK: Facts(continue_url=facts.continue_url),
        Kind.CHANGES_ASKED: Facts(remarks=_remarks(text)),
        Kind.REFUSED: Facts(remarks=_remarks(text)),
        Kind.PAYMENT_FAILED: Facts(remarks=_remarks(text)),
    }.get(kind, Facts())


def _remarks(text: str) -> str:
    """The mail's own sentences without greeting and signature, at most 900 characters."""
    lines = [line.strip() for line in text.splitlines()]
    body = [
        line
        for line in lines
        if line and not fold(line).startswith(("sayin ", "merhaba", "saygilarimizla", "iyi çalişmalar", "--"))
    ]
    return " ".join(body)[:900]


def _facts(text: str, links: tuple[Link, ...]) -> Facts:
    number = _RECEIVED_NUMBER.search(text)
    name = _TRADE_NAME.search(text)
    code = _IYS_CODE.search(text)
    after = text[code.end() :] if code else ""
    view, pay = _offer_links(links)
    return Facts(
        application_number=number.group(1).upper() if number else "",
        trade_name=name.group("name").strip() if name else "",
        iys_code=code.group(1) if code else "",
        brands=_brands(after),
        view_url=view,
        pay_url=pay,
        continue_url=next((link.href for link in links if "devam" in fold(link.text)), "")
        or (links[0].href if links else ""),
    )


def _brands(text: str) -> tuple[BrandCode, ...]:
    found = []
    for match in _BRAND.finditer(re.sub(r"Markalarınız\s*:?", "\n", text, flags=re.IGNORECASE)):
        name = match.group("name").strip(" -•*\t")
        if name:
            found.append(BrandCode(name, match.group("code")))
    return tuple(dict.fromkeys(found))


def _offer_links(links: tuple[Link, ...]) -> tuple[str, str]:
    """(view, pay). A link whose words speak of both serves for what no other link does."""
    view = pay = both = ""
    for link in links:
        words = fold(link.text)
        views = "incele" in words or "görüntüle" in words
        pays = "ödeme" in words
        if views and pays:
            both = both or link.href
        elif views:
            view = view or link.href
        elif pays:
            pay = pay or link.href
    only = links[0].href if len(links) == 1 else ""
    return view or both or only, pay or both or only
