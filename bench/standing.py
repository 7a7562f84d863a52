"""Steps put back to where they stood, so that the same move can be made and committed again."""

from collections.abc import Collection
from uuid import UUID

from bench import plain
from correspondence.models import Letter

COLUMNS = "state, turn, since, held, stale, mark_reason, reason, version, reminded, escalated, flagged_at"


def keep(applications: Collection[UUID]) -> None:
    """How the steps of these stand now."""
    with plain.asking() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_standing (LIKE onboarding_steprecord, kept_at timestamptz NOT NULL)"
        )
        cursor.execute(
            "INSERT INTO bench_standing SELECT *, now() FROM onboarding_steprecord"
            " WHERE application_id::text = ANY(%s)",
            [[str(each) for each in applications]],
        )


def put_back() -> None:
    """All that were kept; what was posted meanwhile is gone."""
    with plain.asking() as cursor:
        cursor.execute("SELECT kept_at, array_agg(DISTINCT application_id::text) FROM bench_standing GROUP BY 1")
        for kept_at, applications in cursor.fetchall():
            Letter.objects.filter(application_id__in=applications, created_at__gt=kept_at).delete()
        cursor.execute(
            f"UPDATE onboarding_steprecord AS now SET ({COLUMNS}) ="  # noqa: S608
            f" (SELECT {COLUMNS} FROM bench_standing AS before WHERE before.id = now.id)"
            " WHERE now.id IN (SELECT id FROM bench_standing)"
        )
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_rows (id uuid PRIMARY KEY, words text)")
        cursor.execute("TRUNCATE bench_rows")
