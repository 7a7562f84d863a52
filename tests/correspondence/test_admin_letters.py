"""Support's pages of letters out: what is shown, what each button does, who may press it, what stays apart."""

import re
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.models.sending import SendingDay, SendingHold
from correspondence.outgoing import control, delivery, outbox
from correspondence.outgoing.message import headers_of
from documents.models import Document, Origin
from documents.storage import store
from health import findings
from journal.models import Entry, Event
from partners.models import Partner
from tenancy.models import Company, PastMembership, User
from tests.scenarios.browser import signed_in, words
from tests.scenarios.bulk import bulk, look
from tests.scenarios.factories import CompanyFactory, UserFactory, open_application
from tests.scenarios.smtp_server import running
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
LETTERS = reverse("admin:correspondence_letter_changelist")
STRANGER_PAGES = ("change", "html", "act", "attachment")


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    return found


@pytest.fixture
def support(company: Company) -> User:
    return colleague(*CORRESPONDENCE, partner=company.partner)


@pytest.fixture
def client(support: User) -> Client:
    return signed_in(support)


@pytest.fixture
def stranger() -> Client:
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    return signed_in(colleague(*CORRESPONDENCE, partner=other))


def document(company: Company) -> Document:
    return store(
        company=company,
        kind="tax_plate",
        payload=b"%PDF-1.4 levha",
        filename="Vergi levhası.pdf",
        content_type="application/pdf",
        pages=1,
        origin=Origin.UPLOADED,
        by=None,
    )


def post(company: Company, idempotency_key: str = "one") -> Letter:
    return outbox.post(
        company=company,
        idempotency_key=idempotency_key,
        body=outbox.Body("Başvuru – İYS", "Kimlik no: 12345678950\n", "<p>Kimlik no: 12345678950 <b>ığü</b></p>"),
        address=outbox.Address(
            Audience.IYS, ["onkayit@iys.org.tr"], cc=["iys@kiyi.example"], attachments=[document(company)]
        ),
    )


def url(letter: Letter, name: str, *args: object) -> str:
    return reverse(f"admin:correspondence_letter_{name}", args=[letter.pk, *args])


def act(client: Client, letter: Letter, name: str, reason: str = "") -> str:
    client.post(url(letter, "act", name), {"reason": reason})
    letter.refresh_from_db()
    return letter.status


def test_the_letter_is_shown_as_it_goes(company: Company, client: Client) -> None:
    letter = post(company)
    page = words(client.get(url(letter, "change")))
    for shown in (
        "Başvuru – İYS",
        "onkayit@iys.org.tr",
        "iys@kiyi.example",
        letter.message_id,
        letter.reply_to,
        "Vergi levhası.pdf",
        company.trade_name,
    ):
        assert shown in page
    assert "12345678950" not in page


def test_the_date_of_a_letter_is_when_it_went(company: Company) -> None:
    letter = post(company)
    assert "Date" not in dict(headers_of(letter)), "it has not gone"
    letter.sent_at = timezone.now() - timedelta(days=3)
    assert dict(headers_of(letter))["Date"] == format_datetime(letter.sent_at)


def test_its_looks_are_shown_where_nothing_acts(company: Company, client: Client) -> None:
    letter = post(company)
    page = client.get(url(letter, "change")).content.decode()
    assert 'sandbox referrerpolicy="no-referrer"' in " ".join(page.split())
    answer = client.get(url(letter, "html"))
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "ığü" in answer.content.decode()
    assert "12345678950" not in answer.content.decode()


def test_its_attachment_is_the_document(company: Company, client: Client) -> None:
    """It holds identity numbers: it is for who reviews applications, and who opened it is in the journal."""
    letter = post(company)
    path = url(letter, "attachment", letter.attachments.get().pk)
    assert client.get(path).status_code == 403
    reviewer = colleague(*CORRESPONDENCE, "review_application", partner=company.partner)
    assert signed_in(reviewer).get(path).content == b"%PDF-1.4 levha"
    assert Entry.objects.get(event=Event.PAPER_OPENED).actor == reviewer


def failed(company: Company, answer: str, key: str = "one") -> Letter:
    letter = post(company, key)
    Letter.objects.filter(pk=letter.pk).update(status=LetterStatus.FAILED, smtp_answer=answer)
    return letter


def test_why_a_letter_failed_stands_in_the_list_and_above_its_page(company: Company, support: User) -> None:
    letter = failed(company, "550 5.1.1 No such user here")
    client = signed_in(colleague(*CORRESPONDENCE, "view_company", "view_application", partner=company.partner))
    application = open_application(company)
    Letter.objects.update(application_id=application.pk)
    assert "Gönderilemedi: Böyle bir e-posta adresi yok." in words(client.get(LETTERS))
    page = client.get(url(letter, "change")).content.decode()
    top = page.partition("Yapılabilecekler")[0]
    assert "Böyle bir e-posta adresi yok." in top
    assert "Alıcı: onkayit@iys.org.tr." in top, "copies are not what it failed by"
    assert "Adres İYS&#x27;nindir" in top
    details = re.search(r"<details>\s*<summary>Ayrıntılar</summary>(.*?)</details>", top, re.DOTALL)
    assert details is not None
    assert "550 5.1.1 No such user here" in details[1]
    assert page.count("No such user here") == 1
    assert reverse("admin:tenancy_company_change", args=[company.pk]) in top
    assert reverse("admin:onboarding_application_change", args=[application.pk]) in top
    loud = re.findall(r'<button class="button" type="submit">([^<]*)<', page)
    assert loud == ["Yeniden dene"], "what keeps the letter from going is quiet"
    Letter.objects.update(audience=Audience.COMPANY, to=["ada@x.example", "can@x.example"])
    Letter.objects.update(smtp_answer="550 5.1.1 <can@x.example>: unknown")
    page = client.get(url(letter, "change")).content.decode()
    assert "Alıcı: can@x.example." in page
    assert "Adres düzelmeden yeniden denemek işe yaramaz." in page
    assert '<button class="button" type="submit">' not in page, "what is of no use is not loud"


def test_of_a_letter_that_is_too_large_cancelling_is_the_loud_button(company: Company, client: Client) -> None:
    letter = failed(company, "552 5.3.4 Message too big")
    page = client.get(url(letter, "change")).content.decode()
    assert re.findall(r'<button class="button" type="submit">([^<]*)<', page) == ["İptal et"]
    assert "belgeler küçültülünce" in page
    letter.attachments.all().delete()
    page = words(client.get(url(letter, "change")))
    assert "İptal edin; alıcıya başka bir yoldan ulaşın." in page
    assert "küçültülünce" not in page


def test_those_that_failed_are_walked_as_they_are_listed_the_oldest_first(
    company: Company, client: Client, support: User
) -> None:
    first, second, third = (failed(company, "554 5.7.1 no", key) for key in "abc")
    for days, letter in ((9, first), (8, second), (7, third)):
        Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=days))
    page = client.get(f"{LETTERS}?status__exact=failed").content.decode()
    assert re.findall(r"/letter/([0-9a-f-]{36})/change/", page) == [
        str(each.pk) for each in (first, second, third)
    ]
    again = client.post(url(second, "act", "dene"), follow=True)
    assert f'data-key="n" href="{url(third, "change")}"' in again.content.decode()
    [card] = [each for each in findings.cards_for(support) if each.key == "failed_letters"]
    first.refresh_from_db()
    assert card.since == first.created_at, "the oldest of the list"


def test_after_cancelling_one_reads_where_the_case_waits(company: Company) -> None:
    letter = failed(company, "550 5.1.1 No such user here")
    application = open_application(company)
    Letter.objects.update(application_id=application.pk)
    client = signed_in(colleague(*CORRESPONDENCE, "view_application", partner=company.partner))
    answer = client.post(url(letter, "act", "iptal"), {"reason": "yanlis firma"}, follow=True)
    assert "gönderilmeyecek: yanlis firma" in words(answer)
    assert "Mektubu bekleyen adım destek ekibine geçer: başvurunun sayfasında sürdürün" in words(answer)
    assert "Gönderilemedi" not in words(answer)


def test_a_list_and_a_page_are_headed_by_what_they_show(company: Company, client: Client) -> None:
    letter = post(company)
    assert "<h1>Mektuplar</h1>" in client.get(LETTERS).content.decode()
    assert "<h1>Mektup</h1>" in client.get(url(letter, "change")).content.decode()


def test_from_one_that_failed_one_goes_on_to_the_next(company: Company, client: Client) -> None:
    first, second = failed(company, "554 5.7.1 no", "a"), failed(company, "554 5.7.1 no", "b")
    assert url(second, "change") in client.get(url(first, "change")).content.decode()
    assert url(first, "change") in client.get(url(second, "change")).content.decode()
    settled = client.post(url(first, "act", "iptal"), {"reason": "yanlış firma"}, follow=True)
    assert f'data-key="n" href="{url(second, "change")}"' in settled.content.decode()
    settled = client.post(url(second, "act", "gonderildi"), {"reason": "yanıt geldi"}, follow=True)
    assert "Sıradaki gönderilemeyen" not in words(settled)


def test_when_a_letter_goes_is_said_while_it_is_known(company: Company, client: Client) -> None:
    failed(company, "554 5.7.1 no")
    assert re.search(r" \d hazırlandı: \d+ \w+ \d{4} \d\d:\d\d", words(client.get(LETTERS)))


def test_a_letter_whose_document_was_changed_says_that_it_cannot_go(company: Company, client: Client) -> None:
    letter = post(company)
    letter.attachments.update(sha256="0" * 64)
    assert "değişti" in words(client.get(url(letter, "change")))


def test_every_button_does_what_it_says_and_is_journalled(company: Company, client: Client, support: User) -> None:
    letter = post(company)
    assert act(client, letter, "beklet", "adres soruluyor") == LetterStatus.HELD
    assert act(client, letter, "birak") == LetterStatus.QUEUED
    Letter.objects.update(status=LetterStatus.FAILED)
    assert act(client, letter, "dene") == LetterStatus.QUEUED
    Letter.objects.update(doubted_at=timezone.now())
    act(client, letter, "gordum")
    assert letter.doubt_seen_at is not None
    assert act(client, letter, "iptal", "yanlış firma") == LetterStatus.CANCELLED
    events = [entry.event for entry in Entry.objects.filter(actor=support).order_by("pk")]
    assert events == [
        Event.LETTER_HELD,
        Event.LETTER_RELEASED,
        Event.LETTER_RELEASED,
        Event.LETTER_DOUBTED,
        Event.LETTER_CANCELLED,
    ]


@pytest.mark.parametrize(
    ("status", "buttons"),
    [
        (LetterStatus.QUEUED, {"beklet", "iptal"}),
        (LetterStatus.HELD, {"birak", "iptal"}),
        (LetterStatus.FAILED, {"dene", "iptal"}),
        (LetterStatus.SENDING, set()),
        (LetterStatus.SENT, set()),
        (LetterStatus.CANCELLED, set()),
    ],
)
def test_only_what_is_possible_has_a_button(
    company: Company, client: Client, status: LetterStatus, buttons: set[str]
) -> None:
    letter = post(company)
    Letter.objects.update(status=status)
    page = client.get(url(letter, "change")).content.decode()
    found = {name for name in ("beklet", "birak", "dene", "iptal", "gordum") if url(letter, "act", name) in page}
    assert found == buttons


def test_a_late_click_ends_in_a_sentence(company: Company, client: Client) -> None:
    letter = post(company)
    Letter.objects.update(status=LetterStatus.SENT)
    answer = client.post(url(letter, "act", "iptal"), {"reason": "dur"}, follow=True)
    assert "durumu bu arada değişti" in words(answer)


def test_without_the_right_nothing_is_done(company: Company) -> None:
    letter = post(company)
    looking = signed_in(colleague("view_letter", partner=company.partner))
    assert looking.get(url(letter, "change")).status_code == 200
    assert looking.post(url(letter, "act", "iptal"), {"reason": "dur"}).status_code == 403
    assert looking.post(reverse("admin:correspondence_sendinghold_hold"), {"reason": "dur"}).status_code == 403
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED


@pytest.mark.parametrize("name", STRANGER_PAGES)
def test_another_partners_letter_is_not_found(company: Company, stranger: Client, name: str) -> None:
    letter = post(company)
    args: dict[str, tuple[object, ...]] = {"act": ("iptal",), "attachment": (letter.attachments.get().pk,)}
    for method in ("get", "post"):
        asked = getattr(stranger, method)(url(letter, name, *args.get(name, ())), {"reason": "dur"})
        assert asked.status_code == 404
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED


def test_mails_of_accounts_are_nobodys_to_read(support: User, client: Client) -> None:
    letter = outbox.post_account(to="ada@mavideniz.example", from_name="Kıyı", body=outbox.Body("Kod", "123456"))
    for name in ("change", "html"):
        assert client.get(url(letter, name)).status_code == 404


def test_one_form_stops_all_letters_of_ones_partner(company: Company, client: Client, support: User) -> None:
    letter = post(company)
    page = client.post(reverse("admin:correspondence_sendinghold_hold"), {"reason": "yanlış şablon"}, follow=True)
    assert "firmalarının bütün mektupları durduruldu" in words(page)
    assert "yanlış şablon" in words(page)
    order = SendingHold.objects.get()
    assert (order.partner, order.target, order.held_by) == (company.partner, "", support)
    with running() as server:
        assert delivery.deliver() == 0
        client.post(reverse("admin:correspondence_sendinghold_lift", args=[order.pk]))
        assert delivery.deliver() == 1
        assert letter.message_id.encode() in server.mails[0]
    assert "durduruldu" not in words(client.get(LETTERS))


def test_letters_to_a_domain_are_stopped_from_the_letter(company: Company, client: Client) -> None:
    letter = post(company)
    form = reverse("admin:correspondence_sendinghold_hold")
    assert f"{form}?alici=onkayit%40iys.org.tr" in client.get(url(letter, "change")).content.decode()
    assert 'value="onkayit@iys.org.tr"' in client.get(f"{form}?alici=onkayit%40iys.org.tr").content.decode()
    client.post(form, {"target": "@IYS.org.tr", "reason": "sunucuları bakımda"})
    assert SendingHold.objects.get().target == "@iys.org.tr"


@pytest.mark.parametrize("target", ["@iys", "iys.org.tr", "@@iys.org.tr", "a b@iys.org.tr"])
def test_a_target_that_is_none_is_said_beside_the_field_and_kept(client: Client, target: str) -> None:
    answer = client.post(
        reverse("admin:correspondence_sendinghold_hold"), {"target": target, "reason": "sunucu bakımda"}
    )
    assert answer.status_code == 422
    assert f'value="{target}"' in answer.content.decode()
    assert "sunucu bakımda" in answer.content.decode()
    assert not SendingHold.objects.exists()


def test_stops_of_others_are_not_lifted(company: Company, support: User, stranger: Client, client: Client) -> None:
    own = control.hold_sending(partner=company.partner, target="", reason="dur", by=support)
    everywhere = control.hold_sending(partner=None, target="", reason="dur", by=support)
    assert stranger.post(reverse("admin:correspondence_sendinghold_lift", args=[own.pk])).status_code == 404
    assert client.post(reverse("admin:correspondence_sendinghold_lift", args=[everywhere.pk])).status_code == 403
    assert SendingHold.objects.filter(lifted_at=None).count() == 2


def test_ops_stop_the_whole_installation(company: Company) -> None:
    ops = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    ops.post(reverse("admin:correspondence_sendinghold_hold"), {"reason": "dur"})
    assert SendingHold.objects.get().partner is None
    assert "Bütün gönderim durduruldu" in words(ops.get(reverse("admin:index")))


def test_what_is_wrong_stands_on_every_page(company: Company, client: Client) -> None:
    index = reverse("admin:index")
    assert "olabilir" not in words(client.get(index))
    post(company)
    Letter.objects.update(
        due_at=timezone.now() - timedelta(hours=1),
        doubted_at=timezone.now(),
    )
    SendingDay.objects.create(day=timezone.localdate(), letters=5000, to_iys=3)
    page = words(client.get(index))
    for sentence in ("1 mektup iki kez gitmiş olabilir", "beri bekleyen mektup var", "gönderim sınırına ulaşıldı"):
        assert sentence in page


def test_another_partners_troubles_are_not_shown(company: Company, stranger: Client, support: User) -> None:
    post(company)
    Letter.objects.update(doubted_at=timezone.now())
    control.hold_sending(partner=company.partner, target="", reason="gizli neden", by=support)
    page = words(stranger.get(reverse("admin:index")))
    assert "iki kez" not in page
    assert "gizli neden" not in page


def test_the_list_shows_what_may_have_gone_twice(company: Company, client: Client) -> None:
    doubted, other = post(company, "doubted"), post(company, "other")
    Letter.objects.filter(pk=doubted.pk).update(doubted_at=timezone.now())
    page = client.get(LETTERS + "?kusku=acik").content.decode()
    assert str(doubted.pk) in page
    assert str(other.pk) not in page


def test_many_letters_are_counted_as_sent_after_a_look_at_what_will_happen(
    company: Company, client: Client
) -> None:
    waiting, gone = post(company), post(company, "two")
    Letter.objects.filter(pk=gone.pk).update(status=LetterStatus.SENT)
    page = look(client, LETTERS, "gonderildi", [waiting, gone])
    assert "2 kayıttan 1 tanesine yapılacak" in words(page)
    assert "Atlanır: şimdiki durumu buna uygun değil" in words(page)
    waiting.refresh_from_db()
    assert waiting.status == LetterStatus.QUEUED, "nothing happened yet"
    assert "neden yazmalısınız" in words(bulk(client, LETTERS, "gonderildi", [waiting]))
    done = bulk(client, LETTERS, "gonderildi", [waiting, gone], reason="sunucunun kaydında var")
    assert "Mektup gönderildi sayıldı: 1 kayıt" in words(done)
    waiting.refresh_from_db()
    assert waiting.status == LetterStatus.SENT
    assert "sunucunun kaydında var" in Entry.objects.filter(event=Event.LETTER_SENT).latest("pk").text


def test_many_letters_of_others_are_nobodys(company: Company, stranger: Client, support: User) -> None:
    letter = post(company)
    bulk(stranger, LETTERS, "iptal", [letter], reason="olmasın")
    PastMembership.objects.create(company=company, user=support)
    page = bulk(signed_in(support), LETTERS, "iptal", [letter], reason="olmasın")
    assert "Hiçbir kayıtta yapılmadı." in words(page)
    looking = colleague("view_letter", partner=company.partner)
    bulk(signed_in(looking), LETTERS, "iptal", [letter], reason="olmasın")
    letter.refresh_from_db()
    assert letter.status == LetterStatus.QUEUED


def test_not_too_many_letters_at_once(company: Company, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenancy.admin.bulk.MOST", 1)
    assert "en çok 1 kayıt" in words(look(client, LETTERS, "iptal", [post(company), post(company, "two")]))
