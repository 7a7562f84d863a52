"""Clashes as somebody of support sees them, and the way out of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from onboarding.codes.clashes import Clash, clashes
from onboarding.codes.confirmation import latest_reading
from onboarding.models import Application, CodeReading
from tenancy.models import User
from tenancy.walls import of_partner

HERE = "Buradaki yanlışsa “İYS yanıtı: Kodlar okundu…” ile doğrusunu yazın"
THERE = "öteki yanlışsa önce orada düzeltilmeli"
ELSEWHERE = (
    "öteki başka bir iş ortağının firması, onu siz göremezsiniz: kodu portalı işletenlere bildirin, "
    "o firmaya onlar baktırır"
)
NO_ADDRESS = "Portalı işletenlerin e-posta adresi burada kayıtlı değil; adresi yöneticinizden öğrenin."


@dataclass(frozen=True, slots=True)
class SeenClash:
    """`application` None: it is another partner's, whose companies are not named here."""

    clash: Clash
    application: Application | None


@dataclass(frozen=True, slots=True)
class SeenClashes:
    reading: CodeReading
    rows: Sequence[SeenClash]

    @property
    def codes(self) -> Sequence[str]:
        return sorted({each.clash.code for each in self.rows})

    @property
    def is_elsewhere(self) -> bool:
        return any(each.application is None for each in self.rows)

    @property
    def way_out(self) -> str:
        if not self.is_elsewhere:
            return f"{HERE}; {THERE}."
        address = f"Adresleri: {', '.join(settings.OPS_ADDRESSES)}" if settings.OPS_ADDRESSES else NO_ADDRESS
        return f"{HERE}; {ELSEWHERE}. {address}"

    @property
    def words(self) -> str:
        return f"Firma bu kodları onaylayamaz: {', '.join(self.codes)} başka bir firmanın kaydında. {self.way_out}"

    @property
    def mail_to_ops(self) -> str:
        """A link that begins a mail to who runs the portal; empty without need or address."""
        if not self.is_elsewhere or not settings.OPS_ADDRESSES:
            return ""
        codes = ", ".join(self.codes)
        subject = f"{self.reading.application.reference}: {codes} başka bir firmanın kaydında da var"
        return f"mailto:{','.join(settings.OPS_ADDRESSES)}?subject={quote(subject)}"


def seen_clashes(user: User | None, reading: CodeReading) -> SeenClashes:
    """To nobody in particular every other company is another partner's."""
    found = clashes(reading)
    others = Application.objects.live().filter(company__in=[clash.company for clash in found])
    seen = of_partner(user, others, "company__partner").select_related("company") if user else others.none()
    named = {each.company_id: each for each in seen}
    return SeenClashes(reading, [SeenClash(clash, named.get(clash.company.pk)) for clash in found])


def why_not_confirmed(user: User | None, application: Application) -> str:
    """Why the company could not confirm the codes that were read last, in Turkish; empty where it can."""
    reading = latest_reading(application)
    taken = seen_clashes(user, reading) if reading else None
    return taken.words if taken is not None and taken.rows else ""
