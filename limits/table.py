"""Every quota with its measures: for whom, how many, in which window. The one place of these numbers. PURE.

A measure is written `quota.scope.window`. QUOTAS in the environment gives some of them another number. The numbers
are far above a long day of honest work (an agency that brings thirty companies from one address, a company with
thirty brands) and far below what does harm.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Self

MEGABYTE = 2**20


class Scope(StrEnum):
    """For whom is counted. ADDRESS is where a request comes from; TARGET whom or what it is about: the mailbox or
    the telephone that a letter goes to, the link that is used; PAIR a TARGET as one ADDRESS asks for it."""

    PERSON = "person"
    COMPANY = "company"
    PARTNER = "partner"
    ADDRESS = "address"
    TARGET = "target"
    PAIR = "pair"


class Window(StrEnum):
    """It opens with the first use."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def length(self) -> timedelta:
        return {
            Window.MINUTE: timedelta(minutes=1),
            Window.HOUR: timedelta(hours=1),
            Window.DAY: timedelta(days=1),
        }[self]


class Quota(StrEnum):
    """What is counted; `says` is how its refusal begins."""

    says: str

    def __new__(cls, value: str, says: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member

    SIGN_UPS = "sign_ups", "Bu bağlantıdan kısa sürede çok sayıda hesap açıldı."
    PASSWORD_GUESSES = (
        "password_guesses",
        "Çok sayıda yanlış deneme yapıldı. Hesap sizinse şifrenizi yenileyin, bu tarayıcıdan hemen girersiniz.",
    )
    FACTOR_GUESSES = "factor_guesses", "Çok sayıda yanlış doğrulama kodu yazıldı."
    CODE_GUESSES = "code_guesses", "Çok sayıda yanlış kod yazıldı."
    GUESSES_OF_A_DEVICE = "guesses_of_a_device", "Bu tarayıcıdan çok sayıda yanlış deneme yapıldı."
    TOTP_USES = "totp_uses", "Bu kod kullanıldı."
    RESETS = "resets", "Kısa sürede çok sayıda şifre yenileme istendi."
    ACCOUNT_MAILS = "account_mails", "Bu e-posta adresine kısa sürede çok sayıda ileti gönderildi."
    NEW_ADDRESSES = "new_addresses", "Kısa sürede çok sayıda e-posta adresi eklendi."
    NEW_COMPANIES = "new_companies", "Kısa sürede çok sayıda firma açıldı."
    LISTED_COMPANIES = "listed_companies", "Bir günde listeden açılabilecek firma sayısına ulaşıldı."
    FOUNDING_PAPERS = "founding_papers", "Kısa sürede çok sayıda belge seçildi."
    TAX_NUMBERS = "tax_numbers", "Vergi kimlik numarası çok kez değiştirildi."
    INVITATIONS = "invitations", "Kısa sürede çok sayıda davet gönderildi."
    LINKS = "links", "Kısa sürede çok sayıda bağlantı gönderildi."
    CODES = "codes", "Kısa sürede çok sayıda kod istendi."
    SMS = "sms", "Kısa sürede çok sayıda SMS istendi."
    SMS_NOTICES = "sms_notices", "Bir günde gönderilebilecek SMS bildirimine ulaşıldı."
    UPLOADS = "uploads", "Kısa sürede çok sayıda dosya yüklendi."
    UPLOAD_BYTES = "upload_bytes", "Bir günde yüklenebilecek dosya boyutuna ulaşıldı."
    LINK_UPLOADS = "link_uploads", "Bu bağlantıdan kısa sürede çok sayıda dosya yüklendi."
    LINK_UPLOAD_BYTES = "link_upload_bytes", "Bu bağlantıdan bir günde yüklenebilecek dosya boyutuna ulaşıldı."
    STAFF_UPLOADS = "staff_uploads", "Kısa sürede çok sayıda dosya yüklediniz."
    MAIL_UPLOADS = "mail_uploads", "Kısa sürede çok sayıda e-posta yüklendi."
    SIGNATURES = "signatures", "Kısa sürede çok sayıda imzalı dosya denendi."
    REGISTRY_QUERIES = "registry_queries", "Kısa sürede çok sayıda sicil sorgusu yapıldı."
    STATUS_FAILURES = "status_failures", "Çok sık sorgulandı."
    LINK_FAILURES = "link_failures", "Çok sayıda geçersiz bağlantı denendi."
    QUESTIONS = "questions", "Son bir saatte çok sayıda ileti gönderdiniz; yazdığınız burada duruyor."
    TRIALS = "trials", "Kısa sürede çok sayıda deneme yapıldı."
    LETTERS = "letters", "Bir günde gönderilebilecek mektup sayısına ulaşıldı."
    LETTERS_TO_IYS = "letters_to_iys", "İYS'ye bir günde gönderilebilecek mektup sayısına ulaşıldı."


DEFAULTS: Mapping[str, int] = {
    # Accounts. From one address: an office or a mobile network, behind which many honest people sit.
    "sign_ups.address.minute": 6,
    "sign_ups.address.hour": 30,
    "sign_ups.address.day": 100,
    "sign_ups.partner.day": 2000,
    # Wrong passwords and codes of browsers that were never signed in as the person; a known one has its own count.
    "password_guesses.pair.hour": 10,
    "password_guesses.target.hour": 30,
    "password_guesses.target.day": 100,
    "password_guesses.address.hour": 40,
    "factor_guesses.pair.hour": 10,
    "factor_guesses.target.hour": 20,
    "factor_guesses.target.day": 50,
    "code_guesses.pair.hour": 15,
    "code_guesses.target.day": 60,
    "guesses_of_a_device.target.hour": 10,
    # A code of an authenticator app counts once, and for 90 seconds (MFA_TOTP_TOLERANCE).
    "totp_uses.target.hour": 1,
    "account_mails.target.hour": 10,
    "account_mails.target.day": 25,
    "resets.target.hour": 5,
    "resets.address.minute": 6,
    "resets.address.day": 100,
    "new_addresses.person.hour": 6,
    "new_addresses.target.day": 10,
    # Companies. Whoever tries tax numbers learns which are here already.
    "new_companies.person.hour": 10,
    "new_companies.person.day": 30,
    "new_companies.address.day": 100,
    "new_companies.partner.day": 1000,
    # From lists that support brings: they take nothing from who founds a company, and leave two thirds of the
    # invitations to the companies themselves.
    "listed_companies.partner.day": 500,
    # A vergi levhası that is read before there is a company whose uploads could be counted.
    "founding_papers.person.hour": 20,
    "founding_papers.person.day": 60,
    "founding_papers.address.day": 300,
    "founding_papers.partner.day": 3000,
    # Of these also what a page saves by itself while somebody types.
    "tax_numbers.company.day": 100,
    # Letters to people who did not ask for one.
    "invitations.company.hour": 30,
    "invitations.company.day": 60,
    "invitations.person.day": 120,
    "invitations.address.day": 200,
    "invitations.partner.day": 1500,
    "invitations.target.day": 20,
    "links.company.hour": 15,
    "links.company.day": 40,
    "links.person.day": 120,
    "links.address.day": 200,
    "links.partner.day": 1500,
    "links.target.hour": 6,
    "links.target.day": 20,
    # Codes, on top of how soon after one another they may come (CODE_RESEND_SECONDS, CODE_RESENDS).
    "codes.company.day": 30,
    "codes.person.day": 100,
    "codes.target.day": 15,
    "codes.address.minute": 5,
    "codes.address.day": 200,
    "sms.company.day": 15,
    "sms.target.day": 10,
    "sms.address.day": 100,
    "sms.partner.day": 2000,
    # That it is the company's turn, beside the letter. What is more is dropped: the letter has told it.
    "sms_notices.company.day": 60,
    "sms_notices.target.day": 12,
    "sms_notices.partner.day": 4000,
    # Files. A minute's measure stops a program; a hand chooses forty photos of pages at once.
    "uploads.company.minute": 60,
    "uploads.company.day": 200,
    "uploads.partner.day": 20_000,
    "upload_bytes.company.day": 500 * MEGABYTE,
    "upload_bytes.partner.day": 20_000 * MEGABYTE,
    "link_uploads.target.hour": 10,
    "link_uploads.target.day": 20,
    "link_uploads.address.hour": 60,
    "link_upload_bytes.target.day": 60 * MEGABYTE,
    "staff_uploads.person.minute": 60,
    "staff_uploads.person.day": 2000,
    "mail_uploads.company.hour": 30,
    # Each verification may ask an authority about revocation; a registry is not ours to be asked at will.
    "signatures.company.hour": 30,
    "registry_queries.company.hour": 20,
    # What was asked and did not fit; what did is not counted.
    "status_failures.address.minute": 5,
    "status_failures.address.day": 60,
    "link_failures.address.minute": 30,
    "questions.person.hour": 20,
    "trials.company.hour": 10,
    "trials.company.day": 30,
    # At the mail servers, retries counted again. What is more waits; codes and resets are not among them.
    "letters.company.day": 200,
    "letters.partner.day": 4000,
    "letters_to_iys.company.day": 40,
    "letters_to_iys.partner.day": 400,
}


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    scope: Scope
    limit: int
    window: timedelta


def read(entries: Iterable[str]) -> dict[str, int]:
    """The table with other numbers, written `quota.scope.window=number`. Raises ValueError for what is none."""
    numbers = dict(DEFAULTS)
    for entry in entries:
        name, equals, number = entry.partition("=")
        if name.strip() not in DEFAULTS:
            raise ValueError(f"{entry!r} names no measure of limits/table.py")
        if not equals or not number.strip().isdecimal():
            raise ValueError(f"{entry!r} is not like {name.strip()}={DEFAULTS[name.strip()]}")
        numbers[name.strip()] = int(number)
    return numbers


def measures(quota: Quota, numbers: Mapping[str, int]) -> Iterator[Measure]:
    """Those of a quota in the table's order, which is the order in which their rows are locked."""
    for name, limit in numbers.items():
        of, scope, window = name.split(".")
        if of == quota:
            yield Measure(name, Scope(scope), limit, Window(window).length)
