"""Staff's own reading rules: from rows to rules, tried on an example, and what they change."""

from collections import defaultdict
from collections.abc import Iterable

from correspondence.incoming.fetching import is_too_large, raw_of
from correspondence.models import Mail
from correspondence.models.reading_rule import ReadingRule
from correspondence.reading.classification import StaffRules, read, read_words
from correspondence.reading.extraction import ExtractedFields
from correspondence.reading.html_text import squeezed
from correspondence.reading.kinds import KINDS, Kind
from correspondence.reading.parsing import Unreadable, content, envelope
from correspondence.reading.phrases import Rule, complaint, plain
from correspondence.reading.result import Reading

MAX_PHRASES = 20


def active() -> StaffRules:
    """The rules that are in use."""
    return by_kind(ReadingRule.objects.filter(active=True))


def by_kind(rows: Iterable[ReadingRule]) -> StaffRules:
    rules: dict[Kind, list[Rule]] = defaultdict(list)
    for row in rows:
        rules[Kind(row.kind)].append(as_rule(row))
    return rules


def as_rule(row: ReadingRule) -> Rule:
    return Rule(row.name, phrases(row.any_of), phrases(row.none_of))


def phrases(text: str) -> tuple[str, ...]:
    """One a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def complaints(text: str) -> list[str]:
    """What is wrong with the phrases, as Turkish sentences."""
    found = phrases(text)
    too_many = [f"En çok {MAX_PHRASES} söz yazılabilir."] if len(found) > MAX_PHRASES else []
    return too_many + [why for phrase in found if (why := complaint(phrase))]


def missed(row: ReadingRule) -> str:
    """Why the rule does not read its own example as it should, as a Turkish sentence; empty when it does."""
    rule, spec = as_rule(row), KINDS[row.kind]
    said = read_words(row.example, by_kind([row]))
    if not rule.words(plain(squeezed(row.example))):
        return "Kural bu örneği yakalamıyor: sözlerden hiçbiri geçmiyor ya da istenmeyen bir söz geçiyor."
    if said is not None and (said.kind, said.rule) == (row.kind, rule.name):
        return ""
    if said is not None and said.kind == row.kind:
        return f"Bu örneği ürünün “{said.rule}” kuralı zaten aynı anlamda okuyor; yeni kurala gerek yok."
    if said is None and spec.needs:
        return f"Örnekte {spec.needs_example} bulunamadı; o olmadan bu anlama gelemez."
    if said is None:
        return "Kural bu örneği yakalamıyor."
    return f"Bu örneği önce “{said.rule}” kuralı okuyor; ondan önce gelen bir kural yazılamaz."


def read_again(mail: Mail, rules: StaffRules) -> Reading:
    """What a stored mail says by these rules. Raises Unreadable and OSError as `raw_of` does."""
    if is_too_large(mail):
        return Reading(Kind.UNKNOWN, ExtractedFields(), "", "")
    raw = raw_of(mail)
    return read(envelope(raw), content(raw), rules)


def would_change(row: ReadingRule, mails: Iterable[Mail]) -> list[tuple[Mail, Reading]]:
    """The stored mails that would be read otherwise if the rule were in use as it stands here."""
    others = ReadingRule.objects.filter(active=True).exclude(pk=row.pk)
    rules = by_kind([*others, row] if row.active else others)
    changed = []
    for mail in mails:
        try:
            said = read_again(mail, rules)
        except (Unreadable, OSError):
            continue
        if said.kind != mail.kind:
            changed.append((mail, said))
    return changed
