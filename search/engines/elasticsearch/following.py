"""The index follows the change log in bounded batches, from a cursor in the database, whatever its server does."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _
from elastic_transport import TransportError
from elasticsearch import ApiError, NotFoundError

from search import changes
from search.followers import Batch, LostTurn, Turn, batch_after, state_of, turn_of
from search.models import Follower

from . import indexes, rebuilding
from .connection import Server, UnsupportedServer, server
from .documents import documents_of
from .mapping import pattern
from .warming import warm

logger = logging.getLogger(__name__)

# Lines of the log that are followed at a time: well under a second of work, and some megabytes.
BATCH = 500
# How often an index that has nothing to follow is looked at all the same: it may have gone.
LOOK_EVERY = timedelta(seconds=10)
# An index that is behind for longer than this is not asked.
LONGEST_LAG = timedelta(seconds=60)
# Between two looks at the log, in seconds; after failures the pause doubles up to the longest.
PAUSE, LONGEST_PAUSE = 0.5, 15.0


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the index is behind: in lines of the log, in seconds since it was last in step; and why."""

    changes: int
    seconds: float
    usable: bool
    problem: str


def follow(*, most: int = BATCH) -> bool:
    """Follow one batch of changes; build the index first where there is none, or one of another pattern.

    Returns whether more is waiting. Nothing is lost by an error: the cursor moves only past what searches find.
    """
    state = state_of(indexes.alias())
    if not state.index or state.pattern != pattern():
        rebuilding.rebuild()
        return True
    batch = batch_after(state.sequence, state.looked_at, most=most)
    if not batch.refs and not _is_due(state):
        return False
    with turn_of(indexes.alias()) as turn:
        if turn is None:
            return False
        return _follow(turn, server(), most=most)


def _is_due(state: Follower) -> bool:
    return bool(state.problem) or state.in_step_at is None or timezone.now() - state.in_step_at > LOOK_EVERY


def _follow(turn: Turn, at: Server, *, most: int) -> bool:
    """With the turn: read the cursor again, for another may just have moved it."""
    at.check()
    state = state_of(indexes.alias())
    if not is_as_left(at, state):
        turn.record(index="")
        return True
    batch = batch_after(state.sequence, state.looked_at, most=most)
    if batch.refs:
        documents = documents_of(batch.refs)
        indexes.write(at.writing, indexes.alias(), documents, version=batch.sequence, refresh=True)
    else:
        warm(at.writing, indexes.alias())
    turn.record(**_reached(batch))
    return batch.more


def _reached(batch: Batch) -> dict[str, Any]:
    in_step: dict[str, Any] = {} if batch.more else {"in_step_at": batch.looked_at, "problem": ""}
    return {"sequence": batch.sequence, "looked_at": batch.looked_at, **in_step}


def is_as_left(at: Server, state: Follower) -> bool:
    """Whether the index is the one that the cursor speaks of, and knows nothing that the register does not.

    It may have been deleted, or one of the two may have been restored from a backup.
    """
    name = indexes.behind(at.writing, indexes.alias())
    return bool(name) and name == state.index and indexes.newest(at.writing, name) <= changes.current()[0]


def lag() -> Lag:
    """How far behind the index is now; two queries."""
    state = state_of(indexes.alias())
    behind = max(0, changes.current()[0] - state.sequence)
    seconds = (timezone.now() - state.in_step_at).total_seconds() if state.in_step_at else 0.0
    usable = bool(state.index) and state.pattern == pattern() and not (behind and seconds > LONGEST_LAG.total_seconds())
    return Lag(behind, seconds if behind or state.problem else 0.0, usable, state.problem)


def follow_safely() -> bool | None:
    """The same as `follow`; what stands in its way is written down for `search_index status`. None: something does."""
    try:
        more = follow()
    except Exception as error:  # whatever it is, publishing and reading go on, and it is tried again
        problem = sentence_of(error)
        if state_of(indexes.alias()).problem != problem:
            logger.warning("Following is interrupted: %s", problem)
        Follower.objects.filter(name=indexes.alias()).update(problem=problem)
        server().forget()
        return None
    return more


def sentence_of(error: Exception) -> str:
    """What stands in the way, in a sentence without addresses and secrets."""
    if isinstance(error, UnsupportedServer | indexes.Stalled | rebuilding.Busy):
        return str(error)
    if isinstance(error, LostTurn):
        return _("Another process has taken over following.")
    if isinstance(error, NotFoundError):
        return _("The index of Elasticsearch is gone; it is built anew.")
    if isinstance(error, ApiError):
        return _("Elasticsearch answered with status %(status)d (%(kind)s).") % {
            "status": error.status_code,
            "kind": error.message,
        }
    if isinstance(error, TransportError):
        return _("Elasticsearch does not answer (%s).") % type(error).__name__
    return _("Following failed inside (%s); the log says more.") % type(error).__name__


def follow_while(going_on: Callable[[], bool], *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Follow as long as `going_on` says so; a server that fails is asked ever less often, up to each 15 seconds."""
    pause = PAUSE
    while going_on():
        more = follow_safely()
        close_old_connections()
        pause = min(pause * 2, LONGEST_PAUSE) if more is None else PAUSE
        if not more:
            sleep(pause)
