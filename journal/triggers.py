"""The triggers that write the chain's links, put in place after each `migrate`.

Afterwards and not in a migration: SQLite makes a table anew when a column changes, and the triggers go with the
old one.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Deferred: it runs when the transaction commits, so that the row of the head is locked for a moment only, and
# never while somebody waits for another lock. As its owner: nobody else needs any right on links and heads.
POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    place bigint;
    seal text;
BEGIN
    -- Written and forgotten in one transaction.
    IF NOT EXISTS (SELECT FROM journal_entry WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO journal_head AS head (company_id, number, hash)
    VALUES (NEW.company_id, 1, encode(sha256(convert_to(NEW.digest, 'UTF8')), 'hex'))
    ON CONFLICT (company_id) DO UPDATE
    SET number = head.number + 1,
        hash = encode(sha256(convert_to(head.hash || NEW.digest, 'UTF8')), 'hex')
    RETURNING head.number, head.hash INTO place, seal;
    INSERT INTO journal_link (entry_id, company_id, number, hash) VALUES (NEW.id, NEW.company_id, place, seal);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION journal_forget(company uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM journal_link WHERE company_id = company;
    DELETE FROM journal_head WHERE company_id = company;
    DELETE FROM journal_entry WHERE company_id = company;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE EXECUTE ON FUNCTION journal_forget(uuid) FROM PUBLIC;
DO $$ BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_trigger WHERE tgname = 'journal_link' AND tgrelid = 'journal_entry'::regclass
    ) THEN
        CREATE CONSTRAINT TRIGGER journal_link AFTER INSERT ON journal_entry
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.digest <> '') EXECUTE FUNCTION journal_link();
    END IF;
END $$;
"""
# SHA256 is a function that Django gives to each of its SQLite connections.
SQLITE = """
CREATE TRIGGER IF NOT EXISTS journal_link AFTER INSERT ON journal_entry WHEN NEW.digest <> '' BEGIN
    INSERT INTO journal_head (company_id, number, hash) VALUES (NEW.company_id, 1, SHA256(NEW.digest))
    ON CONFLICT (company_id) DO UPDATE SET number = number + 1, hash = SHA256(hash || NEW.digest);
    INSERT INTO journal_link (entry_id, company_id, number, hash)
    SELECT NEW.id, company_id, number, hash FROM journal_head WHERE company_id = NEW.company_id;
END
"""


def install(using: str, **_signal: Any) -> None:
    """Puts the trigger in place, once; after a `migrate` that stopped before the journal's tables, nothing."""
    connection: BaseDatabaseWrapper = connections[using]
    with connection.cursor() as cursor:
        if "journal_head" in connection.introspection.table_names(cursor):
            cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
