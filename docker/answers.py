"""Health check of the web service: status 0 when the portal answers its own host name without an error."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def main() -> int:
    host = urlsplit(os.environ.get("PORTAL_URL", "http://localhost:8000")).netloc
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    connection.request("GET", "/", headers={"Host": host})
    return int(connection.getresponse().status >= 400)


if __name__ == "__main__":
    sys.exit(main())
