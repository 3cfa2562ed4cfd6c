"""What was withdrawn leaves the files of the text index too: a chore of each minute."""

from datetime import timedelta

from django.utils import timezone

from ..models import Change
from . import text_index

# The chore may have missed a few minutes; what it has done once it finds done.
LOOK_BACK = timedelta(minutes=10)


def tidy_after_withdrawals() -> None:
    """Rewrite the index if something was withdrawn lately. Nothing is done where nothing is left over."""
    withdrawn = Change.objects.filter(what=Change.What.WITHDRAWN, at__gte=timezone.now() - LOOK_BACK)
    if withdrawn.exists():
        text_index().tidy()
