"""The page on which a sentence is taught, and the list of those that were."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from correspondence.models import Mail, MailStatus, TaughtSentence
from correspondence.reading.classification import NOTHING_SAID
from onboarding.admin.mails.teaching import LOOK_FIRST
from onboarding.mail import teaching
from onboarding.steps import STATUS_QUERY
from partners.models import Partner
from tenancy.models import User
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory, tckn
from tests.scenarios.support import CORRESPONDENCE, colleague

pytestmark = pytest.mark.django_db
SENTENCE = "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır."
PATTERN = "Dosyanız {numara} sayıyla deftere yazılmıştır"
LIST = reverse("admin:correspondence_taughtsentence_changelist")


@pytest.fixture
def ours() -> Cast:
    cast = Cast()
    cast.at_iys()
    return cast


@pytest.fixture
def mail(ours: Cast, tmp_path: Path) -> Mail:
    return ours.arrives(tmp_path, SENTENCE)


class Teacher:
    """Somebody before the page of the first sentence of a mail."""

    def __init__(self, mail: Mail, user: User | None = None, place: int = 0) -> None:
        assert mail.company is not None
        self.user = user or colleague(*CORRESPONDENCE, partner=mail.company.partner)
        self.client = signed_in(self.user)
        self.mail_page = reverse("admin:correspondence_mail_change", args=[mail.pk])
        self.path = reverse("admin:correspondence_mail_teach", args=[mail.pk, place])

    def open(self, query: str = "") -> Any:
        return self.client.get(self.path + query)

    def look(self, **fields: str) -> Any:
        return self.client.post(self.path, {"_look": "1", **fields})

    def teach(self, after: Any, **fields: str) -> Any:
        """Presses “Öğret” on the page that was shown last."""
        found = re.search(r'name="shown" value="(\w+)"', after.content.decode())
        return self.client.post(self.path, {"_teach": "1", "shown": found[1] if found else "", **fields})


RECEIVED = {"kind": "received", "varies_0": "numara"}


def test_the_page_proposes_what_varies_and_saves_nothing(mail: Mail) -> None:
    shown = Teacher(mail).open()
    page = html.unescape(shown.content.decode())
    assert "“MX3ZB5JA”" in page
    assert '<option value="numara" selected>Başvuru numarası</option>' in page
    assert 'type="radio"' in page
    assert "checked" not in page, "nothing is chosen for anybody"
    assert "Zararsız Hiçbir şey bildirmez" in words(shown)
    assert "Başvuru alındı 2. adım: “İYS başvuruyu aldı”." in words(shown)
    assert 'name="_teach"' not in page, "what would change is looked at first"
    assert not TaughtSentence.objects.exists()


def test_it_is_taught_after_a_look_and_the_mail_moves(ours: Cast, mail: Mail) -> None:
    teacher = Teacher(mail)
    looked = teacher.look(**RECEIVED)
    assert f"Bütün cümleleri tanınıyor. {teaching.MOVES}" in words(looked)
    assert "Başvuru alındı: “Dosyanız [Başvuru numarası] sayıyla deftere yazılmıştır”" in words(looked)
    assert "başka hiçbirinde bu cümle geçmiyor" in words(looked)
    assert (TaughtSentence.objects.count(), ours.state(STATUS_QUERY)) == (0, "waiting")
    done = teacher.teach(looked, **RECEIVED)
    assert said(done) == [
        "Öğretildi: Başvuru alındı.",
        f"Bekleyen 1 e-posta kendiliğinden uygulandı: {ours.company}.",
    ]
    row = TaughtSentence.objects.get()
    assert (row.text, row.kind, row.partner, row.taught_by) == (
        PATTERN,
        "received",
        ours.company.partner,
        teacher.user,
    )
    assert (row.mail, row.active, ours.state(STATUS_QUERY)) == (mail, True, "received")
    assert "✓ Bildiriyor: Başvuru alındı · Başvuru numarası: MX3ZB5JA" in words(
        teacher.client.get(teacher.mail_page)
    )


def test_harmless_takes_two_clicks_and_what_says_nothing_else_is_filed_together(
    ours: Cast, mail: Mail, tmp_path: Path
) -> None:
    ours.arrives(tmp_path, SENTENCE)
    teacher = Teacher(mail)
    shown = teacher.open("?zararsiz")
    assert f"Bu e-posta: Bir şey bildirmiyor. {NOTHING_SAID} {teaching.NOTHING_TO_DO}" in words(shown)
    assert f"Anlaşılamadı Bir şey bildirmiyor {NOTHING_SAID} {teaching.NOTHING_TO_DO}" in words(shown)
    folded = re.search(r"<details>\s*<summary>Zararsız: .*?</details>", shown.content.decode(), re.DOTALL)
    assert folded is not None, "what was said by the button is not asked for once more"
    assert folded[0].count('type="radio"') == shown.content.decode().count('type="radio"')
    teacher.teach(shown, kind="harmless", varies_0="numara")
    assert (TaughtSentence.objects.get().kind, TaughtSentence.objects.get().text) == ("", PATTERN)
    page = words(teacher.client.get(teacher.mail_page))
    assert "Bir şey bildirmeyen 1 e-posta daha karar bekliyor" in page
    assert f"Okunan anlam Bir şey bildirmiyor {NOTHING_SAID}" in page, "as it was shown before"
    assert page.count(NOTHING_SAID) == 2, "how it was read, and how its sentences were"


@pytest.mark.parametrize(
    "change",
    [{"kind": "harmless"}, {"kind": "refused"}, {"varies_0": ""}],
)
def test_nothing_is_taught_that_was_not_shown(mail: Mail, change: dict[str, str]) -> None:
    teacher = Teacher(mail)
    answer = teacher.teach(teacher.look(**RECEIVED), **{**RECEIVED, **change})
    assert said(answer) == [LOOK_FIRST]
    assert not TaughtSentence.objects.exists()
    assert not said(Teacher(mail, teacher.user).look(**RECEIVED))
    blind = teacher.client.post(teacher.path, {"_teach": "1", **RECEIVED})
    assert said(blind) == [LOOK_FIRST]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"varies_0": "numara"}, "Cümlenin ne dediğini seçin."),
        ({**RECEIVED, "kind": "bounce"}, "bounce"),
        ({**RECEIVED, "varies_0": "tarih"}, "Geçerli bir seçenek"),
        ({**RECEIVED, "more": "defterlere", "more_is": "kişi"}, "Bu sözler cümlede geçmiyor."),
        ({**RECEIVED, "more": "deftere"}, "Bu sözlerin ne olduğunu seçin."),
        ({**RECEIVED, "more": "deftere", "more_is": "tarih"}, "kendisine bile uymuyor"),
        ({**RECEIVED, "more": "deftere", "more_is": "açıklama"}, "yalnızca neden ya da istek"),
        ({**RECEIVED, "kind": "harmless", "more": "deftere", "more_is": "kişi"}, "Zararsız bir cümlede"),
        (
            {**RECEIVED, "more": "sayıyla deftere yazılmıştır", "more_is": "kişi"},
            "en az 10 harf",
        ),
    ],
)
def test_what_would_not_do_is_said_and_what_was_chosen_stays(
    mail: Mail, fields: dict[str, str], sentence: str
) -> None:
    answer = Teacher(mail).look(**fields)
    assert answer.status_code == 422
    assert sentence in html.unescape(words(answer))
    page = html.unescape(answer.content.decode())
    assert 'name="_teach"' not in page
    if fields.get("more"):
        assert f'value="{fields["more"]}"' in page
    if fields.get("kind") == "received":
        assert re.search(r'value="received"[^>]*checked', page)
    assert not TaughtSentence.objects.exists()


def test_words_that_were_not_thought_of_vary_too(ours: Cast, tmp_path: Path) -> None:
    teacher = Teacher(ours.arrives(tmp_path, "Dosyanız MX3ZB5JA sayıyla Ece Durmaz eliyle yazılmıştır."))
    fields = {**RECEIVED, "more": "ece durmaz", "more_is": "kişi"}
    teacher.teach(teacher.look(**fields), **fields)
    assert TaughtSentence.objects.get().text == "Dosyanız {numara} sayıyla {kişi} eliyle yazılmıştır"


def test_a_wrong_proposal_is_taken_away(mail: Mail) -> None:
    teacher = Teacher(mail)
    fields = {"kind": "refused", "varies_0": ""}
    teacher.teach(teacher.look(**fields), **fields)
    assert TaughtSentence.objects.get().text == "Dosyanız MX3ZB5JA sayıyla deftere yazılmıştır"


def test_other_mails_of_that_wording_are_shown_before(ours: Cast, mail: Mail, tmp_path: Path) -> None:
    other = Cast(code="710499")
    other.at_iys()
    other.arrives(tmp_path, SENTENCE.replace("MX3ZB5JA", "KT8QW2LM"), subject="Öbürünün kaydı")
    looked = words(Teacher(mail).look(**RECEIVED))
    assert "1 tanesi daha başka okunur" in looked
    assert "Öbürünün kaydı" in looked
    assert f"{other.company} Anlaşılamadı Başvuru alındı {teaching.MOVES}" in looked


def test_who_may_not_teach_is_offered_nothing(mail: Mail) -> None:
    reader = Teacher(mail, colleague("view_mail", "record_answer", partner=mail.company.partner))  # type: ignore[union-attr]
    assert reader.path not in reader.client.get(reader.mail_page).content.decode()
    assert reader.open().status_code == reader.look(**RECEIVED).status_code == 403
    teacher = Teacher(mail)
    assert teacher.path in teacher.client.get(teacher.mail_page).content.decode()


def test_another_partners_mail_is_not_there(mail: Mail) -> None:
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    stranger = Teacher(mail, colleague(*CORRESPONDENCE, "teach_for_all", partner=other))
    assert stranger.open().status_code == stranger.look(**RECEIVED).status_code == 404


def test_for_all_is_offered_to_who_may_teach_all(mail: Mail) -> None:
    teacher = Teacher(mail)
    assert "Bütün iş ortaklarının" not in words(teacher.open())
    fields = {**RECEIVED, "for_all": "on"}
    teacher.teach(teacher.look(**fields), **fields)
    assert TaughtSentence.objects.get().partner == teacher.user.partner, (
        "who only sends the field gets nothing by it"
    )


@pytest.mark.parametrize("ticked", [True, False])
def test_for_all_it_is_when_it_is_ticked(mail: Mail, ticked: bool) -> None:
    assert mail.company is not None
    ops = Teacher(mail, colleague(*CORRESPONDENCE, "teach_for_all", partner=mail.company.partner))
    assert "Bütün iş ortaklarının e-postalarında geçerli olsun" in words(ops.open())
    fields = {**RECEIVED, **({"for_all": "on"} if ticked else {})}
    ops.teach(ops.look(**fields), **fields)
    assert (TaughtSentence.objects.get().partner is None) is ticked


def test_a_mail_that_was_decided_meanwhile_says_so(mail: Mail) -> None:
    teacher = Teacher(mail)
    looked = teacher.look(**RECEIVED)
    Mail.objects.filter(pk=mail.pk).update(status=MailStatus.FILED)
    for answer in (teacher.teach(looked, **RECEIVED), teacher.open()):
        assert answer["Location"] == teacher.mail_page
        assert "e-postaya karar verildi" in said(answer)[0]
    assert not TaughtSentence.objects.exists()
    assert teacher.path not in teacher.client.get(teacher.mail_page).content.decode()


def test_a_sentence_that_is_known_or_not_there_is_not_taught(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, f"Sayın Yetkili,\n{SENTENCE}")
    for place in (0, 7):
        assert "zaten biliniyor" in said(Teacher(mail, place=place).open())[0]
    assert Teacher(mail, place=1).open().status_code == 200


def test_identity_numbers_are_masked_and_never_kept(ours: Cast, tmp_path: Path) -> None:
    mail = ours.arrives(tmp_path, f"{tckn(5)} kimlik numarasıyla kaydınız deftere yazılmıştır.")
    teacher = Teacher(mail)
    fields = {"kind": "harmless", "varies_0": "sayı"}
    for page in (teacher.open(), teacher.look(**fields)):
        assert tckn(5) not in page.content.decode()
    teacher.teach(teacher.look(**fields), **fields)
    assert TaughtSentence.objects.get().text == "{sayı} kimlik numarasıyla kaydınız deftere yazılmıştır"


def test_taught_twice_says_where_it_is(mail: Mail) -> None:
    teacher = Teacher(mail)
    TaughtSentence.objects.create(text=PATTERN, kind="refused", partner=teacher.user.partner, active=False)
    answer = teacher.teach(teacher.look(**RECEIVED), **RECEIVED)
    assert "zaten öğretilmiş" in said(answer)[0]
    assert "listesinde" in said(answer)[0]


# The list: the way back.


def change(row: TaughtSentence) -> str:
    return reverse("admin:correspondence_taughtsentence_change", args=[row.pk])


@pytest.fixture
def taught(ours: Cast, mail: Mail) -> TaughtSentence:
    teacher = Teacher(mail)
    teacher.teach(teacher.look(**RECEIVED), **RECEIVED)
    return TaughtSentence.objects.get()


def test_put_out_of_use_says_before_what_would_change(ours: Cast, taught: TaughtSentence, tmp_path: Path) -> None:
    assert ours.company.partner == taught.partner
    too_soon = Cast(code="710499")
    waiting = too_soon.arrives(
        tmp_path, SENTENCE.replace("MX3ZB5JA", "KT8QW2LM"), subject=f"Erken gelen: {too_soon.company.trade_name}"
    )
    assert waiting.status == MailStatus.EARLY, waiting.status_why
    client = signed_in(colleague(*CORRESPONDENCE, partner=taught.partner))
    page = words(client.get(change(taught)))
    assert "Kullanımdan kaldırılırsa" in page
    assert "Erken gelen" in page
    assert "Kararı yine bir kişi verir." in page
    assert "Karar verilmişti; değişmez." in page
    answer = client.post(change(taught), {"kind": "received"})
    assert "Cümle artık kullanılmıyor. Uygulanmış e-postalar olduğu gibi kalır." in said(answer)
    taught.refresh_from_db()
    waiting.refresh_from_db()
    assert (taught.active, taught.text, taught.kind) == (False, PATTERN, "received")
    assert (waiting.status, waiting.kind, waiting.understood) == (MailStatus.PERSON, "unknown", False)
    assert "Yeniden kullanılırsa" in words(client.get(change(taught)))


def test_the_words_stay_and_another_meaning_is_held_to_the_same_rules(taught: TaughtSentence) -> None:
    client = signed_in(colleague(*CORRESPONDENCE, partner=taught.partner))
    client.post(change(taught), {"kind": "harmless", "active": "on", "text": "Başka bir cümledir bu"})
    taught.refresh_from_db()
    assert (taught.kind, taught.text) == ("", PATTERN)
    TaughtSentence.objects.filter(pk=taught.pk).update(
        text="{açıklama} yüzünden dosyanız kapanmıştır", kind="refused"
    )
    answer = client.post(change(taught), {"kind": "received", "active": "on"})
    assert "Her sözün değişebileceği" in words(answer)


def test_what_another_taught_for_all_shows_neither_its_teacher_nor_its_mail(ours: Cast, mail: Mail) -> None:
    ops = UserFactory.create(is_staff=True, is_superuser=True, full_name="Gizli Öğretmen")
    Mail.objects.filter(pk=mail.pk).update(subject="Gizli konu")
    row = TaughtSentence.objects.create(text=PATTERN, kind="received", mail=mail, taught_by=ops)
    other = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    client = signed_in(colleague(*CORRESPONDENCE, partner=other))
    for path in (LIST, change(row)):
        page = client.get(path)
        assert PATTERN in html.unescape(page.content.decode())
        assert "Gizli" not in page.content.decode()
    assert client.post(change(row), {"kind": "harmless"}).status_code == 403
