"""A mail server in a process of its own that takes whatever comes: `python -m bench.sink PORT`."""

import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

if __name__ == "__main__":
    Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]), data_size_limit=2**26).start()
    print("ready", flush=True)
    threading.Event().wait()
