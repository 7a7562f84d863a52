#!/bin/sh
# The roles of the portal's database, made by a superuser; may be run again, also to change a password.
#
# In docker-compose.yml the image of PostgreSQL runs it once, when the volume is new. Elsewhere: set the variables, let
# PGHOST and the like lead psql to the server, and run it before the first `manage.py migrate` and before a backup is
# restored into another server.
set -eu

: "${POSTGRES_USER:?a superuser}" "${POSTGRES_DB:?the portal\'s database}"
: "${OWNER_PASSWORD:?of portal_owner}" "${WEB_PASSWORD:?of portal_web}" "${WORKER_PASSWORD:?of portal_worker}"
: "${BACKUP_PASSWORD:?of portal_backup}"

# Passwords come from the environment, never from the command line, which all users of a machine can read.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\set owner_password `printf %s "$OWNER_PASSWORD"`
\set web_password `printf %s "$WEB_PASSWORD"`
\set worker_password `printf %s "$WORKER_PASSWORD"`
\set backup_password `printf %s "$BACKUP_PASSWORD"`

-- What is said of passwords below is for the server's log to forget.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';

-- iysportal_*: what may be done. portal_*: who logs in.
SELECT format('CREATE ROLE %I NOLOGIN', wanted)
FROM unnest(ARRAY['iysportal_web', 'iysportal_staff', 'iysportal_worker',
    'portal_owner', 'portal_web', 'portal_worker', 'portal_backup']) AS wanted
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) \gexec

ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE portal_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'web_password';
ALTER ROLE portal_worker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'worker_password';
-- Reads every row of every table and changes none; makes the database in which a backup is tried.
ALTER ROLE portal_backup LOGIN NOSUPERUSER CREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO portal_backup;
-- A request is one of a company's people or one of staff: the web server steps back into one of the two.
GRANT iysportal_web, iysportal_staff TO portal_web;
GRANT iysportal_worker TO portal_worker;

-- The owner makes tables; nobody else comes in.
SELECT format('ALTER DATABASE %I OWNER TO portal_owner', current_database()) \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO portal_web, portal_worker, portal_backup', current_database()) \gexec
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO portal_owner;
SQL
