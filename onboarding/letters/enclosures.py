"""What a document is called in a letter to İYS: by what it is and whose, not as a telephone named it."""

import re
from pathlib import PurePath

from documents.models import Document
from documents.naming import plain_name
from onboarding.models import DocumentKind
from tenancy.models import Company

WORDS = 2  # of a trade name, by which people know a company


def name_of(document: Document, company: Company) -> str:
    """In letters that every mail program leaves as they are, such as `imza-sirkuleri-mavi-deniz.pdf`."""
    kind = re.sub(r"\(.*?\)", "", DocumentKind(document.kind).label)
    whose = " ".join(company.trade_name.split()[:WORDS])
    # A sign between two words parts them: “Gıda&Tarım” is two.
    parts = (plain_name(re.sub(r"\W+", " ", each)) for each in (kind, whose))
    return "-".join(filter(None, parts)) + PurePath(document.name).suffix
