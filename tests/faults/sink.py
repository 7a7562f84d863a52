"""A mail server that counts what it takes, and can strike a sender at a chosen moment."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from launch.ports import free_port

# Moments of a letter on the line. INSIDE_ANSWER: taken, and the sender dies before it can know.
MAIL, RCPT, INSIDE_ANSWER, AFTER_ANSWER = "mail", "rcpt", "inside answer", "after answer"
MOMENTS = (MAIL, RCPT, INSIDE_ANSWER, AFTER_ANSWER)


def _break(line: SMTP) -> None:
    if isinstance(line.transport, asyncio.WriteTransport):
        line.transport.abort()


class Sink:
    """`arrived` counts letters by Message-ID; `plan`: at which letter to strike, and when."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()
        self.begun = 0
        self.plan: dict[int, str] = {}
        self.struck_inside_answer: set[str] = set()
        self.strikes = 0
        self.victim: Callable[[], int] | None = None
        self.answer = "250 OK"  # to each recipient
        self._port = free_port()
        self._lines: set[SMTP] = set()
        self._controller: Controller | None = None
        self._goes_on: asyncio.Event | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port, ready_timeout=60)
        self._controller.start()

    def stop(self) -> None:
        """As a server that is switched off: every line breaks at once."""
        controller, self._controller = self._controller, None
        if controller is None:
            return
        for line in list(self._lines):
            controller.loop.call_soon_threadsafe(_break, line)
        self._lines.clear()
        controller.stop()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """As a server that stands still: lines are taken, and nothing is said on them."""
        assert self._controller is not None
        loop = self._controller.loop
        self._goes_on = goes_on = asyncio.Event()
        try:
            yield
        finally:
            self._goes_on = None
            loop.call_soon_threadsafe(goes_on.set)

    async def _stands_still(self) -> None:
        if self._goes_on is not None:
            await self._goes_on.wait()

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        await self._stands_still()
        session.host_name = hostname
        return responses

    def _strike(self, moment: str) -> bool:
        if self.victim is None or self.plan.get(self.begun) != moment:
            return False
        del self.plan[self.begun]
        self.strikes += 1
        os.kill(self.victim(), signal.SIGKILL)
        return True

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._stands_still()
        self._lines.add(server)
        self.begun += 1
        self._strike(MAIL)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._strike(RCPT)
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        name = str(message_from_bytes(content)["Message-ID"])
        self.arrived[name] += 1
        if self._strike(INSIDE_ANSWER):
            self.struck_inside_answer.add(name)
        elif self.plan.get(self.begun) == AFTER_ANSWER:
            # The answer goes out when this returns; the blow falls a moment later, before or after the settle.
            server.loop.call_later(0.001, self._strike, AFTER_ANSWER)
        return "250 OK"
