"""A new index beside the one that readers use: filled, caught up, put in its place; nothing is missed, nobody waits."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from search import changes
from search.engines.interface import Progress
from search.followers import Turn, batch_after, turn_of

from . import indexes
from .connection import Server, server
from .documents import all_refs, documents_of
from .mapping import pattern
from .warming import warm

# So many things are read and written at a time.
BATCH = 500

# At most so many seconds are spent on making it one piece, which is the quickest to read.
MERGE = 600.0
# So long the follower is waited for, to take its turn.
PATIENCE = 90.0


class Busy(Exception):
    """Another process is doing the same. Says so in a sentence."""


def rebuild(progress: Progress = lambda count: None) -> int:
    """Build the index anew from the register while readers read the old one and editors publish.

    Returns how many things were written. Busy when another process is at it; errors of the server come through, and
    then the old index stays where it is.
    """
    at = server()
    at.check()
    with turn_of(f"{indexes.alias()}-next") as turn:
        if turn is None:
            raise Busy(_("Another process is building the index already."))
        return _rebuild(turn, at, progress)


def _rebuild(turn: Turn, at: Server, progress: Progress) -> int:
    sequence, looked_at = changes.current()[0], timezone.now()
    name = indexes.make(at.writing)
    turn.record(index=name)
    count = 0
    for refs in all_refs(BATCH):
        version = changes.current()[0]
        _write(at, refs, version)
        turn.record()
        count += len(refs)
        progress(len(refs))
    sequence, looked_at = _catch_up(turn, at, sequence, looked_at)
    turn.record(seconds=MERGE)
    at.writing.options(request_timeout=MERGE).indices.forcemerge(index=name, max_num_segments=1)
    at.writing.indices.refresh(index=name)
    warm(at.writing, name)
    _put_in_place(turn, at, name, sequence, looked_at)
    return count


def _write(at: Server, refs: list[str], version: int, *, refresh: bool = False) -> None:
    indexes.write(at.writing, indexes.alias_of_next(), documents_of(refs), version=version, refresh=refresh)


def _catch_up(turn: Turn, at: Server, sequence: int, looked_at: datetime) -> tuple[int, datetime]:
    """Follow what has changed since; how far that went."""
    while True:
        batch = batch_after(sequence, looked_at, most=BATCH)
        if batch.refs:
            _write(at, batch.refs, batch.sequence, refresh=True)
        turn.record()
        sequence, looked_at = batch.sequence, batch.looked_at
        if not batch.more:
            return sequence, looked_at


def _put_in_place(turn: Turn, at: Server, name: str, sequence: int, looked_at: datetime) -> None:
    """With the follower's own turn, so that its cursor stands still: the new index is never behind what it says."""
    with turn_of(indexes.alias(), wait=PATIENCE) as following:
        if following is None:
            raise Busy(_("The follower has been writing all the while; the next attempt begins anew."))
        sequence, looked_at = _catch_up(turn, at, sequence, looked_at)
        at.writing.indices.refresh(index=name)
        following.record()
        indexes.put_in_place(at.writing, name)
        following.record(
            index=name,
            pattern=pattern(),
            sequence=sequence,
            looked_at=looked_at,
            in_step_at=looked_at,
            problem="",
        )
    indexes.tidy(at.writing)
