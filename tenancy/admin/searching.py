"""By what the rows of a list are found. Who finds them stands above, and says so at start (`finding.lists`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tenancy.models import User

MOST_READ = 5_000  # rows whose texts one look reads


@dataclass(frozen=True, slots=True)
class FoundBy:
    """What a list's search field looks for.

    `companies`, `application`, `mail`: the relations by whose titles and numbers a row is found; "pk" of the row
    that is one itself. `names`: columns whose words the index has for the row's company, by their kind there
    (`finding.models`). `whole`: columns that are all of what was typed, each with an index. `texts`: columns that
    are read, as far as a look reads.
    """

    companies: Sequence[str] = ()
    application: str = ""
    mail: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    whole: Sequence[str] = ()
    texts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """`read_to`: the key of the row behind which texts were not read; None when all were, or none had to be."""

    rows: "QuerySet[Any]"
    read_to: object = None


Search = Callable[[User, "QuerySet[Any]", str, FoundBy], Found]
SEARCH: list[Search] = []  # the only one, once it is known
# The keys of the companies that may have been meant by words that were typed amiss; likewise.
NEAR: list[Callable[[User, str], Sequence[UUID]]] = []
