"""What else has to be done each minute: apps upstairs hand in their chores, the scheduler does them."""

import logging
from collections.abc import Callable

Chore = Callable[[], object]

_chores: list[Chore] = []

logger = logging.getLogger(__name__)


def do_each_minute(chore: Chore) -> None:
    """Hand in a chore; called from `ready()`. It is quick when there is nothing to do."""
    if chore not in _chores:
        _chores.append(chore)


def do_chores() -> None:
    """Each of them; one that fails keeps no other from being done, and is tried again the next minute."""
    for chore in _chores:
        try:
            chore()
        except Exception:
            logger.exception("A chore failed: %s", getattr(chore, "__qualname__", chore))
