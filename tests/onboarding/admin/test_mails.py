"""Mails that a machine could not decide, looked at safely and decided by people."""

import re
from collections.abc import Callable
from typing import Any
from unittest.mock import ANY
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.incoming import decisions, rendering, senders
from correspondence.models import Letter, Mail, MailStatus
from finding import renewing
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actor import SYSTEM, Actor, NotAllowed
from onboarding.codes import confirmation
from onboarding.mail import applying, pipeline, triage
from onboarding.models import Application
from onboarding.steps import PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from partners.models import Partner
from tenancy.models import Company, User
from tests.scenarios import mails
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import CompanyFactory, PartnerFactory, UserFactory, tckn
from tests.scenarios.ladder import at_iys, owner_of, submitted
from tests.scenarios.papers import blank_pdf
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:correspondence_mail_changelist")
UNKNOWN = "Dosyanızla ilgili bilgi rica ederiz."


def arrives(text: str, *, partner: Partner | None = None, **more: Any) -> Mail:
    """A mail comes into a mailbox, is processed and does what it may; returns what became of it. To a company's
    tracking address it comes as an answer to its last letter."""
    company = Company.objects.filter(tracking_addresses__token__in=re.findall(r"t-(\w{20})@", more.get("to", "")))
    usual = {"message_id": f"<{uuid4()}@iys.org.tr>", "in_reply_to": mails.asked(company[0]) if company else ""}
    raw = mails.mail(**{**usual, "text": text, **more})
    return stored(raw, partner)


def stored(raw: bytes, partner: Partner | None = None, mailbox: str = "m") -> Mail:
    mail = Mail.objects.create(
        mailbox=mailbox,
        partner=partner,
        folder="INBOX",
        uid_validity=1,
        uid=str(uuid4()),
        stored_name=storages["private"].save(f"mails/{uuid4()}.eml", ContentFile(raw)),
        sha256=uuid4().hex * 2,
        size=len(raw),
    )
    pipeline.process_new()
    pipeline.apply_due()
    return Mail.objects.get(pk=mail.pk)


class Seat:
    """A support person before the page of one mail."""

    def __init__(self, mail: Mail, user: User | None = None) -> None:
        self.mail = mail
        self.user = user or colleague(*CORRESPONDENCE)
        self.client: Client = signed_in(self.user)

    def url(self, name: str, *args: object) -> str:
        return reverse(f"admin:correspondence_mail_{name}", args=[self.mail.pk, *args])

    def page(self, query: str = "") -> str:
        return words(self.client.get(self.url("change") + query))

    def now(self) -> Mail:
        return Mail.objects.get(pk=self.mail.pk)

    def attach(self, application: Application) -> Any:
        return self.client.post(self.url("attach"), {"company": application.company_id})

    def act(self, name: str, note: str = "Telefonla konuşuldu") -> Any:
        return self.client.post(self.url("act", name), {"note": note})

    def classify(self, step: str, move: str, **data: Any) -> Any:
        """Opens the form, and sends what stands in it changed by `data`."""
        page = self.client.get(self.url("classify", step, move)).content.decode()
        fields = dict(re.findall(r'<input type="(?:text|url|hidden)" name="(\w+)" value="([^"]*)"', page))
        fields |= {name: text.strip() for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', page)}
        fields.pop("csrfmiddlewaretoken", None)
        return self.client.post(self.url("classify", step, move), {**fields, **data})


VOUCHED = {"vouched": "on", "vouched_how": "0850 333 3338'i aradım, Ayşe Hanım doğruladı"}


def listed(user: User, query: str = "") -> list[str]:
    page = signed_in(user).get(QUEUE + query)
    return re.findall(r"Konu \d", words(page))


def test_the_queue_opens_with_what_waits_the_longest_first() -> None:
    application = at_iys()
    to = tracking_address(application.company).email
    for number in (1, 2):
        arrives(UNKNOWN, subject=f"Konu {number}", to=to)
    arrives(mails.RECEIVED, subject="Konu 3", to=to)
    arrives(mails.ASSIGNED, subject="Konu 4", to=to)
    user = colleague("view_mail")
    assert listed(user) == ["Konu 1", "Konu 2"]
    assert listed(user, "?is=erken") == ["Konu 4"]
    assert listed(user, "?is=uygulanan") == ["Konu 3"]
    assert listed(user, "?is=hepsi&kind=received") == ["Konu 3"]
    assert listed(user, "?is=hepsi") == ["Konu 4", "Konu 3", "Konu 2", "Konu 1"]


def test_an_unmatched_mail_is_shown_to_nobody_whose_company_it_might_not_be() -> None:
    ours = PartnerFactory.create()
    user = colleague("view_mail", partner=ours)
    arrives(UNKNOWN, subject="Konu 1", to="kim@bilinmez.example")
    assert listed(user) == ["Konu 1"], "where there is one partner alone, every mailbox is that partner's"
    other = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    theirs = colleague("view_mail", partner=other)
    assert listed(user) == listed(theirs) == []
    arrives(UNKNOWN, subject="Konu 2", to="kim@bilinmez.example", partner=ours)
    assert (listed(user), listed(theirs)) == (["Konu 2"], [])
    everybody = UserFactory.create(is_staff=True, is_superuser=True)
    assert listed(everybody) == ["Konu 1", "Konu 2"]
    assert listed(UserFactory.create(is_staff=True)) == []


def test_another_partners_mail_is_not_found_by_any_of_its_addresses() -> None:
    mail = arrives(UNKNOWN, to=tracking_address(at_iys().company).email, pdf=blank_pdf())
    elsewhere = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    seat = Seat(mail, colleague(*CORRESPONDENCE, partner=elsewhere))
    assert seat.client.get(seat.url("change")).status_code == 404
    for path in (seat.url("html"), seat.url("attachment", 0), seat.url("classify", "status_query", "received")):
        assert seat.client.get(path).status_code == 404
    for path in (seat.url("attach"), seat.url("act", "dosyala"), seat.url("act", "ayir")):
        assert seat.client.post(path, {"note": "x"}).status_code == 404
    assert seat.now().status == MailStatus.PERSON


def test_who_may_only_look_decides_nothing() -> None:
    mail = arrives(UNKNOWN, to=tracking_address(at_iys().company).email)
    seat = Seat(mail, colleague("view_mail"))
    assert "Ne diyor?" not in seat.page()
    assert seat.client.get(seat.url("html")).status_code == 200
    assert seat.act("dosyala").status_code == seat.client.post(seat.url("attach")).status_code == 403
    assert seat.client.get(seat.url("classify", "status_query", "received")).status_code == 403


def test_the_page_says_who_wrote_how_far_it_is_believed_and_why() -> None:
    mail = arrives(
        mails.RECEIVED, sender="onkayit@iys.org.tr.example", domain="iys.org.tr.example",
        to=tracking_address(at_iys().company).email,
    )  # fmt: skip
    shown = Seat(mail).page()
    for sentence in (
        "onkayit@iys.org.tr.example",
        "✕ Doğrulanmadı",
        "ne İYS'nin ne de firmanın adresi",
        "Firmanın takip adresine geldi.",
        "Başvuru alındı",
        "Ön başvuru numarası olarak yazılan: “MX3ZB5JA”",
        "Gönderen doğrulanamadığı için kendiliğinden uygulanmadı.",
    ):
        assert sentence in shown


HOSTILE = (
    '<script>alert(1)</script><img src="https://izle.example/p.gif"><p onclick="x()" style="position:fixed">'
    "Merhaba {identity}</p><a href='javascript:alert(1)'>tıkla</a><a href='https://sahte.example/x'>İYS</a>"
    "<iframe src='https://kotu.example'></iframe><form action='https://kotu.example'><input name=p></form>"
    "<svg><script>1</script></svg><style>body{background:url(https://izle.example)}</style>"
    "<base href='//k.example'>"
    "<meta http-equiv=refresh content='0;url=https://kotu.example'><link rel=stylesheet href='https://k.example'>"
)


def test_the_html_of_a_stranger_neither_acts_nor_fetches() -> None:
    mail = arrives("düz", html=HOSTILE.replace("{identity}", tckn(5)), to=tracking_address(at_iys().company).email)
    seat = Seat(mail)
    answer = seat.client.get(seat.url("html"))
    shown, policy = answer.content.decode(), answer["Content-Security-Policy"]
    for danger in (
        "<script", "onclick", "javascript:", "<img", "<iframe", "<form", "<input", "izle.example", "kotu.example",
        "position:fixed", "<base", "<meta http", "<link", "<svg",
    ):  # fmt: skip
        assert danger not in shown, danger
    assert "https://sahte.example/x" in shown, "where a link leads is said"
    assert tckn(5) not in shown
    assert tckn(5)[-4:] in shown
    assert policy.startswith("sandbox; default-src 'none';")
    assert "unsafe" not in policy
    frame = re.search(r"<iframe[^>]*>", seat.client.get(seat.url("change")).content.decode())
    assert frame is not None
    assert re.search(r"\bsandbox\b(?!=)", frame[0]), "no permission is given back"


def test_html_that_would_take_all_memory_is_cut() -> None:
    """Formatting that is left open is opened anew in every list item: 5000 tags made 1.6 GB of them."""
    bomb = "<ul><li>" + "".join(f'<font color="{each}">' for each in range(900)) + "<li>x" * 50_000
    mail = arrives("düz", html=bomb + "<p>Sonu</p>", to=tracking_address(at_iys().company).email)
    seat = Seat(mail)
    shown = seat.client.get(seat.url("html")).content.decode()
    assert shown.count("<li>") <= rendering.MOST_TAGS
    assert "Sonu" not in shown
    assert "çok uzun" in shown
    assert "çok uzun" not in rendering.page("<p>" * rendering.MOST_TAGS)


def test_the_word_of_a_server_that_is_not_ours_is_nobody_s() -> None:
    """A partner's own mailbox may lie where nobody takes forged results away."""
    application = at_iys()
    raw = mails.mail(text=mails.RECEIVED, to=tracking_address(application.company).email)
    mail = stored(raw, application.company.partner, mailbox="imap:iys@posta.baska.example")
    assert (mail.sender_authentication, mail.status) == ("unverified", MailStatus.PERSON)
    assert application.records.get(step="status_query").state == "waiting"
    seat = Seat(mail)
    seat.act("ayir", "Denemek için")
    seat.attach(application)
    assert seat.now().sender_authentication == "unverified"
    with override_settings(MAILBOX_URLS=["imaps://takip:parola@posta.baska.example"]):
        assert senders.authenticate_for(mail, application.company).sender_authentication == "verified"


def test_identity_numbers_are_masked_in_the_text_too() -> None:
    mail = arrives(f"TCKN: {tckn(5)}", to=tracking_address(at_iys().company).email)
    assert tckn(5) not in Seat(mail).page()


def test_an_attachment_is_given_out_after_inspection_alone() -> None:
    to = tracking_address(at_iys().company).email
    reviewer = colleague(*REVIEW, *CORRESPONDENCE)
    seat = Seat(arrives(UNKNOWN, to=to, pdf=blank_pdf()), reviewer)
    only_writes = Seat(seat.mail)
    assert only_writes.client.get(only_writes.url("attachment", 0)).status_code == 403
    assert "Ekleri yalnızca inceleme yetkisi olanlar açabilir." in only_writes.page()
    answer = seat.client.get(seat.url("attachment", 0))
    assert Entry.objects.get(event=Event.PAPER_OPENED).actor == reviewer
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''teklif.pdf"
    assert answer.content.startswith(b"%PDF")
    assert seat.client.get(seat.url("attachment", 1)).status_code == 404
    bad = Seat(arrives(UNKNOWN, to=to, pdf=b"MZ\x90 program"), reviewer)
    refused = bad.client.get(bad.url("attachment", 0))
    assert refused["Location"] == bad.url("change")
    assert said(refused)[0].startswith("“teklif.pdf” indirilemez:")


def test_companies_that_the_mail_names_are_offered_and_others_can_be_searched() -> None:
    application, unrelated = at_iys(), at_iys()
    Application.objects.filter(pk=application.pk).update(iys_application_number="MX3ZB5JA")
    mail = arrives(
        "MX3ZB5JA hakkında", to="kim@bilinmez.example", sender="bilgi@baska.example", domain="baska.example"
    )
    other = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    elsewhere = CompanyFactory.create(partner=other)
    mail.partner = application.company.partner
    mail.save()
    renewing.renew_marked()
    seat = Seat(mail)
    shown = seat.page()
    assert "Başvuru numarası ya da İYSKod'u metinde geçiyor" in shown
    assert application.company.trade_name in shown
    assert unrelated.company.trade_name not in shown
    assert unrelated.company.trade_name in seat.page(f"?q={unrelated.company.tax_number}")
    assert elsewhere.trade_name not in seat.page("?q=Mavi Deniz")
    assert seat.client.post(seat.url("attach"), {"company": elsewhere.pk}).status_code == 404
    assert seat.client.post(seat.url("attach"), {"company": "x"}).status_code == 404
    assert seat.now().company is None


def test_a_stray_mail_is_attached_then_classified_and_moves_the_step() -> None:
    application = at_iys()
    seat = Seat(arrives(mails.RECEIVED, to="kim@bilinmez.example"))
    assert seat.now().status == MailStatus.PERSON
    seat.attach(application)
    mail = seat.now()
    assert (mail.company, mail.sender_authentication, mail.status) == (
        application.company,
        "verified",
        MailStatus.PERSON,
    )
    assert application.records.get(step="status_query").state == "waiting", "attaching moves nothing"
    assert "2. adım: İYS başvuruyu aldı (okunan)" in seat.page()
    assert said(seat.classify("status_query", "received")) == ["Uygulandı. 2. adım: İYS başvuruyu aldı."]
    assert application.records.get(step="status_query").state == "received"
    assert Application.objects.get(pk=application.pk).iys_application_number == "MX3ZB5JA"
    entry = Entry.objects.filter(event=Event.MOVED).latest("pk")
    assert (entry.party, entry.actor, entry.data["recorded_by_staff"]) == (Party.IYS, seat.user, True)
    assert (entry.data["mail"], seat.now().status) == (str(mail.pk), MailStatus.APPLIED)


def test_an_unverified_mail_moves_nothing_without_a_voucher() -> None:
    application = at_iys()
    to = tracking_address(application.company).email
    seat = Seat(arrives(mails.APPROVED, to=to, verdict=None))
    answer = seat.classify("status_query", "approve")
    assert answer.status_code == 422
    assert words(answer).count("Bu alan zorunludur.") == 2
    assert "Mavi Deniz Outlet, 710497" in answer.content.decode(), "what was typed is kept"
    assert application.records.get(step="status_query").state == "waiting"
    seat.classify("status_query", "approve", **VOUCHED)
    assert application.records.get(step="status_query").state == "approved"
    assert application.code_readings.get().brands[1] == {"name": "Mavi Deniz Outlet", "code": "710497"}
    assert Entry.objects.filter(data__vouched=VOUCHED["vouched_how"]).count() == 2


def test_only_what_the_step_can_be_told_now_is_offered() -> None:
    seat = Seat(arrives(mails.OFFER, html=mails.OFFER_HTML, to=tracking_address(at_iys().company).email))
    assert seat.now().status == MailStatus.EARLY
    answer = seat.client.get(seat.url("classify", "pre_application", "approve"))
    assert said(answer) == ["Bu adım şu anda böyle bir yanıt almıyor."]
    read, others = seat.page().split("Seçtiğiniz yanıtın bilgileri")
    assert "Adımı henüz hazır değil: kararınız saklanır" in read
    assert "4. adım: İYS teklif gönderdi (okunan)…" in read, "what was read stands open and first"
    now, later = others.split("Adımı henüz hazır değil: erken olarak sakla")
    assert "2. adım: İYS başvuruyu aldı" in now
    assert "4. adım" not in now
    assert "4. adım" in later
    assert "İYS teklif gönderdi" not in later


def test_enter_goes_on_where_all_is_read_else_what_is_missing_has_the_focus() -> None:
    to = tracking_address(at_iys().company).email
    focused = r"<(?:input|textarea|select)[^>]*\bautofocus\b[^>]*>"
    for mail, has_it in (
        (arrives(UNKNOWN, to=to), 'value="Uygula"'),
        (arrives(UNKNOWN, to=to, verdict=None), 'name="vouched"'),
    ):
        seat = Seat(mail)
        page = seat.client.get(seat.url("classify", "status_query", "received")).content.decode()
        [found] = re.findall(focused, page)
        assert has_it in found


def test_the_words_of_a_mail_that_nobody_knows_stand_in_the_form_for_its_answer() -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(at_iys().company).email))
    page = seat.client.get(seat.url("classify", "status_query", "received")).content.decode()
    assert re.search(rf'<textarea name="note"[^>]*>\s*{re.escape(UNKNOWN)}<', page)


def test_what_was_applied_leads_on_to_its_case() -> None:
    application = at_iys()
    seat = Seat(
        arrives(f"{mails.CHANGES}\nBilinmeyen bir cümledir.", to=tracking_address(application.company).email)
    )
    assert "bu yüzden e-posta kendiliğinden bir şey değiştirmez" in seat.page()
    seat.classify("status_query", "ask_changes")
    assert seat.now().status == MailStatus.APPLIED
    assert "Uygulandı. Başvurunun sayfasında sürdürün" in seat.page()
    assert "bu yüzden e-posta kendiliğinden" not in seat.page()


def test_a_doubtful_mail_for_a_step_that_is_locked_waits_for_people_until_it_opens() -> None:
    application = submitted()
    seat = Seat(arrives(mails.APPROVED, to=tracking_address(application.company).email, verdict=None))
    assert seat.now().status == MailStatus.PERSON
    assert "Adımı henüz hazır değil" in seat.page()
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=Actor(Party.STAFF))
    perform(application=application, step=PRE_APPLICATION, move="letter_sent", actor=SYSTEM)
    seat.classify("status_query", "approve", **VOUCHED)
    assert (application.records.get(step="status_query").state, seat.now().status) == (
        "approved",
        MailStatus.APPLIED,
    )


def test_two_people_who_decide_at_once_decide_once() -> None:
    application = at_iys()
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    # Both pages were opened before either button was pressed.
    first, second = seat.now(), seat.now()
    decisions.file_away(mail=first, note="Reklam", by=seat.user)
    with pytest.raises(NotAllowed, match="sizden hemen önce"):
        triage.apply(
            mail=second,
            step=STATUS_QUERY,
            move="received",
            extracted={},
            note="Alınmış",
            vouched="Aradım",
            by=seat.user,
            expected_version=application.records.get(step="status_query").version,
        )
    with pytest.raises(decisions.Outdated):
        decisions.attach(mail=second, company=application.company, by=seat.user)
    assert application.records.get(step="status_query").state == "waiting"
    assert seat.now().status == MailStatus.FILED


def test_what_has_moved_a_step_is_undone_before_anything_else_is_decided_about_it() -> None:
    application = at_iys()
    seat = Seat(arrives(mails.RECEIVED, to=tracking_address(application.company).email))
    verbs: tuple[Callable[[Mail], None], ...] = (
        lambda mail: decisions.file_away(mail=mail, note="Reklam", by=seat.user),
        lambda mail: decisions.detach(mail=mail, reason="Yanlış firma", by=seat.user),
        lambda mail: decisions.reopen(mail=mail, reason="Değilmiş", by=seat.user),
        lambda mail: decisions.attach(mail=mail, company=application.company, by=seat.user),
    )
    for verb in verbs:
        with pytest.raises(decisions.Outdated):
            verb(seat.now())
    assert (seat.now().status, seat.now().company) == (MailStatus.APPLIED, application.company)
    assert not Entry.objects.filter(event=Event.MAIL_HANDLED).exists()
    triage.take_back(mail=seat.now(), reason="Yanlış firma", by=seat.user)
    decisions.detach(mail=seat.now(), reason="Yanlış firma", by=seat.user)
    assert seat.now().company is None


def test_filing_needs_a_note_and_a_filed_mail_can_be_reopened() -> None:
    application = at_iys()
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    assert said(seat.act("dosyala", " ")) == ["Yapılacak bir şey yok, dosyala: bir neden yazın."]
    assert seat.now().status == MailStatus.PERSON
    seat.act("dosyala", "Reklam")
    assert (seat.now().status, "Reklam" in seat.now().status_why) == (MailStatus.FILED, True)
    assert Entry.objects.filter(event=Event.MAIL_HANDLED, text__contains="Reklam").exists()
    seat.act("ele-al", "Değilmiş")
    assert seat.now().status == MailStatus.PERSON


def test_a_mail_taken_away_from_a_company_is_not_its_any_more() -> None:
    application = at_iys()
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    seat.act("ayir", "Başka firmanın")
    assert (seat.now().company, seat.now().status) == (None, MailStatus.PERSON)
    person = signed_in(application.company.members.get())
    assert person.get(reverse("onboarding:mail", args=[seat.mail.pk])).status_code == 404


def test_a_wrong_reading_is_undone_with_what_it_wrote_and_the_company_is_told() -> None:
    application = at_iys()
    seat = Seat(arrives(mails.APPROVED, to=tracking_address(application.company).email))
    before = Entry.objects.filter(step_key="status_query", event=Event.MOVED).earliest("pk").data
    assert application.records.get(step="code_receipt").state == "read"
    Letter.objects.filter(audience="company").exclude(message_group__startswith="turn:").delete()
    assert said(seat.act("geri-al", "Başka firmanın kodları")) == ["Yanıt geri alındı."]
    record = application.records.get(step="status_query")
    assert (record.state, record.turn, record.since.isoformat()) == ("waiting", Party.IYS, before["since"])
    assert (
        application.records.get(step="code_receipt").state,
        application.records.get(step="code_receipt").turn,
    ) == (
        "waiting",
        "",
    )
    assert not application.code_readings.exists()
    assert (seat.now().status, "Başka firmanın kodları" in seat.now().status_why) == (MailStatus.PERSON, True)
    told = Letter.objects.get(message_group__startswith="undo:")
    assert told.to == [application.company.members.get().email]
    assert seat.now() not in applying.due(), "the machine does not do it again"
    seat.classify("status_query", "approve", iys_code="710999", brands="")
    assert application.code_readings.get().iys_code == "710999"


def test_nothing_is_undone_while_something_rests_on_it_and_the_way_back_is_named() -> None:
    application = at_iys(CompanyFactory.create(trade_name="Mavi Deniz Turizm A.Ş."))
    seat = Seat(arrives(mails.APPROVED, to=tracking_address(application.company).email))
    record = application.records.get(step="code_receipt")
    confirmation.confirm(application=application, actor=owner_of(application), expected_version=record.version)
    sentence = said(seat.act("geri-al", "Yanlış"))[0]
    assert sentence.startswith("Geri alınamaz: sonrasında “İYSKod alınması: Doğru, onaylıyorum”")
    assert "Adımı yeniden aç" in sentence
    assert application.records.get(step="status_query").state == "approved"
    assert seat.now().status == MailStatus.APPLIED


def test_an_undone_number_and_an_undone_offer_leave_nothing_behind() -> None:
    application = at_iys(CompanyFactory.create(trade_name="Mavi Deniz Turizm A.Ş."))
    to = tracking_address(application.company).email
    received = Seat(arrives(mails.RECEIVED, to=to))
    received.act("geri-al", "Yanlış numara")
    assert Application.objects.get(pk=application.pk).iys_application_number == ""
    arrives(mails.APPROVED, to=to)
    record = application.records.get(step="code_receipt")
    confirmation.confirm(application=application, actor=owner_of(application), expected_version=record.version)
    perform(application=application, step=PACKAGE_CONTRACT, move="use_own_mail", actor=owner_of(application))
    offer = Seat(arrives(mails.OFFER, html=mails.OFFER_HTML, pdf=blank_pdf(), to=to))
    pdf = application.offers.get().pdf
    assert pdf is not None
    offer.act("geri-al", "Başka firmanın teklifi")
    assert not application.offers.exists()
    pdf.refresh_from_db()
    assert pdf.erased_at is not None
    assert application.records.get(step=PACKAGE_CONTRACT.key).state == "own_mail"


@pytest.mark.parametrize("lies_there", [True, False])
def test_a_decision_taken_back_is_no_reading(lies_there: bool) -> None:
    application = at_iys()
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))
    before = seat.now()
    seat.classify("status_query", "approve", iys_code="710999", brands="", note="Yanlışlıkla")
    assert seat.now().status == MailStatus.APPLIED
    page = seat.page()
    assert "(bir kişinin kararı)" in page
    assert "(öneri)" not in page
    if not lies_there:
        storages["private"].delete(seat.mail.stored_name)
    assert said(seat.act("geri-al", "Yanlış")) == ["Yanıt geri alındı."]
    after, page = seat.now(), seat.page()
    assert ("Metin okunamadı." in page) is not lies_there
    assert seat.client.get(seat.url("html")).status_code == 200
    assert (after.kind, after.extracted["iys_code"], after.understood) == ("unknown", "", False)
    assert (after.doubt, after.wording) == ((before.doubt, before.wording) if lies_there else (triage.UNREAD, ANY))
    assert "Anlaşılamadı" in page
    assert "(okunan)" not in page


def test_what_was_never_applied_is_not_undone() -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(at_iys().company).email))
    assert said(seat.act("geri-al")) == [
        "Bu e-postaya sizden hemen önce başka biri karar verdi. Sayfa güncel durumu gösteriyor."
    ]


def test_the_commonest_decision_stands_before_those_alike_and_many_are_chosen_for_before_they_are_listed() -> None:
    mail, _other = (arrives(UNKNOWN, to=tracking_address(at_iys().company).email) for _each in range(2))
    page = Seat(mail).page()
    files, alike = page.index("Yapılacak bir şey yok, dosyala"), page.index("Bu sözlerle 1 e-posta daha")
    assert files < alike < page.index("Ne olacağını göster…") < page.index("Bu e-posta", alike)
    assert page.index("Firmadan ayır") > alike, "what is rare stands last"


def test_what_iys_asks_for_begins_as_a_sentence_in_the_form_of_the_answer() -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(at_iys().company).email))
    Mail.objects.update(extracted={"remarks": "imza sirkülerinin ikinci sayfası okunmuyor"})
    page = seat.client.get(seat.url("classify", STATUS_QUERY.key, "ask_changes")).content.decode()
    assert re.search(r'<textarea name="note"[^>]*>\s*İmza sirkülerinin ikinci sayfası okunmuyor', page)
