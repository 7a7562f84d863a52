"""What versions before have left behind."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from correspondence.models import Letter


def letter_in_a_file(letter: Letter) -> Letter:
    """The letter as it was kept until its words came onto its row."""
    name = storages["private"].save(f"letters/{letter.pk}.json", ContentFile(letter.words.encode()))
    Letter.objects.filter(pk=letter.pk).update(stored_name=name, words="")
    return Letter.objects.get(pk=letter.pk)
