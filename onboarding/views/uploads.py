"""Uploads of the six steps: counted, examined before anything is kept, and answered.

A page's script sends a file as soon as it is chosen and is answered in JSON; a browser without script sends the
form and is answered by a message on the next page. Both come to the same views (static/js/uploads.js).
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string

from documents.inspection import PDF, Inspected
from documents.intake import caps, examine
from documents.signatures import verifying
from documents.signatures.report import Report
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from onboarding.actor import NotAllowed
from onboarding.forms.pre_application import UploadForm
from onboarding.models import Application, ChannelChoices, DocumentKind, HandOff
from tenancy.old_pages import Overtaken
from tenancy.requests import by_script

TO_CHECK = "Kontrol etmeniz gereken bir şey var."
NOT_A_PHOTO = (
    "Bu bir fotoğraf ya da resim. E-imza resimde durmaz: e-imza programınızın imzaladığı PDF dosyasını (PAdES) "
    "yükleyin. Kâğıda attığınız imzanın fotoğrafı e-imza yerine geçmez."
)


def inspected(request: HttpRequest, upload: "UploadedFile[bytes]") -> Inspected:
    """A paper, or a page of one. Raises identifiers.Refused with a Turkish sentence when it may not be kept.

    Pictures in mails, where the ones of signatures are small, are not asked whether they can be read.
    """
    found = _examined(request, upload)
    if found.unreadable:
        raise Refused(found.unreadable)
    return found


def _examined(request: HttpRequest, upload: "UploadedFile[bytes]", *, by_link: HandOff | None = None) -> Inspected:
    """Counts an upload, then reads and checks it. Raises identifiers.Refused.

    Who comes by a link has a measure of its own, so that the link's holder leaves the company its own.
    """
    who, size = quotas.asking(request, target=str(by_link.pk) if by_link else ""), upload.size or 0
    if by_link is not None:
        quotas.take(Quota.LINK_UPLOADS, **who)
        quotas.take(Quota.LINK_UPLOAD_BYTES, amount=size, **who)
    elif who.get("company") is None:
        quotas.take(Quota.STAFF_UPLOADS, **who)
    else:
        quotas.take(Quota.UPLOADS, **who)
        quotas.take(Quota.UPLOAD_BYTES, amount=size, **who)
    return examine(upload.read(), upload.name or "")


def tell(request: HttpRequest, found: Inspected | None) -> None:
    """Says what was done to a file before it was kept; for after it was."""
    if found is not None and found.note:
        messages.info(request, found.note)


def taken(
    request: HttpRequest,
    sentence: str,
    found: Inspected | None = None,
    *,
    to: str,
    stays: bool = False,
    onto: UUID | None = None,
    doubted: bool = False,
) -> HttpResponse:
    """Says that a file was taken; of one that is `doubted`, on the page that comes next, nobody is told that it is
    well. `to` is the page that comes next; `stays` that the script needs no other page
    than the one it is on. Further pages that are chosen there go to the document `onto`."""
    if doubted:
        sentence = f"{sentence} {TO_CHECK}"
    if stays and by_script(request):
        note = found.note if found else ""
        return JsonResponse({"said": sentence, "note": note, "onto": onto, "doubted": doubted})
    messages.add_message(request, messages.WARNING if doubted else messages.SUCCESS, sentence)
    tell(request, found)
    if by_script(request):
        # A page on which something is not kept yet stays all the same.
        return JsonResponse({"next": resolve_url(to), "said": sentence, "onto": onto, "doubted": doubted})
    return redirect(to)


def refused(request: HttpRequest, sentence: str, *, back: str, about: str = "", details: str = "") -> HttpResponse:
    """Says why a file was not taken: beside its field, with `details`, when the page's script sent it, else as a
    message on the page of URL name `back`, where `about` says of which file.
    """
    if not by_script(request):
        messages.error(request, f"{about}: {sentence}" if about else sentence)
        return redirect(back)
    return JsonResponse({"error": sentence, "details": details}, status=422)


def not_asked_for(application: Application, kind: str) -> Http404:
    """For a page that is still open from before the channel, or the answer about MERSİS, was changed."""
    if kind not in DocumentKind.values:
        return Http404()
    way, label = application.application_form.channel, DocumentKind(kind).label
    now = "için henüz yol seçilmedi;"
    if way:
        now = f"şimdi “{ChannelChoices(way).label}” yoluyla sürüyor; bu haliyle"
    why = f"Bu sayfa eskimiş: başvurunuz {now} “{label}” istenmiyor. Dosyanız kaydedilmedi."
    return Overtaken(why, to="onboarding:pre_application")


def _refuse_signature_without_paper(payload: bytes) -> None:
    """Raises identifiers.Refused for a .p7s and the like, with what to choose in the program instead."""
    sentence = verifying.told_beside(payload, caps=caps())
    if sentence:
        raise Refused(sentence)


def signed_upload(
    request: HttpRequest, form: UploadForm, take: Callable[..., Report], *, by_link: HandOff | None = None
) -> Report | None:
    """Has `take` verify an e-signed upload; None, with the form's errors, when it was not even looked at.

    `take` is called with `inspected` and `filename`.
    """
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    try:
        if by_link is None:
            quotas.take(Quota.SIGNATURES, **quotas.asking(request))
        _refuse_signature_without_paper(upload.read())
        upload.seek(0)
        found = _examined(request, upload, by_link=by_link)
        if found.content_type == PDF:
            return take(inspected=found, filename=upload.name)
        form.add_error("file", NOT_A_PHOTO)
    except (Refused, NotAllowed) as refusal:
        form.add_error("file", str(refusal))
    return None


def signature_refused(
    request: HttpRequest, form: UploadForm, report: Report | None, *, back: str, current: str
) -> HttpResponse:
    """What the script is told of an e-signed file that was not taken; at `current` is the one to sign now."""
    if report is not None:
        told = {"lines": report.checks, "current": current}
        details = render_to_string("onboarding/online/_report.html", told)
        return refused(request, "Yüklediğiniz dosya kabul edilmedi.", back=back, details=details)
    return refused(request, str(next(iter(form.errors.values()))[0]), back=back)
