import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iysportal.settings")


def _application() -> WSGIHandler:
    """Raises ImproperlyConfigured, which ends the server, when live mail is wanted and not ready."""
    application = get_wsgi_application()
    # Models can be imported only now that Django is set up.
    from onboarding.checks import refuse_start

    refuse_start()
    return application


application = _application()
