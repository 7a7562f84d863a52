"""Step 3, İYSKod alınması (guide, "3. Adım"): İYS's number of the company and of each brand."""

from dataclasses import replace

from journal.parties import Party
from onboarding.machine import State, move, step

COMPANY, STAFF, IYS, SYSTEM = Party.COMPANY, Party.STAFF, Party.IYS, Party.SYSTEM


class CodeReceipt(State):
    WAITING = "waiting"
    AT_COMPANY = "at_company"
    READ = "read"
    DIFFERENCES = "differences"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


S = CodeReceipt

AWAITED = (S.WAITING, S.AT_COMPANY)  # no codes are here yet

CODE_RECEIPT = step(
    3,
    "code_receipt",
    "İYSKod alınması",
    initial=S.WAITING,
    turns={S.WAITING: IYS, S.AT_COMPANY: COMPANY, S.READ: COMPANY, S.DIFFERENCES: STAFF},
    done=S.CONFIRMED,
    stopped=(),
    withdrawn=S.WITHDRAWN,
    labels={
        S.WAITING: "İYS'den kodlarınız bekleniyor",
        S.AT_COMPANY: "İYS'nin size gönderdiği kodları yazın",
        S.READ: "Kodlarınız onayınızı bekliyor",
        S.DIFFERENCES: "Kodlar destek ekibince inceleniyor",
        S.CONFIRMED: "Kodlarınız onaylandı",
        S.WITHDRAWN: "Başvuru geri çekildi",
    },
    support_labels={
        S.WAITING: "İYS'den kodlar bekleniyor",
        S.AT_COMPANY: "Kodları İYS firmaya yazmış, firmanın yazması bekleniyor",
        S.READ: "Kodlar geldi, firmanın onayı bekleniyor",
        S.DIFFERENCES: "Kodlarda fark var, karar bekliyor",
        S.CONFIRMED: "Firma kodları onayladı",
        S.WITHDRAWN: "Firma başvuruyu geri çekti",
    },
    moves=(
        # To whoever applied at its own site İYS writes there: no mail need bring the codes here.
        move("ask_company", "Kodlar firmadan istendi", S.WAITING, S.AT_COMPANY, SYSTEM),
        move("read", "Kodlar okundu", (S.WAITING, S.AT_COMPANY, S.READ, S.DIFFERENCES), S.READ, IYS),
        # İYS approves anew what staff had reopened: its codes are confirmed anew, too.
        replace(
            move("read_anew", "Kodlar yeniden okundu", S.CONFIRMED, S.READ, SYSTEM),
            clears_stale=True,
            only_stale=True,
        ),
        move("type", "Kodları kendim yazacağım", (S.WAITING, S.AT_COMPANY, S.READ), S.READ, COMPANY),
        move("confirm", "Doğru, onaylıyorum", S.READ, S.CONFIRMED, COMPANY),
        move("dispute", "Destek ekibine sor", S.READ, S.DIFFERENCES, COMPANY, reason_required=True),
        move("clash", "Kod başka bir kayıtta da var", S.READ, S.DIFFERENCES, SYSTEM, reason_required=True),
        move("settle", "Farkları çözdüm", S.DIFFERENCES, S.READ, STAFF, reason_required=True),
    ),
)
