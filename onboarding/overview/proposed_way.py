"""A way as it is proposed to a company: why this one, what it needs, and how long it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from onboarding.dossier import content
from onboarding.models import DocumentKind
from onboarding.ways import Because, Found, Way

# The one name of each way: of the answer that leads to it, of the card that proposes it, of the list of all.
TITLES: Mapping[Way, str] = {
    Way.ONLINE: "Çevrim içi başvuru (e-imzayla)",
    Way.MANUAL: "Manuel başvuru (belgelerle)",
    Way.APPLIED: "İYS'ye zaten başvurdum / İYSKodum var",
    Way.EXEMPT: "İYS'den muaf bir kuruluşuz (STK, dernek)",
    Way.SELF_MANAGED: "İYS süreçlerini kendimiz yöneteceğiz",
}
# In a list of all of them.
LINES: Mapping[Way, str] = {
    Way.ONLINE: (
        "Kâğıt ve kargo gerekmez. Hazırlayın: MERSİS numarası, kurumsal e-posta, imza yetkilisinin TCKN'si, cep "
        "telefonu ve e-imzası. MERSİS numarası olmayanlar ve yabancı uyruklu imza yetkilileri bu yolu kullanamaz."
    ),
    Way.MANUAL: (
        "Kaşeli ve imzalı taahhütnameyi kargoyla gönderirsiniz. Hazırlayın: imza sirküleri; MERSİS numaranız "
        "varsa ticaret sicil gazetesi, yoksa vergi levhası, nüfus cüzdanı fotokopisi ve varsa oda kayıt belgesi."
    ),
    Way.APPLIED: (
        "İYS'nin sitesinden (örneğin e-Devlet ile) başvurduysanız numaranızı ve gelen e-postayı bildirin; "
        "kaldığınız yerden sürdürün."
    ),
    Way.EXEMPT: "STK, dernek ve İYS'den muaf kurum/kuruluşlar. Tek iş var: muafiyet beyanı.",
    Way.SELF_MANAGED: (
        "İYS veri aktarım süreçlerini siz yönetirsiniz; sorumluluk firmanızda kalır. Tek iş var: sorumluluk "
        "beyanı."
    ),
}
REASONS: Mapping[Because, str] = {
    Because.NO_MERSIS: "MERSİS numarası olmayan firmalar çevrim içi başvuramaz; belgelerle başvurur.",
    Because.FOREIGN: "İmza yetkilisi yabancı uyrukluysa başvuru pasaport numarasıyla ve belgelerle yapılır.",
    Because.PAPER: "Taahhütname kâğıda imzalanır; aslını sonra İYS'ye kargolarsınız.",
    Because.ALL_AT_HAND: "MERSİS numaranız ve e-imzanız var: kâğıt ve kargo gerekmez.",
}
OF_SITUATION: Mapping[Way, str] = {
    Way.APPLIED: "İYS'ye başvurduğunuz için yeniden başvurmanız gerekmez.",
    Way.EXEMPT: "İYS'nin kapsamına girmeyen kuruluşlar kaydolmaz; bunu bir kez beyan eder. Başka iş yoktur.",
    Way.SELF_MANAGED: (
        "İYS'ye iys.org.tr adresinde kendiniz kaydolur, onaylı alıcılarınızı kendiniz aktarırsınız; burada "
        "yalnızca bunu bir kez beyan edersiniz."
    ),
}
NEEDS: Mapping[Way, tuple[str, ...]] = {
    Way.ONLINE: (
        "MERSİS numarası; MERSİS'teki bilgileriniz güncel olmalı",
        "Firmanızın kendi alan adında bir e-posta adresi (Gmail, Hotmail gibi adresler geçmez)",
        "İmza yetkilisinin T.C. kimlik numarası ve cep telefonu (doğrulama kodu gelir)",
        "E-imza ve PDF imzalayan bir program; imza için bilgisayar gerekir",
        "Ön başvuru onaylanınca: markalarınız ve her biriyle kaç alıcıya ulaştığınız",
        "Aynı sırada: geçen yıl her kanalda (mesaj, arama, e-posta) kaç gönderim, kaç yeni onay, kaç ret olduğu",
    ),
    Way.APPLIED: (
        "Ön başvuru numaranız ya da İYSKod'unuz",
        "Onu gösteren bir e-posta ya da belge",
        "Sonraki adımlarda: adres, telefon, vergi dairesi, imza yetkilisinin adı ve onaylı adres sayılarınız",
    ),
    Way.EXEMPT: ("Muafiyetinizin dayanağı (örneğin dernek kütük numarası)",),
    Way.SELF_MANAGED: (),
}
# The paper itself is made of what the company writes here.
STAMP = "Kaşe (taahhütnameyi portal hazırlar)"
# As counted on walks through the screens, with the papers at hand.
MINUTES: Mapping[Way, int] = {
    Way.ONLINE: 20,
    Way.MANUAL: 20,
    Way.APPLIED: 8,
    Way.EXEMPT: 3,
    Way.SELF_MANAGED: 3,
}
SIGNATURES: Mapping[Way, str] = {
    Way.ONLINE: "E-imza gerekir",
    Way.MANUAL: "E-imza gerekmez",
    Way.APPLIED: "Başvuru için imza gerekmez; iş ortağı atamasını İYS panelinden yapar ya da formunu imzalarsınız",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    way: Way
    reason: str
    needs: tuple[str, ...]

    @property
    def title(self) -> str:
        return TITLES[self.way]

    @property
    def line(self) -> str:
        return LINES[self.way]

    @property
    def minutes(self) -> int:
        return MINUTES[self.way]

    @property
    def signature(self) -> str:
        return SIGNATURES.get(self.way, "İmza gerekmez")


def every() -> tuple[Proposal, ...]:
    """All ways, for whoever would rather choose."""
    return tuple(Proposal(way, "", NEEDS.get(way, ())) for way in Way)


def proposal(found: Found, *, has_mersis: bool | None) -> Proposal:
    reason = OF_SITUATION[found.way] if found.because is Because.SITUATION else REASONS[found.because]
    return Proposal(
        found.way, reason, _papers(has_mersis=has_mersis) if found.way is Way.MANUAL else NEEDS[found.way]
    )


def _papers(*, has_mersis: bool | None) -> tuple[str, ...]:
    asked = content.WITH_MERSIS if has_mersis else content.WITHOUT_MERSIS
    return tuple(
        STAMP if kind is DocumentKind.UNDERTAKING else f"{kind.label}{'' if required else ' (varsa)'}"
        for kind, required in asked.items()
    )
