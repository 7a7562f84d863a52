"""İYS's desk, the post office, the pages behind the offer's links."""

import json
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import get_current_timezone

from sandbox import services
from sandbox.behaviour import Behaviour
from sandbox.config import Config
from sandbox.desk import BY_HAND, DONE, Desk, State
from sandbox.html import links_of
from sandbox.postoffice import PostOffice, Stored, text_of
from sandbox.smtp import MailServer
from sandbox.voices import VOICES


def _parts() -> tuple[Config, PostOffice, MailServer, Desk]:
    parts: tuple[Config, PostOffice, MailServer, Desk] = getattr(settings, "SANDBOX")  # noqa: B009 - of ours
    return parts


def same_origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuses what another site's page sends, and lets pages load nothing but their own style."""

    def middleware(request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        if request.method == "POST" and origin and urlsplit(origin).netloc != request.get_host():
            return HttpResponseForbidden("Başka bir siteden gönderilemez.")
        response = get_response(request)
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; img-src 'self' data:"
        )
        return response

    return middleware


def home(request: HttpRequest) -> HttpResponse:
    config, _office, _server, desk = _parts()
    behaviour = Behaviour.load(config.root)
    if request.method == "POST":
        Behaviour.of(
            {
                **behaviour.__dict__,
                "voice": request.POST.get("voice", behaviour.voice),
                "mode": request.POST.get("mode", "now"),
                "seconds": max(0, int(request.POST.get("seconds") or 0)),
                "changes_first": "changes_first" in request.POST,
                "refuse_assignment": "refuse_assignment" in request.POST,
                "garbage": "garbage" in request.POST,
            }
        ).save(config.root)
        return redirect("/")
    cases = [
        {
            **case,
            "when": _when(case["at"]),
            "buttons": BY_HAND[case["desk"]],
            "done": [DONE[name] for name in case["answered"]],
        }
        for case in desk.cases()
    ]
    return render(
        request,
        "desk.html",
        {"cases": cases, "behaviour": behaviour, "voices": VOICES, "portal": config.portal_url},
    )


def answer(request: HttpRequest, case: str) -> HttpResponse:
    desk = _parts()[3]
    known = {"undelivered", *(name for buttons in BY_HAND.values() for name, _label in buttons)}
    if request.method == "POST" and request.POST.get("name") in known:
        desk.answer(case, request.POST["name"], request.POST.get("text", "").strip())
    return redirect("/")


def post_office(request: HttpRequest) -> HttpResponse:
    return render(request, "post_office.html", {"addresses": _parts()[1].addresses()})


def mailbox(request: HttpRequest, address: str) -> HttpResponse:
    mails = [
        {"key": stored.key, "message": stored.message, "when": _when(stored.arrived)}
        for stored in _parts()[1].mails(address)
    ]
    target = _parts()[1].forwards().get(address.lower(), "")
    return render(request, "mailbox.html", {"address": address, "mails": mails, "target": target})


def forward(request: HttpRequest, address: str) -> HttpResponse:
    if request.method == "POST":
        _parts()[1].forward(address, request.POST.get("target", ""))
    return redirect(f"/postane/{address}")


def mail(request: HttpRequest, address: str, key: str) -> HttpResponse:
    stored = _stored(address, key)
    message = stored.message
    return render(
        request,
        "mail.html",
        {
            "address": address,
            "key": key,
            "message": message,
            "headers": list(message.items()),
            "text": text_of(message),
            "links": links_of(message),
            "attachments": [part.get_filename() for part in message.iter_attachments()],
        },
    )


def raw(request: HttpRequest, address: str, key: str) -> HttpResponse:
    return HttpResponse(_stored(address, key).raw, content_type="text/plain; charset=utf-8")


def attachment(request: HttpRequest, address: str, key: str, place: int) -> HttpResponse:
    parts = list(_stored(address, key).message.iter_attachments())
    if place >= len(parts):
        raise Http404
    payload = parts[place].get_payload(decode=True)
    response = HttpResponse(payload, content_type=parts[place].get_content_type())
    response["Content-Security-Policy"] = "sandbox"
    return response


def compose(request: HttpRequest, address: str) -> HttpResponse:
    """Writes a mail as the owner of a mailbox: new, in reply to one, or passing one on."""
    server = _parts()[2]
    if request.method == "POST":
        message = EmailMessage()
        message["From"] = address
        message["To"] = request.POST.get("to", "")
        if request.POST.get("cc"):
            message["Cc"] = request.POST["cc"]
        message["Subject"] = " ".join(request.POST.get("subject", "").split())
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
        message.set_content(request.POST.get("text", ""))
        to = [each.strip() for each in f"{message['To']},{request.POST.get('cc', '')}".split(",") if each.strip()]
        if to:
            server.submit(message, sender=address, to=to)
        return redirect(f"/postane/{address}")
    draft = {"to": "", "subject": "", "text": ""}
    found = _parts()[1].find(address, request.GET.get("key", ""))
    if found is not None:
        draft = _draft(found, forward="ilet" in request.GET)
    return render(request, "compose.html", {"address": address, "draft": draft})


def _draft(stored: Stored, *, forward: bool) -> dict[str, str]:
    message = stored.message
    head = (
        f"Kimden: {message['From']}\nTarih: {message['Date']}\nKime: {message['To']}\nKonu: {message['Subject']}"
    )
    return {
        "to": "" if forward else str(message.get("Reply-To") or message["From"]),
        "subject": f"{'İlt' if forward else 'Ynt'}: {message['Subject']}",
        "text": f"\n\n-----Özgün İleti-----\n{head}\n\n{text_of(message)}",
    }


def offer(request: HttpRequest, case: str) -> HttpResponse:
    return render(request, "offer.html", {"case": _case(case)})


def pay(request: HttpRequest, case: str) -> HttpResponse:
    found = _case(case)
    if request.method == "POST" and "paid" not in found["answered"]:
        _parts()[3].answer(case, "payment_failed" if "fails" in request.POST else "paid")
    answered = found["answered"]
    return render(
        request,
        "pay.html",
        {"case": found, "paid": "paid" in answered, "failed": answered[-1:] == ["payment_failed"]},
    )


def api_mail(request: HttpRequest) -> JsonResponse:
    """Mails of an address, newest first: id, title, from, to, text, links."""
    office = _parts()[1]
    address = request.GET.get("address", "")
    return JsonResponse(
        {
            "mails": [
                {
                    "id": stored.key,
                    "title": str(stored.message["Subject"]),
                    "from": str(stored.message["From"]),
                    "to": str(stored.message["To"]),
                    "arrived": stored.arrived,
                    "text": text_of(stored.message),
                    "links": [href for _text, href in links_of(stored.message)],
                }
                for stored in office.mails(address)
            ]
        }
    )


def api_addresses(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"addresses": [address for address, _count in _parts()[1].addresses()]})


def api_behaviour(request: HttpRequest) -> JsonResponse:
    config = _parts()[0]
    if request.method == "POST":
        try:
            Behaviour.of(json.loads(request.body)).save(config.root)
        except (ValueError, TypeError) as error:
            return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(Behaviour.load(config.root).__dict__)


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "ok" if _parts()[3].alive else "the desk has stopped", status=200 if _parts()[3].alive else 503
    )


def style(request: HttpRequest) -> HttpResponse:
    return HttpResponse((Path(__file__).parent / "static" / "sandbox.css").read_bytes(), content_type="text/css")


def _stored(address: str, key: str) -> Stored:
    stored = _parts()[1].find(address, key)
    if stored is None:
        raise Http404
    return stored


def _case(key: str) -> State:
    found = next((case for case in _parts()[3].cases() if case["id"] == key), None)
    if found is None:
        raise Http404
    return found


def _when(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=get_current_timezone())


urlpatterns = [
    path("", home),
    path("healthz", health),
    path("sandbox.css", style),
    path("yanit/<str:case>", answer),
    path("postane", post_office),
    path("postane/<str:address>", mailbox),
    path("postane/<str:address>/yaz", compose),
    path("postane/<str:address>/yonlendir", forward),
    path("postane/<str:address>/<str:key>", mail),
    path("postane/<str:address>/<str:key>/kaynak", raw),
    path("postane/<str:address>/<str:key>/ek/<int:place>", attachment),
    path("teklif/<str:case>", offer),
    path("odeme/<str:case>", pay),
    path("api/mail", api_mail),
    path("api/addresses", api_addresses),
    path("api/mail/<str:address>/<str:key>/raw", raw),
    path("api/behaviour", api_behaviour),
    *services.urlpatterns,
]
