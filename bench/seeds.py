"""Cases by the thousand: copies of one that the portal made itself, written by PostgreSQL itself.

Of each case there are its company with an owner and a tracking address, its application with six steps and a form,
its entries of the journal, a letter, a mail, a brand, an invitation, a question and a disclosure where the first
one has them, and what it is found by. `n` is its place, from 1 on.
"""

import sys
from collections.abc import Mapping, Sequence

from django.db import connection, models

from bench import incoming, outgoing
from brands.models import Brand
from correspondence.models import Letter, Mail, TrackingAddress
from documents.models import DisclosureShown
from finding import renewing
from finding.models import Word
from journal.models import Entry
from onboarding.models import Application, ApplicationForm, StepRecord
from support.models import Message, Question
from telemetry.progress import Progress
from tenancy.models import Company, Invitation, Membership, User
from tests.finding.seeded import BUSINESS as EIGHTH
from tests.finding.seeded import OWN as UNIQUE
from tests.scenarios.factories import CompanyFactory, open_application
from tests.scenarios.ladder import Ladder

CHUNK = 5_000
FAR = 1_000_000_000  # keys of people from here on are copies
OWN, BUSINESS = (each.replace("%", "%%") for each in (UNIQUE, EIGHTH))  # as psycopg2 reads them
KEY = "md5('{} ' || n)::uuid"
COMPANY, APPLICATION, MAIL = (KEY.format(kind) for kind in ("company", "application", "mail"))
TOKEN = "translate(substr(md5('token ' || n), 1, 20), '0189', 'wxyz')"  # noqa: S105
TAX = "(2000000000 + n)::text"
REFERENCE = "'K' || lpad(upper(to_hex(n)), 7, '0')"
TITLE = "Mavi Deniz Turizm {} Anonim Şirketi"
# The words of the pattern's title in whose place each has one of its own, and one that an eighth has.
WORD, TRADE = "kopya", "turizm"
OF_COMPANY = "old.company_id = %(company)s"
ONE_LETTER = "old.id = (SELECT id FROM correspondence_letter WHERE company_id = %(company)s LIMIT 1)"
OF_APPLICATION = "old.application_id = %(application)s"
ANEW = {
    "tax_number": TAX,
    "mersis": f"'0' || {TAX} || '00001'",
    "reference": f"lower({REFERENCE})",
    "email": f"CASE WHEN old.word LIKE '@%%' THEN old.word ELSE {OWN} || old.word END",
}


def _named(column: str, spelled: str) -> str:
    """The column with the copy's own words in it."""
    for word, own in ((WORD, OWN), (TRADE, BUSINESS)):
        column = f"replace({column}, {spelled}('{word}'), {spelled}({own}))"
    return column


_EACH = " ".join(f"WHEN '{kind}' THEN {word}" for kind, word in ANEW.items())
FOUND_BY = (
    f"CASE WHEN old.word = '{WORD}' THEN {OWN} WHEN old.word = '{TRADE}' THEN {BUSINESS}"
    f" ELSE CASE old.kind {_EACH} ELSE old.word END END"
)
MOMENT = "now() - n * interval '1 second'"
NAMES = ("idempotency_key", "message_group", "message_id")  # of a letter, each its own
LETTER = {
    "id": KEY.format("letter"),
    "company_id": COMPANY,
    "application_id": APPLICATION,
    "created_at": MOMENT,
    **dict.fromkeys(NAMES, "'seed:' || n || '@portal'"),
}
Kinds = Sequence[tuple[type[models.Model], str, Mapping[str, str]]]
# What is copied, which rows of it, and what is each copy's own. In the order in which rows point at each other.
KINDS: Kinds = (
    (
        Company,
        "old.id = %(company)s",
        {
            "id": COMPANY,
            "tax_number": TAX,
            "trade_name": _named("old.trade_name", "initcap"),
        },
    ),
    (User, "old.id = %(owner)s", {"id": f"{FAR} + n", "email": "'sahip' || n || '@mavideniz.example'"}),
    (Membership, OF_COMPANY, {"company_id": COMPANY, "user_id": f"{FAR} + n"}),
    (TrackingAddress, OF_COMPANY, {"company_id": COMPANY, "token": TOKEN}),
    (
        Application,
        "old.id = %(application)s",
        {"id": APPLICATION, "company_id": COMPANY, "reference": REFERENCE, "opened_at": MOMENT},
    ),
    (StepRecord, OF_APPLICATION, {"application_id": APPLICATION, "since": "now()"}),
    (ApplicationForm, OF_APPLICATION, {"application_id": APPLICATION}),
    (Entry, OF_APPLICATION, {"company_id": COMPANY, "application_id": APPLICATION, "at": MOMENT}),
    (Letter, ONE_LETTER, LETTER),
    (
        Mail,
        OF_COMPANY,
        {
            "id": MAIL,
            "company_id": COMPANY,
            "application_id": APPLICATION,
            "mailbox": "'seeded'",
            "uid": "n::text",
            "sha256": "md5(n::text) || md5('mail ' || n)",
            "message_id": "'<seed-' || n || '@iys.org.tr>'",
            "received_at": MOMENT,
        },
    ),
    (Brand, OF_COMPANY, {"id": KEY.format("brand"), "company_id": COMPANY, "created_at": MOMENT}),
    (
        Invitation,
        OF_COMPANY,
        {
            "id": KEY.format("invitation"),
            "company_id": COMPANY,
            "email": "'davetli' || n || '@mavideniz.example'",
            "created_at": MOMENT,
        },
    ),
    (Question, OF_COMPANY, {"id": KEY.format("question"), "company_id": COMPANY, "asked_at": MOMENT}),
    (
        Message,
        "old.question_id = (SELECT id FROM support_question WHERE company_id = %(company)s)",
        {"question_id": KEY.format("question")},
    ),
    (DisclosureShown, OF_COMPANY, {"company_id": COMPANY, "shown_at": MOMENT}),
    (
        Word,
        OF_COMPANY,
        {
            "company_id": COMPANY,
            "application_id": f"CASE WHEN old.application_id IS NOT NULL THEN {APPLICATION} END",
            "mail_id": f"CASE WHEN old.mail_id IS NOT NULL THEN {MAIL} END",
            "word": FOUND_BY,
            "words": _named("old.words", ""),
        },
    ),
)


def pattern() -> Application:
    """A case in the middle of step 1, with a letter that went, a mail that waits for a person, and its words."""
    application = open_application(CompanyFactory.create(trade_name=TITLE.format(WORD.capitalize())))
    ladder = Ladder(application).manual()
    ladder.fill_in()
    outgoing.post(application.company, 1)
    outgoing.drain(1)
    incoming.one(application.company)
    while renewing.renew_marked():
        pass
    return ladder.now()


def fill(cases: int) -> None:
    """So many copies of the pattern, with a bar in a terminal."""
    with Progress(_Terminal(), again="The servers of the measurement are gone, too.") as progress:
        what = f"seeding {cases:,} cases"
        for first in range(1, cases + 1, CHUNK):
            last = min(first + CHUNK - 1, cases)
            copy(Application.objects.get(company__trade_name=TITLE.format(WORD.capitalize())), first, last)
            progress.at(what, last, cases)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def copy(application: Application, first: int, last: int) -> None:
    """Copies of this case by the numbers from `first` to `last`."""
    owner = application.company.memberships.get().user_id
    _write(
        KINDS,
        first,
        last,
        {"company": str(application.company_id), "application": str(application.pk), "owner": owner},
    )


def lengthen(application: Application, entries: int) -> None:
    """The history of a case: so many further entries, and a fifth as many letters."""
    values = {"application": str(application.pk)}
    one = "old.id = (SELECT id FROM {} WHERE application_id = %(application)s LIMIT 1)"
    _write(((Entry, one.format("journal_entry"), {}),), 1, entries, values)
    own = {"id": "gen_random_uuid()", **dict.fromkeys(NAMES, "gen_random_uuid()::text")}
    _write(((Letter, one.format("correspondence_letter"), own),), 1, entries // 5, values)


def _write(kinds: Kinds, first: int, last: int, values: Mapping[str, str | int]) -> None:
    with connection.cursor() as cursor:
        # The triggers stand still meanwhile: what they would write is written here, or is not asked for.
        cursor.execute("SET session_replication_role = replica")
        for model, which, own in kinds:
            cursor.execute(_statement(model, which, own, first, last), values)
        cursor.execute("SET session_replication_role = DEFAULT")


def _statement(model: type[models.Model], which: str, own: Mapping[str, str], first: int, last: int) -> str:
    columns = [str(field.column) for field in model._meta.concrete_fields if not field.generated]
    if "id" not in own:
        columns.remove("id")
    into = ", ".join(f'"{name}"' for name in columns)
    taken = ", ".join(own.get(name, f'old."{name}"') for name in columns)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({into}) OVERRIDING SYSTEM VALUE SELECT {taken}'
        f' FROM "{model._meta.db_table}" AS old, generate_series({first}, {last}) AS n WHERE {which}'
    )


def own_words(case: int) -> str:
    """What of the title this case alone has, and an eighth of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {OWN} || ' ' || {BUSINESS} FROM (SELECT %s AS n) AS of", [case])
        return str(cursor.fetchone()[0])


class _Terminal:
    """Beside the table, which may be sent into a file."""

    def write(self, msg: str, *, ending: str | None = None) -> None:
        sys.stderr.write(msg + ("\n" if ending is None else ending))

    def isatty(self) -> bool:
        return sys.stderr.isatty()

    def flush(self) -> None:
        sys.stderr.flush()
