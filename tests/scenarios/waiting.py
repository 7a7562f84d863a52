"""Two connections of which one waits for the other."""

from django.db import connection


def somebody_waits() -> bool:
    """Whether a connection to this database waits for a lock, as it is at this moment."""
    with connection.cursor() as cursor:
        # Within a transaction the first look would be remembered.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])
