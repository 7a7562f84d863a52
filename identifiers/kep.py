"""KEP address: registered electronic mail, where official letters reach a company with proof. PURE.

The name of a mailbox of one of the licensed providers: hs01.kep.tr and so on, companies often with a name of
their own before it (BTK, Kayıtlı Elektronik Posta Rehberi ve Kayıtlı Elektronik Posta Hesabı Adreslerine
İlişkin Tebliğ).
"""

import re

from identifiers import Refused, email

EXAMPLE = "firmaniz@hs01.kep.tr"
_PROVIDER = re.compile(r"(?:[a-z0-9-]+\.)*hs\d{2}\.kep\.tr")


def clean(text: str) -> str:
    """The address with its domain in lower case. Raises Refused."""
    address = email.clean(text, like=EXAMPLE)
    if not _PROVIDER.fullmatch(email.domain(address)):
        raise Refused(
            f"Bu bir KEP adresi değil; KEP adresi {EXAMPLE} gibi bir KEP sağlayıcısıyla biter. "
            "KEP adresiniz yoksa boş bırakın."
        )
    return address
