"""Quotations as mail programs write them, in Turkish and English, as text: above, below and between the own words.

The attribution lines are those of the programs' own translations. The words quoted are never the sender's.
"""

from typing import Any

from tests.mails.make import BYE, IYS, LETTER_A, MEMBER, NUMBER_A, STRANGER, Corpus, passed
from tests.mails.ordinary import APPROVED
from tests.mails.tone import RECEIVED

TIED = f"In-Reply-To: {LETTER_A}\nReferences: {LETTER_A}\n"
ADA = f"Ada Yalın <{MEMBER}>"
OFFICE = f"İYS Ön Kayıt <{IYS}>"
AGO = "Sayın İYS,\n\nMektubumuzu ekte bulabilirsiniz. Başvurumuz reddedilmiştir diye duyduk.\n\nAda Yalın\n"
NOT_OURS = ["Mektubumuzu ekte", "reddedilmiştir", "Ada Yalın", "Mavi Deniz Turizm"]
LONG = (
    f'"Mavi Deniz Turizm Anonim Şirketi - Dijital Pazarlama ve Müşteri İlişkileri\nMüdürlüğü" <{MEMBER}>, 24 Kas 2026 '
    "Sal, 14:05 tarihinde\nşunu yazdı:\n\n"
)
# What stands above lines that begin with ">".
ATTRIBUTIONS = {
    "gmail": f"{ADA}, 24 Kas 2026 Sal, 14:05 tarihinde şunu yazdı:\n\n",
    "gmail-folded": f"Ada Yalın <\n{MEMBER}>, 24 Kas 2026 Sal, 14:05 tarihinde şunu\nyazdı:\n\n",
    "gmail-long-name": LONG,
    "gmail-english": f"On Tue, Nov 24, 2026 at 2:05 PM {ADA} wrote:\n\n",
    "gmail-english-folded": f"On Tue, Nov 24, 2026 at 2:05 PM Ada Yalın <\n{MEMBER}> wrote:\n\n",
    "apple-mac": f"{ADA} şunları yazdı (24 Kas 2026 14:05):\n\n",
    "apple-mac-new": f"24 Kas 2026 tarihinde 14:05 saatinde {ADA} şunları yazdı:\n\n",
    "apple-phone": f"Ada Yalın <{MEMBER}> şunları yazdı (24 Kas 2026 14:05):\n\n\ufeff",
    "apple-english": f"On 24 Nov 2026, at 14:05, {ADA} wrote:\n\n",
    "outlook-mac": f'"Ada Yalın" <{MEMBER}>, 24.11.2026 14:05 tarihinde şunu yazdı:\n\n',
    "thunderbird": "24.11.2026 14:05 tarihinde Ada Yalın yazdı:\n",
    "thunderbird-author-first": "Ada Yalın, 24.11.2026 14:05 tarihinde yazdı:\n",
    "thunderbird-author-alone": "Ada Yalın yazdı:\n",
    "thunderbird-english": "On 24.11.2026 14:05, Ada Yalın wrote:\n",
    "android": f"24 Kasım 2026 14:05:00 GMT+03:00 tarihinde {ADA} yazdı:\n",
    "roundcube": "24-11-2026 14:05, Ada Yalın yazmış:\n",
    "roundcube-english": "On 2026-11-24 14:05, Ada Yalın wrote:\n",
    "sogo": f"24 Kasım 2026 Salı 14:05 +03 tarihinde, {ADA} şunu yazdı:\n \n",
    "snappymail": f"24 Kasım 2026 14:05, {ADA} yazdı:\n",
    "horde": f"Alinti Ada Yalın <{MEMBER}>:\n\n",
    "horde-english": f"Quoting {ADA}:\n\n",
    "zoho": f"---- 24 Kas 2026 Sal, 14:05:00 +0300 tarihinde {ADA} şunu yazdı ----\n\n",
    "zoho-english": f"---- On Tue, 24 Nov 2026 14:05:00 +0300 {ADA} wrote ---\n\n",
    "yahoo": f"    24 Kasım 2026 Salı 14:05:00 GMT+3 tarihinde {ADA} şunu yazdı:  \n \n",
    "yandex": f'24.11.2026, 14:05, "Ada Yalın" <{MEMBER}>:\n',
    "mail-ru": f"Вторник, 24 ноября 2026, 14:05 +03:00 от {ADA}:\n \n",
    "proton": f"On Tuesday, November 24th, 2026 at 2:05 PM, {ADA} wrote:\n\n",
    "nobody": "",
}
LINE, RULE = "_" * 32, "\n________________________________\n"
BLOCK = f"Kimden: {ADA}\n{{date}}\nKime: {OFFICE}\n{{rest}}Konu: Ön başvuru\n\n"
# What stands above the quoted words where these bear no mark.
BLOCKS = {
    "outlook": BLOCK.format(date="Gönderildi: 24 Kasım 2026 Salı 14:05", rest="Bilgi: iys@kiyi.example\n"),
    "outlook-old": BLOCK.format(date="Gönderilme: Salı 24 Kasım 2026 14:05", rest=""),
    "outlook-web": RULE + BLOCK.format(date="Gönderildi: 24 Kasım 2026 Salı 14:05", rest=""),
    "outlook-new": BLOCK.format(date="Tarih: Salı, 24 Kasım 2026 14:05", rest="Cc: iys@kiyi.example\n"),
    "outlook-importance": BLOCK.format(date="Gönderildi: 24 Kasım 2026 Salı 14:05", rest="").replace(
        "Konu: Ön başvuru\n", "Konu: Ön başvuru\nÖnem Derecesi: Yüksek\n"
    ),
    "outlook-english": f"From: {ADA} \nSent: Tuesday, November 24, 2026 2:05 PM\nTo: {OFFICE}\nSubject: Ön başvuru\n\n",
    "outlook-folded": f"Kimden: {ADA}\nGönderildi: 24 Kasım 2026 Salı 14:05\nKime: {OFFICE};\n  satis@iys.org.tr\n"
    "Konu: Mavi Deniz Turizm Anonim Şirketi'nin İYS\n ön başvurusu\n\n",
    "outlook-2003": f"-----Özgün İleti-----\nKimden: Ada Yalın [mailto:{MEMBER}] \nGönderilme: 24 Kasım 2026 Salı "
    "14:05\nKime: İYS\nKonu: Ön başvuru\n\n",
    "k-9": f"-------- Özgün İleti --------\nKimden: {ADA}\nGönderilme: 24 Kasım 2026 14:05:00 GMT+03:00\nKime: {IYS}\n"
    "Konu: Ön başvuru\n\n",
    "sogo-outlook": f"-------- Orjinal İleti --------\nKonu: Ön başvuru\nTarih: 24 Kasım 2026\nGönderen: {ADA}\n"
    f"Alıcı: {IYS}\n\n\n",
    "samsung": f"-------- Orijinal mesaj --------\nGönderen: {ADA} \nTarih: 24.11.2026  14:05  (GMT+03:00) \nAlıcı: {IYS} "
    "\nKonu: Ön başvuru \n\n",
    "samsung-english": f"-------- Original message --------\nFrom: {ADA} \nDate: 24/11/2026  14:05  (GMT+03:00) \n"
    f"To: {IYS} \nSubject: Ön başvuru \n\n",
    "zimbra": f"----- Orijinal Mesaj -----\nKimden: {ADA}\nKime: {OFFICE}\nGönderilenler: 24 Kasım Salı 2026 14:05:00\n"
    "Konu: Ön başvuru\n\n",
    "notes": f'-----"Ada Yalın" <{MEMBER}> yazdı: -----\nKime: {IYS}\nKimden: "Ada Yalın" <{MEMBER}>\nTarih: 24.11.2026 '
    "14:05\nKonu: Ön başvuru\n\n",
    "notes-english": f'-----"Ada Yalın" <{MEMBER}> wrote: -----\nTo: {IYS}\nFrom: "Ada Yalın" <{MEMBER}>\n'
    "Date: 11/24/2026 02:05PM\nSubject: Ön başvuru\n\n",
}

MEMBERS: dict[str, Any] = {
    "sender": MEMBER,
    "results": passed("mavideniz.example"),
    "sender_authentication": "company",
}
STRANGERS: dict[str, Any] = {
    "sender": STRANGER,
    "results": passed("saldirgan.example"),
    "sender_authentication": "unverified",
}


def marked(words: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}".rstrip() + "\n" for line in words.splitlines())


def add_to(corpus: Corpus) -> None:
    told: dict[str, Any] = {
        "kind": "received",
        "outcome": "moves",
        "extra": TIED,
        "extracted": {"application_number": NUMBER_A},
        "title": "Ynt: Ön başvuru",
        "says": [RECEIVED],
        "says_not": NOT_OURS,
        "shows": [RECEIVED],
    }
    answer = f"Sayın Yetkili,\n\n{RECEIVED}{BYE}"
    for name, line in ATTRIBUTIONS.items():
        corpus.add(f"quoted-above-{name}", f"{answer}\n{line}{marked(AGO)}", **told)
    for name in ("gmail", "thunderbird", "thunderbird-english", "roundcube", "sogo", "android", "nobody"):
        corpus.add(f"quoted-below-{name}", f"{ATTRIBUTIONS[name]}{marked(AGO)}\n{answer}", **told)
    for name, block in BLOCKS.items():
        corpus.add(f"quoted-bare-{name}", f"{answer}\n\n{block}{AGO}", **told)
    deep = marked(f"Sayın Yetkili,\n\n{marked(AGO)}\nKonu hakkında: başvuru reddedilmiştir.\n")
    corpus.add("quoted-twice", f"{answer}\n{ATTRIBUTIONS['thunderbird']}{deep}", **told)
    corpus.add("quoted-tight-marks", f"{answer}\n{ATTRIBUTIONS['thunderbird']}{marked(AGO, '>')}", **told)
    corpus.add(
        "quoted-signature-dashes", f"{answer}\n-- \nDeniz Kaya\n\n{ATTRIBUTIONS['gmail']}{marked(AGO)}", **told
    )
    chain = BLOCKS["outlook"] + "Merhaba,\n\nBaşvuru reddedilmiştir.\n\n" + BLOCKS["outlook-english"] + AGO
    corpus.add("quoted-chain", f"{answer}\n\n{chain}", **told)
    line = ATTRIBUTIONS["thunderbird"]
    between = (
        f"{line}{marked('Belgelerimiz size ulaştı mı?')}\n{NUMBER_A} no'lu başvurunuz alınmıştır.\n\n"
        f"{marked('Kim inceleyecek? Başvurumuz reddedilmiştir diye duyduk.')}\nHesap yöneticilerimiz başvurunuzu "
        f"inceleyecektir.{BYE}"
    )
    both = [f"{NUMBER_A} no'lu başvurunuz alınmıştır.", "Hesap yöneticilerimiz başvurunuzu inceleyecektir."]
    # Whether answers between questions stand on their own is for a person to say.
    corpus.add(
        "quoted-between",
        between,
        kind="received",
        extra=TIED,
        title="Ynt: Ön başvuru",
        says=both,
        says_not=["Belgelerimiz size ulaştı", "reddedilmiştir"],
        shows=both,
    )
    _of_approvals(corpus)
    _no_quotation(corpus, told)


def _of_approvals(corpus: Corpus) -> None:
    """An approval that is only quoted acts for nobody: not in a firm's answer, a stranger's or İYS's own."""
    own = "Teşekkür ederiz, bilginiz olsun."
    held: dict[str, Any] = {
        "kind": "unknown",
        "extra": TIED,
        "title": "Ynt: Başvurunuz hakkında",
        "dangerous": True,
        "outcome": "person",
        "says": [own],
        "says_not": ["onaylanmıştır", "710497", "İYS Ön Kayıt"],
    }

    def by_office(line: str) -> str:
        return line.replace("Ada Yalın", "İYS Ön Kayıt").replace(MEMBER, IYS)

    for name in ("gmail", "apple-mac", "roundcube", "sogo", "snappymail", "yahoo", "mail-ru", "horde"):
        words = f"{own}\n\n{by_office(ATTRIBUTIONS[name])}{marked(APPROVED)}"
        corpus.add(f"quoted-approval-member-{name}", words, **held, **MEMBERS)
    for name in ("outlook-web", "outlook-new", "samsung", "k-9", "zimbra", "notes"):
        words = f"{own}\n\n{by_office(BLOCKS[name])}{APPROVED}"
        corpus.add(f"quoted-approval-stranger-{name}", words, **held, **STRANGERS)
    for name in ("thunderbird", "gmail-english"):
        words = f"{by_office(ATTRIBUTIONS[name])}{marked(APPROVED)}\n{own}\n"
        corpus.add(f"quoted-approval-above-{name}", words, **held, **STRANGERS)
    # İYS answers below its own older approval: what it says now is not that approval.
    asks = "Söz konusu iletimizle ilgili sorunuz ilgili birime aktarılmıştır."
    told = {**held, "says": [asks], "kind": None}
    corpus.add("quoted-approval-iys", f"{asks}{BYE}\n{by_office(BLOCKS['outlook'])}{APPROVED}", **told)
    corpus.add(
        "quoted-approval-alone",
        f"{by_office(ATTRIBUTIONS['gmail'])}{marked(APPROVED)}",
        **{**held, "says": [], "shows": ["Hizmet sağlayıcı"], "kind": None},
    )


def _no_quotation(corpus: Corpus, told: dict[str, Any]) -> None:
    """Lines that look like a quotation's beginning and are the writer's own."""
    plain = {**told, "says_not": []}
    reference = "İlgi: 24.11.2026 tarihli yazınız.\nKonu: Ön başvuru\nSayı: 2026/118\n\n"
    corpus.add(
        "quoted-not-official-letter",
        f"{reference}Sayın Yetkili,\n\n{RECEIVED}{BYE}",
        **plain,
    )
    corpus.add("quoted-not-a-rule", f"Sayın Yetkili,\n\n{LINE}\n{RECEIVED}\n{LINE}{BYE}", **plain)
    corpus.add("quoted-not-indented", f"    Sayın Yetkili,\n\n    {RECEIVED}{BYE}", **plain)
