"""The scheduler: `manage.py tend` once a minute, in one process that lives. `python -m federation.tending` alone.

Beside it the search index follows the register, in a thread of its own: neither waits for the other.
"""

import logging
import time
from collections.abc import Callable
from threading import Thread

# How often scheduled pages are published and the register is looked after, in seconds.
EVERY = 60.0

logger = logging.getLogger(__name__)


def tend_while(going_on: Callable[[], bool], *, every: float = EVERY, pause: float = 0.5) -> None:
    """Tend at once and then each minute, as long as `going_on` says so. What fails is tried again the next minute.

    One process for all rounds: the command remembers in it how long a full comparison took (search/../tend.py).
    """
    from django.core.management import call_command
    from django.db import close_old_connections

    from search.engines import engine

    # A daemon: whoever ends the process does not wait for a server that does not answer.
    Thread(target=engine().follow_while, args=(going_on,), name="search index", daemon=True).start()
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
