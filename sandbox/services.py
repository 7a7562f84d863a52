"""What else stands on the other side: the company registry, the SMS gateway, an authority that signs."""

import json
import time
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import get_current_timezone

from sandbox.authority import Authority, Kind
from sandbox.behaviour import Behaviour
from sandbox.config import Config

COMPANIES: list[dict[str, str]] = json.loads((Path(__file__).parent / "companies.json").read_text())
ANSWERED = ("trade_name", "tax_number", "tax_office", "province", "district", "address", "signatory_name")


def _config() -> Config:
    config: Config = getattr(settings, "SANDBOX")[0]  # noqa: B009 - of ours
    return config


@cache
def authority() -> Authority:
    return Authority.kept_in(_config().root / "authority")


def registry(request: HttpRequest) -> HttpResponse:
    """The page lists the test companies and has the switch; the interface is `look_up`."""
    config = _config()
    behaviour = Behaviour.load(config.root)
    if request.method == "POST":
        replace(behaviour, registry_down="down" in request.POST).save(config.root)
        return redirect("/sicil")
    return render(
        request,
        "registry.html",
        {"companies": COMPANIES, "down": behaviour.registry_down, "portal": config.portal_url},
    )


def look_up(request: HttpRequest) -> JsonResponse:
    if Behaviour.load(_config().root).registry_down:
        return JsonResponse({"error": "bakım"}, status=503)
    try:
        asked = json.loads(request.body)
    except ValueError:
        return JsonResponse({"error": "JSON değil"}, status=400)
    found = next((each for each in COMPANIES if each["mersis_number"] == asked.get("mersis_number")), None)
    if found is None:
        return JsonResponse({"error": "yok"}, status=404)
    if found["signatory_identity"] != asked.get("signatory_identity"):
        return JsonResponse({"signatory_matches": False})
    return JsonResponse({"signatory_matches": True, **{name: found[name] for name in ANSWERED}})


def _messages() -> list[dict[str, Any]]:
    file = _config().root / "sms.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    return [json.loads(line) for line in reversed(lines)]


def _parts(text: str) -> int:
    """As gateways count them: what ASCII has goes in 7 bits a sign, anything else in 16 (GSM 03.38, 03.40)."""
    alone, joined = (160, 153) if text.isascii() else (70, 67)
    return 1 if len(text) <= alone else -(-len(text) // joined)


def sms(request: HttpRequest) -> HttpResponse:
    """Takes a message over (POST of JSON), or shows what was taken, newest first."""
    config = _config()
    if request.method == "POST":
        message = json.loads(request.body)
        if message["id"] not in {each["id"] for each in _messages()}:
            line = json.dumps({**message, "at": time.time()}, ensure_ascii=False)
            config.root.mkdir(parents=True, exist_ok=True)
            with (config.root / "sms.jsonl").open("a") as file:
                file.write(line + "\n")
        return JsonResponse({"taken": True}, status=202)
    shown = [
        {
            **each,
            "when": datetime.fromtimestamp(each["at"], tz=get_current_timezone()),
            "parts": _parts(each["text"]),
        }
        for each in _messages()
    ]
    return render(request, "sms.html", {"messages": shown, "portal": config.portal_url})


def api_sms(request: HttpRequest) -> JsonResponse:
    to = request.GET.get("to", "")
    return JsonResponse({"messages": [each for each in _messages() if not to or each["to"] == to]})


def revocation_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(authority().revocation_list(), content_type="application/pkix-crl")


def signing(request: HttpRequest) -> HttpResponse:
    """Signs a PDF in an invented person's name, as a token and its program would."""
    config = _config()
    upload = request.FILES.get("file")
    if request.method != "POST" or upload is None:
        return render(request, "signing.html", {"companies": COMPANIES, "portal": config.portal_url})
    person = authority().issue(
        request.POST.get("name", "").strip() or "Adsız Kişi",
        request.POST.get("identity", "").strip(),
        Kind(crl_url=f"{config.public_url}/sertifika/iptal.crl"),
    )
    try:
        signed = authority().sign(upload.read(), person)
    except ValueError as error:
        return render(
            request,
            "signing.html",
            {"companies": COMPANIES, "error": f"İmzalanamadı: {error}", "portal": config.portal_url},
            status=422,
        )
    response = HttpResponse(signed, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="imzali.pdf"'
    return response


urlpatterns = [
    path("sicil", registry),
    path("api/registry", look_up),
    path("sms", sms),
    path("api/sms", api_sms),
    path("imza", signing),
    path("sertifika/iptal.crl", revocation_list),
]
