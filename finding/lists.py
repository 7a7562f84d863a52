"""The search fields of support's lists: what is typed there is looked up in the index, as on the page *Bul*.

Two things are not in the index: texts, and names that very many have. Those are read, in the order of the list and
no further than MOST_READ rows; the next look goes on behind them. So no look takes long, however long the list is.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Model, Q, QuerySet

from finding import looking, typed
from finding.models import Kind, Word
from finding.typed import Typed
from identifiers import turkish
from identifiers.turkish import Sought
from onboarding.models import Application
from tenancy.admin.searching import MOST_READ, Found, FoundBy
from tenancy.models import Company, User

MOST_KNOWN = 1_000  # entries of the index by whose keys rows are looked up
OF_MAILS = (Kind.SUBJECT, Kind.SENDER)

Rows = QuerySet[Any]


def search(user: User, rows: Rows, text: str, by: FoundBy) -> Found:
    """Of the rows, which are filtered and in order, those that are meant."""
    meant = typed.read(text)
    numbers = _of_numbers(user, meant) if by.companies else []
    names, too_many = _of_names(user, meant, by)
    wanted = _known(rows, [*numbers, *names], meant, by) | Q(pk__in=_whole(rows, text.strip(), by))
    columns = _columns(rows.model, by, too_many)
    patterns = list(map(_pattern, looking.telling(meant.words)))
    if not patterns:  # an address, of which a part may be meant
        patterns = [turkish.pattern(each.text) for each in meant.numbers[:1]]
    if numbers or not (columns and patterns):
        return Found(rows.filter(wanted))
    keys, read_to = _read(rows, columns, patterns)
    return Found(rows.filter(wanted | Q(pk__in=keys)), read_to)


def _of_numbers(user: User, meant: Typed) -> list[Word]:
    wanted = Q()
    for number in meant.numbers:
        wanted |= looking.of_number(number)
    return list(Word.objects.filter(wanted, owner__in=looking.owners(user))[: MOST_KNOWN + 1]) if wanted else []


def _of_names(user: User, meant: Typed, by: FoundBy) -> tuple[list[Word], Collection[Kind]]:
    """The entries, and the kinds of names that have too many."""
    whose = looking.owners(user)
    kinds = [Kind.TITLE] if by.companies else []
    kinds += [Kind.SUBJECT] if by.mail else []
    kinds += [kind for kind in map(Kind, by.names) if kind in looking.NAMES]
    keys: list[int] = []
    too_many = []
    for kind in kinds if meant.words else ():
        found, is_cut = looking.by_words(whose, kind, meant.words, MOST_KNOWN + 1)
        if is_cut or len(found) > MOST_KNOWN:
            too_many.append(kind)
        else:
            keys += found
    return list(Word.objects.filter(owner__in=whose, pk__in=keys)), too_many


def _known(rows: Rows, entries: Collection[Word], meant: Typed, by: FoundBy) -> Q:
    """The rows to which the entries lead."""
    wanted = Q()
    if by.mail:
        wanted |= Q(**{f"{by.mail}__in": {each.mail_id for each in entries if each.kind in OF_MAILS}})
    named = {each.kind for each in entries} & by.names.keys()
    for kind in named:
        wanted |= Q(pk__in=_named(rows, kind, [each for each in entries if each.kind == kind], meant, by))
    others = [each for each in entries if each.kind not in (*OF_MAILS, *named)]
    if by.application:
        of_all = {each.company_id for each in others if each.application_id is None}
        own = {each.application_id for each in others if each.application_id is not None}
        own |= set(Application.objects.filter(company__in=of_all).order_by().values_list("pk", flat=True))
        return wanted | Q(**{f"{by.application}__in": own})
    for company in by.companies:
        wanted |= Q(**{f"{company}__in": {each.company_id for each in others}})
    return wanted


def _named(rows: Rows, kind: str, entries: Collection[Word], meant: Typed, by: FoundBy) -> list[Any]:
    """Of a company's people, or brands, those whose own name it is."""
    column = by.names[kind]
    own = Q()
    for number in meant.numbers:
        own |= Q(**{f"{column}__icontains": number.text}) if number.kind == kind else Q()
    if not own:
        for each in meant.words:
            own &= Q(**{f"{column}__regex": _pattern(each)})
    whose = Q(**{f"{by.companies[0]}__in": {each.company_id for each in entries}})
    return list(rows.filter(whose, own).order_by().values_list("pk", flat=True)[: MOST_KNOWN + 1])


def _whole(rows: Rows, text: str, by: FoundBy) -> list[Any]:
    """Those that have all of it in one of their columns, each by its index."""
    keys = rows.order_by().values_list("pk", flat=True)
    asked = (keys.filter(**{f"{column}__in": {text, text.casefold()}}) for column in by.whole)
    return [key for found in asked for key in found[: MOST_KNOWN + 1]]


def _columns(model: type[Model], by: FoundBy, too_many: Collection[Kind]) -> list[str]:
    """What has to be read: texts, with titles beside them, and names that the index has too many of."""
    found = [*by.texts, *(column for kind, column in by.names.items() if kind in too_many)]
    if Kind.SUBJECT in too_many:
        found.append("subject")
    if by.texts or Kind.TITLE in too_many:
        found += ["trade_name" if model is Company else f"{company}__trade_name" for company in by.companies]
    return found


def _read(rows: Rows, columns: Sequence[str], patterns: Sequence[str]) -> tuple[list[Any], object]:
    """The keys of those that have each of the patterns in some column, of the first rows; and that of the last one
    that was read, if there are more. Read first and compared then, by one statement: PostgreSQL would look for
    the patterns before it takes the first rows."""
    names = {f"text_{place}": F(column) for place, column in enumerate(columns)}
    first = rows.annotate(key=F("pk"), **names).values("key", *names)[:MOST_READ]
    inner, values = first.query.sql_with_params()
    matches = "~" if connection.vendor == "postgresql" else "REGEXP"
    one = " OR ".join(f'"{name}" {matches} %s' for name in names)
    with connection.cursor() as cursor:
        # What is typed stands in the values alone.
        cursor.execute(
            f"WITH read AS ({inner}) SELECT key, true FROM read WHERE {' AND '.join([f'({one})'] * len(patterns))}"  # noqa: S608
            f" UNION ALL SELECT key, false FROM (SELECT key FROM read LIMIT 1 OFFSET {MOST_READ - 1}) AS last",
            [*values, *(pattern for pattern in patterns for _name in names)],
        )
        found = cursor.fetchall()
    to_python = rows.model._meta.pk.to_python  # noqa: SLF001 - SQLite keeps keys as text
    last = next((to_python(key) for key, is_meant in found if not is_meant), None)
    return list(dict.fromkeys(to_python(key) for key, is_meant in found if is_meant)), last


def _pattern(word: Sought) -> str:
    return f"({'|'.join(map(turkish.pattern, word.spellings))})"
