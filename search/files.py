"""Which files of the media storage the register has made public."""

from .models import Entry


def is_public_file(name: str) -> bool:
    """Whether an entry that is visible now shows the file of this storage name."""
    return Entry.objects.public().filter(public_files__name=name).exists()
