"""Identity numbers in the database: encrypted, with a blind index beside them, and never in clear.

A blind index is an HMAC-SHA256 of the number: equal numbers are found by it, and without the key nobody can try
all TCKN against it. Its keys are derived from FIELD_KEYS and rotate with them: the first key writes, all are
looked for, and `manage.py rotate_keys` writes every index anew. So nothing has to be known about it beside the
keys.
"""

import hmac
from base64 import b32encode
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from identifiers.masking import is_persons, mask, masked
from tenancy.encryption import EncryptedTextField

# What a person's number begins with in a column of numbers that are public otherwise: no number has it.
SEALED = "#"
HIDDEN = 7  # digits of a TCKN that are never shown


@cache
def _key(field_key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"iysportal blind index of identity numbers").derive(
        field_key.encode()
    )


def _digest(number: str, field_key: str) -> bytes:
    return hmac.digest(_key(field_key), number.encode(), sha256)


def blind_index(number: str) -> str:
    """As it is written beside a number in canonical form; nothing beside nothing."""
    return _digest(number, settings.FIELD_KEYS[0]).hex() if number else ""


def blind_indexes(number: str) -> list[str]:
    """All that may stand beside this number, while keys are being changed too."""
    return [_digest(number, key).hex() for key in settings.FIELD_KEYS] if number else []


def _seal(number: str, field_key: str) -> str:
    hidden = b32encode(_digest(number, field_key))[: HIDDEN - 1].decode()
    return f"{SEALED}{hidden}{number[HIDDEN:]}"


def sealed(number: str) -> str:
    """What stands for a tax or MERSİS number in its column: a person's with a blind index in place of the hidden
    digits, as long as the number itself, so that unique constraints hold as before; a company's as it is."""
    return _seal(number, settings.FIELD_KEYS[0]) if is_persons(number) else number


def stored_as(number: str) -> list[str | models.Value]:
    """All that may stand for this number in its column. In clear too: a version before this one wrote it so."""
    if not is_persons(number):
        return [number]
    # As a value of its own, since the field would seal it.
    return [models.Value(number), *(_seal(number, key) for key in settings.FIELD_KEYS)]


class IdentityNumberField(EncryptedTextField):
    """A person's identity number in canonical form. `known_to` finds it by the way from its row to the company."""

    def __init__(self, *args: Any, of_company: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_company = of_company

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "tenancy.encryption.EncryptedTextField", list(args), kwargs


class BlindIndexField(models.CharField[str, str]):
    """The blind index of the field `of` of the same row, written with it."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        kwargs |= {"max_length": 64, "blank": True, "default": "", "db_default": "", "editable": False}
        super().__init__(*args, **kwargs)
        self.of = of

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's own signature
        index = blind_index(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, index)
        return index


class _Number(DeferredAttribute):
    """The attribute of a SealedNumberField: it takes the number and gives what may be shown of it."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, str) and value.startswith(SEALED):
            return "*" * HIDDEN + value[HIDDEN:]
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        field: Any = self.field
        if isinstance(value, str):
            if value.startswith("*"):
                value = self._given_back(instance, value)
            elif not value.startswith(SEALED):
                setattr(instance, field.sealed_in, value if is_persons(value) else "")
                value = sealed(value)
        instance.__dict__[field.attname] = value

    def _given_back(self, instance: Any, value: str) -> str:
        """A form, or a copy of the row, gives back what was shown. Raises ValueError for any other."""
        field: Any = self.field
        number = getattr(instance, field.sealed_in)
        if not number or mask(number) != value:
            raise ValueError("What is shown of an identity number is no number.")
        return sealed(number)


class SealedNumberField(models.CharField[str, str]):
    """A number that is public for a company and an identity number for a person: of taxes, or of MERSİS.

    A person's lies encrypted in the column `sealed_in`, which is declared before this one; here stands its blind
    index with the digits that may be shown, and the attribute gives the masked number. Who needs it in full
    reads the other column. Rows are looked for by `stored_as`.
    """

    descriptor_class = _Number

    def __init__(self, *args: Any, sealed_in: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sealed_in = sealed_in

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        return _as_plain("CharField", super().deconstruct())

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's own signature
        return model_instance.__dict__[self.attname]

    def value_to_string(self, obj: models.Model) -> str:
        return str(obj.__dict__[self.attname])

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return sealed(text) if isinstance(text, str) else text


class WordsField(models.CharField[str, str]):
    """A line that people write, or that speaks of what they wrote: an identity number in it is kept masked."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        return _as_plain("CharField", super().deconstruct())

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return masked(text) if isinstance(text, str) else text


class LongWordsField(models.TextField[str, str]):
    """As WordsField, for whole paragraphs."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        return _as_plain("TextField", super().deconstruct())

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return masked(text) if isinstance(text, str) else text


def _as_plain(
    kind: str, described: tuple[str, str, Any, dict[str, Any]]
) -> tuple[str, str, list[Any], dict[str, Any]]:
    """To a migration a field of ours is the text that it is in the database."""
    name, _path, args, kwargs = described
    return name, f"django.db.models.{kind}", list(args), kwargs


def columns(model: type[models.Model]) -> list[str]:
    """The columns of a model that hang on FIELD_KEYS."""
    kinds = (EncryptedTextField, BlindIndexField, SealedNumberField)
    return [field.name for field in model._meta.get_fields() if isinstance(field, kinds)]  # noqa: SLF001


def anew(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """A row's `columns` as they are written with the first key; a person's number in clear is sealed."""
    fields = [model._meta.get_field(name) for name in values]  # noqa: SLF001
    for field in fields:
        if isinstance(field, SealedNumberField):
            number = values[field.sealed_in] or values[field.name]
            if is_persons(number):
                values |= {field.sealed_in: number, field.name: number}
    for field in fields:
        if isinstance(field, BlindIndexField):
            values[field.name] = blind_index(values[field.of])
    return values


@cache
def _identity_numbers() -> tuple[IdentityNumberField, ...]:
    fields = (field for model in apps.get_models() for field in model._meta.get_fields())  # noqa: SLF001
    return tuple(field for field in fields if isinstance(field, IdentityNumberField))


def known_to(company: Any) -> frozenset[str]:
    """Every identity number that lies in a column for this company, to be masked wherever text is shown."""
    return frozenset() if company is None else known_to_each([company.pk])[company.pk]


def known_to_each(companies: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """The same for several companies, by their keys, in one statement."""
    first, *others = (
        field.model._base_manager.filter(**{f"{field.of_company}__in": companies})  # noqa: SLF001 - Django's way
        .order_by()
        .values_list(field.of_company, field.name)
        for field in _identity_numbers()
    )
    numbers: dict[UUID, set[str]] = defaultdict(set)
    # All are decrypted alike, so that one statement serves for all columns.
    for company, number in first.union(*others, all=True):
        numbers[company].add(number)
    return {company: frozenset(filter(None, numbers[company])) for company in companies}


def masked_for(company: Any, text: str) -> str:
    """The text as people look at it: no identity number in it, of this company's not even a passport's."""
    return masked(text, known_to(company))
