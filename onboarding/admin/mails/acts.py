"""What staff may decide about a mail beside what it says; every decision keeps a reason."""

from collections.abc import Sequence

from correspondence.incoming import decisions
from correspondence.models import Mail
from onboarding.mail import triage
from tenancy.admin.base import Act

FILING: Act[Mail] = Act(
    name="dosyala",
    label="Yapılacak bir şey yok, dosyala",
    done="E-posta dosyalandı",
    help="İlgisizse ya da kimsenin bir şey yapması gerekmiyorsa.",
    verb=lambda mail, reason, by: decisions.file_away(mail=mail, note=reason, by=by),
    offered=decisions.is_undecided,
)
ACTS: Sequence[Act[Mail]] = (
    Act(
        name="geri-al",
        label="Geri al",
        done="Yanıt geri alındı",
        help="Adım, bu e-postadan önceki durumuna döner. Firmaya bildirildiyse nedeniyle birlikte düzeltme gider.",
        verb=lambda mail, reason, by: triage.take_back(mail=mail, reason=reason, by=by),
        offered=triage.may_take_back,
    ),
    Act(
        name="erken-geri",
        label="Erken kararı geri al",
        done="Erken karar geri alındı",
        help="Karar uygulanmaz; e-posta yeniden karar bekler.",
        verb=lambda mail, reason, by: triage.take_back_early(mail=mail, reason=reason, by=by),
        offered=triage.may_take_back_early,
    ),
    Act(
        name="ele-al",
        label="Yeniden ele al",
        done="E-posta yeniden karar bekliyor",
        help="E-posta yeniden karar bekler.",
        verb=lambda mail, reason, by: decisions.reopen(mail=mail, reason=reason, by=by),
        offered=decisions.may_reopen,
    ),
    FILING,
    Act(
        name="ayir",
        label="Firmadan ayır",
        done="E-posta firmadan ayrıldı",
        help="Yanlış firmaya eklendiyse; firma bu e-postayı artık görmez.",
        verb=lambda mail, reason, by: decisions.detach(mail=mail, reason=reason, by=by),
        offered=decisions.may_detach,
    ),
)
