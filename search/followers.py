"""Followers of the change log: each has a cursor of its own in the database, and one process at a time moves it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from . import changes
from .models import Change, Entry, Follower

# A turn that nobody has renewed for so long is over: whoever had it is dead.
TURN = 60.0


class LostTurn(Exception):
    """Another process has taken over meanwhile: what was about to be recorded is not."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to move one follower's cursor."""

    name: str
    holder: str

    def record(self, *, seconds: float = TURN, **values: Any) -> None:
        """Write fields of the follower and renew the turn for so long. LostTurn when it is another's by now."""
        held_until = timezone.now() + timedelta(seconds=seconds)
        mine = Follower.objects.filter(name=self.name, holder=self.holder)
        if not mine.update(held_until=held_until, **values):
            raise LostTurn(self.name)


def state_of(name: str) -> Follower:
    """Where a follower is; a new one is at the start."""
    return Follower.objects.get_or_create(name=name)[0]


@contextmanager
def turn_of(name: str, *, wait: float = 0.0) -> Iterator[Turn | None]:
    """The turn of a follower, given back at the end; None if another process has it for all the seconds of `wait`."""
    state_of(name)
    turn = Turn(name, uuid4().hex)
    end = time.monotonic() + wait
    while not _take(turn):
        if time.monotonic() >= end:
            yield None
            return
        time.sleep(0.1)
    try:
        yield turn
    finally:
        Follower.objects.filter(name=name, holder=turn.holder).update(holder="")


def _take(turn: Turn) -> bool:
    now = timezone.now()
    free = Follower.objects.filter(Q(holder="") | Q(held_until__lt=now), name=turn.name)
    return bool(free.update(holder=turn.holder, held_until=now + timedelta(seconds=TURN)))


@dataclass(frozen=True, slots=True)
class Batch:
    """What has changed for a follower since it last looked: refs, and how far it has come when it has followed them."""

    refs: list[str]
    sequence: int
    looked_at: datetime
    more: bool


def batch_after(sequence: int, looked_at: datetime, *, most: int) -> Batch:
    """The next changes after a cursor, at most so many lines of the log, and what began or ceased to be visible.

    An entry is a follower's only from the moment at which it is visible: its line was passed over until then.
    """
    now = timezone.now()
    last, _ = changes.current()
    lines = Change.objects.filter(sequence__gt=sequence, sequence__lte=last).order_by("sequence")
    told = list(lines.values_list("sequence", "ref")[:most])
    more = len(told) == most and told[-1][0] < last
    refs = dict.fromkeys(ref for _, ref in told)
    if more:
        return Batch(list(refs), told[-1][0], looked_at, True)
    refs.update(dict.fromkeys(passed_moments(looked_at, now)))
    return Batch(list(refs), last, now, False)


def passed_moments(since: datetime, until: datetime) -> set[str]:
    """Refs of what began or ceased to be visible by the clock alone: after `since`, up to `until`."""
    begun = Entry.objects.filter(visible_from__gt=since, visible_from__lte=until)
    ended = Entry.objects.filter(visible_until__gt=since, visible_until__lte=until)
    return {*begun.values_list("ref", flat=True), *ended.values_list("ref", flat=True)}
