# The portal's own image: web, worker, beat, listener, sandbox and migrations all run from it.
FROM python:3.13-slim-trixie

# What WeasyPrint draws PDFs with, and what backups are made with: pg_dump of the same version as the server
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/srv/portal/var \
    METRICS_DIR=/tmp/metrics

WORKDIR /srv/portal
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt

# User 1000 is also the one under which docker/dovecot.conf reads the mailbox that the sandbox writes.
RUN useradd --uid 1000 --create-home portal \
    && mkdir -p var mail trust backups backup-keys \
    && chown portal:portal var mail trust backups backup-keys \
    && chmod 700 backups backup-keys
COPY . .
# By its number: Kubernetes cannot tell of a name that it is not root.
USER 1000:1000

# The two settings without a default; they guard nothing here and are not kept in the image.
RUN SECRET_KEY=only-for-collectstatic FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    python manage.py collectstatic --noinput

EXPOSE 8000
CMD ["gunicorn", "iysportal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket"]
