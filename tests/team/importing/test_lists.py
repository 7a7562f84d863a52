"""Support brings many companies in.

| what is done | what comes |
|---|---|
| without the right · another partner's list · by a company's owner | 403 · 404 · to the log-in |
| a list is uploaded | its lines are kept encrypted, nothing is sent, columns are guessed |
| columns: one twice, one that is needed missing | 422 in words, nothing is checked |
| checked | each line: what would become of it, or what is wrong in which cell |
| VKN/TCKN with a wrong digit, e-mail, phone, title, empty, twice in the list | the sentence stands in the cell |
| a company of the partner's | “zaten kayıtlı” with its name; nothing is sent |
| a company of another partner's | as every other before it is done, afterwards “açılamadı”; never a name |
| begun | a wave at each turn: company, invitation of its first owner, journal; by day alone |
| quota used up | goes on when it gives room; what was done stays; another mailbox is not held up |
| stopped, begun again, done twice, two workers, the same file again | each company once, each letter once |
| a worker dies in the middle of a line | nothing of it is done; it is done at the next turn |
| the invited person | comes in as owner; after that the link of support lets nobody else in |
| report | the list's cells, outcome, problems; formulas as text; a TCKN masked; the taking is noted |
"""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from correspondence.models import Letter
from jobs.tasks import bring_companies_in
from journal.models import Entry, Event
from limits.models import Counter
from partners.models import Partner
from privacy.kinds import KINDS
from privacy.models import DataKind, RetentionRule
from team import letters, people
from team.importing import running
from team.models import CompanyImport, ImportRow, ImportState, RowOutcome
from tenancy import memberships
from tenancy.models import Company, Invitation, Membership
from tenancy.roles import Role
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory, tckn, vkn
from tests.scenarios.support import colleague
from tests.team.importing.desk import HEAD, Desk, elsewhere, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def counted() -> list[int]:
    """What quotas have counted and not been given back."""
    return list(Counter.objects.exclude(used=0).values_list("used", flat=True))


def invited() -> list[str]:
    return sorted(Invitation.objects.values_list("email", flat=True))


def test_a_list_is_kept_unread_by_anybody_else_and_its_columns_are_guessed(desk: Desk) -> None:
    person = tckn(3)
    came = desk.bring(f"{HEAD}\nKarakaş Ticaret;{person};a@b.example;\n")
    assert came["Location"] == desk.url("columns")
    page = desk.open("columns")
    assert page.context["form"]["column_1"].value() == "tax_number"
    assert page.context["form"]["has_headings"].value() is True
    assert person not in page.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM team_importrow")
        assert not [cells for (cells,) in cursor.fetchall() if person in cells or "Karakaş" in cells]
    assert not Letter.objects.exists()
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (("trade_name", "tax_number", "", ""), "Hangi sütunda olduğunu seçin: E-posta"),
        (("trade_name", "tax_number", "email", "email"), "Bu bilgi iki sütunda seçilmiş: E-posta"),
    ],
)
def test_columns_that_do_not_fit_are_refused_in_words(desk: Desk, fields: tuple[str, ...], why: str) -> None:
    desk.bring(f"{HEAD}\n{listed(1)}")
    answer = desk.columns(*fields)
    assert answer.status_code == 422
    assert why in words(answer)
    assert desk.batch.state == ImportState.MAPPING


def test_each_wrong_cell_says_how_it_is_mended(desk: Desk) -> None:
    good = vkn(1)
    wrong = f"{good[:9]}{(int(good[9]) + 1) % 10}"
    person = tckn(4)
    desk.checked(
        "\n".join(
            [
                f"Firma 1;{good};a@b.example;0555 010 20 30",
                f"Firma 2;{wrong};a@b.example;",
                f"Firma 3;{person[:10]}{(int(person[10]) + 1) % 10};a@b.example;",
                f"Firma 4;{vkn(4)};a@b;",
                f"Firma 5;{vkn(5)};a@b.example;12",
                f";{vkn(6)};;",
                f"Firma 7;{good};a@b.example;",
                f"www.firma.example;{vkn(8)};a@b.example;",
                "Firma 9;12345678;a@b.example;",
                f"Firma 10;{vkn(10)};{desk.user.email};",
            ]
        )
    )
    assert desk.outcomes() == [RowOutcome.WAITING, *[RowOutcome.WRONG] * 9]
    due = {
        3: ("tax_number", "bir rakam yanlış"),
        4: ("tax_number", "bir rakam yanlış"),
        5: ("email", "biçiminde"),
        6: ("phone", "numara"),
        7: ("trade_name", "Boş bırakılamaz"),
        8: ("tax_number", "2. satırda da var"),
        9: ("trade_name", "adres"),
        10: ("tax_number", "Excel baştaki sıfırları silmiş olabilir"),
        11: ("email", "Destek ekibinden birinin adresi"),
    }
    for number, (field, sentence) in due.items():
        assert sentence in desk.problems(number)[field], (number, desk.problems(number))
    assert set(desk.problems(7)) == {"trade_name", "email"}
    page = words(desk.open())
    assert "Boş bırakılamaz." in page
    assert "1 firmayı aç ve davet et" in page
    assert not Letter.objects.exists()


def test_a_wrong_line_takes_its_number_from_no_other(desk: Desk) -> None:
    desk.checked(f"Firma A;{vkn(1)};yok;\nFirma A;{vkn(1)};a@a.example;\nFirma A;{vkn(1)};b@a.example;")
    assert desk.outcomes() == [RowOutcome.WRONG, RowOutcome.WAITING, RowOutcome.WRONG]
    assert set(desk.problems(2)) == {"email"}
    assert desk.problems(4) == {"tax_number": "Bu numara 3. satırda da var."}


def test_own_companies_are_known_and_others_told_of_by_nothing(desk: Desk) -> None:
    own = CompanyFactory.create(partner=desk.partner, trade_name="Bizim A.Ş.", tax_number=vkn(1))
    elsewhere = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    CompanyFactory.create(partner=elsewhere, trade_name="Gizli A.Ş.", tax_number=vkn(2))
    person = tckn(5)
    alone = CompanyFactory.create(partner=desk.partner, trade_name="Şahıs", tax_number=person, mersis_number="")
    desk.checked(f"{listed(3)}\nŞahıs;{person};s@s.example;")
    assert desk.outcomes() == [RowOutcome.THERE, RowOutcome.WAITING, RowOutcome.WAITING, RowOutcome.THERE]
    page = words(desk.open())
    assert str(own) in page
    assert "Gizli" not in page
    desk.press("start")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.THERE, RowOutcome.REFUSED, RowOutcome.FOUNDED, RowOutcome.THERE]
    assert desk.batch.rows.get(number=5).company == alone
    assert "Gizli" not in words(desk.open())
    assert desk.problems(3) == {"tax_number": running.NOT_FOUNDED}
    assert invited() == ["kisi3@firma3.example"]
    assert Company.objects.filter(partner=elsewhere).count() == 1


def test_each_company_is_founded_and_its_first_owner_invited(desk: Desk) -> None:
    desk.begun("Firma 1 A.Ş.;" + vkn(1) + ";kisi1@firma1.example;0 555 010 20 30")
    assert not Company.objects.exists(), "a worker does it"
    bring_companies_in()
    company = Company.objects.get()
    assert (company.trade_name, company.partner, company.contact_phone) == (
        "Firma 1 A.Ş.",
        desk.partner,
        "+905550102030",
    )
    [letter] = Letter.objects.filter(company=company)
    assert letter.to == ["kisi1@firma1.example"]
    assert Entry.objects.get(company=company, event=Event.MEMBER_CHANGED).actor == desk.user
    assert desk.batch.state == ImportState.DONE
    assert "Firma açıldı, davet gönderildi" in words(desk.open())
    invitation = Invitation.objects.get()
    person = UserFactory.create(email="kisi1@firma1.example")
    page = signed_in(person).get(reverse("team:join", args=[invitation.pk]))
    assert "Ekibe katıl" in words(page)
    assert people.join(invitation=invitation, user=person) is not None
    assert Membership.objects.get(company=company).role == Role.OWNER


def test_supports_invitation_lets_nobody_in_once_somebody_is_in(desk: Desk) -> None:
    desk.begun(listed(1))
    bring_companies_in()
    invitation = Invitation.objects.get()
    staff = colleague(partner=desk.partner)
    invitation_to_staff = Invitation(company=invitation.company, by_support=True, email=staff.email)
    assert memberships.join(invitation=invitation_to_staff, user=staff) is None
    MembershipFactory.create(company=invitation.company)
    assert memberships.join(invitation=invitation, user=UserFactory.create(email=invitation.email)) is None


@pytest.mark.parametrize("quota", ["invitations.partner.day", "listed_companies.partner.day"])
def test_waves_end_at_a_quota_and_go_on(desk: Desk, settings: Any, quota: str) -> None:
    settings.QUOTAS = {quota: 2}
    desk.begun(listed(4))
    bring_companies_in()
    assert desk.outcomes().count(RowOutcome.FOUNDED) == 2
    bring_companies_in()
    assert desk.batch.waits_until is not None
    assert desk.outcomes().count(RowOutcome.FOUNDED) == 2
    assert "günlük sınıra ulaşıldı" in words(desk.open())
    settings.QUOTAS = {}
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED] * 4
    assert Letter.objects.count() == 4


def test_a_mailbox_that_is_full_holds_no_other_up(desk: Desk, settings: Any, monkeypatch: Any) -> None:
    settings.QUOTAS = {"invitations.target.day": 1}
    monkeypatch.setattr(running, "WAVE", 2)
    same = "\n".join(f"Şube {n};{vkn(n)};bir@firma.example;" for n in range(20, 24))
    desk.begun(f"{same}\n{listed(1)}")
    for _turn in range(4):
        bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED, *[RowOutcome.WAITING] * 3, RowOutcome.FOUNDED]


def test_nothing_goes_at_night(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begun(listed(1))
    monkeypatch.setattr("limits.hours.is_open", lambda now: False)
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.WAITING]


def test_it_is_stopped_and_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "WAVE", 1)
    desk.begun(listed(3))
    bring_companies_in()
    desk.press("stop")
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED, RowOutcome.WAITING, RowOutcome.WAITING]
    assert "Kalan 2 firmayla sürdür" in words(desk.open())
    desk.press("start")
    for _turn in range(3):
        bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED] * 3
    assert desk.batch.state == ImportState.DONE


def test_it_stops_in_the_middle_of_a_wave(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begun(listed(3))
    invite = people.invite_first

    def and_stop(**company: Any) -> Invitation:
        done = invite(**company)
        CompanyImport.objects.update(state=ImportState.STOPPED)
        return done

    monkeypatch.setattr(people, "invite_first", and_stop)
    bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED, RowOutcome.WAITING, RowOutcome.WAITING]
    assert desk.batch.state == ImportState.STOPPED


def test_a_worker_that_dies_leaves_nothing_half_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.begun(listed(2))
    post = letters.post_invitation
    with monkeypatch.context() as broken:

        def fails(invitation: Invitation) -> Letter:
            if invitation.email.startswith("kisi2"):
                raise SystemExit("the worker dies")
            return post(invitation)

        broken.setattr(letters, "post_invitation", fails)
        with pytest.raises(SystemExit):
            bring_companies_in()
        assert (Company.objects.count(), Letter.objects.count()) == (1, 1)
    for _turn in range(2):
        bring_companies_in()
    assert desk.outcomes() == [RowOutcome.FOUNDED] * 2
    assert (Company.objects.count(), Letter.objects.count()) == (2, 2)


def test_pressed_twice_and_brought_again_nothing_is_done_twice(desk: Desk) -> None:
    desk.begun(listed(2))
    desk.press("start")
    for _turn in range(3):
        bring_companies_in()
    assert not running.start(desk.batch, desk.user), "a list that is done is not begun again"
    desk.checked(listed(2))
    assert desk.outcomes() == [RowOutcome.THERE] * 2
    assert "firmayı aç ve davet et" not in words(desk.open())
    assert (Company.objects.count(), Letter.objects.count()) == (2, 2)


def test_a_line_that_a_colleague_has_done_meanwhile_is_left(desk: Desk) -> None:
    """As when two workers hold the same line: the second finds it done, and its letter is not counted."""
    desk.begun(listed(1))
    line = desk.batch.rows.get(number=2)
    ImportRow.objects.filter(pk=line.pk).update(outcome=RowOutcome.FOUNDED)
    assert not running._do(desk.batch, line)
    assert not Company.objects.exists()
    assert not counted()


def test_the_report_has_each_line_with_what_is_wrong_beside_it(desk: Desk) -> None:
    person = tckn(6)
    desk.begun(f"=cmd|' /C calc'!A0;{vkn(1)};a@b.example;\nKarakaş;{person};yok;\n{listed(1, 3)}")
    bring_companies_in()
    assert desk.client.get(desk.url("report")).status_code == 302, "a look takes nothing out"
    assert not LogEntry.objects.exists()
    answer = desk.press("report")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == f"{HEAD};Satır;Sonuç;Ne düzeltilmeli"
    assert lines[1].startswith("'=cmd|' /C calc'!A0;")
    assert person not in text
    assert "Hatalı, atlanır" in lines[2]
    assert "E-posta (davet bu adrese gider): E-posta adresi" in lines[2]
    assert "Firma açıldı, davet gönderildi" in lines[3]
    assert LogEntry.objects.get().user == desk.user


def test_columns_stay_as_they_are_once_it_has_begun(desk: Desk) -> None:
    desk.begun(listed(1))
    assert desk.columns("email", "tax_number", "trade_name", "")["Location"] == desk.url()
    assert desk.batch.mapping["0"] == "trade_name"


def test_lists_are_the_partners_own_and_of_who_has_the_right(desk: Desk) -> None:
    desk.checked(listed(1))
    other = Desk(elsewhere())
    looks = signed_in(colleague("view_companyimport", partner=desk.partner))
    for name in ("columns", "start", "stop", "report"):
        assert other.client.post(desk.url(name)).status_code == 404
        assert looks.post(desk.url(name)).status_code == 403
    assert looks.get(reverse("admin:team_companyimport_add")).status_code == 403
    assert looks.get(desk.url()).status_code == 200
    assert other.client.get(desk.url()).status_code == 404
    into_another = SimpleUploadedFile("l.csv", listed(1).encode())
    answer = other.client.post(
        reverse("admin:team_companyimport_add"), {"partner": desk.partner.pk, "file": into_another}
    )
    assert answer.status_code == 422
    assert desk.batch.state == ImportState.CHECKED


def test_lists_go_after_their_time_and_never_while_they_are_done(desk: Desk) -> None:
    desk.checked(listed(1))
    kind = KINDS[DataKind.COMPANY_LISTS]
    assert RetentionRule.objects.get(kind=DataKind.COMPANY_LISTS).days == 30
    later = desk.batch.created_at + timedelta(days=1)
    kind.erase(kind.rows(later))
    assert not ImportRow.objects.exists()
    desk.begun(listed(1))
    assert not kind.rows(desk.batch.created_at + timedelta(days=1)).exists()
