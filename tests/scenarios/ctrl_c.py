"""Ctrl-C in the middle of a command that a test runs in its own process."""

import signal


def press() -> None:
    """As in a terminal: KeyboardInterrupt. What a shell has started in its background is deaf to the key."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
