"""After a journey: what lets somebody in, and what numbers somebody, stands in no log of web server and worker.

The secrets are those that the journey used: typed into its browsers, kept in their cookies, sent by mail and SMS.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import httpx

from launch.stack import Stack
from tests.journeys.stage import Watched

LOGS = ("web", "worker")
SECRET_FIELDS = re.compile(r"password|code|identity")
CODES = re.compile(r"^\d{6}$|(?<=: )\d{6}\b", re.MULTILINE)
LINKS = re.compile(r"https?://[^\s\"<>]+")
KEYS = re.compile(r"/([0-9A-Za-z_:=-]{16,})(?=/|$)")
SHORTEST = 6  # characters; what is shorter stands in every log by chance


def secrets_of(stack: Stack, browsers: Iterable[Watched]) -> set[str]:
    found = {value for each in browsers for name, value in each.typed if SECRET_FIELDS.search(name)}
    for each in browsers:
        found |= {str(cookie.get("value", "")) for cookie in each.context.cookies()}
    for text in _sent(stack):
        found |= set(CODES.findall(text))
        found |= {key for link in LINKS.findall(text) for key in KEYS.findall(urlsplit(link).path)}
    return {secret for secret in found if len(secret) >= SHORTEST}


def _sent(stack: Stack) -> Iterator[str]:
    """The text of every mail and SMS that left the portal."""
    for address in httpx.get(f"{stack.sandbox_url}/api/addresses").json()["addresses"]:
        mails = httpx.get(f"{stack.sandbox_url}/api/mail", params={"address": address}).json()["mails"]
        yield from (str(mail["text"]) for mail in mails)
    for message in httpx.get(f"{stack.sandbox_url}/api/sms").json()["messages"]:
        yield str(message["text"])


def links_gone_wrong(stack: Stack) -> int:
    """Follows each link of a mail as somebody does who spoils its end: the web server logs that path."""
    spoilt = {
        link.partition("?")[0].rstrip("/") + "/yok/"
        for text in _sent(stack)
        for link in LINKS.findall(text)
        if link.startswith(stack.portal_url) and KEYS.search(urlsplit(link).path)
    }
    for link in spoilt:
        assert httpx.get(link).status_code == 404
    return len(spoilt)


def told(secrets: Iterable[str], log: str) -> set[str]:
    """Those that stand in the log. A number is one by itself alone, not as a part of a longer one."""
    found = set()
    for each in secrets:
        pattern = rf"(?<!\d){each}(?!\d)" if each.isdigit() else re.escape(each)
        if re.search(pattern, log):
            found.add(each)
    return found


def check(stack: Stack, *browsers: Watched) -> None:
    """Fails when a log names a secret, and when there was nothing to find."""
    assert links_gone_wrong(stack), "no link was ever sent"
    secrets = secrets_of(stack, browsers)
    assert any(each.isdigit() and len(each) == 11 for each in secrets), "no identity number was typed"
    for name in LOGS:
        log = (stack.var / "log" / f"{name}.log").read_text(errors="replace")
        assert {"web": " 404 in ", "worker": "celery@"}[name] in log, f"{name} logs elsewhere"
        assert told(secrets, log) == set(), f"{name} has logged it"
