"""What /metrics tells while all is well, and what is otherwise while something is wrong: a case for each alert.

Values are promtool's: one each half minute, `5+10x40` for forty more that grow by ten, `_` where there is none.
"""

from dataclasses import dataclass, field

STEPS = 200  # half minutes


def steady(value: float) -> str:
    return f"{value}+0x{STEPS}"


def grows(by: float) -> str:
    return f"0+{by}x{STEPS}"


def from_then_on(well: float, wrong: float) -> str:
    """All is well for five minutes."""
    return f"{well}+0x9 {wrong}+0x{STEPS}"


def ends(well: str) -> str:
    """No longer told from the fifth minute on."""
    return f"{well} stale _x{STEPS}"


WEB, OTHER_WEB, WORKER = (
    'instance="web:8000",job="iysportal-web"',
    'instance="web2:8000",job="iysportal-web"',
    'instance="web:9808",job="iysportal-worker"',
)


def of_web(name: str, labels: str = "", instance: str = WEB) -> str:
    return f"{name}{{{instance}{',' if labels else ''}{labels}}}"


def ok(check: str) -> str:
    return of_web("iysportal_check_ok", f'check="{check}"')


def pulse(of: str) -> str:
    return of_web("iysportal_pulse_age_seconds", f'of="{of}"')


def waits(kind: str) -> str:
    return of_web("iysportal_waits_seconds", f'kind="{kind}"')


def oldest_mail(state: str) -> str:
    return of_web("iysportal_mails_oldest_seconds", f'state="{state}"')


def queue(name: str) -> str:
    return of_web("iysportal_broker_messages", f'queue="{name}"')


def stuck(kind: str) -> str:
    return of_web("iysportal_stuck", f'kind="{kind}"')


def requests(status: str) -> str:
    return of_web("iysportal_request_seconds_count", f'status="{status}",view="start"')


def bucket(le: str) -> str:
    return of_web("iysportal_request_seconds_bucket", f'le="{le}",status="2xx",view="start"')


def task(outcome: str) -> str:
    return of_web("iysportal_task_seconds_count", f'outcome="{outcome}",task="jobs.tasks.fetch"', WORKER)


def sent(outcome: str) -> str:
    return of_web("iysportal_letter_send_seconds_count", f'outcome="{outcome}"', WORKER)


USED = of_web("iysportal_database_connections", 'what="used"')
FAILED = of_web("iysportal_letters", 'state="failed"')
MAILBOX = of_web("iysportal_mailbox_age_seconds", 'of="all"')

# The most that is still well stands here, so that no alert comes of an ordinary day.
HEALTHY = {
    of_web("up"): steady(1),
    of_web("up", instance=OTHER_WEB): steady(1),
    of_web("up", instance=WORKER): steady(1),
    **{ok(check): steady(1) for check in ("database", "migrations", "broker", "store", "letters", "beat")},
    USED: steady(80),
    of_web("iysportal_database_connections", 'what="most"'): steady(100),
    **{queue(name): steady(500) for name in ("codes", "letters", "mails", "rest")},
    **{waits(kind): steady(900) for kind in ("letter", "mail")},
    # Four an hour, and five at one moment are no news.
    FAILED: f"0+0x80 5+0x{STEPS}",
    **{oldest_mail(state): steady(3 * 86400) for state in ("person", "broken")},
    # Waiting for the step to open is no fault of anybody.
    oldest_mail("early"): steady(30 * 86400),
    MAILBOX: steady(900),
    pulse("beat"): steady(120),
    pulse("worker"): steady(300),
    pulse("finding"): steady(900),
    pulse("backup"): steady(36 * 3600),
    **{stuck(kind): steady(0) for kind in ("orphans", "packs")},
    task("ok"): grows(6),
    # One in forty seconds: less than one in twenty.
    task("failed"): grows(0.75),
    # Many refusals are no outage while others go.
    sent("ok"): grows(1),
    sent("refused"): grows(3),
    requests("2xx"): grows(98),
    requests("5xx"): grows(2),
    bucket("2.5"): grows(95),
    bucket("5.0"): grows(98),
    bucket("+Inf"): grows(98),
}


@dataclass(frozen=True)
class Case:
    """`wrong` from the fifth minute on. `fires` says at which minute the alert is on first, as its `for` has it.

    `labels` are the alert's own, beside severity. `summary` is what the rule's becomes, where it has something to
    fill in.
    """

    alert: str
    fires: float
    wrong: dict[str, str]
    labels: dict[str, str] = field(default_factory=dict)
    summary: str = ""


ALL_OF_WEB = {name: ends(f"{value.split('x')[0]}x9") for name, value in HEALTHY.items() if WEB in name}
INSTANCE = {"instance": "web:8000", "job": "iysportal-web"}

CASES = (
    Case(
        "PortalSilent",
        7,
        {**ALL_OF_WEB, of_web("up"): from_then_on(1, 0)},
        INSTANCE,
    ),
    Case(
        # Where targets are discovered, those that are gone are not told as 0.
        "PortalSilent",
        7,
        {**ALL_OF_WEB, of_web("up", instance=OTHER_WEB): ends("1+0x9")},
        {"job": "iysportal-web"},
    ),
    Case(
        "PortalNotReady",
        6,
        {ok("database"): from_then_on(1, 0)},
        {"check": "database"},
        "Web servers are out of the load balancer: database.",
    ),
    Case(
        "PortalNotReady",
        6,
        {ok("migrations"): from_then_on(1, 0)},
        {"check": "migrations"},
        "Web servers are out of the load balancer: migrations.",
    ),
    Case("DatabaseConnectionsScarce", 10, {USED: from_then_on(80, 81)}, INSTANCE),
    Case("BrokerAway", 7, {ok("broker"): from_then_on(1, 0)}),
    Case(
        "QueueLong",
        15,
        {queue("mails"): from_then_on(0, 501)},
        {"queue": "mails"},
        "501 messages wait in the queue mails.",
    ),
    Case("StoreAway", 7, {ok("store"): from_then_on(1, 0)}),
    Case("LettersLate", 10, {waits("letter"): from_then_on(0, 901)}),
    # The mail server takes every letter's line and puts off each: none of them is ever late.
    Case("LettersLate", 15.5, {sent("ok"): steady(7), sent("refused"): f"0+0x9 0+1x{STEPS}"}),
    Case("LettersFail", 10, {FAILED: from_then_on(0, 7)}),
    Case("MailsLate", 10, {waits("mail"): from_then_on(0, 901)}),
    Case(
        "MailsWaitForPeople",
        65,
        {oldest_mail("person"): from_then_on(0, 259_201)},
        {"state": "person"},
        "A mail has waited for support for over three days (person).",
    ),
    Case(
        "MailsWaitForPeople",
        65,
        {oldest_mail("broken"): from_then_on(0, 259_201)},
        {"state": "broken"},
        "A mail has waited for support for over three days (broken).",
    ),
    Case("MailboxSilent", 10, {MAILBOX: from_then_on(0, 901)}),
    Case("BeatSilent", 7, {pulse("beat"): from_then_on(0, 121)}),
    Case("BeatSilent", 7, {pulse("beat"): ends("0+0x9")}, {"of": "beat"}),
    Case("WorkerSilent", 7, {pulse("worker"): from_then_on(0, 301)}),
    Case("WorkerSilent", 7, {pulse("worker"): ends("0+0x9")}, {"of": "worker"}),
    Case("ListenerSilent", 7, {pulse("listener"): from_then_on(0, 301)}),
    Case("FindingLate", 10, {pulse("finding"): from_then_on(0, 901)}),
    Case(
        "StuckFound",
        20,
        {stuck("packs"): from_then_on(0, 3)},
        {"kind": "packs"},
        "The nightly check has found 3 of the kind packs that wait unseen.",
    ),
    Case("BackupOld", 15, {pulse("backup"): from_then_on(0, 129_601)}),
    Case(
        "TasksFail",
        16,
        {task("failed"): f"0+0x9 0+30x{STEPS}"},
        {"task": "jobs.tasks.fetch"},
        "The task jobs.tasks.fetch fails again and again.",
    ),
    Case("PagesFail", 10.5, {requests("5xx"): f"0+2x9 20+30x{STEPS}"}),
    Case("PagesSlow", 15, {bucket("2.5"): f"0+95x9 855+10x{STEPS}"}),
)
