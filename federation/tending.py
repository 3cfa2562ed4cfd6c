"""The scheduler: `manage.py tend` once a minute, in one process that lives. `python -m federation.tending` alone."""

import logging
import time
from collections.abc import Callable

# How often scheduled pages are published and the register is looked after, in seconds.
EVERY = 60.0

logger = logging.getLogger(__name__)


def tend_while(going_on: Callable[[], bool], *, every: float = EVERY, pause: float = 0.5) -> None:
    """Tend at once and then each minute, as long as `going_on` says so. What fails is tried again the next minute.

    One process for all rounds: the command remembers in it how long a full comparison took (search/../tend.py).
    """
    from django.core.management import call_command
    from django.db import close_old_connections

    due = time.monotonic()
    while going_on():
        if time.monotonic() < due:
            time.sleep(pause)
            continue
        due = time.monotonic() + every
        try:
            call_command("tend", verbosity=0)
        except Exception:  # readers notice nothing of it: what is visible when is compared with the clock
            logger.exception("Tending failed")
        close_old_connections()


def main() -> None:
    """Until somebody ends it."""
    import django

    django.setup()
    try:
        tend_while(lambda: True)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
