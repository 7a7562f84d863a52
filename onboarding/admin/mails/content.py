"""What a mail says, as its page shows it."""

from dataclasses import asdict
from typing import Any

from django.conf import settings

from correspondence.incoming import rendering
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.incoming.belief import is_believed
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.processing import sentences_of
from correspondence.models import Mail
from correspondence.reading.classification import standing
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import Content, Unreadable, content
from correspondence.reading.understanding import Meaning, Sentence
from correspondence.reading.wording import NOTHING_SAID
from identifiers.masking import masked
from onboarding.admin.forms import MailAnswerForm
from onboarding.applications import live_application
from onboarding.mail import ties
from onboarding.mail.labels import BLANKS, KINDS, SENDER_AUTHENTICATIONS, extracted_in_words, read_as
from onboarding.models import Application
from tenancy.identities import known_to


def content_of(mail: Mail) -> Content | None:
    return _content(_bytes(mail))


def html_of(mail: Mail) -> str:
    """Empty where it has none, and where its file is gone or damaged: the page says so in place of its text."""
    return rendering.html_of(_bytes(mail))


def _bytes(mail: Mail) -> bytes:
    """None at all of a mail whose file is gone or damaged."""
    try:
        return raw_of(mail)
    except Unreadable:
        return b""


def _content(raw: bytes) -> Content | None:
    try:
        return content(raw) if raw else None
    except Unreadable:
        return None


def case_of(mail: Mail) -> Application | None:
    """The application that a decision about the mail decides on."""
    if mail.application_id is not None:
        beside = ("company", "case_holder__holder")
        return Application.objects.select_related(*beside).filter(pk=mail.application_id).first()
    return live_application(mail.company) if mail.company else None


def read_of(mail: Mail) -> dict[str, Any]:
    """What the form of its answer holds before anybody types, whatever the mail was taken for."""
    found = content_of(mail)
    return MailAnswerForm.read_from(mail.extracted, _words_of(mail), asdict(standing(found)) if found else {})


def _words_of(mail: Mail) -> str:
    """The words by which it was read, else those that nobody knows: for a person to say what they mean."""
    unknown = (each.text for each in sentences_of(mail) if each.meaning is Meaning.UNKNOWN)
    return mail.words or masked(" ".join(unknown), known_to(mail.company))[:1000]


def shown(mail: Mail) -> dict[str, Any]:
    """The mail as people look at it. İYS quotes our letters back, so identity numbers are masked here too."""
    raw = _bytes(mail)
    found = _content(raw)
    sentences = sentences_of(mail)
    known = known_to(mail.company)
    return {
        "mail": mail,
        "believed": is_believed(mail),
        "report": mail.kind == Kind.BOUNCE,
        "has_html": bool(rendering.html_of(raw)),
        "text": masked(found.full_text, known) if found else "",
        "attachments": [
            (
                place,
                masked(each.filename, known) or "adsız ek",
                each.content_type,
                size,
                size > settings.UPLOAD_MAX_BYTES,
            )
            for place, each in enumerate(found.attachments)
            for size in (len(each.payload),)
        ]
        if found
        else [],
        "truncated": found is not None and found.truncated,
        "authentication": SENDER_AUTHENTICATIONS.get(mail.sender_authentication, "bilinmiyor"),
        "verified": mail.sender_authentication == SenderAuthentication.VERIFIED,
        "meaning": read_as(mail.kind, mail.doubt) or "okunmadı",
        "extracted": extracted_in_words(mail.extracted),
        "sentences": [_shown(each, known) for each in sentences],
        "nothing_said": mail.wording == NOTHING_SAID,
        "unknown": sum(each.meaning is Meaning.UNKNOWN for each in sentences),
    }


def _shown(sentence: Sentence, known: frozenset[str]) -> dict[str, Any]:
    """A sentence with its colour and why, identity numbers masked."""
    return {
        "text": masked(sentence.text, known),
        "meaning": sentence.meaning.value,
        "label": KINDS.get(sentence.kind or "", ""),
        "blanks": [(BLANKS[name], masked(value, known)) for name, value in sentence.blanks if name in BLANKS],
        "taught": sentence.taught,
    }


def about_another(mail: Mail, application: Application) -> str:
    """Why it seems to be about somebody else, as a Turkish sentence, which quotes the mail with identity numbers
    masked: whoever applies it by hand has to know."""
    try:
        return masked(ties.about_another(mail, application), known_to(application.company))
    except (Unreadable, OSError):
        return ""  # the page says in place of the mail that it cannot be read
