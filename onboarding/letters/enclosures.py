"""What a document is called in a letter to İYS: by what it is and whose, not as a telephone named it."""

import re
from pathlib import PurePath

from documents.models import Document
from identifiers import turkish
from onboarding.models import DocumentKind
from tenancy.models import Company

LONGEST = 60  # characters of either part
WORDS = 2  # of a trade name, by which people know a company


def name_of(document: Document, company: Company) -> str:
    """In letters that every mail program leaves as they are, such as `imza-sirkuleri-mavi-deniz.pdf`."""
    kind = _plain(re.sub(r"\(.*?\)", "", DocumentKind(document.kind).label))
    whose = _plain(" ".join(company.trade_name.split()[:WORDS]))
    return "-".join(filter(None, (kind, whose))) + PurePath(document.name).suffix


def _plain(text: str) -> str:
    return "-".join(filter(None, map(turkish.skeleton, re.split(r"\W+", text))))[:LONGEST].strip("-")
