"""A mail that nobody knows whose it is: what in it speaks for a company, and looking for one by hand."""

import re

import pytest

from correspondence.models import MailStatus
from finding import renewing
from onboarding.models import ApplicationForm
from tenancy.models import Company
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.scenarios.factories import CompanyFactory, PartnerFactory, open_application, tckn, vkn
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
TITLE = "Köprü Yazılım Sanayi ve Ticaret A.Ş."
VKN, OWNER, SIGNATORY = vkn(901), tckn(902), tckn(903)
MERSIS = f"0{VKN}00017"
NO_TRACE = "E-postada firmalarınızdan birinin izi yok"


@pytest.fixture
def company() -> Company:
    found = CompanyFactory.create(trade_name=TITLE, tax_number=VKN, mersis_number=MERSIS)
    ApplicationForm.objects.update_or_create(
        application=open_application(found), defaults={"signatory_identity": SIGNATORY}
    )
    CompanyFactory.create(trade_name="Köprü İnşaat Limited Şirketi", tax_number=OWNER, mersis_number="")
    renewing.renew_marked()
    return found


def lost(text: str) -> Seat:
    return Seat(arrives(text, to="kim@bilinmez.example"))


def proposed(seat: Seat) -> dict[str, str]:
    """Each company that is proposed, and why."""
    page = seat.client.get(seat.url("change")).content.decode()
    rows = page.partition("Hangi firmanın?")[2].partition('<form method="get"')[0]
    return {
        title: " ".join(why.split())
        for title, why in re.findall(r'<th scope="row">([^<]*)</th>\s*<td>([^<]*)</td>', rows)
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{TITLE} ({VKN}) hakkında bilgi rica ederiz.", "Vergi numarası metinde geçiyor; unvanı metinde geçiyor"),
        (f"VKN: {VKN[:3]} {VKN[3:6]} {VKN[6:8]} {VKN[8:]} hakkında", "Vergi numarası metinde geçiyor"),
        (f"MERSİS {MERSIS[:4]}-{MERSIS[4:8]}-{MERSIS[8:12]}-{MERSIS[12:]}", "MERSİS numarası metinde geçiyor"),
        (f"TCKN {SIGNATORY} olan kişinin", "Yetkilisinin kimlik numarası metinde geçiyor"),
        ("Sayın KÖPRÜ YAZILIM SAN. VE TİC. A.Ş., başvurunuz", "Unvanı metinde geçiyor"),
    ],
)
def test_what_stands_in_the_text_proposes_the_company_and_moves_nothing(
    company: Company, text: str, why: str
) -> None:
    seat = lost(text)
    assert proposed(seat) == {TITLE: why}
    assert NO_TRACE not in seat.page()
    assert (seat.now().company, seat.now().status) == (None, MailStatus.PERSON)


def test_a_sole_traders_number_is_known_though_it_lies_sealed(company: Company) -> None:
    assert list(proposed(lost(f"{OWNER} numaralı mükellef"))) == ["Köprü İnşaat Limited Şirketi"]


def test_where_nothing_speaks_for_a_company_it_says_so(company: Company) -> None:
    seat = lost(f"{UNKNOWN} Köprü Yapı A.Ş. ve {vkn(950)} hakkında.")
    assert proposed(seat) == {}
    assert NO_TRACE in seat.page()


def test_another_partners_company_is_neither_proposed_nor_found(company: Company) -> None:
    own = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    mail = arrives(f"{TITLE} ({VKN})", to="kim@bilinmez.example", partner=own)
    seat = Seat(mail, colleague(*CORRESPONDENCE, partner=own))
    assert proposed(seat) == {}
    for typed in ("köprü yazılım", "kopru yazlim"):
        page = seat.page(f"?q={typed}")
        assert "ile bir firma bulunamadı." in page
        assert "Bu firmaya ekle" not in page


@pytest.mark.parametrize("typed", ["kopru yazilim", TITLE, "Köprü Yazılım San. ve Tic. A.Ş.", "{reference}", VKN])
def test_a_company_is_looked_for_as_everywhere(company: Company, typed: str) -> None:
    reference = company.applications.get().reference.replace("-", " ").lower()
    seat = lost("Merhaba.")
    page = seat.page("?q=" + typed.format(reference=reference))
    assert f"{TITLE} {VKN} Bu firmaya ekle" in page
    assert "Şunu mu" not in page


@pytest.mark.parametrize("typed", ["kopru yazlim", "köprüyazılım"])
def test_what_was_typed_amiss_is_guessed_at_as_on_the_page_that_finds_all(company: Company, typed: str) -> None:
    page = lost("Merhaba.").page(f"?q={typed}")
    assert f"“{typed}” ile bir firma bulunamadı. Şunu mu demek istediniz? {TITLE} {VKN} Bu firmaya ekle" in page
