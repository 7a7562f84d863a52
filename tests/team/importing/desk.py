"""Somebody of support before the pages of lists of companies."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partners.models import Partner
from team.models import CompanyImport, ImportState
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import PartnerFactory, vkn
from tests.scenarios.support import colleague

RIGHTS = ("add_companyimport", "view_companyimport", "view_company")
HEAD = "Unvan;VKN;E-posta;Telefon"


def listed(count: int, first: int = 1) -> str:
    return "\n".join(f"Firma {n} A.Ş.;{vkn(n)};kisi{n}@firma{n}.example;" for n in range(first, first + count))


def elsewhere() -> Partner:
    """The other partner of the portal."""
    return Partner.objects.get_or_create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")[0]


class Desk:
    def __init__(self, partner: Partner | None = None) -> None:
        self.partner: Partner = partner or PartnerFactory.create()
        self.user = colleague(*RIGHTS, partner=self.partner)
        self.client: Client = signed_in(self.user)

    def bring(self, text: str, name: str = "liste.csv") -> Any:
        file = SimpleUploadedFile(name, text.encode())
        return self.client.post(
            reverse("admin:team_companyimport_add"), {"partner": self.partner.pk, "file": file}
        )

    def open(self, name: str = "change") -> Any:
        return self.client.get(self.url(name))

    def url(self, name: str = "change") -> str:
        return reverse(f"admin:team_companyimport_{name}", args=[self.batch.pk])

    def press(self, name: str, **data: object) -> Any:
        return self.client.post(self.url(name), data)

    @property
    def batch(self) -> CompanyImport:
        return CompanyImport.objects.filter(partner=self.partner).latest("created_at")

    def columns(self, *fields: str, has_headings: bool = True) -> Any:
        chosen = {f"column_{n}": field for n, field in enumerate(fields)}
        return self.press("columns", **chosen, **({"has_headings": "on"} if has_headings else {}))

    def checked(self, lines: str) -> "Desk":
        assert self.bring(f"{HEAD}\n{lines}").status_code == 302
        assert self.columns("trade_name", "tax_number", "email", "phone").status_code == 302
        return self

    def begun(self, lines: str) -> "Desk":
        self.checked(lines).press("start")
        assert self.batch.state == ImportState.RUNNING
        return self

    def outcomes(self) -> list[str]:
        return list(self.batch.rows.order_by("number").values_list("outcome", flat=True))[1:]

    def problems(self, number: int) -> dict[str, str]:
        found: dict[str, str] = self.batch.rows.get(number=number).problems
        return found
