"""Telephones, places, web sites, mail and KEP addresses: ten thousand good ones pass, ten thousand spoilt do not.

The good ones are put together by the rules themselves, never by the code under test.
"""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from identifiers import Refused, email, former_places, kep, phone, places, turkish, web

MANY = 10_000
# Numbering plan of BTK: operators' prefixes of mobile numbers, area codes of provinces.
MOBILE = [
    *(f"50{each}" for each in "1567"),
    *(f"53{each}" for each in "0123456789"),
    *(f"54{each}" for each in "123456789"),
    *(f"55{each}" for each in "12345"),
]
AREAS = ["212", "216", "224", "232", "242", "262", "264", "276", "312", "322", "342", "362", "412", "442", "462"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
WRITTEN: tuple[Callable[[str], str], ...] = (
    lambda number: f"0{number}",
    lambda number: number,
    lambda number: f"+90 {number}",
    lambda number: f"0090 {number[:3]} {number[3:]}",
    lambda number: f"0({number[:3]}) {number[3:6]} {number[6:8]} {number[8:]}",
    lambda number: f"0 {number[:3]}-{number[3:6]}-{number[6:]}",
)


def word(random: Random, letters: str = LETTERS, longest: int = 12) -> str:
    return "".join(random.choices(letters, k=random.randint(1, longest)))


def inserted(text: str, what: str, random: Random, *, first: int = 0) -> str:
    at = random.randint(first, len(text) - 1)
    return text[:at] + what + text[at:]


def subscribers(random: Random) -> Iterator[tuple[str, bool]]:
    """Ten digits without the zero, and whether it is a mobile telephone's."""
    for _ in range(MANY):
        mobile = random.random() < 0.5
        first = random.choice(MOBILE) if mobile else random.choice(AREAS) + random.choice("23456789")
        yield first + "".join(random.choices("0123456789", k=10 - len(first))), mobile


def test_telephone_numbers() -> None:
    random = Random(3)
    for number, mobile in subscribers(random):
        assert phone.clean(random.choice(WRITTEN)(number), mobile=mobile) == f"+90{number}"
        if not mobile:
            with pytest.raises(Refused):
                phone.clean(number, mobile=True)
        spoilt = random.choice(
            [
                f"0{number[:-1]}",
                f"0{number}{random.randint(0, 9)}",
                f"0{inserted(number, random.choice('OolIşx'), random)}",
                f"01{number[1:]}",
            ]
        )
        with pytest.raises(Refused):
            phone.clean(spoilt)


def test_districts_of_their_own_province_and_of_others() -> None:
    random = Random(5)
    provinces = list(places.PROVINCES)
    cases: tuple[Callable[[str], str], ...] = (str, turkish.upper, turkish.lower, lambda name: f"  {name} ")
    for _ in range(MANY):
        province, other = random.sample(provinces, 2)
        district = random.choice(places.PROVINCES[province])
        typed = [random.choice(cases)(name) for name in (province, district)]
        assert places.clean(*typed) == (province, district)
        foreign = random.choice(places.PROVINCES[other])
        if foreign not in {*places.PROVINCES[province], *former_places.DISTRICTS.get(province, ())}:
            with pytest.raises(Refused):
                places.clean(province, foreign)
        with pytest.raises(Refused):
            places.clean(province, inserted(district, random.choice("xq7"), random))


def host(random: Random, letters: str = LETTERS) -> str:
    names = [word(random, letters) for _ in range(random.randint(1, 3))]
    return ".".join([*names, random.choice(["example", "com.tr", "org", "tr"])])


def test_web_sites() -> None:
    random = Random(13)
    for _ in range(MANY):
        name = host(random, LETTERS + "çğıöşü")
        path = "".join(f"/{word(random)}" for _ in range(random.randint(0, 2)))
        scheme = random.choice(["https://", "http://", ""])
        assert (
            web.clean(f" {scheme}{name}{path}{random.choice(['', '/'])} ") == f"{scheme or 'https://'}{name}{path}"
        )
        spoilt = random.choice(
            [
                inserted(name, " ", random, first=1),
                name.replace(".", "..", 1),
                f"-{name}",
                name.partition(".")[0],
                f"{word(random, letters='ghjkl')}ftp://{name}",
                inserted(name, random.choice("_!$,"), random),
                f"biri@{name}",
            ]
        )
        with pytest.raises(Refused):
            web.clean(spoilt)


def addresses(random: Random, domain: Callable[[], str]) -> Iterator[tuple[str, str]]:
    """A good address and a spoilt one."""
    for _ in range(MANY):
        local, at = ".".join(word(random) for _ in range(random.randint(1, 2))), domain()
        bad = random.choice(
            [
                f"{local}{at}",
                f"{local}@@{at}",
                f"@{at}",
                f"{local}@",
                inserted(f"{local}@{at}", random.choice(' <>"\n,;'), random, first=1),
                inserted(f"{local}@{at}", random.choice("çğıİöşü"), random),
                f"{local}@{at.replace('.', '..', 1)}",
            ]
        )
        yield f"{local}@{at}", bad


def test_mail_addresses() -> None:
    random = Random(17)
    for good, bad in addresses(random, lambda: host(random)):
        local, _at, domain = good.partition("@")
        assert email.clean(f" {local}@{domain.upper()} ") == good
        with pytest.raises(Refused):
            email.clean(bad)


def test_kep_addresses() -> None:
    random = Random(19)

    def provider() -> str:
        own = f"{word(random)}." if random.random() < 0.5 else ""
        return f"{own}hs{random.randint(1, 9):02}.kep.tr"

    for good, bad in addresses(random, provider):
        local, _at, domain = good.partition("@")
        assert kep.clean(f" {local}@{domain.upper()}") == good
        with pytest.raises(Refused):
            kep.clean(bad)
        elsewhere = random.choice(
            ["hs1.kep.tr", "hs01.kep.com.tr", "hs01.kep.tr.example", "kep.tr", "firma.example"]
        )
        with pytest.raises(Refused, match="KEP adresi değil"):
            kep.clean(f"{word(random)}@{elsewhere}")
