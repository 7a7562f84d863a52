"""Log lines: no key that lets somebody in, no address, no identity number; what finds a fault stays."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from iysportal import logs
from iysportal.logs import DiscreetFormatter, JsonFormatter, SparingHandler, discreet
from telemetry.bound import about, bound
from tests.journeys.discretion import told
from tests.scenarios.factories import tckn

KEY = "0b8fdc22-6d3f-4a57-9c1e-5f4a3d2b1c0e"


@pytest.mark.parametrize(
    "line",
    [
        f"Not Found: /basvuru/imza/{KEY}/",
        f"Gone: https://portal.example/firma/davet/{KEY}/?x=1",
        f"Forbidden: /basvuru/adim/1/devam/{KEY}",
        f'"GET /hesap/login/?next=/firma/davet/{KEY}/ HTTP/1.1" 404',
        f"Not Found: /hesap/login/?next=%2Ffirma%2Fdavet%2F{KEY}%2F",
        f"see <a href='/basvuru/imza/{KEY}'>",
    ],
)
def test_an_id_in_a_path_is_no_link_any_more(line: str) -> None:
    assert KEY not in discreet(line)
    assert "…" in discreet(line)


def test_the_key_of_a_reset_link_is_gone() -> None:
    line = "Not Found: /hesap/password/reset/key/5-cx1rvh-0f3b1c2d4e5f60718293a4b5c6d7e8f9/"
    assert discreet(line) == "Not Found: /hesap/password/reset/key/…/"


def test_people_are_not_named() -> None:
    number = tckn(7)
    said = discreet(f"user su.kuzey+x@mavideniz.example with {number}: refused")
    assert "su.kuzey" not in said
    assert number not in said
    assert "@mavideniz.example" in said


@pytest.mark.parametrize(
    "line",
    [
        f"letter {KEY} could not be sent: 451 try later",
        f"Message-ID <{KEY}@takip.portal.example>",
        "/srv/portal/var/files/letters/0f3b1c2d4e5f60718293a4b5c6d7e8f9.json is gone",
        "Task jobs.tasks.deliver[a] succeeded in 0.2s",
        "GET /basvuru/adim/1/bilgiler/firma/ 200",
    ],
)
def test_what_a_fault_is_found_by_stays(line: str) -> None:
    assert discreet(line) == line


def test_tracebacks_pass_it_too() -> None:
    formatter = DiscreetFormatter("{message}", style="{")
    error = ValueError(f"no row for su@kuzey.example at /imza/{KEY}/")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "at %s", (f"/imza/{KEY}/",), (ValueError, error, None))
    said = formatter.format(record)
    assert KEY not in said
    assert "su@kuzey" not in said
    assert "ValueError" in said


def test_what_the_journeys_are_searched_for_would_be_found() -> None:
    number = tckn(7)
    log = f"at 18:04:05,123 user {number}: code 835291, in 0.8352910000s, key /imza/{KEY}/"
    assert told({number, "835291", KEY}, log) == {number, "835291", KEY}
    assert told({"123456", number[:10], "0" * 6}, log) == set()


@pytest.mark.parametrize(
    "line",
    [
        "Error 111 connecting to redis://:gizli@10.0.0.5:6379/0",
        "postgres://portal_web:gizli@db/portal does not answer",
        "imap://takip%40kiyi.example:gizli@imap.kiyi.example:143/INBOX, smtp://a:gizli@b",
    ],
)
def test_the_password_of_a_server_is_gone(line: str) -> None:
    assert "gizli" not in discreet(line)


def written(record: logging.LogRecord) -> dict[str, object]:
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found: dict[str, object] = json.loads(line)
    return found


def record_of(message: str, *arguments: object, **fields: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": "x", "levelname": "INFO", "msg": message, "args": arguments, "fields": fields}
    )


class TestJson:
    def test_what_stands_before_the_end_of_a_line_is_hidden_too(self) -> None:
        """JSON writes it as \\n, behind which a key would not end any more."""
        said = written(record_of("at /imza/%s\nand %s\tby su@kuzey.example", KEY, tckn(7)))
        assert KEY not in str(said)
        assert tckn(7) not in str(said)
        assert "su@kuzey" not in str(said)

    def test_nobody_writes_a_line_of_their_own(self) -> None:
        said = written(record_of('x"\n{"level": "CRITICAL"} \u2028 ş'))
        assert said["level"] == "INFO"

    def test_fields_and_traces_are_discreet(self) -> None:
        try:
            raise ValueError(f"su@kuzey.example at /imza/{KEY}/")  # noqa: TRY301
        except ValueError as error:
            record = record_of("gone", path=f"/imza/{KEY}/", ms=7)
            record.exc_info = (ValueError, error, error.__traceback__)
        said = written(record)
        assert (said["path"], said["ms"]) == ("/imza/…/", 7)
        assert "ValueError" in str(said["trace"])
        assert KEY not in str(said)
        assert "su@" not in str(said)

    def test_the_ids_of_the_work_at_hand_stand_on_each_line(self) -> None:
        with bound(request="r-1"), bound(letter=KEY, mail=None):
            said, line = (
                written(record_of("sent")),
                DiscreetFormatter("{message}", style="{").format(record_of("a")),
            )
        assert (said["request"], said["letter"], "mail" in said) == ("r-1", KEY, False)
        assert line == f"a [request=r-1 letter={KEY}]"
        assert about() == {}


def logger_of(name: str = "outage") -> logging.Logger:
    """One that nobody else has."""
    return logging.Logger(name)  # noqa: LOG001


class TestSparing:
    @pytest.fixture
    def said(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[logging.Logger, list[float], io.StringIO]]:
        clock, stream = [0.0], io.StringIO()
        monkeypatch.setattr("iysportal.logs.time.monotonic", lambda: clock[0])
        handler, logger = SparingHandler(stream), logger_of()
        logger.addHandler(handler)
        yield logger, clock, stream
        handler.close()

    def test_an_outage_is_told_once_a_minute_with_a_count(
        self, said: tuple[logging.Logger, list[float], io.StringIO]
    ) -> None:
        logger, clock, stream = said
        for number in range(500):
            clock[0] = number * 0.06
            try:
                raise OSError(f"no line, try {number}")  # noqa: TRY301
            except OSError:
                logger.exception("Task %s failed", number)
        lines = stream.getvalue().splitlines()
        assert lines[0] == "Task 0 failed"
        assert len([line for line in lines if line.startswith("Task")]) == 1
        clock[0] = 61.0
        logger.info("something else")
        assert "499 more of the same within a minute: Task 0 failed OSError" in stream.getvalue()

    def test_other_failures_meanwhile_are_told(
        self, said: tuple[logging.Logger, list[float], io.StringIO]
    ) -> None:
        logger, _clock, stream = said
        for name in ("a", "b", "a", "b"):
            logger.warning("Mailbox %s is out of reach", name)
        try:
            raise ValueError("x")  # noqa: TRY301
        except ValueError:
            logger.exception("one place")
        try:
            raise ValueError("x")  # noqa: TRY301
        except ValueError:
            logger.exception("another place")
        assert [line for line in stream.getvalue().splitlines() if "place" in line or "Mailbox" in line] == [
            "Mailbox a is out of reach",
            "Mailbox b is out of reach",
            "one place",
            "another place",
        ]

    def test_what_is_left_at_the_end_is_told(self, said: tuple[logging.Logger, list[float], io.StringIO]) -> None:
        logger, _clock, stream = said
        logger.error("away")
        logger.error("away")
        logger.handlers[0].close()
        assert "1 more of the same" in stream.getvalue()

    def test_lines_of_security_and_of_requests_are_never_left_out(self) -> None:
        stream = io.StringIO()
        for name in ("security", "access"):
            logger = logger_of(name)
            logger.addHandler(SparingHandler(stream))
            level = logging.WARNING if name == "security" else logging.INFO
            for _time in range(3):
                logger.log(level, "again")
        assert stream.getvalue().count("again") == 6

    def test_ever_new_kinds_do_not_fill_the_memory(
        self, said: tuple[logging.Logger, list[float], io.StringIO]
    ) -> None:
        logger, _clock, _stream = said
        for number in range(3_000):
            logger.warning("Not found: /%s", number)
        (handler,) = logger.handlers
        assert isinstance(handler, SparingHandler)
        assert len(handler._said) <= logs.MOST_KINDS + 1


@pytest.mark.django_db
class TestRequests:
    def test_each_request_is_one_line_without_its_query(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO", "access")
        answer = Client().get("/hesap/login/?q=Ayşe+Kaya")
        (line,) = [each for each in caplog.records if each.name == "access"]
        fields = line.fields  # type: ignore[attr-defined]
        assert {**fields, "ms": 0} == {
            "method": "GET", "path": "/hesap/login/", "status": 200, "ms": 0, "view": "account_login",
        }  # fmt: skip
        assert len(answer["X-Request-ID"]) == 32

    def test_what_fails_has_its_line_too(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO", "access")
        assert Client().get("/yok/").status_code == 404
        assert [each.getMessage()[:16] for each in caplog.records if each.name == "access"] == ["GET /yok/ 404 in"]

    @pytest.mark.parametrize(
        "given", ["x", "a" * 65, "su@kuzey.example", "a b c d e f", "<script>aaaa", "id\n12345678", ""]
    )
    def test_an_odd_id_is_not_taken_over(self, given: str) -> None:
        with override_settings(PROXY_COUNT=1):
            assert Client().get("/", headers={"X-Request-ID": given})["X-Request-ID"] != given

    def test_the_id_of_our_proxy_is_and_that_of_a_stranger_is_not(self) -> None:
        given = {"X-Request-ID": "0b8fdc22-6d3f.proxy_1"}
        with override_settings(PROXY_COUNT=1):
            assert Client().get("/", headers=given)["X-Request-ID"] == "0b8fdc22-6d3f.proxy_1"
        with override_settings(PROXY_COUNT=0):
            assert Client().get("/", headers=given)["X-Request-ID"] != "0b8fdc22-6d3f.proxy_1"

    def test_a_probe_that_is_well_is_no_line(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO", "access")
        Client().get("/healthz")
        assert [each for each in caplog.records if each.name == "access"] == []
