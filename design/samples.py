"""What the page of all components shows in them: invented, and of the same kinds as on the real pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

from design.icons import PATHS
from onboarding.models import Application, ApplicationForm
from onboarding.overview.board import Board, NextThing, StepCard
from onboarding.overview.threads import ThreadItem
from onboarding.steps import STEPS
from partners.models import Partner
from tenancy.models import Company
from tenancy.roles import Role
from verification.codes import Waiting

FIRM = "Mavi Deniz Turizm Seyahat Acenteliği ve Dış Ticaret Anonim Şirketi"
TONES = ("", "success", "warn", "danger")
LETTER = "Sayın Yetkili,\n\nÖn başvuru bilgilerimiz aşağıda, belgelerimiz ektedir.\n\nSaygılarımızla,\nMavi Deniz"


def finished() -> Application:
    application = Application(iys_code="710482")
    application.application_form = ApplicationForm(application=application)
    return application


class SampleForm(forms.Form):
    """Each kind of field once. Nothing that is typed here goes anywhere."""

    trade_name = forms.CharField(label="Ticaret unvanı", help_text="Ticaret sicilindeki gibi, kısaltmadan.")
    email = forms.EmailField(label="Kurumsal e-posta", required=False)
    province = forms.ChoiceField(label="İl", choices=[("35", "İzmir"), ("34", "İstanbul")])
    since = forms.DateField(label="Tarih", widget=forms.DateInput(attrs={"type": "date"}))
    remark = forms.CharField(label="Açıklama", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    mersis = forms.ChoiceField(
        label="MERSİS numaranız var mı?",
        choices=[("yes", "Evet, var"), ("no", "Hayır, yok")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Okudum, onaylıyorum")
    number = forms.CharField(label="Portal başvuru no", disabled=True, initial="P-7KQ4MX", required=False)


def steps(done: int) -> tuple[StepCard, ...]:
    """The six of them, the first ones done."""
    verdicts = ["done"] * done + ["open"] + ["locked"] * (len(STEPS) - done - 1)
    return tuple(
        StepCard(
            number=step.number,
            key=step.key,
            title=step.title,
            verdict=verdict,
            state="",
            note={"done": "Tamamlandı", "open": "Formu doldurun"}.get(
                verdict, f"{step.number - 1}. adım bitince açılır"
            ),
            is_current=verdict == "open",
            since=timezone.now() - timedelta(days=9 - step.number),
            stale=False,
            waited=3,
            expected="Genellikle 2 iş günü sürer." if verdict == "open" else "",
        )
        for step, verdict in zip(STEPS, verdicts, strict=False)
    )


def board(done: int, headline: str, turn: str, *, mine: bool) -> Board:
    cards = steps(done)
    following = None
    if done < len(STEPS):
        following = NextThing(
            cards[done], headline, turn, mine=mine, reason="", is_iyss=False, remarks=(), held=False
        )
    return Board(
        reference="P-7KQ4MX",
        steps=cards,
        next=following,
        finished=following is None,
        closed=False,
        closing="",
        closing_reason="",
        where=headline if following is None else f"6 adımdan {done + 1}. adımdasınız.",
        marks=(),
    )


def thread() -> list[ThreadItem]:
    sent = ThreadItem(
        who="Siz",
        subject="Mavi Deniz – İYS ön başvuru bilgi ve belgeleri",
        detail="onkayit@iys.org.tr · 3 belge ekli",
        when=timezone.now(),
        badge="gönderildi",
        tone="success",
        letter_id="00000000-0000-0000-0000-000000000000",
    )
    answered = replace(
        sent, who="İYS", subject="Başvurunuz alınmıştır", detail="Ön başvuru no: MX3ZB5JA", badge="alındı"
    )
    return [
        answered,
        sent,
        replace(sent, badge="sırada", tone="", subject="Sırada bekleyen mektup"),
        replace(sent, badge="gönderilemedi", tone="danger", subject="Gönderilemeyen mektup"),
        replace(answered, badge="doğrulanmadı", tone="warn", subject="Doğrulanmamış e-posta"),
    ]


def request_of(*names: str) -> SimpleNamespace:
    """As much of a request as the company's bar reads."""
    companies = [Company(trade_name=name) for name in names]
    memberships = [SimpleNamespace(company_id=each.pk, company=each) for each in companies]
    here = SimpleNamespace(view_name="onboarding:board")
    return SimpleNamespace(company=companies[0], memberships=memberships, method="POST", resolver_match=here)


def context() -> Mapping[str, Any]:
    wrong = SampleForm({"trade_name": "", "email": "bilgi@", "province": "35", "mersis": ""})
    wrong.is_valid()
    offers = SimpleNamespace(mine=True, who="", later_brand=True)
    titles = ("Bilgiler", "Belgeler", "İmza", "Gönderim")
    return {
        "photographed": SimpleNamespace(kind="", pk="-", page_numbers=range(1, 4)),
        "icons": PATHS,
        "tones": TONES,
        "form": SampleForm(initial={"trade_name": FIRM, "mersis": "yes"}),
        "wrong": wrong,
        "offers": offers,
        "go_on": "onboarding:pre_application",
        "boards": [
            ("Sıra sizde", board(0, "Formu doldurun", "Sıra sizde", mine=True)),
            ("Bekleniyor", board(1, "İYS başvurunuzu inceliyor", "Sıra İYS'de", mine=False)),
            ("Bitti", board(6, "Bütün adımlar tamamlandı.", "", mine=False)),
        ],
        "application": finished(),
        "stages": list(zip(titles, ("done", "current", "todo", "todo"), strict=True)),
        "thread": thread(),
        "draft": SimpleNamespace(
            address=SimpleNamespace(to=["onkayit@iys.org.tr"], cc=["t-a1b2c3@takip.portal.example"]),
            body=SimpleNamespace(subject="Mavi Deniz – İYS ön başvuru bilgi ve belgeleri"),
        ),
        "letter": LETTER,
        "one_company": request_of(FIRM),
        "two_companies": request_of(FIRM, "Kuzey Işığı Gıda Limited Şirketi"),
        "look": SimpleNamespace(
            company=FIRM,
            get_role_display=Role.OWNER.label,
            ends_at=timezone.now(),
            reason="Telefonda: yükleme düğmesini bulamıyor",
        ),
        "company": Company(trade_name=FIRM, tax_number="6140881534"),
        "provider": Partner(support_phone="0850 555 01 01"),
        "code": Waiting("defne@mavideniz.example", timezone.now() + timedelta(minutes=4), 45, 3, failure=""),
        "tracking": "t-a1b2c3@takip.portal.example",
        "checks": [
            SimpleNamespace(outcome="passed", sentence="Dosya, portalın verdiği taahhütnamedir."),
            SimpleNamespace(outcome="failed", sentence="İmza, adı yazılı kişinin değil."),
            SimpleNamespace(outcome="not_made", sentence="Sertifikanın iptal edilip edilmediğine bakılamadı."),
        ],
        "packs": [
            (
                "hazırlanıyor",
                SimpleNamespace(at_work=True, get_state_display="Hazırlanıyor", total=12, done=5, progress=5),
            ),
            ("hazırlanamadı", SimpleNamespace(at_work=False, state="failed", why="Bir belge açılamadı.")),
            ("henüz yok", None),
        ],
        "pack": SimpleNamespace(
            at_work=False,
            made_at=timezone.now(),
            files={"pdf": SimpleNamespace(name="kanit-P-7KQ4MX.pdf", size=482_113, sha256="4f" * 32)},
        ),
    }
