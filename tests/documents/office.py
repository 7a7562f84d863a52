"""An authority with its responder, a paper that is issued, and what is said of a file that comes back."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from documents.rendering import html_to_pdf
from documents.signatures.fields import Person, with_fields
from documents.signatures.report import Outcome, Report
from documents.signatures.trust import from_folder
from documents.signatures.verifying import verify
from sandbox.authority import Authority, Certificate, Kind
from tests.documents.responder import Responder
from tests.scenarios.factories import tckn

SIGNATORY = Person("Defne Poyraz", tckn(1))
SECOND = Person("Ada Yalın", tckn(2))


@cache
def paper() -> bytes:
    return with_fields(html_to_pdf("<h1>Taahhütname</h1><p>Mavi Deniz Turizm A.Ş.</p>"), ["Defne Poyraz"])


class Office:
    """An authority, its responder, and a paper issued to one signatory."""

    def __init__(self, authority: Authority, responder: Responder, folder: Path) -> None:
        self.authority, self.responder = authority, responder
        (folder / "root.pem").write_bytes(authority.root.pem)
        self.trust = from_folder(folder)
        self.paper = paper()

    def certificate(self, person: Person = SIGNATORY, kind: Kind | None = None) -> Certificate:
        sound = Kind(crl_url=f"{self.responder.url}/crl")
        return self.authority.issue(person.name, person.identity, kind or sound)

    def check(self, signed: bytes, *people: Person, issued: bytes = b"") -> Report:
        return verify(
            signed, issued or self.paper, people=people or (SIGNATORY,), trust=self.trust, at=datetime.now(UTC)
        )


def refusals(report: Report) -> str:
    assert not report.accepted
    return " ".join(check.sentence for check in report.checks if check.outcome is Outcome.FAILED)
