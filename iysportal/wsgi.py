import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")


def _application() -> "WSGIApplication":
    """Raises ImproperlyConfigured, which ends the server, when live mail is wanted and not ready."""
    application = get_wsgi_application()
    # Models can be imported only now that Django is set up.
    from iysportal.bodies import address_in_utf8
    from onboarding.checks import refuse_start

    refuse_start()
    return address_in_utf8(application)


application = _application()
