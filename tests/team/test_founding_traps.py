"""A vergi levhası on the founding page: what people do there that nobody had meant them to do."""

import pytest

from correspondence.models import Letter
from documents.models import Document
from tenancy.models import Company, JoinRequest, User
from tests.documents.reading.samples import OURS, PERSON, TITLE, TaxPlate, pdf
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.factories import PartnerFactory, UserFactory, tckn, vkn
from tests.team.test_founding_paper import PAGE, nothing_kept, posts, sends

pytestmark = pytest.mark.django_db
OTHER_PERSON = tckn(31)
HERS = TaxPlate(number="", identity=PERSON, title="", name="AYŞE YILDIZ")
HIS = TaxPlate(number="", identity=OTHER_PERSON, title="", name="VELİ ISIRGAN")


@pytest.fixture
def user() -> User:
    PartnerFactory.create()
    found: User = UserFactory.create()
    return found


def test_back_and_sent_again_is_the_same_company_and_no_request_to_join_it(user: User) -> None:
    client = signed_in(user)
    page = posts(client, TaxPlate().pdf())
    assert "Kaydınızı aldık" in sends(client, page)
    letters = Letter.objects.count()
    again = client.post(PAGE, page.fields, follow=True)
    assert f"Bu firma zaten ekibinizde: {TITLE}" in words(again)
    assert Letter.objects.count() == letters
    assert (Company.objects.count(), Document.objects.count(), JoinRequest.objects.count()) == (1, 1, 0)


def test_two_tabs_each_found_the_company_of_their_own_paper(user: User) -> None:
    client = signed_in(user)
    first = posts(client, TaxPlate().pdf(), name="bir.pdf")
    second = posts(client, TaxPlate(number=vkn(40), title="KUZEY IŞIĞI GIDA A.Ş.").pdf(), name="iki.pdf")
    for page in (first, second):
        sends(client, page)
    names = {each.company.tax_number: each.name for each in Document.objects.select_related("company")}
    assert names == {OURS: "bir.pdf", vkn(40): "iki.pdf"}


def masked(page: Screen) -> str:
    number = page.fields["tax_number"]
    assert "*" in number
    return number


def test_a_number_edited_after_reading_is_the_one_that_counts(user: User) -> None:
    client = signed_in(user)
    sends(client, posts(client, HERS.pdf()), tax_number=OTHER_PERSON)
    assert Company.objects.get().full_tax_number == OTHER_PERSON
    assert nothing_kept(), "the paper of another person"


def test_a_masked_number_typed_out_keeps_the_paper(user: User) -> None:
    client = signed_in(user)
    sends(client, posts(client, HERS.pdf()), tax_number=PERSON)
    assert Company.objects.get().full_tax_number == PERSON
    assert Document.objects.count() == 1


@pytest.mark.parametrize("how", ["dropped", "lost", "never read"])
def test_a_masked_number_without_its_paper_is_asked_for_and_founds_nobody(user: User, how: str) -> None:
    """Stars in the field are the portal's own; whoever sees them refused has to read what to do."""
    client = signed_in(user)
    page = posts(client, HERS.pdf())
    typed = masked(page)
    if how == "dropped":
        page = sends(client, page, drop_plate="1")
        assert page.fields["tax_number"] == "", "nothing to wipe away before typing"
    if how == "lost":
        page.fields["tax_plate_carried"] = ""
    if how == "never read":
        page = posts(client, trade_name="Yıldız Terzi")
    after = sends(client, page, tax_number=typed)
    assert after.status == 422
    assert "Yıldızlar gizlenmiş hanelerdir; numaranın tamamını rakamla yazın." in after
    assert not Company.objects.exists()


def test_the_masked_number_of_one_paper_is_never_that_of_the_next(user: User) -> None:
    client = signed_in(user)
    page = posts(client, HERS.pdf())
    other = posts(client, HIS.pdf(), **{name: page.fields[name] for name in ("trade_name", "tax_number")})
    assert other.fields["tax_number"] == f"*******{OTHER_PERSON[-4:]}"
    sends(client, other)
    assert Company.objects.get().full_tax_number == OTHER_PERSON


@pytest.mark.parametrize("where", ["first", "second"])
def test_a_levha_of_two_pages_is_read_wherever_it_stands(user: User, where: str) -> None:
    """With the accountant's cover in front of it or behind it."""
    cover, leaf = "<p>KAPAK SAYFASI</p>", '<div style="break-before: page"></div>'
    body = TaxPlate().html + leaf + cover if where == "first" else cover + leaf + TaxPlate().html
    page = posts(signed_in(user), pdf(body))
    assert (page.fields["trade_name"], page.fields["tax_number"]) == (TITLE, OURS)


def test_a_wrong_number_beside_a_read_paper_costs_neither_paper_nor_title(user: User) -> None:
    client = signed_in(user)
    again = sends(client, posts(client, TaxPlate().pdf()), tax_number="1234567891")
    assert (again.status, again.fields["trade_name"]) == (422, TITLE)
    assert "levha.pdf" in again
    sends(client, again, tax_number=OURS)
    assert Document.objects.get().name == "levha.pdf"


@pytest.mark.parametrize("name", ["ISIRGAN İNŞAAT LİMİTED ŞİRKETİ", "IŞIL ÇİĞ KÖFTE A.Ş.", "ığdır süt a.ş."])
def test_dotted_and_dotless_letters_of_a_title_come_through(user: User, name: str) -> None:
    client = signed_in(user)
    page = posts(client, TaxPlate(title=name).pdf())
    assert page.fields["trade_name"] == name
    sends(client, page)
    assert Company.objects.get().trade_name == name
