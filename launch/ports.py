"""Ports of this machine that nobody uses."""

import random
import socket

# Below the kernel's range for outgoing connections: one of those could take the port before the server does.
_ports = iter(random.sample(range(15_000, 32_000), k=1_000))
# What was handed out here, held for as long as this process lives: between asking for a port and listening there,
# seconds may pass, in which another process asks. UDP has numbers of its own, so the server can have its port.
_held: list[socket.socket] = []


class NoPort(Exception):
    """All that were tried are in use."""


def free_port() -> int:
    """A TCP port on 127.0.0.1 on which nobody listens and which no process that lives was given. Raises NoPort."""
    for port in _ports:
        held = socket.socket(type=socket.SOCK_DGRAM)
        with socket.socket() as probe:
            try:
                held.bind(("127.0.0.1", port))
                probe.bind(("127.0.0.1", port))
            except OSError:
                held.close()
                continue
        _held.append(held)
        return port
    raise NoPort("No free port was found on 127.0.0.1.")
