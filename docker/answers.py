"""Health check of the web service: status 0 while a process of it answers `/healthz`."""

import http.client
import sys

PORT = 8000


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    connection.request("GET", "/healthz")
    return int(connection.getresponse().status != 200)


if __name__ == "__main__":
    sys.exit(main())
