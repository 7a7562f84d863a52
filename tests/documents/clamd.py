"""A server that speaks clamd's INSTREAM over TCP or a unix socket, and can also misbehave."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# The industry's harmless test file (eicar.org), in two halves so that this file itself is no find.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """`streams` are the files it was sent; `answer` replaces its honest answer, `limit` is its StreamMaxLength."""

    def __init__(self) -> None:
        self.streams: list[bytes] = []
        self.chunks: list[int] = []
        self.answer: Callable[[socket.socket], None] | None = None
        self.limit = 100 * 1024 * 1024
        self.url = ""

    def serve(self, line: socket.socket) -> None:
        with line.makefile("rb") as incoming:
            command = b""
            while not command.endswith(b"\0"):
                command += incoming.read(1)
            if command != b"zINSTREAM\0":
                line.sendall(b"UNKNOWN COMMAND\0")
                return
            stream = b""
            while size := int.from_bytes(incoming.read(4), "big"):
                if len(stream) + size > self.limit:
                    line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    return
                stream += incoming.read(size)
                self.chunks.append(size)
            self.streams.append(stream)
            if self.answer is not None:
                self.answer(line)
            elif EICAR in stream:
                line.sendall(b"stream: Eicar-Signature FOUND\0")
            else:
                line.sendall(b"stream: OK\0")


class Threads(socketserver.ThreadingMixIn):
    daemon_threads = True
    block_on_close = False


class TcpServer(Threads, socketserver.TCPServer):
    allow_reuse_address = True


class UnixServer(Threads, socketserver.UnixStreamServer):
    pass


@contextmanager
def running(socket_path: Path | None = None) -> Iterator[Clamd]:
    """On a free TCP port of loopback, or on `socket_path`."""
    scanner = Clamd()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            scanner.serve(self.request)

    server: TcpServer | UnixServer
    if socket_path is None:
        server = TcpServer(("127.0.0.1", 0), Handler)
        scanner.url = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        server = UnixServer(str(socket_path), Handler)
        scanner.url = f"unix://{socket_path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield scanner
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
