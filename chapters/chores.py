"""What the scheduler does for the chapters."""

import time

from .models import Chapter
from .provisioning import drift, provision
from .roles import end_what_has_run_out

# Drift comes from what is done behind the product's back, so it is looked for now and then, in seconds.
EVERY = 3600.0

_last_sync: float | None = None


def end_roles_that_are_over() -> int:
    """Each minute; whoever comes to the admin or the API with such a role is met by the gate before."""
    return end_what_has_run_out()


def repair_now_and_then() -> int:
    """Groups and grants of all chapters, once an hour in a process that lives; how much was repaired."""
    global _last_sync
    if _last_sync is not None and time.monotonic() - _last_sync < EVERY:
        return 0
    _last_sync = time.monotonic()
    return repair_all()


def repair_all() -> int:
    """Groups and grants of all chapters; how much was repaired.

    It only looks as long as nothing differs: one transaction after another would keep the writers of SQLite waiting.
    """
    return sum(provision(chapter) for chapter in Chapter.objects.all() if drift(chapter))
