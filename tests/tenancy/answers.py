"""What a URL may answer, and what the table of the wall says of one URL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages import constants, get_messages
from django.urls import reverse

from tenancy.roles import Role
from tests.scenarios.cast import Cast

LOGIN = "account_login"


class Answer:
    refuses = False

    def wrong(self, got: Any) -> str:
        """What is otherwise than expected; empty when nothing is."""
        raise NotImplementedError


@dataclass(frozen=True)
class Page(Answer):
    template: str
    status: int = 200

    def wrong(self, got: Any) -> str:
        rendered = [template.name for template in getattr(got, "templates", [])]
        if got.status_code == self.status and self.template in rendered:
            return ""
        return f"{self}, not {described(got)}"


@dataclass(frozen=True)
class To(Answer):
    """A redirect to the URL of this name; `tail` is what follows its path."""

    name: str
    args: tuple[object, ...] = ()
    tail: str = ""

    def wrong(self, got: Any) -> str:
        path = reverse(self.name, args=self.args) + self.tail
        if got.status_code == 302 and got["Location"] == path:
            return ""
        return f"{self}, not {described(got)}"


@dataclass(frozen=True)
class Itself(Answer):
    """A redirect to where it was posted to."""

    def wrong(self, got: Any) -> str:
        if got.status_code == 302 and got["Location"] == got.wsgi_request.path:
            return ""
        return f"{self}, not {described(got)}"


@dataclass(frozen=True)
class File(Answer):
    content_type: str

    def wrong(self, got: Any) -> str:
        body = b"".join(got.streaming_content) if got.streaming else got.content
        if (got.status_code, got["Content-Type"]) == (200, self.content_type) and body:
            return ""
        return f"{self}, not {described(got)}"


@dataclass(frozen=True)
class Status(Answer):
    """A bare answer, or one of Django's own pages of errors."""

    status: int

    @property
    def refuses(self) -> bool:  # type: ignore[override]
        return self.status >= 400

    def wrong(self, got: Any) -> str:
        return "" if got.status_code == self.status else f"{self}, not {described(got)}"


@dataclass(frozen=True)
class ItsPage(Answer):
    """A redirect to another page: whoever only looks at what takes posts alone is led there."""

    def wrong(self, got: Any) -> str:
        if got.status_code == 302 and got["Location"].partition("?")[0] != got.wsgi_request.path:
            return ""
        return f"{self}, not {described(got)}"


FORBIDDEN, NOT_FOUND, ITS_PAGE = Status(403), Status(404), ItsPage()


def described(got: Any) -> str:
    templates = [template.name for template in getattr(got, "templates", []) if template.name]
    return f"{got.status_code} {got.headers.get('Location', '')} {templates[:1]}"


def complaints(got: Any) -> list[str]:
    """The sentences of the answer that say that something was refused."""
    return [str(each) for each in get_messages(got.wsgi_request) if each.level >= constants.ERROR]


Fields = Mapping[str, object]


@dataclass(frozen=True)
class Url:
    """One URL in a scene: who may open it, what comes, and what comes of valid data.

    `get` None: the URL takes posts alone; who looks at it is led to its page. `post` None: what is posted is not
    read, the page comes as ever.
    `posting`: who may post, where that is more than who may open. `others`: the page of who may not post.
    `args`: what stands in the path; a company's own objects are another company's 404.
    """

    least: Role = Role.VIEWER
    get: Answer | None = None
    post: Answer | None = None
    data: Callable[[Cast], Fields] = lambda cast: {}
    args: Callable[[Cast], tuple[object, ...]] = lambda cast: ()
    posting: Role | None = None
    others: Answer | None = None

    def path(self, name: str, cast: Cast) -> str:
        return reverse(name, args=self.args(cast) or None)

    def due(self, role: Role, method: str) -> Answer:
        """What a member of the company gets."""
        posting = self.posting or self.least
        needed = posting if method == "post" else self.least
        if not role.includes(needed):
            return FORBIDDEN
        shown = self.others if self.others and not role.includes(posting) else self.get
        if method == "get":
            return shown or ITS_PAGE
        answer = self.post or shown
        assert answer is not None
        return answer


@dataclass(frozen=True)
class Scene:
    """How a company comes so far, and the URLs that are tried there."""

    begin: Callable[[Any], None]
    urls: Mapping[str, Url]
    settings: Mapping[str, object] = field(default_factory=dict)
