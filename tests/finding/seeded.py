"""Companies of one partner by the thousand, with what they are found by, written by PostgreSQL itself.

`python -m tests.finding.seeded URL COUNT` fills the migrated database of this URL and says how long each look
takes as the role that the web server takes for support.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

# Of each company: nine words of its title and subject, its numbers, people and addresses. `n` is its place.
OWN = "translate(to_hex(n::bigint * 7919 % 1048576), '0123456789', 'ghijklmnop')"
GIVEN = "(ARRAY['ahmet','mehmet','ayse','fatma','mustafa','ali','zeynep','elif','emine','huseyin'])[n % 10 + 1]"
FAMILY = "('soy' || translate((n * 31 % 20000)::text, '0123456789', 'abcdefghij'))"
# Some 54 000 names such as kuzeyruzgaroglu.
FIRST = (
    "kuzey guney dogu bati kara gok yesil altin gumus demir tas deniz yildiz gunes bahar mavi ates toprak orman "
    "bulut beyaz sari kizil yeni buyuk kucuk uzun genc ulu oz can gonul sen hos gul lale nar zeytin incir cam "
    "selvi kavak kartal sahin dogan aslan kaplan kurt ceylan turna leylek balik yunus mercan inci yakut elmas "
    "sedef ipek kadife bakir celik kale"
)
SECOND = (
    "ruzgar kaya tepe dag pinar irmak su nehir golu yol kapi kule saray konak bag bahce tarla ova yayla vadi kiyi "
    "liman ada koy burun fener yelken gemi ticar yapi ev han is el kol goz bas soz ses isik nur tan safak aksam "
    "gece gun ay yil cag oba boy soy er bey alp tekin tug bay kan kul men pazar"
)
THIRD = "oglu lar ler ci cu li lu lik luk can gil soy giller ogullari"


def _one_of(words: str, at: str) -> str:
    return f"(string_to_array('{words}', ' '))[({at}) % {len(words.split())} + 1]"


NAMED = f"({_one_of(FIRST, 'n')} || {_one_of(SECOND, 'n / 64')} || {_one_of(THIRD, 'n / 4096')})"
BUSINESS = "(ARRAY['insaat','gida','tekstil','turizm','lojistik','kuyumculuk','nakliyat','yazilim'])[n % 8 + 1]"
OTHER = "(ARRAY['sanayi','ticaret','pazarlama','ithalat'])[n % 4 + 1]"
KIND = "(ARRAY['anonim','limited'])[n % 2 + 1]"
TITLE = f"' ' || {OWN} || ' ' || {NAMED} || ' ' || {BUSINESS} || ' ' || {OTHER} || ' ' || {KIND} || ' '"
NAME = f"' ' || {GIVEN} || ' ' || {FAMILY} || ' '"
SUBJECT = f"' iys basvurunuz hakkinda ' || {OWN} || ' '"
COMPANY = "('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
APPLICATION = "('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid"
MAIL = "('00000000-0000-4000-a000-' || lpad(to_hex(n), 12, '0'))::uuid"
TAX = "(1000000000 + n * 11)::text"
PHONE = "'90532' || lpad((n % 10000000)::text, 7, '0')"
# kind, word, all the words, the application, the mail
WORDS = (
    *(("title", word, TITLE, "NULL", "NULL") for word in (OWN, NAMED, BUSINESS, OTHER)),
    *(("person", word, NAME, APPLICATION, "NULL") for word in (GIVEN, FAMILY)),
    ("brand", OWN, f"' ' || {OWN} || ' '", "NULL", "NULL"),
    *(("subject", word, SUBJECT, "NULL", MAIL) for word in ("'iys'", "'basvurunuz'", "'hakkinda'", OWN)),
    ("tax_number", TAX, "''", "NULL", "NULL"),
    ("mersis", f"'0' || {TAX} || '00001'", "''", "NULL", "NULL"),
    ("identity", "md5(n::text) || md5((n + 1)::text)", "''", APPLICATION, "NULL"),
    ("reference", "'p' || substr(upper(md5(n::text)), 1, 6)", "''", APPLICATION, "NULL"),
    ("iys_number", "substr(md5((n + 7)::text), 1, 8)", "''", APPLICATION, "NULL"),
    ("iys_code", "(70000000 + n)::text", "''", APPLICATION, "NULL"),
    ("brand_code", "(80000000 + n)::text", "''", "NULL", "NULL"),
    ("phone", PHONE, "''", "NULL", "NULL"),
    ("email", f"'info@' || {OWN} || '.example'", "''", "NULL", "NULL"),
    ("email", f"'@' || {OWN} || '.example'", "''", "NULL", "NULL"),
    ("sender", "'bilgi@iys.example'", "''", "NULL", MAIL),
)
LOOKS = (
    "hp",  # the beginning of a name that few have
    "mehmet soyabcd",
    "kuyumculuk nakliyat",  # what many have, and none together
    "insaat",
    "gıda ithalat limited şti",
    "iys basvurunuz hakkinda",
    "hakkinda zeplin",
    "a.ş.",
    "1000000110",
    "100000",
    "0532 000 01 23",
    "0532 000",
    "info@",
    "@hp",
    "P-7KQ4MX",
    "70000123",
    "00100000011000001",
    "bulunmayan söz",
)
AMISS = (
    "rüzgar",  # in the middle of thousands of words
    "kuzeyrüzgarr",  # a beginning
    "kuzye kayaoğlu",  # apart, and swapped
    "denizkpaıoğlu",
    "mehmte soya",
    "gıda tciaret",  # what an eighth has
    "rmak",
    "oglu",
    "guneykyaaoglu insaaat snaayi a.ş.",
)
# As finding/spelling.py has them, of every word of names but the first, which is there to be found as it is.
PARTS = """
    WITH named AS (SELECT word FROM finding_word WHERE owner = {partner} AND kind IN ('title', 'person')
        EXCEPT SELECT word FROM finding_word WHERE owner = {partner} AND kind = 'brand')
    INSERT INTO finding_part (partner_id, part, word)
    SELECT {partner}, substr(word, at), word FROM named, generate_series(1, length(word) - 2) AS at
    UNION SELECT {partner}, '?' || overlay(left(word, 7) PLACING '' FROM at FOR 1), word
    FROM named, generate_series(1, least(length(word), 7)) AS at WHERE length(word) > 3"""


def statements(count: int, partner: int) -> Iterator[str]:
    """By the owner of the tables. The triggers stand still meanwhile: the words are written here."""
    series = f"FROM generate_series(1, {count}) AS n"
    yield "SET session_replication_role = replica"
    yield f"""INSERT INTO tenancy_company (id, partner_id, trade_name, tax_number, tax_office, mersis_number,
        website, contact_phone, corporate_email, kep_address, province, district, address, created_at)
        SELECT {COMPANY}, {partner}, upper(trim({TITLE})), {TAX}, '', '', '', {PHONE}, '', '', '', '', '', now()
        {series}"""
    yield f"""INSERT INTO onboarding_application (id, company_id, reference, route, iys_application_number,
        iys_code, opened_at, closing, closing_reason)
        SELECT {APPLICATION}, {COMPANY}, 'P' || lpad(to_hex(n), 7, '0'), 'full', '', '', now(), '', '' {series}"""
    for kind, word, words, application, mail in WORDS:
        yield f"""INSERT INTO finding_word (owner, kind, word, words, label, company_id, application_id, mail_id)
            SELECT {partner}, '{kind}', {word}, {words}, '', {COMPANY}, {application}, {mail} {series}"""
    yield PARTS.format(partner=partner)
    yield "SET session_replication_role = DEFAULT"


def main() -> None:
    url, count = sys.argv[1], int(sys.argv[2])
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "iysportal.settings"}
    import django

    django.setup()
    from django.db import connection

    from tests.scenarios.factories import PartnerFactory, UserFactory

    partner = PartnerFactory.create()
    staff = UserFactory.create(is_staff=True, partner=partner)
    with connection.cursor() as cursor:
        # Made anew at the end, which is much faster.
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes "
            "WHERE tablename = 'finding_word' AND indexname NOT LIKE '%pkey'"
        )
        indexes = cursor.fetchall()
        for statement in (
            *(f"DROP INDEX {name}" for name, _definition in indexes),
            *statements(count, partner.pk),
            *(definition for _name, definition in indexes),
        ):
            began = time.perf_counter()
            cursor.execute(statement)
            print(f"{time.perf_counter() - began:7.1f} s  {' '.join(statement.split())[:70]}", flush=True)
        cursor.execute("VACUUM ANALYZE finding_word, finding_part, tenancy_company, onboarding_application")
        for name in ("finding_word", "finding_part"):
            cursor.execute(
                "SELECT pg_size_pretty(pg_table_size(oid)), pg_size_pretty(pg_indexes_size(oid)), "
                "reltuples::bigint FROM pg_class WHERE relname = %s",
                [name],
            )
            print(f"{name}: size of rows, of indexes, and how many rows", *cursor.fetchall())
    for text in (*LOOKS, *AMISS):
        print(line(staff, text), flush=True)


def line(staff: Any, text: str) -> str:
    """How long this look takes: what is asked of the index, and the whole with the rows that are shown."""
    from finding import looking, near, results, typed
    from wall.standing import Standing, behind

    times, whole, found = [], [], 0
    for _turn in range(5):
        with behind(lambda: Standing("staff", staff.pk, partner=staff.partner_id)):
            began = time.perf_counter()
            meant = typed.read(text)
            matches = near.beside(staff, meant, looking.look(staff, meant)).matches
            times.append(time.perf_counter() - began)
            results.shown(staff, matches)
            whole.append(time.perf_counter() - began)
            found = len(matches)
    middle, most = sorted(whole)[2] * 1000, max(whole) * 1000
    asked = sorted(times)[2] * 1000
    return f"{text:28} {found:4} rows, index {asked:6.1f} ms, whole {middle:6.1f}, worst {most:6.1f} ms"


if __name__ == "__main__":
    main()
