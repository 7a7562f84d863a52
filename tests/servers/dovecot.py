"""Dovecot, as Debian packages it: IMAP over a folder of Maildirs."""

import grp
import imaplib
import os
import pwd
import secrets
from collections.abc import Sequence
from pathlib import Path

from tests.servers.process import Server, find_program

PACKAGE = "dovecot-imapd"
ACCOUNT = "dovecot"  # the system user that the Debian package creates

CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{maildirs}/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  # Everybody here comes from one address: for one wrong password all others would wait up to 15 seconds.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


class Dovecot(Server):
    """An IMAP server that lets in any user name with the one generated password.

    The mailbox of a user is the Maildir `maildirs/<user>`: whoever delivers writes there, and may create it.
    """

    name = "dovecot"
    not_yet = (OSError, imaplib.IMAP4.error)

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.password = secrets.token_hex(12)
        self.maildirs = self.folder / "mail"
        if os.geteuid() == 0:
            # Dovecot never opens mail as root, while tests run by root leave files that only root may read:
            # so it runs as its own user with the one right that lets it read and move them (no_setuid_fixup:
            # otherwise access(2), which Dovecot asks first, does not count that right).
            right = "+dac_override"
            rights = ("--inh-caps", right, "--ambient-caps", right, "--securebits", "+no_setuid_fixup")
            self.identity = ("--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups", *rights)

    def url(self, user: str) -> str:
        return f"imap://{user}:{self.password}@127.0.0.1:{self.port}/INBOX"

    def prepare(self) -> Sequence[str]:
        server = find_program("dovecot", package=PACKAGE)
        account = pwd.getpwnam(ACCOUNT) if self.identity else pwd.getpwuid(os.geteuid())
        for name in ("run", "state", "home", "mail"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, account.pw_uid, account.pw_gid)
        config = self.folder / "dovecot.conf"
        config.write_text(
            CONFIG.format(
                folder=self.folder,
                maildirs=self.maildirs,
                user=account.pw_name,
                group=grp.getgrgid(account.pw_gid).gr_name,
                uid=account.pw_uid,
                gid=account.pw_gid,
                password=self.password,
                port=self.port,
            )
        )
        return [server, "-F", "-c", str(config)]

    def ask(self) -> None:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as client:
            client.login("hazir", self.password)
