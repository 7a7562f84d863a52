"""A worker's own figures, at a port of its own: it has no web server, and shares no folder with one."""

import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST

from health.token import Reader, reader
from telemetry import timings

logger = logging.getLogger(__name__)


class _Figures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/metrics":
            self._say(404)
        elif reader(self.headers.get("Authorization", "")) is not Reader.KNOWN:
            self._say(401)
        else:
            self._say(200, timings.text())

    def _say(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_what: object) -> None:
        """Asked every few seconds by a machine: no lines."""


def open_port() -> ThreadingHTTPServer | None:
    """Serves beside the worker; a port that is taken stops no worker."""
    if not (settings.WORKER_METRICS_PORT and settings.HEALTH_TOKEN):
        return None
    try:
        server = ThreadingHTTPServer(("", settings.WORKER_METRICS_PORT), _Figures)
    except OSError as error:
        logger.warning("The worker's figures cannot be asked for: %s", error)
        return None
    threading.Thread(target=server.serve_forever, name="figures", daemon=True).start()
    return server
