"""What comes next while somebody else than the company has the turn; for letters and screens."""

from collections.abc import Mapping

_TO_IYS = "Mektup İYS'ye ulaşınca başvurunuzun durumunu 2. adımda izlersiniz."
_ANSWER = "İYS onaylarsa İYSKod ve BrandKod'larınız gelir (3. adım); düzeltme isterse ne gerektiğini size yazarız."
_OFFER = "İYS teklifini ve ödeme bağlantısını gönderir; teklif gelince burada açıp onaylarsınız."
_ASSIGNED = "İYS atamayı onaylayınca son adıma geçersiniz: İYS bilgilerinizin beyanı (6. adım)."
_AGAIN = "Gönderimi düzeltip mektubu yeniden yollarız."
NEXT: Mapping[str, Mapping[str, str]] = {
    "pre_application": {
        "submitted": "Uygun bulunursa mektubunuzu İYS'ye göndeririz; eksik varsa sizden isteriz.",
        "reviewing": (
            "Uygun bulunursa e-postanıza “Başvuruya Devam Et” bağlantısı gelir, markalarınızı ve geçen yılın "
            "sayılarını girersiniz; eksik varsa sizden isteriz."
        ),
        "final_review": "Uygun bulunursa mektubunuzu İYS'ye göndeririz; eksik varsa sizden isteriz.",
        "evidence_review": (
            "İYS başvurunuzu onayladıysa kodlarınızı onaylarsınız (3. adım); onaylamadıysa yanıtını bekleriz."
        ),
        "sending": _TO_IYS,
        "send_failed": f"{_AGAIN} {_TO_IYS}",
    },
    "status_query": {
        "waiting": _ANSWER,
        "received": _ANSWER,
        "resent": _ANSWER,
        "changes_asked": "Neyin düzeltileceğini belirleyip yalnızca o alanları size açar, yazarız.",
        "re_review": "Uygun bulunursa düzeltmenizi İYS'ye göndeririz; eksik kalırsa sizden isteriz.",
        "resending": "Düzeltmeniz İYS'ye ulaşınca yanıtını bekleriz.",
        "refused": "Nedenini İYS ile görüşüp size yazarız; gerekirse yeniden başvurmanız için yolu açarız.",
    },
    "code_receipt": {
        "waiting": "Kodlar gelince size gösteririz; doğruysa bir tıkla onaylarsınız.",
        "differences": "Farkları İYS ile çözüp kodları yeniden onayınıza sunarız.",
    },
    "package_contract": {
        "sending": _OFFER,
        "send_failed": f"{_AGAIN} {_OFFER}",
        "requested": _OFFER,
        "paid_claimed": "Ödemeniz doğrulanınca iş ortağı atamasına (5. adım) geçersiniz.",
    },
    "partner_assignment": {
        "form_review": "Uygun bulunursa formunuzu İYS'ye göndeririz; eksik varsa sizden isteriz.",
        "sending": _ASSIGNED,
        "send_failed": f"{_AGAIN} {_ASSIGNED}",
        "sent": _ASSIGNED,
        "claimed": "Atamanızı İYS'de görünce son adıma geçersiniz: İYS bilgilerinizin beyanı (6. adım).",
    },
    "panel_settings": {},
}


def words(step: str, state: str) -> str:
    """Empty where the company has the turn, or nobody."""
    return NEXT[step].get(state, "")
