from django.http import HttpRequest, QueryDict


def number(text: str) -> int:
    """A whole number that a page has sent; -1 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else -1


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, be it empty; None shows the form unbound."""
    return request.POST if request.method == "POST" else None
