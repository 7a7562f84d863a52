from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, be it empty; None shows the form unbound."""
    return request.POST if request.method == "POST" else None
