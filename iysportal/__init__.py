import os

# What the portal writes (database, files, cache, mail) is for its own user alone, however it was started.
os.umask(0o077)

from iysportal.celery import app as celery_app  # noqa: E402 - the settings make folders

__all__ = ["celery_app"]
