"""Somebody signed in, and a page as a person meets it: words, buttons, links, and what stands in its fields."""

import html
import re
import time
from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from tenancy.models import User

VOID = {"input", "br", "wbr", "meta", "link", "img", "hr"}


def signed_in(user: User) -> Client:
    """In the browser of somebody who has typed the password a moment ago: it is not asked again."""
    client = with_session(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def with_session(user: User) -> Client:
    """In a browser that holds a session of the person, and nothing else."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(answer: Any) -> str:
    """What a person reads on the page, in one line."""
    return shown(answer.content.decode())


def shown(page: str) -> str:
    """The same of a page's source."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL).replace("<wbr>", "")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def said(answer: Any) -> list[str]:
    """The messages that the answer carries."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


class Screen(HTMLParser):
    """What stands inside <main>; `fields` has what a browser would send, hidden fields too."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.status = response.status_code
        self.fields: dict[str, str] = {}
        self.ticked: list[str] = []
        self.buttons: list[str] = []
        self.links: dict[str, str] = {}
        self.actions: list[str] = []
        self.labels: list[str] = []
        self._inside: list[tuple[str, dict[str, str], list[str]]] = []
        self._words: list[str] = []
        self.feed(response.content.decode())
        self.words = " ".join("".join(self._words).split())

    def __contains__(self, words: object) -> bool:
        return isinstance(words, str) and words in self.words

    def _in_main(self) -> bool:
        return any(tag == "main" for tag, _attributes, _text in self._inside)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "input" and self._in_main():
            self._input(attributes)
        if tag == "form" and self._in_main() and attributes.get("method") == "post":
            self.actions.append(attributes.get("action", ""))
        if tag in VOID:
            self._words.append(" ")
        else:
            self._inside.append((tag, attributes, []))

    def _input(self, attributes: dict[str, str]) -> None:
        kind, name, value = attributes.get("type", "text"), attributes.get("name", ""), attributes.get("value", "")
        if kind in ("checkbox", "radio"):
            if "checked" in attributes:
                self.fields[name] = value or "on"
                self.ticked.append(value or name)
        elif kind != "file":
            self.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._in_main():
            self._words.append(data)
            for _tag, _attributes, text in self._inside:
                text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        in_main = self._in_main()
        closed, attributes, parts = self._inside.pop()
        if closed != tag:
            raise AssertionError(f"<{closed}> is closed by </{tag}>")
        if not in_main:
            return
        text = " ".join("".join(parts).split())
        # Without script: what only scripts need is not seen either.
        if tag == "button" and "hidden" not in attributes and "by-script" not in attributes.get("class", ""):
            self.buttons.append(text)
        elif tag == "a":
            self.links[text] = attributes.get("href", "")
        elif tag == "label":
            self.labels.append(text)
        elif tag == "textarea":
            self.fields[attributes["name"]] = "".join(parts).removeprefix("\n").strip()
        elif tag == "option" and "selected" in attributes:
            chooser = next(each for name, each, _text in reversed(self._inside) if name == "select")
            self.fields[chooser["name"]] = attributes.get("value", text)
        if tag not in ("strong", "a", "b", "small"):
            self._words.append(" ")
