"""The change log: its numbers, its lines, and its lock."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone

from .models import Change, Counter
from .prepared import Prepared

COUNTER = 1


def take_turn() -> None:
    """Wait for the counter's row, first thing in a transaction that will record changes.

    Taken last, eight PostgreSQL writers deadlocked; not taken, readers of the log missed late lines.
    On SQLite the transaction itself (IMMEDIATE) is the turn.
    """
    if connection.features.has_select_for_update:
        Counter.objects.get_or_create(pk=COUNTER)
        Counter.objects.select_for_update().get(pk=COUNTER)


def current() -> tuple[int, datetime | None]:
    """Sequence of the newest change and its time; (0, None) before the first. One query."""
    rows = _counter(COUNTER)
    return (rows[0][0], rows[0][1]) if rows else (0, None)


_counter = Prepared(lambda pk: Counter.objects.filter(pk=pk).values_list("value", "at"))


def record(happened: Iterable[tuple[str, str, str, str]]) -> list[int]:
    """Write one line per (what, type, ref, locale), in this order; their sequences. Inside a transaction only."""
    lines = list(happened)
    if not lines:
        return []
    now = timezone.now()
    Counter.objects.get_or_create(pk=COUNTER)
    Counter.objects.filter(pk=COUNTER).update(value=F("value") + len(lines), at=now)
    last = Counter.objects.values_list("value", flat=True).get(pk=COUNTER)
    sequences = list(range(last - len(lines) + 1, last + 1))
    Change.objects.bulk_create(
        Change(sequence=sequence, what=what, type=type_, ref=ref, locale=locale, at=now)
        for sequence, (what, type_, ref, locale) in zip(sequences, lines, strict=True)
    )
    return sequences
