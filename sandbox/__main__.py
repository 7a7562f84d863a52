"""`python -m sandbox --help` says how it is started; it ends on SIGTERM or Ctrl-C."""

import argparse
import logging
import signal
import socket
import sys
import threading
from pathlib import Path

from sandbox.authority import Authority
from sandbox.config import Config
from sandbox.desk import Desk
from sandbox.postoffice import PostOffice
from sandbox.smtp import MailServer


def arguments() -> Config:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="The other side: mail server, İYS desk."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smtp-port", type=int, default=2525)
    parser.add_argument("--http-port", type=int, default=8025)
    parser.add_argument("--root", type=Path, default=Path("var/sandbox"))
    parser.add_argument("--tracking-domain", default="takip.portal.example")
    parser.add_argument("--authserv-id", default="mx.portal.example")
    parser.add_argument("--tracking-maildir", type=Path, default=Path("var/mail/tracking"))
    parser.add_argument("--public-url", default="")
    parser.add_argument("--portal-url", default="http://localhost:8000")
    parser.add_argument(
        "--trust-dir",
        type=Path,
        default=Path("var/trust"),
        help="the portal's TRUST_DIR, for the test authority's root",
    )
    values = parser.parse_args()
    public = values.public_url or f"http://localhost:{values.http_port}"
    return Config(**{**vars(values), "public_url": public.rstrip("/")})


def refuse_busy_ports(config: Config) -> None:
    for port, name in ((config.smtp_port, "--smtp-port"), (config.http_port, "--http-port")):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((config.host, port))
            except OSError:
                sys.exit(f"Port {port} ({name}) is used by another program; choose another one.")


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    config = arguments()
    refuse_busy_ports(config)
    office = PostOffice(config)
    server = MailServer(config, office)
    desk = Desk(config, server)
    server.on_arrival(desk.take)

    # Its settings are made from the configuration, so that Django is set up once that is known.
    from sandbox.web import http_server

    web = http_server(config, office, server, desk)
    config.trust_dir.mkdir(parents=True, exist_ok=True)
    root = Authority.kept_in(config.root / "authority").root
    (config.trust_dir / "sandbox.pem").write_bytes(root.pem)
    server.start()
    desk.start()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stop.set())
    threading.Thread(target=web.serve_forever, name="web", daemon=True).start()
    print(f"Sandbox ready: SMTP {config.smtp_port}, {config.public_url}", flush=True)
    stop.wait()
    web.shutdown()
    desk.stop()
    server.stop()


if __name__ == "__main__":
    main()
