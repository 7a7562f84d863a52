"""Ports of this machine that nobody uses."""

import random
import socket

# Below the kernel's range for outgoing connections: one of those could take the port before the server does.
_ports = iter(random.sample(range(15_000, 32_000), k=1_000))


class NoPort(Exception):
    """All that were tried are in use."""


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on now and that was not handed out before. Raises NoPort."""
    for port in _ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise NoPort("No free port was found on 127.0.0.1.")
