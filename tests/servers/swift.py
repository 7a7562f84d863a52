"""An S3 store: OpenStack Swift with its s3api, which checks signatures as the real thing does."""

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from mypy_boto3_s3 import S3Client

from launch.ports import free_port
from tests.servers.process import Server, ServerError

PROJECT = Path(__file__).resolve().parents[2]
REGION = "us-east-1"
STORAGE = ("account", "container", "object")

COMMON = """\
[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
fallocate_reserve = 0
recon_cache_path = {folder}/cache
"""

STORAGE_CONFIG = """\
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""

PROXY_CONFIG = """\
[pipeline:main]
pipeline = catch_errors s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:s3api]
use = egg:swift#s3api
location = {region}
[filter:tempauth]
use = egg:swift#tempauth
user_portal_files = {secret} .admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""


def roomy_folder() -> Path:
    """A folder for temporary data whose file system keeps extended attributes (Swift's metadata lives there).

    Raises ServerError when no place on the machine does (older kernels have none on tmpfs).
    """
    places = [Path(tempfile.gettempdir()), Path("/var/tmp"), PROJECT / "var"]
    for place in places:
        try:
            with tempfile.NamedTemporaryFile(dir=place) as probe:
                os.setxattr(probe.name, "user.portal", b"1")
        except OSError:
            continue
        return place
    raise ServerError(
        "The S3 test server needs a file system with extended attributes; none of these has them: "
        + ", ".join(map(str, places))
        + ". Set TMPDIR to a folder on ext4, xfs or btrfs."
    )


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder for servers, through which their own users (postgres, dovecot) can pass."""
    with tempfile.TemporaryDirectory(prefix="portal-tests-", dir=roomy_folder()) as name:
        root = Path(name)
        root.chmod(0o711)
        yield root


def client(url: str, access_key: str, secret_key: str) -> S3Client:
    return boto3.client(
        "s3",
        endpoint_url=url,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        region_name=REGION,
        config=Config(retries={"total_max_attempts": 1}),
    )


def own_bucket(whose: str) -> str:
    """The name of a bucket that nobody else lists, fills or empties; it holds what an earlier test left there."""
    name = f"{os.environ['S3_BUCKET']}-{whose}"
    keys = (os.environ[each] for each in ("S3_ENDPOINT_URL", "S3_ACCESS_KEY", "S3_SECRET_KEY"))
    with closing(client(*keys)) as s3:
        if name not in (each["Name"] for each in s3.list_buckets()["Buckets"]):
            s3.create_bucket(Bucket=name)
    return name


class Swift(Server):
    """One device, one user, no bucket yet."""

    name = "swift"
    not_yet = (OSError, BotoCoreError, ClientError)
    access_key = "portal:files"

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.secret_key = secrets.token_hex(20)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> Sequence[str]:
        (self.folder / "devices" / "one").mkdir(parents=True)
        (self.folder / "cache").mkdir()
        (self.folder / "swift.conf").write_text(f"[swift-hash]\nswift_hash_path_suffix = {secrets.token_hex(8)}\n")
        common = COMMON.format(folder=self.folder)
        for kind in STORAGE:
            (self.folder / f"{kind}.conf").write_text(common + STORAGE_CONFIG.format(kind=kind))
        proxy = PROXY_CONFIG.format(region=REGION, secret=self.secret_key)
        (self.folder / "proxy.conf").write_text(common + proxy)
        ports = [f"proxy={self.port}", *(f"{kind}={free_port()}" for kind in STORAGE)]
        script = Path(__file__).with_name("swift_process.py")
        # -P: this folder must not come first in sys.path, its file swift.py would hide the library.
        return [sys.executable, "-P", str(script), *ports]

    def ask(self) -> None:
        # boto3 alone takes far longer to find out that nobody listens.
        socket.create_connection(("127.0.0.1", self.port)).close()
        with closing(client(self.url, self.access_key, self.secret_key)) as s3:
            s3.list_buckets()
