"""The sandbox's pages and its small JSON interface: a Django of its own without a database, in this process."""

from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from sandbox.config import Config
from sandbox.desk import Desk
from sandbox.postoffice import PostOffice
from sandbox.smtp import MailServer

HERE = Path(__file__).parent


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Pages are looked at all the time; nobody reads about it."""


def http_server(config: Config, office: PostOffice, server: MailServer, desk: Desk) -> ThreadedWSGIServer:
    """The server, bound and ready for serve_forever()."""
    settings.configure(
        DEBUG=False,
        SECRET_KEY=server.secret,
        # A page on the internet must not reach in through a name that leads to loopback.
        ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]", urlsplit(config.public_url).hostname],
        ROOT_URLCONF="sandbox.pages",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "sandbox.pages.same_origin",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "OPTIONS": {"builtins": ["django.templatetags.static"]},
            }
        ],
        LANGUAGE_CODE="tr",
        TIME_ZONE="Europe/Istanbul",
        USE_TZ=True,
        LOGGING_CONFIG=None,
        SANDBOX=(config, office, server, desk),
    )
    django.setup()
    web = ThreadedWSGIServer((config.host, config.http_port), QuietHandler)
    web.set_app(get_wsgi_application())
    return web
