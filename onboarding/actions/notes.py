"""Notes of support's people about a case, and whom they name."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from identifiers.turkish import skeleton
from onboarding.actions import casework
from onboarding.actor import NotAllowed
from onboarding.models import Application, CaseNote, NoteMention
from tenancy.models import User
from tenancy.walls import has_part

# Not within an address such as bilgi@firma.com.
_AT = re.compile(r"(?<![\w.@])@(?=\w)")
_WORD = re.compile(r"\w+")


def add(*, application: Application, by: User, text: str, key: UUID, people: Iterable[User] = ()) -> CaseNote:
    """Tells who is chosen and who is named by @ in the text; what this person was told about the case before is
    settled by it. The same `key` once more changes nothing.

    Raises NotAllowed for a name that is nobody's or several people's, and for who may not see the case.
    """
    colleagues = list(casework.colleagues(application).exclude(pk=by.pk))
    told = {each.pk: each for each in (*people, *named(text, colleagues))}
    for each in told.values():
        if has_part(each, application.company_id):
            raise NotAllowed(f"{each} bu firmanın ekibinde ya da ekibindeydi; başvuruyu göremez.")
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=application.pk)
        now = timezone.now()
        note, made = CaseNote.objects.get_or_create(
            application=application, key=key, defaults={"by": by, "text": text, "at": now}
        )
        if made:
            NoteMention.objects.bulk_create(NoteMention(note=note, person=each) for each in told.values())
            NoteMention.objects.filter(note__application=application, person=by, seen_at=None).update(seen_at=now)
    return note


def settle(*, mention: NoteMention) -> None:
    """The colleague has read it."""
    NoteMention.objects.filter(pk=mention.pk, seen_at=None).update(seen_at=timezone.now())


def named(text: str, colleagues: Sequence[User]) -> list[User]:
    """Whom the @ of a text name: by first name or whole name, with or without Turkish letters.

    Raises NotAllowed for a name that is nobody's or several people's.
    """
    return [_named(_WORD.findall(text[at.end() :]), colleagues) for at in _AT.finditer(text)]


def _named(said: Sequence[str], colleagues: Sequence[User]) -> User:
    fitting = [(_in_common(said, _WORD.findall(str(each))), each) for each in colleagues]
    most = max((length for length, _each in fitting), default=0)
    found = [each for length, each in fitting if length == most] if most else []
    if not found:
        raise NotAllowed(f"“@{said[0]}” adında bir iş arkadaşınız yok. Adı düzeltin ya da @ işaretini silin.")
    if len(found) > 1:
        names = ", ".join(map(str, found))
        raise NotAllowed(f"“@{said[0]}” birden çok kişi olabilir: {names}. Soyadını da yazın.")
    return found[0]


def _in_common(said: Sequence[str], name: Sequence[str]) -> int:
    """With how many words of the name the text goes on."""
    for count, (one, other) in enumerate(zip(said, name, strict=False)):
        if skeleton(one) != skeleton(other):
            return count
    return min(len(said), len(name))
