"""A name server on loopback that knows what it is told, and can be deaf."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = dict[tuple[str, str], list[str]]


class _Handler(socketserver.BaseRequestHandler):
    records: Records

    def handle(self) -> None:
        raw, line = self.request
        query = dns.message.from_wire(raw)
        asked = query.question[0]
        key = (str(asked.name).rstrip("."), dns.rdatatype.to_text(asked.rdtype))
        if self.records.get(key) == ["deaf"]:
            return
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA
        if key in self.records:
            answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", key[1], *self.records[key]))
        elif not any(name == key[0] for name, _kind in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        line.sendto(answer.to_wire(), self.client_address)


@contextmanager
def knowing(records: Records) -> Iterator[str]:
    """The server's "address:port". TXT values are written with their quotation marks."""
    handler = type("Handler", (_Handler,), {"records": records})
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
