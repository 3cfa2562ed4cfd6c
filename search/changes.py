"""The change log: its numbers, its lines, and its lock."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone

from .models import Change, Counter

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
    return Counter.objects.filter(pk=COUNTER).values_list("value", "at").first() or (0, None)


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
