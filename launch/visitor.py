"""A person with a browser, as far as HTTP goes: cookies, forms, uploads."""

import html
import re
import time
from typing import Any

import httpx

# What a form carries of the page it stands on: its token, the version shown, what is approved with it.
_CARRIED = re.compile(r'name="(csrfmiddlewaretoken|expected_version|letter|contract|disclosure)" value="([^"]+)"')
_ERRORS = re.compile(
    r'class="(?:error-summary|errornote|error|callout callout--danger)"[^>]*>(.*?)</(?:div|p|li)>', re.DOTALL
)


class Unexpected(Exception):
    """A page did not answer as it does to people."""


class Visitor:
    def __init__(self, base: str) -> None:
        self.web = httpx.Client(base_url=base, follow_redirects=True, timeout=30)

    def get(self, path: str) -> str:
        answer = self.web.get(path)
        if answer.status_code >= 400:
            raise Unexpected(f"GET {path}: {answer.status_code}")
        return answer.text

    def post(self, path: str, page: str, files: dict[str, Any] | None = None, **fields: str) -> str:
        """Sends the form of `page` (the page's own path) to `path`, with the tokens that it carries."""
        source = self.get(page)
        data = {**dict(_CARRIED.findall(source)), **fields}
        answer = self.web.post(path, data=data, files=files, headers={"Referer": str(self.web.base_url)})
        if answer.status_code >= 400:
            raise Unexpected(f"POST {path}: {answer.status_code} {_said(answer.text)}")
        if _ERRORS.search(answer.text):
            raise Unexpected(f"POST {path}: {_said(answer.text)}")
        return answer.text

    def paper(self, path: str, patience: float = 60) -> bytes:
        """A PDF that a worker prepares while the page waits."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            answer = self.web.get(path)
            if answer.headers["Content-Type"] == "application/pdf":
                return answer.content
            time.sleep(0.5)
        raise Unexpected(f"GET {path}: no PDF after {patience:.0f} s")

    def sign_in(self, email: str, password: str) -> None:
        self.post("/hesap/login/", "/hesap/login/", login=email, password=password)


def _said(source: str) -> str:
    """What the page says is wrong, without its tags."""
    return "; ".join(
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in _ERRORS.findall(source)
    )
