"""Companies of one partner by the thousand, with what they are found by, written by PostgreSQL itself.

`python -m tests.finding.seeded URL COUNT` fills the migrated database of this URL and says how long each look
takes as the role that the web server takes for support.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

# Of each company: eight words of its title and subject, its numbers, people and addresses. `n` is its place.
OWN = "translate(to_hex(n::bigint * 7919 % 1048576), '0123456789', 'ghijklmnop')"
GIVEN = "(ARRAY['ahmet','mehmet','ayse','fatma','mustafa','ali','zeynep','elif','emine','huseyin'])[n % 10 + 1]"
FAMILY = "('soy' || translate((n * 31 % 20000)::text, '0123456789', 'abcdefghij'))"
BUSINESS = "(ARRAY['insaat','gida','tekstil','turizm','lojistik','kuyumculuk','nakliyat','yazilim'])[n % 8 + 1]"
OTHER = "(ARRAY['sanayi','ticaret','pazarlama','ithalat'])[n % 4 + 1]"
KIND = "(ARRAY['anonim','limited'])[n % 2 + 1]"
TITLE = f"' ' || {OWN} || ' ' || {BUSINESS} || ' ' || {OTHER} || ' ' || {KIND} || ' '"
NAME = f"' ' || {GIVEN} || ' ' || {FAMILY} || ' '"
SUBJECT = f"' iys basvurunuz hakkinda ' || {OWN} || ' '"
COMPANY = "('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
APPLICATION = "('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid"
MAIL = "('00000000-0000-4000-a000-' || lpad(to_hex(n), 12, '0'))::uuid"
TAX = "(1000000000 + n * 11)::text"
PHONE = "'90532' || lpad((n % 10000000)::text, 7, '0')"
# kind, word, all the words, the application, the mail
WORDS = (
    *(("title", word, TITLE, "NULL", "NULL") for word in (OWN, BUSINESS, OTHER)),
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
        cursor.execute("VACUUM ANALYZE finding_word, tenancy_company, onboarding_application")
        cursor.execute(
            "SELECT pg_size_pretty(pg_table_size(t)), pg_size_pretty(pg_indexes_size(t)) "
            "FROM (SELECT 'finding_word'::regclass AS t) AS sized"
        )
        print("finding_word: rows and indexes", *cursor.fetchall())
    for text in LOOKS:
        print(line(staff, text), flush=True)


def line(staff: Any, text: str) -> str:
    """How long this look takes: what is asked of the index, and the whole with the rows that are shown."""
    from finding import looking, results, typed
    from wall.standing import Standing, behind

    times, whole, found = [], [], 0
    for _turn in range(5):
        with behind(lambda: Standing("staff", staff.pk, partner=staff.partner_id)):
            began = time.perf_counter()
            matches = looking.look(staff, typed.read(text)).matches
            times.append(time.perf_counter() - began)
            results.shown(staff, matches)
            whole.append(time.perf_counter() - began)
            found = len(matches)
    middle, most = sorted(whole)[2] * 1000, max(whole) * 1000
    asked = sorted(times)[2] * 1000
    return f"{text:28} {found:4} rows, index {asked:6.1f} ms, whole {middle:6.1f}, worst {most:6.1f} ms"


if __name__ == "__main__":
    main()
