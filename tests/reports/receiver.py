"""Takes what is sent to Sentry, byte for byte."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


class Receiver:
    def __init__(self) -> None:
        self.bodies: list[bytes] = []  # unpacked
        self.heads: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heads.append(f"{self.path} {self.headers}")
                outer.bodies.append(UNPACK[self.headers.get("Content-Encoding", "")](body))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_what: object) -> None:
                """No lines."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def dsn(self) -> str:
        return f"http://0123456789abcdef@127.0.0.1:{self._server.server_port}/7"

    @contextmanager
    def listening(self) -> Iterator["Receiver"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()

    @property
    def all(self) -> str:
        """All that came, as whoever receives it could read it."""
        return "\n".join([*self.heads, *(body.decode() for body in self.bodies)])

    def items(self) -> list[tuple[str, Any]]:
        """Of each envelope the kinds of what lies in it, and that."""
        found = []
        for body in self.bodies:
            _head, *lines = body.splitlines()
            for head, item in zip(lines[::2], lines[1::2], strict=True):
                found.append((json.loads(head)["type"], json.loads(item)))
        return found

    def events(self) -> list[dict[str, Any]]:
        return [item for kind, item in self.items() if kind == "event"]
