"""Asking clamd whether a file carries malware (clamd(8), INSTREAM). Without a scanner every file passes.

A scanner that is configured but gives no clear answer lets nothing pass: better a later upload than an
unchecked file.
"""

import logging
import socket
import time
from urllib.parse import urlsplit

from django.conf import settings

from confinement import budget
from identifiers import Refused

logger = logging.getLogger(__name__)
CHUNK = 64 * 1024  # bytes
ANSWER_MAX = 4096  # bytes; clamd's answers are one short line
CLEAN, FOUND = "stream: OK", " FOUND"


class Unchecked(Refused):
    """The scanner is away or talks nonsense: the file may be sound, and the same file may pass later."""

    def __init__(self) -> None:
        super().__init__(
            "Dosya şu anda virüs taramasından geçirilemiyor, bu yüzden alınmadı. "
            "Birkaç dakika sonra yeniden deneyin."
        )


def refuse_infected(payload: bytes) -> None:
    """Raises Refused when the scanner finds something, Unchecked when it cannot be asked."""
    if not settings.CLAMD_URL:
        return
    try:
        answer = _ask(payload, settings.CLAMD_URL, budget.left(settings.CLAMD_SECONDS))
    except OSError as error:
        logger.exception("The virus scanner at %s cannot be asked.", settings.CLAMD_URL)
        raise Unchecked from error
    if answer == CLEAN:
        return
    if answer.startswith("stream: ") and answer.endswith(FOUND):
        name = answer.removeprefix("stream: ").removesuffix(FOUND)
        logger.warning("An upload was refused: the virus scanner found %s.", name)
        raise Refused(f"Dosyada zararlı yazılım bulundu ({name}); dosya alınmadı. Temiz bir kopyasını yükleyin.")
    logger.error("The virus scanner at %s answered %r.", settings.CLAMD_URL, answer)
    raise Unchecked


def _ask(payload: bytes, url: str, seconds: float) -> str:
    """clamd's answer without its end mark. Raises OSError, also when it takes longer than `seconds` in all."""
    end = time.monotonic() + seconds
    with _connect(url, seconds) as connection:
        try:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(payload), CHUNK):
                chunk = payload[start : start + CHUNK]
                connection.settimeout(_left(end))
                connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
            connection.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            # clamd hangs up in the middle of a file that is larger than its StreamMaxLength; its answer says so.
            logger.warning("The virus scanner stopped listening before the end of the file.")
        return _answer(connection, end)


def _connect(url: str, seconds: float) -> socket.socket:
    place = urlsplit(url)
    if place.scheme == "tcp":
        return socket.create_connection((place.hostname or "", place.port or 3310), timeout=seconds)
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(seconds)
        connection.connect(place.path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket, end: float) -> str:
    read = b""
    while b"\0" not in read and len(read) < ANSWER_MAX:
        connection.settimeout(_left(end))
        more = connection.recv(ANSWER_MAX)
        if not more:
            break
        read += more
    return read.partition(b"\0")[0].decode(errors="replace").strip()


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
