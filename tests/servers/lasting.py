"""PostgreSQL and Swift, which several runs of the tests may share."""

import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from botocore.exceptions import BotoCoreError, ClientError
from psycopg2 import sql

from tests.servers.postgres import Postgres
from tests.servers.process import Server, started
from tests.servers.swift import REGION, Swift, client, folder

UNREACHABLE = (psycopg2.OperationalError, BotoCoreError, ClientError)


@dataclass(frozen=True)
class Lasting:
    """Where the two are, and the keys to them."""

    database_url: str
    s3_url: str
    s3_access_key: str
    s3_secret_key: str

    @contextmanager
    def share(self) -> Iterator[Mapping[str, str]]:
        """A database and a bucket for one run; databases and buckets that have their name in theirs go with them.

        Raises one of `UNREACHABLE` when the servers do not answer.
        """
        name = f"run{secrets.token_hex(6)}"
        self._ask(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with closing(client(self.s3_url, self.s3_access_key, self.s3_secret_key)) as s3:
            s3.create_bucket(Bucket=name)
        try:
            yield {
                "DATABASE_URL": urlunsplit(urlsplit(self.database_url)._replace(path=f"/{name}")),
                "S3_ENDPOINT_URL": self.s3_url,
                "S3_BUCKET": name,
                "S3_ACCESS_KEY": self.s3_access_key,
                "S3_SECRET_KEY": self.s3_secret_key,
                "S3_REGION": REGION,
            }
        finally:
            try:
                self._forget(name)
            except UNREACHABLE as error:
                print(f"PostgreSQL or Swift went away before the run ended: {error}", file=sys.stderr)

    def _forget(self, name: str) -> None:
        named = sql.SQL("SELECT datname FROM pg_database WHERE strpos(datname, %s) > 0")
        for (database,) in self._ask(named, name):
            self._ask(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
        with closing(client(self.s3_url, self.s3_access_key, self.s3_secret_key)) as s3:
            for bucket in (each["Name"] for each in s3.list_buckets()["Buckets"] if name in each["Name"]):
                for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
                    for each in page.get("Contents", []):
                        s3.delete_object(Bucket=bucket, Key=each["Key"])
                s3.delete_bucket(Bucket=bucket)

    def _ask(self, statement: sql.Composable, *values: str) -> list[tuple[str, ...]]:
        # A timeout: whoever finds kept servers that hang goes on with servers of its own.
        with closing(psycopg2.connect(self.database_url, connect_timeout=5)) as line:
            line.autocommit = True  # no transaction can make or drop a database
            with line.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []


@contextmanager
def thrown_away() -> Iterator[tuple[Lasting, Sequence[Server]]]:
    """Both of them started, in a folder that goes with them."""
    with folder() as root:
        swift, postgres = Swift(root), Postgres(root)
        with started(swift, postgres):  # the slower one first
            yield Lasting(postgres.url, swift.url, swift.access_key, swift.secret_key), (swift, postgres)
