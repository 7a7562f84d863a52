"""The process behind `tests.servers.swift`: Swift's proxy and three storage servers in the current folder.

Run as a script with `name=port` for proxy, account, container and object. One process instead of four:
importing Swift is most of the work of starting it.
"""

import sys
from pathlib import Path

import eventlet
from eventlet import wsgi

eventlet.monkey_patch()

from swift.common import utils  # noqa: E402
from swift.common.http_protocol import SwiftHttpProtocol  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402


def build_ring(folder: Path, kind: str, port: int) -> None:
    builder = RingBuilder(part_power=1, replicas=1, min_part_hours=0)
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "one", "weight": 1})
    builder.rebalance()
    builder.get_ring().save(str(folder / f"{kind}.ring.gz"))


def main(ports: dict[str, int]) -> None:
    folder = Path.cwd()
    utils.set_swift_dir(str(folder))
    utils.validate_hash_conf()
    for kind, port in ports.items():
        if kind != "proxy":
            build_ring(folder, kind, port)
    servers = []
    for kind, port in ports.items():
        app = loadapp(str(folder / f"{kind}.conf"))
        listener = eventlet.listen(("127.0.0.1", port))
        # S3 clients look for "ETag"; eventlet would write "Etag".
        options = {"protocol": SwiftHttpProtocol, "capitalize_response_headers": False}
        servers.append(eventlet.spawn(wsgi.server, listener, app, log_output=False, **options))
    for server in servers:
        server.wait()


if __name__ == "__main__":
    main({name: int(port) for name, port in (argument.split("=") for argument in sys.argv[1:])})
