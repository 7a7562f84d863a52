"""An IMAP server that says what a test wants it to, where Dovecot would be too well-behaved."""

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress

READY = b"+ idling\r\n"
PASSWORD = "dogru-parola"


class Talker:
    """`answers` are what is said to each IDLE, one after the other; then READY."""

    def __init__(self, answers: Sequence[bytes] = (), *, context: ssl.SSLContext | None = None) -> None:
        self._answers, self._context = list(answers), context
        self.lines: list[socket.socket] = []
        self.idles = self.dones = 0
        self.refusal = b"NO [AUTHENTICATIONFAILED] refused"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, password: str = PASSWORD) -> str:
        return f"imap{'s' if self._context else ''}://takip:{password}@127.0.0.1:{self.port}/INBOX"

    def say(self, words: bytes) -> None:
        self.lines[-1].sendall(words)

    def hang_up(self) -> None:
        self.lines[-1].close()

    def stop(self) -> None:
        for line in (self._listening, *self.lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _from = self._listening.accept()
                if self._context:
                    line = self._context.wrap_socket(line, server_side=True)
                self.lines.append(line)
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError):
            line.sendall(b"* OK ready\r\n")
            idle, heard = b"", b""
            while more := line.recv(1000):
                heard += more
                while b"\r\n" in heard:
                    said, _end, heard = heard.partition(b"\r\n")
                    tag, _space, command = said.partition(b" ")
                    if said == b"DONE":
                        self.dones += 1
                        line.sendall(idle + b" OK done\r\n")
                    elif command == b"IDLE":
                        idle = tag
                        line.sendall(self._answers.pop(0) if self._answers else READY)
                        self.idles += 1
                    else:
                        line.sendall(self._answer(tag, command))

    def _answer(self, tag: bytes, command: bytes) -> bytes:
        if command.startswith(b"CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1 IDLE\r\n" + tag + b" OK done\r\n"
        if command.startswith(b"LOGIN") and PASSWORD.encode() not in command:
            return tag + b" " + self.refusal + b"\r\n"
        if command.startswith(b"LOGOUT"):
            return b"* BYE\r\n" + tag + b" OK done\r\n"
        return tag + b" OK done\r\n"
